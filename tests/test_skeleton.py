"""The outline of the window is painted before the program is imported, where the window will be and in its colours."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.app import launch
from cnnviewer.app.skeleton import DARK, LIGHT, Skeleton, show_skeleton
from cnnviewer.ui.widgets import theme
from tests.leftovers import delete_what_shall_be

OWN = {"cnnviewer", "cnnviewer.first_interrupt", "cnnviewer.app", "cnnviewer.app.skeleton", "cnnviewer.core"}
OWN |= {"cnnviewer.core.imports", "cnnviewer.core.paths", "cnnviewer.ui", "cnnviewer.ui.window"}
OWN |= {"cnnviewer.ui.window.placing"}


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


@pytest.fixture
def outlines(qtbot: QtBot) -> Iterator[list[Skeleton]]:
    shown: list[Skeleton] = []
    yield shown
    for outline in shown:
        outline.close()
        outline.deleteLater()


def left(settings: Path, place: QRect, **parts: object) -> None:
    """Write the settings of a window that was left in this place."""
    window = QWidget()
    window.setGeometry(place)
    layout = bytes(window.saveGeometry().toBase64().data()) + b"|" + json.dumps(parts).encode()
    file = QSettings(str(settings), QSettings.Format.IniFormat)
    file.setValue("layout", base64.b64encode(layout).decode())
    file.sync()
    window.deleteLater()


def chosen(settings: Path, theme: str) -> None:
    """Write the settings of who has chosen this theme."""
    file = QSettings(str(settings), QSettings.Format.IniFormat)
    file.setValue("theme", theme)
    file.sync()


def ground(outline: Skeleton) -> str:
    picture = outline.grab().toImage()
    return QColor(picture.pixel(outline.width() - 3, outline.height() - 3)).name()


def test_it_needs_little_of_the_program_and_does_not_wait_for_pytorch() -> None:
    code = "import json, sys; import cnnviewer.app.skeleton; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = json.loads(done.stdout)
    assert {name for name in imported if name.startswith("cnnviewer")} == OWN
    assert ("torch" in imported) == (sys.platform == "win32")


def test_it_paints_bar_rail_and_stage(qtbot: QtBot) -> None:
    outline = Skeleton()
    qtbot.addWidget(outline)
    outline.resize(1000, 700)
    picture = outline.grab().toImage()
    assert outline.painted
    assert picture.pixel(990, 40) == picture.pixel(5, 690) == picture.pixel(600, 400)
    assert picture.pixel(240, 90) != picture.pixel(600, 400)


def test_its_colours_are_those_of_the_themes() -> None:
    for outline, tokens in ((LIGHT, theme.LIGHT), (DARK, theme.DARK)):
        assert outline[:2] == (tokens.window, tokens.surface)
        assert outline[2] in (tokens.sunken, tokens.raised)


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_it_has_the_theme_that_was_chosen(
    name: str, colours: tuple[str, ...], settings: Path, outlines: list[Skeleton]
) -> None:
    chosen(settings, name)
    outlines.append(show_skeleton(settings))
    assert outlines[-1].painted
    assert ground(outlines[-1]) == colours[0]


def test_a_theme_of_the_command_line_counts_more_than_that_of_the_settings(
    settings: Path, outlines: list[Skeleton]
) -> None:
    chosen(settings, "light")
    outlines.append(show_skeleton(settings, "dark"))
    assert ground(outlines[-1]) == DARK[0]


def test_it_stands_where_the_window_was_left(settings: Path, outlines: list[Skeleton]) -> None:
    place = QRect(60, 70, 950, 600)
    left(settings, place, rail=300, rail_collapsed=False)
    outlines.append(show_skeleton(settings))
    outline = outlines[-1]
    assert outline.geometry() == place
    picture = outline.grab().toImage()
    assert picture.pixel(295, 400) != picture.pixel(305, 400), "the rail is as wide as it was left"


@pytest.mark.parametrize("layout", ["", "no base64", base64.b64encode(b"no place").decode()])
def test_a_damaged_layout_gives_it_the_first_place(layout: str, settings: Path, outlines: list[Skeleton]) -> None:
    outlines.append(show_skeleton(settings))
    file = QSettings(str(settings), QSettings.Format.IniFormat)
    file.setValue("layout", layout)
    file.sync()
    outlines.append(show_skeleton(settings))
    first, second = outlines
    assert second.geometry() == first.geometry()


@pytest.mark.parametrize("was_left", [False, True], ids=["at a first launch", "where it was left"])
def test_the_window_stands_where_its_outline_stood(
    was_left: bool, settings: Path, outlines: list[Skeleton], tmp_path: Path, qtbot: QtBot
) -> None:
    if was_left:
        left(settings, QRect(4, 40, 950, 590), rail=232, rail_collapsed=True)
    outlines.append(show_skeleton(settings))
    _, window = launch(["--data-dir", str(tmp_path), "--settings", str(settings)])
    try:
        assert window.geometry() == outlines[-1].geometry()
        assert window.windowState() == outlines[-1].windowState()
    finally:
        window.close()
        window.deleteLater()
        window.program.deleteLater()
        delete_what_shall_be()
