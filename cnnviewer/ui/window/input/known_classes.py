"""What a model can answer that is no digit, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.class_words import brief_word, class_word
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import one_line, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_MOST_NAMES = 40  # in the tool tip
_FEWEST_LINES, _MOST_LINES = 2, 4
_ROOMY = 24  # lines of a rail that has room for more than the fewest


class KnownClasses(Styled, Translated, QWidget):
    """`SimpleCNN can answer: airplane, automobile, …`: ten as a rule, as many as four lines take.

    That is true of an untrained model too.

    Where not all are named it says how many there are; all of them are in the tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("knownClasses")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._model = ""
        self._classes: tuple[str, ...] = ()
        self._words, self._high, self._rail = "", 0, 0
        self.hide()
        self.retranslate()

    def set_known(self, model: str, classes: tuple[str, ...]) -> None:
        """The model's title and its classes; no classes hide it."""
        self._model, self._classes = one_line(model), tuple(map(one_line, classes))
        self.setVisible(bool(classes))
        self.retranslate()

    def set_rail_height(self, pixels: int) -> None:
        """How high the rail is: a low one gives it two lines."""
        self._rail = pixels
        self._fit()

    @property
    def sentence(self) -> str:
        """All of it, with at most forty names; empty for a model that knows digits."""
        return self._with(min(len(self._classes), _MOST_NAMES)) if self._classes else ""

    def _with(self, count: int, brief: bool = False) -> str:
        words = map(brief_word if brief else class_word, self._classes[:count])
        names = ", ".join(words) + (", …" if count < len(self._classes) else "")
        if count < len(self._classes):
            text = self.tr("{model} can answer one of {count:class|classes}: {names}")
            return counted(text, model=self._model, count=f"{len(self._classes):,}", names=names)
        return self.tr("{model} can answer: {names}").format(model=self._model, names=names)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.sentence or self.tr("What the model can answer"))
        self.setToolTip(tool_tip(self.sentence))
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the lines shown."""
        return QSize(180, self._high + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many names as fit."""
        if not self._classes:
            return
        painter = QPainter(self)
        painter.setPen(theme().color("muted"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        draw_text(painter, QRectF(self.rect()), flags, self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def on_look_changed(self) -> None:
        """Likewise in other letters."""
        super().on_look_changed()
        self._fit()

    def _fit(self) -> None:
        """Choose the words, and the height for them."""
        line, before = self.fontMetrics().lineSpacing(), self._high
        most = _MOST_LINES if self._rail >= _ROOMY * line else _FEWEST_LINES
        self._high, self._words = _FEWEST_LINES * line, ""
        for count, brief in self._choices():
            self._words = self._with(count, brief)
            needed = self._height_of(self._words)
            if needed < (most + 0.5) * line:  # letters of another script may be higher
                self._high = max(self._high, needed)
                break
        if self._high != before:
            self.updateGeometry()
        self.update()

    def _choices(self) -> Iterator[tuple[int, bool]]:
        """How many names, and whether brief ones: the most that may be said first."""
        most = min(len(self._classes), _MOST_NAMES)
        if most:
            yield most, False
        yield from ((count, True) for count in range(most, 0, -1))

    def _height_of(self, words: str) -> int:
        room = QRect(0, 0, self.width(), 100_000)
        return QFontMetrics(self.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height()
