"""What jobs do: plain functions, a file per feature. They run in a thread of their own and touch no presenter."""
