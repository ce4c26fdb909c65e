"""Everything in the window belongs to what is on the screen, whatever was there before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.trained import finish
from tests.journeys.conftest import Person
from tests.small_data import GREY, saved, tiny

DESIGN = "design:conv 4 k5, relu, flatten, linear 10"
REFUSED = "design:conv 4 k5, relu, flatten, linear 12"
STEPS = 40
BUTTONS = (
    "trainButton",
    "pauseButton",
    "stepButton",
    "stopButton",
    "continueRunButton",
    "branchButton",
)


@dataclass(frozen=True)
class Context:
    """What the user has chosen so far, from which everything else follows.

    Attributes:
        run: the folder of the run opened or trained last.
        instead: what was chosen instead of its weights: a model's key or a weights file.
        data: the data set's key.
        step: of the run's past; None: its newest weights.
        image: index in the data set.

    """

    data: str
    run: Path | None = None
    instead: str | Path | None = None
    step: int | None = None
    image: int = 0


@dataclass(frozen=True)
class Shelf:
    """What lies on the disk: two data sets, two runs of each, weights of another run."""

    keys: tuple[str, str]
    runs: tuple[Path, ...]
    weights: Path


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    from cnnviewer.core.data.registry import load

    folder = tmp_path_factory.mktemp("shelf")
    keys = tuple(saved(folder, name, tiny(GREY, train=60, test=30, seed=seed)) for seed, name in enumerate("ab"))
    runs = []
    for number, (key, rate) in enumerate(((keys[0], 0.01), (keys[0], 0.05), (keys[1], 0.01), (keys[1], 0.02))):
        config = TrainConfig("lenet", key, epochs=2, batch_size=16, seed=number + 5, learning_rate=rate, threads=1)
        recording = begin(load(key, folder), config, folder / "runs")
        finish(recording)
        recording.let_go()
        assert recording.folder is not None
        runs.append(recording.folder)
    return Shelf((keys[0], keys[1]), tuple(runs[:-1]), runs[-1] / "weights.safetensors")


class Walker(Person):
    """Somebody who chooses one thing after another, and sees what stands in the window."""

    shelf: Shelf
    context: Context

    def rest(self) -> None:
        program = self.window.program
        self.until(lambda: self.state == "idle" and not program.jobs.busy and not program.session.loading)
        self.settled()
        self.until(lambda: not program.jobs.busy and program.presenters.time_machine._requested is None)
        self.until(self.inspected)

    def inspected(self) -> bool:
        """Whether the network view shows the weights of the session."""
        presenter, state = self.window.program.presenters.inspection, self.window.program.session.state
        kernels = presenter.kernels
        weight = state.tensors.get(f"{kernels.layer}.weight") if kernels is not None else None
        return weight is not None and np.array_equal(kernels.weight, weight.numpy())

    # what can be chosen

    def choose_data(self, which: int) -> None:
        self.window.own_data_selected.emit(self.shelf.keys[which])
        self.loaded(self.shelf.keys[which])
        self.context = replace(self.context, data=self.shelf.keys[which], image=0)

    def choose_little_data(self) -> None:
        if self.context.data not in self.shelf.keys:
            self.choose_data(0)
            self.rest()

    def choose_model(self, key: str) -> None:
        self.window.program.presenters.selection.use_model(key)
        self.until(lambda: self.window.program.session.state.recipe.model == key)
        self.rest()
        self.loaded(self.context.data)  # both models can be built for it: the user's own data stay
        self.context = replace(self.context, instead=key, step=None)

    def choose_refused_model(self) -> None:
        """Its last layer has 12 outputs, but there are 10 classes: what is on the screen stays until the next choice."""
        before = self.seen()
        selection = self.window.program.presenters.selection
        selection.use_model(REFUSED)
        self.until(lambda: selection.refusal is not None)
        self.rest()
        assert any("12 values" in error for error in self.errors), self.errors
        after = self.seen()
        assert after["model"] == REFUSED
        for part in ("title", "chip", "curves", "progress", "timeline", "kernels"):
            assert after[part] == before[part], part
        self.open_run(0)
        self.rest()
        assert not self.errors

    def go_back(self) -> None:
        button = self.find("timelineBackButton")
        if button.isVisible():
            self.click("timelineBackButton")
            assert self.context.run is not None
            data = read_info(self.context.run).config.dataset
            self.loaded(data)
            self.context = Context(data, self.context.run)

    def open_run(self, which: int) -> None:
        self.open_folder(self.shelf.runs[which])

    def open_folder(self, folder: Path) -> None:
        config = read_info(folder).config
        assert self.window.program.presenters.open_run.open_run(folder)
        self.loaded(config.dataset)
        self.context = Context(config.dataset, folder)

    def open_weights(self) -> None:
        assert self.window.open_weights(self.shelf.weights)
        self.rest()
        self.context = replace(self.context, instead=self.shelf.weights, step=None)

    def go_to(self, step: int) -> None:
        self.window.program.presenters.time_machine.go_to(step)
        session = self.window.program.session
        self.until(lambda: session.shown_step == (step if step < 8 else None))
        self.context = replace(self.context, step=step if step < 8 else None)

    def choose_image(self, index: int) -> None:
        self.find("sampleBrowser").select(index)
        self.context = replace(self.context, image=index)

    def pin(self) -> None:
        layer = self.window.program.presenters.inspection._architecture.layers[1].name
        self.find("networkView").select(layer, 1, 3, 3)
        self.until(lambda: self.find("explainView").explanation is not None)

    def train(self) -> None:
        self.begin(epochs=1)
        self.rest()

    def train_and_stop(self) -> None:
        self.begin(epochs=5000)
        self.until(lambda: self.window.program.session.run.log.step_count > 3)
        self.click("stopButton")
        self.rest()

    def train_and_fail(self) -> None:
        self.open_run(0)  # LeNet, which surely diverges
        self.rest()
        self.begin(epochs=5, rate=1e25)
        self.rest()
        assert any("diverged" in error for error in self.errors), self.window.program.session.run

    def train_refused(self) -> None:
        self.choose_little_data()
        panel = self.find("batchSizeSpin")
        before = panel.value()
        panel.setValue(5000)
        self.click("trainButton")
        self.until(lambda: self.state == "idle" and not self.window.program.jobs.busy)
        assert any("batch size 5000" in error for error in self.errors), self.errors
        panel.setValue(before)

    def begin(self, epochs: int, rate: float = 0.01) -> None:
        self.choose_little_data()
        self.find("epochsSpin").setValue(epochs)
        self.find("batchSizeSpin").setValue(16)
        self.find("learningRateSpin").setValue(rate)
        before = self.window.program.session.run
        self.click("trainButton")
        session = self.window.program.session
        self.until(lambda: session.run is not before and session.run.opened is not None)
        self.context = Context(self.context.data, session.run.opened.folder, image=self.context.image)

    # what is seen

    @property
    def errors(self) -> list[str]:
        return [card.sentence for card in self.window.messages._cards.values() if card.kind == "error"]

    @property
    def on_screen(self) -> OpenedRun | None:
        """The run on the screen, read from its folder, as the context says it."""
        context = self.context
        if context.run is None or context.instead is not None:
            return None
        return OpenedRun.read(context.run)

    def seen(self) -> dict[str, Any]:
        """What the window shows that does not depend on how it came there."""
        window = self.window
        curves = {}
        for plot in (window.curves.loss_plot, window.curves.accuracy_plot):
            for curve in plot.plotItem.listDataItems():
                x, y = curve.getData()
                points = ([], []) if x is None else (np.round(x, 6).tolist(), np.round(y, 6).tolist())
                curves[plot.objectName(), curve.name()] = points
        table = window.evaluation_view.errors.matrix.property("counts")
        explanation = self.find("explainView").explanation
        return {
            "model": self.find("modelCombo").currentData(),
            "data": self.find("datasetCombo").currentData(),
            "title": window.windowTitle(),
            "curves": curves,
            "progress": window.train_panel.progress.words,
            "timeline": None if window.timeline.isHidden() else window.timeline.words,
            "line": window.curves.loss_plot.shown_step_line.step,
            "frame": self.find("inputLens").pixels._region,
            "explained": None if explanation is None else explanation.cell,
            "evaluation": None if table is None or not np.size(table) else np.asarray(table).tolist(),
            "ranking": [(name, repr(probability)) for name, probability in self.ranking],  # NaN is NaN
            "kernels": np.asarray(self.find("kernelView").property("kernels")).tolist(),
            "errors": self.errors,
            "chip": self.find("contextChip").text(),
            "buttons": {name: self.find(name).text() for name in BUTTONS if self.find(name).isEnabled()},
        }

    def check(self) -> None:
        """Compare all that is on the screen with what was chosen."""
        self.rest()
        run, context = self.on_screen, self.context
        if run is not None:  # a thread of its own looks which snapshots there are
            last = run.log.step_count
            self.until(lambda: self.window.program.presenters.time_machine.timeline.steps[-1:] == (last,))
        seen = self.seen()
        session = self.window.program.session
        assert seen["data"] == context.data
        assert session.data.info.key == context.data
        points = [point for x, _ in seen["curves"].values() for point in x]
        if run is None:
            assert points == []
            assert seen["progress"] == ""
            assert seen["timeline"] is None
            assert seen["line"] is None
            assert self.find("timeline").isHidden()
        else:
            assert max(points) == run.log.step_count
            total = run.info.counts["total_steps"]
            assert f"step {run.log.step_count:,} of {total:,}" in seen["progress"]
            step = context.step if context.step is not None else run.log.step_count
            assert seen["timeline"].startswith(f"step {step:,}")
            assert seen["line"] == step
        assert self.find("timelineBackButton").isVisible() == (run is None and context.run is not None)
        expected = context.instead
        if isinstance(expected, Path):
            state = load_weights(expected)
            assert all((session.state.tensors[name] == state.tensors[name]).all() for name in state.tensors)
        elif expected is not None:
            assert session.state.recipe.model == expected
            assert seen["model"] == expected
        elif run is not None and run.info.status != "failed":
            state = run.snapshot(context.step if context.step is not None else run.log.step_count).state
            assert all((session.state.tensors[name] == state.tensors[name]).all() for name in state.tensors)
        assert (seen["frame"] is None) == (seen["explained"] is None)


@pytest.fixture
def walker(launched: Callable[..., Person], shelf: Shelf) -> Callable[[], Walker]:
    def start() -> Walker:
        person = launched(shelf.runs[0].parents[1])
        walker = Walker(person.window, person.qtbot)
        place = person.window.program.settings.runs_dir  # data of runs elsewhere are read only after a yes
        runs = tuple(place / folder.name for folder in shelf.runs)
        for folder in shelf.runs:
            if not (place / folder.name).exists():
                library.copy(folder, place)
        walker.shelf = replace(shelf, runs=runs)
        walker.context = Context("builtin-digits", instead="lenet")
        walker.rest()
        walker.choose_data(0)
        return walker

    return start


def reach(walker: Walker, context: Context) -> None:
    """Go the shortest way there from a fresh window."""
    if context.run is not None:
        walker.open_folder(context.run)
        walker.rest()
    if isinstance(context.instead, Path):
        walker.open_weights()
    elif context.instead is not None:
        walker.choose_model(context.instead)
    if context.data != walker.context.data:
        walker.choose_data(walker.shelf.keys.index(context.data))
        walker.rest()
    if context.step is not None:
        walker.go_to(context.step)
    walker.choose_image(context.image)
    walker.check()


def test_each_choice_clears_what_belongs_to_another(walker: Callable[[], Walker]) -> None:
    here = walker()
    here.check()
    here.open_run(1)
    here.check()
    here.go_to(3)
    here.check()
    here.pin()
    here.check()
    here.choose_model(DESIGN)
    assert here.seen()["explained"] is None
    here.check()
    here.go_back()
    here.check()
    here.open_run(2)
    here.check()
    here.train_and_fail()
    assert here.errors
    here.choose_model("lenet")
    assert not here.errors
    here.check()
    here.train_refused()
    here.train()
    here.check()
    assert not here.errors
    here.open_weights()
    here.check()


def test_the_evaluation_is_of_the_weights_and_the_data_that_are_chosen(walker: Callable[[], Walker]) -> None:
    here = walker()
    here.open_run(0)
    here.check()
    here.window.show_workspace("evaluate")
    here.until(lambda: here.seen()["evaluation"] is not None)
    first = here.seen()["evaluation"]
    here.window.show_workspace("explore")
    here.open_run(2)
    assert here.seen()["evaluation"] is None
    here.choose_data(0)
    here.window.show_workspace("evaluate")
    here.until(lambda: here.seen()["evaluation"] is not None)
    assert here.seen()["evaluation"] != first


def test_forty_choices_in_any_order_end_where_the_shortest_way_ends(walker: Callable[[], Walker]) -> None:
    generator = np.random.default_rng(11)
    here = walker()
    choices: list[Callable[[], object]] = [
        lambda: here.choose_data(int(generator.integers(2))),
        lambda: here.choose_model(str(generator.choice(["lenet", DESIGN]))),
        lambda: here.open_run(int(generator.integers(3))),
        here.open_weights,
        lambda: here.choose_image(int(generator.integers(30))),
        here.pin,
        here.train,
        here.train_and_stop,
        here.train_refused,
        here.train_and_fail,
        here.choose_refused_model,
        here.go_back,
    ]
    for _ in range(STEPS):
        index = int(generator.integers(len(choices) + 1))
        run = here.on_screen
        if index == len(choices):
            if run is not None and run.log.step_count >= 6:
                here.go_to(int(generator.integers(1, 6)))
        else:
            choices[index]()
        here.check()
    fresh = walker()
    reach(fresh, here.context)
    here.choose_image(here.context.image)
    here.check()
    there, then = fresh.seen(), here.seen()
    apart = {"explained", "frame", "errors"}
    if here.context.instead == DESIGN:  # its random weights are others, its number in the list may be
        apart |= {"kernels", "ranking", "chip", "title"}
    for part in apart:
        there.pop(part), then.pop(part)
    assert then == there
