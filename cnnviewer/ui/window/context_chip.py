"""The context chip: model, data set and weights on the screen, in one line at the top; a click offers others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cnnviewer.core.context import Choices, Context
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.cell_grid import step_down
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.muted_sign import paint_muted_sign
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import caption, elided_after_word, one_line, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.context_texts import context_text, subject_text, weights_text, weights_tip

if TYPE_CHECKING:
    from cnnviewer.ui.window.context_popover import ContextPopover

_SIDE: Final = 14  # pixels left of the dot and right of the chevron
_GAP: Final = 8
_SIGN: Final = 0.62  # width of dot and chevron as a part of the text's size
_LEAST_LETTERS: Final = 16
_USUAL_LETTERS: Final = 44  # `LeNet · Built-in digits · bundled, 99.47 %`, and a little more
_SHORTEST_END: Final = 6  # letters of the weights beside a subject that is too long for both


class ContextChip(Translated, Styled, QAbstractButton):
    """A button whose `text()` is what is on the screen; clicking it opens the choices below it.

    Signals:
        opened: the choices are about to be shown: `set_choices` should give them.
        language_changed: the choices should be given again, in another language.
        model_chosen, data_chosen: a registry key.
        weights_chosen: `bundled`, `imagenet` or `untrained`.
        run_chosen: the folder of a run, a str.
        open_model_requested, open_weights_requested, open_run_requested: choose a file or a folder.
        own_folder_requested, own_npz_requested: choose a data set of the user's own.
    """

    opened = Signal()
    language_changed = Signal()
    model_chosen = Signal(str)
    data_chosen = Signal(str)
    weights_chosen = Signal(str)
    run_chosen = Signal(str)
    open_model_requested = Signal()
    open_weights_requested = Signal()
    open_run_requested = Signal()
    own_folder_requested = Signal()
    own_npz_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contextChip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._context: Context | None = None
        self._subject = self._weights = ""
        self._busy: Words = ""
        self._popover: ContextPopover | None = None
        self.clicked.connect(self.open_choices)
        self.retranslate()

    # what is shown

    @property
    def context(self) -> Context | None:
        """What is on the screen, as it was set."""
        return self._context

    def set_context(self, context: Context) -> None:
        """Say that this is on the screen."""
        self._context = context
        self.retranslate()

    def set_busy(self, sentence: Words) -> None:
        """Say that something else is being prepared, by a sign and this sentence; empty: nothing is."""
        same, self._busy = worded(sentence) == worded(self._busy), sentence
        if not same:
            self.retranslate()

    def set_choices(self, choices: Choices) -> None:
        """Offer these; nothing happens before the choices were opened for the first time."""
        if self._popover is not None:
            self._popover.set_choices(choices)

    @property
    def popover(self) -> ContextPopover | None:
        """The choices; None before they were opened for the first time."""
        return self._popover

    def open_choices(self) -> None:
        """Show the choices below the chip."""
        if self._popover is None:
            from cnnviewer.ui.window.context_popover import ContextPopover  # when it is first needed

            self._popover = ContextPopover(self)
            for chosen, forwarded in (
                (self._popover.model_chosen, self.model_chosen),
                (self._popover.data_chosen, self.data_chosen),
                (self._popover.weights_chosen, self.weights_chosen),
                (self._popover.run_chosen, self.run_chosen),
                (self._popover.open_model_requested, self.open_model_requested),
                (self._popover.open_weights_requested, self.open_weights_requested),
                (self._popover.open_run_requested, self.open_run_requested),
                (self._popover.own_folder_requested, self.own_folder_requested),
                (self._popover.own_npz_requested, self.own_npz_requested),
            ):
                chosen.connect(forwarded)
        self.opened.emit()
        self._popover.open_choices()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrow down open the choices, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or step_down(event) > 0:
            self.click()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        context = self._context
        text, subject, weights, tip = "", "", "", self.tr("Choose the model, the data set or the weights")
        if context is not None:
            subject, weights = one_line(subject_text(context)), one_line(weights_text(context))
            text = one_line(context_text(context))
            tip = "\n".join(filter(None, (text, context.start, worded(self._busy), weights_tip(context), tip)))
        if caption(text) != self.text():
            before = self.sizeHint()
            self._subject, self._weights = subject, weights
            self.setText(caption(text))
            if self.sizeHint() != before:
                self.updateGeometry()
        self.setAccessibleName(text or self.tr("On the screen"))
        self.setAccessibleDescription(tip)
        self.setToolTip(tool_tip(tip))
        self.update()

    def on_language_changed(self) -> None:
        """The choices say some words of their own too."""
        super().on_language_changed()
        self.language_changed.emit()

    # its size

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        subject, weights = self._fonts()
        text = _width(subject, self._subject) + _GAP + _width(weights, self._weights)
        return QSize(round(text + self._around()) + 1, self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters of both parts."""
        least = _LEAST_LETTERS * QFontMetricsF(self.font()).averageCharWidth() + self._around()
        return QSize(min(round(least), self.sizeHint().width()), self._height())

    @property
    def wanted_width(self) -> int:
        """Pixels for all that is usually said; beyond it a long name is shortened before anything beside it folds."""
        usual = _USUAL_LETTERS * QFontMetricsF(self.font()).averageCharWidth() + self._around()
        return min(round(usual), self.sizeHint().width())

    def on_look_changed(self) -> None:
        """Measure the text again."""
        self.updateGeometry()
        super().on_look_changed()

    def _height(self) -> int:
        return round(QFontMetricsF(self.font()).height()) + 16

    def _around(self) -> float:
        return 2 * (_SIDE + self._sign() + _GAP)

    def _sign(self) -> float:
        """Width of the dot and of the chevron, in pixels: they grow with the text."""
        return float(round(_SIGN * QFontInfo(self.font()).pixelSize()))

    def _fonts(self) -> tuple[QFont, QFont]:
        """Fonts of model and data, and of the weights."""
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        return heavy, self.font()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill with a dot, both parts of the text, and a chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        open_now = self._popover is not None and self._popover.isVisible()
        active = self.hasFocus() or self.underMouse() or open_now
        thick = 2.0 if self.hasFocus() else 1.0
        pill = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setPen(QPen(theme().color("accent" if active else "border"), thick))
        painter.setBrush(theme().color("accent_soft" if self.isDown() or open_now else "surface"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        if self._context is None:
            return
        middle = self.height() / 2
        sign = self._sign()
        beside = _SIDE + sign + _GAP
        self._paint_dot(painter, QRectF(_SIDE, middle - sign / 2, sign, sign))
        self._paint_text(painter, QRectF(self.rect()).adjusted(beside, 0, -beside, 0))
        self._paint_chevron(painter, QPointF(self.width() - _SIDE - sign / 2, middle))

    def _paint_dot(self, painter: QPainter, place: QRectF) -> None:
        """Filled for trained weights, a ring for untrained ones, a diamond for a step of the past.

        An open ring while something else is being prepared, the sign of muted channels while some are.
        """
        context = self._context
        if context is None:
            return
        if self._busy:
            painter.setPen(QPen(theme().color("accent"), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(place.adjusted(-0.5, -0.5, 0.5, 0.5), 90 * 16, -270 * 16)
            return
        if context.muted:
            paint_muted_sign(painter, place.adjusted(-1, -1, 1, 1), theme().color("highlight_text"))
            return
        if context.kind == "untrained":
            painter.setPen(QPen(theme().color("muted"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place.adjusted(0.8, 0.8, -0.8, -0.8))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("good" if context.newest else "highlight"))
        if context.newest:
            painter.drawEllipse(place)
        else:
            x, y, reach = place.center().x(), place.center().y(), place.width() / 2 + 1
            corners = (QPointF(x - reach, y), QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach))
            painter.drawPolygon(QPolygonF(corners))

    def _paint_text(self, painter: QPainter, room: QRectF) -> None:
        fonts = self._fonts()
        widths = [_width(font, text) for font, text in zip(fonts, (self._subject, self._weights), strict=True)]
        free = room.width() - _GAP
        if sum(widths) > free:  # the end is the least important: it gives way first
            end = min(widths[1], _SHORTEST_END * QFontMetricsF(fonts[1]).averageCharWidth())
            widths = [min(widths[0], free - end), max(free - widths[0], end)]
        left = room.left()
        for font, text, width, colour in zip(
            fonts, (self._subject, self._weights), widths, ("text", "muted"), strict=True
        ):
            painter.setFont(font)
            painter.setPen(theme().color(colour))
            width = width if colour == "text" else room.right() - left  # what the first part leaves, cut or not
            place = QRectF(left, room.top(), width + 1, room.height())
            shown = elided_after_word(QFontMetricsF(font), text, width + 0.5)
            draw_text(painter, place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            left += _width(font, shown) + _GAP

    def _paint_chevron(self, painter: QPainter, middle: QPointF) -> None:
        half = self._sign() / 2
        painter.setPen(
            QPen(theme().color("muted"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(
            QPolygonF(
                (middle + QPointF(-half, -half / 2), middle + QPointF(0, half / 2), middle + QPointF(half, -half / 2))
            )
        )

    def event(self, event: QEvent) -> bool:
        """Paint again when the pointer comes or goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


def _width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
