"""What the system says about an error reads as the end of a sentence, and is put into words in one place."""

import ast
import errno
import os
from pathlib import Path

import pytest

from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.errors import UserError

ROOT = Path(__file__).resolve().parents[2] / "cnnviewer"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/runs/x"), "no space left on device"),
        (OSError(errno.EINVAL, "it is a pipe, a device or a socket"), "it is a pipe, a device or a socket"),
        (OSError("RPC server is gone."), "RPC server is gone"),
        (OSError(errno.EACCES, "액세스가 거부되었습니다."), "액세스가 거부되었습니다"),
        (ValueError("Embedded null byte"), "embedded null byte"),
        (EOFError(), "EOFError"),
        (OSError(errno.EIO, "I/O error"), "I/O error"),
    ],
    ids=["system call", "our own", "abbreviation", "another language", "no system call", "no text", "not a word"],
)
def test_a_reason_can_stand_behind_a_colon(error: BaseException, reason: str) -> None:
    assert system_reason(error) == reason


def test_a_full_disk_is_seen_behind_our_own_sentence() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise UserError("Not written.") from error
    except UserError as error:
        assert is_full(error)
    assert not is_full(UserError("Not written."))
    assert not is_full(OSError(errno.EACCES, os.strerror(errno.EACCES)))


def asks_the_error_itself(node: ast.AST) -> bool:
    """`error.strerror` or `getattr(error, "strerror", …)`, not `os.strerror(number)`."""
    if isinstance(node, ast.Attribute):
        return node.attr == "strerror" and not (isinstance(node.value, ast.Name) and node.value.id == "os")
    return isinstance(node, ast.Constant) and node.value == "strerror"


def test_one_file_puts_the_words_of_the_system_into_ours() -> None:
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if any(map(asks_the_error_itself, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert asking == {"core/error_text.py"}
