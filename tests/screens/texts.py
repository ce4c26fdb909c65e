"""The texts that Qt's own widgets show: what they say, the room they have and the room they need.

Qt paints these itself, so nothing of ours sees them pass; their places follow from the style's own measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QFont, QFontInfo, QFontMetrics, QPalette, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.plain_text import ElidedLabel

_MARK = 16  # of a header's section that says how the table is sorted
_EDGE = 4  # left and right of a text in a table
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class ShownText:
    """One text on a screen; rectangles are in logical pixels of the screen.

    Attributes:
        owner: the widget that shows it; None for what was painted on a picture first.
        text: what there is to be read, whole.
        visible: what is shown of it: shorter where its end was left out.
        covers: where its letters stand.
        clip: what can be seen of its owner.
        size: of the font, in logical pixels.
        bold: whether it counts as bold.
        colour: of the letters where it is known; where it was painted with a pen, `exact`.
        enabled: False where it belongs to something that cannot be used now.
        missing: pixels of it that have no room, across or down.
        tip: the tool tip over it.
        label: whether it is a label even where it is a number, as those of an axis are.

    """

    owner: QWidget | None
    text: str
    visible: str
    covers: QRectF
    clip: QRectF
    size: float
    bold: bool = False
    colour: QColor | None = None
    enabled: bool = True
    missing: float = 0.0
    tip: str = ""
    label: bool = False
    exact: bool = False


def visible_part(widget: QWidget, screen: QWidget) -> QRectF:
    """What the parents of a widget let be seen of it, in pixels of the screen; siblings above it do not count."""
    seen = widget.rect()
    current = widget
    while current is not screen:
        seen.translate(current.pos())
        current = current.parentWidget()
        seen &= current.rect()
    return QRectF(seen)


def widget_texts(screen: QWidget) -> Iterator[ShownText]:
    """Every text of Qt's own widgets that can be seen."""
    for widget in (screen, *screen.findChildren(QWidget)):
        if not widget.isVisibleTo(screen) or widget.window() is not screen.window():
            continue
        clip = visible_part(widget, screen)
        if not clip.isEmpty():
            yield from _texts_of(widget, screen, clip)


def _texts_of(widget: QWidget, screen: QWidget, clip: QRectF) -> Iterator[ShownText]:
    reader = _Reader(widget, screen, clip)
    if isinstance(widget, QLabel):
        yield from reader.label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from reader.button(widget)
    elif isinstance(widget, QComboBox):
        yield from reader.combo(widget)
    elif isinstance(widget, QLineEdit):
        yield from reader.line(widget)
    elif isinstance(widget, QTabBar):
        yield from reader.tabs(widget)
    elif isinstance(widget, QHeaderView):
        yield from reader.header(widget)
    elif isinstance(widget, QGroupBox):
        yield from reader.title(widget)
    elif isinstance(widget, QTableView):
        yield from reader.cells(widget)


class _Reader:
    """Reads one widget."""

    def __init__(self, widget: QWidget, screen: QWidget, clip: QRectF) -> None:
        self.widget, self.screen, self.clip = widget, screen, clip
        self.font, self.metrics = widget.font(), widget.fontMetrics()
        self.colour: QColor | None = widget.palette().color(widget.foregroundRole())

    def label(self, label: QLabel) -> Iterator[ShownText]:
        text, room = label.text(), label.contentsRect()
        room.adjust(label.margin(), label.margin(), -label.margin(), -label.margin())
        whole = label.whole if isinstance(label, ElidedLabel) else text
        if not whole.strip() or not label.pixmap().isNull():
            return
        rich = label.textFormat() == Qt.TextFormat.RichText or (
            label.textFormat() == Qt.TextFormat.AutoText and _TAG.search(text) is not None
        )
        if rich:
            plain, needed = self._rich(label, text, room)
            yield self._shown(plain, room, needed, label.alignment(), colour=None)
        else:
            flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
            endless = QRect(0, 0, room.width() if label.wordWrap() else 1 << 20, 1 << 20)
            needed = self.metrics.boundingRect(endless, flags & ~int(Qt.AlignmentFlag.AlignVertical_Mask), text).size()
            yield self._shown(whole, room, needed, label.alignment(), visible=text)

    def _rich(self, label: QLabel, text: str, room: QRect) -> tuple[str, QSize]:
        document = QTextDocument()
        document.setDefaultFont(self.font)
        document.setDocumentMargin(0)
        document.setHtml(text)
        document.setTextWidth(room.width() if label.wordWrap() else -1)
        layout: QAbstractTextDocumentLayout = document.documentLayout()
        needed = layout.documentSize().toSize()
        return document.toPlainText(), QSize(int(document.idealWidth()), needed.height())

    def button(self, button: QAbstractButton) -> Iterator[ShownText]:
        text = _without_mnemonic(button.text())
        if not text.strip():
            return
        if isinstance(button, QToolButton):
            style = button.toolButtonStyle()
            if style == Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull():
                return
        needed = self.metrics.size(int(Qt.TextFlag.TextShowMnemonic), button.text())
        if isinstance(button, QCheckBox | QRadioButton):
            option = QStyleOptionButton()
            button.initStyleOption(option)
            element = (
                QStyle.SubElement.SE_CheckBoxContents
                if isinstance(button, QCheckBox)
                else QStyle.SubElement.SE_RadioButtonContents
            )
            room = button.style().subElementRect(element, option, button)
            yield self._shown(text, room, needed, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        elif isinstance(button, QPushButton | QToolButton):
            # what a class asks for is the text and what stands around it: the rest is room for the text
            hint = QPushButton.sizeHint(button) if isinstance(button, QPushButton) else QToolButton.sizeHint(button)
            beside = hint.width() - needed.width()
            if isinstance(button, QToolButton):
                beside -= 2 * self.metrics.horizontalAdvance(" ")  # which Qt adds to the text
            beside = max(beside, 0)
            room = QRect(beside // 2, 0, button.width() - beside, button.height())
            if not button.icon().isNull():
                icon = button.iconSize().width() + 4
                room.translate(icon // 2, 0)
            # a style sheet has colours of its own for what is checked: then this one is not found in the picture
            usual = button.palette().color(QPalette.ColorRole.ButtonText)
            size = QSize(needed.width(), self.metrics.height())
            yield self._shown(text, room, size, Qt.AlignmentFlag.AlignCenter, colour=usual)

    def combo(self, combo: QComboBox) -> Iterator[ShownText]:
        if combo.isEditable() or not combo.currentText():
            return
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, combo)
        if not combo.itemIcon(combo.currentIndex()).isNull():
            room.setLeft(room.left() + combo.iconSize().width() + 4)
        shown = self._line(combo.currentText(), room.adjusted(1, 0, -1, 0))
        if isinstance(combo, CalmCombo) and combo.shown_text != combo.currentText():  # its tool tip has the whole
            shown = replace(shown, visible=combo.shown_text, missing=0.0, tip=combo.currentText())
        yield shown

    def line(self, edit: QLineEdit) -> Iterator[ShownText]:
        text = edit.displayText() or edit.placeholderText()
        if not text:
            return
        option = QStyleOptionFrame()
        edit.initStyleOption(option)
        room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
        margins = edit.textMargins()
        room.adjust(margins.left() + 2, 0, -margins.right() - 2, 0)
        role = edit.palette().ColorRole
        typed = role.Text if edit.displayText() else role.PlaceholderText
        colour = edit.palette().color(typed)
        # what was typed scrolls; what stands there to be read has to fit
        read = not edit.displayText() or (
            isinstance(edit.parent(), QWidget) and edit.objectName() == "qt_spinbox_lineedit"
        )
        shown = self._line(text, room, colour=colour if colour.alpha() == 255 else None)
        yield shown if read else replace(shown, missing=0.0)

    def tabs(self, bar: QTabBar) -> Iterator[ShownText]:
        for index in range(bar.count()):
            text = _without_mnemonic(bar.tabText(index))
            if not text or not bar.isTabVisible(index):
                continue
            # what a tab asks for is the text, semi-bold where the style sheet says so, and what stands around it
            bold = index == bar.currentIndex() and "QTabBar::tab:selected" in _style_sheet()
            font = QFont(self.font)
            font.setWeight(QFont.Weight.DemiBold if bold else font.weight())
            beside = max(bar.tabSizeHint(index).width() - QFontMetrics(font).horizontalAdvance(text), 0)
            room = bar.tabRect(index).adjusted(beside // 2, 0, beside // 2 - beside, 0)
            tip, centre = bar.tabToolTip(index), Qt.AlignmentFlag.AlignCenter
            shown = self._line(text, room, alignment=centre, tip=tip, colour=None, font=font)
            yield replace(shown, missing=max(shown.missing, _behind_arrows(bar, index)))

    def header(self, header: QHeaderView) -> Iterator[ShownText]:
        model = header.model()
        if model is None or header.orientation() == Qt.Orientation.Vertical:
            return
        for section in range(header.count()):
            size = header.sectionSize(section)
            if header.isSectionHidden(section) or size == 0:
                continue
            text = str(model.headerData(section, header.orientation(), Qt.ItemDataRole.DisplayRole) or "")
            left = header.sectionViewportPosition(section)
            mark = _MARK if header.isSortIndicatorShown() and header.sortIndicatorSection() == section else 0
            room = QRect(left + _EDGE, 0, size - 2 * _EDGE - mark, header.height())
            tip = str(model.headerData(section, header.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
            if text and room.left() < header.viewport().width() and room.right() > 0:
                yield self._line(text, room, alignment=header.defaultAlignment(), tip=tip)

    def title(self, box: QGroupBox) -> Iterator[ShownText]:
        if box.title():
            room = QRect(8, 0, box.width() - 16, self.metrics.height())
            yield self._line(_without_mnemonic(box.title()), room)

    def cells(self, table: QTableView) -> Iterator[ShownText]:
        model, viewport = table.model(), table.viewport()
        if model is None:
            return
        rows = [row for row in range(model.rowCount()) if 0 <= table.rowViewportPosition(row) < viewport.height()]
        for row in rows:
            for column in range(model.columnCount()):
                index = model.index(row, column)
                rect = table.visualRect(index)
                text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
                if not text or rect.isEmpty() or table.isColumnHidden(column) or table.isRowHidden(row):
                    continue
                if type(table.itemDelegateForIndex(index)) is not QStyledItemDelegate:
                    continue  # it paints as it likes
                rect.translate(viewport.pos())
                given = index.data(Qt.ItemDataRole.FontRole)
                font = given if isinstance(given, QFont) else None
                side = index.data(Qt.ItemDataRole.TextAlignmentRole)
                alignment = Qt.AlignmentFlag(int(side)) if side else Qt.AlignmentFlag.AlignLeft
                tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                decoration = 20 if index.data(Qt.ItemDataRole.DecorationRole) is not None else 0
                room = rect.adjusted(_EDGE + decoration, 0, -_EDGE, 0)
                yield self._line(text, room, alignment=alignment, tip=tip, colour=None, font=font, elided=True)

    # -- what they have in common

    def _line(
        self,
        text: str,
        room: QRect,
        *,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        tip: str | None = None,
        colour: QColor | bool | None = True,
        font: QFont | None = None,
        elided: bool = False,
    ) -> ShownText:
        metrics = QFontMetrics(font) if font is not None else self.metrics
        needed = QSize(metrics.horizontalAdvance(text), metrics.height())
        visible = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()) if elided else None
        alignment = (alignment & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignVCenter
        return self._shown(text, room, needed, alignment, visible=visible, tip=tip, colour=colour, font=font)

    def _shown(
        self,
        text: str,
        room: QRect,
        needed: QSize,
        alignment: Qt.AlignmentFlag,
        *,
        visible: str | None = None,
        tip: str | None = None,
        colour: QColor | bool | None = True,
        font: QFont | None = None,
    ) -> ShownText:
        size = needed.boundedTo(QSize(max(room.width(), 0), max(room.height(), 0)))
        covers = QStyle.alignedRect(self.widget.layoutDirection(), alignment, size, room)
        font = font if font is not None else self.font
        # letters reach neither the top nor the bottom of their line
        down = needed.height() - self.widget.height() - self.metrics.descent()
        left_out = visible is not None and visible != text
        return ShownText(
            self.widget,
            text,
            text if visible is None else visible,
            self._place(covers),
            self.clip,
            float(QFontInfo(font).pixelSize()),
            font.weight() >= QFont.Weight.DemiBold,
            self.colour if colour is True else colour or None,
            self.widget.isEnabled(),
            0.0 if left_out else float(max(needed.width() - room.width(), down, 0)),
            self.widget.toolTip() if tip is None else tip,
        )

    def _place(self, rect: QRect) -> QRectF:
        corner = self.widget.mapTo(self.screen, QPoint(0, 0)) if self.widget is not self.screen else QPoint(0, 0)
        if isinstance(self.widget, QAbstractScrollArea) and isinstance(self.widget, QHeaderView):
            corner += self.widget.viewport().pos()
        return QRectF(rect.translated(corner))


def plain_words(text: str) -> str:
    """A tool tip without its tags, to be compared with what it explains."""
    return " ".join(_TAG.sub(" ", text).replace("&lt;", "<").replace("&amp;", "&").split())


def _style_sheet() -> str:
    app = QApplication.instance()
    return app.styleSheet() if isinstance(app, QApplication) else ""


def _behind_arrows(bar: QTabBar, index: int) -> float:
    """How much of a tab lies behind the arrows of a bar that is too narrow, or beyond it."""
    arrows = [button for button in bar.findChildren(QToolButton) if button.isVisibleTo(bar)]
    end = min((button.x() for button in arrows), default=bar.width())
    return float(max(bar.tabRect(index).right() + 1 - end, -bar.tabRect(index).left(), 0))


def _without_mnemonic(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
