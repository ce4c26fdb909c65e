"""A run as one line of a list. Free of torch: the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes

State = Literal["running", "interrupted", "stopped", "finished", "failed"]
ShownState = Literal["paused"] | State
"""A running training may wait, which only the program that trains it knows."""


@dataclass(frozen=True)
class RunSummary:
    """One line of the list of runs.

    Attributes:
        folder: where it is.
        state: its status; `interrupted` where it says running and no process trains it.
        epochs_done: whole epochs.
        step: steps on disk.
        accuracy: of the test images at the end, else of the last validation; None before any, and where the loss is
            not a finite number.
        tested: whether it is that of the test images.
        size: bytes on disk.
        snapshots: number of snapshots.
        validation_accuracy: of the last epoch; None likewise.
        seconds: spent training up to the last step or epoch on disk.

    """

    folder: Path
    info: RunInfo
    notes: Notes
    state: State
    epochs_done: int
    step: int
    accuracy: float | None
    tested: bool
    size: int
    snapshots: int
    validation_accuracy: float | None = None
    seconds: float = 0.0

    @property
    def title(self) -> str:
        """The user's name for it, else its folder's, so that a copy has another name than its original."""
        return self.notes.name or self.folder.name

    @property
    def is_copy(self) -> bool:
        """Whether its folder is not called as the run was: it was copied, renamed or saved elsewhere."""
        return self.folder.name != self.info.id

    def matches(self, words: str) -> bool:
        """Whether every word occurs in the run's displayed texts or notes, ignoring case."""
        info = self.info
        said = (self.notes.name, self.notes.note, *(mark.text for mark in self.notes.marks))
        seen = (
            info.id,
            info.config.model,
            info.config.dataset,
            info.config.device,
            info.sweep,
            self.state,
            info.created,
            local(info.created),
        )
        text = "\n".join((*said, *seen)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class RunLine:
    """A run as a list shows it.

    Attributes:
        summary: the run.
        name: the user's name for it, else such as `LeNet on MNIST · rate 0.05`.
        telling_name: the same with what sets the run apart first, for where names are cut:
            `rate 0.05 · LeNet on MNIST`.
        model, data: display titles.
        paused: whether it is trained here, and waits.

    """

    summary: RunSummary
    name: str
    telling_name: str
    model: str
    data: str
    paused: bool = False

    @property
    def state(self) -> ShownState:
        """How it stands, for the user."""
        return "paused" if self.paused and self.summary.state == "running" else self.summary.state

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self.summary.folder


def in_bytes(size: int) -> str:
    """A size in bytes as text, such as `1.2 MB`."""
    if size >= 2**30:
        return f"{size / 2**30:.1f} GB"
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{size / 2**10:.0f} kB"
