"""The registry key of a data set: the one place that knows its forms. Free of torch.

mnist                           one of the list
folder:/path, npz:/path         a user's own
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

DataKind = Literal["listed", "folder", "npz"]
OwnKind = Literal["folder", "npz"]

_PREFIXES: Final[dict[DataKind, str]] = {"listed": "", "folder": "folder:", "npz": "npz:"}
_OWN: Final[tuple[OwnKind, ...]] = ("folder", "npz")


@dataclass(frozen=True)
class DataKey:
    """A registry key in its parts; `str(DataKey.parse(text)) == text` for every text.

    Attributes:
        kind: `listed` also for a name that no data set has, and where a prefix has no path behind it.
        text: the name of a listed data set; the path of a user's own, as it was written.

    """

    kind: DataKind
    text: str

    @classmethod
    def parse(cls, key: str) -> DataKey:
        """The parts of a key."""
        kind = next((kind for kind in _OWN if key.startswith(_PREFIXES[kind])), None)
        if kind is None or key == _PREFIXES[kind]:
            return cls("listed", key)
        return cls(kind, key.removeprefix(_PREFIXES[kind]))

    def __str__(self) -> str:
        return _PREFIXES[self.kind] + self.text

    @property
    def is_own(self) -> bool:
        """Whether it is a user's own folder or file."""
        return self.kind != "listed"

    @property
    def path(self) -> Path | None:
        """The whole path of a user's own folder or file; None for the other data sets."""
        return Path(os.path.abspath(os.path.expanduser(self.text))) if self.is_own else None

    @property
    def title(self) -> str:
        """The name of a user's own folder or file; else the key."""
        return (Path(self.text).name if self.is_own else "") or str(self)

    def absolute(self) -> DataKey:
        """The same data set, whatever folder the program is started in."""
        return self if self.path is None else replace(self, text=str(self.path))
