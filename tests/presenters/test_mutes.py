"""Muted channels hold for the weights they were muted in; means are computed before a channel is muted to one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.inspection.mute_edits import MuteEdit
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.mutes import MutesPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.views import MutesPanel
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import COLOUR, GREY, tiny

DATA = tiny(GREY, 40, 30)


@dataclass
class Desk:
    session: Session
    panel: Fake
    mutes: MutesPresenter
    said: list[str]
    refused: list[str]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, jobs, panel = Session(), Jobs(), fake(MutesPanel)
    mutes = MutesPresenter(services(session, jobs), panel)
    said: list[str] = []
    refused: list[str] = []
    mutes.informed.connect(lambda words: said.append(worded(words)))
    mutes.error.connect(lambda error: refused.append(str(error)))
    session.set_data(DATA)
    session.set_state(weights(1))
    yield Desk(session, panel, mutes, said, refused)
    jobs.shut_down()


def weights(seed: int) -> ModelState:
    torch.manual_seed(seed)
    return untrained(MODELS["lenet"], GREY)


def test_what_the_list_asks_for_is_muted(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    desk.panel.mute_requested.emit("conv1", 7, "zero")
    assert desk.session.mutes == (Mute("conv1", 7), Mute("conv2", 3))
    assert desk.panel.last("set_edits") == ((MuteEdit("conv2", 3), MuteEdit("conv1", 7)), (), 2, 0)


def test_undo_and_redo_mute_what_was_muted(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    desk.panel.switch_requested.emit("conv2", 3, False)
    assert desk.session.mutes == ()
    desk.panel.undo_requested.emit()
    assert desk.session.mutes == (Mute("conv2", 3),)
    desk.panel.undo_requested.emit()
    desk.panel.undo_requested.emit()  # nothing more to undo
    assert desk.session.mutes == ()
    desk.panel.redo_requested.emit()
    assert desk.session.mutes == (Mute("conv2", 3),)
    desk.panel.clear_requested.emit()
    assert desk.session.mutes == ()


def test_a_channel_is_muted_to_its_mean_over_the_data_set_as_soon_as_that_is_known(desk: Desk, qtbot: QtBot) -> None:
    desk.panel.mute_requested.emit("conv1", 2, "mean")
    assert desk.panel.last("set_edits")[1] == (MuteEdit("conv1", 2, "mean"),)  # it is waited for
    qtbot.waitUntil(lambda: bool(desk.session.mutes))
    assert desk.session.state is not None
    model = from_state(desk.session.state).eval()
    with torch.no_grad():
        maps = model.conv1(normalise(DATA.train.images, GREY.mean, GREY.std))
    assert desk.session.mutes[0].value == pytest.approx(float(maps[:, 2].mean()), rel=1e-4, abs=1e-6)
    assert desk.panel.last("set_edits")[1] == ()


def test_without_data_a_channel_cannot_be_muted_to_its_mean(desk: Desk) -> None:
    desk.session.set_data(tiny(COLOUR, 10, 10))
    desk.panel.mute_requested.emit("conv1", 2, "mean")
    assert desk.mutes.edits == ()
    assert "choose one that fits the model" in desk.refused[0]


def test_other_weights_clear_the_list_and_say_so(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    desk.session.set_state(weights(2))
    assert (desk.session.mutes, desk.mutes.edits) == ((), ())
    assert desk.said == ["No longer muted: 1 channel of the weights that were on the screen."]
    assert desk.panel.last("set_edits") == ((), (), False, False)


def test_the_mutes_are_gone_before_anybody_else_hears_of_other_weights(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    seen: list[object] = []
    desk.session.state_changed.connect(lambda _: seen.append(desk.session.mutes))
    desk.session.set_state(weights(2))
    assert seen == [()]


def test_the_steps_of_a_run_keep_the_mutes(desk: Desk) -> None:
    config = TrainConfig(dataset=GREY.key, epochs=1, batch_size=16, seed=3)
    desk.session.set_run(Run(config, MetricLog()))
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    desk.session.show_snapshot(5, weights(3))
    desk.session.show_snapshot(9, weights(4))
    assert desk.session.mutes == (Mute("conv2", 3),)
    assert desk.said == []
    desk.session.set_run(Run(replace(config, seed=4), MetricLog()))
    assert desk.session.mutes == ()


def test_the_weights_of_a_run_that_is_deleted_stay_muted_and_so_they_are_when_it_is_back(desk: Desk) -> None:
    config = TrainConfig(dataset=GREY.key, epochs=1, batch_size=16, seed=3)
    run = Run(config, MetricLog())
    desk.session.set_run(run)
    desk.session.show_snapshot(5, weights(3))
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    for now in (replace(run, deleted=cast("OpenedRun", SimpleNamespace(snapshots=(5,)))), run):
        desk.session.set_run(now)
        assert desk.session.mutes == (Mute("conv2", 3),)
    assert desk.panel.last("set_edits")[2] == 1, "it can still be undone"
    assert desk.said == []


def test_the_mean_follows_the_step(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_run(Run(TrainConfig(dataset=GREY.key, epochs=1, batch_size=16, seed=3), MetricLog()))
    desk.panel.mute_requested.emit("conv1", 2, "mean")
    qtbot.waitUntil(lambda: bool(desk.session.mutes))
    before = desk.session.mutes[0].value
    desk.session.show_snapshot(5, weights(3))
    qtbot.waitUntil(lambda: desk.session.mutes[0].value != before)


def test_another_data_set_keeps_the_mutes_of_the_same_weights(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv2", 3, "zero")
    desk.session.set_data(tiny(GREY, 20, 20, seed=5))
    assert desk.session.mutes == (Mute("conv2", 3),)


def test_weights_that_note_muted_channels_bring_them_along(desk: Desk) -> None:
    desk.panel.mute_requested.emit("conv1", 0, "zero")
    noted = (Mute("conv1", 2, "mean", 0.25), Mute("conv2", 3))
    desk.session.set_state(replace(weights(2), mutes=noted))
    assert desk.session.mutes == noted
    assert desk.panel.last("set_edits") == ((MuteEdit("conv1", 2, "mean"), MuteEdit("conv2", 3)), (), False, False)
    assert desk.said == [
        "No longer muted: 1 channel of the weights that were on the screen.",
        "With these weights 2 channels are muted, as they note.",
    ]
    desk.panel.remove_requested.emit("conv1", 2)
    assert desk.session.mutes == noted[1:]
    desk.panel.undo_requested.emit()
    assert desk.session.mutes == noted  # with the mean that was noted, not with one computed now


def test_a_run_that_began_with_muted_channels_mutes_them(desk: Desk, tmp_path: Path) -> None:
    start = replace(weights(2), provenance={"step": 1}, mutes=(Mute("conv2", 3),))
    config = TrainConfig(dataset=GREY.key, epochs=1, batch_size=16, seed=3)
    recording = begin(DATA, config, tmp_path, start=start, started_from="mine")
    try:
        desk.panel.mute_requested.emit("conv2", 3, "zero")
        desk.session.set_run(Run(config, recording.log, recording))
        assert desk.session.mutes == (Mute("conv2", 3),)
        assert desk.said == []  # as it was before
    finally:
        recording.let_go()
