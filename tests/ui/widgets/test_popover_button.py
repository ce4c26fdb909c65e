"""A button whose popover holds what is rarely used."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.popover_button import PopoverButton


def made(qtbot: QtBot) -> tuple[PopoverButton, QComboBox, QComboBox, QPushButton]:
    button, first, second, act = PopoverButton("popover"), QComboBox(), QComboBox(), QPushButton("Act")
    qtbot.addWidget(button)
    for combo in (first, second):
        combo.addItems(["one", "two"])
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.show()
    return button, first, second, act


def test_a_row_that_is_hidden_leaves_its_place(qtbot: QtBot) -> None:
    button, first, second, _ = made(qtbot)
    rows = button.add_row(PlainLabel(None, "First"), first), button.add_row(PlainLabel(None, "Second"), second)
    menu = button.menu()
    menu.popup(QPoint(0, 0))
    high = menu.height()
    menu.close()
    rows[0].show_row(False)
    menu.popup(QPoint(0, 0))
    assert menu.height() < high
    assert not first.isVisible()
    assert second.isVisible()
    menu.close()


def test_the_arrow_keys_lead_from_field_to_field_and_a_button_closes_the_popover(qtbot: QtBot) -> None:
    button, first, second, act = made(qtbot)
    for field in (first, second, act):
        button.add_row(PlainLabel(None, "Row"), field)
    pressed: list[bool] = []
    act.clicked.connect(lambda: pressed.append(True))
    menu = button.menu()
    menu.popup(QPoint(0, 0))
    reached = []
    for _ in range(3):
        QTest.keyClick(menu.focusWidget() or menu, Qt.Key.Key_Tab)
        reached.append(menu.focusWidget())
    assert reached == [first, second, act]
    act.click()
    assert pressed == [True]
    assert not menu.isVisible()


def test_shorter_words_stand_where_the_whole_has_no_room(qtbot: QtBot) -> None:
    button, *_ = made(qtbot)
    button.show_words("From 6 to any other, many steps", "6 → any other")
    whole = button.sizeHint().width()
    for width, words in ((whole - 1, "6 → any other ▾"), (whole, "From 6 to any other, many steps ▾")) * 2:
        button.resize(width, 24)
        assert button.text() == words
        assert button.sizeHint().width() == whole, "room for the whole is asked for"
    assert button.accessibleName() == "From 6 to any other, many steps"
    button.show_words("Changed picture")
    assert button.text() == "Changed picture ▾"
