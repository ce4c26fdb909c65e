"""Where a digit is drawn with mouse, finger or pen."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QCursor,
    QEventPoint,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.theme import RADIUS, theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable
from cnnviewer.ui.window.input.invitation import paint_example, paint_invitation
from cnnviewer.ui.window.input.stroke import RASTER_SIZE, DrawingRaster, UInt8Array

DEFAULT_BRUSH = 22.0
SMALLEST_BRUSH, LARGEST_BRUSH = 8.0, 48.0


class DrawCanvas(Translated, QWidget):
    """A square sheet with a raster of its own: uint8 `(280, 280)`, ink 255 on 0, whatever the screen's scale.

    Left button, finger or pen draw, the right button and a pen's other end erase; pressure changes the width.
    The sheet is white with dark ink in the light theme, black with white ink in the dark one; the raster is the same.

    Signals:
        drawing_changed: a copy of the raster, at every event of a stroke, after undo, redo, clear and opening.
    """

    accessible_role = QAccessible.Role.Canvas

    drawing_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawCanvas")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._drawing = DrawingRaster()
        self.undoable = Undoable(self, "stroke")
        self.undoable.undo_requested.connect(self.undo)
        self.undoable.redo_requested.connect(self.redo)
        self._sheet = QImage(RASTER_SIZE, RASTER_SIZE, QImage.Format.Format_RGB32)
        self._brush_width = DEFAULT_BRUSH
        self._erasing = False
        self._drawn_by: Literal["mouse", "pen", "finger"] = "mouse"
        self._finger: int | None = None
        self._empty = True
        self._invitation = ""
        self._example: UInt8Array | None = None
        self._example_shown = True
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def raster(self) -> UInt8Array:
        """A copy of the drawing: uint8 `(280, 280)`, ink 255 on 0."""
        return self._drawing.pixels().copy()

    def set_raster(self, raster: UInt8Array) -> None:
        """Show a drawing, uint8 `(280, 280)`; can be undone. ValueError for another shape."""
        if raster.shape != (RASTER_SIZE, RASTER_SIZE):
            raise ValueError(f"a drawing is {RASTER_SIZE}×{RASTER_SIZE} pixels, not {raster.shape}")
        self._drawing.change(raster)
        self._whole_changed()

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke, a clearing or an opening to take back."""
        return self._drawing.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something that was taken back can be done again."""
        return self._drawing.can_redo

    def undo(self) -> None:
        """Take back the last stroke, clearing or opening."""
        self._drawing.undo()
        self._whole_changed()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._drawing.redo()
        self._whole_changed()

    def clear(self) -> None:
        """An empty sheet; can be undone."""
        self._drawing.change(np.zeros((RASTER_SIZE, RASTER_SIZE), np.uint8))
        self._whole_changed()

    def is_empty(self) -> bool:
        """No ink at all."""
        return self._empty

    @property
    def brush_width(self) -> float:
        """Of a stroke at full pressure, in raster pixels."""
        return self._brush_width

    def set_brush_width(self, width: float) -> None:
        """In raster pixels; a digit fills about 200 of 280, and MNIST's pens were about a tenth of that."""
        self._brush_width = min(max(float(width), SMALLEST_BRUSH), LARGEST_BRUSH)
        self._update_cursor()

    @property
    def erasing(self) -> bool:
        """Whether the left button erases."""
        return self._erasing

    def set_erasing(self, on: bool) -> None:
        """Let the left button, finger and pen erase instead of draw."""
        self._erasing = on
        self._update_cursor()

    def set_invitation(self, words: str) -> None:
        """What an empty sheet says instead of "Draw a digit"; empty for that."""
        self._invitation = words
        self.update()

    def set_example(self, digit: UInt8Array) -> None:
        """What an empty sheet shows faintly while it is looked at: uint8 `(H, W)`, ink 255 on 0."""
        self._example = digit
        self.update()

    def show_example(self, shown: bool) -> None:
        """Whether the example is what is looked at."""
        self._example_shown = shown
        self.update()

    def sheet_rect(self) -> QRectF:
        """Where the square sheet lies in the widget."""
        side = float(min(self.width(), self.height()))
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Drawing canvas"))
        self.setAccessibleDescription(
            self.tr(
                "Draw a digit with mouse, finger or pen. Delete clears the sheet, Ctrl+Z takes the last stroke back."
            )
        )
        self.update()

    # -- strokes ------------------------------------------------------------------------------------------------

    def _to_raster(self, position: QPointF) -> QPointF:
        sheet = self.sheet_rect()
        return (position - sheet.topLeft()) * (RASTER_SIZE / max(sheet.width(), 1.0))

    def _begin(self, by: Literal["mouse", "pen", "finger"], position: QPointF, pressure: float, erase: bool) -> None:
        if self._drawing.stroking:  # a second button or device while one is down: still the first stroke
            return
        self._drawn_by = by
        rect = self._drawing.draw(self._to_raster(position), self._width(pressure), erase or self._erasing)
        self._part_changed(rect)

    def _extend(self, by: str, position: QPointF, pressure: float = 1.0) -> None:
        if self._drawing.stroking and by == self._drawn_by:
            self._part_changed(self._drawing.extend(self._to_raster(position), self._width(pressure)))

    def _end(self, by: str) -> None:
        if self._drawing.stroking and by == self._drawn_by:
            self._part_changed(self._drawing.end())

    def _end_any(self) -> None:
        """The sheet goes out of sight or reach: a release of the button is not seen now."""
        self._finger = None
        self._end(self._drawn_by)

    def _width(self, pressure: float) -> float:
        return self._brush_width * (0.35 + 0.65 * min(max(pressure, 0.0), 1.0))

    def _part_changed(self, rect: QRect) -> None:
        self._ink(rect)
        was_empty, self._empty = self._empty, self._drawing.is_empty()
        if was_empty != self._empty:
            self.update()
        else:
            sheet = self.sheet_rect()
            scale = sheet.width() / RASTER_SIZE
            area = QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)
            self.update(area.translated(sheet.topLeft()).adjusted(-1, -1, 1, 1).toAlignedRect())
        self._tell()

    def _whole_changed(self) -> None:
        self._ink(self._drawing.image.rect())
        self._empty = self._drawing.is_empty()
        self.update()
        self._tell()

    def _tell(self) -> None:
        self.undoable.set_steps(*self._drawing.steps)
        self.drawing_changed.emit(self.raster())

    # -- looks --------------------------------------------------------------------------------------------------

    def _ink(self, rect: QRect) -> None:
        """Bring `rect` of the raster onto the sheet, in the sheet's colours."""
        if rect.isEmpty():
            return
        part = self._drawing.image.copy(rect).convertToFormat(QImage.Format.Format_Grayscale8)
        part.reinterpretAsFormat(QImage.Format.Format_Indexed8)
        part.setColorTable(self._colours)
        painter = QPainter(self._sheet)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(rect.topLeft(), part)
        painter.end()

    def _on_theme_changed(self) -> None:
        dark = theme().tokens.name == "dark"
        paper, ink = (QColor("#05070a"), QColor("#ffffff")) if dark else (QColor("#ffffff"), QColor("#10151d"))
        steps = [level / 255 for level in range(256)]
        self._colours = [
            QColor.fromRgbF(
                paper.redF() + (ink.redF() - paper.redF()) * step,
                paper.greenF() + (ink.greenF() - paper.greenF()) * step,
                paper.blueF() + (ink.blueF() - paper.blueF()) * step,
            ).rgb()
            for step in steps
        ]
        self._ink(self._drawing.image.rect())
        self._update_cursor()
        self.update()

    def _update_cursor(self) -> None:
        """The cursor is the brush: a ring of its width, visible on ink and on paper."""
        ratio = self.devicePixelRatioF()
        diameter = max(self._brush_width * self.sheet_rect().width() / RASTER_SIZE, 5.0)
        side = int(diameter) + 5
        pixmap = QPixmap(int(side * ratio) + 1, int(side * ratio) + 1)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(0, 0, diameter, diameter)
        ring.moveCenter(QPointF(side / 2, side / 2))
        style = Qt.PenStyle.DashLine if self._erasing else Qt.PenStyle.SolidLine
        for colour, width in ((QColor(255, 255, 255, 190), 2.6), (QColor(30, 40, 55, 230), 1.2)):
            painter.setPen(QPen(colour, width, style))
            painter.drawEllipse(ring)
        painter.end()
        self.setCursor(QCursor(pixmap, side // 2, side // 2))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As large as the raster."""
        return QSize(RASTER_SIZE, RASTER_SIZE)

    def minimumSizeHint(self) -> QSize:
        """Small enough for the smallest window, large enough to draw."""
        return QSize(140, 140)

    def heightForWidth(self, width: int) -> int:
        """A square."""
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheet, border, and the invitation while there is nothing on it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        sheet = self.sheet_rect()
        painter.drawImage(sheet, self._sheet)
        if self._empty and self._example is not None and self._example_shown and not self._invitation:
            words = self.tr("An example: draw your own")
            paint_example(painter, sheet, self._example, QColor(self._colours[255]), words, self.font())
        elif self._empty:
            paint_invitation(painter, sheet, self._invitation or self.tr("Draw a digit"), self.font())
        focused = self.hasFocus()
        painter.setPen(QPen(theme().color("accent" if focused else "border"), 2.0 if focused else 1.0))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(sheet.adjusted(inset, inset, -inset, -inset), RADIUS / 2, RADIUS / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cursor's ring follows the scale."""
        super().resizeEvent(event)
        self._update_cursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left draws, right erases. The first button down begins a stroke: the release before it may have been lost."""
        if event.buttons() == event.button():
            self._end("mouse")
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin("mouse", event.position(), 1.0, event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue, also outside the sheet; without a button the stroke is over."""
        if event.buttons():
            self._extend("mouse", event.position())
        else:
            self._end("mouse")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends where the last button is released."""
        if not event.buttons():
            self._end("mouse")

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: pressure is width, the other end erases; its tip counts as the left button."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._end("pen")
            erase = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin("pen", event.position(), event.pressure(), erase)
        elif kind == QEvent.Type.TabletMove and event.buttons():
            self._extend("pen", event.position(), event.pressure())
        elif kind in (QEvent.Type.TabletMove, QEvent.Type.TabletRelease) and not event.buttons():
            self._end("pen")
        event.accept()  # or Qt sends the same again as mouse events

    def event(self, event: QEvent) -> bool:
        """Touch: the first finger draws, others are left out."""
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        if event.type() in (QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self._end_any()
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._finger = None
            if self._drawn_by == "finger":
                self._drawing.cancel()
                self._whole_changed()
        elif event.type() == QEvent.Type.TouchBegin:  # no finger was down before
            self._finger = None
            self._end("finger")
        for point in event.points():
            if self._finger is None and point.state() == QEventPoint.State.Pressed:
                self._finger = point.id()
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._begin("finger", point.position(), 1.0, False)
            elif point.id() == self._finger and point.state() == QEventPoint.State.Updated:
                self._extend("finger", point.position())
            elif point.id() == self._finger and point.state() == QEventPoint.State.Released:
                self._finger = None
                self._end("finger")
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace clear."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)
