"""The measurements find what is wrong, and only that: small widgets that are right, and wrong on purpose."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.number_plot import NumberPlot
from cnnviewer.ui.widgets.painted_text import draw_text, draw_text_at
from cnnviewer.ui.widgets.plain_text import ElidedLabel
from cnnviewer.ui.widgets.shown_icon import fit_icons, show_icon
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import LIGHT
from tests.screens.contrast import contrast, ratio_of
from tests.screens.icons import small_icons
from tests.screens.measures import cut_texts, overlaps, small_type
from tests.screens.placing import controls_on, crowded, nested, outside, wide_tables
from tests.screens.screen import Screen

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
LONG = "Learning rate of the optimiser"


@pytest.fixture
def page(qtbot) -> QWidget:
    """An empty page of 600 x 300 pixels."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


def put(page: QWidget, widget: AnyWidget, width: int = 300, height: int = 30, x: int = 10, y: int = 10) -> AnyWidget:
    font = QFont(widget.font())
    font.setPixelSize(14)
    widget.setFont(font)
    widget.setParent(page)
    widget.setGeometry(x, y, width, height)
    return widget


def shown(page: QWidget) -> Screen:
    page.show()
    return Screen(page)


def box(title: str) -> QGroupBox:
    return QGroupBox(title)


def combo(text: str) -> QComboBox:
    made = QComboBox()
    made.addItem(text)
    return made


def placeholder(text: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(text)
    return made


def tool(text: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    return made


def tab(text: str) -> QTabBar:
    made = QTabBar()
    made.setExpanding(False)
    made.setUsesScrollButtons(False)
    made.setElideMode(Qt.TextElideMode.ElideRight)
    made.addTab(text)
    made.addTab("Other")
    return made


def table(text: str) -> QTableWidget:
    made = QTableWidget(1, 1)
    made.setHorizontalHeaderLabels([text])
    made.verticalHeader().hide()
    return made


def wrapped(text: str) -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    return made


MAKERS: dict[str, Callable[[str], QWidget]] = {
    "label": QLabel,
    "button": QPushButton,
    "tool button": tool,
    "check box": QCheckBox,
    "combo": combo,
    "placeholder": placeholder,
    "tab": tab,
    "title of a box": box,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_text_that_has_room_is_whole(page, kind):
    put(page, MAKERS[kind](LONG), width=400, height=40)
    assert cut_texts(shown(page)) == []


@pytest.mark.parametrize("kind", MAKERS)
def test_a_text_without_room_is_cut(page, kind):
    put(page, MAKERS[kind](LONG), width=90, height=40)
    assert any(finding.text == LONG for finding in cut_texts(shown(page)))


def test_a_tab_behind_the_arrows_of_a_narrow_bar_is_cut(page):
    bar = tab(LONG)
    bar.setUsesScrollButtons(True)
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    put(page, bar, width=220)
    assert {finding.text for finding in cut_texts(shown(page))} == {LONG}
    bar.resize(400, 30)
    assert cut_texts(Screen(page)) == []


def test_the_head_of_a_column_is_cut_where_the_column_is_narrow(page):
    narrow = put(page, table(LONG), width=400, height=100)
    narrow.setColumnWidth(0, 60)
    assert [finding.text for finding in cut_texts(shown(page))] == [LONG]
    narrow.setColumnWidth(0, 300)
    assert cut_texts(Screen(page)) == []


def test_a_cell_may_leave_out_its_end_where_a_tool_tip_says_it(page):
    cells = put(page, table("Run"), width=400, height=100)
    item = QTableWidgetItem(LONG)
    cells.setItem(0, 0, item)
    cells.setColumnWidth(0, 60)
    assert [finding.text for finding in cut_texts(shown(page))] == [LONG]
    item.setToolTip(LONG)
    cells.setColumnWidth(0, 80)
    assert cut_texts(Screen(page)) == []


def test_lines_that_wrap_need_height(page):
    label = put(page, wrapped(LONG), width=120, height=60)
    assert cut_texts(shown(page)) == []
    label.resize(120, 20)
    assert [finding.text for finding in cut_texts(Screen(page))] == [LONG]


def test_a_label_that_gives_way_is_whole_enough_with_its_tool_tip_and_not_without(page):
    label = put(page, ElidedLabel(), width=100)
    label.show_text(LONG)
    assert cut_texts(shown(page)) == []
    label.setToolTip("")
    assert [finding.text for finding in cut_texts(Screen(page))] == [LONG]
    label.resize(160, 30)  # more than half
    assert cut_texts(Screen(page)) == []
    label.resize(20, 30)  # nothing, not even the dots
    assert label.text() == ""
    assert [finding.text for finding in cut_texts(Screen(page))] == [LONG]
    label.setToolTip(LONG)
    assert cut_texts(Screen(page)) == []


def test_a_number_in_a_field_has_to_fit_and_what_is_typed_scrolls(page):
    field = put(page, QSpinBox(), width=60, height=30)
    field.setMaximum(10**9)
    field.setValue(123456789)
    put(page, QLineEdit(LONG), width=60, height=30, y=60)
    assert [finding.text for finding in cut_texts(shown(page))] == ["123456789"]


class Painted(QWidget):
    """Paints texts into rectangles, in 14 pixels."""

    def __init__(self, *texts: tuple[str, QRectF], colour: str = "#000000", size: int = 14, kept: bool = False) -> None:
        super().__init__()
        self.texts, self.colour, self.size_, self.kept = texts, colour, size, kept
        self.base: QPixmap | None = None

    def write(self, painter: QPainter) -> None:
        font = QFont()
        font.setPixelSize(self.size_)
        painter.setFont(font)
        painter.setPen(QColor(self.colour))
        for text, room in self.texts:
            draw_text(painter, room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        if not self.kept:
            self.write(painter)
            return
        base = QPixmap(self.size())
        base.fill(Qt.GlobalColor.transparent)
        inner = QPainter(base)
        self.write(inner)
        inner.end()
        painter.drawPixmap(QPointF(0, 0), base)


@pytest.mark.parametrize("kept", [False, True], ids=["painted at once", "painted on a picture first"])
def test_a_painted_text_is_cut_where_its_rectangle_or_its_widget_ends(page, kept):
    fits, narrow, beyond = QRectF(0, 0, 300, 20), QRectF(0, 40, 40, 20), QRectF(250, 80, 200, 20)
    put(page, Painted((LONG, fits), ("in a narrow place", narrow), ("beyond the edge", beyond), kept=kept), height=200)
    assert [finding.text for finding in cut_texts(shown(page))] == ["in a narrow place", "beyond the edge"]


@pytest.mark.parametrize("kept", [False, True], ids=["painted at once", "painted on a picture first"])
def test_painted_texts_overlap_where_their_letters_meet(page, kept):
    first, second, apart = QRectF(0, 0, 200, 20), QRectF(30, 6, 200, 20), QRectF(0, 60, 200, 20)
    put(page, Painted(("first words", first), ("second", second), ("apart", apart), kept=kept), height=200)
    (found,) = overlaps(shown(page))
    assert (found.text, "second" in found.note) == ("first words", True)


def test_a_painted_text_that_can_be_scrolled_to_is_whole(page):
    area = put(page, QScrollArea(), width=100, height=60)
    painted = Painted((LONG, QRectF(0, 0, 300, 20)))
    painted.resize(300, 30)
    area.setWidget(painted)
    assert cut_texts(shown(page)) == []


def test_a_label_over_a_painted_text_overlaps_it_only_where_both_can_be_seen(page):
    put(page, Painted(("under the label", QRectF(0, 0, 200, 20))), height=100)
    see_through = put(page, QLabel("above it"), x=20)
    assert [finding.kind for finding in overlaps(shown(page))] == ["overlap", "overlap"]
    see_through.move(20, 150)
    assert overlaps(Screen(page)) == []


def test_what_floats_may_lie_over_anything(page):
    put(page, Painted(("under the message", QRectF(0, 0, 200, 20))), height=100)
    message = put(page, QWidget(), width=250, height=60)
    message.setProperty("floating", True)
    message.setAutoFillBackground(True)
    put(message, QLabel("Training finished"), width=200, height=20, x=0, y=0)
    assert overlaps(shown(page)) == []


def test_siblings_that_lie_over_one_another_are_found(page):
    put(page, QPushButton("One"), width=100)
    put(page, QPushButton("Two"), width=100, x=90)
    put(page, QPushButton("Three"), width=100, x=200)
    assert [finding.kind for finding in overlaps(shown(page))] == ["overlap"]


def test_a_control_beyond_the_window_is_outside_and_a_hidden_one_is_not(page):
    button = put(page, QPushButton("Train"), x=560, width=100)
    page.show()
    (found,) = outside(page)
    assert "right" in found.note
    button.hide()
    assert outside(page) == []


def test_a_control_behind_the_edge_of_what_holds_it_is_outside(page):
    part = put(page, QWidget(), width=100, height=20)
    put(part, QPushButton("Train"), x=0, y=0, width=90, height=40)
    page.show()
    (found,) = outside(page)
    assert "down" in found.note


def test_a_control_without_room_is_outside(page):
    put(page, QPushButton("Train"), width=2)
    page.show()
    (found,) = outside(page)
    assert "2 x 30" in found.note


@pytest.mark.parametrize("scrolls", [True, False], ids=["with a scroll bar", "without"])
def test_what_can_be_scrolled_to_is_inside(page, scrolls):
    area = put(page, QScrollArea(), width=200, height=100)
    inner = QWidget()
    column = QVBoxLayout(inner)
    for number in range(12):
        column.addWidget(QPushButton(f"Button {number}"))
    area.setWidgetResizable(True)
    area.setWidget(inner)
    if not scrolls:
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.show()
    assert bool(outside(page)) != scrolls


@pytest.mark.parametrize("rows", [2, 20])
def test_a_list_that_scrolls_within_a_page_that_scrolls_is_nested(page, rows):
    area, inside, inner, content = QScrollArea(page), QWidget(), QScrollArea(), QWidget()
    content.resize(40, 20 * rows)
    inner.setWidget(content)
    inner.setParent(inside)
    inner.setGeometry(0, 0, 100, 120)
    inside.resize(150, 500)
    area.setWidget(inside)
    area.setGeometry(0, 0, 200, 200)
    area.show()
    page.grab()
    assert [each.kind for each in nested(page)] == (["nested"] if rows == 20 else [])


@pytest.mark.parametrize("columns", [2, 20])
def test_a_table_whose_last_columns_are_out_of_sight_is_wide(page, columns):
    table = put(page, QTableWidget(1, columns), width=400, height=100)
    table.show()
    page.grab()
    assert [each.kind for each in wide_tables(page)] == (["wide"] if columns == 20 else [])


def test_a_segmented_group_a_table_a_field_and_a_painted_grid_count_one_each(page):
    row = QHBoxLayout(page)
    group = QButtonGroup(page)
    for name in ("Numbers", "Formula", "Code"):
        button = QPushButton(name)
        button.setCheckable(True)
        group.addButton(button)
        row.addWidget(button)
    segmented = QWidget()
    segmented.setProperty("segmented", True)
    inner = QHBoxLayout(segmented)
    for name in ("Steps", "Epochs"):
        inner.addWidget(tool(name))
    grid = Painted(("0.5", QRectF(0, 0, 40, 20)))
    grid.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    hidden = QPushButton("hidden")
    tabs = QTabBar()
    tabs.addTab("a")
    tabs.addTab("b")
    rows = QWidget()
    rows.setProperty("grid", True)
    inner = QHBoxLayout(rows)
    inner.addWidget(QSpinBox())
    inner.addWidget(QPushButton("Remove"))
    for widget in (
        rows, segmented, QTableWidget(3, 3), QSpinBox(), combo("a"), QSlider(), QPlainTextEdit(), grid, tabs, QLabel("a"), hidden
    ):  # fmt: skip
        row.addWidget(widget)
    hidden.hide()
    page.show()
    assert len(controls_on(page)) == 10


@pytest.mark.parametrize(("workspace", "most"), [("explore", 12), ("train", 18)])
def test_a_stage_with_more_controls_than_the_design_allows_is_crowded(page, workspace, most):
    column = QVBoxLayout(page)
    for number in range(most):
        column.addWidget(QPushButton(str(number)))
    page.show()
    assert crowded(page, workspace) == []
    one_more = QCheckBox("one more")
    column.addWidget(one_more)
    one_more.show()
    (found,) = crowded(page, workspace)
    assert found.note.startswith(f"{most + 1} controls")


def test_contrast_is_that_of_wcag():
    black, white, grey = (np.array([[value] * 3]) for value in (0, 255, 118))
    assert ratio_of(black, white)[0] == pytest.approx(21)
    assert ratio_of(white, white)[0] == pytest.approx(1)
    assert ratio_of(grey, white)[0] == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "size", "wrong"),
    [("#767676", 14, False), ("#888888", 14, True), ("#888888", 26, False), ("#aaaaaa", 26, True)],
    ids=["enough", "too little", "enough for large type", "too little for large type"],
)
def test_letters_have_to_stand_out_large_ones_less(page, colour, size, wrong):
    label = put(page, QLabel("Accuracy"), width=300, height=50)
    label.setStyleSheet(f"color: {colour}; background: #ffffff; font-size: {size}px;")
    put(page, Painted(("Accuracy", QRectF(0, 0, 300, 50)), colour=colour, size=size), height=60, y=100)
    assert [finding.kind for finding in contrast(shown(page))] == ["contrast", "contrast"] * wrong


def test_letters_under_a_veil_are_measured_as_they_look(page):
    class Veiled(Painted):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QPainter(self).fillRect(self.rect(), QColor(255, 255, 255, 200))

    put(page, Veiled(("Accuracy", QRectF(0, 0, 200, 30))), height=60)
    assert [finding.kind for finding in contrast(shown(page))] == ["contrast"]


def test_symbols_and_what_cannot_be_used_need_not_stand_out(page):
    for place, (text, usable) in enumerate([("→", True), ("Train", False)]):
        label = put(page, QLabel(text), y=40 * place)
        label.setStyleSheet("color: #dddddd; background: #ffffff;")
        label.setEnabled(usable)
    assert contrast(shown(page)) == []


def test_labels_have_12_pixels_and_numbers_to_be_read_13(page):
    for place, (text, size) in enumerate([("label", 12), ("small", 11), ("0.25", 13), ("0.75", 12), ("98 %", 12)]):
        put(page, Painted((text, QRectF(0, 0, 200, 30)), size=size), y=50 * place)
    assert [finding.text for finding in small_type(shown(page))] == ["small", "0.75", "98 %"]


def test_a_text_at_a_point_is_measured_too(page):
    class AtAPoint(Painted):
        def write(self, painter: QPainter) -> None:
            draw_text_at(painter, QPointF(250, 20), "beyond the edge")

    put(page, AtAPoint())
    assert [finding.text for finding in cut_texts(shown(page))] == ["beyond the edge"]


def plot(size: int) -> NumberPlot:
    made = NumberPlot()
    font = QFont()
    font.setPixelSize(size)
    made.set_axes_look(LIGHT, font)
    made.set_labels("Loss", "Step")
    made.view.setRange(xRange=(0, 100), yRange=(0, 2), padding=0)
    return made


@pytest.mark.parametrize(("size", "small"), [(12, False), (9, True)])
def test_the_numbers_of_a_plot_s_axes_are_labels_and_its_titles_too(page, size, small):
    put(page, plot(size), width=400, height=250)
    screen = shown(page)
    assert {"Loss", "Step", "1.0"} <= {text.text for text in screen.texts}
    assert cut_texts(screen) == overlaps(screen) == contrast(screen) == []
    assert bool(small_type(screen)) == small


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Text of twice its usual size."""
    before = text_pixels()
    use_text_pixels(26)
    yield
    use_text_pixels(before)


@pytest.mark.usefixtures("large_text")
def test_an_icon_that_stays_small_beside_large_text_is_found_and_one_that_grows_is_not(page):
    show_icon(put(page, QPushButton("grows")), "close")
    stays = put(page, QPushButton("stays"), y=60)
    stays.setObjectName("stays")
    stays.setIcon(icon("close", size=32))
    stays.setIconSize(QSize(16, 16))
    menus = [QMenu(page), QMenu(page)]
    for menu in menus:
        show_icon(menu.addAction("action"), "close")
    fit_icons(menus[0])
    menus[1].setObjectName("menu")
    found = small_icons(shown(page).widget)
    assert [(finding.kind, finding.where) for finding in found] == [("small", "stays"), ("small", "menu")]
    assert "16 pixels" in found[0].note


@pytest.mark.usefixtures("large_text")
def test_an_icon_without_a_picture_as_large_as_its_button_asks_for_is_found(page):
    button = put(page, QPushButton("tiny"))
    button.setIcon(QIcon(QPixmap(10, 10)))
    button.setIconSize(QSize(32, 32))
    assert "10 pixels" in small_icons(shown(page).widget)[0].note
