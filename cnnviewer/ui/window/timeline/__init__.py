"""The time machine: one slider over a run that moves everything together."""
