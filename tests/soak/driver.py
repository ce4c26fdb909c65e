"""A window as a process, driven by itself: `python -m tests.soak.driver WHAT FOLDER [SECONDS]`.

It prints `at work` when the work asked for has begun. With SECONDS the window is closed so long after that, else when
the work is done.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.app.main import Window, launch
from cnnviewer.core.data.remote import REMOTES
from cnnviewer.core.runs.read.library import list_runs
from tests.soak.processes import EPOCHS, PATIENCE


class Driver:
    """Clicks, waits and says how far it is."""

    def __init__(self, app: QApplication, window: Window, folder: Path) -> None:
        self.app, self.window, self.folder = app, window, folder
        self.program = window.program

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if not self.window.isVisible():
                sys.exit(0)
            if time.monotonic() > end:
                sys.exit("the window waits for ever")

    def find(self, name: str) -> Any:
        return self.window.findChild(QWidget, name)

    def click(self, name: str) -> None:
        self.until(lambda: self.find(name) is not None and self.find(name).isEnabled())
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    @property
    def finished(self) -> bool:
        """Whether the run on the disk is at its end; between two jobs nothing is busy either."""
        return self.idle and any(run.info.status == "finished" for run in list_runs(self.program.settings.runs_dir))

    @property
    def idle(self) -> bool:
        return self.program.session.run_state == "idle" and not self.program.jobs.busy

    def open_data(self) -> None:
        self.until(lambda: not self.program.jobs.busy)
        key = f"npz:{self.folder / 'own.npz'}"
        self.window.own_data_selected.emit(key)
        self.until(lambda: self.program.session.data is not None and self.program.session.data.info.key == key)
        for name, value in (("epochsSpin", EPOCHS), ("batchSizeSpin", 16), ("momentumSpin", 0.9), ("seedSpin", 1)):
            self.find(name).setValue(value)


def _train(driver: Driver) -> Callable[[], bool]:
    driver.open_data()
    driver.click("trainButton")
    driver.until(lambda: driver.program.session.run_state == "running")
    return lambda: driver.finished


def _resume_run(driver: Driver) -> Callable[[], bool]:
    driver.until(lambda: not driver.program.jobs.busy and driver.find("messages").isVisible())
    driver.click("messageAction")
    return lambda: driver.finished


def _load(driver: Driver) -> Callable[[], bool]:
    driver.window.own_data_selected.emit(f"npz:{driver.folder / 'own.npz'}")
    return lambda: driver.idle


def _start(driver: Driver) -> Callable[[], bool]:
    return lambda: True


def _finished(driver: Driver) -> None:
    driver.until(_train(driver))


def _film(driver: Driver) -> Callable[[], bool]:
    _finished(driver)
    QTimer.singleShot(0, lambda: driver.window.export_film(driver.folder / "film.gif"))
    done = time.monotonic() + 3
    return lambda: time.monotonic() > done and driver.idle


def _evaluate(driver: Driver) -> Callable[[], bool]:
    driver.open_data()
    driver.window.show_workspace("evaluate")
    driver.until(lambda: driver.program.jobs.busy)
    return lambda: driver.idle


def _sweep(driver: Driver) -> Callable[[], bool]:
    driver.open_data()
    driver.window.show_workspace("compare", "sweep")
    driver.until(lambda: driver.find("sweepLearningRatesEdit") is not None)
    field = driver.find("sweepLearningRatesEdit")
    field.clear()
    QTest.keyClicks(field, "0.02, 0.2")
    driver.click("sweepStartButton")
    driver.until(lambda: driver.program.session.run_state == "running")
    done = time.monotonic() + 60
    return lambda: time.monotonic() > done


class _Slow(BaseHTTPRequestHandler):
    """A server that sends a file a kilobyte at a time."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10**7))
        self.end_headers()
        with suppress(OSError):
            for _ in range(10**4):
                self.wfile.write(bytes(1000))
                time.sleep(0.01)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _download(driver: Driver) -> Callable[[], bool]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/file"
    mnist = REMOTES["mnist"]
    files = tuple(replace(file, urls=(url,), size=10**7) for file in mnist.files)
    REMOTES["mnist"] = replace(mnist, files=files)  # type: ignore[index]
    driver.until(lambda: not driver.program.jobs.busy)
    box = driver.find("datasetCombo")
    box.setCurrentIndex(box.findData("mnist"))
    box.activated.emit(box.currentIndex())
    driver.click("downloadButton")
    driver.until(lambda: driver.program.jobs.busy)
    return lambda: driver.idle


WORK: dict[str, Callable[[Driver], Callable[[], bool]]] = {
    "start": _start,
    "train": _train,
    "go-on": _resume_run,
    "load": _load,
    "film": _film,
    "evaluate": _evaluate,
    "sweep": _sweep,
    "download": _download,
}


def main() -> int:
    what, folder = sys.argv[1], Path(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else None
    app, window = launch(["--data-dir", str(folder / "data"), "--settings", str(folder / "settings.ini")])
    driver = Driver(app, window, folder)
    done = WORK[what](driver)
    print("at work", flush=True)
    if seconds is None:
        driver.until(done)
        window.close()
    else:
        QTimer.singleShot(round(1000 * seconds), window.close)
        app.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main())
