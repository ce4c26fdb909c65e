"""The data set's images: chosen, and kept for as long as they are the same images."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.data import spill
from cnnviewer.core.data.spill import spilled
from cnnviewer.presenters.browsing import BrowsingPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.fakes import FakeBrowser, FakeView
from tests.small_data import GREY, tiny


@dataclass
class Desk:
    session: Session
    looking: FakeView
    browser: FakeBrowser
    browsing: BrowsingPresenter


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, looking, browser, jobs = Session(), FakeView(), FakeBrowser(), Jobs()
    yield Desk(session, looking, browser, BrowsingPresenter(session, looking, browser, jobs))
    jobs.shut_down()


def test_an_image_chosen_is_looked_at_with_its_label(desk: Desk) -> None:
    data = tiny(GREY)
    desk.session.set_data(data)
    desk.browser.sample_selected.emit(7)
    pixels, truth = desk.looking.last("show_sample")
    assert np.array_equal(pixels, data.test.images[7].numpy())
    assert truth == "7"


def test_the_image_chosen_stays_when_the_data_set_only_moves_out_of_memory(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    data = tiny(GREY)
    desk.session.set_data(data)
    desk.browser.sample_selected.emit(7)
    first = desk.looking.count("show_first_sample")
    desk.session.set_data(spilled(data))
    assert desk.browser.last("select") == 7
    assert desk.looking.count("show_first_sample") == first


def test_another_data_set_shows_its_first_image(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    other = tiny(GREY, seed=1)
    desk.session.set_data(other)
    pixels, truth = desk.looking.last("show_first_sample")
    assert np.array_equal(pixels, other.test.images[0].numpy())
    assert truth == GREY.classes[int(other.test.labels[0])]
    assert desk.browser.last("select") == 0


def test_the_data_set_of_the_launch_leaves_the_greeting(desk: Desk) -> None:
    desk.session.launching = True
    desk.session.set_data(tiny(GREY))
    assert desk.looking.count("show_first_sample") == 0
    assert desk.browser.count("select") == 0


def test_a_data_set_that_is_gone_or_refused_takes_no_image_away(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    shown = len(desk.looking.calls)
    desk.session.set_data(None)
    assert len(desk.browser.last("set_samples")[0]) == 0
    assert len(desk.looking.calls) == shown


def test_the_other_split_leaves_the_image_and_coming_back_marks_it(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    shown, marked = len(desk.looking.calls), desk.browser.count("select")
    desk.browser.split_requested.emit("train")
    assert desk.browser.count("select") == marked, "it is not one of the training images"
    desk.browser.split_requested.emit("test")
    assert desk.browser.last("select") == 7
    assert len(desk.looking.calls) == shown
