"""Buttons that mend a layer which does not fit, beside what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from cnnviewer.core.models.design import CLASSES
from cnnviewer.core.models.design_fix import Fix
from cnnviewer.ui.widgets.plain_text import caption

_MOST = 3


class Repairs(QWidget):
    """A row of changes to the list of layers, hidden while there are none.

    Signals:
        chosen: the number that came with a change.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(6)
        self._buttons = [QToolButton(self) for _ in range(_MOST)]
        self._numbers: list[int] = []
        group = QButtonGroup(self)
        group.setExclusive(False)
        group.idClicked.connect(self._on_clicked)
        for place, button in enumerate(self._buttons):
            button.setObjectName(f"layerFixButton{place}")
            group.addButton(button, place)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.set_fixes([])

    def set_fixes(self, fixes: list[tuple[int, Fix]]) -> None:
        """Offer these, each with its number."""
        self._numbers = [number for number, _ in fixes]
        for place, button in enumerate(self._buttons):
            text = fix_text(fixes[place][1]) if place < len(fixes) else ""
            button.setText(caption(text))
            button.setAccessibleName(text)
            button.setVisible(bool(text))
        self.setVisible(bool(fixes))

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._numbers[place])


def fix_text(fix: Fix, number: str = "") -> str:
    """What a change is called on its button; `number` is the name of the number that becomes another one."""
    if fix.change == "number":
        value = QCoreApplication.translate("Builder", "classes") if fix.value == CLASSES else f"{fix.value:,}"
        value = "0" if fix.number == "padding" and fix.value == 0 else value
        return f"{number} → {value}"
    return {
        "flatten": QCoreApplication.translate("Builder", "Add a flatten before it"),
        "classes": QCoreApplication.translate("Builder", "Add a fully connected layer for the classes"),
        "move": QCoreApplication.translate("Builder", "Move it before the flatten"),
        "remove": QCoreApplication.translate("Builder", "Remove this layer"),
    }[fix.change]
