"""Asks how the model on the screen is to read an image: the size of its input, and the normalisation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.widgets.fields import Field, real_number, whole_number
from cnnviewer.ui.widgets.normalised import normalisation_text
from cnnviewer.ui.widgets.number_fields import RealField, settle
from cnnviewer.ui.widgets.plain_text import PlainLabel

_MOST_CHANNELS = 4
"""Of more channels all share one number."""
_LARGEST = 1024  # pixels a side


class PreprocessingDialog(QDialog):
    """Height and width, mean and standard deviation, as they are; then as the user wants them.

    Signals:
        asked: `(height, width)`, the means and the standard deviations, one for each channel or one for all.
        reset_requested: as the weights record again, or as the data set or the model says.
    """

    asked = Signal(object, object, object)
    reset_requested = Signal()

    def __init__(self, shape: tuple[int, int, int], used: Normalisation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputReadingDialog")
        title = self.tr("How an image is prepared for the model")
        self.setWindowTitle(title)
        channels, height, width = shape
        count = channels if channels <= _MOST_CHANNELS else 1
        self.width_field = whole_number("inputWidthSpin", 1, _LARGEST)
        self.height_field = whole_number("inputHeightSpin", 1, _LARGEST)
        self.width_field.setValue(width)
        self.height_field.setValue(height)
        self.means = [self._number(f"inputMeanSpin{i}", -1e6, used.mean[i]) for i in range(count)]
        self.stds = [self._number(f"inputStdSpin{i}", 1e-6, used.std[i]) for i in range(count)]
        self._normalisation = PlainLabel(text=normalisation_text(used))
        self._normalisation.setWordWrap(True)
        self._normalisation.setProperty("role", "caption")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.use_button = QPushButton(self.tr("Use"))
        self.use_button.setObjectName("inputReadingUseButton")
        self.use_button.setProperty("primary", True)
        self.reset_button = QPushButton(self.tr("As recorded"))
        self.reset_button.setObjectName("inputReadingResetButton")
        self.reset_button.setToolTip(self.tr("As the weights record, else as the data set or the model says"))
        self.reset_button.setEnabled(used.by == "asked")
        buttons.addButton(self.use_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.reset_button, QDialogButtonBox.ButtonRole.ResetRole)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self._normalisation)
        column.addLayout(self._sizes())
        column.addLayout(self._numbers())
        column.addWidget(buttons)
        # window managers cut a title in its middle: their letters are larger, and their buttons take room
        self.setMinimumWidth(max(340, round(1.3 * self.fontMetrics().horizontalAdvance(title)) + 100))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.reset_button.clicked.connect(self._on_reset)

    def _sizes(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for editor, name, words in (
            (self.height_field, self.tr("Height"), self.tr("Pixels down of the model's input")),
            (self.width_field, self.tr("Width"), self.tr("Pixels across of the model's input")),
        ):
            field = Field(editor)
            field.set_texts(name, words)
            row.addWidget(field)
        return row

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        for row, (editors, name, words) in enumerate(
            (
                (self.means, self.tr("Mean"), self.tr("Is subtracted from each pixel, which goes from 0 to 1")),
                (self.stds, self.tr("Standard deviation"), self.tr("Divides what is left of each pixel")),
            )
        ):
            for column, editor in enumerate(editors):
                field = Field(editor)
                label = name if len(editors) == 1 else self.tr("{name}, channel {number}")
                field.set_texts(label.format(name=name, number=column), words)
                grid.addWidget(field, row, column)
        return grid

    def _number(self, name: str, least: float, value: float) -> RealField:
        field = real_number(name, least, 1e6, 0.05)
        field.setValue(value)
        return field

    def _on_accepted(self) -> None:
        if not settle(self.width_field, self.height_field, *self.means, *self.stds):
            return
        size = (self.height_field.value(), self.width_field.value())
        self.asked.emit(size, tuple(f.value() for f in self.means), tuple(f.value() for f in self.stds))
        self.accept()

    def _on_reset(self) -> None:
        self.reset_requested.emit()
        self.accept()
