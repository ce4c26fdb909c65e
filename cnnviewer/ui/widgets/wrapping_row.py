"""A row of widgets that goes on in another line where they have no room beside one another, so that none is cut."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget


class _Line(NamedTuple):
    """Items beside one another.

    Attributes:
        items: from the left.
        width: that they ask for, with the spaces between them, in pixels.
        height: of the highest one.
    """

    items: list[QLayoutItem]
    width: int
    height: int


class WrappingRow(QLayout):
    """Items in their own width from the left. It asks for the height of all lines in the width that it has.

    What is left of a line goes to who gives way, else to a stretch or to who wants to grow.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        self._items: list[QLayoutItem] = []
        self._known: dict[int, list[_Line]] = {}  # the lines by width, until something changes
        self._placed = 1 << 20  # the width that it was given, in pixels
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add_stretch(self) -> None:
        """What follows stands at the right, where it is in the same line."""
        self.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def add_together(self, *widgets: QWidget) -> None:
        """Widgets that stay beside one another where a line has room for them, such as a field and its name."""
        row = WrappingRow(spacing=self.spacing())
        for widget in widgets:
            row.addWidget(widget)
        self.addChildLayout(row)
        self.addItem(row)

    # -- QLayout

    def invalidate(self) -> None:
        """Something has another size."""
        self._known.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # None behind the last, as Qt asks
        """The item there."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # likewise
        """Give the item there away."""
        self._known.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the width that is there."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines in this width."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        spaces = self.spacing() * max(0, len(lines) - 1)
        return sum(line.height for line in lines) + spaces + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        return self._whole(max((line.width for line in self._lines(1 << 20)), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        return self._whole(max((item.minimumSize().width() for item in self._shown()), default=0))

    def _whole(self, width: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), self.heightForWidth(self._placed))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place, the lines in the middle of what is higher than they are."""
        super().setGeometry(rect)
        self._place_in(rect.width())
        inside = rect.marginsRemoved(self.contentsMargins())
        lines = self._lines(inside.width())
        needed = sum(line.height for line in lines) + self.spacing() * max(0, len(lines) - 1)
        top = inside.y() + max(0, inside.height() - needed) // 2
        for line in lines:
            self._place(line, QRect(inside.x(), top, inside.width(), line.height))
            top += line.height + self.spacing()

    def _place_in(self, width: int) -> None:
        """Ask for the height of this width: what splits or stacks widgets does not ask what they need in a width."""
        before, self._placed = self._placed, width
        widget = self.parentWidget()
        if widget is not None and self.heightForWidth(before) != self.heightForWidth(width):
            self.invalidate()
            widget.updateGeometry()

    # -- lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty() or item.spacerItem() is not None]

    def _lines(self, room: int) -> list[_Line]:
        """The lines in this width. Qt asks for them a dozen times for one layout."""
        if room not in self._known:
            self._known[room] = self._wrapped(room)
        return self._known[room]

    def _wrapped(self, room: int) -> list[_Line]:
        lines: list[_Line] = []
        items: list[QLayoutItem] = []
        width = height = 0
        for item in self._shown():
            needed = self._needed(item)
            gap = self.spacing() if width and needed else 0
            if items and width + gap + needed > room:
                lines.append(_Line(items, width, height))
                items, width, height, gap = [], 0, 0, 0
            items.append(item)
            width += gap + needed
            height = max(height, _height(item, min(needed, room)))
        return [*lines, _Line(items, width, height)] if items else lines

    def _place(self, line: _Line, room: QRect) -> None:
        growing = [item for item in line.items if _gives_way(item)] or [item for item in line.items if _grows(item)]
        left, free, gap = room.x(), max(0, room.width() - line.width), 0
        for item in line.items:
            needed = self._needed(item)
            left, width = left + (gap if needed else 0), min(needed, room.width())
            if item in growing:
                share = free // len(growing)
                width, free = width + share, free - share
                growing = growing[1:]
            item.setGeometry(QRect(left, room.y(), width, room.height()))
            left, gap = left + width, self.spacing() if needed else gap

    def _needed(self, item: QLayoutItem) -> int:
        """The width that an item asks for; the least where it gives way."""
        least = item.minimumSize().width()
        return least if _gives_way(item) else max(least, item.sizeHint().width())


def _height(item: QLayoutItem, width: int) -> int:
    """The height that an item asks for at this width: of a row within the row that of its own lines."""
    widget = item.widget()
    if isinstance(widget.layout() if widget is not None else item.layout(), WrappingRow):
        return item.heightForWidth(width)
    return item.sizeHint().height()


def _gives_way(item: QLayoutItem) -> bool:
    """Whether it takes what is left, however much or little that is."""
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored


def _grows(item: QLayoutItem) -> bool:
    """Whether it uses more than it asks for; what stands together stays together."""
    return item.layout() is None and bool(item.expandingDirections() & Qt.Orientation.Horizontal)
