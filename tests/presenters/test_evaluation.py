"""The confusion matrix is that of the weights on the screen, worked out only while somebody sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.data.image_id import ImageId
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.browser import BrowserPresenter
from cnnviewer.presenters.evaluation import EvaluationPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.tasks.evaluation import Reading
from cnnviewer.presenters.views import EvaluateView, MutesPanel
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import COLOUR, GREY, tiny


class Context:
    def report(self, progress: object) -> None: ...

    def cancelled(self) -> bool:
        return False


@dataclass
class Desk:
    session: Session
    view: Fake
    browsing: Fake
    panel: Fake
    evaluation: EvaluationPresenter


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, jobs, view, browsing = Session(), Jobs(), fake(EvaluateView), fake(BrowserPresenter)
    panel = fake(MutesPanel)
    evaluation = EvaluationPresenter(services(session, jobs), fake(InspectionPresenter), browsing, view)
    evaluation.effect_changed.connect(panel.set_effect)
    panel.seen_changed.connect(evaluation.set_effect_seen)
    yield Desk(session, view, browsing, panel, evaluation)
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
    return [values[0] for name, values in desk.view.calls if name == "set_confusion" and values[0] is not None]


def complete(desk: Desk, qtbot: QtBot) -> Confusion:
    qtbot.waitUntil(lambda: bool(shown(desk)) and shown(desk)[-1].complete)
    return shown(desk)[-1]


def test_the_table_is_what_pytorch_counts(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)
    assert np.array_equal(complete(desk, qtbot).counts, by_torch(state))


def test_the_wrong_images_are_shown_as_soon_as_all_are_known(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.evaluation.show_wrong()
    assert desk.browsing.count("show_only") == 0
    desk.view.seen_changed.emit(True)
    table = complete(desk, qtbot)
    indices, words = desk.browsing.last("show_only")
    assert indices.tolist() == np.flatnonzero(table.labels != table.predicted).tolist()
    assert words == "Wrong predictions, step 0"
    assert desk.view.errors.count("show_wrong") == 1


def test_nothing_is_read_while_nobody_looks(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    assert not desk.evaluation._newest.busy
    assert desk.view.calls == desk.view.errors.calls == []


def test_predicting_all_images_goes_on_when_the_table_is_seen_again(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(tiny(GREY, 10, 3000))
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.view.seen_changed.emit(True)
    qtbot.waitUntil(lambda: bool(shown(desk)))
    desk.view.seen_changed.emit(False)
    assert not shown(desk)[-1].complete
    desk.view.seen_changed.emit(True)
    assert complete(desk, qtbot).total == 3000


def test_another_snapshot_gives_its_own_table_and_the_first_one_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    torch.manual_seed(1)
    first = untrained(MODELS["lenet"], GREY)
    torch.manual_seed(2)
    second = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(first)
    desk.view.seen_changed.emit(True)
    complete(desk, qtbot)
    desk.session.show_snapshot(3, second)
    qtbot.waitUntil(lambda: shown(desk)[-1].complete and np.array_equal(shown(desk)[-1].counts, by_torch(second)))
    before = len(shown(desk))
    desk.session.show_snapshot(1, first)
    qtbot.waitUntil(lambda: len(shown(desk)) > before)
    assert shown(desk)[before].complete  # at once, not from the sample
    assert np.array_equal(shown(desk)[before].counts, by_torch(first))


def test_the_sample_is_the_same_images_for_every_snapshot_of_a_run() -> None:
    reading: Any = Reading()
    big = tiny(GREY, 10, 3000)
    tables = [reading.sample(untrained(MODELS["lenet"], GREY), big, Context()) for _ in range(2)]
    assert not tables[0].complete
    assert np.array_equal(tables[0].indices, tables[1].indices)
    assert not np.array_equal(tables[0].counts, tables[1].counts)


def muted_by_torch(state: ModelState, channels: list[int]) -> np.ndarray:
    """PyTorch's own counts with channels of conv2 set to zero by a hook."""
    model = from_state(state).eval()
    model.conv2.register_forward_hook(lambda _module, _given, value: value.index_fill(1, torch.tensor(channels), 0.0))
    with torch.no_grad():
        read = model(normalise(DATA.test.images, GREY.mean, GREY.std)).argmax(1)
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (DATA.test.labels.numpy(), read.numpy()), 1)
    return counts


def test_the_table_is_that_of_the_model_with_the_channels_muted_and_the_one_without_is_beside_it(
    desk: Desk, qtbot: QtBot
) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.session.set_mutes(tuple(Mute("conv2", channel) for channel in range(15)))
    desk.view.seen_changed.emit(True)
    assert np.array_equal(complete(desk, qtbot).counts, muted_by_torch(state, list(range(15))))
    effect = desk.panel.last("set_effect")
    assert np.array_equal(effect.before.counts, by_torch(state))
    assert desk.view.last("set_effect") == (effect, 15)


def test_the_table_follows_the_mutes_and_comes_back_without_them(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)
    complete(desk, qtbot)
    desk.session.set_mutes((Mute("conv2", 0), Mute("conv2", 1)))
    qtbot.waitUntil(lambda: np.array_equal(shown(desk)[-1].counts, muted_by_torch(state, [0, 1])))
    desk.session.set_mutes(())
    qtbot.waitUntil(lambda: np.array_equal(shown(desk)[-1].counts, by_torch(state)))
    assert desk.panel.last("set_effect") is None


def test_the_list_of_muted_channels_hears_the_effect_without_the_matrix_in_front(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.panel.seen_changed.emit(True)
    assert not desk.evaluation._newest.busy  # nothing is muted yet
    desk.session.set_mutes((Mute("conv1", 0),))
    qtbot.waitUntil(lambda: desk.panel.last("set_effect") is not None)


def test_the_effect_on_a_sample_compares_the_same_images_where_all_are_known_without_mutes() -> None:
    reading: Any = Reading()
    big, state = tiny(GREY, 10, 3000), untrained(MODELS["lenet"], GREY)
    reading.all(state, big, Context())
    tables = reading.effect(state, big, (Mute("conv1", 0),), False, Context())
    assert not tables.after.complete
    assert np.array_equal(tables.before.indices, tables.after.indices)


def test_weights_that_read_other_images_are_said_to_do_so(desk: Desk) -> None:
    desk.session.set_data(tiny(COLOUR, 10, 10))
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.view.seen_changed.emit(True)
    assert "other images" in desk.view.last("set_error")


def test_weights_of_other_classes_are_refused_with_the_difference(desk: Desk) -> None:
    state = untrained(MODELS["lenet"], replace(GREY, classes=(*GREY.classes[:9], "ten")))
    desk.session.set_data(DATA)
    desk.session.set_state(replace(state, read_as="weights"))
    desk.view.seen_changed.emit(True)
    problem = desk.view.last("set_error")
    assert problem == "The classes differ: the weights know ten, Tiny grey has 9 instead."
    assert shown(desk) == []


def test_classes_in_another_order_are_matched_by_name(desk: Desk, qtbot: QtBot) -> None:
    order = np.roll(np.arange(10), 3)
    state = replace(untrained(MODELS["lenet"], GREY), read_as="weights")
    other = replace(state, recipe=replace(state.recipe, classes=tuple(GREY.classes[label] for label in order)))
    desk.session.set_data(DATA)
    desk.session.set_state(other)
    desk.view.seen_changed.emit(True)
    table = complete(desk, qtbot)
    assert table.classes == other.recipe.classes
    read = np.empty((10, 10), int)  # rows by label of the data set, columns by output
    counted = by_torch(state)
    read[:] = counted[order]
    assert np.array_equal(table.counts, read)


def test_weights_without_names_are_matched_by_position_which_is_said(desk: Desk, qtbot: QtBot) -> None:
    state = replace(untrained(MODELS["lenet"], GREY), named=False)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)
    assert np.array_equal(complete(desk, qtbot).counts, by_torch(state))
    notes = [values[1] for name, values in desk.view.errors.calls if name == "set_normalisation"]
    assert str(notes[-1]).startswith("The weights record no names of classes")


def test_a_cell_shows_exactly_its_images(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)
    table = complete(desk, qtbot)
    label, read = (int(place) for place in np.unravel_index(int(table.counts.argmax()), table.counts.shape))
    desk.view.errors.cell_chosen.emit(label, read)
    indices, words = desk.browsing.last("show_only")
    model = from_state(state).eval()
    with torch.no_grad():
        found = model(normalise(DATA.test.images, GREY.mean, GREY.std)).argmax(1)
    expected = torch.nonzero((DATA.test.labels == label) & (found == read)).flatten()
    assert indices.tolist() == expected.tolist()
    assert words.startswith(f"True class {label}, predicted {read},")


def test_confidences_are_the_probabilities_of_what_is_predicted(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_data(DATA)
    desk.session.set_state(state)
    desk.view.seen_changed.emit(True)
    table = complete(desk, qtbot)
    model = from_state(state).eval()
    with torch.no_grad():
        chances = model(normalise(DATA.test.images, GREY.mean, GREY.std)).softmax(1).max(1).values
    assert table.confidences == pytest.approx(chances.numpy(), rel=1e-5)


def test_letting_a_cell_go_leaves_the_list_of_images(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.view.seen_changed.emit(True)
    complete(desk, qtbot)
    desk.view.errors.cell_chosen.emit(-1, -1)
    assert desk.browsing.count("show_only") == 0


def test_the_view_gets_the_images_and_asks_to_inspect_one(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_data(DATA)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.view.seen_changed.emit(True)
    images, ids = desk.view.errors.last("set_images")
    assert np.shares_memory(images, DATA.test.images.numpy())
    assert ids.of(7) == ImageId(DATA.info.key, "test", 7)
    desk.view.errors.image_chosen.emit(7)
    assert desk.browsing.last("visit") == 7
    desk.view.errors.back_requested.emit()
    assert desk.browsing.count("go_back") == 1


def test_which_image_is_inspected_is_said_only_to_somebody_who_looks(qtbot: QtBot) -> None:
    session, jobs, view, inspection = Session(), Jobs(), fake(EvaluateView), fake(InspectionPresenter)
    browsing = fake(BrowserPresenter, inspected_test_image=12, place_before="draw")
    evaluation = EvaluationPresenter(services(session, jobs), inspection, browsing, view)
    inspection.inspected.emit()
    assert view.errors.count("set_inspected") == 0
    view.seen_changed.emit(True)
    assert view.errors.last("set_inspected") == (12, "draw")
    assert evaluation.table is None
    jobs.shut_down()
