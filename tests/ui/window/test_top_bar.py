"""The top bar: workspaces at the left, what is on the screen in the middle, text size and a menu at the right."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.context import Context
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import LIGHT, style_sheet
from cnnviewer.ui.window.frame import WORKSPACES
from cnnviewer.ui.window.top_bar import TopBar


class Home(QWidget):
    """A window with the bar at its top."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = TopBar()
        self.bar.chip.set_context(Context("LeNet", "MNIST", "bundled", accuracy=0.9947))
        self.bar.set_more_actions([QAction("Preferences…", self), None, QAction("Help", self)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addStretch(1)


@pytest.fixture
def home(qtbot: QtBot) -> Home:
    home = Home()
    qtbot.addWidget(home)
    home.resize(1366, 300)
    home.show()
    qtbot.waitExposed(home)
    return home


@pytest.fixture
def bar(home: Home) -> TopBar:
    return home.bar


def button(bar: TopBar, name: str) -> QToolButton:
    found = bar.findChild(QToolButton, name)
    assert isinstance(found, QToolButton), name
    return found


@pytest.mark.parametrize(("number", "name"), list(enumerate(WORKSPACES, 1)))
def test_a_click_asks_for_a_workspace_and_its_tool_tip_has_the_shortcut(
    bar: TopBar, qtbot: QtBot, number: int, name: str
) -> None:
    bar.set_workspace("explore" if name != "explore" else "train")
    segment = button(bar, f"workspace-{name}")
    assert f"Ctrl+{number}" in segment.toolTip()
    with qtbot.waitSignal(bar.workspace_requested) as asked:
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert asked.args == [name]


def test_the_workspace_shown_is_marked_without_being_asked_for(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.workspace_requested):
        bar.set_workspace("evaluate")
    assert button(bar, "workspace-evaluate").isChecked()


def test_the_arrow_keys_walk_the_workspaces(bar: TopBar, qtbot: QtBot) -> None:
    button(bar, "workspace-explore").setFocus()
    with qtbot.waitSignal(bar.workspace_requested) as asked:
        qtbot.keyClick(button(bar, "workspace-explore"), Qt.Key.Key_Right)
    assert asked.args == ["train"]


def test_tab_stops_at_switch_chip_text_size_and_menu_and_nowhere_else(bar: TopBar, qtbot: QtBot) -> None:
    button(bar, "workspace-explore").setFocus()
    stops = []
    for _ in range(5):
        focus = QApplication.focusWidget()
        assert focus is not None
        stops.append(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert stops == ["workspace-explore", "contextChip", "textSmallerButton", "textLargerButton", "moreButton"]


def test_every_stop_of_tab_has_a_ring_and_a_name(bar: TopBar) -> None:
    bar.window().setStyleSheet(style_sheet(LIGHT))
    for name in ("workspace-explore", "contextChip", "textSmallerButton", "textLargerButton", "moreButton"):
        widget = bar.findChild(QWidget, name)
        assert isinstance(widget, QWidget)
        widget.clearFocus()
        before = widget.grab().toImage()
        widget.setFocus()
        assert widget.grab().toImage() != before, name
        assert widget.accessibleName()
        assert widget.toolTip()


def test_the_text_size_is_asked_for(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.text_smaller_requested):
        qtbot.mouseClick(button(bar, "textSmallerButton"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.text_larger_requested):
        qtbot.mouseClick(button(bar, "textLargerButton"), Qt.MouseButton.LeftButton)


def test_a_size_that_text_cannot_have_says_so_before_the_click(bar: TopBar) -> None:
    bar.set_sizes(smaller=False, larger=True)
    assert not button(bar, "textSmallerButton").isEnabled()
    assert "as small as can be read" in button(bar, "textSmallerButton").toolTip()
    assert button(bar, "textLargerButton").isEnabled()


def test_the_menu_has_what_it_was_given_and_is_gone_when_that_is_nothing(bar: TopBar) -> None:
    more = button(bar, "moreButton")
    assert [action.text() for action in more.menu().actions()] == ["Preferences…", "", "Help"]
    bar.set_more_actions([])
    assert not more.isVisible()


def inside(bar: TopBar) -> bool:
    """Whether everything that is shown has the room it asks for, within the bar and beside one another."""
    shown = [child for child in bar.findChildren(QWidget) if child.isVisible() and child.parent() is bar]
    shown.sort(key=lambda child: child.x())
    apart = all(a.geometry().right() < b.geometry().left() for a, b in pairwise(shown))
    roomy = all(child.width() >= child.minimumSizeHint().width() for child in shown)
    return apart and roomy and all(bar.rect().contains(child.geometry()) for child in shown)


@pytest.mark.parametrize("width", [1100, 1366, 1920])
def test_nothing_is_cut_and_the_switch_is_whole(bar: TopBar, qtbot: QtBot, width: int) -> None:
    bar.window().resize(width, 300)
    qtbot.waitUntil(lambda: bar.width() == width and inside(bar))
    assert button(bar, "workspace-sandbox").isVisible()
    assert bar.height() == 48


def test_long_names_give_way_before_the_switch_does(bar: TopBar, qtbot: QtBot) -> None:
    bar.chip.set_context(Context("A model of a very long name", "A long data set", "file", name="x" * 60))
    bar.window().resize(1100, 300)
    qtbot.waitUntil(lambda: bar.width() == 1100 and inside(bar))
    assert button(bar, "workspace-sandbox").isVisible()


@pytest.fixture
def text_size(qapp: QApplication) -> Iterator[None]:
    """Text of the usual size before and after."""
    before = text_pixels()
    use_text_pixels(13)
    yield
    use_text_pixels(before)


@pytest.mark.usefixtures("text_size")
def test_with_twice_the_text_size_the_switch_folds_into_a_menu(bar: TopBar, qtbot: QtBot) -> None:
    bar.window().resize(1100, 300)
    use_text_pixels(26)
    qtbot.waitUntil(lambda: not button(bar, "workspace-sandbox").isVisible() and inside(bar))
    folded = button(bar, "segmentedFolded")
    folded.menu().aboutToShow.emit()
    with qtbot.waitSignal(bar.workspace_requested) as asked:
        folded.menu().actions()[4].trigger()
    assert asked.args == ["build"]
    use_text_pixels(13)
    qtbot.waitUntil(lambda: button(bar, "workspace-sandbox").isVisible() and inside(bar))


@pytest.mark.usefixtures("text_size")
def test_in_large_letters_the_chip_says_all_before_the_switch_is_whole(bar: TopBar, qtbot: QtBot) -> None:
    bar.window().resize(1920, 300)
    for pixels in range(13, 36, 2):
        use_text_pixels(pixels)
        chip = bar.chip
        qtbot.waitUntil(lambda chip=chip: chip.width() == chip.sizeHint().width() and inside(bar))  # type: ignore[misc]


@pytest.mark.usefixtures("text_size")
def test_large_text_makes_the_bar_higher_even_where_the_window_is_low(bar: TopBar, qtbot: QtBot) -> None:
    use_text_pixels(32)
    qtbot.waitUntil(lambda: bar.height() >= bar.chip.sizeHint().height() + 11)
    assert bar.minimumSizeHint().height() == bar.sizeHint().height() == bar.height()
    use_text_pixels(13)
    qtbot.waitUntil(lambda: bar.height() == 48)


@pytest.mark.usefixtures("text_size")
def test_icons_grow_with_the_text(qtbot: QtBot) -> None:
    made = QToolButton()
    qtbot.addWidget(made)
    GrowingSize(made, icon_size=16)
    assert made.iconSize().width() == 16
    use_text_pixels(26)
    qtbot.waitUntil(lambda: made.iconSize() == QSize(32, 32))
