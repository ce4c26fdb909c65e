"""The work behind a comparison, each for a job: opening runs, taking moments, following, reading, judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.kernels import kernels
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.inspection.trace import Inspector, ranked
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.compare import Moment, Verdicts
from cnnviewer.core.runs.folder import CHECKPOINT
from cnnviewer.core.runs.library import list_runs
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.core.runs.verdicts import judge
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.runtime.jobs import JobContext
from cnnviewer.runtime.questions import Source, model_input

Stamp = tuple[object, ...]
"""Changes when the weights of a chosen moment may have changed."""


class Listing:
    """The work of listing all runs."""

    def __init__(self, runs_dir: Path) -> None:
        self.runs_dir = runs_dir

    def __call__(self, context: JobContext) -> tuple[RunSummary, ...]:
        """The runs, the newest first."""
        return tuple(list_runs(self.runs_dir, context.cancelled))


@dataclass(frozen=True)
class Opened:
    """Runs that were opened by the number of their columns, and why others were not."""

    runs: Mapping[int, OpenedRun]
    problems: tuple[UserError, ...] = ()


class Opening:
    """The work of opening runs: `(number, folder)` each."""

    def __init__(self, wanted: Sequence[tuple[int, Path]]) -> None:
        self.wanted = wanted

    def __call__(self, context: JobContext) -> Opened:
        """What could be opened."""
        runs: dict[int, OpenedRun] = {}
        problems = []
        for number, folder in self.wanted:
            if context.cancelled():
                raise Cancelled
            try:
                runs[number] = OpenedRun(folder)
            except UserError as error:
                problems.append(error)
        return Opened(runs, tuple(problems))


class Following:
    """The work of taking in what runs have gained; whether any has."""

    def __init__(self, runs: Sequence[OpenedRun]) -> None:
        self.runs = runs

    def __call__(self, _context: JobContext) -> bool:
        """Refresh each; one that is gone keeps what is known of it."""
        changed = False
        for run in self.runs:
            with suppress(UserError):
                changed = run.refresh() or changed
        return changed


@dataclass(frozen=True, eq=False)
class Taken:
    """A moment of a run: its weights, a model that reads them, and when they were taken."""

    moment: Moment
    step: int
    state: ModelState
    inspector: Inspector
    stamp: Stamp


@dataclass(frozen=True, eq=False)
class Wanted:
    """A moment to be taken for a column."""

    number: int
    run: OpenedRun
    moment: Moment
    before: Taken | None


class Taking:
    """The work of reading the moments of columns; those whose stamp is the same stay as they are."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted

    def __call__(self, context: JobContext) -> tuple[Mapping[int, Taken], tuple[UserError, ...]]:
        """By column; and why others could not be read."""
        taken: dict[int, Taken] = {}
        problems = []
        for want in self.wanted:
            if context.cancelled():
                raise Cancelled
            stamp = stamp_of(want.run, want.moment)
            if want.before is not None and want.before.moment == want.moment and want.before.stamp == stamp:
                taken[want.number] = want.before
                continue
            try:
                checkpoint = _moment(want.run, want.moment)
                inspector = Inspector.from_state(checkpoint.state)
            except UserError as error:
                problems.append(error)
                continue
            taken[want.number] = Taken(want.moment, checkpoint.step, checkpoint.state, inspector, stamp)
        return taken, tuple(problems)


def stamp_of(run: OpenedRun, moment: Moment) -> Stamp:
    """Of what `moment` means at the moment."""
    if moment == "best":
        return (run.best_step, run.info.resumed)
    if moment == "last":
        try:
            about = (run.folder / CHECKPOINT).stat()
            written: Stamp = (about.st_mtime_ns, about.st_ino)
        except OSError:
            written = ()
        return (*written, run.moments[-1:], run.info.resumed)
    return (moment, run.info.resumed)


def _moment(run: OpenedRun, moment: Moment) -> Checkpoint:
    """The training at a chosen moment.

    Raises:
        UserError: it is not kept, or damaged.
    """
    if moment == "best":
        if run.best_step is None:
            raise UserError("The run {run} has no best moment yet: no epoch is done.", run=run.info.id)
        return run.moment(run.best_step)
    if moment != "last":
        return run.moment(moment)
    try:
        checkpoint = run.checkpoint()
    except UserError:
        if not run.moments:
            raise
        return run.moment(run.moments[-1])
    if run.moments and run.moments[-1] > checkpoint.step:
        with suppress(UserError):  # the checkpoint is as good as the newest moment
            return run.moment(run.moments[-1])
    return checkpoint


class Reading:
    """The work of reading one image by several models, by the number of their columns."""

    def __init__(self, models: Mapping[int, Inspector], source: Source | None) -> None:
        self.models = models
        self.source = source

    def __call__(self, _context: JobContext) -> Mapping[int, Prediction]:
        """What each says; nothing without an image."""
        found = {}
        for number, model in self.models.items():
            image, _ = model_input(self.source, model.recipe)
            found[number] = Prediction() if image is None else ranked(model.recipe.classes, model.probabilities(image))
        return found


class KernelsOf:
    """The work of fetching the weights of one layer from several models."""

    def __init__(self, taken: Mapping[int, Taken], layer: str) -> None:
        self.taken = taken
        self.layer = layer

    def __call__(self, _context: JobContext) -> tuple[str, Mapping[int, Kernels | None]]:
        """The layer, and its kernels by column; None where there is no such layer."""
        found: dict[int, Kernels | None] = {}
        for number, taken in self.taken.items():
            layers = {info.name: info for info in taken.inspector.architecture.layers}
            info = layers.get(self.layer)
            found[number] = kernels(taken.state.tensors, info) if info is not None else None
        return self.layer, found


class Judging:
    """The work of reading the whole test set by several models; loads it where it is not at hand."""

    def __init__(self, models: Mapping[int, Inspector], data: DataSet | None, key: str, data_dir: Path) -> None:
        self.models = models
        self.data = data
        self.key = key
        self.data_dir = data_dir

    def __call__(self, context: JobContext) -> tuple[DataSet, Verdicts]:
        """The data set, and what each model reads on its test images."""
        data = self.data
        if data is None:
            data = data_registry.load(self.key, self.data_dir, None, context.cancelled)
        return data, judge(self.models, data.test, data.info.classes, context.report, context.cancelled)
