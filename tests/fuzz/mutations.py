"""Changes to a file that keep its form: archives are rebuilt, checksums resealed, so that what lies behind is reached.

Each function takes a source of chance and the bytes of a sound file, and returns the bytes of another one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import math
import pickletools
import random
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

Mutation = Callable[[random.Random, bytes], bytes]

NUMBERS = (
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    2**15,
    2**16,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**63 - 1,
    2**64,
    10**30,
    -(2**63),
)
FLOATS = (0.0, -0.0, 1e-320, 1e308, -1e308, math.inf, -math.inf, math.nan, 0.1)
TEXTS = (
    *("", " ", "\x00", "\n", "\x1b[2J", "..", "../../etc/passwd", "/dev/zero", "%s", "{file}", "{0}", "é", "e\u0301"),
    *("한글", "\U0001f600", "\u202e", "\ud800", "<h1>", "&amp;", "NaN", "1e999", "-", "a" * 5000, "0" * 400, "CON"),
)


def of_bytes(draw: random.Random, data: bytes) -> bytes:
    """Bits, numbers, cuts, repeats and strange pieces at any place."""
    held = bytearray(data)
    for _ in range(draw.choice((1, 1, 1, 2, 8))):
        place = draw.randrange(len(held) + 1)
        length = min(len(held) - place, int(draw.expovariate(1 / 6)) + 1)
        match draw.randrange(7):
            case 0 if place < len(held):
                held[place] ^= 1 << draw.randrange(8)
            case 1 if place < len(held):
                held[place] = draw.choice((0, 1, 0x7F, 0x80, 0xFF, draw.randrange(256)))
            case 2:
                form = draw.choice(("<I", ">I", "<Q", ">Q", "<H", ">H"))
                held[place : place + struct.calcsize(form)] = struct.pack(
                    form, draw.choice(NUMBERS) % 2 ** (8 * struct.calcsize(form))
                )
            case 3:
                del held[place:]
            case 4:
                del held[place : place + length]
            case 5:
                held[place:place] = held[place : place + length] * draw.choice((1, 2, 50))
            case _:
                held[place:place] = draw.randbytes(length)
    return bytes(held)


def cut(draw: random.Random, data: bytes) -> bytes:
    """The beginning of a file whose copying was interrupted."""
    return data[: draw.randrange(len(data))] if data else data


def of_text(draw: random.Random, data: bytes) -> bytes:
    """Words and lines of a text exchanged, repeated, left out or made strange."""
    text = data.decode("utf-8", "surrogateescape")
    pieces = re.findall(r"\w+|\s+|[^\w\s]", text)
    if not pieces:
        return draw.choice(TEXTS).encode("utf-8", "surrogatepass")
    for _ in range(draw.choice((1, 1, 2, 4))):
        place, other = draw.randrange(len(pieces)), draw.randrange(len(pieces))
        match draw.randrange(5):
            case 0:
                pieces[place] = str(draw.choice((*NUMBERS, *FLOATS)))
            case 1:
                pieces[place] = draw.choice(TEXTS)
            case 2:
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case 3:
                pieces[place] = ""
            case _:
                pieces.insert(place, pieces[other] * draw.choice((1, 3, 200)))
    return "".join(pieces).encode("utf-8", "surrogatepass")


def of_csv(draw: random.Random, data: bytes) -> bytes:
    """Rows and cells exchanged, repeated, left out or made strange."""
    rows = [line.split(b",") for line in data.splitlines()]
    row = draw.choice(rows)
    cell = draw.randrange(len(row))
    match draw.randrange(6):
        case 0:
            row[cell] = str(draw.choice((*NUMBERS, *FLOATS))).encode()
        case 1:
            row[cell] = draw.choice(TEXTS).encode("utf-8", "surrogatepass")
        case 2:
            del row[cell]
        case 3:
            row.append(b"1")
        case 4:
            rows.remove(row)
        case _:
            rows.insert(draw.randrange(len(rows)), row)
    return draw.choice((b"\n", b"\n", b"\r\n")).join(b",".join(row) for row in rows) + draw.choice((b"\n", b""))


def of_value(draw: random.Random, value: Any) -> Any:
    """A JSON value in which one thing, at any depth, is another, missing, or there twice."""
    if isinstance(value, dict) and value and draw.random() < 0.9:
        key = draw.choice(list(value))
        match draw.randrange(8):
            case 0:
                return {k: v for k, v in value.items() if k != key}
            case 1:
                return value | {draw.choice(TEXTS): value[key]}
            case _:
                return value | {key: of_value(draw, value[key])}
    if isinstance(value, list) and value and draw.random() < 0.8:
        place = draw.randrange(len(value))
        match draw.randrange(6):
            case 0:
                return value[:place] + value[place + 1 :]
            case 1:
                return value[:place] + [value[place]] * draw.choice((2, 3, 3000)) + value[place:]
            case _:
                return [*value[:place], of_value(draw, value[place]), *value[place + 1 :]]
    deep: Any = draw.choice((0, "", []))
    if draw.random() < 0.05:
        for _ in range(draw.choice((5, 500))):
            deep = draw.choice(([deep], {"a": deep}))
    if isinstance(value, str) and draw.random() < 0.3:
        return of_text(draw, value.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    return draw.choice((draw.choice(NUMBERS), draw.choice(FLOATS), draw.choice(TEXTS), None, True, [], {}, deep))


def of_json(draw: random.Random, data: bytes, seal: Callable[[Any], Any] = lambda value: value) -> bytes:
    """A JSON document with a changed value; `seal` puts its checksum right again, mostly."""
    if draw.random() < 0.15:
        return draw.choice((of_bytes, of_text, cut))(draw, data)
    value = of_value(draw, json.loads(data))
    text = json.dumps(seal(value) if draw.random() < 0.9 else value, ensure_ascii=draw.random() < 0.5)
    return text.encode("utf-8", "surrogatepass")


def of_zip(draw: random.Random, data: bytes, member: Mapping[str, Mutation], compressed: bool = True) -> bytes:
    """An archive, rebuilt with a changed, missing, renamed or repeated file; `member` says how by the name's ending."""
    if draw.random() < 0.15:
        return draw.choice((of_bytes, cut))(draw, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    place = draw.randrange(len(files))
    name, content = files[place]
    match draw.randrange(12):
        case 0:
            del files[place]
        case 1:
            files.append((name, draw.choice(files)[1]))
        case 2:
            files[place] = (draw.choice(TEXTS).encode("utf-8", "replace").decode() or name, content)
        case 3:
            files[place] = (files[draw.randrange(len(files))][0] + draw.choice(("", "x", ".npy")), content)
        case _:
            change = next((each for ending, each in member.items() if name.endswith(ending)), of_bytes)
            files[place] = (name, change(draw, content))
    made = io.BytesIO()
    squeezed = compressed and draw.random() < 0.3
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if squeezed else zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name[:60_000]), content)
    return made.getvalue()


def of_npy(draw: random.Random, data: bytes) -> bytes:
    """An array file with another header, or other numbers behind the right one."""
    if draw.random() < 0.1:
        return of_bytes(draw, data)
    length = struct.unpack("<H", data[8:10])[0]
    header, numbers = data[10 : 10 + length], data[10 + length :]
    if draw.random() < 0.6:
        changes: list[tuple[bytes, bytes]] = [
            (
                rb"'descr': '[^']*'",
                b"'descr': '"
                + draw.choice((b"<f4", b"<f8", b"|u1", b"<i8", b"<U4", b"|b1", b"<c8", b"|O", b"<M8[s]", b">i2"))
                + b"'",
            ),
            (rb"\d+", str(draw.choice(NUMBERS)).encode()),
            (rb"\(.*\)", draw.choice((b"()", b"(0,)", b"(3, 0)", b"(4611686018427387904, 2)", b"(-1,)"))),
            (rb"False", b"True"),
            (rb"\}", draw.choice((b"", b", 'a': 1}", b"}" * 300))),
        ]
        pattern, new = draw.choice(changes)
        header = re.sub(pattern, new, header, count=1)
    else:
        numbers = draw.choice((of_bytes, _of_floats))(draw, numbers)
    return data[:8] + struct.pack("<H", len(header) % 65536) + header + numbers


def _of_floats(draw: random.Random, data: bytes) -> bytes:
    """Some numbers of a float32 array are special ones; the size stays."""
    held = bytearray(data)
    for _ in range(draw.choice((1, 3))):
        if len(held) >= 4:
            place = 4 * draw.randrange(len(held) // 4)
            held[place : place + 4] = struct.pack("<f", draw.choice((math.nan, math.inf, -1.0, 256.0, 1e30, 0.5)))
    return bytes(held)


def of_gzip(draw: random.Random, data: bytes, inner: Mutation) -> bytes:
    """A compressed file whose content is another, or which is itself damaged."""
    if draw.random() < 0.3:
        return of_bytes(draw, data)
    return gzip.compress(inner(draw, gzip.decompress(data)), 1)


def of_tar(draw: random.Random, data: bytes, member: Mutation) -> bytes:
    """An archive of the kind CIFAR-10 comes in, rebuilt with a changed, missing, renamed or odd member."""
    if draw.random() < 0.2:
        return of_bytes(draw, data)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [(entry, archive.extractfile(entry).read()) for entry in archive if entry.isfile()]  # type: ignore[union-attr]
    entry, content = files[place := draw.randrange(len(files))]
    match draw.randrange(6):
        case 0:
            del files[place]
        case 1:
            entry.name = draw.choice(("../" + entry.name, "/" + entry.name, "x"))
        case 2:
            entry.type = draw.choice((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE))
            entry.linkname = draw.choice(("/dev/zero", entry.name, "../x"))
        case _:
            content = member(draw, content)
            files[place] = (entry, content)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", compresslevel=1) as archive:
        for entry, content in files:
            entry.size = len(content) if entry.isfile() else 0
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def of_pickle(draw: random.Random, data: bytes) -> bytes:
    """A pickle in which an operation is missing, there twice, exchanged, or has another argument."""
    if draw.random() < 0.15:
        return of_bytes(draw, data)
    starts = [place for _, _, place in pickletools.genops(data)]
    pieces = [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]
    place, other = draw.randrange(len(pieces)), draw.randrange(len(pieces))
    match draw.randrange(5):
        case 0:
            del pieces[place]
        case 1:
            pieces.insert(place, pieces[other])
        case 2:
            pieces[place], pieces[other] = pieces[other], pieces[place]
        case 3:
            pieces[place] = draw.choice(
                (b"K\x00", b"J\xff\xff\xff\x7f", b"N", b"\x88", b"]", b"}", b")", b"G\x7f\xf8" + bytes(6))
            )
        case _:
            pieces[place] = pieces[place][:1] + of_bytes(draw, pieces[place][1:])
    return b"".join(pieces)


def of_safetensors(draw: random.Random, data: bytes, seal: Callable[[bytes], bytes] = bytes) -> bytes:
    """Tensors with other names, types, shapes, places or numbers; `seal` puts the checksum right again, mostly."""
    if draw.random() < 0.15:
        return draw.choice((of_bytes, cut))(draw, data)
    length = int.from_bytes(data[:8], "little")
    header, numbers = json.loads(data[8 : 8 + length]), data[8 + length :]
    names = [name for name in header if name != "__metadata__"]
    match draw.randrange(5):
        case 0 if header.get("__metadata__"):
            key = draw.choice(list(header["__metadata__"]))
            text = header["__metadata__"][key]
            try:
                header["__metadata__"][key] = json.dumps(of_value(draw, json.loads(text)))
            except ValueError:
                header["__metadata__"][key] = draw.choice(TEXTS)
        case 1:
            header = of_value(draw, header)
        case 2 if names:
            name = draw.choice(names)
            header[name]["dtype"] = draw.choice(
                ("F64", "F32", "F16", "BF16", "I64", "I32", "U8", "BOOL", "F8_E4M3", "X")
            )
        case 3 if names:
            name, other = draw.choice(names), draw.choice(names)
            header[name], header[other] = header[other], header[name]
        case _:
            numbers = _of_floats(draw, numbers)
    text = json.dumps(header).encode()
    made = len(text).to_bytes(8, "little") + text + numbers
    if draw.random() < 0.1:
        return made
    try:
        return seal(made)
    except Exception:  # no file any more that could be sealed
        return made


def of_png(draw: random.Random, data: bytes) -> bytes:
    """A PNG with changed, missing or repeated chunks whose checksums are right."""
    if draw.random() < 0.2:
        return draw.choice((of_bytes, cut))(draw, data)
    chunks, place = [], 8
    while place + 12 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + size]))
        place += 12 + size
    at = draw.randrange(len(chunks))
    match draw.randrange(5):
        case 0:
            del chunks[at]
        case 1:
            chunks.insert(at, draw.choice(chunks))
        case 2:
            kind, body = chunks[at]
            chunks[at] = (draw.choice((b"IDAT", b"PLTE", b"tRNS", b"gAMA", b"iCCP", b"eXIf", b"zTXt", kind)), body)
        case _:
            kind, body = chunks[at]
            chunks[at] = (kind, of_bytes(draw, body))
    made = data[:8]
    for kind, body in chunks:
        made += len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    return made


def resealed_md5(data: bytes) -> str:
    """Of a file whose checksum stands elsewhere."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
