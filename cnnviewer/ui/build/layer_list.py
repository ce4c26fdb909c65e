"""The layers of a design as rows, scrolled; which one is current; keys and dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.core.models.design_check import LayerCheck
from cnnviewer.core.models.design_fix import Fix
from cnnviewer.ui.build.grip import LET_GO
from cnnviewer.ui.build.row import LayerRow
from cnnviewer.ui.widgets.cell_grid import step_down, within
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated


class LayerList(Translated, QScrollArea):
    """Rows in the order of the data's way. Rows are reused: a layer that moves is shown by its neighbour's row.

    Keys in a row: Alt+Up and Alt+Down move the layer, Ctrl+Delete removes it, Ctrl+Up and Ctrl+Down go to the next.

    Signals:
        kind_edited: `(place, kind)`.
        number_edited: `(place, number, value)`.
        number_finished: a number has been typed to its end.
        move_requested: `(place, target, drag)`: `drag` numbers the drag that it belongs to, 0 for none.
        remove_requested: `(place)`.
        fix_requested: `(place, fix)`: one of the fixes that the row was given, by its number.
        current_changed: the place of the current row; None without one.
    """

    kind_edited = Signal(int, str)
    number_edited = Signal(int, str, float)
    number_finished = Signal()
    move_requested = Signal(int, int, int)
    remove_requested = Signal(int)
    fix_requested = Signal(int, int)
    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerList")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.rows: list[LayerRow] = []
        self.current: int | None = None
        self._shown = 0
        self._held: int | None = None
        self._drags = 1
        self._inside = QWidget()
        self._inside.setProperty("grid", True)  # rows of a kind: counted as one control, as a table is
        self._empty = PlainLabel(self._inside)
        self._empty.setProperty("role", "caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._layout = QVBoxLayout(self._inside)
        self._layout.setContentsMargins(0, 0, 4, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._empty)
        self._layout.addStretch(1)
        self.setWidget(self._inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.retranslate()

    # -- values in ----------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[LayerCheck], fixes: tuple[Fix, ...] = ()) -> None:
        """Show these layers; `fixes` would mend the one that does not fit."""
        while len(self.rows) < len(rows):
            self._add_row()
        self._give_room(self.viewport().width())
        for row_widget, row in zip(self.rows, rows, strict=False):
            row_widget.show_row(row, len(rows) - 1, fixes if row.error is not None else ())
            row_widget.show()
        for row_widget in self.rows[len(rows) :]:
            row_widget.hide()
        self._shown = len(rows)
        self._empty.setVisible(not rows)
        if self.current is not None and self.current >= len(rows):
            self.set_current(len(rows) - 1 if rows else None)

    def set_current(self, place: int | None, focus: bool = False) -> None:
        """Mark a row and bring it into view; with `focus` keys go there."""
        if place != self.current:
            self.current = place
            self.current_changed.emit(place)
        for row in self.rows:
            row.set_current(row.place == place)
        if place is not None and place < self._shown:
            self._settle()  # a row that is new has its place only now
            height = max(self.viewport().height(), self._inside.sizeHint().height())
            self._inside.resize(self.viewport().width(), height)
            self.ensureWidgetVisible(self.rows[place], 0, 8)
            if focus:
                self.rows[place].kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def line_width(self) -> int:
        """Pixels with which every row stands in one line."""
        rows = max((row.line_width() for row in self.rows[: self._shown]), default=0)
        return rows + self._layout.contentsMargins().right() + self.verticalScrollBar().sizeHint().width()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Layers of the model"))
        self._empty.setText(self.tr("No layers yet: begin with a preset, or add a layer."))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows in one line or two: first, for they say how narrow the list may be."""
        self._give_room(event.size().width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, go on."""
        if not self._press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Spin boxes and choices take arrows for themselves: ours come first."""
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._press(event)

    # -- inside -------------------------------------------------------------------------------------------------

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it is none of the list's."""
        step, place = step_down(event), self.current
        if place is None:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.AltModifier and step:
            self._move(place, place + step, held=False)
        elif modifiers == Qt.KeyboardModifier.ControlModifier and step:
            self.set_current(within(place + step, self._shown), focus=True)
        elif modifiers == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit(place)
        else:
            return False
        return True

    def _settle(self) -> None:
        """Give every row the place that it has once its numbers are others."""
        for row in self.rows[: self._shown]:
            inside = row.layout()
            if inside is not None:
                inside.activate()
        self._layout.activate()

    def _give_room(self, width: int) -> None:
        for row in self.rows:
            row.set_room(width - self._layout.contentsMargins().right())

    def _add_row(self) -> None:
        row = LayerRow(len(self.rows), self._inside)
        self.rows.append(row)
        self._layout.insertWidget(len(self.rows), row)
        row.kind.installEventFilter(self)
        for field in row.fields.values():
            field.editor.installEventFilter(self)
            field.editor.editingFinished.connect(self.number_finished)
        row.kind_edited.connect(self.kind_edited)
        row.number_edited.connect(self.number_edited)
        row.move_requested.connect(self._on_move_requested)
        row.remove_requested.connect(self.remove_requested)
        row.fix_requested.connect(self.fix_requested)
        row.dragged.connect(self._on_dragged)

    def _on_move_requested(self, place: int, by: int) -> None:
        self._move(place, place + by, held=False)

    def _move(self, place: int, target: int, held: bool) -> None:
        if 0 <= target < self._shown and target != place:
            self.move_requested.emit(place, target, self._drags if held else 0)
            self.set_current(target, focus=not held)

    def _on_dragged(self, place: int, y: int) -> None:
        """The held layer goes where the cursor is; its row stays the one that was taken hold of."""
        if y == LET_GO:
            self._held = None
            self._drags += 1
            return
        self._held = place if self._held is None else self._held
        self._settle()
        height = self._inside.mapFromGlobal(QPoint(0, y)).y()
        middles = [row.geometry().center().y() for row in self.rows[: self._shown]]
        target = min(range(self._shown), key=lambda p: abs(middles[p] - height))
        if target != self._held:
            held, self._held = self._held, target
            self._move(held, target, held=True)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        place = next((row.place for row in self.rows if new is not None and row.isAncestorOf(new)), None)
        if place is not None and place != self.current:
            self.set_current(place)
