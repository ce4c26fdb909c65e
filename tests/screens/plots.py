"""The texts of plots: pyqtgraph paints the numbers of its axes itself, their titles are items of its scene."""

from __future__ import annotations

from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPicture
from PySide6.QtWidgets import QGraphicsItem, QGraphicsTextItem, QGraphicsView, QWidget

from tests.screens.texts import ShownText


def plot_texts(view: QGraphicsView, screen: QWidget, clip: QRectF) -> Iterator[ShownText]:
    """Numbers at the ticks, titles of axes and texts at points, of one plot."""
    for item in view.scene().items():
        if not item.isVisible():
            continue
        if isinstance(item, pg.AxisItem):
            for place, text, font, colour in _ticks(item):
                yield _shown(view, screen, clip, item, place, text, font, colour, label=True)
        elif isinstance(item, QGraphicsTextItem) and item.toPlainText().strip():
            margin = item.document().documentMargin()
            place = item.boundingRect().adjusted(margin, margin, -margin, -margin)
            axis = item.parentItem()
            colour = axis.textPen().color() if isinstance(axis, pg.AxisItem) else item.defaultTextColor()
            yield _shown(view, screen, clip, item, place, item.toPlainText().strip(), item.font(), colour, label=False)


def _ticks(axis: pg.AxisItem) -> Iterator[tuple[QRectF, str, QFont, QColor]]:
    picture = QPicture()
    painter = QPainter(picture)
    font = axis.style["tickFont"] or painter.font()
    painter.setFont(font)
    specifications = axis.generateDrawSpecs(painter)
    for rect, flags, text in specifications[2] if specifications is not None else ():
        yield painter.boundingRect(QRectF(rect), int(flags), text), text, font, axis.textPen().color()
    painter.end()


def _shown(
    view: QGraphicsView,
    screen: QWidget,
    clip: QRectF,
    item: QGraphicsItem,
    place: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    label: bool,
) -> ShownText:
    corner = view.viewport().mapTo(screen, QPoint(0, 0))
    covers = view.viewportTransform().mapRect(item.sceneTransform().mapRect(place)).translated(corner)
    seen = clip & QRectF(view.viewport().rect()).translated(corner)
    beyond = max(seen.left() - covers.left(), covers.right() - seen.right(), seen.top() - covers.top(), 0.0)
    missing = max(beyond, covers.bottom() - seen.bottom()) if covers.intersects(seen) else 0.0
    return ShownText(
        view,
        text,
        text,
        covers,
        seen,
        float(QFontInfo(font).pixelSize()),
        font.weight() >= QFont.Weight.DemiBold,
        colour,
        view.isEnabled(),
        missing,
        view.toolTip(),
        label=label,
        exact=True,
    )
