"""One column of the context popover: a list of choices, and below them the ways to open another one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.context import Choice
from cnnviewer.ui.widgets.cell_grid import step_down, step_right
from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import PlainLabel, elided, one_line, tool_tip
from cnnviewer.ui.widgets.theme import RADIUS, theme

MANY: Final = 12
"""Choices beyond which a column has a search field."""
_CHOICE = Qt.ItemDataRole.UserRole
_SIDE, _ABOVE = 8, 5
_LEGIBLE = 12  # pixels: no label is smaller
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST_LETTERS, _MOST_LETTERS, _LETTERS_OF_DETAIL, _KEPT_LETTERS = 24, 60, 28, 20

Index = QModelIndex | QPersistentModelIndex


class ContextColumn(QWidget):
    """Choices, and actions such as “Open weights…” that stay in sight below them.

    Attributes:
        list: the choices.
        commands: the actions; arrow keys lead from one list into the other, and Tab stops at the first alone.
        search: the search field; shown where there are many choices.

    Signals:
        chosen: the key of a choice or of an action.
        side_requested: -1 or 1: an arrow key asks for the column beside.
    """

    chosen = Signal(str)
    side_requested = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._title = PlainLabel(self)
        self._title.setProperty("role", "caption")
        self.search = QLineEdit(self)
        self.search.setObjectName(f"{name}Search")
        self.search.setClearButtonEnabled(True)
        self.search.hide()
        self.list = _ChoiceList(self)
        self.list.setObjectName(f"{name}Choices")
        self.commands = _ChoiceList(self, are_actions=True)
        self.commands.setObjectName(f"{name}Actions")
        self.commands.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for each in (self.list, self.commands):
            each.chosen.connect(self.chosen)
            each.side_requested.connect(self.side_requested)
            each.end_reached.connect(self._on_end_reached)
        line = QFrame(self)
        line.setObjectName("contextLine")
        line.setFixedHeight(1)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        stack.addWidget(self._title)
        stack.addWidget(self.search)
        stack.addWidget(self.list)
        stack.addWidget(line)
        stack.addWidget(self.commands)
        stack.addStretch(1)

    def set_texts(self, title: str, search: str, tip: str) -> None:
        """Say what is chosen here, and what can be searched for."""
        self._title.setText(title)
        self.list.setAccessibleName(title)
        self.commands.setAccessibleName(title)
        self.list.setToolTip(tool_tip(tip))
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.search.setToolTip(tool_tip(search))

    def set_choices(self, choices: tuple[Choice, ...], actions: tuple[Choice, ...]) -> None:
        """Offer these; the current row stays where it is still there."""
        self._choices = choices
        self.search.setVisible(len(choices) > MANY)
        current = self.list.current_key
        self.list.set_choices(choices)
        self.commands.set_choices(actions)
        self._filter()
        if not self.list.go_to(current):
            self.go_to_chosen()
        self.updateGeometry()  # at once: the popover is placed before the event loop comes to it

    def take_focus(self) -> None:
        """Give the keyboard to the choices."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is in this column."""
        return any(each.hasFocus() for each in (self.list, self.commands, self.search))

    def go_to_chosen(self) -> None:
        """Make the choice on the screen the current row, else the first one that can be chosen."""
        chosen = next((choice.key for choice in self._choices if choice.chosen and not choice.why), "")
        if not self.list.go_to(chosen):
            self.list.go_to_first()

    def begin(self) -> None:
        """Show every choice again."""
        self.search.clear()
        self.go_to_chosen()

    def _on_end_reached(self, step: int) -> None:
        """Go on from the choices to the actions, and back."""
        if step > 0 and self.list.hasFocus() and self.commands.go_to_first():
            self.commands.setFocus(Qt.FocusReason.TabFocusReason)
        elif step < 0 and self.commands.hasFocus():
            self.take_focus()
        elif step < 0 and self.list.hasFocus() and self.search.isVisible():
            self.search.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _filter(self) -> None:
        wanted = self.search.text().casefold().split() if len(self._choices) > MANY else []
        for row, choice in enumerate(self._choices):
            about = f"{choice.title} {choice.detail}".casefold()
            self.list.setRowHidden(row, not all(word in about for word in wanted))
        if wanted:
            self.list.go_to_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a name is typed, the arrow down leads into the list, and Enter chooses."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if step_down(event) > 0:
                self.take_focus()
                return True
            if event.key() in _ENTER:
                self.list.choose_current()
                return True
        return super().eventFilter(watched, event)


class _ChoiceList(QListWidget):
    """Rows of a column.

    Signals:
        chosen: a key.
        side_requested: -1 or 1: an arrow key asks for the column beside.
        end_reached: -1 or 1: an arrow key leads beyond the first or the last row.
    """

    chosen = Signal(str)
    side_requested = Signal(int)
    end_reached = Signal(int)

    def __init__(self, parent: QWidget, are_actions: bool = False) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.setProperty("choices", True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed if are_actions else QSizePolicy.Policy.Preferred
        )
        self.setItemDelegate(_ChoiceDelegate(self, "accent_text" if are_actions else "text"))
        self.itemClicked.connect(self._on_clicked)

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show these rows."""
        if choices == self._choices:
            return
        self._choices = choices
        self.clear()
        for choice in choices:
            self._add(choice)
        self.updateGeometry()

    def _add(self, choice: Choice) -> None:
        item = QListWidgetItem(one_line(choice.title))
        item.setData(_CHOICE, choice)
        words = [choice.title, choice.detail, choice.why]
        item.setToolTip(tool_tip("\n".join(filter(None, words))))
        spoken = ", ".join(filter(None, [*words[:2], self.tr("chosen") if choice.chosen else ""]))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, one_line(spoken))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, choice.why)
        if choice.why:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    @property
    def current_key(self) -> str:
        item = self.currentItem()
        return str(item.data(_CHOICE).key) if item is not None else ""

    def go_to(self, key: str) -> bool:
        """Make this choice the current row; False where it is not offered."""
        row = next((row for row in self._offered if self.item(row).data(_CHOICE).key == key), -1)
        if row >= 0:
            self.setCurrentRow(row)
        return row >= 0

    def go_to_first(self) -> bool:
        """Make the first row that can be chosen the current one; False where there is none."""
        first = next(iter(self._offered), -1)
        self.setCurrentRow(first)
        return first >= 0

    @property
    def _offered(self) -> tuple[int, ...]:
        """The rows that can be chosen."""
        return tuple(row for row in range(self.count()) if self.item(row).flags() and not self.isRowHidden(row))

    def choose_current(self) -> None:
        """Choose the current row."""
        item = self.currentItem()
        if item is not None:
            self._on_clicked(item)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        if item.flags():
            self.chosen.emit(item.data(_CHOICE).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; arrows lead into the column beside, and beyond the first and the last row."""
        step, offered = step_down(event), self._offered
        if event.key() in _ENTER:
            self.choose_current()
        elif step_right(event):
            self.side_requested.emit(step_right(event))
        elif step and (not offered or self.currentRow() == offered[-1 if step > 0 else 0]):
            self.end_reached.emit(step)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for all rows, and for the longest one within bounds."""
        letter = self.fontMetrics().averageCharWidth()
        hints = [self.sizeHintForIndex(self.model().index(row, 0)) for row in range(self.count())]
        widest = max((hint.width() for hint in hints), default=0) + 2 * self.frameWidth()
        width = min(max(widest, _LEAST_LETTERS * letter), _MOST_LETTERS * letter)
        return QSize(width, sum(hint.height() for hint in hints) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """A few rows, and room for the names of models: longer ones give way where the window is narrow."""
        hint, metrics = self.sizeHint(), self.fontMetrics()
        return hint.boundedTo(QSize(_KEPT_LETTERS * metrics.averageCharWidth(), 3 * metrics.height()))


class _ChoiceDelegate(QStyledItemDelegate):
    """Paints a row: a mark at what is on the screen, the title, below it the detail."""

    def __init__(self, parent: QWidget, token: str) -> None:
        super().__init__(parent)
        self._token = token

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line or two."""
        choice: Choice = index.data(_CHOICE)
        small = self._small(option.font)
        lines = option.fontMetrics.height() + (QFontMetrics(small).height() if choice.detail else 0)
        heavy = QFontMetrics(self._heavy(option.font))
        detail = min(
            QFontMetrics(small).horizontalAdvance(choice.detail), _LETTERS_OF_DETAIL * heavy.averageCharWidth()
        )
        words = max(heavy.horizontalAdvance(choice.title), detail)
        return QSize(words + 2 * _SIDE + _mark(option.font) + 14, lines + 2 * _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        choice: Choice = index.data(_CHOICE)
        state = option.state
        room = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = (
            option.widget is not None and option.widget.hasFocus() and bool(state & QStyle.StateFlag.State_Selected)
        )
        if not choice.why and (state & QStyle.StateFlag.State_MouseOver or focused):
            painter.setBrush(theme().color("accent_soft"))
            painter.setPen(QPen(theme().color("accent"), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if choice.chosen:
            mark = _mark(option.font)
            place = QRect(room.left() + _SIDE, room.center().y() - mark // 2 + 1, mark, mark)
            icon("check", "faint" if choice.why else "accent_text").paint(painter, place)
        self._paint_words(
            painter, room.adjusted(_SIDE + _mark(option.font) + 6, _ABOVE, -_SIDE, -_ABOVE), option.font, index
        )
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, font: QFont, index: Index) -> None:
        choice: Choice = index.data(_CHOICE)
        heavy, small = self._heavy(font) if choice.chosen else font, self._small(font)
        painter.setFont(heavy)
        painter.setPen(theme().color("muted" if choice.why else self._token))
        first = QRect(room.left(), room.top(), room.width(), QFontMetrics(heavy).height())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        middle = Qt.TextElideMode.ElideMiddle  # of a path both ends tell something
        draw_text(painter, first, side, elided(QFontMetrics(heavy), choice.title, first.width()))
        if choice.detail:
            painter.setFont(small)
            painter.setPen(theme().color("muted"))
            second = QRect(room.left(), first.bottom() + 1, room.width(), QFontMetrics(small).height())
            draw_text(painter, second, side, elided(QFontMetrics(small), choice.detail, second.width(), middle))

    def _heavy(self, font: QFont) -> QFont:
        heavy = QFont(font)
        heavy.setWeight(QFont.Weight.DemiBold)
        return heavy

    def _small(self, font: QFont) -> QFont:
        small = QFont(font)
        size = QFontInfo(font).pixelSize()
        small.setPixelSize(min(size, max(_LEGIBLE, round(size * 0.9))))
        return small


def _mark(font: QFont) -> int:
    """The side of the mark, in pixels: it grows with the text."""
    return round(QFontInfo(font).pixelSize() * 1.2)
