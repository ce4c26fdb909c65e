"""Reads the tensors out of a `.pt` or `.pth` file from a stranger, without running anything that is in it.

`torch.load(weights_only=True)` alone is not enough: it inflates a zip bomb, notices no changed byte and speaks of
pickles. So the archive is checked first (nothing compressed, nothing larger than the file, every checksum right,
no name twice), then the pickle's imports, and PyTorch reads a fresh archive of the parts that were checked.
"""

from __future__ import annotations

import io
import pickletools
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models import old_torch_file

Tensors = dict[str, torch.Tensor]

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
# What a pickled dictionary of tensors and plain values needs; anything else could run code.
_HARMLESS = frozenset(
    {
        *("collections OrderedDict", "torch Size"),
        *("torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter"),
        *(f"torch {kind}Storage" for kind in _STORAGES),
    }
)


def tensors_of_torch_file(name: str, data: bytes | Path) -> Tensors:
    """The `state_dict` in the bytes of a `.pt` or `.pth` file, on the CPU; of a large one, in the file itself.

    A wrapper such as `{"state_dict": …}` and the prefix `module.` are taken off.

    Raises:
        UserError: one sentence that names the file and says why it cannot be, or is not, opened.
    """
    start = data if isinstance(data, bytes) else _beginning(name, data)
    old = start.startswith(old_torch_file.BEGINNING)
    if not old and not start.startswith(_ZIP):
        raise UserError("{file} is not a PyTorch weights file.", file=name)
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
        raise UserError("{file} is damaged: its content cannot be read.", file=name) from error
    return _state_dict(name, content)


def _beginning(name: str, file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(16)
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
    _refuse_harmful(name, _imports(pickletools.genops(parts["data.pkl"])))


def _content_of_old_file(name: str, data: bytes | Path) -> Any:
    """What a file of before PyTorch 1.6 holds, after its imports and the sizes that it claims have been checked."""
    with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as opened:
        size = opened.seek(0, io.SEEK_END)
        opened.seek(0)
        try:
            wanted = list(_imports(old_torch_file.operations_of_old_file(opened.read(_LARGEST_PICKLE), size)))
        except Exception as error:  # pickletools raises whatever another program's pickle makes it raise
            raise UserError("{file} is not a PyTorch weights file.", file=name) from error
        _refuse_harmful(name, wanted)
        if not old_torch_file.is_as_torchvision_named_it(name, opened):
            raise UserError("{file} is damaged: its content cannot be read.", file=name)
        opened.seek(0)
        return torch.load(opened, map_location="cpu", weights_only=True)


def _refuse_harmful(name: str, imports: Iterable[str]) -> None:
    for wanted in imports:
        if wanted not in _HARMLESS:
            raise UserError(
                "{file} holds more than weights ({what}), and opening that could run code: "
                "save the model's state_dict() instead of the model.",
                file=name,
                what=plain(wanted.replace(" ", ".")),
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


def _state_dict(name: str, content: Any) -> Tensors:
    for wrapper in ("model_state_dict", "state_dict", "model"):
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
            break
    if not isinstance(content, dict) or not content:
        raise UserError("{file} holds no weights by name: save the model's state_dict().", file=name)
    tensors: Tensors = {}
    for key, value in content.items():
        if not isinstance(key, str) or not isinstance(value, torch.Tensor):
            raise UserError(
                "{file} holds no weights by name: {entry} is not a tensor.", file=name, entry=plain(str(key))
            )
        tensors[key] = value.detach()
    for prefix in ("_orig_mod.", "module."):  # of torch.compile and of DataParallel
        if all(key.startswith(prefix) for key in tensors):
            tensors = {key.removeprefix(prefix): value for key, value in tensors.items()}
    return tensors


def plain(text: str) -> str:
    """A stranger's text as it may stand in a sentence: printable, and not long."""
    printable = "".join(c if c.isprintable() else "?" for c in text[:60])
    return printable + "…" if len(text) > 60 else printable
