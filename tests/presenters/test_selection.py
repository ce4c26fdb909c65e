"""A model and a data set chosen without a window."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.models import design
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.registry import spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import TrainView
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY

DESIGN = "design:conv 2 k3, relu, flatten, linear classes"
NET = """
from torch import nn
class Net(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Flatten(), nn.Linear(784, 10))
"""


@dataclass
class Desk:
    session: Session
    selection: SelectionPresenter
    panel: Fake
    data: str
    qtbot: QtBot

    def take_up(self, model: str, state: ModelState | None = None) -> None:
        with self.qtbot.waitSignal(self.selection.ready, timeout=20_000):
            self.selection.take_up(TrainConfig(model, self.data), state)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    images, labels = np.zeros((20, 28, 28), np.uint8), np.arange(20) % 10
    np.savez(tmp_path / "d.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    session, jobs = Session(), Jobs()
    panel = fake(TrainView, config=TrainConfig())
    selection = SelectionPresenter(services(session, jobs, data_dir=tmp_path), panel)
    yield Desk(session, selection, panel, f"npz:{tmp_path / 'd.npz'}", qtbot)
    jobs.shut_down()


def test_a_configuration_that_enters_looks_its_model_up_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = design.parse
    monkeypatch.setattr(design, "parse", lambda text: read.append(text) or parse(text))
    desk.take_up(DESIGN)
    assert desk.session.state is not None
    assert (desk.session.state.recipe.model, read) == (DESIGN, [DESIGN])


def test_the_weights_of_a_run_stay_however_its_design_was_typed(desk: Desk) -> None:
    typed = "design:CONV 2 k3,relu, flatten,  linear classes"
    state = replace(untrained(spec(typed), GREY), provenance={"step": 3})
    desk.take_up(typed, state)
    assert desk.session.state is not None
    assert desk.session.state.provenance == {"step": 3}


def test_a_run_brings_no_thread_count_and_no_device_of_another_computer(desk: Desk) -> None:
    desk.selection.start("lenet", (("cpu", "CPU"),))
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.take_up(TrainConfig("lenet", desk.data, epochs=7, threads=3, device="cuda:1"))
    shown = desk.panel.last("set_config")
    assert (shown.epochs, shown.threads, shown.device) == (7, 0, "cpu")
    desk.selection.show_config(TrainConfig("lenet", desk.data, epochs=8, threads=2))
    shown = desk.panel.last("set_config")
    assert (shown.epochs, shown.threads, shown.device) == (8, 0, "cpu")


def test_a_file_that_was_opened_again_is_chosen_as_it_is_now(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(NET)
    key = own_file.agree(file, "Net")
    desk.take_up(key)
    file.write_text(NET.replace("nn.Flatten(), ", "nn.Flatten(), nn.ReLU(), "))
    own_file.agree(file, "Net")
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.use_model(key, code_changed=True)
    assert desk.session.state is not None
    assert list(desk.session.state.tensors) == ["2.weight", "2.bias"]


def choose(desk: Desk, model: str) -> None:
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.choose(model)


def own(folder: Path, side: int) -> str:
    images, labels = np.zeros((20, side, side), np.uint8), np.arange(20) % 10
    np.savez(folder / f"own{side}.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    return f"npz:{folder / f'own{side}.npz'}"


def test_the_users_own_data_stay_with_every_model_that_can_be_built_for_them(desk: Desk) -> None:
    said: list[str] = []
    desk.selection.informed.connect(lambda words: said.append(worded(words)))
    desk.take_up("lenet")
    for model in ("simplecnn", "lenet"):
        choose(desk, model)
        assert desk.session.data is not None
        assert desk.session.data.info.key == desk.data
        assert desk.session.state is not None
        assert desk.session.state.recipe.model == model
    assert said == []


def test_the_data_set_of_before_stays_while_another_is_loaded_where_the_weights_read_it_and_else_goes_at_once(
    desk: Desk,
) -> None:
    choose(desk, "lenet")
    assert desk.session.data is not None
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.choose_data("builtin-shapes")
        assert desk.selection.loading
        assert desk.session.data is not None
        assert desk.session.data.info.key == "builtin-digits"
    choose(desk, "lenet")
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.choose("simplecnn")
        assert desk.selection.loading
        assert desk.session.data is None


def test_weights_that_need_other_images_bring_those_that_they_learned_from(desk: Desk) -> None:
    choose(desk, "lenet")
    state = desk.session.state
    assert state is not None
    learned = replace(state, provenance={**state.provenance, "dataset": "builtin-digits", "step": 5})
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.choose_data("builtin-shapes")
    with desk.qtbot.waitSignal(desk.selection.ready, timeout=20_000):
        desk.selection.show_weights(learned)
    assert desk.session.data is not None
    assert desk.session.data.info.key == "builtin-digits"
    assert desk.session.chosen == ("lenet", "builtin-digits")
    assert desk.session.state is not None
    assert desk.session.state.tensors is learned.tensors


def test_data_that_a_model_cannot_be_built_for_are_replaced_which_is_said_with_the_reason(
    desk: Desk, tmp_path: Path
) -> None:
    said: list[str] = []
    desk.selection.informed.connect(lambda words: said.append(worded(words)))
    desk.data = own(tmp_path, 12)
    desk.take_up("simplecnn")
    choose(desk, "lenet")
    assert desk.session.data is not None
    assert desk.session.data.info.key == "builtin-digits"
    assert said == [
        "Built-in digits is shown instead of own12: Images of 12×12 pixels are too small for LeNet: it needs at least "
        "16×16."
    ]
