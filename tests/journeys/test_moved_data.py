"""A run's own data that have moved, changed, or are named by an untrusted run; and an MNIST that is not whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from cnnviewer.core.data.registry import load
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.core.data.test_mnist import write_mnist
from tests.journeys.conftest import Person

CONFIG = TrainConfig("lenet", epochs=1, batch_size=8, threads=1)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    labels = np.arange(60) % 3
    images = np.random.default_rng(0).integers(0, 256, (60, 28, 28), dtype=np.uint8)
    path = tmp_path / "set.npz"
    np.savez(path, x_train=images[:45], y_train=labels[:45], x_test=images[45:], y_test=labels[45:])
    return path


def trained(archive: Path, runs_dir: Path) -> Path:
    data = load(f"npz:{archive}", archive.parent)
    recording = begin(data, TrainConfig("lenet", data.info.key, epochs=1, batch_size=8, threads=1), runs_dir)
    list(recording.events())
    assert recording.folder is not None
    return recording.folder


def said(person: Person) -> str:
    return str(person.window.messages.property("text"))


def key_of(person: Person) -> str | None:
    data = person.window.program.session.data
    return data.info.key if data is not None else None


def test_data_that_have_moved_are_asked_for_and_the_run_goes_on_with_them(
    launched: Callable[..., Person], archive: Path, tmp_path: Path
) -> None:
    person = launched()
    program = person.window.program
    folder = trained(archive, program.settings.runs_dir)
    moved = archive.rename(tmp_path / "moved.npz")
    person.until(lambda: key_of(person) is not None)

    assert person.window.open_run(folder)
    assert f"The data of the run are no longer in {archive}." in said(person)
    assert key_of(person) is None
    person.click("messageAction")
    dialog: Any = person.window.findChild(QFileDialog, "moveDataDialog")
    dialog.fileSelected.emit(str(moved))
    dialog.reject()
    person.loaded(f"npz:{moved}")
    program.presenters.resume.resume_run(folder, 2)
    person.until(lambda: read_info(folder).status == "finished" and read_info(folder).config.epochs == 2)
    person.until(lambda: person.state == "idle")
    info = read_info(folder)
    assert (info.config.dataset, info.deviations) == (f"npz:{moved}", ())


def test_what_changed_in_the_data_is_said_when_a_run_is_opened_and_a_button_goes_on(
    launched: Callable[..., Person], archive: Path
) -> None:
    person = launched()
    program = person.window.program
    folder = trained(archive, program.settings.runs_dir)
    arrays = dict(np.load(archive))
    np.savez(archive, **{**arrays, "y_test": np.roll(arrays["y_test"], 1)})
    assert person.window.open_run(folder)
    person.until(
        lambda: "was trained: the labels in y_test changed. What is shown is of the current data." in said(person)
    )

    program.presenters.resume.resume_run(folder, 2)
    person.until(lambda: "the labels in y_test changed. It can continue with the data as they are now" in said(person))
    assert read_info(folder).config.epochs == 1
    person.click("messageAction")
    person.until(lambda: read_info(folder).status == "finished" and read_info(folder).config.epochs == 2)
    person.until(lambda: person.state == "idle")
    assert [each.kind for each in read_info(folder).deviations] == ["data"]


def test_the_data_that_an_untrusted_run_names_are_read_after_a_yes_only(
    launched: Callable[..., Person], archive: Path, tmp_path: Path
) -> None:
    person = launched()
    folder = trained(archive, tmp_path / "from elsewhere")
    assert person.window.open_run(folder)
    assert f"The run comes from elsewhere and names {archive} as its data." in said(person)
    assert key_of(person) is None
    assert not person.window.program.presenters.selection.loading
    person.click("messageAction")
    person.loaded(f"npz:{archive}")


def test_a_missing_or_cut_file_of_mnist_is_named(launched: Callable[..., Person], tmp_path: Path) -> None:
    raw = write_mnist(tmp_path / "data")
    (raw / "t10k-labels-idx1-ubyte").unlink()
    person = launched(tmp_path / "data")
    person.until(lambda: "MNIST is not complete: t10k-labels-idx1-ubyte is missing" in said(person))

    write_again = raw / "t10k-labels-idx1-ubyte"
    write_again.write_bytes((raw / "train-labels-idx1-ubyte").read_bytes()[:20])
    person.choose("datasetCombo", "mnist")
    person.until(lambda: "t10k-labels-idx1-ubyte is cut or damaged" in said(person))
    person.until(lambda: not any(person.find(name).isEnabled() for name in ("trainButton", "stepButton")))
