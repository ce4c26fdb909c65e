"""The data set of the run shown: where it is now, whether it may be read, and what has changed in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal

from cnnviewer.core.data.key import DataKey, DataKind
from cnnviewer.core.data.source import DataFingerprint
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.read.changes import data_changes, in_one
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services


class RunDataPresenter(Presenter):
    """Asks for a run's data set that has moved, or that only an untrusted `run.json` names.

    Signals:
        data_requested: `folder` or `npz`, and the callback for the path that the user chooses.
    """

    data_requested = Signal(str, object)

    def __init__(self, services: Services, selection: SelectionPresenter) -> None:
        super().__init__(services)
        self._selection = selection
        self._agreed: set[DataKey] = set()  # keys of data sets that the user allowed to read
        self._said: tuple[OpenedRun, DataFingerprint] | None = None  # compared last
        self._is_opening = False
        selection.ready.connect(self._say_changes)

    def take_up(self, opened: OpenedRun, state: ModelState | None) -> None:
        """Show the run's configuration and weights; load its data set, unless the user has to be asked.

        Raises:
            UserError: its model is not known here.
        """
        self._is_opening, self._said = True, None
        data_dir = opened.info.source.data_dir if self._is_ours(opened) else ""
        reading = opened.info.recipe.reading
        self._selection.take_up(opened.info.config, state, not self._question(opened), data_dir, reading)

    def speak(self, opened: OpenedRun) -> None:
        """Ask about the run's data set if necessary, else report what has changed in it, once it is loaded."""
        self._is_opening = False
        if not self.ask(opened) and not self._selection.loading:
            self._say_changes()

    def ask(self, opened: OpenedRun, then: Callable[[], object] | None = None) -> bool:
        """Ask where a run's data set is now, or whether one that an untrusted run names may be read. True: asked.

        Args:
            opened: the run.
            then: called when the user has answered; None: show the run with its data set.
        """
        question, key = self._question(opened), self._selection.where(opened.info.config.data_key)
        kind, path = key.kind, key.text
        then = then or partial(self._show, opened)
        if question == "moved":
            ask = partial(self.data_requested.emit, kind, partial(self._on_found, opened, kind, then))
            self._suggest(
                ActionMessage(
                    lambda: self.tr("The data of the run are no longer in {path}.").format(path=path),
                    lambda: self.tr("Show where they are…"),
                    ask,
                    "error",
                )
            )
        elif question == "strange":
            self._suggest(
                ActionMessage(
                    lambda: self.tr("The run comes from elsewhere and names {path} as its data.").format(path=path),
                    lambda: self.tr("Read them"),
                    partial(self._agree, key, then),
                )
            )
        return bool(question)

    def _question(self, opened: OpenedRun) -> Literal["", "moved", "strange"]:
        """What to ask: `moved`: the data set is gone; `strange`: only an untrusted `run.json` names it."""
        key, data = self._selection.where(opened.info.config.data_key), self._session.data
        path = key.path
        if path is None or (data is not None and data.info.data_key == key):
            return ""
        if not self._is_ours(opened) and key not in self._agreed:
            return "strange"
        return "" if path.exists() else "moved"

    def _is_ours(self, opened: OpenedRun) -> bool:
        return opened.folder.resolve().parent == self._settings.runs_dir.resolve()

    def _agree(self, key: DataKey, then: Callable[[], object]) -> None:
        self._agreed.add(key)
        then()

    def _on_found(self, opened: OpenedRun, kind: DataKind, then: Callable[[], object], path: str) -> None:
        self._selection.set_where(opened.info.config.data_key, DataKey(kind, path))
        self._agree(self._selection.where(opened.info.config.data_key), then)

    def _show(self, opened: OpenedRun) -> None:
        run = self._session.run
        if self._session.training or run is None or run.opened is None or not run.opened.is_same(opened):
            return  # another run is shown by now
        self.take_up(opened, self._session.newest)
        self.speak(opened)

    def _say_changes(self) -> None:
        """Report what has changed in the data set of the run shown, once it is loaded."""
        run, data = self._session.run, self._session.data
        if self._is_opening or run is None or run.opened is None or data is None:
            return
        info = run.opened.info
        if data.info.data_key != self._selection.where(info.config.data_key):
            return
        if self._said is not None and self._said[0].is_same(run.opened) and self._said[1] is data.source:
            return
        self._said = run.opened, data.source
        changes = data_changes(info, data)
        if changes:
            self.error.emit(
                UserError(
                    "The data changed since {run} was trained: {changes}. What is shown is of the current data.",
                    run=self._run_name(info, run.opened.notes),
                    changes=in_one(changes),
                )
            )
