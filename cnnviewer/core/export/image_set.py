"""Images of an evaluation as files: a folder of PNG pictures, pixel for pixel, or a table of what is predicted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.image_id import ImageIds, safe_name
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.confusion import Confusion, Labels
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.core.export.arrays import png_bytes
from cnnviewer.core.export.csv_table import csv_bytes
from cnnviewer.core.files.atomic import flush_folder, why_not_written, write_atomically
from cnnviewer.core.files.renaming import rename
from cnnviewer.core.files.temporary import new_folder

Pixels = npt.NDArray[np.uint8]
TABLE = "images.csv"
"""The table in a folder of pictures."""
_COLUMNS = (
    *("dataset", "split", "index", "file", "true", "predicted", "confidence", "loss", "margin", "rank"),
    *("predicted before", "confidence before"),
)


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Images that are exported.

    Attributes:
        table: what is predicted on them.
        indices: which images of the split, in their order; each is in the table.
        ids: the ids of the split.
        difference: from what was predicted before; None: nothing is compared.

    """

    table: Confusion
    indices: Labels
    ids: ImageIds
    difference: Difference | None = None

    def file_name(self, index: int) -> str:
        """Such as `mnist-test-02447_true-4_predicted-9.png`."""
        row = self._row(index)
        true, predicted = (
            safe_name(self.table.classes[int(which[row])]) for which in (self.table.labels, self.table.predicted)
        )
        return f"{self.ids.of(index).stem}_true-{true}_predicted-{predicted}.png"

    def _row(self, index: int) -> int:
        return int(np.searchsorted(self.table.indices, index))

    def csv(self, beside_pictures: bool = False) -> bytes:
        """The table: a line an image, in their order; see `_COLUMNS`. What is not known is empty.

        `file` is where the image comes from. `beside_pictures` it is the image's PNG, and where any image comes from a
        file, the column `source` says so.
        """
        columns: tuple[str, ...] = _COLUMNS if self.difference is not None else _COLUMNS[:-2]
        indices = self.indices.tolist()
        lines = [self._line(index)[: len(columns)] for index in indices]
        if beside_pictures:
            place = columns.index("file")
            after = place if any(line[place] for line in lines) else place + 1
            columns = (*columns[: place + 1], *(["source"] if after == place else []), *columns[place + 1 :])
            lines = [
                (*line[:place], self.file_name(index), *line[after:])
                for line, index in zip(lines, indices, strict=True)
            ]
        return csv_bytes(columns, lines)

    def _line(self, index: int) -> tuple[object, ...]:
        table, which, row = self.table, self.ids.of(index), self._row(index)
        scores = table.scores
        before = self.difference.before_of(row) if self.difference is not None else None
        return (
            which.dataset,
            which.split,
            index,
            which.file or None,
            table.classes[int(table.labels[row])],
            table.classes[int(table.predicted[row])],
            _number(table.confidences[row]),
            _number(scores.losses[row]) if scores is not None else None,
            _number(scores.margins[row]) if scores is not None else None,
            int(scores.ranks[row]) if scores is not None else None,
            table.classes[before[0]] if before is not None else None,
            before[1] if before is not None else None,
        )


def write_table(path: Path, images: ImageSet) -> None:
    """Write what is predicted on the images as a `.csv` file.

    Raises:
        UserError: there is a file of this name already, or it cannot be written.
    """
    if path.exists():
        raise UserError("{file} is there already: choose another name. Nothing was overwritten.", file=path.name)
    write_atomically(path, images.csv())


def write_folder(
    folder: Path,
    images: ImageSet,
    pixels: Pixels,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write each image as a PNG file into a new folder, with the table `images.csv`; all of them or none.

    Args:
        folder: must not be there yet, or be empty.
        images: which.
        pixels: of the whole split, uint8 `(N, C, H, W)` with C 1 or 3; the PNG holds them bit for bit.
        progress: hears how far it is, 0..1.
        cancelled: asked before each image.

    Raises:
        UserError: the folder has something in it, or cannot be written.
        Cancelled: `cancelled` said so; nothing is left.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("{file} is there already: choose another name. Nothing was overwritten.", file=folder.name)
    made: Path | None = None
    try:
        made = new_folder(folder.parent, f".{folder.name[:40]}.", ".part")
        for place, (name, content) in enumerate(_files(images, pixels)):
            if cancelled():
                raise Cancelled
            (made / name).write_bytes(content)
            progress((place + 1) / max(1, len(images.indices)))
        (made / TABLE).write_bytes(images.csv(beside_pictures=True))
        flush_folder(made)
        if folder.exists():
            folder.rmdir()
        rename(made, folder)
        made = None
    except OSError as error:
        raise why_not_written(error, folder) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def free_folder(parent: Path, name: str) -> Path:
    """A folder in `parent` that is not there yet: `name`, or `name-2` and so on."""
    found, number = parent / name, 2
    while found.exists():
        found, number = parent / f"{name}-{number}", number + 1
    return found


def _files(images: ImageSet, pixels: Pixels) -> Iterator[tuple[str, bytes]]:
    for index in images.indices.tolist():
        picture = pixels[index]
        shown = picture[0] if len(picture) == 1 else np.moveaxis(picture, 0, 2)
        yield images.file_name(index), png_bytes(shown)


def _number(value: np.float32) -> float:
    return float(value)
