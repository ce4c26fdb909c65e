"""Words of any script in pictures: each letter in a font of this machine that has it; Pillow's own has Latin alone."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from cnnviewer.core.errors import UserError
from cnnviewer.core.plain_text import short, visible

_OWN: Final = ""
_KNOWN: Final = (
    "malgun.ttf",
    "applesdgothicneo.ttc",
    "notosanscjk-regular.ttc",
    "notosanskr-regular.otf",
    "nanumgothic.ttf",
    "dejavusans.ttf",
    "seguisym.ttf",
    "seguiemj.ttf",
    "notoemoji-regular.ttf",
    "symbola.ttf",
    "apple color emoji.ttc",
    "notocoloremoji.ttf",
)
"""Tried first: fonts of systems as they come."""
_MOST: Final = 300
_BITMAP_SIZES: Final = (109, 160, 136, 128, 96, 64)  # of fonts whose letters are pictures, which have these alone
_NO_LETTER: Final = "\uffff"  # never one: fonts draw their sign for what they lack

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], words: str, ink: str, size: int, anchor: str = "la"
) -> None:
    """Write `words` as `ImageDraw.text` does; `anchor` as there, of `l`, `r` and `a`, `m`."""
    pieces = _pieces(words)
    own = _opened(_OWN, size)
    if all(source == _OWN for source, _ in pieces):
        draw.text(place, words, ink, own, anchor=anchor)
        return
    ascent, descent = own.getmetrics() if isinstance(own, ImageFont.FreeTypeFont) else (size, 0)
    x = place[0] - (width(words, size) if anchor[0] == "r" else 0.0)
    base = place[1] + (ascent if anchor[1] == "a" else (ascent - descent) / 2)
    for source, text in pieces:
        font = _opened(source, size)
        if _size_of(font, size) == size:
            draw.text((x, base), text, ink, font, anchor="ls", embedded_color=True)
        else:
            _paste_picture(draw, (x, base), text, font, size)
        x += _length(text, font, size)


def width(words: str, size: int) -> float:
    """Pixels that `words` take."""
    return sum(_length(text, _opened(source, size), size) for source, text in _pieces(words))


def fitted(words: str, size: int, room: float) -> str:
    """`words`, cut to `room` pixels where they are longer."""
    places = 200
    while width(cut := short(words, places), size) > room and places > 2:
        places = min(places - 1, int(places * room / width(cut, size)) + 1)
    return cut


def why_boxes(texts: Iterable[str]) -> UserError | None:
    """A sentence where a picture with these words shows boxes for some of their letters."""
    letters = missing(texts)
    if not letters:
        return None
    return UserError("No font on this computer has {letters}: the picture shows boxes there.", letters=letters[:40])


def missing(texts: Iterable[str]) -> str:
    """The letters that no font of this machine has, each once."""
    letters = dict.fromkeys(letter for text in texts for letter in unicodedata.normalize("NFC", visible(text)))
    return "".join(letter for letter in letters if not _joins(letter) and _source(letter) is None)


def _pieces(words: str) -> list[tuple[str, str]]:
    """Stretches of one font each: where it is, and the letters."""
    found: list[tuple[str, str]] = []
    for letter in unicodedata.normalize("NFC", words):
        source = found[-1][0] if found and _joins(letter) else _source(letter) or _OWN
        found.append((source, letter))
    return [(source, "".join(letter for _, letter in piece)) for source, piece in groupby(found, lambda each: each[0])]


def _joins(letter: str) -> bool:
    """Whether it belongs to the letter before: an accent, a joiner, a colour of the skin."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= letter <= "\U0001f3ff"


@cache
def _source(letter: str) -> str | None:
    """The first font that has the letter; None where none has."""
    if letter.isspace() or _has(_OWN, letter):
        return _OWN
    return next((path for path in _fonts() if _has(path, letter)), None)


@cache
def _has(path: str, letter: str) -> bool:
    try:
        font = _opened(path, 20)
        return _drawn(font, letter) != _drawn(font, _NO_LETTER)
    except (OSError, ValueError):
        return False


def _drawn(font: Font, letter: str) -> tuple[object, bytes]:
    mask = font.getmask(letter, "RGBA" if _size_of(font, 20) != 20 else "L")
    return mask.size, bytes(mask)


@cache
def _opened(path: str, size: int) -> Font:
    """The font at this size, or at one that it has."""
    if path == _OWN:
        return ImageFont.load_default(size)
    for each in (size, *_BITMAP_SIZES):
        try:
            return ImageFont.truetype(path, each)
        except OSError:
            continue
    raise OSError(path)


def _size_of(font: Font, size: int) -> float:
    return font.size if isinstance(font, ImageFont.FreeTypeFont) else size


def _length(text: str, font: Font, size: int) -> float:
    return font.getlength(text) * size / _size_of(font, size)


def _paste_picture(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, font: Font, size: int) -> None:
    """Letters that are pictures of one size, scaled."""
    left, top, right, bottom = (int(value) for value in font.getbbox(text, anchor="ls"))
    picture = Image.new("RGBA", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), text, "#000", font, anchor="ls", embedded_color=True)
    scale = size / _size_of(font, size)
    small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    draw._image.paste(small, (round(place[0] + left * scale), round(place[1] + top * scale)), small)


@cache
def _fonts() -> tuple[str, ...]:
    """Every font file of this machine, those known to have many letters first."""
    found: dict[str, str] = {}
    for folder in _folders():
        for where, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith((".ttf", ".otf", ".ttc")):
                    found.setdefault(name.lower(), os.path.join(where, name))
    known = [found.pop(name) for name in _KNOWN if name in found]
    return (*known, *(found[name] for name in sorted(found)[:_MOST]))


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        folders = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", own]
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        shared = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        folders = [
            *(Path(folder) / "fonts" for folder in shared if folder),
            home / ".local/share/fonts",
            home / ".fonts",
        ]
    return folders
