"""What the operating system says about an error, in the form that our sentences need."""

from __future__ import annotations

import errno


def system_reason(error: BaseException) -> str:
    """Why something failed, to stand behind a colon: `no space left on device`.

    No error number, no file name, no capital at the start, no full stop. An error of no system call (a damaged
    archive, a null byte in a name) gives its own text, and one without a text the name of its type.
    """
    text = (getattr(error, "strerror", None) or str(error)).strip().rstrip(".") or type(error).__name__
    first = text.split(maxsplit=1)[0]
    is_a_word = first[:1].isupper() and (first[1:].islower() or len(first) == 1)  # not `RAM`, not `EOFError`
    return text[0].lower() + text[1:] if is_a_word else text


def is_full(error: BaseException | None) -> bool:
    """Whether a file could not be written because the disk, or the user's share of it, is full.

    Args:
        error: what was raised; where it is no `OSError`, the error that caused it counts.
    """
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__
    return error is not None and error.errno in (errno.ENOSPC, errno.EDQUOT)
