"""What the buttons say and do, in every situation a training and a run can be in."""

from dataclasses import replace
from typing import Any

import pytest

from cnnviewer.core.training.progress import RunState
from cnnviewer.core.training.steering import Obstacle, ShownRun, Situation, Steering, steer

STOPPED = ShownRun("LeNet on MNIST", step=87, epochs=3, epochs_done=1, ending="stopped")
FINISHED = ShownRun("LeNet on MNIST", step=300, epochs=3, epochs_done=3, ending="finished")
UNDER_WAY = replace(STOPPED, ending="under way")


def situation(**changes: Any) -> Situation:
    return replace(Situation(model="LeNet", epochs=3), **changes)


def said(steering: Steering) -> str:
    """What is possible, in one line: a new run, fine-tuning; what Step, Continue and Branch do; back; pause; stop."""
    words = []
    if steering.can_train:
        words.append("new run" if steering.anew else "train")
    if steering.can_train_from:
        words.append("fine-tune")
    if steering.can_step:
        words.append("first step" if steering.next_step is None else f"step {steering.next_step}")
    if steering.can_resume:
        more = f"+{steering.more_epochs}" if steering.more_epochs else f"at {steering.at_step}"
        words.append(f"continue {more} to {steering.to_epoch}")
    if steering.branch_step is not None:
        words.append(f"branch {steering.branch_step}")
    words += ["back"] * steering.can_go_back
    words += ["pause"] * steering.can_pause + ["stop"] * steering.can_stop
    return ", ".join(words)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(situation(), "train, first step", id="nothing trained"),
        pytest.param(situation(others=True), "new run, first step", id="weights of a file"),
        pytest.param(situation(state="preparing"), "stop", id="preparing"),
        pytest.param(situation(state="running", run=UNDER_WAY), "pause, stop", id="training"),
        pytest.param(situation(state="paused", run=UNDER_WAY), "step 88, pause, stop", id="paused"),
        pytest.param(situation(state="stopping", run=UNDER_WAY), "", id="stopping"),
        pytest.param(
            situation(state="paused", run=UNDER_WAY, shown_step=40), "step 88, pause, stop", id="paused, in the past"
        ),
        pytest.param(
            situation(state="running", run=UNDER_WAY, sweeping=True), "pause, stop", id="one training of a sweep"
        ),
        pytest.param(situation(run=STOPPED), "new run, step 88, continue at 88 to 3", id="stopped in mid-epoch"),
        pytest.param(
            situation(run=replace(STOPPED, ending="interrupted")),
            "new run, step 88, continue at 88 to 3",
            id="interrupted by a crash",
        ),
        pytest.param(
            situation(run=replace(STOPPED, ending="interrupted", epochs_done=3)),
            "new run, first step, continue at None to 3",
            id="interrupted before its test images were evaluated: nothing is left to learn",
        ),
        pytest.param(
            situation(run=replace(STOPPED, ending="interrupted", epochs_done=3), epochs=5),
            "new run, step 88, continue at 88 to 5",
            id="interrupted before its test images were evaluated, more epochs chosen",
        ),
        pytest.param(
            situation(state="paused", run=replace(UNDER_WAY, epochs_done=2, all_learned=True)),
            "pause, stop",
            id="paused after the last batch: there is no next one",
        ),
        pytest.param(
            situation(run=replace(STOPPED, epochs_done=2, all_learned=True)),
            "new run, first step, continue at None to 3",
            id="stopped after the last batch, before the last epoch was evaluated",
        ),
        pytest.param(
            situation(run=replace(STOPPED, epochs_done=2, all_learned=True), epochs=4),
            "new run, step 88, continue at 88 to 4",
            id="stopped after the last batch, more epochs chosen",
        ),
        pytest.param(
            situation(run=replace(STOPPED, ending="failed")),
            "new run, step 88, continue at 88 to 3",
            id="failed, from its last checkpoint",
        ),
        pytest.param(
            situation(run=STOPPED, epochs=5),
            "new run, step 88, continue at 88 to 5",
            id="stopped, more epochs chosen",
        ),
        pytest.param(
            situation(run=STOPPED, epochs=1),
            "new run, step 88, continue at 88 to 3",
            id="stopped, fewer epochs chosen than it has done",
        ),
        pytest.param(situation(run=FINISHED), "new run, first step, continue +3 to 6", id="finished"),
        pytest.param(
            situation(run=FINISHED, epochs=5),
            "new run, first step, continue +2 to 5",
            id="finished, more epochs chosen",
        ),
        pytest.param(
            situation(run=FINISHED, epochs=1),
            "new run, first step, continue +3 to 6",
            id="finished, fewer epochs chosen",
        ),
        pytest.param(
            situation(run=FINISHED, shown_step=87),
            "new run, first step, continue +3 to 6, branch 87",
            id="finished, in the past",
        ),
        pytest.param(
            situation(run=STOPPED, shown_step=0),
            "new run, step 88, continue at 88 to 3, branch 0",
            id="stopped, untrained weights on the screen",
        ),
        pytest.param(
            situation(run=STOPPED, others=True),
            "new run, step 88, continue at 88 to 3",
            id="stopped, weights of a file",
        ),
        pytest.param(
            situation(run=replace(STOPPED, on_screen=False, chosen=False), model="SimpleCNN", epochs=20),
            "new run, first step, back",
            id="another model is on the screen: everything is about that",
        ),
        pytest.param(
            situation(run=replace(FINISHED, on_screen=False, chosen=False), others=True, trained=True),
            "new run, fine-tune, first step, back",
            id="weights of a file are on the screen",
        ),
        pytest.param(
            situation(run=replace(STOPPED, chosen=False), epochs=20),
            "new run, first step, continue at 88 to 3",
            id="its weights are on the screen with another data set: Step is about that, the number of epochs too",
        ),
        pytest.param(
            situation(run=replace(FINISHED, chosen=False), epochs=20),
            "new run, first step, continue +3 to 6",
            id="finished, another data set is chosen",
        ),
    ],
)
def test_what_can_be_done(now: Situation, expected: str) -> None:
    assert said(steer(now)) == expected


@pytest.mark.parametrize(
    ("obstacle", "branches"),
    [
        ("unsaved", False),
        ("elsewhere", True),
        ("checkpoint", True),
        ("model", False),
        ("data", False),
        ("device", True),
    ],
)
@pytest.mark.parametrize("run", [STOPPED, FINISHED], ids=["stopped", "finished"])
def test_a_run_that_cannot_be_resumed_says_why_and_step_begins_another(
    run: ShownRun, obstacle: Obstacle, branches: bool
) -> None:
    steering = steer(situation(run=replace(run, obstacle=obstacle), shown_step=40))
    assert said(steering) == "new run, first step" + (", branch 40" if branches else "")
    assert steering.obstacle == obstacle


@pytest.mark.parametrize("state", ["idle", "preparing", "running", "paused", "stopping"])
@pytest.mark.parametrize("run", [None, STOPPED, FINISHED], ids=["no run", "stopped", "finished"])
def test_a_run_is_begun_resumed_or_branched_from_only_when_none_is_under_way(
    state: RunState, run: ShownRun | None
) -> None:
    steering = steer(situation(state=state, run=run, shown_step=5))
    assert steering.can_train == (state == "idle")
    assert steering.can_resume == (state == "idle" and run is not None)
    assert (steering.branch_step == 5) == (state == "idle" and run is not None)
    assert steering.branch_waits == (state != "idle")
    assert steering.can_pause == (state in ("running", "paused"))


@pytest.mark.parametrize("run", [STOPPED, FINISHED], ids=["stopped", "finished"])
def test_nothing_is_trained_with_a_model_or_a_data_set_that_was_refused(run: ShownRun) -> None:
    assert said(steer(situation(lack="refused"))) == ""
    assert said(steer(situation(run=run, lack="refused", shown_step=5))) == ""
    others = steer(situation(run=replace(run, chosen=False), lack="refused"))
    assert not others.can_train
    assert not others.can_step
    assert others.can_resume, "the run shown is of another data set"


def test_nothing_is_trained_without_images() -> None:
    assert said(steer(situation(lack="data", trained=True))) == ""
    assert steer(situation(lack="data")).lack == "data", "the button says why"


def test_stop_says_that_it_ends_the_sweep_while_there_is_one() -> None:
    assert steer(situation(state="running", sweeping=True)).sweeping
    assert not steer(situation(sweeping=True)).sweeping


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(situation(), "train", id="nothing trained"),
        pytest.param(situation(state="running", run=UNDER_WAY), "pause", id="training"),
        pytest.param(situation(state="paused", run=UNDER_WAY), "pause", id="paused"),
        pytest.param(situation(run=STOPPED), "resume_run", id="stopped"),
        pytest.param(situation(run=FINISHED), "resume_run", id="finished"),
        pytest.param(situation(run=replace(STOPPED, obstacle="checkpoint")), "train", id="cannot be gone on with"),
        pytest.param(situation(run=replace(STOPPED, chosen=False)), "train", id="another data set is chosen"),
        pytest.param(
            situation(run=replace(STOPPED, on_screen=False, chosen=False)), "train", id="another model is on the screen"
        ),
    ],
)
def test_the_button_that_stands_out_is_about_what_is_chosen(now: Situation, expected: str) -> None:
    assert steer(now).primary == expected
