"""How large and in which colours the curves are exported; then the file dialog asks where."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QPushButton, QWidget

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.escape import close_with_escape
from cnnviewer.ui.widgets.fields import whole_number
from cnnviewer.ui.widgets.number_fields import settle
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_SIZES = ((1600, 600), (1200, 500), (2400, 900), (3840, 1440))


class ExportCurves(Translated, QWidget):
    """A small window that stops nothing.

    Signals:
        export_requested: `(width, height)` in pixels at 96 to the inch, and whether in dark colours.
    """

    export_requested = Signal(object, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window, True)
        close_with_escape(self)
        self._size = CalmCombo()
        self._size.setObjectName("exportSizeCombo")
        for width, height in _SIZES:
            self._size.addItem("", (width, height))
        self._width, self._height = (
            whole_number("exportWidthSpin", 400, 10_000),
            whole_number("exportHeightSpin", 250, 10_000),
        )
        self._colours = CalmCombo()
        self._colours.setObjectName("exportColoursCombo")
        for key in ("window", "light", "dark"):
            self._colours.addItem("", key)
        self._button = QPushButton()
        self._button.setObjectName("exportCurvesConfirm")
        self._button.setProperty("primary", True)
        self._labels = [PlainLabel() for _ in range(4)]
        form = QFormLayout(self)
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(10)
        for label, editor in zip(self._labels, (self._size, self._width, self._height, self._colours), strict=True):
            form.addRow(label, editor)
        form.addRow(self._button)
        self._size.currentIndexChanged.connect(self._on_size_chosen)
        self._button.clicked.connect(self._on_clicked)
        self._on_size_chosen()
        self.resize(320, 0)
        self.retranslate()

    def _on_size_chosen(self) -> None:
        width, height = self._size.currentData()
        self._width.setValue(width)
        self._height.setValue(height)

    def _on_clicked(self) -> None:
        if not settle(self._width, self._height):
            return
        colours = self._colours.currentData()
        dark = theme().tokens.name == "dark" if colours == "window" else colours == "dark"
        self.hide()
        self.export_requested.emit((self._width.value(), self._height.value()), dark)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setWindowTitle(self.tr("Export curves"))
        words = (self.tr("Size"), self.tr("Width in pixels"), self.tr("Height in pixels"), self.tr("Colours"))
        for label, text, editor in zip(
            self._labels, words, (self._size, self._width, self._height, self._colours), strict=True
        ):
            label.setText(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
        for index, (width, height) in enumerate(_SIZES):
            self._size.setItemText(index, self.tr("{width} wide, {height} high").format(width=width, height=height))
        for index, text in enumerate((self.tr("Current theme"), self.tr("Light"), self.tr("Dark"))):
            self._colours.setItemText(index, text)
        self._button.setText(self.tr("Save as…"))
        self._button.setToolTip(self.tr("Choose the file: its ending picks PNG, SVG or PDF"))
        self._button.setAccessibleName(self._button.text())
