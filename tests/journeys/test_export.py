"""Export: what is shown is what is written, wholly or not at all."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.cli import main
from cnnviewer.core.models.weights import load_weights
from tests.journeys.conftest import Person


@pytest.fixture
def trained(person: Person) -> Person:
    """Somebody who has trained three steps."""
    person.loaded("builtin-digits")
    for _ in range(3):
        count = person.window.program.session.run.log.step_count if person.window.program.session.run else 0
        person.click("stepButton")
        person.until(
            lambda count=count: (
                person.state == "paused" and person.window.program.session.run.log.step_count == count + 1
            )
        )
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    return person


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_curves_are_written_in_the_format_of_the_ending(trained: Person, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"curves.{kind}"
    assert trained.window.export_plot(path)
    data = path.read_bytes()
    if kind == "png":
        assert Image.open(io.BytesIO(data)).size[0] >= 800
    elif kind == "svg":
        text = " ".join(ET.fromstring(data).itertext())
        assert "seed 1" in text
        assert "loss" in text
    else:
        assert data.startswith(b"%PDF")


def test_numbers_keep_every_digit(trained: Person, tmp_path: Path) -> None:
    assert trained.window.export_data(tmp_path / "run.csv")
    assert trained.window.export_data(tmp_path / "run.json")
    losses = trained.window.program.session.run.log.steps("loss").tolist()
    rows = list(csv.DictReader((tmp_path / "run.csv").read_text(encoding="utf-8-sig").splitlines()))
    written = [float(row["loss"]) for row in rows if row.get("kind", "step") == "step"]
    assert written == losses
    folder = trained.window.program.session.run.opened.folder
    assert main(["export", str(folder), "--metrics", str(tmp_path / "same.csv")]) == 0
    assert (tmp_path / "same.csv").read_bytes() == (tmp_path / "run.csv").read_bytes()
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))


def test_the_network_is_a_valid_svg_with_every_layers_name(trained: Person, tmp_path: Path) -> None:
    assert trained.window.export_network(tmp_path / "network.svg")
    text = " ".join(ET.parse(tmp_path / "network.svg").getroot().itertext())
    for name in ("conv1", "conv2", "fc1", "fc2", "seed 1"):
        assert name in text


def test_feature_maps_and_kernels_are_the_numbers_shown(trained: Person, tmp_path: Path) -> None:
    files = trained.window.program.presenters.files
    assert files.export_maps(tmp_path / "maps.npz")
    shown = trained.window.network_view.layer_arrays()
    with np.load(tmp_path / "maps.npz") as written:
        assert all(np.array_equal(written[name], values) for name, values in shown.items())
    assert files.export_kernels(tmp_path / "kernels.npy")
    kernels = np.load(tmp_path / "kernels.npy")
    assert np.array_equal(kernels, trained.window.program.session.state.tensors["conv1.weight"].numpy())
    assert files.export_maps(tmp_path / "maps.png")
    assert files.export_kernels(tmp_path / "kernels.png")
    assert Image.open(tmp_path / "maps.png").size[0] > 100


def test_saved_weights_open_again_to_the_last_bit(trained: Person, tmp_path: Path) -> None:
    assert trained.window.save_weights(tmp_path / "mine.safetensors")
    shown = trained.window.program.session.state
    loaded = load_weights(tmp_path / "mine.safetensors")
    assert all(torch.equal(loaded.tensors[name], shown.tensors[name]) for name in shown.tensors)
    assert trained.window.open_weights(tmp_path / "mine.safetensors")


@pytest.mark.parametrize(
    "export", ["export_plot", "export_data", "export_network", "save_weights"], ids=lambda name: name
)
def test_a_missing_folder_gives_an_error_message_and_false(trained: Person, tmp_path: Path, export: str) -> None:
    ending = {"export_plot": "png", "export_data": "csv", "export_network": "svg", "save_weights": "safetensors"}
    path = tmp_path / "not" / "there" / f"x.{ending[export]}"
    assert getattr(trained.window, export)(path) is False
    assert path.name in trained.window.messages.property("text")


def test_an_ending_that_is_not_offered_gives_an_error_message_and_the_old_file_survives(
    trained: Person, tmp_path: Path
) -> None:
    path = tmp_path / "curves.xyz"
    path.write_bytes(b"old")
    assert trained.window.export_plot(path) is False
    assert path.read_bytes() == b"old"
    assert ".png" in trained.window.messages.property("text")


@pytest.mark.parametrize("command", ["save_drawing", "save_weights"])
def test_what_is_saved_is_what_its_name_says_or_is_refused(person: Person, tmp_path: Path, command: str) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"old")
    save = getattr(person.window.program.presenters.files, command)
    assert save(path) is False
    assert path.read_bytes() == b"old"
    assert "x.jpg" in person.window.messages.property("text")
    assert save(tmp_path / "plain")
    assert [one.suffix for one in tmp_path.glob("plain*")] == [
        {"save_drawing": ".png", "save_weights": ".safetensors"}[command]
    ]


def test_curves_before_any_training_give_an_error_message(person: Person, tmp_path: Path) -> None:
    assert person.window.export_plot(tmp_path / "x.png") is False
    assert not (tmp_path / "x.png").exists()
    for name in ("actionExportPlot", "actionExportData"):
        person.window.messages.dismiss()
        person.action(name).trigger()
        assert "train a model" in person.window.messages.property("text")
        assert QApplication.activeModalWidget() is None, "nothing is asked that leads to nothing"
    assert person.window.findChild(QWidget, "exportSizeCombo") is None
