"""Every data set that can be chosen, by key: `mnist`, `cifar10`, `builtin-digits`, `builtin-shapes`.

A person's own are `folder:/path` and `npz:/path`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cnnviewer.core.data import cache, cifar10, folder, mnist, npz
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import Availability, DataInfo, DataSource
from cnnviewer.core.data.watch import NOBODY, Watch
from cnnviewer.core.errors import UserError


class _Reader(Protocol):
    """What the module of a data set that is downloaded offers."""

    INFO: DataInfo
    DOWNLOAD_BYTES: int

    def find(self, data_dir: Path) -> Path | None: ...
    def explain(self, data_dir: Path) -> None: ...
    def load(self, place: Path, watch: Watch) -> DataSet: ...


_DOWNLOADED: dict[str, _Reader] = {"mnist": mnist, "cifar10": cifar10}
_OWN = {"folder:": folder.load, "npz:": npz.load}

_DESCRIPTIONS = {
    "mnist": "Handwritten digits in grey, 28×28 pixels",
    "cifar10": "Colour photographs of ten kinds of things, 32×32 pixels",
    "builtin-digits": "Digits drawn by the program itself; no download",
    "builtin-shapes": "Coloured shapes drawn by the program itself; no download",
}
_LICENCES = {
    "mnist": "CC BY-SA 3.0, Y. LeCun and C. Cortes",
    "cifar10": "no licence stated; cite A. Krizhevsky, 2009",
    "builtin-digits": "MIT, part of the program",
    "builtin-shapes": "MIT, part of the program",
}


def sources(data_dir: Path) -> tuple[DataSource, ...]:
    """What can be chosen without naming a file, in the order of a menu; judged by names and sizes, in milliseconds."""
    found = []
    for key in (*_DOWNLOADED, *cache.GENERATORS):
        info = data_info(key)
        reader = _DOWNLOADED.get(key)
        ready: Availability = (
            "generated" if reader is None else "missing" if reader.find(Path(data_dir)) is None else "ready"
        )
        found.append(
            DataSource(
                key=key,
                title=info.title,
                availability=ready,
                description=_DESCRIPTIONS[key],
                licence=_LICENCES[key],
                download_bytes=0 if reader is None else reader.DOWNLOAD_BYTES,
                shape=info.shape,
            )
        )
    return tuple(found)


def data_info(key: str) -> DataInfo:
    """What is known of `mnist`, `cifar10` and the built-in sets without reading a pixel.

    Raises:
        UserError: another key; a person's own data must be loaded to be known.
    """
    if key in _DOWNLOADED:
        return _DOWNLOADED[key].INFO
    if key in cache.GENERATORS:
        return cache.generator(key).INFO
    raise _unknown(key)


def load(
    key: str,
    data_dir: Path,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DataSet:
    """Read or generate the data set `key`.

    Args:
        key: see the module.
        data_dir: where data sets are looked for and built-in ones are kept.
        progress: hears how much is done, 0 to 1.
        cancelled: asked often; true stops.

    Raises:
        UserError: not there, damaged, of another kind; names the file and says what to do.
        Cancelled: `cancelled` said so.
    """
    watch = Watch(progress or NOBODY.progress, cancelled or NOBODY.cancelled)
    try:
        return _load(key, Path(data_dir), watch)
    except MemoryError as error:
        raise UserError("{name} needs more memory than there is.", name=_short(key)) from error


def _load(key: str, data_dir: Path, watch: Watch) -> DataSet:
    for prefix, read in _OWN.items():
        if key.startswith(prefix):
            return read(Path(key.removeprefix(prefix)).expanduser(), watch)
    if key in cache.GENERATORS:
        return cache.load(key, data_dir, watch)
    if key not in _DOWNLOADED:
        raise _unknown(key)
    reader = _DOWNLOADED[key]
    place = reader.find(data_dir)
    if place is None:
        reader.explain(data_dir)
        raise UserError(
            "{title} is not in the folder {folder}. Download it in the program's window, or choose the folder that "
            "holds it.",
            title=reader.INFO.title,
            folder=data_dir,
        )
    return reader.load(place, watch)


def _unknown(key: str) -> UserError:
    return UserError(
        "There is no data set {key}. Choose {known}, folder:PATH or npz:PATH.",
        key=key,
        known=", ".join((*_DOWNLOADED, *cache.GENERATORS)),
    )


def _short(key: str) -> str:
    return Path(key.partition(":")[2]).name or key
