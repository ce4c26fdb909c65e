"""What the context chip says in each situation, and what its popover offers and does."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.context import Choice, Choices, Context
from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.summary import RunLine, RunSummary
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters import context
from cnnviewer.presenters.context import ContextPresenter, Shown, context_of
from cnnviewer.presenters.downloads import DownloadsPresenter
from cnnviewer.presenters.offered import Offered
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.views import ContextView
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import services
from tests.presenters.fakes import fake
from tests.small_data import tiny

DATA = tiny()
LENET = MODELS["lenet"]
RANDOM = untrained(LENET, DATA.info)
TRAINED = replace(
    RANDOM,
    provenance={"step": 4800, "seed": 1, "batch_size": 32, "dataset": "tiny-grey", "test_accuracy": 0.9947},
)
BUNDLED = replace(TRAINED, recipe=replace(RANDOM.recipe, dataset="mnist"))
FILE = replace(TRAINED, file="my.pt")
CONFIG = TrainConfig("lenet", "tiny-grey", seed=1, batch_size=32)


def shown(state: ModelState, learned: str = "mnist", **known: Any) -> Shown:
    state = replace(state, recipe=replace(state.recipe, dataset=learned))
    return replace(Shown(state, "LeNet", "MNIST", "mnist"), **known)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(
            shown(BUNDLED, bundled=True),
            Context("LeNet", "MNIST", "bundled", accuracy=0.9947),
            id="bundled weights, with the accuracy that they record",
        ),
        pytest.param(
            shown(BUNDLED, bundled=True, data="Tiny grey", data_key="tiny-grey"),
            Context("LeNet", "Tiny grey", "bundled", learned="MNIST"),
            id="bundled weights of another data set: its accuracy says nothing of this one",
        ),
        pytest.param(
            shown(BUNDLED, bundled=True, muted=2),
            Context("LeNet", "MNIST", "bundled", muted=2),
            id="muted channels: the accuracy of the weights alone is not theirs",
        ),
        pytest.param(
            shown(TRAINED, run="rate 0.05", muted=1),
            Context("LeNet", "MNIST", "run", name="rate 0.05", step=4800, muted=1),
            id="a muted channel of a run",
        ),
        pytest.param(
            shown(TRAINED, "cifar10", run=""),
            Context("LeNet", "MNIST", "run", step=4800, learned="CIFAR-10"),
            id="a run of another data set",
        ),
        pytest.param(
            shown(FILE, "cifar10"),
            Context("LeNet", "MNIST", "file", name="my.pt", learned="CIFAR-10"),
            id="a weights file of another data set",
        ),
        pytest.param(
            shown(FILE, ""), Context("LeNet", "MNIST", "file", name="my.pt"), id="a weights file that does not say"
        ),
        pytest.param(shown(RANDOM, "cifar10"), Context("LeNet", "MNIST", "untrained"), id="random weights"),
        pytest.param(shown(FILE), Context("LeNet", "MNIST", "file", name="my.pt"), id="a weights file"),
        pytest.param(
            shown(FILE, run="rate 0.05"),
            Context("LeNet", "MNIST", "file", name="my.pt"),
            id="a weights file saved from the run that is shown",
        ),
        pytest.param(
            shown(replace(TRAINED, file="vgg16-397923af.pth", recipe=replace(RANDOM.recipe, model="vgg16"))),
            Context("LeNet", "MNIST", "imagenet"),
            id="downloaded weights of a large model",
        ),
        pytest.param(
            shown(TRAINED, run="rate 0.05"),
            Context("LeNet", "MNIST", "run", name="rate 0.05", step=4800),
            id="the newest weights of a run",
        ),
        pytest.param(
            shown(TRAINED, run=""),
            Context("LeNet", "MNIST", "run", step=4800),
            id="a run whose name would only repeat model and data",
        ),
        pytest.param(
            shown(TRAINED, run="rate 0.05", earlier_step=87),
            Context("LeNet", "MNIST", "run", name="rate 0.05", step=87, newest=False),
            id="a step of the past",
        ),
        pytest.param(
            shown(TRAINED, run="rate 0.05", earlier_step=87, training=True, paused=True),
            Context("LeNet", "MNIST", "run", name="rate 0.05", step=87, newest=False, training=True, paused=True),
            id="a step of the past while a training waits",
        ),
        pytest.param(
            shown(RANDOM, run="rate 0.05", earlier_step=0),
            Context("LeNet", "MNIST", "run", name="rate 0.05", step=0, newest=False),
            id="the run's weights before its first step",
        ),
        pytest.param(
            shown(TRAINED, run="rate 0.05", learning=True),
            Context("LeNet", "MNIST", "training", step=4800),
            id="a training under way",
        ),
        pytest.param(
            shown(TRAINED, learning=True, paused=True),
            Context("LeNet", "MNIST", "training", step=4800, paused=True),
            id="a training that waits",
        ),
        pytest.param(
            shown(TRAINED), Context("LeNet", "MNIST", "trained", step=4800), id="weights of a run that is not shown"
        ),
        pytest.param(
            shown(RANDOM, loaded=False),
            Context("LeNet", "MNIST", "untrained", loaded=False),
            id="a data set that is not on this computer",
        ),
    ],
)
def test_the_chip_says(situation: Shown, expected: Context) -> None:
    assert context_of(situation) == expected


def run_of(config: TrainConfig = CONFIG, steps: int = 5000, opened: OpenedRun | None = None) -> Run:
    log = fake(MetricLog, step_count=steps) if steps else MetricLog()
    return Run(config, cast(MetricLog, log), opened=opened)


# the presenter


@dataclass
class Desk:
    """A presenter whose choice of model and data is a stand-in."""

    session: Session = field(default_factory=Session)
    jobs: Jobs = field(default_factory=Jobs)
    folder: Path = Path("no data")
    bundled: ModelState = BUNDLED

    def __post_init__(self) -> None:
        self.view = fake(ContextView)
        self.runs = fake(RunsPresenter, lines=())
        self.selection = fake(
            SelectionPresenter,
            config=CONFIG,
            model=LENET,
            offered=fake(
                Offered,
                models=(LENET.info, MODELS["simplecnn"].info),
                sources=(
                    DataSource("tiny-grey", "Tiny grey", "ready", shape=(1, 28, 28)),
                    DataSource("cifar10", "CIFAR-10", "missing", download_bytes=500, licence="none", shape=(3, 32, 32)),
                    DataSource("npz:/data/cats.npz", "cats", "ready"),
                ),
                title_of=lambda key: MODELS[str(key)].info.title,
                is_bundled=lambda state: state is BUNDLED,
                closed_models=(),
            ),
            downloads=fake(DownloadsPresenter),
            bundled_of=self.bundled,
            choose_data=True,
            refusal=None,
        )
        self.presenter = ContextPresenter(
            services(self.session, self.jobs, data_dir=self.folder),
            cast(SelectionPresenter, self.selection),
            cast(RunsPresenter, self.runs),
            self.view,
        )

    @property
    def context(self) -> Context:
        return cast(Context, self.view.last("set_context"))

    def opened(self) -> Choices:
        self.view.opened.emit()
        return cast(Choices, self.view.last("set_choices"))


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.session.set_data(DATA)
    return desk


def described(name: str, **changes: Any) -> OpenedRun:
    info = RunInfo(name, "2026-11-25 10:20:30", replace(CONFIG, **changes), RANDOM.recipe)
    return cast(OpenedRun, SimpleNamespace(info=info, notes=Notes(), snapshots=(5000,), folder=Path("/runs") / name))


def test_it_follows_the_weights_the_data_the_run_and_the_step(desk: Desk) -> None:
    desk.session.set_state(RANDOM)
    assert desk.context == Context("LeNet", "Tiny grey", "untrained")
    desk.session.set_state(BUNDLED)
    assert (desk.context.kind, desk.context.learned) == ("bundled", "MNIST")
    desk.session.set_run(run_of(opened=described("a")))
    desk.session.set_state(TRAINED)
    assert desk.context == Context("LeNet", "Tiny grey", "run", step=4800)
    desk.session.show_snapshot(87, TRAINED)
    assert (desk.context.step, desk.context.newest) == (87, False)
    desk.session.set_state(FILE)
    assert (desk.context.kind, desk.context.name, desk.context.newest) == ("file", "my.pt", True)
    desk.session.set_data(None)
    assert not desk.context.loaded


def test_a_training_is_said_as_soon_as_its_weights_are_on_the_screen_and_no_longer_when_it_ends(desk: Desk) -> None:
    live: list[ModelState] = []
    desk.session.watch(lambda: live[-1] if live else None)
    desk.session.set_state(BUNDLED)
    desk.session.set_run(run_of(opened=described("a")))
    desk.session.set_run_state("preparing")
    assert desk.context.kind == "bundled"
    live.append(replace(TRAINED, provenance={**TRAINED.provenance, "step": 320}))
    desk.session.set_run_state("running")
    assert (desk.context.kind, desk.context.step, desk.context.paused) == ("training", 320, False)
    desk.session.set_run_state("paused")
    assert desk.context.paused
    desk.session.set_newest(live[-1])
    desk.session.set_run_state("idle")
    assert (desk.context.kind, desk.context.step) == ("run", 320)


def test_the_steps_of_a_training_are_said_a_few_times_a_second_and_the_last_one_is(desk: Desk, qtbot: QtBot) -> None:
    live = [TRAINED]
    desk.session.watch(lambda: live[-1])
    desk.session.set_state(BUNDLED)
    desk.session.set_run(run_of(opened=described("a")))
    desk.session.set_run_state("running")
    count = desk.view.count("set_context")
    for step in range(1, 200):
        live.append(replace(TRAINED, provenance={**TRAINED.provenance, "step": step}))
        desk.presenter.refresh()
    assert desk.view.count("set_context") <= count + 2
    qtbot.waitUntil(lambda: desk.context.step == 199)


def test_what_is_being_prepared_is_said(desk: Desk) -> None:
    desk.selection.busy_changed.emit("Loading the data set…")
    assert desk.view.last("set_busy") == "Loading the data set…"


def test_while_a_data_set_is_loaded_that_of_the_weights_is_said_and_the_chosen_one_where_there_is_none(
    desk: Desk,
) -> None:
    desk.session.set_state(BUNDLED)
    desk.selection.config = replace(CONFIG, dataset="mnist")
    desk.session.set_loading(True)
    assert desk.context.data == "Tiny grey"
    desk.session.set_data(None)
    assert (desk.context.data, desk.context.loaded, desk.context.accuracy) == ("MNIST", True, 0.9947)


def test_the_run_is_named_by_what_sets_it_apart(desk: Desk) -> None:
    run, other = described("a"), described("b", learning_rate=0.05)
    desk.session.set_run(run_of(opened=run))
    desk.session.set_state(TRAINED)
    assert desk.context.name == ""
    desk.session.set_listed(((run.info, run.notes), (other.info, other.notes)))
    assert desk.context.name == "rate 0.01"
    desk.session.set_run(run_of(opened=cast(OpenedRun, SimpleNamespace(**{**vars(run), "notes": Notes("mine")}))))
    assert desk.context.name == "mine"


def test_a_run_that_only_grows_is_not_told_apart_from_all_others_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = described("a")
    named = []
    monkeypatch.setattr(context, "short_names", lambda runs, *_: named.append(runs) or ("rate 0.01",))
    desk.session.set_run(run_of(opened=run))
    desk.session.set_state(TRAINED)
    desk.session.run_grew.emit()
    assert desk.context.name == "rate 0.01"
    assert len(named) == 1
    desk.view.language_changed.emit()
    assert len(named) == 2


def test_what_did_not_change_is_not_said_again(desk: Desk) -> None:
    desk.session.set_state(RANDOM)
    count = desk.view.count("set_context")
    desk.presenter.refresh()
    assert desk.view.count("set_context") == count


def line(name: str, state: str = "finished", accuracy: float | None = 0.981) -> RunLine:
    info = RunInfo(name, "2026-11-25T10:20:30", CONFIG, RANDOM.recipe)
    summary = RunSummary(Path("/runs") / name, info, Notes(), cast(Any, state), 1, 100, accuracy, True, 1000, 3)
    return RunLine(summary, f"LeNet on MNIST · {name}", f"{name} · LeNet on MNIST", "LeNet", "MNIST")


def test_the_choices_are_all_models_all_data_and_the_newest_runs(desk: Desk) -> None:
    desk.session.set_state(BUNDLED)
    waiting = replace(line("c", "running", None), paused=True)
    desk.runs.lines = (line("b"), line("a", "running", None), waiting)
    choices = desk.opened()
    assert [(each.key, each.chosen) for each in choices.models] == [("lenet", True), ("simplecnn", False)]
    assert [each.detail for each in choices.data] == ["28×28, grey", "download, 500 bytes", "/data/cats.npz"]
    assert [(each.key, each.title, each.chosen) for each in choices.weights] == [
        ("bundled", "Bundled weights", True),
        ("untrained", "Untrained", False),
        ("/runs/b", "b · LeNet on MNIST", False),
        ("/runs/a", "a · LeNet on MNIST", False),
        ("/runs/c", "c · LeNet on MNIST", False),
    ]
    assert [each.detail for each in choices.weights[2:]] == [
        "98.10 % · 2026-11-25 10:20",
        "training now · 2026-11-25 10:20",
        "paused · 2026-11-25 10:20",
    ]
    assert desk.runs.count("refresh") == 1


def test_a_run_of_another_model_says_which_and_one_of_this_model_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.session.set_state(BUNDLED)
    here = replace(line("b"), telling_name="rate 0.05")
    other = line("a").summary
    other = replace(other, info=replace(other.info, config=replace(CONFIG, model="simplecnn")))
    desk.runs.lines = (here, replace(line("a"), summary=other, telling_name="rate 0.05, from step 270"))
    titles = [each.title for each in desk.opened().weights[2:]]
    assert titles == ["rate 0.05", "rate 0.05, from step 270 · SimpleCNN on tiny-grey"]


def test_the_run_on_the_screen_is_marked_and_bundled_weights_are_not(desk: Desk) -> None:
    desk.runs.lines = (line("b"), line("a"))
    desk.session.set_run(run_of(opened=described("a")))
    desk.session.set_state(TRAINED)
    assert [each.key for each in desk.opened().weights if each.chosen] == ["/runs/a"]


def test_an_opened_file_is_a_choice_that_is_on_the_screen(desk: Desk) -> None:
    desk.session.set_state(FILE)
    assert desk.opened().weights[0] == Choice("file", "my.pt", "opened from a file", chosen=True)


def test_weights_that_read_other_images_say_so() -> None:
    desk = Desk(bundled=replace(BUNDLED, recipe=replace(BUNDLED.recipe, classes=("a", "b"))))
    desk.session.set_data(DATA)
    bundled = desk.opened().weights[0]
    assert (bundled.key, bundled.why) == ("bundled", "They know other images or other classes.")


def test_while_a_training_is_under_way_everything_is_locked_and_says_why(desk: Desk) -> None:
    desk.runs.lines = (line("b"),)
    desk.session.set_state(RANDOM)
    desk.session.set_run_state("running")
    choices = desk.opened()
    assert choices.locked
    assert {each.why for column in (choices.models, choices.data, choices.weights) for each in column} == {
        choices.locked
    }
    desk.session.set_run_state("idle")
    assert not cast(Choices, desk.view.last("set_choices")).locked


def test_choices_are_not_gathered_before_they_are_opened(desk: Desk) -> None:
    desk.runs.listed.emit()
    assert desk.view.count("set_choices") == 0
    desk.opened()
    desk.runs.listed.emit()
    assert desk.view.count("set_choices") == 2


@pytest.mark.parametrize(
    ("choose", "called", "given"),
    [
        (lambda view: view.model_chosen.emit("simplecnn"), "choose", "simplecnn"),
        (lambda view: view.data_chosen.emit("cifar10"), "choose_data", "cifar10"),
        (lambda view: view.weights_chosen.emit("bundled"), "show_weights", BUNDLED),
        (lambda view: view.weights_chosen.emit("imagenet"), "read_large_weights", ()),
    ],
    ids=["a model", "a data set", "bundled weights", "downloaded weights"],
)
def test_a_choice_is_the_choice_of_the_panel(
    desk: Desk, choose: Callable[[Any], None], called: str, given: object
) -> None:
    choose(desk.view)
    assert desk.selection.last(called) == given


def test_what_is_chosen_already_is_not_loaded_again(desk: Desk) -> None:
    desk.session.set_data(DATA)
    desk.view.model_chosen.emit("lenet")
    desk.view.data_chosen.emit("tiny-grey")
    assert desk.selection.count("choose") == desk.selection.count("choose_data") == 0


def test_a_data_set_that_is_missing_is_offered_for_download(desk: Desk) -> None:
    offers: list[Any] = []
    desk.presenter.action_suggested.connect(offers.append)
    desk.view.data_chosen.emit("cifar10")
    assert "CIFAR-10" in offers[0].sentence
    assert "Licence: none" in offers[0].sentence
    offers[0].accept()
    assert desk.selection.downloads.last("download") == "cifar10"


def test_new_random_weights_are_drawn_for_the_data_set(desk: Desk, qtbot: QtBot) -> None:
    desk.view.weights_chosen.emit("untrained")
    qtbot.waitUntil(lambda: desk.selection.count("show_weights") == 1, timeout=20_000)
    state = desk.selection.last("show_weights")
    assert state.provenance["untrained"]
    assert state.recipe.classes == DATA.info.classes
    desk.jobs.shut_down()
