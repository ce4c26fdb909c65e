"""The train panel and the log: values in, signals out."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QProgressBar, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.ui.train.export_curves import ExportCurves
from cnnviewer.ui.train.log_view import LogView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.window.dropped import kind_of

MODELS = (
    ModelInfo("lenet", "LeNet", "mnist", (1, 28, 28)),
    ModelInfo("simplecnn", "SimpleCNN", "cifar10", (3, 32, 32)),
)
SOURCES = (
    DataSource("mnist", "MNIST", "missing", licence="CC", download_bytes=11_594_722),
    DataSource("builtin-digits", "Built-in digits", "generated"),
)


@pytest.fixture
def panel(qtbot: QtBot) -> TrainPanel:
    made = TrainPanel()
    qtbot.addWidget(made)
    made.set_models(MODELS)
    made.set_sources(SOURCES)
    made.set_devices((("cpu", "CPU"),))
    made.set_config(TrainConfig(dataset="builtin-digits"))
    made.show()
    return made


def button(panel: TrainPanel, name: str) -> QAbstractButton:
    found = panel.findChild(QAbstractButton, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("idle", {"trainButton", "stepButton"}),
        ("preparing", {"stopButton"}),
        ("running", {"pauseButton", "stopButton"}),
        ("paused", {"pauseButton", "stepButton", "stopButton"}),
        ("stopping", set()),
    ],
)
def test_exactly_what_is_possible_is_enabled(panel: TrainPanel, state: str, possible: set[str]) -> None:
    panel.set_state(state)
    names = ("trainButton", "pauseButton", "stepButton", "stopButton")
    assert {name for name in names if button(panel, name).isEnabled()} == possible
    locked = panel.findChild(QWidget, "epochsSpin")
    assert locked.isEnabled() == (state == "idle")
    assert panel.findChild(QWidget, "learningRateSpin").isEnabled()
    assert panel.findChild(QWidget, "momentumSpin").isEnabled()


def test_what_is_shown_is_what_is_asked_for(panel: TrainPanel, qtbot: QtBot) -> None:
    config = TrainConfig(
        "simplecnn", "builtin-digits", "cpu", 3, 64, 0.0005, 0.85, 11, 0.0001, "cosine", "flip-crop", 0.25, 0.2, 2
    )
    panel.set_config(config)
    with qtbot.waitSignal(panel.train_requested) as asked:
        qtbot.mouseClick(button(panel, "trainButton"), Qt.MouseButton.LeftButton)
    assert asked.args == [config]


def test_the_models_own_dropout_stays_unless_one_is_chosen(panel: TrainPanel) -> None:
    assert panel.config().dropout is None


def test_pause_becomes_continue_while_paused(panel: TrainPanel, qtbot: QtBot) -> None:
    panel.set_state("paused")
    with qtbot.waitSignal(panel.resume_requested):
        qtbot.mouseClick(button(panel, "pauseButton"), Qt.MouseButton.LeftButton)
    panel.set_state("running")
    with qtbot.waitSignal(panel.pause_requested):
        qtbot.mouseClick(button(panel, "pauseButton"), Qt.MouseButton.LeftButton)


def test_a_missing_data_set_is_offered_with_size_and_licence(panel: TrainPanel, qtbot: QtBot) -> None:
    panel.set_config(replace(panel.config(), dataset="mnist"))
    download = button(panel, "downloadButton")
    assert download.isVisible()
    with qtbot.waitSignal(panel.download_requested) as asked:
        qtbot.mouseClick(download, Qt.MouseButton.LeftButton)
    assert asked.args == ["mnist"]
    panel.set_download(DownloadProgress("mnist", "a.gz", 5_000_000, 10_000_000, 1e6))
    assert panel.findChild(QProgressBar, "downloadProgress").value() == 500
    with qtbot.waitSignal(panel.download_cancelled):
        qtbot.mouseClick(download, Qt.MouseButton.LeftButton)


def test_ones_own_data_is_asked_for_without_changing_the_choice(panel: TrainPanel, qtbot: QtBot) -> None:
    combo = panel.findChild(QComboBox, "datasetCombo")
    with qtbot.waitSignal(panel.own_folder_requested):
        combo.setCurrentIndex(combo.findData("own-folder"))
        combo.activated.emit(combo.currentIndex())
    assert panel.config().dataset == "builtin-digits"


def test_an_error_stands_beside_its_field_until_it_is_cleared(panel: TrainPanel) -> None:
    panel.set_field_error("weight_decay", "No.")
    field = panel.findChild(QWidget, "weightDecaySpin")
    assert field.property("invalid")
    assert field.isVisible(), "the fold opens when the field is in it"
    panel.clear_field_errors()
    assert not field.property("invalid")


def test_progress_is_reported_in_words_and_as_a_bar(panel: TrainPanel) -> None:
    panel.set_state("running")
    panel.set_progress(TrainProgress(3, 10, 500, 1000, 8400.0, 72.0))
    bar = panel.findChild(QProgressBar, "trainProgress")
    assert bar.value() * 2 == bar.maximum()
    assert panel.progress.words.startswith("Epoch 3 of 10 · 1:12 left")
    assert "step 500 of 1,000 · 8,400 images/s" in panel.progress.words
    panel.set_state("idle")
    assert "left" not in panel.progress.words


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("w.PT", "weights"),
        ("x.npz", "npz"),
        ("m.py", "model"),
        ("a.png", "image"),
        ("a run", "run"),
        ("pics", "folder"),
    ],
)
def test_the_kind_of_a_dropped_file_follows_from_its_name(name: str, kind: str, tmp_path: Path) -> None:
    if kind in ("run", "folder"):
        (tmp_path / name).mkdir()
    if kind == "run":
        (tmp_path / name / "run.json").touch()
    assert kind_of(str(tmp_path / name)) == kind


def test_the_log_follows_its_end_unless_one_reads_above(qtbot: QtBot) -> None:
    log = LogView()
    qtbot.addWidget(log)
    log.resize(300, 100)
    log.show()
    for number in range(100):
        log.append(f"line {number}")
    bar = log._text.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(3)
    log.append("one more")
    assert bar.value() == 3
    assert log.text().splitlines()[-1] == "one more"


def test_the_export_of_curves_asks_for_size_and_colours(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportCurves(parent)
    dialog.show()
    dialog.findChild(QSpinBox, "exportWidthSpin").setValue(777)
    colours = dialog.findChild(QComboBox, "exportColoursCombo")
    colours.setCurrentIndex(colours.findData("dark"))
    with qtbot.waitSignal(dialog.export_requested) as asked:
        qtbot.mouseClick(dialog.findChild(QAbstractButton, "exportCurvesConfirm"), Qt.MouseButton.LeftButton)
    assert asked.args == [(777, 600), True]
