"""Which image it is: one id from the file to the pixel, whatever filter, order or sample shows it. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.plain_text import as_text

Rows = npt.NDArray[np.int64]
_EVERYWHERE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+")
_LONGEST = 40  # letters of a part of a file's name


@dataclass(frozen=True, eq=False)
class ImageFiles:
    """Where the images of a split come from, in their order; nothing where the index says it all.

    Attributes:
        names: the path of each image's file, as seen from the data set's folder.
        array: the array of an `.npz` that holds them instead.
        rows: `(N,)` of that array, int64.

    """

    names: tuple[str, ...] = ()
    array: str = ""
    rows: Rows = field(default_factory=lambda: np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.names) or len(self.rows)

    def of(self, index: int) -> str:
        """The file of an image, such as `cat/0012.png` or `x_train[17]`; empty where it is not known."""
        if not len(self):
            return ""
        return self.names[index] if self.names else f"{self.array}[{int(self.rows[index])}]"

    def containing(self, word: str) -> npt.NDArray[np.bool_]:
        """`(N,)` whether each file has `word` in its path, which has no spaces; upper and lower case are alike."""
        word = word.casefold()
        return np.array([word in file for file in self._folded], bool)

    @cached_property
    def _folded(self) -> list[str]:
        """Every path as it is searched: made once, for a search is asked for with each letter typed."""
        return [self.of(index).casefold() for index in range(len(self))]

    def select(self, rows: Rows | slice) -> ImageFiles:
        """Those of the images at `rows`."""
        if not self.names:
            return replace(self, rows=self.rows[rows]) if len(self.rows) else self
        if isinstance(rows, slice):
            return ImageFiles(self.names[rows])
        return ImageFiles(tuple(self.names[row] for row in rows.tolist()))


@dataclass(frozen=True)
class ImageId:
    """One image of a data set.

    Attributes:
        dataset: registry key.
        split: `train`, `validation` or `test`.
        index: within the split.
        file: as `ImageFiles.of` says.

    """

    dataset: str
    split: str
    index: int
    file: str = ""

    @property
    def stem(self) -> str:
        """The start of a file's name for this image, such as `mnist-test-02447`; sorted by name is sorted by index."""
        return f"{safe_name(DataKey.parse(self.dataset).title)}-{self.split}-{self.index:05d}"


@dataclass(frozen=True, eq=False)
class ImageIds:
    """The ids of a split's images."""

    dataset: str = ""
    split: str = "test"
    files: ImageFiles = field(default_factory=ImageFiles)

    def of(self, index: int) -> ImageId:
        """The id of the image at `index`."""
        return ImageId(self.dataset, self.split, index, self.files.of(index))


def safe_name(text: str) -> str:
    """`text` as a part of a file's name on every system: other letters than ASCII's stay, all else becomes `_`."""
    shown = as_text(text)[:_LONGEST]
    kept = "".join(
        letter if letter in _EVERYWHERE or (ord(letter) > 127 and letter.isalnum()) else "_" for letter in shown
    )
    return kept.strip("._") or "_"
