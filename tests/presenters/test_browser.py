"""The data set's images: chosen, and kept for as long as they are the same images."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.data import memory_map as spill
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.memory_map import memory_mapped
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.browser import BrowserPresenter
from cnnviewer.presenters.inspection import InputBefore, InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import Browser
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import COLOUR, GREY, tiny


@dataclass
class Desk:
    session: Session
    inspection_presenter: Fake
    browser: Fake
    browsing: BrowserPresenter


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, inspection_presenter, browser, jobs = (
        Session(),
        fake(InspectionPresenter, place="dataset", shows_sample=True),
        fake(Browser),
        Jobs(),
    )
    yield Desk(
        session, inspection_presenter, browser, BrowserPresenter(services(session, jobs), inspection_presenter, browser)
    )
    jobs.shut_down()


def test_an_image_chosen_is_looked_at_with_its_label(desk: Desk) -> None:
    data = tiny(GREY)
    desk.session.set_data(data)
    desk.browser.sample_selected.emit(7)
    pixels, truth = desk.inspection_presenter.last("show_sample")
    assert np.array_equal(pixels, data.test.images[7].numpy())
    assert truth == "7"


def test_the_image_chosen_stays_when_the_data_set_only_moves_out_of_memory(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    data = tiny(GREY)
    desk.session.set_data(data)
    desk.browser.sample_selected.emit(7)
    first = desk.inspection_presenter.count("show_first_sample")
    desk.session.set_data(memory_mapped(data))
    assert desk.browser.last("select") == 7
    assert desk.inspection_presenter.count("show_first_sample") == first


def test_another_data_set_shows_its_first_image(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    other = tiny(GREY, seed=1)
    desk.session.set_data(other)
    pixels, truth = desk.inspection_presenter.last("show_first_sample")
    assert np.array_equal(pixels, other.test.images[0].numpy())
    assert truth == GREY.classes[int(other.test.labels[0])]
    assert desk.browser.last("select") == 0


@pytest.mark.parametrize(
    ("place", "info", "stays"),
    [("draw", GREY, True), ("draw", COLOUR, False), ("file", COLOUR, True), ("greeting", GREY, False)],
)
def test_ones_own_drawing_or_picture_outlives_another_data_set_that_it_fits(
    desk: Desk, place: str, info: DataInfo, stays: bool
) -> None:
    desk.session.set_data(tiny(GREY))
    before = desk.inspection_presenter.count("show_first_sample")
    desk.inspection_presenter.place = place
    desk.session.set_data(tiny(info, seed=1))
    assert desk.inspection_presenter.count("show_first_sample") == before + (not stays)


def test_the_data_set_of_the_launch_leaves_the_greeting(desk: Desk) -> None:
    desk.session.launching = True
    desk.session.set_data(tiny(GREY))
    assert desk.inspection_presenter.count("show_first_sample") == 0
    assert desk.browser.count("select") == 0


@pytest.mark.parametrize("arrives", [True, False], ids=["it is loaded", "it cannot be"])
def test_while_a_data_set_is_loaded_and_none_is_there_no_image_of_before_is_read(desk: Desk, arrives: bool) -> None:
    desk.inspection_presenter = desk.browsing._inspection_presenter = fake(
        InspectionPresenter, place="dataset", shows_sample=True, remember=BEFORE, source=None
    )
    desk.session.set_data(tiny(GREY))
    desk.session.set_loading(True)
    assert desk.inspection_presenter.count("await_sample") == 0, "that of before is there"
    desk.session.set_loading(False)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.session.set_data(None)
    desk.session.set_loading(True)
    assert desk.inspection_presenter.count("await_sample") == 0, "its images are read by these weights"
    desk.session.set_loading(False)
    desk.session.set_state(untrained(MODELS["simplecnn"], COLOUR))
    desk.session.set_loading(True)
    assert desk.inspection_presenter.count("await_sample") == 1
    assert desk.browser.last("set_loading") is True
    if arrives:
        desk.session.set_data(tiny(GREY, seed=1))
    desk.session.set_loading(False)
    assert desk.browser.last("set_loading") is False
    assert desk.inspection_presenter.last("show_again" if not arrives else "show_first_sample") is not None


def test_a_data_set_that_is_gone_or_refused_takes_no_image_away(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    shown = len(desk.inspection_presenter.calls)
    desk.session.set_data(None)
    assert len(desk.browser.last("set_samples")[0]) == 0
    assert len(desk.inspection_presenter.calls) == shown


def test_the_other_split_leaves_the_image_and_coming_back_marks_it(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    shown, marked = len(desk.inspection_presenter.calls), desk.browser.count("select")
    desk.browser.split_requested.emit("train")
    assert desk.browser.count("select") == marked, "it is not one of the training images"
    desk.browser.split_requested.emit("test")
    assert desk.browser.last("select") == 7
    assert len(desk.inspection_presenter.calls) == shown


# from elsewhere to a test image, and back


BEFORE = InputBefore("draw", None, "draw")


@pytest.fixture
def visited(qtbot: QtBot) -> Iterator[Desk]:
    """Somebody who drew, then chose image 7 beside the confusion matrix."""
    session, browser, jobs = Session(), fake(Browser), Jobs()
    inspection = fake(InspectionPresenter, place="dataset", shows_sample=True, remember=BEFORE)
    desk = Desk(session, inspection, browser, BrowserPresenter(services(session, jobs), inspection, browser))
    session.launching = True
    session.set_data(tiny(GREY))
    session.launching = False
    visit(desk, 7)
    yield desk
    jobs.shut_down()


def visit(desk: Desk, index: int) -> None:
    """Visit an image; a browser then says that it was chosen."""
    desk.browsing.visit(index)
    assert desk.browser.last("select") == index
    desk.browser.sample_selected.emit(index)


def test_an_image_visited_is_inspected_as_if_it_were_chosen_in_the_list(visited: Desk) -> None:
    assert visited.inspection_presenter.last("show_sample")[1] == "7"
    assert visited.browsing.inspected_test_image() == 7
    assert visited.browsing.place_before() == "draw"


def test_back_inspects_again_what_was_inspected_before_the_first_visit(visited: Desk) -> None:
    visit(visited, 9)
    assert visited.inspection_presenter.count("remember") == 1
    visited.browsing.go_back()
    assert visited.inspection_presenter.last("show_again") is BEFORE
    assert visited.browsing.place_before() == ""
    visited.browsing.go_back()
    assert visited.inspection_presenter.count("show_again") == 1


def test_back_leads_to_the_image_of_the_other_split_too(visited: Desk) -> None:
    visited.browsing.go_back()
    visited.browser.split_requested.emit("train")
    visited.browser.sample_selected.emit(3)
    assert visited.browsing.inspected_test_image() == -1
    visit(visited, 7)
    assert visited.browser.last("set_samples")[3] == "test"
    visited.browsing.go_back()
    assert visited.browser.last("set_samples")[3] == "train"
    assert visited.browser.last("select") == 3


def test_another_image_chosen_ends_the_visit(visited: Desk) -> None:
    visited.browser.sample_selected.emit(8)
    assert visited.browsing.place_before() == ""
    visited.browsing.go_back()
    assert visited.inspection_presenter.count("show_again") == 0


def test_another_data_set_ends_the_visit(visited: Desk) -> None:
    visited.session.set_data(tiny(GREY, seed=1))
    assert visited.browsing.place_before() == ""


def test_images_of_a_cell_are_listed_and_none_is_inspected(visited: Desk) -> None:
    inspected = visited.inspection_presenter.count("show_sample")
    visited.browsing.show_only(np.array([2, 5]), "True class 1")
    assert visited.browser.last("show_only")[0].tolist() == [2, 5]
    assert visited.inspection_presenter.count("show_sample") == inspected
