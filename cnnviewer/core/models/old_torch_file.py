"""Checks weights files as PyTorch wrote them before 1.6: torchvision's VGG16 and VGG19 are such files to this day.

Five pickles stand one after another: a magic number, a version, a description of the machine, the `state_dict`, and
the names of its storages, whose numbers follow (`torch.serialization._legacy_save`). There is no checksum in them;
torchvision's carry the beginning of their SHA-256 in their name.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import pickletools
import re
from collections.abc import Iterator
from typing import Any

BEGINNING = b"\x80\x02"
_MAGIC = 0x1950A86A20F9469CFC6C
_PICKLES = 5
PICKLES_BEFORE = 2
"""Version and machine, of those that follow the magic number, come before the content."""
_TORCHVISIONS = re.compile(r"(?:alexnet|vgg)[\w-]*-([0-9a-f]{8})\.pth")

_KEPT = frozenset({"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"})

Operation = tuple[pickletools.OpcodeInfo, Any, int | None]


def operations_of_old_file(head: bytes, size: int) -> Iterator[Operation]:
    """The operations of the pickles in the first bytes of a file of `size` bytes; nothing is run.

    Raises:
        ValueError: it is no such file, is cut short, or claims more numbers than its size has room for.
    """
    pickles = io.BytesIO(head)
    magic = [argument for _, argument, _ in pickletools.genops(pickles)]
    if _MAGIC not in magic:
        raise ValueError("it does not begin with PyTorch's magic number")
    large: list[bool] = []  # whether each argument since the last mark is a number larger than the file
    for operation in itertools.chain.from_iterable(pickletools.genops(pickles) for _ in range(_PICKLES - 1)):
        name, argument = operation[0].name, operation[1]
        if name == "MARK":
            large.clear()
        elif name.startswith("TUPLE") or name in _KEPT:  # a storage is named by a tuple; room is made before it is read
            count = int(name[-1]) if name[-1].isdigit() else 1 if name in _KEPT else len(large)
            if any(large[len(large) - count :]):
                raise ValueError("a storage is larger than the file")
        else:
            large.append(isinstance(argument, int) and not -size <= argument <= size)
        yield operation


def is_as_torchvision_named_it(name: str, file: io.BytesIO | io.BufferedReader) -> bool:
    """Whether the content has the checksum that torchvision wrote into the name; True for any other name."""
    named = _TORCHVISIONS.fullmatch(name)
    file.seek(0)
    return named is None or hashlib.file_digest(file, "sha256").hexdigest().startswith(named[1])
