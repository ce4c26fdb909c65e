"""What the window shows follows from what is chosen and loaded, whatever was there before."""

from dataclasses import replace

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.screen import KnownRun, RaisedError, ScreenInputs, Situation, shown
from cnnviewer.presenters.session import Session
from tests.small_data import COLOUR, GREY

CONFIG = TrainConfig(dataset=GREY.key, epochs=1, batch_size=16, seed=3)
LOG, DATA = MetricLog(), object()
RUN = KnownRun(CONFIG, LOG, last_step=10)
OTHER = untrained(MODELS["lenet"], GREY)


def trained(step: int = 10, **facts: str | int) -> ModelState:
    known: dict[str, str | int | float] = {
        "dataset": GREY.key,
        "seed": 3,
        "batch_size": 16,
        "schedule": "constant",
        "step": step,
    }
    return replace(OTHER, provenance={**known, **facts})


NEWEST = trained()
INPUTS = ScreenInputs(run=RUN, weights=NEWEST, data=DATA, model="lenet", dataset=GREY.key)


def test_before_the_first_run_the_weights_alone_are_shown() -> None:
    screen = shown(ScreenInputs(weights=OTHER, data=DATA))
    assert (screen.log, screen.way_back) == (None, False)
    assert screen.evaluated == (OTHER, DATA)
    assert shown(ScreenInputs()).evaluated is None


@pytest.mark.parametrize(
    ("inputs", "on_screen"),
    [
        pytest.param(INPUTS, True, id="its newest weights"),
        pytest.param(replace(INPUTS, weights=OTHER), True, id="just begun or opened, before its own weights are there"),
        pytest.param(replace(INPUTS, weights=None), True, id="opened, and its weights cannot be read"),
        pytest.param(replace(INPUTS, weights=OTHER, run_state="running"), True, id="under way"),
        pytest.param(replace(INPUTS, left=True), True, id="another data set chosen that its weights fit"),
        pytest.param(replace(INPUTS, left=True, weights=OTHER), False, id="another model or other weights chosen"),
        pytest.param(replace(INPUTS, left=True, weights=trained(11)), False, id="weights of a longer run"),
        pytest.param(replace(INPUTS, left=True, weights=trained(seed=4)), False, id="weights of another seed"),
        pytest.param(
            replace(INPUTS, left=True, weights=trained(schedule="cosine")), False, id="weights of another schedule"
        ),
        pytest.param(
            replace(INPUTS, left=True, weights=trained(11), shown_step=11), True, id="a snapshot ahead of the rows"
        ),
        pytest.param(
            replace(INPUTS, left=True, weights=OTHER, run_state="preparing"), False, id="another is being prepared"
        ),
    ],
)
def test_a_run_is_shown_with_its_own_weights_only_once_something_else_was_chosen(
    inputs: ScreenInputs, on_screen: bool
) -> None:
    screen = shown(inputs)
    assert (screen.log is LOG) == on_screen
    assert screen.way_back == (not on_screen and inputs.run_state == "idle")


def test_a_table_stays_through_the_steps_of_a_run_and_goes_with_other_weights_or_data() -> None:
    screen = shown(INPUTS)
    assert shown(replace(INPUTS, weights=trained(4), shown_step=4)).evaluates_like(screen)
    for other in (
        replace(INPUTS, left=True, weights=OTHER),
        replace(INPUTS, data=object()),
        replace(INPUTS, data=None),
        replace(INPUTS, loading=True),
        replace(INPUTS, run=KnownRun(CONFIG, MetricLog(), 10)),
    ):
        assert not shown(other).evaluates_like(screen)
        assert not screen.evaluates_like(shown(other))
        assert shown(other).evaluates_like(shown(other))


def test_an_error_stands_while_nothing_changes_that_it_was_raised_in() -> None:
    raised = RaisedError(UserError("It is so."), INPUTS.situation)
    now = replace(INPUTS, errors=(raised,))
    assert shown(now).errors == (raised,)
    assert shown(replace(now, weights=OTHER, data=None, shown_step=3, loading=True)).errors == (raised,)
    for other in (
        replace(now, model="simplecnn"),
        replace(now, dataset="mnist"),
        replace(now, run=KnownRun(CONFIG, MetricLog(), 0)),
        replace(now, run=None),
        replace(now, run_state="preparing"),
    ):
        assert shown(other).errors == ()


def test_what_was_raised_while_a_training_ran_ends_with_it() -> None:
    running = replace(INPUTS, run_state="running")
    raised = RaisedError(UserError("Stop the training first."), running.situation)
    assert shown(replace(running, errors=(raised,), run_state="paused")).errors == (raised,)
    assert shown(replace(running, errors=(raised,), run_state="idle")).errors == ()


def test_an_error_that_is_raised_again_and_again_is_remembered_once() -> None:
    session = Session()
    for count in range(50):
        session.note_error(UserError("It is so."))
        session.note_error(UserError("{count:time|times}.", count=count))
    assert len(session.errors) <= 21
    assert [str(raised.error) for raised in session.errors].count("It is so.") == 1


def test_a_situation_is_that_of_its_run() -> None:
    assert INPUTS.situation.log is LOG
    assert Situation().holds_in(ScreenInputs().situation)


@pytest.mark.parametrize(
    ("before", "after", "stay"),
    [
        pytest.param(INPUTS, replace(INPUTS, weights=trained(4), shown_step=4), True, id="another step of the run"),
        pytest.param(INPUTS, replace(INPUTS, weights=trained(12), run_state="running"), True, id="the run learns on"),
        pytest.param(INPUTS, replace(INPUTS, data=object()), True, id="another data set, the same weights"),
        pytest.param(
            ScreenInputs(weights=OTHER, data=DATA),
            ScreenInputs(weights=replace(OTHER, read_as="dataset"), data=DATA),
            True,
            id="the same weights, normalised otherwise",
        ),
        pytest.param(INPUTS, replace(INPUTS, left=True, weights=OTHER), False, id="other weights"),
        pytest.param(
            ScreenInputs(weights=OTHER), ScreenInputs(weights=untrained(MODELS["lenet"], GREY)), False, id="drawn anew"
        ),
        pytest.param(INPUTS, replace(INPUTS, run=KnownRun(CONFIG, MetricLog(), 10)), False, id="another run"),
        pytest.param(
            ScreenInputs(weights=OTHER),
            ScreenInputs(weights=untrained(MODELS["simplecnn"], COLOUR)),
            False,
            id="another model",
        ),
    ],
)
def test_mutes_stay_along_a_run_and_with_their_weights_and_go_with_others(
    before: ScreenInputs, after: ScreenInputs, stay: bool
) -> None:
    subject = shown(before).muted
    assert subject is not None
    assert subject.is_same(shown(after).muted) == stay


def test_without_weights_nothing_can_be_muted() -> None:
    assert shown(ScreenInputs()).muted is None
