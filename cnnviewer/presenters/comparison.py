"""Comparison of runs and their snapshots: columns, curves, predictions, kernels and where the models disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.inspection.kernels import kernel_layers
from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.runs.compare.comparison import (
    MOST,
    ComparedRun,
    SnapshotChoice,
    comparison_csv,
)
from cnnviewer.core.runs.read.changes import same_images
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.summary import State
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.compared_image import ComparedImagePresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import title_of
from cnnviewer.presenters.run_names import data_title, short_names, telling_names
from cnnviewer.presenters.run_views import CompareView
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.comparison import (
    Opened,
    Taken,
    WeightsRequest,
    evaluate_models,
    kernels_of,
    list_all,
    open_runs,
    refresh_runs,
    stamp_of,
    take_weights,
    where_data_are,
)
from cnnviewer.runtime.newest import NewestOnly

FOLLOW_MS = 700
"""Interval at which runs in training are read again, in milliseconds."""


@dataclass
class _Side:
    """What is known of a column."""

    folder: Path
    snapshot: SnapshotChoice
    run: OpenedRun | None = None
    taken: Taken | None = None


class ComparisonPresenter(CommandPresenter):
    """Owner of the compared runs. Jobs read them; only the newest request of a kind counts.

    Signals:
        opened: runs were chosen on another page to be compared: show this page.
        compared: the folders of the compared runs, in their order, each once.
    """

    opened = Signal()
    compared = Signal(object)

    def __init__(self, services: Services, inspection: InspectionPresenter, page: CompareView) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._image = ComparedImagePresenter(services, inspection, page)
        self._page = page
        self._sides: dict[int, _Side] = {}
        self._next = 1
        self._listed: Mapping[Path, str] = {}  # the ids of the runs of the list, by their folders
        self._away: dict[int, tuple[int, str, _Side]] = {}  # of runs that were deleted: the place, and the run's id
        self._layer = ""
        self._evaluated: tuple[DataSet, ModelPredictions] | None = None
        self._listing, self._opening, self._following = (NewestOnly(self._jobs, self) for _ in range(3))
        self._taking, self._kernels, self._evaluating = (NewestOnly(self._jobs, self) for _ in range(3))
        self._job_kinds = (self._listing, self._opening, self._following, self._taking, self._kernels)
        self._timer = QTimer(self)
        self._timer.setInterval(FOLLOW_MS)
        self._timer.timeout.connect(self._follow)
        self._connect()
        self._list()

    def _connect(self) -> None:
        for kind in self._job_kinds:
            kind.failed.connect(self.error)
        self._evaluating.failed.connect(self._on_evaluation_failed)
        self._evaluating.progressed.connect(self._page.set_evaluating)
        page = self._page
        page.add_requested.connect(self._on_add_requested)
        page.remove_requested.connect(self._on_remove_requested)
        page.move_requested.connect(self._on_move_requested)
        page.snapshot_requested.connect(self._on_snapshot_requested)
        page.layer_selected.connect(self._on_layer_selected)
        page.evaluate_requested.connect(self._on_evaluation_requested)
        page.evaluate_cancelled.connect(self._on_evaluation_cancelled)
        page.image_requested.connect(self._on_image_requested)
        page.curves_written.connect(self.export_curves)
        page.table_requested.connect(self.export_table)
        self._session.listed_changed.connect(self._on_listed_changed)
        self._session.run_state_changed.connect(self._set_columns)

    def set_active(self, active: bool) -> None:
        """Set whether the page is visible: images are predicted only then."""
        if active:
            self._list()
        self._image.set_active(active)

    # which runs

    def show(self, folders: Sequence[Path]) -> None:
        """Compare these runs, each at its newest weights, instead of the previous ones."""
        self._sides.clear()
        self._away.clear()
        self._add(folders)
        self.opened.emit()

    def set_compared(self, folder: Path, compared: bool) -> None:
        """Compare this run too, or none of its columns any more."""
        numbers = [number for number, side in self._sides.items() if side.folder == folder]
        if compared and not numbers:
            self._add((folder,))
        elif not compared and numbers:
            for number in numbers:
                del self._sides[number]
            self._show_columns()
            self._show_states()

    def follow_list(self, listed: Mapping[Path, str]) -> None:
        """Compare no run that has left the list; one that returns to it is compared again, at its place.

        Args:
            listed: the ids of the runs by their folders.

        """
        gone = self._listed.keys() - listed.keys()
        folders = {ident: folder for folder, ident in listed.items() if folder not in self._listed}
        before, self._listed = self._listed, listed
        left = {
            number: (place, before[side.folder], side)
            for place, (number, side) in enumerate(self._sides.items())
            if side.folder in gone
        }
        back = sorted(
            (
                (place, number, folders[ident], side)
                for number, (place, ident, side) in self._away.items()
                if ident in folders
            ),
            key=lambda each: each[:2],
        )
        for number in left:
            del self._sides[number]
        for place, number, folder, side in back:
            del self._away[number]
            if len(self._sides) < MOST:
                sides = list(self._sides.items())
                sides.insert(place, (number, _Side(folder, side.snapshot)))
                self._sides = dict(sides)
        self._away |= left
        if back:
            self._add(())
        if left:
            self._show_columns()
            self._show_states()

    def _list(self) -> None:
        self._listing.ask(partial(list_all, self._settings.runs_dir), self._page.set_runs)

    def _on_add_requested(self, folders: Sequence[Path]) -> None:
        self._add(folders)

    def _add(self, folders: Sequence[Path]) -> None:
        room = MOST - len(self._sides)
        if len(folders) > room:
            self.error.emit(UserError("At most {most} runs or steps can be compared at once.", most=MOST))
        for folder in folders[: max(0, room)]:
            # a run that is compared already is added at its best snapshot, to compare best and last
            twice = any(side.folder == folder for side in self._sides.values())
            self._sides[self._next] = _Side(folder, "best" if twice else "last")
            self._next += 1
        missing = [(number, side.folder) for number, side in self._sides.items() if side.run is None]
        self._opening.ask(partial(open_runs, missing), self._on_opened)
        self._show_columns()

    def _on_opened(self, opened: Opened) -> None:
        for number, run in opened.runs.items():
            if number in self._sides:
                self._sides[number].run = run
        for number in [number for number, side in self._sides.items() if side.run is None]:
            if not self._opening.busy:
                del self._sides[number]
        for problem in opened.problems:
            self.error.emit(problem)
        self._show_columns()
        self._take()
        self._timer.start()

    def _on_remove_requested(self, number: int) -> None:
        if self._sides.pop(number, None) is not None:
            self._show_columns()
            self._show_states()

    def _on_move_requested(self, number: int, by: int) -> None:
        """Move a column `by` places to the right."""
        numbers = list(self._sides)
        if number not in numbers:
            return
        place = numbers.index(number)
        numbers.insert(min(max(place + by, 0), len(numbers) - 1), numbers.pop(place))
        self._sides = {each: self._sides[each] for each in numbers}
        self._show_columns()
        self._show_states()

    def _on_snapshot_requested(self, number: int, snapshot: SnapshotChoice) -> None:
        if number in self._sides:
            self._sides[number].snapshot = snapshot
            self._take()

    def _on_listed_changed(self) -> None:
        """There may be other runs, or they may be called otherwise."""
        self._list()
        self._set_columns()

    def _set_columns(self, _changed: object = None) -> None:
        columns = self.columns
        self._page.set_columns(columns)
        apart = not all(same_images(column.info, columns[0].info) for column in columns)
        self._page.set_evaluation_obstacle(_apart() if apart else "")

    def _show_columns(self) -> None:
        self._set_columns()
        self.compared.emit(tuple(dict.fromkeys(side.folder for side in self._sides.values())))

    @property
    def columns(self) -> tuple[ComparedRun, ...]:
        """The compared runs that are read by now."""
        given = self._session.names_given
        known = [(number, side, side.run) for number, side in self._sides.items() if side.run is not None]
        names = short_names([(run.info, run.notes) for _, _, run in known], self._session.listed, given)
        listed = self._session.listed
        all_names = {info.id: name for (info, _notes), name in zip(listed, telling_names(listed, given), strict=True)}
        return tuple(
            ComparedRun(
                number,
                side.folder,
                run.info,
                run.notes,
                "paused" if self._session.is_paused(side.folder) else _state(run),
                run.log,
                run.snapshots,
                run.best_step,
                side.snapshot,
                side.taken.step if side.taken is not None and side.taken.snapshot == side.snapshot else None,
                title,
                all_names.get(run.info.parent.run, "") if run.info.parent is not None else "",
                {"model": title_of(run.info.config.model_key), "dataset": data_title(run.info.config.data_key)},
            )
            for (number, side, run), title in zip(known, names, strict=True)
        )

    # runs that are being trained

    def _follow(self) -> None:
        runs = {
            number: side.run
            for number, side in self._sides.items()
            if side.run is not None and side.run.info.status == "running"
        }
        if runs and not self._following.busy:
            self._following.ask(partial(refresh_runs, runs), self._on_followed)

    def _on_followed(self, grown: Mapping[int, OpenedRun]) -> None:
        if not grown:
            return
        for number, run in grown.items():
            if number in self._sides:
                self._sides[number].run = run
        self._show_columns()
        if any(
            side.run is not None
            and side.snapshot in ("last", "best")
            and (side.taken is None or side.taken.stamp != stamp_of(side.run, side.snapshot))
            for side in self._sides.values()
        ):
            self._take()

    # their weights

    def _take(self) -> None:
        requests = [
            WeightsRequest(number, side.run, side.snapshot, side.taken)
            for number, side in self._sides.items()
            if side.run is not None
        ]
        self._taking.ask(partial(take_weights, requests), self._on_taken)

    def _on_taken(self, result: tuple[Mapping[int, Taken], tuple[UserError, ...]]) -> None:
        taken, problems = result
        changed = False
        for number, side in self._sides.items():
            if number in taken and side.taken is not taken[number]:
                side.taken, changed = taken[number], True
        for problem in problems:
            self.error.emit(problem)
        if changed:
            self._show_columns()
            self._show_states()

    @property
    def _taken(self) -> dict[int, Taken]:
        return {number: side.taken for number, side in self._sides.items() if side.taken is not None}

    def _show_states(self) -> None:
        """The weights changed: recompute predictions, kernels and metrics."""
        names = {name: None for taken in self._taken.values() for name in kernel_layers(taken.inspector.architecture)}
        if self._layer not in names:
            self._layer = next(iter(names), "")
        self._page.set_layers(tuple(names), self._layer)
        self._fetch_kernels()
        self._image.set_taken(self._taken)
        self._on_evaluation_cancelled()
        self._evaluated = None
        self._page.set_test_predictions(None)

    # kernels

    def _on_layer_selected(self, layer: str) -> None:
        self._layer = layer
        self._fetch_kernels()

    def _fetch_kernels(self) -> None:
        self._kernels.ask(partial(kernels_of, self._taken, self._layer), self._on_kernels)

    def _on_kernels(self, result: tuple[str, Mapping[int, Kernels | None]]) -> None:
        layer, found = result
        if layer == self._layer:
            self._page.set_kernels({number: kernels for number, kernels in found.items() if number in self._sides})

    # the whole test set

    def _on_evaluation_requested(self) -> None:
        columns = {column.number: column for column in self.columns}
        taken = self._taken
        if len(taken) < 2:
            self._page.set_evaluation_error(UserError("Choose two runs or steps to see where the models disagree."))
            return
        first = next(iter(taken))
        info = columns[first].info
        key = info.config.dataset
        if not all(same_images(columns[number].info, info) for number in taken):
            self._page.set_evaluation_error(_apart())
            return
        data = self._session.data
        data = data if data is not None and data.info.key == key else None
        try:
            place = (
                self._settings.data_dir
                if data is not None
                else where_data_are(columns[first], self._settings.runs_dir, self._settings.data_dir)
            )
        except UserError as error:
            self._page.set_evaluation_error(without_frames(error))
            return
        models = {number: taken[number].inspector for number in taken}
        self._evaluating.forget()
        self._page.set_evaluating(0.0)
        self._evaluating.ask(partial(evaluate_models, models, data, info, place), self._on_evaluated)

    def _on_evaluated(self, result: tuple[DataSet, ModelPredictions]) -> None:
        data, predicted = result
        self._evaluated = result
        self._page.set_evaluating(None)
        self._page.set_images(data.test.images.numpy())
        self._page.set_test_predictions(predicted)

    def _on_evaluation_failed(self, error: UserError) -> None:
        self._page.set_evaluating(None)
        self._page.set_evaluation_error(without_frames(error))

    def _on_evaluation_cancelled(self) -> None:
        self._evaluating.forget()
        self._page.set_evaluating(None)

    def _on_image_requested(self, index: int) -> None:
        if self._evaluated is not None:
            data, predicted = self._evaluated
            truth = predicted.classes[int(predicted.labels[index])]
            self._inspection_presenter.show_sample(data.test.images[index].numpy().copy(), truth)

    # files

    def export_table(self, path: PathLike) -> bool:
        """Write the compared runs' configurations and results as CSV."""
        return self._attempt(lambda: self._write(Path(path), comparison_csv(self.columns)))

    def export_curves(self, path: PathLike, data: bytes) -> bool:
        """Write the picture of the curves that the page has rendered."""
        return self._attempt(lambda: self._write(Path(path), data))

    def shut_down(self) -> None:
        """Start no more jobs."""
        self._timer.stop()
        for kind in self._job_kinds:
            kind.forget()
        self._evaluating.forget()
        self._image.shut_down()


def _apart() -> UserError:
    return UserError("These runs were trained on different images, so there is no common test set.")


def _state(run: OpenedRun) -> State:
    if run.info.status != "running":
        return run.info.status
    return "running" if run.written_now else "interrupted"
