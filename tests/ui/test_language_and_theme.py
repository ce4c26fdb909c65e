"""Language and theme change at once; every string has a Korean translation whose places fit."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.resources import resource
from cnnviewer.ui.language import translate_error, use_language
from cnnviewer.ui.theme import DARK, LIGHT, Tokens, use_theme
from cnnviewer.ui.train_panel import TrainPanel

MESSAGES = [
    (message.findtext("source") or "", message.findtext("translation") or "")
    for message in ET.parse(resource("i18n", "cnnviewer_ko.ts")).getroot().iter("message")
]


@pytest.fixture(autouse=True)
def english_and_light(qapp: QApplication) -> object:
    yield
    use_language("en")
    use_theme("light")


def test_nothing_lacks_a_korean_translation() -> None:
    script = Path(__file__).resolve().parents[2] / "resources" / "i18n" / "update.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_translation_has_the_places_of_its_source() -> None:
    for source, translation in MESSAGES:
        assert set(re.findall(r"\{\w*\}", source)) == set(re.findall(r"\{\w*\}", translation)), source


def test_widgets_speak_korean_without_restart_and_english_again(qtbot: QtBot) -> None:
    panel = TrainPanel()
    qtbot.addWidget(panel)
    train = panel.findChild(QPushButton, "trainButton")
    assert train.text() == "Train"
    use_language("ko")
    qtbot.waitUntil(lambda: train.text() == "학습")
    use_language("en")
    qtbot.waitUntil(lambda: train.text() == "Train")


def test_errors_are_translated_with_the_errors_inside_them(qapp: QApplication) -> None:
    inner = UserError("{file} is empty.", file="a.png")
    error = UserError(
        "{count} images were left out because they cannot be read. The first: {sentence}", count=3, sentence=inner
    )
    assert translate_error(error) == ("3 images were left out because they cannot be read. The first: a.png is empty.")
    use_language("ko")
    assert "a.png이(가) 비어 있습니다." in translate_error(error)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
@pytest.mark.parametrize("ink", ["text", "muted", "error", "good", "warning"])
def test_text_stands_out_from_its_ground(tokens: Tokens, ground: str, ink: str) -> None:
    light, dark = sorted((luminance(getattr(tokens, ink)), luminance(getattr(tokens, ground))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
