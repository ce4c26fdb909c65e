"""The registry key of a model: the one place that knows its forms. Free of torch.

lenet                                   a model of the list
design:conv 16 k3, relu, …              a design: its layers
file:PATH::NAME, file:PATH::NAME(w=2)   a user's own: what of a Python file is the model
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.call import Call, parse_call

ModelKind = Literal["listed", "design", "file"]

_PREFIXES: Final[dict[ModelKind, str]] = {"listed": "", "design": "design:", "file": "file:"}
_OF_FILE: Final = re.compile(r"(?P<path>.+?)::(?P<text>[^\W\d]\w*\s*(?:\(.*\))?)", re.DOTALL)


@dataclass(frozen=True)
class ModelKey:
    """A registry key in its parts; `str(ModelKey.parse(text)) == text` for every text.

    Attributes:
        kind: `listed` also for a name that no model has.
        text: the name of a listed model; the layers of a design; what of a file is used, such as `Net(depth=2)`.
        path: of the Python file, as it was written; empty where the key names no class.

    """

    kind: ModelKind
    text: str
    path: str = ""

    @classmethod
    def parse(cls, key: str) -> ModelKey:
        """The parts of a key. What no key looks like is a listed model's name, which the registry refuses."""
        if key.startswith(_PREFIXES["design"]):
            return cls("design", key.removeprefix(_PREFIXES["design"]))
        if not key.startswith(_PREFIXES["file"]):
            return cls("listed", key)
        rest = key.removeprefix(_PREFIXES["file"])
        found = _OF_FILE.fullmatch(rest)
        return cls("file", found["text"], found["path"]) if found is not None else cls("file", rest)

    @classmethod
    def of_file(cls, path: Path, call: Call) -> ModelKey:
        """The key of what `call` names in the Python file `path`."""
        return cls("file", call.text, str(path.resolve()))

    def __str__(self) -> str:
        return _PREFIXES[self.kind] + self.rest

    @property
    def rest(self) -> str:
        """What stands behind the prefix."""
        return f"{self.path}::{self.text}" if self.path else self.text

    @property
    def nearby(self) -> str:
        """What stands behind the prefix, a path with its last folder alone."""
        return replace(self, path=str(Path(*Path(self.path).parts[-2:]))).rest if self.path else self.rest

    @property
    def is_own(self) -> bool:
        """Whether it is a user's own code: it works only in a process in which the user agreed to run it."""
        return self.kind == "file"

    @property
    def short(self) -> str:
        """In a few letters: a name of the list, `design`, or what of a file is used."""
        if self.kind == "design":
            return "design"
        return self.text if self.kind == "listed" or self.path else Path(self.text).name

    def own_code(self) -> tuple[Path, Call]:
        """The Python file of a user's own model and what is used of it.

        Raises:
            UserError: the key names nothing of a file, or its arguments cannot be read.
        """
        if not self.path:
            raise UserError("{model} names no class: write file:PATH.py::CLASS.", field="model", model=str(self))
        return Path(self.path), parse_call(self.text)


def layers_in(text: str) -> str:
    """The layers in the text of a design, with or without the prefix, in upper or lower case."""
    body, prefix = text.strip(), _PREFIXES["design"]
    return body[len(prefix) :] if body.lower().startswith(prefix) else body
