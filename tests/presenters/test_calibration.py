"""Calibration is measured of the weights on the screen, while its page is seen, and what is unfamiliar is told of the
user's own images alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.calibration import CalibrationPresenter
from cnnviewer.presenters.familiarity import FamiliarityPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import CalibrationView, UnfamiliarView
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY, tiny

DATA = tiny(GREY, 400, 120)
FACTS: dict[str, str | int | float] = {"dataset": GREY.key, "seed": 1, "validation_fraction": 0.25}


@dataclass
class Desk:
    session: Session
    inspection: Fake
    page: Fake
    side: Fake
    calibration: CalibrationPresenter
    familiarity: FamiliarityPresenter
    qtbot: QtBot

    def see(self) -> None:
        self.page.seen_changed.emit(True)

    def measured(self) -> Calibrated:
        self.qtbot.waitUntil(lambda: self.calibration.found is not None, timeout=30_000)
        assert self.calibration.found is not None
        return self.calibration.found

    def inspect(self, state: ModelState, place: str, image: np.ndarray | None) -> None:
        """An answer of the inspection for an image from some place."""
        inspector = Inspector.from_state(state)
        inspected = inspector.inspect(image)
        self.inspection.place = place
        self.inspection.answer = SimpleNamespace(
            inspection=inspected, state=state, architecture=inspector.architecture, untrained=False
        )
        self.inspection.inspected.emit()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, jobs = Session(), Jobs()
    inspection = fake(InspectionPresenter, answer=None, place="greeting")
    page, side = fake(CalibrationView), fake(UnfamiliarView)
    given = services(session, jobs)
    familiarity: Any = FamiliarityPresenter(given, inspection, side)
    calibration = CalibrationPresenter(given, inspection, familiarity, page)
    yield Desk(session, inspection, page, side, calibration, familiarity, qtbot)
    jobs.shut_down()


@pytest.fixture
def state() -> ModelState:
    return replace(untrained(MODELS["lenet"], GREY), provenance=FACTS)


def test_it_is_measured_when_the_page_is_seen_and_not_before(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    assert desk.page.calls == []
    desk.see()
    found = desk.measured()
    assert found.calibration.before.total == 120
    assert found.calibration.fitted_on in (0, 100)
    assert found.familiarity is not None
    assert found.familiarity.split == "validation"
    assert desk.page.last("set_calibrated")[0] is found
    assert desk.session.temperature_of(state) == found.calibration.fitted


def test_other_weights_are_measured_again_and_the_same_are_not(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.see()
    first = desk.measured()
    desk.page.seen_changed.emit(False)
    desk.see()
    assert desk.calibration.found is first
    desk.session.set_state(replace(state, provenance={**FACTS, "step": 2}))
    assert desk.calibration.found is None
    assert desk.measured() is not first


def test_with_muted_channels_another_threshold_is_found(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.see()
    first = desk.measured().familiarity
    desk.session.set_mutes((Mute("relu3", 0, "zero"), Mute("relu3", 1, "zero")))
    muted = desk.measured().familiarity
    assert first is not None
    assert muted is not None
    assert muted.threshold != first.threshold
    assert desk.session.familiarity_of(state) is first


def test_without_data_it_says_what_to_do(desk: Desk, state: ModelState) -> None:
    desk.session.set_state(state)
    desk.see()
    sentence, must_choose = desk.page.last("set_notice")
    assert "Choose a data set" in sentence
    assert must_choose, "a button leads there"


def test_what_is_cancelled_can_be_measured_again(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.see()
    desk.page.cancelled.emit()
    assert desk.page.last("set_notice")[1] is True
    desk.page.measure_requested.emit()
    desk.measured()


def test_what_is_unfamiliar_is_told_of_the_users_own_images_alone(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.see()
    known = desk.measured().familiarity
    assert known is not None
    strange = np.random.default_rng(0).random((1, 28, 28), np.float32)
    with_it = replace(state, familiarity=replace(known, threshold=-100.0))  # everything is above it
    desk.inspect(with_it, "draw", strange)
    assert desk.side.last("set_unfamiliar")[0] == 10
    for place in ("dataset", "greeting"):
        desk.inspect(with_it, place, strange)
        assert desk.side.last("set_unfamiliar") == 0
    desk.inspect(with_it, "file", strange)
    assert desk.side.last("set_unfamiliar")[0] == 10
    desk.inspect(with_it, "draw", None)  # an empty canvas
    assert desk.side.last("set_unfamiliar") == 0
    desk.inspect(replace(with_it, familiarity=replace(known, threshold=100.0)), "draw", strange)
    assert desk.side.last("set_unfamiliar")[0] == 0


def test_the_threshold_of_weights_that_keep_none_is_found_while_they_rest(desk: Desk, state: ModelState) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    image = DATA.test.images[0].numpy().astype(np.float32) / np.float32(255)
    desk.inspect(state, "draw", image)
    assert desk.side.last("set_unfamiliar") == 0
    desk.qtbot.waitUntil(lambda: desk.session.familiarity_of(state) is not None, timeout=30_000)
    other = replace(state, tensors=dict(state.tensors))
    assert desk.session.familiarity_of(other) is None


def test_what_was_not_found_with_one_data_set_is_looked_for_with_another(desk: Desk, state: ModelState) -> None:
    image = DATA.test.images[0].numpy().astype(np.float32) / np.float32(255)
    desk.session.set_data(replace(DATA, info=replace(GREY, key="another")))
    desk.familiarity.note(state, None)
    desk.inspect(state, "draw", image)
    assert desk.session.familiarity_of(state) is None
    desk.session.set_data(DATA)
    desk.qtbot.waitUntil(lambda: desk.session.familiarity_of(state) is not None, timeout=30_000)


def test_why_nothing_is_measured_is_said_once(desk: Desk, state: ModelState) -> None:
    desk.session.set_state(state)
    desk.see()
    for step in range(3):
        desk.session.set_state(replace(state, provenance={**FACTS, "step": step}))
    assert desk.page.count("set_notice") == 1
