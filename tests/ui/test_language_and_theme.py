"""Language and theme change at once; every string has a Korean translation whose places fit."""

import re
import xml.etree.ElementTree as ET

import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.output import examine
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.resources import resource
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.widgets.language import translate_error, use_language
from cnnviewer.ui.widgets.theme import DARK, LIGHT, Tokens, use_theme

MESSAGES = [
    (message.findtext("source") or "", message.findtext("translation") or "")
    for message in ET.parse(resource("i18n", "cnnviewer_ko.ts")).getroot().iter("message")
]


@pytest.fixture(autouse=True)
def english_and_light(qapp: QApplication) -> object:
    yield
    use_language("en")
    use_theme("light")


def test_every_translation_has_the_places_of_its_source() -> None:
    for source, translation in MESSAGES:
        assert set(re.findall(r"\{(\w*)[:}]", source)) == set(re.findall(r"\{(\w*)[:}]", translation)), source


def test_notes_on_a_model_follow_the_language_with_their_numbers(qtbot: QtBot) -> None:
    class Two(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fc = nn.Linear(48, 10)

        def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            x = F.dropout(self.fc(x.flatten(1)))
            return x, x * 2

    model = Two()
    model.register_forward_hook(examine(model, "Mine", (3, 4, 4), 10))
    architecture = Inspector(
        model, ModelRecipe("mine", (3, 4, 4), tuple("abcdefghij"), (0.5,) * 3, (0.5,) * 3)
    ).architecture
    view = NetworkView()
    qtbot.addWidget(view)
    view.set_architecture(architecture)
    view.set_notes(architecture.notes, untrained=False)
    note = view.findChild(QLabel, "networkNote")
    assert "Mine gives 2 tensors; tensor 1 (10 for an image)" in note.toolTip()
    assert "drops values even while it predicts" in note.toolTip()
    use_language("ko")
    qtbot.waitUntil(lambda: "드롭아웃을 적용하지 않습니다" in note.toolTip())
    assert "Mine 모델은 텐서 2개를 출력합니다. 텐서 1(이미지 하나에 10)" in note.toolTip()
    assert not {"Here", "tensors"} & set(note.toolTip().split())


def test_widgets_speak_korean_without_restart_and_english_again(qtbot: QtBot) -> None:
    panel = TrainPanel()
    qtbot.addWidget(panel)
    train = panel.findChild(QPushButton, "trainButton")
    assert train.text() == "Train"
    use_language("ko")
    qtbot.waitUntil(lambda: train.text() == "학습")
    use_language("en")
    qtbot.waitUntil(lambda: train.text() == "Train")


def test_titles_of_built_in_data_sets_and_buttons_of_qt_are_korean_too(qtbot: QtBot) -> None:
    panel = TrainPanel()
    qtbot.addWidget(panel)
    panel.set_sources((DataSource("builtin-digits", "Built-in digits", "ready"), DataSource("mnist", "MNIST", "ready")))
    combo = panel.findChild(QComboBox, "datasetCombo")
    assert (combo.itemText(0), combo.itemText(1)) == ("Built-in digits", "MNIST")
    use_language("ko")
    qtbot.waitUntil(lambda: combo.itemText(0) == "내장 숫자")
    assert combo.itemText(1) == "MNIST"
    assert combo.itemData(0) == "builtin-digits"
    assert "내장 숫자" in translate_error(
        UserError("{title} is not in the folder {folder}.", title="Built-in digits", folder="")
    )
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "취소" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_errors_are_translated_with_the_errors_inside_them(qapp: QApplication) -> None:
    inner = UserError("{file} is empty.", file="a.png")
    error = UserError(
        "{count} images were left out because they cannot be read. The first: {sentence}", count=3, sentence=inner
    )
    assert translate_error(error) == ("3 images were left out because they cannot be read. The first: a.png is empty.")
    use_language("ko")
    assert "a.png 파일이 비어 있습니다." in translate_error(error)


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


def test_another_theme_dresses_a_widget_once_however_deep_it_stands(qtbot: QtBot) -> None:
    class Counted(QLabel):
        count = 0

        def changeEvent(self, event: QEvent) -> None:
            self.count += event.type() == QEvent.Type.StyleChange
            super().changeEvent(event)

    use_theme("light")
    window = parent = QWidget()
    qtbot.addWidget(window)
    for _ in range(12):
        parent = QWidget(parent)
    label = Counted("deep", parent)
    window.show()
    qtbot.waitExposed(window)
    label.count = 0
    use_theme("dark")
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.text)
    assert label.count <= 3
