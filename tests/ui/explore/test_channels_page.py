"""The page Channels: a row a channel, that of the largest change first, with what belongs to it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.attribution.channel_records import Contributions, ContributionsRequest
from cnnviewer.ui.explore.why.channel_bars import drop_text
from cnnviewer.ui.explore.why.channels import ChannelsPage

DROPS = np.array([0.5, -2.0, 0.0, 1.25])
CLASSES = ("cat", "dog")


def found(against: int | None = None, together: float = 3.0) -> Contributions:
    return Contributions(ContributionsRequest("conv1", 1, against), 8.42, DROPS, together)


@pytest.fixture
def page(qtbot: QtBot) -> ChannelsPage:
    made = ChannelsPage()
    qtbot.addWidget(made)
    made.resize(420, 600)
    made.set_classes(CLASSES)
    made.set_layers(("conv1", "conv2"), "conv1")
    made.set_contributions(found())
    made.show()
    return made


def middle_of(page: ChannelsPage, place: int) -> QPoint:
    row = page.bars.cell_rect(place)
    return QPoint(60, round(row.center().y()))


def test_the_channel_whose_removal_changes_most_comes_first(page: ChannelsPage) -> None:
    assert page.bars.shown.tolist() == [1, 3, 0, 2]


def test_muted_channels_come_first_and_stay_in_sight(page: ChannelsPage) -> None:
    QTest.mouseClick(page.bars.viewport(), Qt.MouseButton.LeftButton, pos=page.bars.sign_rect(1).center().toPoint())
    page.set_muted({1})
    without = replace(found(), drops=np.array([0.6, 0.0, 0.1, 1.5]))  # nothing is lost any more without it
    page.set_contributions(without)
    assert page.bars.shown.tolist() == [1, 3, 0, 2]
    page.set_muted({1, 2})
    assert page.bars.shown.tolist() == [2, 1, 3, 0]
    page.set_muted(())
    assert page.bars.shown.tolist() == [3, 0, 2, 1]


@pytest.mark.parametrize(
    ("drop", "most", "words"),
    [
        (2.6381, 4.2, "+2.638"),
        (-0.1852, 4.2, "−0.185"),
        (0.0, 4.2, "0"),
        (-1.9e-06, 4.2, "≈0"),
        (1.9e-06, 2e-06, "+1.9e−06"),
    ],
)
def test_what_is_only_rounding_beside_the_largest_bar_is_no_number(drop: float, most: float, words: str) -> None:
    assert drop_text(drop, most) == words


def test_the_title_says_of_which_logit_and_which_layer(page: ChannelsPage) -> None:
    assert page.title.text() == "What the logit of dog (8.4200) loses without a channel of conv1"
    page.set_contributions(found(against=0))
    assert page.title.text() == "What logit dog minus logit cat (8.4200) loses without a channel of conv1"
    page.set_contributions(replace(found(), log_odds=True))
    assert page.title.text() == "What the log-odds of dog against cat (8.4200) lose without a channel of conv1"


@pytest.mark.parametrize(
    ("together", "begin"),
    [
        pytest.param(-0.25, "The bars add up: their sum is −0.2500", id="only linear operations behind"),
        pytest.param(3.0, "The bars do not add up: their sum is −0.2500, but", id="channels depend on one another"),
    ],
)
def test_it_says_whether_the_bars_add_up(page: ChannelsPage, together: float, begin: str) -> None:
    page.set_contributions(found(together=together))
    assert page.sums.text().startswith(begin)


def test_a_row_says_the_score_with_its_channel_and_without(page: ChannelsPage) -> None:
    assert page.bars.describe(1).startswith("Channel 1: 8.4200 with it, 10.420 without it.")


def test_a_click_on_a_row_opens_its_channel_and_one_on_the_sign_mutes_it(page: ChannelsPage) -> None:
    opened: list[int] = []
    muted: list[int] = []
    page.channel_opened.connect(opened.append)
    page.mute_toggled.connect(muted.append)
    QTest.mouseClick(page.bars.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(page, 1))
    sign = page.bars.sign_rect(0).center().toPoint()
    QTest.mouseClick(page.bars.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert (opened, muted) == ([3], [0])


def test_the_keys_walk_from_row_to_row_open_and_mute(page: ChannelsPage) -> None:
    opened: list[int] = []
    muted: list[int] = []
    pointed: list[object] = []
    page.channel_opened.connect(opened.append)
    page.mute_toggled.connect(muted.append)
    page.channel_hovered.connect(pointed.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_End, Qt.Key.Key_M):
        QTest.keyClick(page.bars, key)
    assert (opened, muted) == ([3], [2])
    assert pointed == [1, 3, 2]


def test_the_row_below_the_pointer_is_told(page: ChannelsPage, qtbot: QtBot) -> None:
    pointed: list[object] = []
    page.channel_hovered.connect(pointed.append)
    QTest.mouseMove(page.bars.viewport(), middle_of(page, 2))
    qtbot.waitUntil(lambda: pointed == [0])


def test_layer_and_what_stands_in_place_can_be_chosen(page: ChannelsPage) -> None:
    layers: list[str] = []
    hows: list[str] = []
    page.layer_chosen.connect(layers.append)
    page.how_chosen.connect(hows.append)
    page.layers.activated.emit(1)
    page.how.button("mean").click()
    assert (layers, hows) == (["conv2"], ["mean"])


def test_a_study_that_takes_long_waits_for_the_user(page: ChannelsPage) -> None:
    asked: list[bool] = []
    page.compute_requested.connect(lambda: asked.append(True))
    page.set_contributions(None)
    page.set_offered(True)
    assert page.compute_button.isVisible()
    page.compute_button.click()
    page.set_contributions(found())
    assert asked == [True]
    assert not page.compute_button.isVisible()


def test_a_problem_takes_the_place_of_the_rows(page: ChannelsPage) -> None:
    page.set_problem("This model has no layer whose channels can be removed.")
    assert page.bars.shown.tolist() == []
    assert not page.title.isVisible()


def test_where_there_is_little_height_the_list_scrolls_and_what_is_said_below_it_stays(
    page: ChannelsPage, qtbot: QtBot
) -> None:
    page.set_contributions(Contributions(ContributionsRequest("conv1", 1, None), 8.42, np.linspace(4.0, 1.0, 60), 3.0))
    page.resize(420, 320)
    page.show()
    qtbot.waitUntil(lambda: page.bars.verticalScrollBar().maximum() > 0)
    assert page.bars.geometry().bottom() < page.height()
    for key, row in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 59), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(page.bars, key)
        assert 0 <= middle_of(page, row).y() < page.bars.viewport().height()


def test_the_chosen_channel_stays_in_sight_when_it_is_let_through_again(page: ChannelsPage, qtbot: QtBot) -> None:
    """While it is muted nothing is lost without it: by size alone it would be the last."""
    request, drops = ContributionsRequest("conv1", 1, None), np.linspace(4.0, 1.0, 60)
    muted = np.concatenate([[0.0], drops[1:]])
    page.resize(420, 320)
    page.show()
    page.set_contributions(Contributions(request, 8.42, drops, 3.0))
    qtbot.waitUntil(lambda: page.bars.verticalScrollBar().maximum() > 0)
    QTest.keyClick(page.bars, Qt.Key.Key_Home)
    page.bars.set_muted({0})
    page.set_contributions(Contributions(request, 4.42, muted, 3.0))
    page.bars.set_muted(())
    page.set_contributions(Contributions(request, 8.42, drops, 3.0))
    assert page.bars.current == 0
    assert 0 <= middle_of(page, 0).y() < page.bars.viewport().height()
