"""Reads the tensors out of a `.pt` or `.pth` file from an untrusted source, without running anything that is in it.

`torch.load(weights_only=True)` alone is not enough: it inflates a zip bomb, notices no changed byte and speaks of
pickles. So the archive is checked first (nothing compressed, nothing larger than the file, every checksum right,
no name twice), then the pickle's imports, and PyTorch reads a fresh archive of the parts that were checked.
"""

from __future__ import annotations

import io
import pickletools
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.mistaken import HEAD, mistaken
from cnnviewer.core.models import old_torch_file
from cnnviewer.core.models.pickle_outline import obstacles, outline, saving_line
from cnnviewer.core.models.state_dicts import FoundTensors, found_in

_ZIP = b"PK\x03\x04"
_MOST_ENTRIES = 10_000
_LARGEST_PICKLE = 4 * 2**20
_STORAGES = (
    "Float",
    "Double",
    "Half",
    "BFloat16",
    "Long",
    "Int",
    "Short",
    "Char",
    "Byte",
    "Bool",
    "ComplexFloat",
    "ComplexDouble",
)
_NUMBERS = ("float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool")
# What a pickled dictionary of tensors and plain values needs; anything else could run code.
_HARMLESS = frozenset(
    {
        *("collections OrderedDict", "torch Size"),
        *("torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter"),
        *("collections Counter", "torch device"),  # of a schedule's milestones; of a device that was written down
        *(f"torch {kind}" for kind in _NUMBERS),
        *(f"torch {kind}Storage" for kind in _STORAGES),
    }
)
_HARMLESS_NAMES = frozenset(name.replace(" ", ".") for name in _HARMLESS)
_SAVING = 'torch.save(model.state_dict(), "weights.pt")'
_LONGEST_LINE = 170


def tensors_of_torch_file(name: str, data: bytes | Path) -> FoundTensors:
    """Every tensor in the bytes of a file that `torch.save` wrote, on the CPU; of a large one, in the file itself.

    Raises:
        UserError: one sentence that names the file and says why it cannot be, or is not, opened.
    """
    start = data if isinstance(data, bytes) else _beginning(name, data)
    old = start.startswith(old_torch_file.BEGINNING)
    if not is_torch_file(start):
        raise mistaken(name, start) or UserError("{file} is not a PyTorch weights file.", file=name)
    try:
        if old:
            content = _content_of_old_file(name, data)
        elif isinstance(data, bytes):
            parts = _checked_parts(name, data)
            _refuse_imports(name, parts)
            content = torch.load(_fresh_archive(parts), map_location="cpu", weights_only=True)
        else:  # 550 MB: checked piece by piece, then read once, so that the weights are in memory only once
            _refuse_imports(name, _checked_pickle(name, data))
            content = torch.load(data, map_location="cpu", weights_only=True)
    except UserError:
        raise
    except Exception as error:  # zipfile, pickletools and torch raise whatever a broken file makes them raise
        if _ends_too_early(error) if old else not _has_directory(data):
            raise UserError("{file} is cut short: copy or download it again.", file=name) from error
        raise UserError("{file} is damaged: its content cannot be read.", file=name) from error
    return found_in(content)


def is_torch_file(start: bytes) -> bool:
    """Whether a file that begins so may be one that `torch.save` wrote, of today or of before PyTorch 1.6."""
    # the length of a safetensors file's header can be the same two bytes; its header follows as JSON
    old = start.startswith(old_torch_file.BEGINNING) and start[8:9] != b"{"
    return old or start.startswith(_ZIP)


def _has_directory(data: bytes | Path) -> bool:
    """Whether an archive has the directory at its end, which is what is missing of one that was cut short."""
    with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as opened:
        try:
            return zipfile.is_zipfile(opened)
        except zipfile.BadZipFile:  # there is one, of an archive in several parts
            return True


def _beginning(name: str, file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError as error:
        raise UserError("{file} is damaged: its content cannot be read.", file=name) from error


def _checked_pickle(name: str, file: Path) -> dict[str, bytes]:
    """The archive's pickle, after every checksum has been compared without keeping what it is of."""
    with zipfile.ZipFile(file) as archive:
        entries = _checked_entries(name, archive, file.stat().st_size)
        for entry in entries:
            with archive.open(entry) as opened:
                while opened.read(2**20):  # checks the checksum at the end
                    pass
        return {
            part: archive.read(entry)
            for entry in entries
            if (part := entry.filename.partition("/")[2]) == "data.pkl" and entry.file_size <= _LARGEST_PICKLE
        }


def _checked_parts(name: str, data: bytes) -> dict[str, bytes]:
    """The archive's files by their name without the top folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = _checked_entries(name, archive, len(data))
        return {entry.filename.partition("/")[2]: archive.read(entry) for entry in entries}  # checks each checksum


def _checked_entries(name: str, archive: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    """The archive's entries, when none is compressed, a program, or there twice, and all fit into `size` bytes."""
    entries = archive.infolist()
    parts = {entry.filename.partition("/")[2] for entry in entries}
    _refuse_programs(name, parts)
    stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
    if not stored or sum(entry.file_size for entry in entries) > size or len(entries) > _MOST_ENTRIES:
        raise UserError(
            "{file} is not opened: it is compressed and could unpack to any size, which PyTorch never writes.",
            file=name,
        )
    if len(parts) != len(entries):
        raise UserError("{file} is damaged: its content cannot be read.", file=name)
    return entries


def _refuse_programs(name: str, parts: set[str]) -> None:
    if "constants.pkl" in parts or any(part.startswith("code/") for part in parts):
        raise UserError(
            "{file} is a TorchScript program, which runs code when it is opened: "
            "open the model's state_dict() instead.",
            file=name,
        )
    if "archive_format" in parts or any(part.startswith("models/") for part in parts):
        raise UserError(
            "{file} is an exported PyTorch program (.pt2), which runs code when it is opened: "
            "open the model's state_dict() instead.",
            file=name,
        )


def _refuse_imports(name: str, parts: dict[str, bytes]) -> None:
    if "data.pkl" not in parts or len(parts["data.pkl"]) > _LARGEST_PICKLE:
        raise UserError("{file} is not a PyTorch weights file.", file=name)
    _refuse_harmful(name, list(pickletools.genops(parts["data.pkl"])))


def _content_of_old_file(name: str, data: bytes | Path) -> Any:
    """What a file of before PyTorch 1.6 holds, after its imports and the sizes that it claims have been checked."""
    with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as opened:
        size = opened.seek(0, io.SEEK_END)
        opened.seek(0)
        try:
            operations = list(old_torch_file.operations_of_old_file(opened.read(_LARGEST_PICKLE), size))
        except Exception as error:  # pickletools raises whatever another program's pickle makes it raise
            if _ends_too_early(error):
                raise
            raise UserError("{file} is not a PyTorch weights file.", file=name) from error
        _refuse_harmful(name, operations, before=old_torch_file.PICKLES_BEFORE)
        as_named = old_torch_file.is_as_torchvision_named_it(name, opened)
        opened.seek(0)
        content = torch.load(opened, map_location="cpu", weights_only=True)
        if not as_named:
            raise UserError("{file} is damaged: its content cannot be read.", file=name)
        return content


def _ends_too_early(error: Exception) -> bool:
    """Whether a file of before PyTorch 1.6 ended before its pickles, as pickletools says it, or before its numbers."""
    signs = (
        *("exhausted before seeing STOP", "not enough data", "no newline found", " remain"),
        *("unexpected EOF", "larger than the file"),
    )
    return isinstance(error, EOFError) or any(sign in str(error) for sign in signs)


def _refuse_harmful(name: str, operations: Sequence[old_torch_file.Operation], before: int = 0) -> None:
    """Refuse what could run code, naming it and the line of Python that saves the weights alone.

    `before` is how many pickles come before the one with the content.
    """
    harmful = [wanted for wanted in _imports(operations) if wanted not in _HARMLESS]
    if not harmful:
        return
    what = "a pickle of another protocol" if harmful[0] == "STACK_GLOBAL" else harmful[0].replace(" ", ".")
    line = _SAVING
    try:
        rest = iter(operations)
        *_, node = (outline(rest) for _ in range(before + 1))
        path, made = next(obstacles(node, _HARMLESS_NAMES), ((), what))
        place = ".".join(str(key) for key in path)
        place = f"{place[:30]}…" if len(place) > 30 else place
        what, line = f"{place} ({made})" if place else made, saving_line(node, plain(name), _HARMLESS_NAMES)
    except (ValueError, IndexError, KeyError, TypeError):  # a pickle that only a program with ill intent writes
        pass
    raise UserError(
        "{file} holds more than weights: {what}. Opening that could run code. If you trust it, run {line} in Python, "
        "then open weights.pt.",
        file=name,
        what=plain(what),
        line=line if len(line) <= _LONGEST_LINE and line.isprintable() else _SAVING,
    )


def _imports(operations: Iterable[old_torch_file.Operation]) -> Iterator[str]:
    """`module name` of everything that the pickle would import."""
    for opcode, argument, _ in operations:
        if opcode.name == "GLOBAL":
            yield str(argument)
        elif opcode.name in ("STACK_GLOBAL", "INST", "EXT1", "EXT2", "EXT4"):  # torch.save never writes these
            yield opcode.name


def _fresh_archive(parts: dict[str, bytes]) -> io.BytesIO:
    """The checked parts again as an archive, so that PyTorch reads these and no other reading of the same bytes."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(f"archive/{part}", content)
    fresh.seek(0)
    return fresh


def plain(text: str) -> str:
    """Untrusted text as it may stand in a sentence: printable, and not long."""
    printable = "".join(c if c.isprintable() else "?" for c in text[:60])
    return printable + "…" if len(text) > 60 else printable
