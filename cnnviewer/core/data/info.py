"""What is known of a data set without its pixels. Free of torch: the window shows these."""

from dataclasses import dataclass, field
from typing import Literal

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.decoding import NOW, Decoding
from cnnviewer.core.plain_text import as_text

Availability = Literal["ready", "generated", "missing"]


@dataclass(frozen=True)
class DataInfo:
    """A data set's identity and how its pixels become a model's input.

    Attributes:
        key: registry key, e.g. `"mnist"`, `"builtin-digits"`, `"folder:/path"`, `"npz:/path"`.
        title: as shown to the user, e.g. `"MNIST"`.
        shape: `(C, H, W)` of one image.
        classes: the class names in label order.
        mean: per channel, of pixels scaled to 0..1; `input = (pixel / 255 - mean) / std`.
        std: per channel, likewise.
        notes: sentences the user should read once the data set is loaded: which pictures were left out, to which
            size the others were fitted. Translatable as every `UserError` is; nothing went wrong.
        reading: by which rules the images were read.
        stamp: of the files, changes with them; empty where it is not known.

    """

    key: str
    title: str
    shape: tuple[int, int, int]
    classes: tuple[str, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    notes: tuple[UserError, ...] = field(default=(), compare=False)
    reading: Decoding = NOW
    stamp: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Titles and classes are names of files, perhaps: text from here on, which any file and any window takes."""
        object.__setattr__(self, "title", as_text(self.title))
        object.__setattr__(self, "classes", tuple(map(as_text, self.classes)))

    @property
    def data_key(self) -> DataKey:
        """The parts of `key`."""
        return DataKey.parse(self.key)


@dataclass(frozen=True)
class DataSource:
    """A data set that can be chosen: there already, generated on demand, or to be downloaded.

    Attributes:
        availability: `ready` on disk; `generated` by the program; `missing` and downloadable.
        licence: the licence's name or the source's terms, in a few words.
        download_bytes: the size of the download, 0 where there is none.
        is_weights: weights of a model of the list are downloaded, no data set.

    """

    key: str
    title: str
    availability: Availability
    description: str = ""
    licence: str = ""
    download_bytes: int = 0
    shape: tuple[int, int, int] | None = field(default=None)
    is_weights: bool = False

    @property
    def data_key(self) -> DataKey:
        """The parts of `key`."""
        return DataKey.parse(self.key)


@dataclass(frozen=True)
class DownloadProgress:
    """How far a download is. `total_bytes` is known beforehand for every built-in source."""

    key: str
    file: str
    done_bytes: int
    total_bytes: int
    bytes_per_second: float = 0.0
