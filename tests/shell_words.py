"""A command line that the program shows, taken apart as the shell of this system does."""

import os
import shlex


def words_of(command: str) -> list[str]:
    """The words of a command; on Windows a backslash is part of a path."""
    if os.name != "nt":
        return shlex.split(command)
    return [word[1:-1] if word[:1] == word[-1:] == '"' else word for word in shlex.split(command, posix=False)]
