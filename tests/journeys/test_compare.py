"""Comparing through the window: chosen, read while one draws, followed while it is trained, mistakes looked at."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest

from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from tests.journeys.conftest import Person
from tests.small_data import tiny

SEVEN = [(0.28, 0.22), (0.74, 0.22), (0.46, 0.85)]


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A small data set of the user's own as the window opens it."""
    data, path = tiny(train=96, test=60), tmp_path / "own.npz"
    np.savez(
        path,
        x_train=data.train.images[:, 0].numpy(),
        y_train=data.train.labels.numpy(),
        x_test=data.test.images[:, 0].numpy(),
        y_test=data.test.labels.numpy(),
    )
    return f"npz:{path}"


@pytest.fixture
def runs(tmp_path: Path, own: str) -> list[Path]:
    """Two runs in the window's folder: of one epoch, and of three at another rate."""
    from cnnviewer.core.data.registry import load

    data = load(own, tmp_path)
    base = TrainConfig("lenet", own, epochs=1, batch_size=16, learning_rate=0.01, threads=1)
    found = []
    for config in (base, replace(base, epochs=3, learning_rate=0.05)):
        recording = begin(data, config, tmp_path / "runs")
        for _ in recording.events():
            pass
        assert recording.folder is not None
        found.append(recording.folder)
    return found


def compared(person: Person, count: int) -> Any:
    """The page, when so many columns have their weights."""
    person.until(lambda: "comparePage" in names(person))
    page = person.find("comparePage")
    person.until(lambda: len([each for each in page._columns if each.step is not None]) == count)
    return page


def tick(table: Any, row: int) -> None:
    """Click the tick box of a run."""
    rect = table.visualRect(table.order.index(row, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 16, rect.center().y()))


def names(person: Person) -> set[str]:
    return {child.objectName() for child in person.window.stage.findChildren(QObject)}


def test_runs_are_chosen_from_the_list_and_read_what_is_drawn(person: Person, runs: list[Path]) -> None:
    person.settled()
    person.window.show_workspace("compare", "compare")
    page = person.find("comparePage")
    table = person.find("runsTable")
    person.until(lambda: table.order.rowCount() == 2)
    for row in range(2):
        tick(table, row)
    compared(person, 2)
    assert {column.folder for column in page._columns} == set(runs)
    page.tabs.open("image")
    person.draw(SEVEN)
    person.settled()
    image = person.find("inputLens").property("image")

    def all_read_the_drawing() -> bool:
        expected = [
            Inspector.from_state(OpenedRun.read(column.folder).checkpoint().state).inspect(image).prediction.ranking[0]
            for column in page._columns
        ]
        shown = [ranking[0] for ranking in page.reading.rankings() if ranking]
        return [(name, pytest.approx(chance, abs=1e-5)) for name, chance in expected] == shown

    person.until(all_read_the_drawing)


def test_ticks_follow_what_is_compared_and_a_second_click_takes_a_run_out(person: Person, runs: list[Path]) -> None:
    person.settled()
    person.window.runs_view.compare_requested.emit([runs[1], runs[0], runs[1]])
    page, table = compared(person, 3), person.find("runsTable")
    person.until(lambda: table.order.rowCount() == 2)
    marks = {table.order.line(row).folder: table.runs.mark_of(table.order.line(row)) for row in range(2)}
    assert marks == {runs[1]: 0, runs[0]: 1}
    row = next(row for row in range(2) if table.order.line(row).folder == runs[1])
    tick(table, row)
    person.until(lambda: [column.folder for column in page._columns] == [runs[0]])
    assert table.runs.mark_of(table.order.line(row)) == -1
    table.setCurrentIndex(table.order.index(row, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    person.until(lambda: [column.folder for column in page._columns] == [runs[0], runs[1]])


def test_the_list_widens_to_a_table_and_a_sweep_has_the_whole_stage(person: Person, runs: list[Path]) -> None:
    person.settled()
    person.window.show_workspace("compare", "compare")
    table = person.find("runsTable")
    person.until(lambda: table.order.rowCount() == 2)
    assert [column for column in range(9) if not table.isColumnHidden(column)] == [0]
    assert not person.find("runsDeleteButton").isVisible()
    person.click("runsTableButton")
    assert not any(table.isColumnHidden(column) for column in range(9))
    assert person.find("runsDeleteButton").isVisible()
    assert not person.find("comparePage").isVisible()
    person.window.runs_view.compare_requested.emit(runs)
    assert compared(person, 2).isVisible()
    assert table.isColumnHidden(1)
    person.window.show_workspace("compare", "sweep")
    assert not table.isVisible()
    assert person.find("sweepPage").isVisible()


def test_the_images_they_disagree_on_are_found_and_looked_at(person: Person, runs: list[Path]) -> None:
    person.settled()
    person.window.runs_view.compare_requested.emit(runs)
    page = compared(person, 2)
    page.tabs.open("disagreements")
    person.click("compareEvaluateButton")
    person.until(lambda: page.disagreements.predictions is not None)
    grid, predictions = page.disagreements.grid, page.disagreements.predictions
    person.until(lambda: len(grid.shown) > 0)
    index = int(grid.shown[0])
    assert len({int(each[index]) for each in predictions.predicted}) == 2
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect(0).center().toPoint())
    person.settled()
    pixels = tiny(train=96, test=60).test.images[index, 0].numpy() / np.float32(255)
    np.testing.assert_allclose(person.find("inputLens").property("image")[0], pixels, atol=1e-6)


def test_two_snapshots_of_one_run_differ_in_their_kernels(person: Person, runs: list[Path]) -> None:
    person.settled()
    person.window.runs_view.compare_requested.emit([runs[1], runs[1]])
    page = compared(person, 2)
    person.choose("compareSnapshotCombo_1", 0)
    person.until(lambda: page._columns[1].step == 0)
    page.tabs.open("kernels")
    person.find("compareDifferenceCheck").click()
    opened = OpenedRun.read(runs[1])
    last, first = (each.state.tensors["conv1.weight"] for each in (opened.checkpoint(), opened.snapshot(0)))
    expected = (first - last).numpy()

    def shown() -> Any:
        values = page.kernels._panes[1]._values
        return values.weight if values is not None else None

    person.until(lambda: shown() is not None and np.array_equal(shown(), expected))
    assert len(page.curves.loss_plot._training) == 1


def test_a_run_that_is_trained_elsewhere_is_followed_to_its_end(
    launched: Callable[..., Person], runs: list[Path], tmp_path: Path, own: str
) -> None:
    from cnnviewer.core.data.registry import load

    person = launched()
    person.settled()
    config = TrainConfig("lenet", own, epochs=2, batch_size=16, learning_rate=0.02, threads=1)
    recording = begin(load(own, tmp_path), config, tmp_path / "runs")
    events = recording.events()
    while not isinstance(next(events), StepDone):
        pass
    recording.keep_place()
    recording.settle()
    assert recording.folder is not None
    person.window.runs_view.compare_requested.emit([runs[0], recording.folder])
    page = compared(person, 2)
    assert page._columns[1].state == "running"
    steps = list(events)[-1].state.provenance["step"]
    person.until(lambda: page._columns[1].step == steps)
    person.until(lambda: page.curves.loss_plot._training[1].getData()[0][-1] == steps)
    assert page._columns[1].state == "finished"


def test_a_comparison_is_exported_as_picture_and_table(person: Person, runs: list[Path], tmp_path: Path) -> None:
    person.settled()
    person.window.runs_view.compare_requested.emit(runs)
    page = compared(person, 2)
    page.export_curves(str(tmp_path / "curves.png"))
    page.table_requested.emit(str(tmp_path / "table.csv"))
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert "0.05" in (tmp_path / "table.csv").read_text()
