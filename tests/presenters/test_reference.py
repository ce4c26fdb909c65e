"""What the table is compared with: weights kept, a step of the run, another run; until the data change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.evaluation import EvaluationPresenter
from cnnviewer.presenters.reference import ReferencePresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.tasks.evaluation import Reading
from cnnviewer.presenters.views import EvaluateView
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.ui.widgets.language import use_language
from tests.core.runs.trained import LENET, finish
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY, tiny

DATA = tiny(GREY, 80, 230)


class Context:
    def report(self, progress: object) -> None: ...

    def cancelled(self) -> bool:
        return False


@dataclass
class Desk:
    session: Session
    view: Fake
    evaluation: Fake
    runs: Fake
    reference: ReferencePresenter

    def given(self) -> tuple[Confusion | None, str]:
        values: tuple[Confusion | None, str] = self.view.last("set_reference")
        return values


@pytest.fixture(autouse=True)
def the_next_test_is_in_english(qapp: object) -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, jobs, view = Session(), Jobs(), fake(EvaluateView)
    evaluation, runs = fake(EvaluationPresenter, evaluated=None, effect=None), fake(RunsPresenter, lines=())
    reference = ReferencePresenter(services(session, jobs), evaluation, runs, view)
    session.set_data(DATA)
    yield Desk(session, view, evaluation, runs, reference)
    jobs.shut_down()


def weights(seed: int) -> ModelState:
    torch.manual_seed(seed)
    return untrained(MODELS["lenet"], GREY)


def by_reading(state: ModelState) -> Confusion:
    reading = Reading()
    return reading.all(state, DATA, Context())  # type: ignore[arg-type]


def whole(desk: Desk, qtbot: QtBot) -> Confusion:
    def there() -> bool:
        table = desk.given()[0] if desk.view.count("set_reference") else None
        return table is not None and table.complete

    qtbot.waitUntil(there, timeout=30_000)
    table = desk.given()[0]
    assert table is not None
    return table


def test_the_weights_on_the_screen_are_kept_with_their_predictions(desk: Desk, qtbot: QtBot) -> None:
    state = weights(1)
    desk.evaluation.evaluated = state, ()
    desk.view.reference_requested.emit("shown")
    desk.evaluation.evaluated = (weights(2), ())  # the user goes on to other weights
    assert np.array_equal(whole(desk, qtbot).predicted, by_reading(state).predicted)
    assert desk.given()[1] == "the weights kept"
    qtbot.waitUntil(lambda: desk.view.last("set_reference_progress") is None)


def test_without_predictions_nothing_is_kept(desk: Desk) -> None:
    desk.view.reference_requested.emit("shown")
    assert desk.view.count("set_reference") == 0


def test_steps_of_the_run_and_other_runs_of_the_data_are_offered_and_read(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    run = OpenedRun.read(recording.folder)
    desk.session.set_run(Run(run.info.config, run.log, opened=run))
    other = SimpleNamespace(
        folder=tmp_path / "other", telling_name="another", name="another", summary=SimpleNamespace(info=run.info)
    )
    same = SimpleNamespace(
        folder=run.folder, telling_name="this one", name="this one", summary=SimpleNamespace(info=run.info)
    )
    desk.runs.lines = (same, other)
    desk.view.references_opened.emit()
    steps, runs = desk.view.last("set_reference_choices")
    assert dict(steps) == {"first": run.snapshots[0], "best": run.best_step, "last": run.snapshots[-1]}
    assert runs == ((str(other.folder), "another"),)
    for key, step in steps:
        desk.view.reference_requested.emit(key)
        assert desk.given() == (None, "")
        found = whole(desk, qtbot)
        assert found.step == step
        assert desk.given()[1] == f"step {step}"
        assert np.array_equal(found.predicted, by_reading(run.snapshot(step).state).predicted)
    desk.view.reference_requested.emit(str(run.folder))
    assert np.array_equal(whole(desk, qtbot).predicted, by_reading(run.end().state).predicted)
    assert desk.given()[1] == "this one"
    same.name = "renamed"
    desk.session.listed_changed.emit()
    assert desk.given()[1] == "renamed"
    desk.view.reference_requested.emit("first")
    whole(desk, qtbot)
    use_language("ko")
    desk.session.listed_changed.emit()
    assert desk.given()[1] == f"스텝 {run.snapshots[0]}"


def test_nothing_is_compared_with_any_more_when_asked_or_when_the_data_change(desk: Desk, qtbot: QtBot) -> None:
    state = weights(1)
    for let_go in (
        lambda: desk.view.reference_requested.emit("none"),
        lambda: desk.session.set_data(tiny(GREY, 20, 40, seed=3)),
    ):
        desk.session.set_data(DATA)
        desk.evaluation.evaluated = state, ()
        desk.view.reference_requested.emit("shown")
        whole(desk, qtbot)
        let_go()
        assert desk.given() == (None, "")


def test_a_run_that_cannot_be_read_is_said_and_nothing_is_compared(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    errors: list[UserError] = []
    desk.reference.error.connect(errors.append)
    desk.view.reference_requested.emit(str(tmp_path / "gone"))
    qtbot.waitUntil(lambda: bool(errors))
    assert desk.given() == (None, "")
    assert desk.view.last("set_reference_progress") is None


def test_a_sample_is_followed_by_every_image(desk: Desk, qtbot: QtBot) -> None:
    big, state = tiny(GREY, 20, 4000, seed=2), weights(1)
    desk.session.set_data(big)
    desk.evaluation.evaluated = replace(state, provenance={"step": 7}), ()
    desk.view.reference_requested.emit("shown")
    assert whole(desk, qtbot).total == 4000
    tables = [values[0] for name, values in desk.view.calls if name == "set_reference" and values[0] is not None]
    assert not tables[0].complete
    assert desk.given()[1] == "step 7"
    said = [(name, values) for name, values in desk.view.calls if name.startswith("set_reference")]
    first = next(
        place for place, (name, values) in enumerate(said) if name == "set_reference" and values[0] is not None
    )
    assert said[first - 1] == ("set_reference_progress", (0.0,)), "all of them begin, the sample is not nearly all"
    assert [values for name, values in said if name == "set_reference_progress"][-1] == (None,)


def test_where_all_take_long_they_wait_until_they_are_requested_and_a_cancel_leaves_the_sample(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "seconds_for_all", lambda _reading: 61.0)
    desk.session.set_data(tiny(GREY, 20, 4000, seed=2))
    desk.evaluation.evaluated = weights(1), ()
    desk.view.reference_requested.emit("shown")
    qtbot.waitUntil(lambda: desk.view.count("set_reference") > 0 and desk.given()[0] is not None, timeout=30_000)
    sample = desk.given()[0]
    assert sample is not None
    assert not sample.complete
    assert desk.view.last("set_reference_progress") is None
    desk.view.errors.all_requested.emit()
    assert desk.view.last("set_reference_progress") == 0.0
    desk.view.errors.cancel_requested.emit()
    assert desk.view.last("set_reference_progress") is None
    assert desk.given()[0] is sample
    desk.view.errors.all_requested.emit()
    assert whole(desk, qtbot).total == 4000
    assert desk.view.last("set_reference_progress") is None


MUTES = (Mute("conv1", 0, "zero"), Mute("conv2", 3, "zero"))


def effect_on(state: ModelState) -> Effect:
    reading = Reading()
    return Effect(by_reading(state), reading.all(state, DATA, Context(), MUTES))  # type: ignore[arg-type]


def test_no_channel_muted_is_whatever_weights_are_on_the_screen_without_their_mutes(desk: Desk) -> None:
    at_first, later = effect_on(weights(1)), effect_on(weights(2))
    desk.session.set_mutes(MUTES)
    desk.view.references_opened.emit()
    assert desk.view.last("set_reference_choices")[0] == (("unmuted", 0),)
    desk.evaluation.effect = at_first
    desk.view.reference_requested.emit("unmuted")
    assert desk.given() == (at_first.before, "no channel muted")
    desk.session.set_mutes(MUTES[:1])
    desk.evaluation.effect_changed.emit(None)  # until the other ones have predicted
    assert desk.given()[0] is at_first.before
    desk.evaluation.effect_changed.emit(later)  # another step, another model, another mute
    assert desk.given() == (later.before, "no channel muted")
    desk.session.set_mutes(())
    assert desk.given() == (None, "")
    desk.session.set_mutes(MUTES)
    desk.evaluation.effect_changed.emit(at_first)  # nobody has asked again
    assert desk.given() == (None, "")


def test_no_channel_muted_is_compared_as_soon_as_it_is_known_and_not_without_mutes(desk: Desk) -> None:
    found = effect_on(weights(1))
    desk.view.reference_requested.emit("unmuted")
    desk.evaluation.effect_changed.emit(found)
    assert desk.given() == (None, "")
    desk.session.set_mutes(MUTES)
    desk.view.reference_requested.emit("unmuted")
    desk.evaluation.effect_changed.emit(found)
    assert desk.given() == (found.before, "no channel muted")
    desk.session.set_data(tiny(GREY, 20, 40, seed=3))
    assert desk.given() == (None, "")


def test_kept_weights_stay_with_their_mutes_and_what_was_unmuted_no_longer_follows(desk: Desk, qtbot: QtBot) -> None:
    state, effect = weights(1), effect_on(weights(1))
    desk.session.set_mutes(MUTES)
    desk.evaluation.effect, desk.evaluation.evaluated = effect, (state, MUTES)
    desk.view.reference_requested.emit("unmuted")
    desk.view.reference_requested.emit("shown")
    assert np.array_equal(whole(desk, qtbot).predicted, effect.after.predicted)
    desk.evaluation.effect_changed.emit(effect_on(weights(2)))
    desk.session.set_mutes(())
    assert np.array_equal(whole(desk, qtbot).predicted, effect.after.predicted)
    assert desk.given()[1] == "the weights kept, muted"


def test_a_step_of_a_run_is_named_with_its_run_beside_another_run(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    run = OpenedRun.read(recording.folder)
    desk.runs.lines = (SimpleNamespace(folder=run.folder, name="first try"),)
    desk.session.set_run(Run(run.info.config, run.log, opened=run))
    step = run.snapshots[-1]
    shown = run.snapshot(step).state
    desk.session.show_snapshot(step, shown)
    desk.evaluation.evaluated = shown, ()
    for key in ("last", "shown"):
        desk.session.set_run(Run(run.info.config, run.log, opened=run))
        desk.session.show_snapshot(step, shown)
        desk.view.reference_requested.emit(key)
        whole(desk, qtbot)
        assert desk.given()[1] == f"step {step}"
        desk.session.set_run(Run(run.info.config, MetricLog()))
        assert desk.given()[1] == f"step {step} of first try"
