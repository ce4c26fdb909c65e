"""A sweep through the window: typed, trained while everything follows, stopped, gone on with, opened."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.ui.compare.sweep.table import COLUMNS
from tests.journeys.conftest import Person
from tests.small_data import tiny


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A small data set of the user's own as the window opens it."""
    data, path = tiny(train=1200, test=60), tmp_path / "own.npz"
    np.savez(
        path,
        x_train=data.train.images[:, 0].numpy(),
        y_train=data.train.labels.numpy(),
        x_test=data.test.images[:, 0].numpy(),
        y_test=data.test.labels.numpy(),
    )
    return f"npz:{path}"


def write(person: Person, name: str, text: str) -> None:
    field = person.find(name)
    field.clear()
    QTest.keyClicks(field, text)


@pytest.fixture
def page(person: Person, own: str) -> Any:
    """The sweep's page, with the small data chosen in the Train panel."""
    person.settled()
    person.window.program.presenters.selection.open_own(own)
    person.loaded(own)
    person.find("epochsSpin").setValue(1)
    person.find("batchSizeSpin").setValue(64)
    person.window.show_workspace("compare", "sweep")
    return person.find("sweepPage")


def states(page: Any) -> list[str]:
    return [row.state for row in page._rows]


def test_a_sweep_runs_and_everything_follows_it(person: Person, page: Any, tmp_path: Path) -> None:
    write(person, "sweepLearningRatesEdit", "0.02, nonsense")
    assert not person.find("sweepStartButton").isEnabled()
    write(person, "sweepLearningRatesEdit", "0.02, 0.2")
    person.until(lambda: "2" in person.find("sweepStartButton").text())
    person.click("sweepStartButton")
    person.until(lambda: person.state == "running")
    assert person.find("learningRateSpin").value() == 0.02
    log = person.window.program.session.run.log
    person.until(lambda: log.step_count > 0)
    person.until(lambda: person.state == "idle" and states(page) == ["finished", "finished"])
    assert person.window.program.session.run.log is not log, "the curves are the second training's"
    assert {run.info.config.learning_rate for run in list_runs(tmp_path / "runs")} == {0.02, 0.2}
    assert len(page.plot.points) == 2
    person.until(lambda: person.find("trainButton").isEnabled())
    assert person.find("learningRateSpin").value() == 0.2, "Train shows the run on the screen"


def test_a_sweep_is_stopped_resumed_and_a_run_of_it_opened(person: Person, page: Any, tmp_path: Path) -> None:
    write(person, "sweepSeedsEdit", "1-2")
    person.find("sweepEpochsSpin").setValue(30)
    person.click("sweepStartButton")
    person.until(lambda: person.state == "running" and person.window.program.session.run.log.step_count > 3)
    person.click("sweepPauseButton")
    person.until(lambda: person.state == "paused")
    person.click("sweepStopButton")
    person.until(lambda: person.state == "idle" and states(page) == ["stopped", "waiting"])
    steps = page._rows[0].run.step
    person.window.show_workspace("train")
    assert person.find("epochsSpin").value() == 30, "Train shows the run on the screen, which is continued with these"
    person.window.show_workspace("compare", "sweep")
    person.until(lambda: person.find("sweepContinueButton").isVisible())
    person.click("sweepContinueButton")
    person.until(lambda: person.state == "running")
    assert person.window.program.session.run.log.step_count >= steps, "it goes on where it was"
    person.click("sweepStopButton")
    person.until(lambda: person.state == "idle" and states(page) == ["stopped", "waiting"])
    assert len(list_runs(tmp_path / "runs")) == 1
    table = page.table
    place = table.visualRect(table.model().index(0, COLUMNS.index("state"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    person.until(lambda: person.window.program.session.run.opened is not None)
    assert person.window.program.session.run.opened.folder == page._rows[0].run.folder


def test_data_that_changed_while_a_sweep_rested_are_said_and_used_after_a_yes(
    person: Person, page: Any, own: str, tmp_path: Path
) -> None:
    write(person, "sweepSeedsEdit", "1-3")
    person.find("sweepEpochsSpin").setValue(4)
    person.click("sweepStartButton")
    person.until(lambda: len(states(page)) == 3 and states(page)[0] == "finished")
    if person.state != "idle":
        person.until(lambda: person.find("sweepStopButton").isEnabled())
        person.click("sweepStopButton")
    person.until(lambda: person.state == "idle" and states(page)[0] == "finished" and "waiting" in states(page))
    path = Path(own.removeprefix("npz:"))
    with np.load(path) as arrays:
        grown = {name: np.concatenate([array, array[:1]]) for name, array in arrays.items()}
    np.savez(path, **grown)
    person.until(lambda: person.find("sweepContinueButton").isVisible())
    person.click("sweepContinueButton")
    person.until(lambda: any("The data changed since the first trainings" in said for said in sentences(person)))
    assert person.state == "idle"
    assert states(page)[0] == "finished"
    person.click("messageAction")
    person.until(lambda: person.state == "idle" and states(page) == ["finished"] * 3)


def sentences(person: Person) -> list[str]:
    return list(person.window.messages.sentences)
