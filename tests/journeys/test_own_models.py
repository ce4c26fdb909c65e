"""Models of the user's own: run in a process of its own first, cancelled, edited and opened again, gone on with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from cnnviewer.core.models.own import own_file
from cnnviewer.core.runs.format.info import Deviation, read_info
from cnnviewer.presenters.tasks.evaluation import step_of
from tests.journeys.conftest import Person
from tests.small_data import GREY, tiny

pytestmark = pytest.mark.slow

NET = """
from torch import nn
{top}
class Net(nn.Module):
    def __init__(self, num_classes, depth):
        super().__init__()
        self.{layer} = nn.Linear(784, num_classes)
    def forward(self, x):
        return self.{layer}(x.flatten(1))

def make(num_classes=10):
    return Net(num_classes, depth=1)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "net.py"
    path.parent.mkdir()
    path.write_text(NET.format(top="", layer="first"), encoding="utf-8")
    return path


@pytest.fixture
def data_key(tmp_path: Path) -> str:
    """Two batches of grey images."""
    data = tiny(GREY, train=40, test=10)
    arrays = {
        f"{part}_{kind}": getattr(getattr(data, part), kind).numpy()
        for part in ("train", "test")
        for kind in ("images", "labels")
    }
    arrays = {name: array[:, 0] if array.ndim == 4 else array for name, array in arrays.items()}
    np.savez(tmp_path / "grey.npz", **arrays)
    return f"npz:{tmp_path / 'grey.npz'}"


def answer(person: Person, file: Path, choice: str = "make", values: str = "") -> None:
    """Open the file and say yes to what is asked then."""
    assert person.window.open_model(file)
    box: Any = [one for one in person.window.findChildren(QDialog, "consentDialog") if one.isVisible()][-1]
    combo = box.findChild(QWidget, "consentClassCombo")
    combo.setCurrentIndex(combo.findData(choice))
    button = box.findChild(QWidget, "consentRunButton")
    if values:
        assert not button.isEnabled()
        QTest.keyClicks(box.findChild(QWidget, "consentArguments"), values)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def trained(person: Person, file: Path, data_key: str) -> Path:
    """The folder of a run of one epoch, of the model in the file."""
    program = person.window.program
    program.presenters.selection.open_own(data_key)
    person.loaded(data_key)
    answer(person, file)
    person.until(lambda: program.session.state.recipe.model.endswith("::make"))
    person.find("epochsSpin").setValue(1)
    person.find("batchSizeSpin").setValue(16)
    person.click("trainButton")
    person.until(
        lambda: bool(program.session.run_state == "idle" and program.session.run and program.session.run.recording)
    )
    folder = program.session.run.recording.folder
    person.until(lambda: read_info(folder).status == "finished" and person.state == "idle")
    return Path(folder)


def said(person: Person) -> str:
    return str(person.find("messages").property("text"))


def layers(person: Person) -> list[str]:
    return [name for name, _, _ in person.find("networkView").property("layers")]


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_a_file_is_opened_cancelled_edited_and_opened_again(
    launched: Callable[..., Person], file: Path, tmp_path: Path
) -> None:
    person = launched()
    person.loaded("builtin-digits")
    program = person.window.program
    file.write_text(NET.format(top="while True: pass", layer="first"), encoding="utf-8")
    answer(person, file)
    assert "Running net.py" in said(person)
    assert not person.window.open_model(file)  # one at a time
    person.click("messageAction")
    person.until(lambda: "was stopped" in said(person))
    assert program.session.state.recipe.model == "lenet"

    file.write_text(
        NET.format(top="import torch; torch.set_default_dtype(torch.float64)", layer="first"), encoding="utf-8"
    )
    answer(person, file, "Net", "depth=2")
    person.until(lambda: "first" in layers(person))
    assert program.session.state.recipe.model == f"file:{file}::Net(depth=2)"
    assert "net.py changes PyTorch's default number type in line 3; it was put back." in said(person)

    file.write_text(NET.format(top="", layer="second"), encoding="utf-8")
    answer(person, file, "Net", "depth=2")
    person.until(lambda: "second" in layers(person))


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_the_window_closes_while_a_file_runs_without_an_end(launched: Callable[..., Person], file: Path) -> None:
    person = launched()
    person.loaded("builtin-digits")
    models = person.window.program.presenters.own_models
    file.write_text(NET.format(top="while True: pass", layer="first"), encoding="utf-8")
    assert person.window.open_model(file)
    box: Any = person.window.findChild(QDialog, "consentDialog")
    waiting = models._waiting
    assert waiting is not None
    assert is_there(waiting.pid)
    QTest.mouseClick(box.findChild(QWidget, "consentRunButton"), Qt.MouseButton.LeftButton)
    person.window.close()
    assert not is_there(waiting.pid)


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_nothing_waits_for_a_file_that_nobody_agreed_to(launched: Callable[..., Person], file: Path) -> None:
    person = launched()
    assert person.window.open_model(file)
    waiting = person.window.program.presenters.own_models._waiting
    assert waiting is not None
    box: Any = person.window.findChild(QDialog, "consentDialog")
    QTest.mouseClick(box.findChild(QWidget, "consentCancelButton"), Qt.MouseButton.LeftButton)
    person.until(lambda: not is_there(waiting.pid))
    assert person.window.open_model(file)  # and the next one's ends with the window


def test_a_run_resumes_with_changed_code_only_when_that_is_said(
    launched: Callable[..., Person], file: Path, data_key: str
) -> None:
    person = launched()
    program = person.window.program
    folder = trained(person, file, data_key)

    file.write_text(NET.format(top="# another one", layer="first"), encoding="utf-8")
    program.presenters.resume.resume_run(folder, 2)
    person.until(lambda: "net.py changed since the run was trained" in said(person))
    assert not read_info(folder).deviations
    person.click("messageAction")
    person.until(lambda: read_info(folder).status == "finished" and read_info(folder).config.epochs == 2)
    assert read_info(folder).deviations == (Deviation("code", 3, ("net.py",)),)
    person.until(lambda: person.state == "idle")

    file.write_text(NET.format(top="# a third", layer="first"), encoding="utf-8")
    person.window.open_run(folder)
    assert "what is shown is computed with the code as it was opened here" in said(person)


def test_a_run_opened_after_a_restart_offers_its_file_and_is_shown_after_the_yes(
    launched: Callable[..., Person], file: Path, data_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = launched()
    folder = trained(person, file, data_key)
    person.window.close()
    monkeypatch.setattr(own_file, "_agreed", {})  # as in another process
    person = launched()
    session = person.window.program.session
    person.until(lambda: session.data is not None)
    person.window.open_run(folder)
    assert "your own code in net.py, which has to be run first" in said(person)
    assert person.find("messageAction").text() == "Open net.py…"
    person.click("messageAction")
    box: Any = next(one for one in person.window.findChildren(QDialog, "consentDialog") if one.isVisible())
    assert box.findChild(QWidget, "consentClassCombo").currentData() == "make"
    assert not own_file._agreed, "nothing is run before the yes"
    QTest.mouseClick(box.findChild(QWidget, "consentRunButton"), Qt.MouseButton.LeftButton)
    person.until(lambda: session.state is not None and step_of(session.state) == 3)
    assert session.run.opened.folder == folder


@pytest.mark.parametrize("changed", [False, True], ids=["as it was", "changed"])
def test_a_run_resumes_after_a_restart_when_its_file_has_been_run(
    launched: Callable[..., Person], file: Path, data_key: str, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    person = launched()
    folder = trained(person, file, data_key)

    person.window.close()
    monkeypatch.setattr(own_file, "_agreed", {})  # as in another process
    if changed:
        file.write_text(NET.format(top="# another one", layer="first"), encoding="utf-8")

    person = launched()
    person.until(lambda: person.window.program.session.data is not None)
    person.window.program.presenters.resume.resume_run(folder, 2)
    asked = "net.py changed since" if changed else "your own code in net.py"
    person.until(lambda: asked in said(person))
    assert read_info(folder).config.epochs == 1
    person.click("messageAction")
    person.until(lambda: read_info(folder).status == "finished" and read_info(folder).config.epochs == 2)
    person.until(lambda: person.state == "idle")
    assert [deviation.kind for deviation in read_info(folder).deviations] == ["code"] * changed
    assert person.find("modelCombo").currentData().endswith("::make")
    assert "net.py" in person.find("modelCombo").currentText()


def test_a_model_opened_in_build_is_shown_and_remembered_with_the_design_but_asks_again(
    launched: Callable[..., Person], file: Path
) -> None:
    person = launched()
    person.loaded("builtin-digits")
    person.window.show_workspace("build", "builder")
    page = person.find("builderPage")
    page.add_layer("relu")
    design = page.property("text")
    answer(person, file)
    person.until(lambda: person.window.workspace == "explore" and "is on the screen" in said(person))
    person.click("messageAction")
    assert (person.window.workspace, page.property("text")) == ("build", design)
    person.window.close()

    again = launched()
    again.loaded("builtin-digits")
    again.window.show_workspace("build", "builder")
    assert again.find("builderPage").property("text") == design
    [row] = again.window.program.presenters.context.choices().models[-1:]
    assert row.title == "make (net.py)"
    again.find("contextChip").model_chosen.emit(row.key)
    box: Any = again.window.findChild(QDialog, "consentDialog")
    assert box.isVisible()
