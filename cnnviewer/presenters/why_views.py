"""View protocols of the panel Why and its pages: values in, signals out."""

from __future__ import annotations

from typing import Annotated, Protocol

from cnnviewer.presenters.views import SignalLike

# ruff: noqa: D102 - each method is documented where a widget defines it


class WhyPanel(Protocol):
    """The panel Why: its head and its pages."""

    page_seen_changed: Annotated[SignalLike, str, bool]
    target_chosen: Annotated[SignalLike, int]
    against_chosen: Annotated[SignalLike, int]

    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_question(self, target: int, against: int | None, target_choice: int, against_choice: int) -> None: ...
