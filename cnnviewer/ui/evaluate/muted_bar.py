"""What the muted channels do to the predictions: a line above Evaluate's pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.ui.widgets.effect_texts import effect_text
from cnnviewer.ui.widgets.muted_sign import MutedSign
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated


class MutedBar(Translated, QWidget):
    """Shown while channels are muted.

    Signals:
        difference_requested: the table shall be compared with that without the mutes, on this page: `errors` or
            `classes`.
    """

    difference_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateMuted")
        self._effect: Effect | None = None
        self._muted = 0
        self.words = ElidedLabel(self)
        self.words.setObjectName("evaluateMutedWords")
        self._classes = TextButton("evaluateMutedClasses", self, is_link=True)
        links = QWidget(self)
        self._difference = TextButton("evaluateMutedDifference", self, is_link=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(MutedSign(self))
        row.addWidget(self.words, 1)
        beside = QHBoxLayout(links)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self._difference)
        beside.addWidget(self._classes)
        row.addWidget(links)
        self._difference.clicked.connect(self._on_difference)
        self._classes.clicked.connect(self._on_classes)
        self.retranslate()
        self.hide()

    def set_effect(self, effect: Effect | None, muted: int) -> None:
        """So many channels are muted, with this effect; None: it is not known yet."""
        self._effect, self._muted = effect, muted
        self.setVisible(muted > 0)
        self.retranslate()

    def _on_difference(self) -> None:
        self.difference_requested.emit("errors")

    def _on_classes(self) -> None:
        self.difference_requested.emit("classes")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        muted = counted(self.tr("{count:channel|channels} muted"), count=self._muted)
        parts = [muted] if self._effect is None else [muted, effect_text(self._effect)]
        self.words.show_text(" · ".join(parts))
        self._difference.setText(self.tr("Difference"))
        self._difference.setAccessibleName(self._difference.text())
        self._difference.setToolTip(
            tool_tip(self.tr("Compare with the same weights without the mutes: the table and the images that changed"))
        )
        self._classes.setText(self.tr("Recall and precision"))
        self._classes.setAccessibleName(self._classes.text())
        self._classes.setToolTip(tool_tip(self.tr("Of each class, without the mutes and with them")))
