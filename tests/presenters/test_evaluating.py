"""The confusion matrix is that of the weights on the screen, worked out only while somebody sees it."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.inspection.confusion import Confusion
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.evaluating import EvaluatingPresenter
from cnnviewer.presenters.evaluating_work import Reading
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.fakes import FakeEvaluation, FakeView
from tests.small_data import COLOUR, GREY, tiny


class Looking(FakeView):
    signals = ("looked",)


class Context:
    def report(self, progress: object) -> None: ...

    def cancelled(self) -> bool:
        return False


@dataclass
class Desk:
    session: Session
    view: FakeEvaluation
    browsing: FakeView
    evaluating: EvaluatingPresenter


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As the program does: objects of Qt are collected in the main thread, never in one that reads."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, jobs, view, browsing = Session(), Jobs(), FakeEvaluation(), FakeView()
    evaluating = EvaluatingPresenter(session, jobs, Looking(), browsing, view)  # type: ignore[arg-type]
    yield Desk(session, view, browsing, evaluating)
    jobs.shut_down()


DATA = tiny(GREY, 40, 230)


def by_torch(state: ModelState) -> np.ndarray:
    """What PyTorch itself says: counts of (label, class read) over all test images."""
    model = from_state(state).eval()
    with torch.no_grad():
        read = model(normalise(DATA.test.images, GREY.mean, GREY.std)).argmax(1)
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (DATA.test.labels.numpy(), read.numpy()), 1)
    return counts


def shown(desk: Desk) -> list[Confusion]:
    return [values[0] for name, values in desk.view.calls if name == "set_confusion"]


def complete(desk: Desk, qtbot: QtBot) -> Confusion:
    qtbot.waitUntil(lambda: bool(shown(desk)) and shown(desk)[-1].complete)
    return shown(desk)[-1]


def test_the_table_is_what_pytorch_counts(desk: Desk, qtbot: QtBot) -> None:
    state = untrained("lenet", GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)  # type: ignore[attr-defined]
    assert np.array_equal(complete(desk, qtbot).counts, by_torch(state))


def test_nothing_is_read_while_nobody_looks(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(untrained("lenet", GREY))
    assert not desk.evaluating._newest.busy
    assert desk.view.calls == []


def test_another_moment_gives_its_own_table_and_the_first_one_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    torch.manual_seed(1)
    first = untrained("lenet", GREY)
    torch.manual_seed(2)
    second = untrained("lenet", GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(first)
    desk.view.seen_changed.emit(True)  # type: ignore[attr-defined]
    complete(desk, qtbot)
    desk.session.show_moment(3, second)
    qtbot.waitUntil(lambda: shown(desk)[-1].complete and np.array_equal(shown(desk)[-1].counts, by_torch(second)))
    before = len(shown(desk))
    desk.session.show_moment(1, first)
    qtbot.waitUntil(lambda: len(shown(desk)) > before)
    assert shown(desk)[before].complete  # at once, not from the sample
    assert np.array_equal(shown(desk)[before].counts, by_torch(first))


def test_the_sample_is_the_same_images_for_every_moment_of_a_run() -> None:
    reading: Any = Reading()
    big = tiny(GREY, 10, 3000)
    tables = [reading.sample(untrained("lenet", GREY), big.test, GREY.classes, Context()) for _ in range(2)]
    assert not tables[0].complete
    assert np.array_equal(tables[0].indices, tables[1].indices)
    assert not np.array_equal(tables[0].counts, tables[1].counts)


def test_weights_that_read_other_images_are_said_to_do_so(desk: Desk) -> None:
    desk.session.set_data(tiny(COLOUR, 10, 10))
    desk.session.set_state(untrained("lenet", GREY))
    desk.view.seen_changed.emit(True)  # type: ignore[attr-defined]
    assert "other images" in desk.view.last("set_problem")


def test_a_cell_shows_exactly_its_images(desk: Desk, qtbot: QtBot) -> None:
    state = untrained("lenet", GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)  # type: ignore[attr-defined]
    table = complete(desk, qtbot)
    label, read = (int(place) for place in np.unravel_index(int(table.counts.argmax()), table.counts.shape))
    desk.view.cell_chosen.emit(label, read)  # type: ignore[attr-defined]
    indices, words = desk.browsing.last("show_only")
    model = from_state(state).eval()
    with torch.no_grad():
        found = model(normalise(DATA.test.images, GREY.mean, GREY.std)).argmax(1)
    expected = torch.nonzero((DATA.test.labels == label) & (found == read)).flatten()
    assert indices.tolist() == expected.tolist()
    assert words.startswith(f"{label} read as {read}")
