"""Over a field that nobody works in, the wheel scrolls the panel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.calm import CalmCombo, CalmSlider, CalmTabBar, CalmTabs
from cnnviewer.ui.widgets.fields import real_number, whole_number


def combo() -> CalmCombo:
    made = CalmCombo()
    made.addItems(["a", "b", "c"])
    made.setCurrentIndex(1)
    return made


def slider() -> CalmSlider:
    made = CalmSlider(Qt.Orientation.Horizontal)
    made.setValue(50)
    return made


def tabs() -> QTabBar:
    made = CalmTabBar()
    for name in "abc":
        made.addTab(name)
    made.setCurrentIndex(1)
    return made


def of_qt() -> QTabBar:
    made = QTabBar()
    for name in "abc":
        made.addTab(name)
    made.setCurrentIndex(1)
    return made


def whole() -> QWidget:
    made = whole_number("whole", 0, 100)
    made.setValue(50)
    return made


def rate() -> QWidget:
    made = real_number("rate", 0.0, 100.0)
    made.setValue(0.5)
    return made


def value(field) -> object:
    return field.currentIndex() if isinstance(field, CalmCombo | QTabBar) else field.value()


def wheel_over(field: QWidget, notches: int) -> None:
    window = field.window()
    place = field.mapTo(window, field.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, 120 * notches))


@pytest.mark.parametrize("make", [combo, slider, tabs, of_qt, whole, rate])
def test_the_wheel_scrolls_the_page_and_changes_a_field_only_with_the_focus(make, qtbot: QtBot) -> None:
    field = make()
    page = QWidget()
    page.setMinimumHeight(900)
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addStretch(1)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(300, 300)
    tabs = CalmTabs(area)
    tabs.watch(area)
    area.show()
    area.setFocus()
    qtbot.waitExposed(area)
    before = value(field)
    wheel_over(field, -1)
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert value(field) == before
    assert not field.hasFocus()
    area.verticalScrollBar().setValue(0)
    area.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    wheel_over(field, -1)
    qtbot.waitUntil(lambda: value(field) != before)
    assert area.verticalScrollBar().value() == 0


def test_a_choice_keeps_its_data_and_no_name_makes_it_wide(qtbot: QtBot) -> None:
    combo = CalmCombo()
    qtbot.addWidget(combo)
    combo.addItem("", None)
    combo.addItem("x" * 200 + "\n\u202e", 7)
    combo.addItems(["a\nb"])
    assert [combo.itemData(row) for row in range(3)] == [None, 7, "a\nb"]
    assert [combo.itemText(row).isprintable() for row in range(3)] == [True, True, True]
    assert combo.minimumSizeHint().width() <= 32 * combo.fontMetrics().averageCharWidth()


def test_a_choice_needs_no_more_room_after_the_text_is_small_again(qtbot: QtBot) -> None:
    made = combo()
    qtbot.addWidget(made)
    font, usual = made.font(), made.minimumSizeHint()
    for size in (40, 13):
        font.setPixelSize(size)
        made.setFont(font)
        assert (made.minimumSizeHint().height() > usual.height() + 10) == (size == 40)
        assert (made.minimumSizeHint().width() > usual.width() + 10) == (size == 40)
