"""A list of runs that opens below its button: found by typing, added by a click or Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.ui.compare.texts import run_text, state_text


class RunPicker(QFrame):
    """The runs there are, the newest first; stays open, so that several can be added.

    Signals:
        chosen: folder of a run.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("comparePicker")
        self.setProperty("card", True)
        self._runs: tuple[RunSummary, ...] = ()
        self._filter = QLineEdit(self)
        self._filter.setObjectName("comparePickerFilter")
        self._filter.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setObjectName("comparePickerList")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = QLabel(self)
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint)
        self.resize(620, 320)
        self._filter.textChanged.connect(self._fill)
        self._filter.installEventFilter(self)
        self.list.itemClicked.connect(self._on_item)
        self.retranslate()

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None:
        """Offer these."""
        if runs != self._runs:
            self._runs = runs
            self._fill()

    def open_below(self, button: QWidget) -> None:
        """Show the list under a button, within the window."""
        host = button.window()
        corner = button.mapToGlobal(QPoint(0, button.height() + 2))
        right = host.mapToGlobal(QPoint(host.width(), 0)).x()
        self.move(max(host.mapToGlobal(QPoint(0, 0)).x(), min(corner.x(), right - self.width() - 8)), corner.y())
        self.show()
        self._filter.setFocus()
        self._filter.selectAll()

    def _fill(self) -> None:
        wanted = self._filter.text().casefold().split()
        self.list.clear()
        for run in self._runs:
            text = run_text(run)
            about = f"{text} {run.info.id} {run.notes.note} {run.info.sweep}".casefold()
            if all(word in about for word in wanted):
                item = QListWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, run.folder)
                parts = (run.info.id, state_text(run.state), run.notes.note)
                item.setToolTip(" · ".join(part for part in parts if part))
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._show_hint()

    def _show_hint(self) -> None:
        if not self._runs:
            self._hint.setText(self.tr("There are no runs yet: every training becomes one."))
        elif not self.list.count():
            self._hint.setText(self.tr("No run is called so."))
        else:
            self._hint.setText(
                self.tr("A click adds a run. Add one twice to compare two of its moments. Esc closes the list.")
            )

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a name is typed, the arrows walk the list and Enter adds."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self.list.currentItem()
                if item is not None:
                    self._on_item(item)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what is current in the list."""
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus() and item is not None:
            self._on_item(item)
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.setAccessibleName(self.tr("Runs to compare"))
        self._filter.setPlaceholderText(self.tr("Search by name, model, data set or note"))
        self._filter.setAccessibleName(self.tr("Search runs"))
        self._filter.setToolTip(self.tr("Show only runs in whose name, model, data set or note these words stand"))
        self.list.setAccessibleName(self.tr("Runs"))
        self.list.setToolTip(self.tr("Click a run, or press Enter, to add it"))
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
