"""What all layers of the design come to."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.models.design_check import LayerCheck
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated


class Totals(Translated, PlainLabel):
    """One sentence: layers, parameters, multiply-adds and the memory of the values of one image."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("builderTotals")
        self.setProperty("role", "caption")
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows: tuple[LayerCheck, ...] = ()
        self.retranslate()

    def set_rows(self, rows: tuple[LayerCheck, ...]) -> None:
        """Show the totals of these layers."""
        self._rows = rows
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Totals"))
        self.setToolTip(
            self.tr(
                "Every operation counts as a layer, as in Explore. Multiply-adds are those of convolutions and fully "
                "connected layers for one image. The memory is what the outputs of all layers take for one image, at "
                "4 bytes a value."
            )
        )
        wrong = next((row for row in self._rows if row.error is not None), None)
        if wrong is not None:  # sums of the layers before it are those of no model
            words = self.tr("{layers:layer|layers} · {layer} does not fit yet")
            self.setText(counted(words, layers=len(self._rows), layer=wrong.name))
            return
        values = sum(math.prod(row.shape) for row in self._rows if row.shape is not None)
        self.setText(
            counted(
                self.tr(
                    "{layers:layer|layers}, {learning} with parameters · {parameters:parameter|parameters} · "
                    "{work} multiply-adds · {memory} of values"
                ),
                layers=len(self._rows),
                learning=f"{sum(row.parameters > 0 for row in self._rows):,}",
                parameters=f"{sum(row.parameters for row in self._rows):,}",
                work=f"{sum(row.multiply_adds for row in self._rows):,}",
                memory=f"{4 * values / 1024:,.0f} KB" if values < 250_000 else f"{4 * values / 1024**2:,.1f} MB",
            )
        )
