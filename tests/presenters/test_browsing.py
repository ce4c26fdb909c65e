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
    forgotten = desk.looking.count("forget_sample")
    desk.session.set_data(spilled(data))
    assert desk.browser.last("select") == 7
    assert desk.looking.count("forget_sample") == forgotten


def test_another_data_set_forgets_the_image(desk: Desk) -> None:
    desk.session.set_data(tiny(GREY))
    desk.browser.sample_selected.emit(7)
    forgotten = desk.looking.count("forget_sample")
    desk.session.set_data(tiny(GREY, seed=1))
    assert desk.looking.count("forget_sample") == forgotten + 1
    assert desk.browser.count("select") == 0
