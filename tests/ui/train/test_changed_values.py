"""Values that another model brings are marked beside their fields, until they are edited, clicked or trained with."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.widgets.language import use_language

BASE = TrainConfig(epochs=10, batch_size=32, learning_rate=0.01)
USUAL = replace(BASE, model="simplecnn", epochs=15, learning_rate=0.001, schedule="cosine")


@pytest.fixture
def panel(qtbot: QtBot) -> TrainPanel:
    panel = TrainPanel()
    qtbot.addWidget(panel)
    panel.set_config(BASE)
    panel.set_config(USUAL, "SimpleCNN")
    return panel


def marks(panel: TrainPanel) -> dict[str, str]:
    fields = panel._hyperparameters.fields
    return {name: field.changed.text() for name, field in fields.items() if not field.changed.isHidden()}


def test_what_changed_is_said_with_its_model_and_what_it_was(panel: TrainPanel) -> None:
    assert marks(panel) == {
        "epochs": "changed to SimpleCNN's 15",
        "learning_rate": "changed to SimpleCNN's 0.001",
        "schedule": "changed to SimpleCNN's cosine",
    }
    assert "10" in panel._hyperparameters.fields["epochs"].changed.toolTip()
    assert not panel._hyperparameters._advanced.isHidden()  # what is folded away would change silently


def test_marks_follow_the_language_and_those_that_are_gone_stay_gone(panel: TrainPanel) -> None:
    panel._hyperparameters.epochs.setValue(3)
    use_language("ko")
    QApplication.processEvents()
    try:
        assert set(marks(panel)) == {"learning_rate", "schedule"}
        assert not any("changed" in text for text in marks(panel).values())
    finally:
        use_language("en")


def test_a_mark_goes_when_its_value_is_edited_or_it_is_clicked(panel: TrainPanel) -> None:
    panel._hyperparameters.epochs.setValue(3)
    assert "epochs" not in marks(panel)
    QTest.mouseClick(panel._hyperparameters.fields["learning_rate"].changed, Qt.MouseButton.LeftButton)
    assert list(marks(panel)) == ["schedule"]
    panel._hyperparameters.schedule.setCurrentIndex(0)
    assert marks(panel) == {}


def test_a_training_takes_note_of_all_marks(panel: TrainPanel) -> None:
    button = panel.findChild(QPushButton, "trainButton")
    assert button is not None
    button.click()
    assert marks(panel) == {}


def test_a_run_that_is_opened_marks_nothing(panel: TrainPanel) -> None:
    panel.set_config(replace(BASE, epochs=7))
    assert marks(panel) == {}
