"""Where the user names the step to bookmark."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.plain_text import PlainLabel

_LONGEST = 60  # characters of a mark


class MarkPopup(QFrame):
    """A word, whether the drawing on the canvas is kept with it, and a button. Esc or a click elsewhere closes it.

    Signals:
        accepted: the word, and whether the drawing is kept.
    """

    accepted = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("markPopup")
        self.setProperty("card", True)
        self._title = PlainLabel()
        self._title.setProperty("role", "title")
        self.text = QLineEdit()
        self.text.setObjectName("markText")
        self.text.setMaxLength(_LONGEST)
        self.text.setMinimumWidth(230)
        self.drawing = QCheckBox()
        self.drawing.setObjectName("markDrawingCheck")
        self.add = QPushButton()
        self.add.setObjectName("markAddButton")
        self.add.setProperty("primary", True)
        row = QHBoxLayout()
        row.addWidget(self.drawing, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.text)
        column.addLayout(row)
        self.text.returnPressed.connect(self._on_accepted)
        self.text.textChanged.connect(self._on_text_changed)
        self.add.clicked.connect(self._on_accepted)
        self.retranslate()

    def open_above(self, widget: QWidget, step: int, text: str) -> None:
        """Open over `widget`, for `step`, which is marked with `text` now."""
        self._title.setText(self.tr("Bookmark step {step}").format(step=f"{step:,}"))
        self.text.setText(text)
        self.text.selectAll()
        self._on_text_changed(text)
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), -self.height() - 4))
        self.move(max(corner.x(), widget.window().x() + 4), corner.y())
        self.show()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_text_changed(self, text: str) -> None:
        self.add.setEnabled(bool(text.strip()))

    def _on_accepted(self) -> None:
        if self.text.text().strip():
            self.hide()
            self.accepted.emit(self.text.text().strip(), self.drawing.isChecked())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Bookmark this step"))
        self.text.setPlaceholderText(self.tr("What is to be seen here?"))
        self.text.setAccessibleName(self.tr("Bookmark name"))
        self.text.setToolTip(self.tr("A word by which this step is found again"))
        self.drawing.setText(self.tr("Keep the drawing"))
        self.drawing.setAccessibleName(self.drawing.text())
        self.drawing.setToolTip(self.tr("Keep the drawing on the canvas, to look at this step with it again"))
        self.add.setText(self.tr("Bookmark"))
        self.add.setAccessibleName(self.tr("Bookmark this step"))
        self.add.setToolTip(self.tr("Put a flag on the timeline"))
