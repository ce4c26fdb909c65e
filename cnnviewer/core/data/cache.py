"""What the program generates is generated once: one safetensors file, checked by version and hash when it is read."""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

import platformdirs
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from cnnviewer import __version__
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically


class Generator(Protocol):
    """What a module of a built-in data set offers."""

    INFO: DataInfo

    def generate(self, seed: int = 0) -> DataSet:
        """The data set, the same for the same seed."""
        ...


#: key -> (the module with `INFO` and `generate`, the modules it draws with)
GENERATORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "builtin-digits": ("builtin_digits", ("glyphs", "strokes")),
    "builtin-shapes": ("builtin_shapes", ("strokes",)),
}


def generator(key: str) -> Generator:
    """The module that generates `key`; imported only now, for most launches need neither."""
    return cast(Generator, importlib.import_module(f"cnnviewer.core.data.{GENERATORS[key][0]}"))


def load(key: str, data_dir: Path, watch: ProgressReport = NOBODY) -> DataSet:
    """The built-in data set `key`, from its file where that is whole and up to date; otherwise generated and kept.

    It is kept in `data_dir/builtin`, or in the user's cache folder where `data_dir` cannot be written. Where neither
    can, the data set is generated every time: slower, not wrong.

    Raises:
        Cancelled: as `watch` asked.
    """
    module, version = generator(key), _version(key)
    places = _places(key, data_dir)
    for place in places:
        watch.at(0.0)
        found = _read(place, module.INFO, version)
        if found is not None:
            watch.at(1.0)
            return found
    made = module.generate()
    for place in places:
        if _keep(place, made, version):
            break
    watch.at(1.0)
    return made


def _places(key: str, data_dir: Path) -> tuple[Path, Path]:
    name = f"{key}.safetensors"
    return data_dir / "builtin" / name, Path(platformdirs.user_cache_dir("cnnviewer", appauthor=False), "builtin", name)


def _version(key: str) -> str:
    """Changes with the program and with the text of the generator itself."""
    digest = hashlib.sha256(__version__.encode())
    for name in (GENERATORS[key][0], *GENERATORS[key][1]):
        with suppress(OSError):  # an installation without sources: the program's version has to do
            digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return digest.hexdigest()


def _read(place: Path, info: DataInfo, version: str) -> DataSet | None:
    """The data set in `place`, or None where there is none, an older one or a damaged one."""
    try:
        with safe_open(place, framework="pt") as file:
            metadata = file.metadata() or {}
            if metadata.get("version") != version:
                return None
            tensors = [file.get_tensor(name) for name in _NAMES]
    except (OSError, SafetensorError, KeyError):
        return None
    if metadata.get("sha256") != _hash(tensors):
        return None
    return DataSet(info, Split(tensors[0], tensors[1]), Split(tensors[2], tensors[3]))


_NAMES = ("train_images", "train_labels", "test_images", "test_labels")


def _keep(place: Path, made: DataSet, version: str) -> bool:
    whole = (made.train.images, made.train.labels, made.test.images, made.test.labels)
    tensors = [tensor.clone(memory_format=torch.contiguous_format) for tensor in whole]  # none shares memory
    metadata = {"version": version, "sha256": _hash(tensors)}
    try:
        if not _may_write(place.parent):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, save(dict(zip(_NAMES, tensors, strict=True)), metadata))
    except (OSError, UserError):
        return False
    return True


def _may_write(folder: Path) -> bool:
    """Whether the nearest existing folder above says it may be written; root is not above being denied."""
    existing = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    return existing is not None and os.access(existing, os.W_OK) and bool(existing.stat().st_mode & stat.S_IWUSR)


def _hash(tensors: Sequence[torch.Tensor]) -> str:
    digest = hashlib.sha256()
    for tensor in tensors:
        digest.update(repr((tuple(tensor.shape), tensor.dtype)).encode())
        digest.update(tensor.numpy().data.cast("B"))
    return digest.hexdigest()
