"""The button that saves the images listed, or those selected."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.translated import Translated


class ExportImagesButton(Translated, PopoverButton):
    """A button with a menu that says how many images are saved.

    Signals:
        requested: `png` for a folder of pictures, `csv` for a table.
        all_requested: every image listed shall be selected.
    """

    requested = Signal(str)
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("evaluationExportButton", parent)
        self._selected = self._listed = 0
        self._actions = {key: self._add(key, f"evaluationExport{key.capitalize()}Action") for key in ("png", "csv")}
        self.menu().addSeparator()
        self._all = self._add("all", "evaluationSelectAllAction")
        self.menu().triggered.connect(self._on_triggered)
        self.retranslate()

    def set_counts(self, selected: int, listed: int) -> None:
        """How many images are selected, and how many are listed."""
        if (selected, listed) != (self._selected, self._listed):
            self._selected, self._listed = selected, listed
            self._say()

    def _add(self, key: str, name: str) -> QAction:
        action = self.add_action(name)
        action.setData(key)
        return action

    def _on_triggered(self, action: QAction) -> None:
        if action is self._all:
            self.all_requested.emit()
        else:
            self.requested.emit(str(action.data()))

    def _say(self) -> None:
        several = self._selected > 1
        count = self._selected if several else self._listed
        text = self.tr("Export {count}") if several else self.tr("Export")
        self.show_words(text.format(count=f"{count:,}"))
        self.setEnabled(self._listed > 0)
        for key, words in (
            ("png", self.tr("{count:image|images} as a folder of PNG files…")),
            ("csv", self.tr("{count:image|images} as a table (CSV)…")),
        ):
            self._actions[key].setText(caption(counted(words, count=f"{count:,}")))
        self._all.setText(caption(self.tr("Select all listed (Ctrl+A)")))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setToolTip(
            tool_tip(
                self.tr("Save the images selected, or all that are listed, pixel for pixel, with what is predicted")
            )
        )
        self._say()
