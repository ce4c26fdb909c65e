"""A segmented control: a row of short words on one track, of which one is chosen.

Where the row has no room it folds into one button with a menu, so that no word is ever cut.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from cnnviewer.ui.widgets.cell_grid import list_step
from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import RADIUS, theme

_MARGIN = 3  # pixels of the track around the segments
_DOT = 6  # pixels
_SHADOW = QColor(0, 0, 0, 16)


class Segmented(QFrame):
    """A few choices side by side; the first one added is chosen until another one is.

    One stop of Tab: the arrow keys, Home and End choose. What is not offered stays readable, and its tool tip says why.
    The owner sets texts (`set_texts`) and the accessible name of the whole.

    Signals:
        chosen: the key of another segment, chosen by click or key; `set_current` does not emit it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segmented", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._segments: dict[str, _Segment] = {}
        self._current = ""
        self._folded = _Segment(self)
        self._folded.setObjectName("segmentedFolded")
        self._folded.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._folded.setMenu(QMenu(self._folded))
        self._folded.menu().setToolTipsVisible(True)
        self._folded.menu().aboutToShow.connect(self._fill_menu)
        self._folded.menu().triggered.connect(self._on_triggered)
        self._folded.stepped.connect(self._step)
        self._folded.set_chosen(True)
        self._folded.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._row.setSpacing(0)
        self._row.addWidget(self._folded)

    def add(self, key: str, text: str = "", tip: str = "", name: str = "") -> None:
        """Append a segment; `name` is its button's object name."""
        segment = _Segment(self)
        segment.setObjectName(name or key)
        segment.setCheckable(True)
        segment.setAutoExclusive(True)
        segment.key = key
        segment.chosen.connect(self._choose)
        segment.stepped.connect(self._step)
        self._segments[key] = segment
        self._row.addWidget(segment)
        self.set_texts({key: (text, tip)})
        if len(self._segments) == 1:
            self.set_current(key)
        segment.setVisible(not self.folded)

    def set_texts(self, texts: Mapping[str, tuple[str, str]]) -> None:
        """Say on each segment named its text, and its tool tip."""
        for key, (text, tip) in texts.items():
            self._segments[key].set_texts(text, tip)
        self._show_current()
        self._fold_or_unfold()
        self.updateGeometry()

    @property
    def current(self) -> str:
        """The key of the chosen segment; empty while there are none."""
        return self._current

    @property
    def folded(self) -> bool:
        """Whether one button with a menu stands for the row."""
        return not self._folded.isHidden()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all segments, from the left."""
        return tuple(self._segments)

    def button(self, key: str) -> QToolButton:
        """The button of a segment."""
        return self._segments[key]

    def set_current(self, key: str) -> None:
        """Show `key` as chosen, offered or not.

        Raises:
            KeyError: There is no such segment.

        """
        segment, focused = self._segments[key], self._has_focus()
        self._current = key
        segment.setChecked(True)
        for other in self._segments.values():
            other.set_chosen(other is segment)
        if focused and not self.folded and segment.isEnabled():
            segment.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle_tab_stop()
        self._show_current()
        self.update()

    def set_offered(self, key: str, offered: bool, why: str = "") -> None:
        """Let `key` be chosen or not; `why` it cannot is its tool tip meanwhile."""
        segment = self._segments[key]
        if not offered and segment.hasFocus():
            heir = self._segments[self._current]
            if heir is not segment:
                heir.setFocus(Qt.FocusReason.OtherFocusReason)
        segment.setEnabled(offered)
        segment.set_why("" if offered else why)
        self._settle_tab_stop()

    def set_marked(self, key: str) -> None:
        """Put a dot on this segment, as on the tab whose content is in use; empty: on none."""
        for other, segment in self._segments.items():
            segment.set_marked(other == key)

    @property
    def marked(self) -> str:
        """The key of the segment with the dot; empty without one."""
        return next((key for key, segment in self._segments.items() if segment.is_marked), "")

    def sizeHint(self) -> QSize:
        """The whole row."""
        hints = [segment.sizeHint() for segment in self._segments.values()] or [QSize(0, 0)]
        width, height = sum(hint.width() for hint in hints), max(hint.height() for hint in hints)
        return QSize(width + 2 * _MARGIN, height + 2 * _MARGIN)

    def minimumSizeHint(self) -> QSize:
        """The one button that the row folds into."""
        hint = self._folded.sizeHint()
        return QSize(min(hint.width() + 2 * _MARGIN, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the row where it has no room."""
        super().resizeEvent(event)
        self._fold_or_unfold()

    def event(self, event: QEvent) -> bool:
        """Fold or unfold when the words became wider or narrower, as with another text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold_or_unfold()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track, and a thin shadow below the chosen segment."""
        super().paintEvent(event)
        shown = self._folded if self.folded else self._segments.get(self._current)
        if shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        for grown, lower in ((0.5, 0.5), (1.0, 1.0)):
            area = QRectF(shown.geometry()).adjusted(-grown, -grown + lower, grown, grown + lower)
            painter.drawRoundedRect(area, RADIUS + grown, RADIUS + grown)

    def _on_triggered(self, action: QAction) -> None:
        self._choose(str(action.data()))

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.set_current(key)
            self.chosen.emit(key)

    def _step(self, step: int) -> None:
        """Choose the next segment offered in the direction of `step`; at the ends nothing happens."""
        keys = self.keys
        here = keys.index(self._current)
        way = keys[here + 1 :] if step > 0 else keys[:here][::-1]
        offered = [key for key in way if self._segments[key].isEnabled()]
        if offered:
            self._choose(offered[-1 if abs(step) > 1 else 0])

    def _settle_tab_stop(self) -> None:
        """Tab stops at the chosen segment, or at the first one offered where the chosen one is not."""
        current = self._segments.get(self._current)
        offered = [segment for segment in self._segments.values() if segment.isEnabled()]
        stop = current if current in offered or not offered else offered[0]
        for segment in self._segments.values():
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus if segment is stop else Qt.FocusPolicy.NoFocus)

    def _has_focus(self) -> bool:
        return any(segment.hasFocus() for segment in self._segments.values())

    def _show_current(self) -> None:
        current = self._segments.get(self._current)
        if current is not None:
            self._folded.set_texts(current.words + " ▾", current.toolTip())
            self._folded.setAccessibleName(current.words)

    def _fold_or_unfold(self) -> None:
        # letters of another weight round to another width: what differs by a pixel a segment has room
        folded = self.width() < self.sizeHint().width() - len(self._segments) and len(self._segments) > 1
        if folded == self.folded:
            return
        focused = self._has_focus() or self._folded.hasFocus()
        self._folded.setVisible(folded)
        if focused:
            (self._folded if folded else self._segments[self._current]).setFocus(Qt.FocusReason.OtherFocusReason)
        for segment in self._segments.values():
            # showing or hiding any of them can change the width, and so fold or unfold once more within this call
            segment.setVisible(not self.folded)
        if focused and not self.folded:
            self._segments[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_menu(self) -> None:
        menu = self._folded.menu()
        menu.clear()
        for key, segment in self._segments.items():
            action = menu.addAction(segment.text())
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == self._current)
            action.setEnabled(segment.isEnabled())
            action.setToolTip(segment.toolTip())


class _Segment(Styled, QToolButton):
    """One segment.

    Attributes:
        key: of the choice.
        words: its text as it was set.

    Signals:
        chosen: its key, when it was clicked.
        stepped: how many segments to the right a key leads.
    """

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ""
        self.words = ""
        self._tip = ""
        self._why = ""
        self.is_marked = False
        self.setProperty("segment", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.key)

    def on_look_changed(self) -> None:
        """Letters of another size: the row is as high and as wide as those need that are hidden, too."""
        super().on_look_changed()
        parent = self.parentWidget()
        if self.isHidden() and parent is not None:
            parent.updateGeometry()  # Qt tells the layout of visible widgets alone

    def set_texts(self, text: str, tip: str) -> None:
        """The word on the segment and its tool tip, which names a reader of the screen hears."""
        self.words, self._tip = text, tip
        self.setText(caption(text))
        self.setAccessibleName(text)
        self._show_tip()

    def set_why(self, why: str) -> None:
        """Say why it cannot be chosen; empty when it can."""
        self._why = why
        self._show_tip()

    def set_marked(self, marked: bool) -> None:
        """Paint a dot at the upper right corner, or none."""
        if marked != self.is_marked:
            self.is_marked = marked
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the dot."""
        super().paintEvent(event)
        if self.is_marked:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("highlight"))
            painter.drawEllipse(QRectF(self.width() - _DOT - 4, 4, _DOT, _DOT))

    def set_chosen(self, chosen: bool) -> None:
        """Write the word in heavier type, or not: the style sheet does so by the property."""
        if chosen != self.property("chosen"):
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As wide as in heavier type, so that nothing moves when another segment is chosen."""
        hint, heavy = super().sizeHint(), QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        more = QFontMetrics(heavy).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return QSize(hint.width() + max(more, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """The whole word."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose another segment."""
        step = list_step(event, 1000, 1)
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def _show_tip(self) -> None:
        self.setToolTip(tool_tip(self._why or self._tip))
        self.setAccessibleDescription(self._why or self._tip)
