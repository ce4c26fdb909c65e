"""Comparing: runs and moments chosen in; columns, curves, predictions, kernels and disagreements out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.kernels import kernel_layers
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.runs.compare import MOST, Compared, Moment, Verdicts, comparison_csv, titles
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.summary import State
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.comparing_work import (
    Following,
    Judging,
    KernelsOf,
    Listing,
    Opened,
    Opening,
    Reading,
    Taken,
    Taking,
    Wanted,
    stamp_of,
)
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.run_views import CompareView
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.newest import NewestOnly

FOLLOW_MS = 700
"""How often runs that are being trained are looked at again."""


@dataclass
class _Side:
    """What is known of a column."""

    folder: Path
    moment: Moment
    run: OpenedRun | None = None
    taken: Taken | None = None


class ComparingPresenter(Attempts):
    """Owner of the runs that are compared; whatever is read of them is read in jobs, the newest wish first.

    Signals:
        opened: runs were chosen elsewhere to be compared: show the page.
    """

    opened = Signal()

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        looking: LookingPresenter,
        page: CompareView,
        runs_dir: Path,
        data_dir: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._looking = looking
        self._page = page
        self.runs_dir = runs_dir
        self.data_dir = data_dir
        self._sides: dict[int, _Side] = {}
        self._next = 1
        self._layer = ""
        self._judged: tuple[DataSet, Verdicts] | None = None
        self._source: object = None
        self._active = True
        self._listing, self._opening, self._following = (NewestOnly(jobs, self) for _ in range(3))
        self._taking, self._reading, self._kernels, self._judging = (NewestOnly(jobs, self) for _ in range(4))
        self._timer = QTimer(self)
        self._timer.setInterval(FOLLOW_MS)
        self._timer.timeout.connect(self._follow)
        self._connect()
        self._list()

    def _connect(self) -> None:
        for kind in (self._listing, self._opening, self._following, self._taking, self._reading, self._kernels):
            kind.failed.connect(self.problem)
        self._judging.failed.connect(self._on_judging_failed)
        self._judging.progressed.connect(self._page.set_judging)
        page = self._page
        page.runs_wanted.connect(self._list)
        page.add_requested.connect(self._on_add_requested)
        page.remove_requested.connect(self._on_remove_requested)
        page.moment_requested.connect(self._on_moment_requested)
        page.layer_selected.connect(self._on_layer_selected)
        page.judge_requested.connect(self._on_judge_requested)
        page.judge_cancelled.connect(self._on_judge_cancelled)
        page.image_requested.connect(self._on_image_requested)
        page.curves_written.connect(self.export_curves)
        page.table_wanted.connect(self.export_table)
        self._looking.looked.connect(self._on_looked)

    def set_active(self, active: bool) -> None:
        """The page is in sight or not: images are read only for somebody who sees the answer."""
        self._active = active
        if active:
            self._list()
            self._on_looked()

    # which runs

    def show(self, folders: Sequence[Path]) -> None:
        """Compare these runs, each as it is now, in place of those compared before."""
        self._sides.clear()
        self._add(folders)
        self.opened.emit()

    def _list(self) -> None:
        self._listing.ask(Listing(self.runs_dir), self._page.set_runs)

    def _on_add_requested(self, folders: Sequence[Path]) -> None:
        self._add(folders)

    def _add(self, folders: Sequence[Path]) -> None:
        room = MOST - len(self._sides)
        if len(folders) > room:
            self.problem.emit(UserError("At most {most} runs or moments can be compared at once.", most=MOST))
        for folder in folders[: max(0, room)]:
            # a run that is there already is added at its best moment, to be set against how it ended
            twice = any(side.folder == folder for side in self._sides.values())
            self._sides[self._next] = _Side(folder, "best" if twice else "last")
            self._next += 1
        missing = [(number, side.folder) for number, side in self._sides.items() if side.run is None]
        self._opening.ask(Opening(missing), self._on_opened)
        self._show_columns()

    def _on_opened(self, opened: Opened) -> None:
        for number, run in opened.runs.items():
            if number in self._sides:
                self._sides[number].run = run
        for number in [number for number, side in self._sides.items() if side.run is None]:
            if not self._opening.busy:
                del self._sides[number]
        for problem in opened.problems:
            self.problem.emit(problem)
        self._show_columns()
        self._take()
        self._timer.start()

    def _on_remove_requested(self, number: int) -> None:
        if self._sides.pop(number, None) is not None:
            self._show_columns()
            self._show_states()

    def _on_moment_requested(self, number: int, moment: Moment) -> None:
        if number in self._sides:
            self._sides[number].moment = moment
            self._take()

    def _show_columns(self) -> None:
        self._page.set_columns(self.columns)

    @property
    def columns(self) -> tuple[Compared, ...]:
        """What is compared, as far as it is known."""
        known = [(number, side, side.run) for number, side in self._sides.items() if side.run is not None]
        names = titles([(run.info, run.notes) for _, _, run in known])
        return tuple(
            Compared(
                number,
                side.folder,
                run.info,
                run.notes,
                _state(run),
                run.log,
                tuple(run.moments),
                run.best_step,
                side.moment,
                side.taken.step if side.taken is not None and side.taken.moment == side.moment else None,
                title,
            )
            for (number, side, run), title in zip(known, names, strict=True)
        )

    # runs that are being trained

    def _follow(self) -> None:
        runs = [side.run for side in self._sides.values() if side.run is not None and side.run.info.status == "running"]
        if runs and not self._following.busy:
            self._following.ask(Following(runs), self._on_followed)

    def _on_followed(self, changed: bool) -> None:
        if not changed:
            return
        self._show_columns()
        if any(
            side.run is not None
            and side.moment in ("last", "best")
            and (side.taken is None or side.taken.stamp != stamp_of(side.run, side.moment))
            for side in self._sides.values()
        ):
            self._take()

    # their weights

    def _take(self) -> None:
        wanted = [
            Wanted(number, side.run, side.moment, side.taken)
            for number, side in self._sides.items()
            if side.run is not None
        ]
        self._taking.ask(Taking(wanted), self._on_taken)

    def _on_taken(self, result: tuple[Mapping[int, Taken], tuple[UserError, ...]]) -> None:
        taken, problems = result
        changed = False
        for number, side in self._sides.items():
            if number in taken and side.taken is not taken[number]:
                side.taken, changed = taken[number], True
        for problem in problems:
            self.problem.emit(problem)
        if changed:
            self._show_columns()
            self._show_states()

    @property
    def _taken(self) -> dict[int, Taken]:
        return {number: side.taken for number, side in self._sides.items() if side.taken is not None}

    def _show_states(self) -> None:
        """Other weights, or fewer: everything that was read by them is read anew."""
        names = {name: None for taken in self._taken.values() for name in kernel_layers(taken.inspector.architecture)}
        if self._layer not in names:
            self._layer = next(iter(names), "")
        self._page.set_layers(tuple(names), self._layer)
        self._fetch_kernels()
        self._read()
        self._on_judge_cancelled()
        self._judged = None
        self._page.set_verdicts(None)

    # one image

    def _on_looked(self) -> None:
        if self._active and self._looking.source is not self._source:
            self._read()

    def _read(self) -> None:
        self._source = self._looking.source
        models = {number: taken.inspector for number, taken in self._taken.items()}
        self._reading.ask(Reading(models, self._looking.source), self._on_read)

    def _on_read(self, predictions: Mapping[int, Prediction]) -> None:
        self._page.set_predictions(
            {number: prediction for number, prediction in predictions.items() if number in self._sides},
            self._looking.truth,
        )

    # kernels

    def _on_layer_selected(self, layer: str) -> None:
        self._layer = layer
        self._fetch_kernels()

    def _fetch_kernels(self) -> None:
        self._kernels.ask(KernelsOf(self._taken, self._layer), self._on_kernels)

    def _on_kernels(self, result: tuple[str, Mapping[int, Kernels | None]]) -> None:
        layer, found = result
        if layer == self._layer:
            self._page.set_kernels({number: kernels for number, kernels in found.items() if number in self._sides})

    # the whole test set

    def _on_judge_requested(self) -> None:
        columns = {column.number: column for column in self.columns}
        taken = self._taken
        if len(taken) < 2:
            self._page.set_judging_problem(words(UserError("Choose two runs or moments to see where they disagree.")))
            return
        first = next(iter(taken))
        key, fingerprint = columns[first].info.config.dataset, columns[first].info.fingerprint
        if any(columns[number].info.fingerprint != fingerprint for number in taken):
            self._page.set_judging_problem(
                words(UserError("These runs were trained on different images, so there is no common test set."))
            )
            return
        data = self._session.data
        models = {number: taken[number].inspector for number in taken}
        self._judging.forget()
        self._page.set_judging(0.0)
        work = Judging(models, data if data is not None and data.info.key == key else None, key, self.data_dir)
        self._judging.ask(work, self._on_judged)

    def _on_judged(self, result: tuple[DataSet, Verdicts]) -> None:
        data, verdicts = result
        self._judged = result
        self._page.set_judging(None)
        self._page.set_images(data.test.images.numpy())
        self._page.set_verdicts(verdicts)

    def _on_judging_failed(self, error: UserError) -> None:
        self._page.set_judging(None)
        self._page.set_judging_problem(words(error))

    def _on_judge_cancelled(self) -> None:
        self._judging.forget()
        self._page.set_judging(None)

    def _on_image_requested(self, index: int) -> None:
        if self._judged is not None:
            data, verdicts = self._judged
            truth = verdicts.classes[int(verdicts.labels[index])]
            self._looking.show_sample(data.test.images[index].numpy().copy(), truth)

    # files

    def export_table(self, path: PathLike) -> bool:
        """Write configuration and outcome of what is compared as CSV."""
        return self._attempt(lambda: self._write(Path(path), comparison_csv(self.columns)))

    def export_curves(self, path: PathLike, data: bytes) -> bool:
        """Write a picture of the curves, as the page has painted it."""
        return self._attempt(lambda: self._write(Path(path), data))

    def shut_down(self) -> None:
        """Begin nothing more."""
        self._timer.stop()
        for kind in (self._listing, self._opening, self._following, self._taking, self._reading, self._kernels):
            kind.forget()
        self._judging.forget()


def _state(run: OpenedRun) -> State:
    if run.info.status != "running":
        return run.info.status
    return "running" if run.written_now else "interrupted"
