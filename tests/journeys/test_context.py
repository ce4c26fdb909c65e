"""Somebody reads off the chip what is on the screen, and chooses model, data set, weights and run below it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.weights import save_weights
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.resolve import untrained
from tests.journeys.conftest import Person
from tests.small_data import GREY, saved, tiny


def chip(person: Person) -> str:
    return str(person.find("contextChip").text())


def choose(person: Person, column: str, key: str) -> None:
    """Click the chip, and in the column below it the row of this key."""
    person.click("contextChip")
    rows = person.find(f"{column}Choices")
    person.until(lambda: any(key == row.data(Qt.ItemDataRole.UserRole).key for row in items(rows)))
    item = next(row for row in items(rows) if row.data(Qt.ItemDataRole.UserRole).key == key)
    rows.scrollToItem(item)
    place = rows.visualItemRect(item).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert not rows.isVisible()


def items(rows: Any) -> list[Any]:
    return [rows.item(row) for row in range(rows.count())]


def a_run(folder: Path, key: str, rate: float) -> Path:
    config = TrainConfig("lenet", key, epochs=1, batch_size=20, learning_rate=rate, threads=1)
    recording = begin(tiny(replace(GREY, key=key, title="mine")), config, folder)
    for _ in recording.events():
        pass
    assert recording.folder is not None
    return recording.folder


def test_the_chip_follows_what_is_chosen_below_it(launched: Callable[..., Person], tmp_path: Path) -> None:
    key = saved(tmp_path, "mine", tiny())
    slow, fast = (a_run(tmp_path / "runs", key, rate) for rate in (0.01, 0.05))
    person = launched(None, "--runs-dir", str(tmp_path / "runs"))
    person.loaded("builtin-digits")
    assert chip(person) == "LeNet · Built-in digits · bundled, trained on MNIST"

    choose(person, "weights", str(fast))
    person.until(lambda: chip(person) == "LeNet · mine · run “rate 0.05”, step 8")
    choose(person, "weights", str(slow))
    person.until(lambda: chip(person) == "LeNet · mine · run “rate 0.01”, step 8")
    time_machine = person.window.program.presenters.time_machine
    person.until(lambda: 3 in time_machine.timeline.steps)
    person.window.timeline.step_chosen.emit(3)
    person.until(lambda: chip(person) == "LeNet · mine · run “rate 0.01”, step 3")
    person.window.timeline.now_requested.emit()
    person.until(lambda: chip(person) == "LeNet · mine · run “rate 0.01”, step 8")

    choose(person, "weights", "untrained")
    person.until(lambda: chip(person) == "LeNet · mine · untrained")
    choose(person, "weights", "bundled")
    person.until(lambda: chip(person) == "LeNet · mine · bundled, trained on MNIST")
    choose(person, "model", "simplecnn")
    person.until(lambda: chip(person).startswith("SimpleCNN · "))
    assert person.find("modelCombo").currentData() == "simplecnn"
    choose(person, "data", "builtin-shapes")
    person.until(lambda: chip(person) == "SimpleCNN · Built-in shapes · bundled, trained on CIFAR-10")
    assert person.find("datasetCombo").currentData() == "builtin-shapes"


def test_weights_from_a_file_are_named_by_it(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    info = person.window.program.session.data.info
    save_weights(tmp_path / "own.safetensors", untrained(MODELS["lenet"], info))
    assert person.window.open_weights(tmp_path / "own.safetensors")
    person.until(lambda: chip(person) == "LeNet · Built-in digits · file own.safetensors")
    choose(person, "weights", "bundled")
    person.until(lambda: chip(person).endswith("bundled, trained on MNIST"))


def test_a_training_is_said_while_it_lasts_and_locks_the_choices(person: Person, tmp_path: Path) -> None:
    person.window.program.presenters.selection.open_own(saved(tmp_path, "mine", tiny(GREY)))
    person.until(lambda: chip(person).startswith("LeNet · mine"))
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    person.until(lambda: chip(person) == "LeNet · mine · training paused, step 1")
    person.click("contextChip")
    reason = person.find("contextLocked")
    assert reason.isVisible()
    assert "A training is under way" in reason.text()
    rows = person.find("weightsChoices")
    assert all(not row.flags() for row in items(rows))
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    person.until(lambda: chip(person) == "LeNet · mine · run, step 1")


def test_the_choices_the_title_and_a_message_with_buttons_follow_the_language_at_once(
    person: Person, tmp_path: Path
) -> None:
    person.loaded("builtin-digits")
    person.find("batchSizeSpin").setValue(500)
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.until(lambda: "Training finished" in person.window.messages.text)
    person.click("contextChip")
    weights = person.find("weightsChoices")
    assert "Untrained" in [row.text() for row in items(weights)]
    person.window.language_selected.emit("ko")
    person.until(lambda: "학습 전" in [row.text() for row in items(weights)])
    person.until(lambda: "학습을 마쳤습니다" in person.window.messages.text)
    person.until(lambda: "스텝" in person.window.windowTitle())
    labels = [person.find(name).text() for name in ("messageAction", "messageAction1")]
    assert not any(letter.isascii() and letter.isalpha() for label in labels for letter in label)
    person.window.language_selected.emit("en")
    person.until(lambda: "Training finished" in person.window.messages.text)
