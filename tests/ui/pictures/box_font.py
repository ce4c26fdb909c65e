"""A TrueType font in which every character is the same box: text takes the same room, and looks the same, everywhere."""

import struct
from typing import Final

FAMILY: Final = "Boxes"
_EM = 1000
_ADVANCE, _ASCENT, _DESCENT = 540, 930, 240
_BOX = (60, 0, 440, 520)  # left, bottom, right, top
_CHARACTERS = sorted({*range(0x20, 0x180), *range(0x370, 0x400), *range(0x2000, 0x2300), *range(0x25A0, 0x2700)})


def box_font() -> bytes:
    """The font as a file; see the OpenType specification, https://learn.microsoft.com/typography/opentype/spec/."""
    left, bottom, right, top = _BOX
    outline = struct.pack(">hhhhh", 1, left, bottom, right, top)  # one contour, with its bounds
    outline += struct.pack(">HH", 3, 0)  # its last point; no instructions
    outline += bytes([1] * 4)  # four points on the outline, as words
    outline += struct.pack(">hhhh", left, 0, right - left, 0) + struct.pack(
        ">hhhh", bottom, top - bottom, 0, bottom - top
    )
    outline += b"\0" * (-len(outline) % 4)
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": outline,  # glyph 0 and glyph 1 share it
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0x3, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, -_DESCENT, 0, _ADVANCE, left, 100, right, 1, *[0] * 7, 2
        ),
        b"hmtx": struct.pack(">HhHh", _ADVANCE, left, _ADVANCE, left),
        b"loca": struct.pack(">III", 0, len(outline), 2 * len(outline)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": _name(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    tables[b"glyf"] = 2 * outline
    made = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128)
    body, place = b"", 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + b"\0" * (-len(table) % 4)
        made += struct.pack(
            ">4sIII", tag, sum(struct.unpack(f">{len(padded) // 4}I", padded)) % 2**32, place, len(table)
        )
        body, place = body + padded, place + len(padded)
    return made + body


def _cmap() -> bytes:
    """Every character is glyph 1: a segment each, of format 4."""
    ends = [*_CHARACTERS, 0xFFFF]
    count = len(ends)
    deltas = [(1 - code) % 65536 for code in ends]
    power = 1 << (count.bit_length() - 1)
    table = struct.pack(">HHHH", 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    for values in (ends, [0], ends, deltas, [0] * count):
        table += struct.pack(f">{len(values)}H", *values)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, len(table) + 6, 0) + table


def _name() -> bytes:
    words = {1: FAMILY, 2: "Regular", 3: FAMILY, 4: FAMILY, 5: "Version 1.0", 6: FAMILY}
    entries, text = b"", b""
    for number, word in words.items():
        written = word.encode("utf-16-be")
        entries += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(written), len(text))
        text += written
    return struct.pack(">HHH", 0, len(words), 6 + 12 * len(words)) + entries + text


def _os2() -> bytes:
    table = struct.pack(">HhHHH", 4, _ADVANCE, 400, 5, 0) + struct.pack(">11h", *[300] * 10, 0) + bytes(10)
    table += struct.pack(">IIII4sHHH", 0x3, 0, 0, 0, b"none", 0x40, 0x20, 0x2700)
    table += struct.pack(">hhhHH", _ASCENT, -_DESCENT, 0, _ASCENT, _DESCENT) + struct.pack(">II", 1, 0)
    return table + struct.pack(">hhHHH", 520, 700, 0, 0x20, 1)
