"""The real window, driven from within, for measurements."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from cnnviewer.app.main import Window


def data_dir() -> Path:
    """The folder with the real data, or an empty one: the built-in sets need none."""
    folder = os.environ.get("CNNVIEWER_DATA_DIR")
    return Path(folder) if folder else Path(tempfile.gettempdir()) / "cnnviewer-benchmarks"


def percentiles(milliseconds: list[float]) -> dict[str, float]:
    import numpy as np

    return {
        "median_ms": float(np.median(milliseconds)),
        "p99_ms": float(np.percentile(milliseconds, 99)),
        "max_ms": float(max(milliseconds)),
    }


class Desk:
    """The real window, driven."""

    def __init__(self, model: str = "lenet") -> None:
        from cnnviewer.app import launch

        self.folder = tempfile.TemporaryDirectory()
        settings = str(Path(self.folder.name) / "settings.ini")
        self.app: QApplication
        self.window: Window
        runs = str(Path(self.folder.name) / "runs")
        self.app, self.window = launch(["--data-dir", str(data_dir()), "--settings", settings, "--runs-dir", runs])
        self.window.showNormal()  # a small screen is filled at first
        self.window.resize(1440, 900)
        self.until(lambda: bool(self.window.input_panel.prediction.property("ranking")))
        if model != "lenet":
            self.choose("modelCombo", model)
        self.until(lambda: self.window.program.session.data is not None)
        self.until(lambda: self.window.program.session.state.recipe.model == model)
        # the last model's data set may still be there: the one that is being read would take the image away again
        self.until(lambda: not self.window.program.jobs.busy)

    def find(self, name: str) -> Any:
        from PySide6.QtWidgets import QWidget

        return self.window.findChild(QWidget, name)

    def choose(self, combo: str, key: str) -> None:
        box = self.find(combo)
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())

    def until(self, condition: Callable[[], bool], timeout: float = 60.0, interval: int = 20) -> None:
        """Run the event loop as the program does, asleep between events, until `condition()`; look every 20 ms."""
        self._run(condition, timeout, interval)

    def until_inspected(self, generation: int) -> None:
        """Wait for the answer to this request, or to a later one."""
        inspection_presenter = self.window.program.presenters.inspection
        self.until(lambda: inspection_presenter.inspection.generation >= generation)

    def _run(self, condition: Callable[[], bool], timeout: float, interval: int) -> None:
        from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

        loop, timer, clock = QEventLoop(), QTimer(interval=interval), QElapsedTimer()
        clock.start()

        def look() -> None:
            if condition() or clock.hasExpired(int(1000 * timeout)):
                loop.quit()

        timer.timeout.connect(look)
        self.window.program.presenters.inspection.inspected.connect(look)  # at once when an answer has been shown
        timer.start()
        if not condition():
            loop.exec()
        self.window.program.presenters.inspection.inspected.disconnect(look)
        if not condition():
            raise TimeoutError("the window did not get there")

    def sleep(self, seconds: float) -> None:
        """Let the program run undisturbed."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        loop.exec()

    def start_training(self) -> Any:
        self.find("trainButton").click()
        self.until(lambda: self.window.program.session.run_state == "running")
        return self.window.program.session.run.log

    def close(self) -> None:
        self.window.close()
        self.app.processEvents()

    def stalls(self) -> Stalls:
        """Begin to measure how late the event loop is."""
        return Stalls()


class Stalls:
    """How late a timer due every 5 ms comes."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._delays = [0.0]
        self._due = time.perf_counter() + 0.005
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._delays.append(1000 * max(0.0, now - self._due))
        self._due = now + 0.005

    def stop(self) -> list[float]:
        """The delays in milliseconds."""
        self._timer.stop()
        return self._delays


def paintings(widget: QWidget, shows: Callable[[], bool]) -> list[float]:
    """The times (`time.perf_counter`) at which the widget was painted while `shows()` held: a list that grows."""
    from PySide6.QtCore import QEvent, QObject

    times: list[float] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() != QEvent.Type.Paint:
                return False
            watched.event(event)
            if shows():
                times.append(time.perf_counter())
            return True

    widget.installEventFilter(Watch(widget))
    return times
