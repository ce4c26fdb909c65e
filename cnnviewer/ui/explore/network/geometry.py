"""Rectangles and the camera that maps the network's plane to the widget. Pure floats, no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    """A rectangle in floats; the right and bottom edges are not part of it."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x behind the last."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y behind the last."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, `(x, y)`."""
        return self.x + self.w / 2, self.y + self.h / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies within."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def intersects(self, other: Rect) -> bool:
        """Whether the two share an area."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def centred_in(self, outer: Rect) -> Rect:
        """The same size in the middle of `outer`."""
        return Rect(outer.x + (outer.w - self.w) / 2, outer.y + (outer.h - self.h) / 2, self.w, self.h)

    def grown(self, by: float) -> Rect:
        """Larger by `by` on every side."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True)
class Camera:
    """What of the plane is seen: `view = plane * scale + (dx, dy)`."""

    scale: float
    dx: float
    dy: float

    def to_view(self, rect: Rect) -> Rect:
        """A rectangle of the plane, in the widget's coordinates."""
        return Rect(
            rect.x * self.scale + self.dx, rect.y * self.scale + self.dy, rect.w * self.scale, rect.h * self.scale
        )

    def to_plane(self, x: float, y: float) -> tuple[float, float]:
        """A point of the widget, in the plane."""
        return (x - self.dx) / self.scale, (y - self.dy) / self.scale

    def zoomed(self, factor: float, x: float, y: float, low: float, high: float) -> Camera:
        """Zoomed so that what is under `(x, y)` of the widget stays there; the scale stays in `low`..`high`."""
        scale = min(high, max(low, self.scale * factor))
        ratio = scale / self.scale
        return Camera(scale, x - (x - self.dx) * ratio, y - (y - self.dy) * ratio)

    def moved(self, dx: float, dy: float) -> Camera:
        """Moved by widget pixels."""
        return Camera(self.scale, self.dx + dx, self.dy + dy)

    def between(self, other: Camera, part: float) -> Camera:
        """The camera `part` of the way to `other`."""
        # the scale moves by equal ratios, so that zooming feels even; the middle of the way is looked at likewise
        scale = self.scale * (other.scale / self.scale) ** part
        if abs(other.scale - self.scale) < 1e-9:
            return Camera(scale, self.dx + (other.dx - self.dx) * part, self.dy + (other.dy - self.dy) * part)
        share = (scale - self.scale) / (other.scale - self.scale)
        return Camera(scale, self.dx + (other.dx - self.dx) * share, self.dy + (other.dy - self.dy) * share)

    def kept_over(self, width: float, height: float, view: Rect) -> Camera:
        """Moved back so that a plane of `width` x `height` fills `view`, or lies centred in it where it is smaller."""
        return Camera(
            self.scale,
            _kept(self.dx, width * self.scale, view.x, view.w),
            _kept(self.dy, height * self.scale, view.y, view.h),
        )


def fit(width: float, height: float, view: Rect) -> Camera:
    """The camera that shows all of a plane of `width` x `height` in the middle of `view`."""
    scale = min(view.w / max(width, 1.0), view.h / max(height, 1.0))
    return Camera(scale, 0.0, 0.0).kept_over(width, height, view)


def show(rect: Rect, view: Rect, most: float) -> Camera:
    """The camera that shows `rect` of the plane in the middle of `view`, not larger than scale `most`."""
    scale = min(most, view.w / max(rect.w, 1e-6), view.h / max(rect.h, 1e-6))
    x, y = rect.centre
    return Camera(scale, view.x + view.w / 2 - x * scale, view.y + view.h / 2 - y * scale)


def reveal(camera: Camera, rect: Rect, view: Rect) -> Camera:
    """Moved as little as needed for `rect` of the plane to be seen."""
    seen = camera.to_view(rect)
    return camera.moved(
        _shift(seen.x, seen.right, view.x, view.right), _shift(seen.y, seen.bottom, view.y, view.bottom)
    )


def _kept(offset: float, length: float, start: float, room: float) -> float:
    if length <= room:
        return start + (room - length) / 2
    return min(start, max(start + room - length, offset))


def _shift(low: float, high: float, first: float, last: float) -> float:
    if high - low > last - first or low < first:
        return first - low if low < first or high < last else 0.0
    return last - high if high > last else 0.0
