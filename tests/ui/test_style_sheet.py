"""The style sheet in `resources/style.qss` and the tokens that fill it."""

import dataclasses
import os
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

import cnnviewer.ui
from cnnviewer.core.resources import resource
from cnnviewer.ui.widgets import theme
from cnnviewer.ui.widgets.theme import DARK, LIGHT, Tokens, style_sheet, style_template

TOKENS = {field.name for field in dataclasses.fields(Tokens)} - {"name"}


def test_every_placeholder_is_a_token_or_a_measure() -> None:
    assert set(style_template().get_identifiers()) <= TOKENS | {"radius", "icons"}


def test_every_token_is_used_by_the_sheet_or_by_a_widget() -> None:
    used = set(style_template().get_identifiers())
    for file in Path(cnnviewer.ui.__path__[0]).rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used.update(re.findall(r"(?:tokens|\bt)\.(\w+)", text) + re.findall(r'"(\w+)"', text))
    assert used >= TOKENS


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_themes_sheet_has_its_own_colours_and_no_placeholder(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    other = DARK if tokens is LIGHT else LIGHT
    used = set(style_template().get_identifiers()) & TOKENS
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) == {getattr(tokens, name) for name in used} | {"#ffffff"}
    assert other.window not in sheet


def test_the_widgets_that_the_sheet_names_exist() -> None:
    named = set(re.findall(r"#([a-zA-Z]+)", re.sub(r"#[0-9a-f]{6}", "", style_template().template)))
    code = " ".join(file.read_text(encoding="utf-8") for file in Path(cnnviewer.ui.__path__[0]).rglob("*.py"))
    assert len(named) > 3
    assert named == {name for name in named if f'"{name}"' in code}


def test_the_icons_that_the_sheet_names_exist() -> None:
    files = [Path(path) for path in re.findall(r'url\("(.*)"\)', style_sheet(LIGHT))]
    assert len(set(files)) == 5
    assert all(file.is_file() for file in files)


@pytest.mark.skipif(os.name == "nt", reason="no folder has such a name there")
def test_a_folder_of_any_name_may_hold_the_icons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot
) -> None:
    folder = tmp_path / 'it\'s (a) "folder" of \\ 그림'
    shutil.copytree(resource("icons"), folder)
    monkeypatch.setattr(theme, "resource", lambda name: folder if name == "icons" else resource(name))
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(LIGHT))
    box.setChecked(True)
    with_mark = box.grab().toImage()
    for file in folder.glob("*.svg"):
        file.unlink()
    box.setStyleSheet("")
    QPixmapCache.clear()
    box.setStyleSheet(style_sheet(LIGHT))
    assert box.grab().toImage() != with_mark


def test_blocks_open_and_close_in_turn() -> None:
    depths = [0]
    for sign in re.findall(r"[{}]", style_sheet(LIGHT)):
        depths.append(depths[-1] + (1 if sign == "{" else -1))
    assert set(depths) == {0, 1}
    assert depths[-1] == 0
