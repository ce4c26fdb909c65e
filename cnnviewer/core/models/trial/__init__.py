"""The user's Python file run for the first time, in another process."""
