"""Rectangles of the layout as Qt's."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from cnnviewer.ui.explore.network.geometry import Rect


def qrect(rect: Rect) -> QRectF:
    """The same rectangle as Qt's."""
    return QRectF(rect.x, rect.y, rect.w, rect.h)


def snapped(rect: Rect, ratio: float) -> QRectF:
    """The rectangle with its edges on whole device pixels, at least one wide: neighbours stay neighbours."""
    left, top = round(rect.x * ratio), round(rect.y * ratio)
    right, bottom = max(left + 1, round(rect.right * ratio)), max(top + 1, round(rect.bottom * ratio))
    return QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)
