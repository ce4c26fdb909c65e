"""The user's own Python file: what it defines, how its code is loaded, and which files the user has agreed to."""
