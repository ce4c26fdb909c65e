"""The user's own Python file: what it defines, how it is tried out in another process, and how its code is loaded."""
