"""Somebody who takes the program through its states, by the names of the contract for automation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.app.main import Window, launch
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.text_size import chosen_pixels, text_pixels
from cnnviewer.ui.widgets.theme import use_theme
from tests.leftovers import delete_what_shall_be
from tests.patience import wait_until

FONT, KOREAN_FONT = "DejaVu Sans", "NanumGothic"
"""What `make system` installs: texts are as wide on every machine."""

_PATIENCE = 180.0  # seconds


def fonts_missing() -> list[str]:
    """Those of the two that this machine has not, or does not write in."""
    usual = QFontInfo(QApplication.font()).family()
    there = [usual if usual == FONT else "", *QFontDatabase.families(QFontDatabase.WritingSystem.Korean)]
    return [name for name in (FONT, KOREAN_FONT) if name not in there]


class Visitor:
    """Launches the program and drives its window."""

    def __init__(self, folder: Path, theme: str, language: str, text: int = 100) -> None:
        """`text` is the size of the text, in percent of the usual one."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.language, self.theme, self.text = folder, language, theme, text
        given = ["--theme", theme, "--language", language, "--settings", str(folder / "settings.ini")]
        self._font = QApplication.font()
        self.app, window = launch([*given, "--data-dir", str(folder / "data")])
        self.window: Window = window
        QFont.insertSubstitution(FONT, KOREAN_FONT)
        window.motion_selected.emit(False)
        window.set_text_size(text)
        self.settled()

    def close(self) -> None:
        """Close the window; its threads end, and the next one is English, light and written as before."""
        self.window.close()
        self.window.deleteLater()
        self.program.deleteLater()
        delete_what_shall_be()
        QFont.removeSubstitutions(FONT)
        QApplication.setFont(self._font)  # text has grown with the window
        use_language("en")
        use_theme("light")
        self.sleep(0.0)

    def size(self, width: int, height: int) -> None:
        """Make the window so large, whatever it was."""
        if self.window.isMaximized():
            self.window.showNormal()
        self.window.resize(width, height)
        # text grows with the window, a moment later
        wanted = chosen_pixels(height, self.text)
        self.until(lambda: abs(text_pixels() - wanted) < 1, "text is as large as the window wants it")
        self.sleep(0.2)

    def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Run the program until something is so; TimeoutError where it never is."""
        wait_until(condition, _PATIENCE, what)

    def sleep(self, seconds: float) -> None:
        """Let the program go on so long."""
        loop = QEventLoop()
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        loop.exec()

    def find(self, name: str) -> Any:
        """The widget of that name; LookupError where there is none."""
        found = self.window.findChild(QWidget, name)
        if found is None:
            raise LookupError(f"there is no widget {name}")
        return found

    def click(self, name: str) -> None:
        """Press a button once it can be pressed."""
        button = self.find(name)
        self.until(button.isEnabled, f"{name} can be pressed")
        button.click()

    def show(self, workspace: str, part: str = "") -> None:
        """Show a workspace."""
        self.window.show_workspace(workspace, part) if part else self.window.show_workspace(workspace)
        self.sleep(0.1)

    @property
    def program(self) -> Any:
        """What drives the window."""
        return self.window.program

    @property
    def session(self) -> Any:
        """What is loaded, shown and trained."""
        return self.program.session

    def settled(self) -> None:
        """Wait until everything shows the newest image."""
        presenter = self.program.presenters.inspection
        self.until(
            lambda: (
                self.session.data is not None
                and presenter.inspection is not None
                and presenter.inspection.generation == presenter.generation
            ),
            "the newest image is shown",
        )
        self.sleep(0.1)

    def finish(self, steps: int | None = None) -> None:
        """Press Train; wait until the training has made so many steps, or has ended."""
        begun: list[str] = []  # not another `run`: that of a training that was stopped is another once it is written
        self.session.run_state_changed.connect(begun.append)
        self.click("trainButton")
        self.until(lambda: any(state != "idle" for state in begun), "a training has begun")
        self.session.run_state_changed.disconnect(begun.append)
        if steps is None:
            self.until(lambda: self.session.run_state == "idle" and not self.program.jobs.busy, "a training has ended")
        else:
            self.until(lambda: self.session.run.log.step_count >= steps, f"{steps} steps are made")
        self.sleep(0.3)

    def stop(self) -> None:
        """End the training under way, if there is one."""
        if self.session.run_state == "idle":
            return
        self.click("stopButton")
        self.until(lambda: self.session.run_state == "idle", "the training has stopped")
        self.sleep(0.2)
