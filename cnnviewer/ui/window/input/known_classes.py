"""What a model knows that knows no digits, in two lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.class_words import class_words
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import one_line, tool_tip
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_MOST_NAMES = 40  # in the tool tip
_LINES = 2


class KnownClasses(Translated, QWidget):
    """`SimpleCNN knows: airplane, automobile, …`: as many names as two lines take, all of them in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("knownClasses")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._model = ""
        self._classes: tuple[str, ...] = ()
        theme().changed.connect(self.update)
        self.hide()
        self.retranslate()

    def set_known(self, model: str, classes: tuple[str, ...]) -> None:
        """The model's title and its classes; no classes hide it."""
        self._model, self._classes = one_line(model), tuple(map(one_line, classes))
        self.setVisible(bool(classes))
        self.retranslate()

    @property
    def sentence(self) -> str:
        """All of it, with at most forty names; empty for a model that knows digits."""
        return self._with(min(len(self._classes), _MOST_NAMES)) if self._classes else ""

    def _with(self, count: int) -> str:
        names = ", ".join(class_words(self._classes[:count])) + (", …" if count < len(self._classes) else "")
        if len(self._classes) > _MOST_NAMES:
            text = self.tr("{model} knows {count:class|classes}: {names}")
            return counted(text, model=self._model, count=f"{len(self._classes):,}", names=names)
        return self.tr("{model} knows: {names}").format(model=self._model, names=names)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.sentence or self.tr("What the model knows"))
        self.setToolTip(tool_tip(self.sentence))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines, always."""
        return QSize(180, _LINES * self.fontMetrics().lineSpacing() + 2)

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
        draw_text(painter, QRectF(self.rect()), flags, self._fitting())

    def _fitting(self) -> str:
        metrics, room = QFontMetrics(self.font()), self.rect()
        flags = int(Qt.TextFlag.TextWordWrap)
        for count in range(min(len(self._classes), _MOST_NAMES), 0, -1):
            words = self._with(count)
            if metrics.boundingRect(room.adjusted(0, 0, 0, 1000), flags, words).height() <= room.height():
                return words
        return self._with(1)
