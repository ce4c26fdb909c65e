"""One state of the program, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from tests.screens.finding import Finding
from tests.screens.visitor import Visitor

Step = Callable[[Visitor], Any]


@dataclass(frozen=True)
class State:
    """One state, reached from the one before it.

    Attributes:
        name: begins with its workspace, or with `dialog`.
        reach: brings the program there.
        main: whether `make test` looks at it.
        measure: what else is measured on the window.

    """

    name: str
    reach: Step
    main: bool = False
    measure: Callable[[QWidget], list[Finding]] | None = None

    @property
    def workspace(self) -> str:
        """The workspace on the stage; empty for a window of its own."""
        first = self.name.split("-")[0]
        return "" if first == "dialog" else first
