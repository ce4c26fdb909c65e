"""Which layers stay as they are while a training goes on from the weights on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.plain_text import PlainLabel, one_line


class FreezeDialog(QDialog):
    """Lists the layers that have weights, with a tick each. It goes by itself when it has been answered.

    Signals:
        chosen: names of the layers ticked.
    """

    chosen = Signal(object)

    def __init__(self, weights: str, layers: Sequence[tuple[str, tuple[int, int]]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("freezeDialog")
        self.setWindowTitle(self.tr("Train from the weights on the screen"))
        self.about = PlainLabel(
            self,
            self.tr(
                "A new run begins with the weights of {weights}, with the values of the Train page. "
                "Layers ticked here are frozen: their weights stay as they are."
            ).format(weights=weights),
        )
        self.about.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("freezeList")
        self.list.setAccessibleName(self.tr("Layers to freeze"))
        for name, (count, biases) in layers:
            template = self.tr("{count:weight|weights}, {biases:bias|biases}")
            if not biases:
                template = self.tr("{count:weight|weights}")
            numbers = counted(template, count=f"{count:,}", biases=f"{biases:,}")
            item = QListWidgetItem(f"{one_line(name)} · {numbers}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._hint = PlainLabel(
            self,
            self.tr("Dropout and the averages of batch normalisation go on in frozen layers too, as in PyTorch."),
        )
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        self._train = buttons.addButton(self.tr("Train"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._train.setObjectName("freezeTrainButton")
        self._train.setProperty("primary", True)
        self._train.setDefault(True)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("freezeCancelButton")
        column = QVBoxLayout(self)
        for widget in (self.about, self.list, self._hint, buttons):
            column.addWidget(widget)
        self.resize(420, 420)
        self.list.itemChanged.connect(self._on_ticked)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.setWindowModality(Qt.WindowModality.NonModal)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Names of the layers ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _on_ticked(self, _item: QListWidgetItem) -> None:
        self._train.setEnabled(len(self.ticked) < self.list.count())  # else nothing would be left to learn

    def _on_accepted(self) -> None:
        self.chosen.emit(self.ticked)
        self.accept()


class FreezeQuestions(QObject):
    """Asks which layers shall be frozen, in a dialog over the window.

    Signals:
        layers_chosen: names of the layers that shall be frozen.
    """

    layers_chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_for_frozen_layers(self, weights: str, layers: Sequence[tuple[str, tuple[int, int]]]) -> None:
        """Ask, with the name of the weights and the layers that have some: name, and how many weights and biases."""
        dialog = FreezeDialog(weights, layers, self._window)
        dialog.chosen.connect(self.layers_chosen)
        dialog.show()
