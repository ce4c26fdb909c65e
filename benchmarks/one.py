"""One measurement, in this process: `python -m benchmarks.one NAME [ARGUMENTS]` prints its result as JSON.

Real MNIST and CIFAR-10 are used where `CNNVIEWER_DATA_DIR` has them, the built-in sets elsewhere.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cnnviewer.app import Window
    from cnnviewer.core.data.dataset import DataSet

WARM_UP_STEPS = 30


def main() -> int:
    name, *arguments = sys.argv[1:]
    measurements: dict[str, Callable[..., dict[str, float]]] = {
        "course": course,
        "headless": headless,
        "window": window,
        "stroke": lambda: stroke(training=False),
        "stroke-training": lambda: stroke(training=True),
        "maps-lenet": lambda: maps("lenet"),
        "maps-simplecnn": lambda: maps("simplecnn"),
        "curves": curves,
        "launch": launch_to_prediction,
        "imports": bare_imports,
    }
    print(json.dumps(measurements[name](*arguments)))
    return 0


# what is measured with


def data_dir() -> Path:
    """The folder with the real data, or an empty one: the built-in sets need none."""
    folder = os.environ.get("CNNVIEWER_DATA_DIR")
    return Path(folder) if folder else Path(tempfile.gettempdir()) / "cnnviewer-benchmarks"


def data_of(model: str) -> DataSet:
    from cnnviewer.core.data.registry import load, sources

    usual, spare = {"lenet": ("mnist", "builtin-digits"), "simplecnn": ("cifar10", "builtin-shapes")}[model]
    ready = {source.key for source in sources(data_dir()) if source.availability != "missing"}
    return load(usual if usual in ready else spare, data_dir())


def percentiles(milliseconds: list[float]) -> dict[str, float]:
    import numpy as np

    return {
        "median_ms": float(np.median(milliseconds)),
        "p99_ms": float(np.percentile(milliseconds, 99)),
        "max_ms": float(max(milliseconds)),
    }


# training speed


def course(model: str, seconds: str) -> dict[str, float]:
    """Speed of the loop as a course writes it."""
    from benchmarks.course_loop import images_per_second

    return {"images_per_second": images_per_second(model, data_of(model), float(seconds), WARM_UP_STEPS)}


def headless(model: str, seconds: str) -> dict[str, float]:
    """The program's own loop without a window, as the command line runs it."""
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import MODELS
    from cnnviewer.core.training.config import TrainConfig
    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.loop import train

    settle_allocator()
    data = data_of(model)
    defaults: TrainConfig = MODELS[model].defaults
    began, images = 0.0, 0
    for event in train(data, defaults):
        if isinstance(event, StepDone):
            if event.step == WARM_UP_STEPS:
                began = time.perf_counter()
            elif event.step > WARM_UP_STEPS:
                images += event.count
                if time.perf_counter() - began > float(seconds):
                    break
    return {"images_per_second": images / (time.perf_counter() - began)}


# the window


class Desk:
    """The real window, driven."""

    def __init__(self, model: str = "lenet") -> None:
        from cnnviewer.app import launch

        self.folder = tempfile.TemporaryDirectory()
        settings = str(Path(self.folder.name) / "settings.ini")
        self.app: QApplication
        self.window: Window
        self.app, self.window = launch(["--data-dir", str(data_dir()), "--settings", settings])
        self.window.resize(1440, 900)
        self.until(lambda: bool(self.window.input_panel.prediction.property("ranking")))
        if model != "lenet":
            self.choose("modelCombo", model)
        self.until(lambda: self.window.program.session.data is not None)
        self.until(lambda: self.window.program.session.state.recipe.model == model)

    def find(self, name: str) -> Any:
        from PySide6.QtWidgets import QWidget

        return self.window.findChild(QWidget, name)

    def choose(self, combo: str, key: str) -> None:
        box = self.find(combo)
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())

    def until(self, condition: Callable[[], bool], timeout: float = 60.0) -> None:
        """Run the event loop as the program does, asleep between events, until `condition()`; look every 20 ms."""
        self._run(condition, timeout, interval=20)

    def _run(self, condition: Callable[[], bool], timeout: float, interval: int) -> None:
        from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

        loop, timer, clock = QEventLoop(), QTimer(interval=interval), QElapsedTimer()
        clock.start()

        def look() -> None:
            if condition() or clock.hasExpired(int(1000 * timeout)):
                loop.quit()

        timer.timeout.connect(look)
        self.window.program.looking.looked.connect(look)  # at once when an answer has been shown
        timer.start()
        if not condition():
            loop.exec()
        self.window.program.looking.looked.disconnect(look)
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


def window(model: str, seconds: str) -> dict[str, float]:
    """Training from the window as a person does: first its speed, then the event loop's delay.

    The delay is how late a timer due every 5 ms comes; it is measured apart, for the timer itself costs speed.
    """
    import numpy as np
    from PySide6.QtCore import Qt, QTimer

    desk = Desk(model)
    log = desk.start_training()
    desk.until(lambda: log.step_count > WARM_UP_STEPS)
    first, began = log.step_count, time.perf_counter()
    desk.sleep(float(seconds))
    steps, elapsed = log.step_count - first, time.perf_counter() - began
    batch = desk.window.program.session.run.config.batch_size

    delays: list[float] = []
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
    due = [time.perf_counter() + 0.005]

    def tick() -> None:
        now = time.perf_counter()
        delays.append(1000 * max(0.0, now - due[0]))
        due[0] = now + 0.005

    timer.timeout.connect(tick)
    timer.start()
    desk.sleep(float(seconds))
    timer.stop()
    desk.close()
    return {
        "images_per_second": steps * batch / elapsed,
        "delay_p99_ms": float(np.percentile(delays, 99)),
        "delay_max_ms": max(delays),
    }


def stroke(training: bool) -> dict[str, float]:
    """From the release of the pen to bars that show what was drawn."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    desk = Desk()
    program = desk.window.program
    canvas = desk.find("drawCanvas")
    if training:
        desk.start_training()
    milliseconds = []
    left = Qt.MouseButton.LeftButton
    for turn in range(60):
        canvas.clear()
        x = canvas.width() // 3 + turn % 40
        QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(x, canvas.height() // 4))
        for y in range(canvas.height() // 4, 3 * canvas.height() // 4, 6):
            QTest.mouseMove(canvas, QPoint(x, y))
            desk.sleep(0.008)  # a mouse tells its place 125 times a second
        began = time.perf_counter()
        QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(x, 3 * canvas.height() // 4))
        asked = program.looking.generation
        desk.until(lambda asked=asked: program.looking.inspection.generation >= asked)
        milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


def maps(model: str) -> dict[str, float]:
    """From choosing an image of the data set to all its maps painted."""
    desk = Desk(model)
    program = desk.window.program
    browser = desk.find("sampleBrowser")
    browser.select(0)
    milliseconds = []
    for index in range(1, 61):
        began = time.perf_counter()
        browser.select(index)
        asked = program.looking.generation
        desk.until(lambda asked=asked: program.looking.inspection.generation >= asked)
        desk.window.network_view.repaint()
        milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


def curves() -> dict[str, float]:
    """Panning a training of a million steps across the plots."""
    import numpy as np

    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.metric_log import MetricLog

    desk = Desk()
    log = MetricLog()
    noise = np.random.default_rng(0).random(1_000_000)
    for step, value in enumerate(noise, start=1):
        log.add_step(StepDone(step, 1, step, 2 / (1 + step / 1e5) + value, 16, 32, 0.01, 0.0, step / 300))
    view = desk.window.curves
    view.set_log(log)
    view.refresh()
    plot = desk.find("lossPlot")
    milliseconds = []
    for turn in range(100):
        began = time.perf_counter()
        plot.setXRange(5_000 * turn, 500_000 + 5_000 * turn, padding=0)
        desk.app.processEvents()
        plot.repaint()
        milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


# launching


def launch_to_prediction() -> dict[str, float]:
    """From the first line of Python to a prediction on the screen."""
    began = time.perf_counter()
    desk = Desk.__new__(Desk)
    from cnnviewer.app import launch

    with tempfile.TemporaryDirectory() as folder:
        desk.app, desk.window = launch(["--data-dir", folder, "--settings", f"{folder}/settings.ini"])
        desk.until(lambda: bool(desk.window.input_panel.prediction.property("ranking")))
        seconds = time.perf_counter() - began
        desk.close()
    return {"seconds": seconds}


def bare_imports() -> dict[str, float]:
    """What no program with these libraries can do without."""
    began = time.perf_counter()
    import pyqtgraph  # noqa: F401
    import PySide6.QtWidgets  # noqa: F401
    import torch  # noqa: F401

    return {"seconds": time.perf_counter() - began}


if __name__ == "__main__":
    raise SystemExit(main())
