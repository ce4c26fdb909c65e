"""Take the pictures of the README and the user guide from the running program: `make pictures`.

Uses real MNIST and CIFAR-10 where `CNNVIEWER_DATA_DIR` has them, the built-in sets elsewhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pictures_explain import explainers, pages
from pictures_runs import runs
from pictures_time import through_time

from cnnviewer.app import Program, Window, launch
from cnnviewer.core.inspection.records import Cell

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt, QTimer  # isort: skip - torch comes first
from PySide6.QtTest import QTest  # isort: skip
from PySide6.QtWidgets import QWidget  # isort: skip

PICTURES = Path(__file__).resolve().parent / "pictures"
SEVEN = [(0.28, 0.22), (0.74, 0.22), (0.46, 0.85)]
BAR = [(0.38, 0.54), (0.68, 0.54)]


class Camera:
    """Drives the real window and takes its picture."""

    def __init__(self, folder: str) -> None:
        data_dir = os.environ.get("CNNVIEWER_DATA_DIR", str(Path(folder) / "data"))
        self.app, window = launch(["--data-dir", data_dir, "--settings", f"{folder}/settings.ini", "--theme", "light"])
        self.window: Window = window
        self.size(1440, 900)

    def size(self, width: int, height: int) -> None:
        """Make the window so large."""
        self.window.showNormal()  # a small screen is filled at first
        self.window.resize(width, height)
        self.sleep(0.3)

    def until(self, condition: Callable[[], bool], timeout: float = 120.0) -> None:
        """Run the program until something is so."""
        loop, timer, clock = QEventLoop(), QTimer(interval=20), QElapsedTimer()
        clock.start()
        timer.timeout.connect(lambda: loop.quit() if condition() or clock.hasExpired(int(1000 * timeout)) else None)
        timer.start()
        loop.exec()
        if not condition():
            raise TimeoutError("the window did not get there")

    def sleep(self, seconds: float) -> None:
        """Let motion settle."""
        loop = QEventLoop()
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        loop.exec()

    def find(self, name: str) -> Any:
        """The widget of that name."""
        return self.window.findChild(QWidget, name)

    def choose(self, combo: str, key: str) -> None:
        """Choose an entry as a person does."""
        box = self.find(combo)
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())

    def draw(self, points: list[tuple[float, float]]) -> None:
        """One stroke."""
        canvas = self.find("drawCanvas")
        places = [QPoint(int(x * canvas.width()), int(y * canvas.height())) for x, y in points]
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, left, none, places[0])
        for a, b in pairwise(places):
            for part in range(1, 13):
                QTest.mouseMove(canvas, a + (b - a) * part / 12)
        QTest.mouseRelease(canvas, left, none, places[-1])

    def settled(self) -> None:
        """Wait until everything shows the newest image."""
        looking = self.window.program.looking
        self.until(lambda: looking.inspection is not None and looking.inspection.generation == looking.generation)
        self.sleep(0.5)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save the picture."""
        PICTURES.mkdir(exist_ok=True)
        (widget or self.window).grab().save(str(PICTURES / f"{name}.png"))
        print(name)

    @property
    def program(self) -> Program:
        """What drives the window."""
        return self.window.program

    @property
    def digits(self) -> str:
        """Key of the digits there are."""
        return "mnist" if "CNNVIEWER_DATA_DIR" in os.environ else "builtin-digits"

    def loaded(self, key: str) -> None:
        """Wait for a data set."""
        self.until(lambda: self.program.session.data is not None and self.program.session.data.info.key == key)

    def explained(self, name: str, layer: str, *place: int, lens: str = "numbers") -> None:
        """Ask about a number and take the panel's picture."""
        self.find("networkView").select(layer, *place)
        self.find("explainView").show_lens(lens)
        self.panel(name, Cell(layer, *place))

    def panel(self, name: str, cell: Cell) -> None:
        """The explanation panel, when it explains that number."""
        view = self.find("explainView")
        self.until(lambda: view.explanation is not None and view.explanation.cell == cell)
        self.sleep(0.6)
        self.take(name, view)

    def stop(self) -> None:
        """End the training and send the news of it away."""
        self.find("stopButton").click()
        self.until(lambda: self.program.session.run_state == "idle")
        self.settled()
        self.find("messageClose").click()

    def tab(self, dock: str) -> None:
        """Bring a dock to the front."""
        self.find(dock).raise_()
        self.sleep(0.3)


def main() -> int:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        camera = Camera(folder)
        program = camera.window.program
        camera.settled()
        camera.until(lambda: program.session.data is not None)
        camera.take("first-launch")

        camera.draw(SEVEN)
        camera.draw(BAR)
        camera.settled()
        camera.take("draw")
        camera.take("draw-panel", camera.find("inputDock"))

        network = camera.find("networkView")
        network.select("conv2", 7, 3, 4)
        camera.sleep(0.6)
        camera.take("look-inside")
        camera.tab("kernelsDock")
        camera.take("kernels", camera.find("kernelsDock"))
        QTest.keyClick(camera.find("networkCanvas"), Qt.Key.Key_Escape)

        camera.tab("curvesDock")
        camera.find("epochsSpin").setValue(2)
        camera.find("trainButton").click()
        camera.until(lambda: program.session.run_state == "running")
        log = program.session.run.log
        camera.until(lambda: log.epoch_count >= 1 and log.step_count > 1.3 * log.epochs("step")[0])
        camera.take("train")
        camera.take("curves", camera.find("curvesDock"))
        camera.tab("logDock")
        camera.take("log", camera.find("logDock"))
        camera.stop()

        camera.tab("curvesDock")
        camera.find("inputTabs").setCurrentIndex(1)
        camera.find("sampleBrowser").select(4)
        camera.settled()
        camera.find("onlyWrongCheck").click()
        camera.until(lambda: program.browsing.predicted is not None)
        camera.sleep(0.5)
        camera.take("wrong-ones")

        through_time(camera)
        runs(camera)
        explainers(camera)
        pages(camera)

        camera.window.theme_selected.emit("dark")
        camera.window.language_selected.emit("ko")
        camera.choose("modelCombo", "simplecnn")
        camera.until(lambda: program.session.data is not None and program.session.data.info.shape == (3, 32, 32))
        camera.find("sampleBrowser").select(3)
        camera.settled()
        network.select("conv1", 5, 12, 16)
        camera.sleep(0.6)
        camera.take("simplecnn-dark-korean")
        camera.size(1100, 700)
        camera.take("small-dark-korean")
        camera.size(1440, 900)
        network.select("conv2", 9, 5, 7)
        camera.find("explainView").show_lens("numbers")
        camera.sleep(0.8)
        camera.take("explain-dark-korean")
        camera.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
