"""A person's own Python file: what it offers, how it is tried out in another process, and how its code is loaded."""
