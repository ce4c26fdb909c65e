"""The weights of AlexNet, VGG16, VGG19 and ResNet-18 that torchvision's makers trained on ImageNet: where they are.

They are never fetched unasked. Sizes and the first eight digits of the SHA-256, which stand in the files' names, are
those of torchvision's documentation; the connection's TLS guards against forgery.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.data.remote import Remote, RemoteFile

_PREFIX: Final = "weights:"
FOLDER = "weights"
_LICENCE = "BSD-3-Clause (torchvision); ImageNet's terms"
_FILES: Mapping[str, tuple[str, str, int]] = {
    "alexnet": ("AlexNet", "alexnet-owt-7be5be79.pth", 244_408_911),
    "vgg16": ("VGG16", "vgg16-397923af.pth", 553_433_881),
    "vgg19": ("VGG19", "vgg19-dcbb9e9d.pth", 574_673_361),
    "resnet18": ("ResNet-18", "resnet18-f37072fd.pth", 46_830_571),
}


def source_of(model: str) -> DataSource | None:
    """What can be downloaded for a model of the list; None for one whose weights nobody offers."""
    if model not in _FILES:
        return None
    title, _, size = _FILES[model]
    return DataSource(key_of(model), title, "missing", licence=_LICENCE, download_bytes=size, is_weights=True)


def key_of(model: str) -> str:
    """By which the weights of a model of the list are downloaded."""
    return _PREFIX + model


def find(model: str, data_dir: Path) -> Path | None:
    """The file where a download put it, whole; None where there is none."""
    if model not in _FILES:
        return None
    _, name, size = _FILES[model]
    path = Path(data_dir) / FOLDER / name
    return path if path.is_file() and path.stat().st_size == size else None


def is_file(model: str, name: str) -> bool:
    """Whether a file of this name holds the downloaded weights of a model of the list."""
    return model in _FILES and _FILES[model][1] == name


def _there(data_dir: Path, file: RemoteFile) -> bool:
    path = data_dir / FOLDER / file.name
    return path.is_file() and path.stat().st_size == file.size


def _leave(_data_dir: Path, _file: RemoteFile, _path: Path) -> None:
    """It is where it belongs already."""


def _remote(title: str, name: str, size: int) -> Remote:
    file = RemoteFile(
        name=name,
        size=size,
        sha256=name.rpartition("-")[2].removesuffix(".pth"),
        urls=(f"https://download.pytorch.org/models/{name}",),
    )
    return Remote(title, FOLDER, (file,), unpacked_bytes=0, there=_there, install=_leave)


REMOTES: Mapping[str, Remote] = {key_of(model): _remote(*about) for model, about in _FILES.items()}
