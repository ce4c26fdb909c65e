"""The choices below the context chip: model, data set and weights in three columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.core.context import Choice, Choices
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.context_column import ContextColumn

_MARGIN: Final = 12
_NOT_RUNS: Final = ("bundled", "imagenet", "untrained")


class ContextPopover(Translated, QFrame):
    """A popup that closes with a choice, with Esc, or with a click beside it.

    Arrow keys walk a column and lead to the next one, Enter chooses, Tab goes from column to column.

    Attributes:
        models, data, weights: the columns.

    Signals:
        model_chosen, data_chosen: a registry key.
        weights_chosen: `bundled`, `imagenet` or `untrained`.
        run_chosen: the folder of a run, a str.
        open_model_requested, open_weights_requested, open_run_requested: choose a file or a folder.
        own_folder_requested, own_npz_requested: choose a data set of the user's own.
    """

    model_chosen = Signal(str)
    data_chosen = Signal(str)
    weights_chosen = Signal(str)
    run_chosen = Signal(str)
    open_model_requested = Signal()
    open_weights_requested = Signal()
    open_run_requested = Signal()
    own_folder_requested = Signal()
    own_npz_requested = Signal()

    def __init__(self, chip: QWidget) -> None:
        super().__init__(chip, Qt.WindowType.Popup)
        self._chip = chip
        self.setObjectName("contextPopover")
        self._choices = Choices()
        self._locked = PlainLabel(self)
        self._locked.setObjectName("contextLocked")
        self._locked.setWordWrap(True)
        self._locked.setProperty("role", "caption")
        self._locked.hide()
        self.models, self.data, self.weights = (ContextColumn(name, self) for name in ("model", "data", "weights"))
        self._columns = (self.models, self.data, self.weights)
        row = QHBoxLayout()
        row.setSpacing(_MARGIN)
        for column in self._columns:
            row.addWidget(column)
            column.side_requested.connect(self._on_side_requested)
        self.models.chosen.connect(self._on_model_chosen)
        self.data.chosen.connect(self._on_data_chosen)
        self.weights.chosen.connect(self._on_weights_chosen)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(_MARGIN, _MARGIN - 2, _MARGIN, _MARGIN)
        stack.addWidget(self._locked)
        stack.addLayout(row, 1)
        self.retranslate()

    def set_choices(self, choices: Choices) -> None:
        """Offer these."""
        if choices != self._choices:
            self._choices = choices
            self._fill()
            if self.isVisible():  # runs are listed a moment after the choices were opened
                self._place()

    def open_choices(self) -> None:
        """Show the choices under the chip, within its window."""
        for column in self._columns:
            column.begin()
        self._place()
        self.show()
        self.models.take_focus()

    def _place(self) -> None:
        chip = self._chip
        host = chip.window()
        self.ensurePolished()
        if (layout := self.layout()) is not None:  # a hidden widget's layouts remember what was wanted before
            layout.invalidate()
            layout.activate()
        wanted = self.sizeHint()
        below = chip.mapTo(host, QPoint(0, chip.height() + 8))
        width = min(wanted.width(), host.width() - 2 * _MARGIN)
        height = min(wanted.height(), max(host.height() - below.y() - _MARGIN, self.minimumSizeHint().height()))
        self.resize(width, height)
        left = below.x() + (chip.width() - width) // 2
        left = max(_MARGIN, min(left, host.width() - width - _MARGIN))
        self.move(host.mapToGlobal(QPoint(left, below.y())))

    def _on_side_requested(self, side: int) -> None:
        """Give the keyboard to the column beside; at the ends nothing happens."""
        here = next((place for place, column in enumerate(self._columns) if column.has_focus), 0) + side
        if 0 <= here < len(self._columns):
            self._columns[here].take_focus()

    def _on_model_chosen(self, key: str) -> None:
        self._choose(key, self.model_chosen)

    def _on_data_chosen(self, key: str) -> None:
        self._choose(key, self.data_chosen)

    def _on_weights_chosen(self, key: str) -> None:
        self._choose(key, self.weights_chosen if key in _NOT_RUNS else self.run_chosen)

    def _choose(self, key: str, chosen: SignalInstance) -> None:
        self.close()  # before a dialog opens
        actions = {
            "open-model": self.open_model_requested,
            "open-weights": self.open_weights_requested,
            "open-run": self.open_run_requested,
            "own-folder": self.own_folder_requested,
            "own-npz": self.own_npz_requested,
        }
        if key in actions:
            actions[key].emit()
        else:
            chosen.emit(key)

    def _fill(self) -> None:
        choices, locked = self._choices, self._choices.locked
        self._locked.setText(locked)
        self._locked.setVisible(bool(locked))

        def action(key: str, title: str) -> Choice:
            return Choice(key, title, why=locked)

        self.models.set_choices(
            choices.models,
            (action("open-model", self.tr("Open model file…")),),
        )
        self.data.set_choices(
            choices.data,
            (
                action("own-folder", self.tr("A folder of your own…")),
                action("own-npz", self.tr("An .npz file of your own…")),
            ),
        )
        self.weights.set_choices(
            choices.weights,
            (
                action("open-weights", self.tr("Open weights…")),
                action("open-run", self.tr("Open run…")),
            ),
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Model, data set and weights"))
        self.models.set_texts(
            self.tr("Model"), self.tr("Search models"), self.tr("The network to look into and to train.")
        )
        self.data.set_texts(
            self.tr("Data set"), self.tr("Search data sets"), self.tr("The images to learn from and to look at.")
        )
        self.weights.set_texts(
            self.tr("Weights"),
            self.tr("Search runs"),
            self.tr("What the network has learned: with the program, in a run, or nothing yet."),
        )
        self._fill()
