"""The training loop as a generator of events, and what it needs."""
