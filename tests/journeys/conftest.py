"""The whole program, through `launch()`, as the contract for automation describes it."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.app.main import Window, launch
from tests.leftovers import delete_what_shall_be
from tests.patience import wait_until

PATIENCE = 60.0  # seconds
EVERYWHERE = (
    ("explore", ""),
    ("train", ""),
    ("evaluate", ""),
    ("evaluate", "calibration"),
    ("compare", "compare"),
    ("compare", "sweep"),
    ("build", "builder"),
    ("build", "architectures"),
    ("sandbox", ""),
)
"""Every workspace with each of its parts."""


class Person:
    """Somebody at the window: finds things by their names, clicks, draws, waits."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def find(self, name: str) -> Any:
        found = self.window.findChild(QWidget, name)
        assert found is not None, f"there is no widget {name}"
        return found

    def action(self, name: str) -> QAction:
        found = self.window.findChild(QAction, name)
        assert isinstance(found, QAction), f"there is no action {name}"
        return found

    def until(self, condition: Callable[[], bool]) -> None:
        wait_until(condition, PATIENCE)

    def click(self, name: str) -> None:
        button = self.find(name)
        assert button.isEnabled(), f"{name} cannot be clicked now"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose(self, combo: str, key: str) -> None:
        box = self.find(combo)
        index = box.findData(key)
        assert index >= 0, f"{combo} does not offer {key}: {[box.itemData(i) for i in range(box.count())]}"
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def draw(self, points: list[tuple[float, float]]) -> None:
        """One stroke through these places, as parts of the canvas."""
        canvas = self.find("drawCanvas")
        places = [QPoint(int(x * canvas.width()), int(y * canvas.height())) for x, y in points]
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, left, none, places[0])
        for a, b in pairwise(places):
            for part in range(1, 11):
                QTest.mouseMove(canvas, a + (b - a) * part / 10)
        QTest.mouseRelease(canvas, left, none, places[-1])

    @property
    def ranking(self) -> list[tuple[str, float]]:
        return list(self.find("predictionView").property("ranking"))

    @property
    def state(self) -> str:
        return self.window.program.session.run_state

    def finish(self) -> None:
        """Let a training begin, if none is under way, and come to its end, which may be there within a blink."""
        session = self.window.program.session
        begun = [self.state] if self.state != "idle" else []
        session.run_state_changed.connect(begun.append)
        self.until(lambda: bool(begun))
        session.run_state_changed.disconnect(begun.append)
        self.until(lambda: self.state == "idle" and not self.window.program.jobs.busy)

    def settled(self) -> None:
        """Wait until the newest image has been answered."""
        inspection_presenter = self.window.program.presenters.inspection
        self.until(
            lambda: (
                inspection_presenter.inspection is not None
                and inspection_presenter.inspection.generation == inspection_presenter.generation
            )
        )

    def loaded(self, key: str) -> None:
        session = self.window.program.session
        self.until(lambda: session.data is not None and session.data.info.key == key)


@pytest.fixture
def launched(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Launch the program with a data folder; every window is closed and its threads have ended afterwards."""
    windows: list[Window] = []
    font = QApplication.font()

    def start(data_dir: Path | None = None, *options: str) -> Person:
        _, window = launch(
            ["--data-dir", str(data_dir or tmp_path / "data"), "--settings", str(tmp_path / "settings.ini"), *options]
        )
        windows.append(window)
        return Person(window, qtbot)

    yield start
    for window in windows:
        window.close()
        program = window.program
        assert not program.inspection.isRunning()
        assert not program.jobs.busy
        window.deleteLater()
        program.deleteLater()
    QApplication.setFont(font)  # text has grown with the window
    delete_what_shall_be()  # else the next launch dresses these windows as well


@pytest.fixture
def person(launched: Callable[..., Person]) -> Person:
    """Somebody at a freshly launched program without any data on disk and without a network."""
    return launched()


@pytest.fixture
def person_with_data(launched: Callable[..., Person], real_data_dir: Path) -> Person:
    """Somebody at a freshly launched program with MNIST and CIFAR-10."""
    return launched(real_data_dir)
