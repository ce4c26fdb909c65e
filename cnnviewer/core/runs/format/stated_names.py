"""What the names of runs state that the user gave no name: kept beside the runs. Free of torch.

A name such as `LeNet on MNIST · rate 0.05` says what differs from the runs that were there when it was given. It stays
when these go, in every later window: so it is written down, in no language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.json_text import json_text

NAMES_FILE: Final = "names.json"
_LONGEST: Final = 2**24  # bytes of the file: far more than any folder's


@dataclass(frozen=True)
class StatedName:
    """What a run's name states beside model and data set.

    Attributes:
        settings: such as `learning_rate`.
        time: which part of the time at which it began; empty: none.

    """

    settings: tuple[str, ...] = ()
    time: str = ""


def read_stated_names(runs_dir: Path) -> dict[str, StatedName]:
    """By the id of a run, what its name states; nothing where the file is missing or damaged."""
    try:
        with opened(runs_dir / NAMES_FILE) as file:
            document = json.loads(file.read(_LONGEST).decode())
        return {
            str(ident): StatedName(tuple(map(str, name["settings"])), str(name["time"]))
            for ident, name in document.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def add_stated_names(runs_dir: Path, added: Mapping[str, StatedName], known: Set[str]) -> None:
    """Write down what these names state; a name that is there already stays, that of a run not in `known` goes.

    Raises:
        UserError: the folder cannot be written to.
    """
    names = {ident: name for ident, name in {**added, **read_stated_names(runs_dir)}.items() if ident in known}
    document = {ident: asdict(name) for ident, name in sorted(names.items())}
    write_atomically(runs_dir / NAMES_FILE, json_text(document, indent=1).encode() + b"\n")
