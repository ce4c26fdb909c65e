"""Every data set that can be chosen, by key: `mnist`, `cifar10`, `builtin-digits`, `builtin-shapes`.

The user's own are `folder:/path` and `npz:/path`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from cnnviewer.core.data import cache, cifar10, folder, mnist, npz, source
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import Availability, DataInfo, DataSource
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.decoding import LATEST, NOW, Decoding


class _Reader(Protocol):
    """What the module of a data set that is downloaded offers."""

    INFO: DataInfo
    DOWNLOAD_BYTES: int

    def find(self, data_dir: Path) -> Path | None: ...
    def explain(self, data_dir: Path) -> None: ...
    def load(self, place: Path, watch: ProgressReport) -> DataSet: ...


_DOWNLOADED: dict[str, _Reader] = {"mnist": mnist, "cifar10": cifar10}
_OWN = {"folder": folder.load, "npz": npz.load}

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
    """What can be chosen without naming a file, in the order of a menu, by names and sizes, in milliseconds."""
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
        UserError: another key; the user's own data must be loaded to be known.
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
    reading: Decoding | None = None,
) -> DataSet:
    """Read or generate the data set `key`.

    Args:
        key: see the module.
        data_dir: where data sets are looked for and built-in ones are kept.
        progress: hears how much is done, 0 to 1.
        cancelled: asked often; true stops.
        reading: by which rules the user's own images are read, as weights record it; None: as is right today.

    Raises:
        UserError: not there, damaged, of another kind; names the file and says what to do.
        Cancelled: `cancelled` said so.
    """
    watch = ProgressReport(progress or NOBODY.progress, cancelled or NOBODY.cancelled)
    parsed = DataKey.parse(key)
    try:
        data = _load(parsed, Path(data_dir), watch.part(0, 0.95), reading or NOW)
        return replace(data, source=_source(parsed, Path(data_dir), data, watch.part(0.95, 1)))
    except MemoryError as error:
        raise UserError("{name} needs more memory than there is.", name=parsed.title) from error


def is_current(data: DataSet, key: str, reading: Decoding | None = None) -> bool:
    """Whether `data` is what `load` would read: of this key, by these rules, and from files that are the same.

    Raises:
        UserError: the files are gone, or cannot be read as a data set any more.
    """
    requested = DataKey.parse(key).absolute()
    if data.info.key != str(requested) or not is_read_as(data.info, reading or NOW):
        return False
    if requested.path is None:
        return True
    if requested.kind == "npz":
        return data.info.stamp == npz.stamp(requested.path)
    return data.info.stamp == folder.listing(requested.path, data.info.reading).stamp()


def is_read_as(info: DataInfo, reading: Decoding) -> bool:
    """Whether these images were read by the rules that weights record; only the user's own depend on them."""
    same = info.reading.version == reading.version and reading.scale in (None, info.reading.scale)
    return same or not info.data_key.is_own


def is_latest(info: DataInfo) -> bool:
    """Whether these images were read by today's rules, as those of a new training are."""
    return not info.data_key.is_own or info.reading.version == LATEST


def _load(requested: DataKey, data_dir: Path, watch: ProgressReport, reading: Decoding) -> DataSet:
    if requested.path is not None:
        if reading.version > LATEST:
            raise UserError(
                "The images of {name} were read by a newer version of this program: update it.", name=requested.title
            )
        return _OWN[requested.kind](requested.path, watch, reading)
    key = requested.text
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


def is_there(key: str, data_dir: Path) -> bool:
    """Whether a data set can be loaded, as far as names and sizes tell."""
    path = DataKey.parse(key).path
    return path.exists() if path is not None else key not in _DOWNLOADED or _DOWNLOADED[key].find(data_dir) is not None


def why_missing(key: str, data_dir: Path) -> UserError | None:
    """What is wrong with the files of a data set that is not there as a whole; None where there are none."""
    try:
        if not is_there(key, data_dir):
            _DOWNLOADED[key].explain(data_dir)
    except UserError as error:
        return error
    return None


def _source(key: DataKey, data_dir: Path, data: DataSet, watch: ProgressReport) -> source.DataFingerprint:
    path = key.path
    if path is not None:
        return source.of_archive(path) if key.kind == "npz" else folder.source_of(path, data.info.reading, watch)
    parts = (("training", data.train), ("test", data.test))
    found = source.of_arrays(
        [
            *((name, "images", part.images.numpy()) for name, part in parts),
            *((name, "labels", part.labels.numpy()) for name, part in parts),
        ],
        data_dir,
    )
    watch.at(1.0)
    return found


def _unknown(key: str) -> UserError:
    return UserError(
        "There is no data set {key}. Choose {known}, folder:PATH or npz:PATH.",
        key=key or '""',
        known=", ".join((*_DOWNLOADED, *cache.GENERATORS)),
    )
