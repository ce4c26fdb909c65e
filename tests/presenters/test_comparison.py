"""Comparing without a window: which runs, which snapshots, and whatever is read of them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.source import DataFingerprint
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.several_models import predict_with_each
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.runs.compare.comparison import ComparedRun, SnapshotChoice, differences
from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.core.runs.format.info import Parent, Start, read_info
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.events import Started, StepDone
from cnnviewer.core.training.loop import Training
from cnnviewer.presenters.comparison import ComparisonPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.run_views import CompareView
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.tasks.comparison import WeightsRequest, take_weights, where_data_are
from cnnviewer.runtime.job import JobContext
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.requests import SampleInput, model_input
from cnnviewer.ui.compare.texts import value_text
from tests.core.runs.trained import LENET, data_for, finish
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake

CONFIG = replace(LENET, epochs=2, learning_rate=0.05)


def look_at(inspection_presenter: Fake, pixels: np.ndarray, truth: str | None = None) -> None:
    inspection_presenter.source, inspection_presenter.truth = SampleInput(pixels), truth
    inspection_presenter.inspected.emit()


@dataclass
class Desk:
    session: Session
    inspection_presenter: Fake
    page: Fake
    comparison: ComparisonPresenter
    problems: list[str]
    qtbot: QtBot

    def until_compared(self, count: int) -> None:
        """Wait until so many columns and their kernels are shown."""
        self.qtbot.waitUntil(lambda: self.shown() == count, timeout=20_000)

    def shown(self) -> int:
        if not self.page.count("set_kernels"):
            return 0
        columns = self.page.last("set_columns")
        known = [column for column in columns if column.step is not None]
        return len(known) if set(self.page.last("set_kernels")) == {column.number for column in columns} else 0


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two finished runs that differ in the seed."""
    runs_dir = tmp_path_factory.mktemp("runs")
    found = []
    for seed in (1, 2):
        recording = begin(data_for(CONFIG), replace(CONFIG, seed=seed), runs_dir)
        finish(recording)
        assert recording.folder is not None
        found.append(recording.folder)
    return found


@pytest.fixture
def desk(qtbot: QtBot, folders: list[Path], tmp_path: Path) -> Iterator[Desk]:
    session, jobs, inspection_presenter, page = (
        Session(),
        Jobs(),
        fake(InspectionPresenter, source=None, truth=None),
        fake(CompareView),
    )
    session.set_data(data_for(CONFIG))
    comparison = ComparisonPresenter(
        services(session, jobs, runs_dir=folders[0].parent, data_dir=tmp_path), inspection_presenter, page
    )
    problems: list[str] = []
    comparison.error.connect(lambda error: problems.append(str(error)))
    yield Desk(session, inspection_presenter, page, comparison, problems, qtbot)
    comparison.shut_down()
    jobs.shut_down()


def test_the_runs_there_are_can_be_chosen(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.set_active(True)
    desk.qtbot.waitUntil(lambda: desk.page.count("set_runs") > 0)
    assert {run.folder for run in desk.page.last("set_runs")} == set(folders)
    listed = desk.page.count("set_runs")
    desk.session.listed_changed.emit()
    desk.qtbot.waitUntil(lambda: desk.page.count("set_runs") > listed)  # one may have begun while the page is seen


def test_runs_chosen_are_columns_with_the_weights_that_they_were_left_with(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    columns, kernels = desk.page.last("set_columns"), desk.page.last("set_kernels")
    assert [column.folder for column in columns] == folders
    assert [column.title for column in columns] == ["seed 1", "seed 2"]
    for column in columns:
        weights = OpenedRun.read(column.folder).checkpoint().state.tensors["conv1.weight"]
        assert torch.equal(torch.from_numpy(kernels[column.number].weight.copy()), weights)
        assert column.step == column.log.step_count


def test_a_branch_knows_the_visible_name_of_the_run_it_branched_off(
    desk: Desk, folders: list[Path], tmp_path: Path
) -> None:
    parent = read_info(folders[0])
    branch = Path(shutil.copytree(folders[1], tmp_path / "branch"))
    info = replace(read_info(branch), parent=Parent(parent.id, 1))
    (branch / "run.json").write_bytes(info.to_json())
    desk.comparison.show([folders[0], branch])
    desk.until_compared(2)
    assert [column.parent_title for column in desk.comparison.columns] == ["", ""], "the other run is not listed"
    desk.session.set_listed(((parent, Notes("mine")), (info, Notes())))
    assert [column.parent_title for column in desk.comparison.columns] == ["", "mine"]


def test_weights_that_a_run_began_with_are_a_difference_and_a_training_that_waits_is_paused(
    desk: Desk, folders: list[Path], tmp_path: Path
) -> None:
    tuned = Path(shutil.copytree(folders[1], tmp_path / "tuned"))
    info = replace(read_info(tuned), start=Start("rate 0.05", 1066, ""))
    (tuned / "run.json").write_bytes(info.to_json())
    desk.comparison.show([folders[0], tuned])
    desk.until_compared(2)
    columns = desk.comparison.columns
    row = next(row for row in differences(columns) if row.name == "start")
    assert [value_text("start", value) for value in row.values] == ["–", "rate 0.05, step 1,066"]
    recording = cast(Recorder, SimpleNamespace(folder=tuned))
    desk.session.set_run(Run(info.config, columns[1].log, recording, OpenedRun.read(tuned)))
    desk.session.set_run_state("paused")
    assert [column.state for column in desk.page.last("set_columns")] == ["finished", "paused"]


def test_a_run_ticked_is_compared_and_unticked_is_not_at_any_of_its_steps(desk: Desk, folders: list[Path]) -> None:
    told: list[tuple[Path, ...]] = []
    desk.comparison.compared.connect(told.append)
    for folder in folders:
        desk.comparison.set_compared(folder, True)
    desk.page.add_requested.emit((folders[0],))
    desk.until_compared(3)
    assert told[-1] == tuple(folders)
    desk.comparison.set_compared(folders[0], True)
    assert len(desk.comparison.columns) == 3, "it is compared already"
    desk.comparison.set_compared(folders[0], False)
    assert [column.folder for column in desk.comparison.columns] == [folders[1]]
    assert told[-1] == (folders[1],)


def test_a_run_that_leaves_the_list_is_not_compared_and_is_again_when_it_is_back(
    desk: Desk, folders: list[Path]
) -> None:
    told: list[tuple[Path, ...]] = []
    desk.comparison.compared.connect(told.append)
    listed = {folder: read_info(folder).id for folder in folders}
    desk.comparison.follow_list(listed)
    desk.comparison.show(folders)
    desk.until_compared(2)
    desk.page.snapshot_requested.emit(desk.page.last("set_columns")[0].number, "best")
    desk.qtbot.waitUntil(lambda: desk.page.last("set_columns")[0].snapshot == "best")
    desk.page.evaluate_requested.emit()
    desk.qtbot.waitUntil(lambda: desk.page.last("set_test_predictions") is not None, timeout=20_000)
    desk.comparison.follow_list({folders[1]: listed[folders[1]]})
    assert told[-1] == (folders[1],)
    assert [column.folder for column in desk.page.last("set_columns")] == [folders[1]]
    assert desk.page.last("set_test_predictions") is None, "they are those of the deleted run too"
    desk.comparison.follow_list(listed)
    desk.until_compared(2)
    assert [(column.folder, column.snapshot) for column in desk.comparison.columns] == [
        (folders[0], "best"),
        (folders[1], "last"),
    ]
    assert told[-1] == tuple(folders)


def test_a_seventh_run_is_refused_and_not_ticked(desk: Desk, folders: list[Path]) -> None:
    told: list[tuple[Path, ...]] = []
    desk.comparison.show([folders[0]] * 6)
    desk.until_compared(6)
    desk.comparison.compared.connect(told.append)
    desk.comparison.set_compared(folders[1], True)
    assert desk.problems == ["At most 6 runs or steps can be compared at once."]
    assert told[-1] == (folders[0],)


def test_columns_change_places(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    first, second = desk.comparison.columns
    desk.page.move_requested.emit(first.number, 1)
    assert [column.number for column in desk.comparison.columns] == [second.number, first.number]
    desk.page.move_requested.emit(first.number, 5)
    assert [column.number for column in desk.page.last("set_columns")] == [second.number, first.number]


def test_the_same_run_twice_is_compared_at_two_snapshots(desk: Desk, folders: list[Path]) -> None:
    desk.page.add_requested.emit((folders[0],))
    desk.page.add_requested.emit((folders[0],))
    desk.until_compared(2)
    first, second = desk.page.last("set_columns")
    assert (first.snapshot, second.snapshot) == ("last", "best")
    desk.page.snapshot_requested.emit(second.number, 0)
    desk.qtbot.waitUntil(lambda: desk.page.last("set_columns")[1].step == 0)
    untrained = OpenedRun.read(folders[0]).snapshot(0).state.tensors["conv1.weight"].numpy()
    desk.qtbot.waitUntil(lambda: np.array_equal(desk.page.last("set_kernels")[second.number].weight, untrained))


def test_another_layer_is_fetched_from_all(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    layers, current = desk.page.last("set_layers")
    assert current == layers[0] == "conv1"
    desk.page.layer_selected.emit("fc2")
    desk.qtbot.waitUntil(lambda: {k.layer for k in desk.page.last("set_kernels").values()} == {"fc2"})


def test_the_newest_image_is_what_every_column_reads_in_the_end(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    images = data_for(CONFIG).test.images.numpy()
    for place in range(12):  # the user draws: what came between may be skipped
        look_at(desk.inspection_presenter, images[place], str(place % 10))
    numbers = [column.number for column in desk.page.last("set_columns")]
    pixels = images[11].astype(np.float32) / np.float32(255)
    expected = {
        number: Inspector.from_state(OpenedRun.read(folder).checkpoint().state).inspect(pixels).prediction.ranking
        for number, folder in zip(numbers, folders, strict=True)
    }

    def read() -> bool:
        if not desk.page.count("set_predictions"):
            return False
        predictions, truth = desk.page.last("set_predictions")
        return truth == "1" and {n: p.ranking[0] for n, p in predictions.items()} == {
            n: ranking[0] for n, ranking in expected.items()
        }

    desk.qtbot.waitUntil(read)


def test_the_test_set_is_read_by_all_and_a_disagreement_is_looked_at(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    desk.page.evaluate_requested.emit()
    desk.qtbot.waitUntil(
        lambda: desk.page.count("set_test_predictions") > 0 and desk.page.last("set_test_predictions") is not None
    )
    predictions = desk.page.last("set_test_predictions")
    assert len(predictions.labels) == len(data_for(CONFIG).test)
    assert desk.page.last("set_evaluating") is None
    desk.page.image_requested.emit(7)
    pixels, truth = desk.inspection_presenter.last("show_sample")
    assert np.array_equal(pixels, data_for(CONFIG).test.images[7].numpy())
    assert truth == "7"


def test_predictions_disappear_when_the_weights_of_a_column_change(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    desk.page.evaluate_requested.emit()
    desk.qtbot.waitUntil(lambda: desk.page.last("set_test_predictions") is not None)
    desk.page.snapshot_requested.emit(desk.page.last("set_columns")[0].number, 0)
    desk.qtbot.waitUntil(lambda: desk.page.last("set_test_predictions") is None)


def test_runs_of_other_images_have_no_common_test_set(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    side = next(iter(desk.comparison._sides.values()))
    assert side.run is not None
    assert desk.page.last("set_evaluation_obstacle") == ""
    assert [column.titles["model"] for column in desk.page.last("set_columns")] == ["LeNet", "LeNet"]
    side.run = replace(side.run, info=replace(side.run.info, fingerprint="0" * 64))
    desk.session.listed_changed.emit()
    assert "different images" in desk.page.last("set_evaluation_obstacle")
    desk.page.evaluate_requested.emit()
    assert "different images" in desk.page.last("set_evaluation_error")


def test_no_more_than_six_are_compared(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders * 4)
    desk.until_compared(6)
    assert "At most 6" in desk.problems[0]


def test_a_run_that_is_not_there_is_reported_and_leaves_no_column(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show([folders[0], folders[0].parent / "gone"])
    desk.until_compared(1)
    assert any("gone" in problem for problem in desk.problems)


def test_a_column_taken_out_is_gone_everywhere(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    first, second = desk.page.last("set_columns")
    desk.page.remove_requested.emit(first.number)
    desk.qtbot.waitUntil(lambda: list(desk.page.last("set_kernels")) == [second.number])
    assert [column.number for column in desk.page.last("set_columns")] == [second.number]


def test_a_run_that_is_being_trained_is_followed(desk: Desk, tmp_path: Path) -> None:
    recording = begin(data_for(CONFIG), CONFIG, tmp_path / "live")
    assert recording.folder is not None
    events = recording.events()
    assert isinstance(next(events), Started)
    assert isinstance(next(events), StepDone)
    recording.keep_place()
    recording.settle()
    desk.comparison.show([recording.folder])
    desk.until_compared(1)
    assert desk.page.last("set_columns")[0].state == "running"
    total = list(events)[-1].state.provenance["step"]
    desk.qtbot.waitUntil(lambda: desk.page.last("set_columns")[0].step == total, timeout=20_000)
    column = desk.page.last("set_columns")[0]
    assert column.log.step_count == total
    assert column.state == "finished"


def test_the_table_is_written_where_it_is_wanted(desk: Desk, folders: list[Path], tmp_path: Path) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    desk.page.table_requested.emit(str(tmp_path / "table.csv"))
    assert (tmp_path / "table.csv").read_text().count("\n") == 3
    desk.page.table_requested.emit(str(tmp_path / "missing" / "table.csv"))
    assert desk.problems


def test_the_data_of_a_run_are_looked_for_where_it_had_them_and_an_untrusted_run_names_none(tmp_path: Path) -> None:
    runs_dir, remembered = tmp_path / "runs", tmp_path / "its data"
    recording = begin(data_for(CONFIG), replace(CONFIG, dataset="mnist"), runs_dir)
    recording.let_go()
    info = replace(recording.info, source=DataFingerprint(data_dir=str(remembered)))
    column = ComparedRun(1, runs_dir / info.id, info)
    assert where_data_are(column, runs_dir, tmp_path) == remembered
    assert where_data_are(column, tmp_path / "others", tmp_path) == tmp_path
    named = replace(column, info=replace(info, config=replace(info.config, dataset="npz:/dev/zero")))
    assert where_data_are(named, runs_dir, tmp_path) == tmp_path
    with pytest.raises(UserError, match="comes from elsewhere"):
        where_data_are(named, tmp_path / "others", tmp_path)


def maps_of(desk: Desk) -> dict[int, ComparedMaps]:
    return dict(desk.page.last("set_maps")) if desk.page.count("set_maps") else {}


def test_the_maps_of_a_layer_are_each_models_own_in_one_scale_and_only_while_they_are_seen(
    desk: Desk, folders: list[Path]
) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    layers, current = desk.page.last("set_map_layers")
    assert layers == ("conv1", "pool1", "relu1", "conv2", "dropout", "pool2", "relu2")
    assert current == "relu1"
    pixels = data_for(CONFIG).test.images[3].numpy()
    look_at(desk.inspection_presenter, pixels)
    desk.qtbot.waitUntil(lambda: desk.page.count("set_predictions") > 0)
    assert not desk.page.count("set_maps")

    desk.page.maps_seen_changed.emit(True)
    desk.page.map_layer_selected.emit("conv2")
    desk.qtbot.waitUntil(lambda: {maps.tiles.layer for maps in maps_of(desk).values()} == {"conv2"}, timeout=20_000)
    found = maps_of(desk)
    assert len({maps.tiles.bounds for maps in found.values()}) == 1
    largest = []
    for column in desk.page.last("set_columns"):
        inspector = Inspector.from_state(OpenedRun.read(column.folder).checkpoint().state)
        image, _ = model_input(desk.inspection_presenter.source, inspector.recipe)
        expected = inspector.inspect(image).activations["conv2"]
        maps = found[column.number]
        assert np.array_equal(maps.tiles.values, expected)
        assert np.array_equal(maps.means, expected.mean(axis=(1, 2)))
        assert np.array_equal(maps.highs, expected.max(axis=(1, 2)))
        largest.append(float(np.abs(expected).max()))
    bounds = found[1].tiles.bounds
    assert (bounds.low, bounds.high) == (-max(largest), max(largest))


def test_maps_go_with_the_image(desk: Desk, folders: list[Path]) -> None:
    desk.comparison.show(folders)
    desk.until_compared(2)
    desk.page.maps_seen_changed.emit(True)
    look_at(desk.inspection_presenter, data_for(CONFIG).test.images[3].numpy())
    desk.qtbot.waitUntil(lambda: len(maps_of(desk)) == 2, timeout=20_000)
    desk.inspection_presenter.source = None
    desk.inspection_presenter.inspected.emit()
    desk.qtbot.waitUntil(lambda: maps_of(desk) == {}, timeout=20_000)


def test_a_run_with_muted_channels_is_compared_with_them(tmp_path: Path) -> None:
    mutes = (Mute("conv1", 2), Mute("relu2", 5, "mean", 0.25))
    data = data_for(CONFIG)
    start = replace(Training(data, CONFIG).snapshot(), mutes=mutes)
    recording = begin(data, CONFIG, tmp_path, start=start, started_from="weights")
    end = finish(recording)
    run = OpenedRun.read(recording.folder)
    choices: tuple[SnapshotChoice, ...] = ("best", "last", run.snapshots[0])
    asked = [WeightsRequest(number, run, choice, None) for number, choice in enumerate(choices)]
    taken, problems = take_weights(asked, fake(JobContext, cancelled=lambda: False))
    assert not problems
    assert [taken[number].inspector.mutes for number in range(3)] == [mutes] * 3
    predictions = predict_with_each({1: taken[1].inspector}, data, lambda _: None, lambda: False)
    assert int((predictions.predicted[0] == data.test.labels.numpy()).sum()) == end.test.correct
