"""Early, middle and late feature maps of the picture, as small tiles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.inspection.architectures import strongest
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.qt_rects import snapped
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import PaletteName, colourise, value_range
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

NamedMaps = tuple[str, FloatArray]

_SIDE = 3  # tiles in a row of a group
_EDGE = 8.0
_GAP = 2.0
_SMOOTH = QPainter.RenderHint.SmoothPixmapTransform


class MapTiles(Translated, Styled, QWidget):
    """Three groups of the strongest maps of a layer, or the button that asks for them.

    Signals:
        requested: the button was pressed; "computing…" stands there until `set_maps` or `clear`.
    """

    requested = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"architecturesMaps_{key}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._groups: tuple[tuple[str, list[tuple[int, QImage]]], ...] = ()
        self._waiting = False
        self.button = QPushButton(self)
        self.button.setObjectName(f"architecturesMapsButton_{key}")
        self.button.clicked.connect(self._on_clicked)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self.retranslate()

    def set_maps(self, early: NamedMaps, middle: NamedMaps, late: NamedMaps) -> None:
        """Show these layers' maps, `(name, float32 (C, H, W))` each."""
        self._groups = tuple((name, _tiles(maps)) for name, maps in (early, middle, late))
        self._waiting = False
        self._show_state()

    def clear(self) -> None:
        """Offer the button again: the picture or the weights are others, or it could not be done."""
        self._groups = ()
        self._waiting = False
        self._show_state()

    @property
    def shown(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Names of the layers and the channels on the screen."""
        return tuple((name, tuple(channel for channel, _ in tiles)) for name, tiles in self._groups)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.button.setText(self.tr("Show maps"))
        self.button.setAccessibleName(self.tr("Show early, middle and late maps"))
        self.button.setToolTip(self.tr("Run the picture through this model and show its strongest feature maps."))
        self._computing = self.tr("computing…")
        self._words = (self.tr("early"), self.tr("middle"), self.tr("late"))
        self._show_state()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Three squares side by side and two lines below them, at the width that there is."""
        return QSize(210, round(self._group_side(max(self.width(), 160)) + 2 * self.paint_style.line + 2 * _GAP + 6))

    def minimumSizeHint(self) -> QSize:
        """Likewise."""
        return QSize(150, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height follows the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tiles with their layer's name, or what is being done."""
        painter, style = QPainter(self), self.paint_style
        painter.setFont(style.small_font)
        if not self._groups:
            if self._waiting:
                painter.setPen(style.color("muted"))
                draw_text(painter, QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self._computing)
            return
        side = self._group_side(self.width())
        metrics = QFontMetricsF(style.small_font)
        for place, ((name, tiles), word) in enumerate(zip(self._groups, self._words, strict=True)):
            left = _EDGE + place * (side + _EDGE)
            cell = (side - (_SIDE - 1) * _GAP) / _SIDE
            for index in range(_SIDE * _SIDE):
                row, col = divmod(index, _SIDE)
                box = Rect(left + col * (cell + _GAP), _GAP + row * (cell + _GAP), cell, cell)
                target = snapped(box, self.devicePixelRatioF())
                if index < len(tiles):
                    image = tiles[index][1]
                    # smaller than its pixels it is averaged; larger, its pixels stay pixels
                    painter.setRenderHint(_SMOOTH, image.width() > target.width() * self.devicePixelRatioF())
                    painter.drawImage(target, image)
                else:
                    painter.fillRect(target, style.color("sunken"))
            below = QRectF(left, side + 2 * _GAP, side, style.line)
            painter.setPen(style.color("text"))
            draw_text(painter, below, int(Qt.AlignmentFlag.AlignCenter), word)
            painter.setPen(style.color("muted"))
            short = elided(metrics, name, side, Qt.TextElideMode.ElideMiddle)
            draw_text(painter, below.translated(0, style.line), int(Qt.AlignmentFlag.AlignCenter), short)

    # -- inside -------------------------------------------------------------------------------------------------

    def _on_clicked(self) -> None:
        self._waiting = True
        self._show_state()
        self.requested.emit()

    def _show_state(self) -> None:
        self.button.setVisible(not self._groups and not self._waiting)
        names = ", ".join(f"{word}: {name}" for word, (name, _) in zip(self._words, self._groups, strict=False))
        self.setAccessibleName(names or (self._computing if self._waiting else self.button.text()))
        explanation = self.tr("The strongest maps of three layers, each group with colours of its own.")
        self.setToolTip(tool_tip(f"{explanation}\n{names}" if names else ""))
        self.update()

    def _group_side(self, width: int) -> float:
        return max(30.0, (width - 4 * _EDGE) / 3)

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self.updateGeometry()
        self.update()


def _tiles(maps: FloatArray) -> list[tuple[int, QImage]]:
    """The strongest maps with their channels, coloured on one range."""
    channels = strongest(maps, _SIDE * _SIDE)
    chosen = np.ascontiguousarray(maps[list(channels)])
    finite = chosen[np.isfinite(chosen)]
    palette: PaletteName = "signed" if finite.size and float(finite.min()) < 0 else "sequential"
    rgba = colourise(chosen, palette, value_range(chosen, palette))
    height, width = chosen.shape[1:]
    kind = QImage.Format.Format_RGBA8888
    return [
        (channel, QImage(np.ascontiguousarray(picture).data, width, height, 4 * width, kind).copy())
        for channel, picture in zip(channels, rgba, strict=True)
    ]
