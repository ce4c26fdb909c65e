"""The steps at which the answer changed, to go to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.enclosing_area import enclosing_area
from cnnviewer.ui.widgets.plain_text import one_line
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated


class ChangesList(Translated, Styled, QListWidget):
    """The last change first; as high as all of them: the page around it scrolls.

    Signals:
        step_chosen: a row was clicked, or Enter was pressed on it.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyChanges")
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._history: AnswerHistory | None = None
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)
        self.currentRowChanged.connect(self._show_row)
        self.retranslate()

    def set_history(self, history: AnswerHistory | None) -> None:
        """List the changes of this history."""
        self._history = history
        self._fill()

    def _fill(self) -> None:
        self.clear()
        history = self._history
        for change in reversed(history.changes if history is not None else ()):
            assert history is not None
            words = self.tr("step {step}: {before} → {after}").format(
                step=f"{change.step:,}",
                before=class_word(history.classes[change.before]),
                after=class_word(history.classes[change.after]),
            )
            item = QListWidgetItem(one_line(words))
            item.setData(Qt.ItemDataRole.UserRole, change.step)
            self.addItem(item)
        self._fit()

    def _fit(self) -> None:
        row = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height()
        self.setFixedHeight(row * max(1, self.count()) + 2 * self.frameWidth())

    def showEvent(self, event: QShowEvent) -> None:
        """Whole rows, as high as they are now that the style sheet is in force."""
        super().showEvent(event)
        self._fit()

    def _show_row(self, row: int) -> None:
        """Scroll the page to the row that the keyboard is at."""
        area = enclosing_area(self)
        content = area.widget() if area is not None else None
        if area is not None and content is not None and row >= 0:
            place = self.mapTo(content, self.visualItemRect(self.item(row)).center())
            area.ensureVisible(place.x(), place.y(), 0, self.sizeHintForRow(row))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.step_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self._fit()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Steps at which the answer changed"))
        self._fill()
