"""A segmented control: one of a few words is chosen, by mouse and by key, and none is ever cut."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cnnviewer.ui.widgets.segmented import Segmented


class Home(QWidget):
    """A window with the control, and a button beside it that takes the focus."""

    def __init__(self):
        super().__init__()
        self.control = Segmented()
        for key in ("network", "layer", "number"):
            self.control.add(key, key.title(), f"Show the {key}")
        self.beside = QPushButton("beside")
        row = QHBoxLayout(self)
        row.addWidget(self.control)
        row.addWidget(self.beside)


@pytest.fixture
def home(qtbot):
    window = Home()
    qtbot.addWidget(window)
    window.resize(600, 80)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def chosen(home):
    """The keys of which the control told."""
    keys = []
    home.control.chosen.connect(keys.append)
    return keys


def test_the_first_segment_is_chosen_until_another_one_is(home):
    assert home.control.current == "network"
    assert home.control.button("network").isChecked()


def test_a_click_chooses_and_is_told_once(home, chosen, qtbot):
    for _ in range(2):
        qtbot.mouseClick(home.control.button("number"), Qt.MouseButton.LeftButton)
    assert home.control.current == "number"
    assert chosen == ["number"]
    assert not home.control.button("network").isChecked()


def test_what_is_set_by_the_program_is_not_told(home, chosen):
    home.control.set_current("layer")
    assert (home.control.current, chosen) == ("layer", [])


def test_an_unknown_key_is_refused(home):
    with pytest.raises(KeyError):
        home.control.set_current("nowhere")
    assert home.control.current == "network"


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, "network", "layer"),
        (Qt.Key.Key_Left, "number", "layer"),
        (Qt.Key.Key_End, "network", "number"),
        (Qt.Key.Key_Home, "number", "network"),
        (Qt.Key.Key_Right, "number", "number"),
    ],
    ids=["right", "left", "end", "home", "right at the end"],
)
def test_keys_choose(home, qtbot, key, start, end):
    home.control.set_current(start)
    home.control.button(start).setFocus()
    qtbot.keyClick(home.control.button(start), key)
    assert home.control.current == end
    assert home.control.button(end).hasFocus()


def test_tab_stops_once(home, qtbot):
    home.control.set_current("layer")
    home.control.button("layer").setFocus()
    qtbot.keyClick(home.control.button("layer"), Qt.Key.Key_Tab)
    assert home.beside.hasFocus()


def test_what_is_not_offered_says_why_and_is_passed_over(home, chosen, qtbot):
    home.control.set_offered("layer", False, "No layer is selected.")
    button = home.control.button("layer")
    assert button.toolTip() == "No layer is selected."
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    home.control.button("network").setFocus()
    qtbot.keyClick(home.control.button("network"), Qt.Key.Key_Right)
    assert chosen == ["number"]
    home.control.set_offered("layer", True)
    assert button.toolTip() == "Show the layer"


def test_a_focused_segment_that_is_no_longer_offered_hands_the_focus_to_the_chosen_one(home, chosen):
    home.control.button("number").setFocus()
    home.control.set_offered("number", False)
    assert home.control.button("network").hasFocus()
    assert chosen == []


def test_new_texts_are_shown_and_told_to_readers_of_the_screen(home):
    home.control.set_texts({"layer": ("층", "층 하나를 크게 표시합니다")})
    button = home.control.button("layer")
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("층", "층", "층 하나를 크게 표시합니다")


def test_nothing_moves_when_another_segment_is_chosen(home, qtbot):
    def places():
        return [home.control.button(key).geometry() for key in home.control.keys]

    before = places()
    home.control.set_current("number")
    qtbot.waitUntil(lambda: places() == before)
    assert home.control.sizeHint() == home.control.sizeHint()


def test_every_word_has_room(home):
    for key in home.control.keys:
        button = home.control.button(key)
        assert QFontMetrics(button.font()).horizontalAdvance(button.text()) <= button.width() - 20


def test_a_row_without_room_folds_into_a_button_with_a_menu(home, chosen, qtbot):
    control = home.control
    control.setMaximumWidth(control.minimumSizeHint().width())
    qtbot.waitUntil(lambda: control.folded)
    button = control.findChild(QWidget, "segmentedFolded")
    assert button.text() == "Network ▾"
    assert not control.button("layer").isVisible()
    control.set_offered("layer", False, "No layer is selected.")
    button.menu().aboutToShow.emit()
    assert [(action.text(), action.isEnabled()) for action in button.menu().actions()] == [
        ("Network", True),
        ("Layer", False),
        ("Number", True),
    ]
    button.menu().actions()[2].trigger()
    assert (control.current, chosen, button.text()) == ("number", ["number"], "Number ▾")
    control.setMaximumWidth(1000)
    qtbot.waitUntil(lambda: not control.folded)
    assert control.button("layer").isVisible()


def test_the_focus_stays_in_the_control_when_it_folds_and_unfolds(home, qtbot):
    control = home.control
    control.button("network").setFocus()
    control.setMaximumWidth(control.minimumSizeHint().width())
    qtbot.waitUntil(lambda: control.folded)
    assert control.findChild(QWidget, "segmentedFolded").hasFocus()
    control.setMaximumWidth(1000)
    qtbot.waitUntil(lambda: not control.folded)
    assert control.button("network").hasFocus()


def test_wider_words_fold_it_too(home, qtbot):
    control = home.control
    control.setMaximumWidth(control.sizeHint().width())
    control.set_texts({"layer": ("A layer with a very long word for it", "One layer, large")})
    qtbot.waitUntil(lambda: control.folded)


def test_a_row_that_folds_and_unfolds_at_once_shows_its_words(qtbot):
    row = Segmented()
    qtbot.addWidget(row)
    for key in ("network", "layer", "number"):
        row.add(key, key.title())
    row.show()
    for key in ("layer", "number", "network"):
        row.set_current(key)
        row.setFixedWidth(row.sizeHint().width() - 1)
        qtbot.wait(0)
        row.setFixedWidth(row.sizeHint().width())
        qtbot.wait(0)
        assert row.folded != row.button(key).isVisible()


class WidenedWhen(QObject):
    """Gives a row another width at the moment at which a segment is shown or hidden, as a splitter does."""

    def __init__(self, row, moment, width):
        super().__init__(row)
        self.row, self.moment, self.width = row, moment, width

    def eventFilter(self, watched, event):
        if event.type() == self.moment:
            watched.removeEventFilter(self)
            self.row.setFixedWidth(self.width)
        return False


@pytest.mark.parametrize("place", ["network", "layer", "number"])
@pytest.mark.parametrize("begins_folded", [True, False])
def test_a_row_whose_width_changes_while_it_folds_is_either_folded_or_not(home, place, begins_folded):
    control = home.control
    narrow, wide = control.minimumSizeHint().width(), control.sizeHint().width()
    first, second = (narrow, wide) if begins_folded else (wide, narrow)
    control.setFixedWidth(first)
    moment = QEvent.Type.Show if begins_folded else QEvent.Type.Hide
    control.button(place).installEventFilter(WidenedWhen(control, moment, first))
    control.setFixedWidth(second)
    assert {control.button(key).isHidden() for key in control.keys} == {control.folded}


def test_a_folded_row_is_as_high_as_its_words_after_the_text_has_another_size(home, qtbot):
    control = home.control
    control.setMaximumWidth(control.minimumSizeHint().width())
    qtbot.waitUntil(lambda: control.folded)
    segments, usual = [control.button(key) for key in control.keys], control.height()
    for size in (30, 13):
        for segment in (control.findChild(QWidget, "segmentedFolded"), *segments):  # as with a style sheet: one by one
            font = segment.font()
            font.setPixelSize(size)
            segment.setFont(font)
        qtbot.waitUntil(lambda size=size: (control.height() > usual + 10) == (size == 30))
