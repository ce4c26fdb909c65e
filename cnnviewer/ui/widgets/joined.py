"""Fields that say one thing together, such as the place of a number, in one frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cnnviewer.ui.widgets.wrapping_row import WrappingRow


def joined(fields: Sequence[QWidget]) -> QFrame:
    """The fields in a frame, with thin lines between them; they go on in another line where they have no room."""
    frame = QFrame()
    frame.setProperty("joined", True)
    frame.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # no wider than its fields
    fields[0].setProperty("first", True)
    row = WrappingRow(frame, 0)
    for field in fields:
        row.addWidget(field)
    return frame
