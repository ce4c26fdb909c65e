"""Take the pictures of the README, the user guide and the help from the running program: `make pictures`.

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

from pictures_explain import backward, explainers, levels
from pictures_pages import pages
from pictures_runs import runs
from pictures_time import through_time
from pictures_why import trust

from cnnviewer.app.main import Program, Window, launch
from cnnviewer.core.inspection.records import Cell

from PIL import Image  # isort: skip
from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt, QTimer  # isort: skip - torch comes first
from PySide6.QtGui import QPixmap  # isort: skip
from PySide6.QtTest import QTest  # isort: skip
from PySide6.QtWidgets import QWidget  # isort: skip

PICTURES = Path(__file__).resolve().parent / "pictures"
HELP = PICTURES.parents[1] / "resources" / "help"
USUAL = (1440, 900)
SMALL = (1060, 664)  # the window of a picture in the help
HELP_WIDTH = 680  # pixels
SEVEN = [(0.28, 0.22), (0.74, 0.22), (0.46, 0.85)]
BAR = [(0.38, 0.54), (0.68, 0.54)]


class Camera:
    """Drives the real window and takes its picture."""

    def __init__(self, folder: str) -> None:
        data_dir = os.environ.get("CNNVIEWER_DATA_DIR", str(Path(folder) / "data"))
        own = ["--settings", f"{folder}/settings.ini", "--runs-dir", f"{folder}/runs"]
        self.app, window = launch([*own, "--data-dir", data_dir, "--theme", "light", "--language", "en"])
        self.window: Window = window
        self.size(*USUAL)

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
            raise TimeoutError(f"the window did not get there; it says: {self.window.messages.sentences}")

    def sleep(self, seconds: float) -> None:
        """Let motion settle."""
        loop = QEventLoop()
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        loop.exec()

    def find(self, name: str) -> Any:
        """The widget of that name."""
        return self.window.findChild(QWidget, name)

    def choose(self, combo: str, key: str) -> None:
        """Choose an entry as a user does."""
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
        inspection_presenter = self.window.program.presenters.inspection
        self.until(
            lambda: (
                inspection_presenter.inspection is not None
                and inspection_presenter.inspection.generation == inspection_presenter.generation
            )
        )
        self.sleep(0.5)

    def take(self, name: str, widget: QWidget | None = None, helps: bool = False) -> None:
        """Save the picture; where it `helps`, a small one of the same state for the help as well."""
        PICTURES.mkdir(exist_ok=True)
        _save((widget or self.window).grab(), PICTURES / f"{name}.png", 256)
        print(name, flush=True)
        if helps:
            self.take_for_help(name, widget)

    def take_for_help(self, name: str, widget: QWidget | None = None) -> None:
        """Save a small picture of the window, or of one of its parts as it is."""
        HELP.mkdir(exist_ok=True)
        if widget is not None:
            _save(widget.grab(), HELP / f"{name}.png", 128)
            return
        self.size(*SMALL)
        self.sleep(0.6)
        whole = self.window.grab()
        small = whole.scaledToWidth(HELP_WIDTH, Qt.TransformationMode.SmoothTransformation)
        _save(small, HELP / f"{name}.png", 128)
        self.size(*USUAL)
        self.sleep(0.6)

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
        self.find("explainView").show_text_tab(lens)
        self.panel(name, Cell(layer, *place))

    def panel(self, name: str, cell: Cell) -> None:
        """The explanation panel, when it explains that number."""
        self.panel_explains(cell)
        self.sleep(0.6)
        self.take(name, self.find("explainView"))

    def panel_explains(self, cell: Cell) -> None:
        """Wait until that number is explained."""
        view = self.find("explainView")
        self.until(lambda: view.explanation is not None and view.explanation.cell == cell)

    def stop(self) -> None:
        """End the training and send the news of it away."""
        self.find("stopButton").click()
        self.until(lambda: self.program.session.run_state == "idle")
        self.settled()
        self.dismiss()

    def dismiss(self) -> None:
        """Close every message."""
        while self.window.messages.sentences:
            self.window.messages.dismiss()


def _save(picture: QPixmap, path: Path, colours: int) -> None:
    """Write a PNG of so many colours at most, which is a third of the size."""
    picture.save(str(path))
    with Image.open(path) as full:
        few = full.convert("RGB").quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main() -> int:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        camera = Camera(folder)
        try:
            everything(camera)
        finally:
            camera.window.close()
    return 0


def everything(camera: Camera) -> None:
    """From the first launch to the last page."""
    window, program = camera.window, camera.program
    camera.settled()
    camera.until(lambda: program.session.data is not None)
    camera.take("first-launch", helps=True)

    camera.draw(SEVEN)
    camera.draw(BAR)
    camera.settled()
    camera.take("draw")
    camera.take("rail", camera.find("inputPanel"), helps=True)
    camera.find("contextChip").click()
    camera.sleep(0.5)
    camera.take("context", camera.find("contextPopover"), helps=True)
    camera.find("contextPopover").hide()

    levels(camera)
    backward(camera)
    train(camera)

    window.show_workspace("explore")
    camera.find("inputSource-dataset").click()
    camera.find("sampleBrowser").select(4)
    camera.settled()
    camera.find("allImagesButton").click()
    camera.find("onlyWrongCheck").click()
    camera.until(lambda: program.presenters.browser.predicted is not None)
    camera.sleep(0.5)
    camera.take("wrong-ones", helps=True)
    camera.find("galleryCloseButton").click()

    trust(camera)
    through_time(camera)
    runs(camera)
    explainers(camera)
    pages(camera)

    camera.choose("modelCombo", "lenet")
    camera.choose("datasetCombo", camera.digits)
    camera.loaded(camera.digits)
    camera.settled()
    window.set_text_size(150)
    camera.sleep(0.8)
    camera.take("text-size", helps=True)
    window.set_text_size(100)
    camera.sleep(0.5)

    window.menus.actions["actionHelp"].trigger()
    camera.sleep(0.8)
    camera.take("help", camera.find("helpWindow"))
    camera.find("helpWindow").close()

    dark_korean(camera)


def train(camera: Camera) -> None:
    """The workspace Train while LeNet learns, its curves and its log."""
    camera.window.show_workspace("train")
    camera.find("epochsSpin").setValue(2)
    camera.find("trainButton").click()
    camera.until(lambda: camera.program.session.run_state == "running")
    log = camera.program.session.run.log
    camera.until(lambda: log.epoch_count >= 1 and log.step_count > 1.3 * log.epochs("step")[0])
    camera.take("train", helps=True)
    camera.take("curves", camera.find("curvesView"), helps=True)
    camera.window.train.show_part("log")
    camera.take("log", camera.find("logText"))
    camera.window.train.show_part("curves")
    camera.stop()


def dark_korean(camera: Camera) -> None:
    """Another model in the other theme and the other language, large and small."""
    camera.window.theme_selected.emit("dark")
    camera.window.language_selected.emit("ko")
    camera.choose("modelCombo", "simplecnn")
    camera.until(lambda: (data := camera.program.session.data) is not None and data.info.shape == (3, 32, 32))
    camera.find("sampleBrowser").select(3)
    camera.settled()
    network = camera.find("networkView")
    network.select("conv1", 5, 12, 16)
    camera.window.explore.show_level("network")
    camera.sleep(0.6)
    camera.take("simplecnn-dark-korean")
    camera.size(1100, 700)
    camera.take("small-dark-korean")
    camera.size(*USUAL)
    network.select("conv2", 9, 5, 7)
    camera.window.explore.show_level("number")
    camera.find("explainView").show_text_tab("numbers")
    camera.sleep(0.8)
    camera.take("explain-dark-korean")


if __name__ == "__main__":
    sys.exit(main())
