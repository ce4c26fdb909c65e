"""Words from outside (names, notes, files, messages) on the screen: plain text, no wider than their place.

Qt guesses rich text in labels and tool tips, reads `&` in buttons and menus as a mnemonic, and makes room for the
longest word. Everything that may hold untrusted text goes through here; a test looks that nothing goes past.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cnnviewer.core.plain_text import visible

_LONGEST_LINE = 100  # of a tool tip; a longer one is wrapped
_MOST_LINES = 40  # of a tool tip
_MOST_LETTERS = 2000  # of any text: measuring a name of a million letters takes seconds
_STEP = 16  # pixels
_FEWEST = 5  # letters, dots included, that are worth being shown of a longer text
_FIXED_SPACE = "\N{NO-BREAK SPACE}"
_PERCENT = re.compile(r"(\d) %")
_LONG_WORD = re.compile(r"[^\s/\\]{49,}")  # parts of a path are words


def one_line(text: str) -> str:
    """A name on one line, whatever is in it, its long words shortened."""
    return _LONG_WORD.sub(_shortened, visible(text[:_MOST_LETTERS]))


def plain(text: str) -> str:
    """Sentences whose line breaks are ours: each line as `one_line`."""
    return "\n".join(map(one_line, text.split("\n")[:_MOST_LINES]))


def _shortened(word: re.Match[str]) -> str:
    return f"{word[0][:32]}…{word[0][-15:]}"


def tool_tip(text: str) -> str:
    """A tool tip that is never taken for rich text, wrapped where it is long."""
    lines = plain(text)
    if "<" not in lines and max(map(len, lines.split("\n"))) <= _LONGEST_LINE:
        return lines
    return f"<p>{escaped(lines)}</p>"


def escaped(text: str) -> str:
    """Words as they stand in rich text of our own."""
    return html.escape(plain(text), quote=False).replace("\n", "<br>")


def caption(text: str) -> str:
    """What stands on a button, a tab or in a menu, without a mnemonic."""
    return one_line(text).replace("&", "&&")


def window_title(text: str) -> str:
    """A window's title: `[*]` stands for itself."""
    return one_line(text).replace("[*]", "[*][*]")


def elided(
    metrics: QFontMetrics | QFontMetricsF,
    text: str,
    room: float,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """A name on one line, what has no room left out."""
    words = visible(text[:_MOST_LETTERS])
    if isinstance(metrics, QFontMetricsF):
        return metrics.elidedText(words, mode, max(room, 0.0))
    return metrics.elidedText(words, mode, max(int(room), 0))


def elided_after_word(metrics: QFontMetrics | QFontMetricsF, text: str, room: float) -> str:
    """A text that ends after one of its words where it is too long, such as `bundled…`: no number is cut."""
    words = one_line(_PERCENT.sub(rf"\1{_FIXED_SPACE}%", text)).split(" ")
    ends = (" ".join(words[:count]).rstrip(",·( ") + "…" for count in range(len(words) - 1, 0, -1))
    return fitting(metrics, room, text, *ends).replace(_FIXED_SPACE, " ")


def elided_before(metrics: QFontMetrics | QFontMetricsF, text: str, ending: str, room: float) -> str:
    """A name whose front gives way to its whole ending, as in `…nv1[3] = −19.4`; without room for that, the value."""
    left = room - metrics.horizontalAdvance(ending)
    if left >= metrics.horizontalAdvance("…"):
        return elided(metrics, text.removesuffix(ending), left, Qt.TextElideMode.ElideLeft) + ending
    return fitting(metrics, room, ending.strip(), ending.rpartition("= ")[2].strip(), "")


def fitting(metrics: QFontMetrics | QFontMetricsF, room: float, *words: str) -> str:
    """The first of `words` that has room; the last one elided where none has."""
    fits = (text for text in words if metrics.horizontalAdvance(one_line(text)) <= room)
    return elided(metrics, next(fits, words[-1]), room)


class PlainLabel(QLabel):
    """Plain text, wherever it comes from."""

    def __init__(self, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this; a word too long for any place is shortened, and no line begins with the sign of percent."""
        text = plain(text)
        super().setText(_PERCENT.sub(rf"\1{_FIXED_SPACE}%", text) if self.wordWrap() else text)

    def text(self) -> str:
        """What is shown, with the spaces that it was given."""
        return super().text().replace(_FIXED_SPACE, " ")


class RichLabel(QLabel):
    """Rich text of our own; what comes from outside stands in it `escaped`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)


class ElidedLabel(QLabel):
    """One line that gives way: what has no room is left out, down to nothing, and the tool tip has it all."""

    def __init__(
        self, parent: QWidget | None = None, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, widest: int = 0
    ) -> None:
        """Leave out at the side `mode` says; ask for as much room as the text needs, up to `widest` pixels."""
        super().__init__(parent)
        self._mode = mode
        self._widest = widest
        self._text = self._tip = self._ending = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        across = QSizePolicy.Policy.Preferred if widest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(16)

    @property
    def whole(self) -> str:
        """The text before anything is left out."""
        return self._text

    @property
    def ending_width(self) -> int:
        """Pixels of what is shown whole, in steps, so that not every number is laid out again; 0 without an ending."""
        needed = self.fontMetrics().horizontalAdvance(f"…{self._ending}") + 2
        return -(-needed // _STEP) * _STEP if self._ending else 0

    def show_text(self, text: str, tip: str | None = None, ending: str = "", shorter: tuple[str, ...] = ()) -> None:
        """Show this; the tool tip is the text unless another one is given.

        `ending`: with what the text ends that is shown whole or not at all, such as ` = −19.4`. `shorter`: what is said
        instead where the text has no room, in the order in which it is tried.
        """
        tip = text if tip is None else tip
        if tip != self._tip:
            self._tip = tip
            self.setToolTip(tool_tip(tip))
        if text == self._text:
            return
        self._text, self._ending, self._shorter = text, ending, shorter
        self.setAccessibleName(text)
        if self._widest:  # else it asks for no room: laying out the window for every number costs a training speed
            self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as the text, within bounds."""
        needed = self.fontMetrics().horizontalAdvance(one_line(self._text)) + 2 if self._widest else 0
        return QSize(min(needed, self._widest), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(self.minimumWidth(), super().minimumSizeHint().height())

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        if self._ending and metrics.horizontalAdvance(one_line(self._text)) > room:
            self.setText(elided_before(metrics, self._text, self._ending, room))
            return
        forms = (self._text, *self._shorter)
        fits = (each for each in forms if metrics.horizontalAdvance(one_line(each)) <= room)
        text = elided(metrics, next(fits, forms[-1]), room, self._mode)
        # one or two letters tell nothing
        self.setText(text if len(text) >= min(_FEWEST, len(self._text)) else "")
