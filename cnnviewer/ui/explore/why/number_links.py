"""The way from an answer to its arithmetic: a link for each logit that is asked about."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cnnviewer.ui.widgets.plain_text import caption, elided, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated

_SPACING = 12  # pixels
_ARROW = " ▸"


class NumberLinks(Translated, Styled, QWidget):
    """One link, or two between which the question decides. Where whole sentences have no room they say less.

    Signals:
        requested: the arithmetic of the target's logit shall be shown; True: of the other class's.
    """

    requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = "", ""
        self._buttons = TextButton("whyNumberButton", self, True), TextButton("whyOtherNumberButton", self, True)
        self._buttons[1].hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        for button in self._buttons:
            row.addWidget(button)
        self._buttons[0].clicked.connect(self._on_clicked)
        self._buttons[1].clicked.connect(self._on_other_clicked)
        self.retranslate()

    def set_names(self, name: str, other: str, both: bool) -> None:
        """The class asked about and the one it is compared with; `both`: the other one has a logit of its own."""
        self._names = name, other
        self._buttons[1].setVisible(both)
        self.retranslate()

    def _on_clicked(self) -> None:
        self.requested.emit(False)

    def _on_other_clicked(self) -> None:
        self.requested.emit(True)

    def _words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whole, and where there is less room."""
        short = self.tr("Logit {name}")
        if self._buttons[1].isHidden():
            return (self.tr("Every number of this logit"),), (short.format(name=self._names[0]),)
        name, other = self._names
        whole = self.tr("Every number of logit {name}").format(name=name), self.tr("of logit {name}").format(name=other)
        return whole, (short.format(name=name), short.format(name=other))

    def _width_of(self, words: tuple[str, ...]) -> int:
        """Pixels of the links with these words."""
        metrics = self._buttons[0].fontMetrics()
        edges = self._buttons[0].sizeHint().width() - metrics.horizontalAdvance(self._buttons[0].text())
        widths = [metrics.horizontalAdvance(caption(each) + _ARROW) + edges for each in words]
        return sum(widths) + _SPACING * (len(widths) - 1)

    def sizeHint(self) -> QSize:
        """Room for whole sentences."""
        return QSize(self._width_of(self._words()[0]), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It says less before it is cut."""
        return QSize(_SPACING, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Other letters have another width."""
        super().on_look_changed()
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        whole, short = self._words()
        words = whole if self._width_of(whole) <= self.width() else short
        missing = max(0, self._width_of(words) - self.width()) // len(words)
        metrics = self._buttons[0].fontMetrics()
        for button, text in zip(self._buttons, words, strict=False):
            said = caption(text)
            if missing:
                said = elided(metrics, said, metrics.horizontalAdvance(said) - missing - 1)
            said += _ARROW
            if said != button.text():
                button.setText(said)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        number, other = self._buttons
        number.setAccessibleName(self._words()[0][0])
        number.setToolTip(tool_tip(self.tr("Show how the logit of the class was computed, in Explore")))
        other.setAccessibleName(self.tr("Every number of the other logit"))
        other.setToolTip(tool_tip(self.tr("Show how the logit of the class behind “and not” was computed, in Explore")))
        self._fit()
        self.updateGeometry()
