"""Names and words from outside as text that stays on its line: control characters are seen, not obeyed."""

from __future__ import annotations

import html
import os
import re
import unicodedata
from itertools import accumulate

# C0, DEL and C1; separators of lines and paragraphs; marks that turn the direction of writing; halves of letters, which
# stand for the bytes of a file's name that are no text
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""`text` with each control character as `\n`, `\x1b` or `\u202e`; letters of any script stay as they are."""
    return _CONTROL.sub(_escaped, text)


def visible_lines(text: str) -> str:
    """`text` as `visible` shows it, on the lines it has."""
    return "\n".join(map(visible, text.split("\n")))


def markup(text: str) -> str:
    """Words as they stand in HTML, SVG and XML, which have no place for control characters; line breaks stay."""
    return html.escape(visible_lines(text))


def as_text(name: str) -> str:
    r"""The name of a file as text: bytes that the system could not read are read as UTF-8, else written as `\xef`."""
    try:
        name.encode()
    except UnicodeEncodeError:
        try:
            return os.fsencode(name).decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:  # halves of letters that no file's name gave
            return name.encode("utf-8", "backslashreplace").decode()
    return name


def short(text: str, room: int = 60) -> str:
    """`text` on one line, cut to `room` places of a terminal where it is longer."""
    text = visible(" ".join(text[: 10 * room + 10].split()))
    if width(text) <= room:
        return text
    ends = accumulate(map(_places, text))
    return "".join(letter for letter, end in zip(text, ends, strict=True) if end < room) + "…"


def without_middle(text: str, room: int) -> str:
    """The same, but both ends are kept: names that begin alike often end differently."""
    text = visible(" ".join(text[:2000].split()))
    if width(text) <= room:
        return text
    end = short(text[::-1], room // 2)[::-1].removeprefix("…")
    return short(text, room - width(end)) + end


def width(text: str) -> int:
    """Places that a text takes on a terminal: Korean letters and emoji take two, accents of their own none."""
    return sum(_places(letter) for letter in text)


def _places(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]
