"""Whatever the user hands in: one sentence, and everything stays as it was."""

import pickle
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.conftest import Person
from tests.small_data import saved, tiny


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("not what its name says", encoding="utf-8")


def hostile_pickle(path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (__import__("os").system, (f"touch {path.parent / 'owned'}",))

    path.write_bytes(pickle.dumps(Bomb()))


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 50_000_000)


def wrong_shapes(path: Path) -> None:
    torch.save({"conv1.weight": torch.zeros(3, 3)}, path)


@pytest.mark.parametrize("ending", [".pt", ".safetensors"])
@pytest.mark.parametrize("make", [empty, text, hostile_pickle, zip_bomb, wrong_shapes], ids=lambda make: make.__name__)
def test_files_that_hold_no_weights_are_refused_and_change_nothing(
    person: Person, tmp_path: Path, make: Callable[[Path], None], ending: str
) -> None:
    person.until(lambda: bool(person.ranking))
    before, state = person.ranking, person.window.program.session.state
    path = tmp_path / f"weights{ending}"
    make(path)
    assert person.window.open_weights(path) is False
    sentence = person.window.messages.property("text")
    assert path.name in sentence
    assert "Traceback" not in sentence
    assert person.window.program.session.state is state
    assert person.ranking == before
    assert not (tmp_path / "owned").exists()


def can_train(person: Person) -> list[bool]:
    return [person.find(name).isEnabled() for name in ("trainButton", "stepButton")]


def test_nothing_is_trained_on_data_that_were_refused_and_the_error_goes_with_its_cause(
    person: Person, tmp_path: Path
) -> None:
    person.settled()
    path = tmp_path / "own.npz"
    path.write_text("not what its name says")
    field, messages = person.window.train_panel._fields["dataset"], person.window.messages
    curves = person.find("curvesEmptyButton")
    person.window.show_workspace("train")
    for wanted in ("refused", "another", "missing", "refused", "mended"):
        if wanted == "missing":
            person.choose("datasetCombo", "cifar10")
        elif wanted == "another":
            person.choose("datasetCombo", "builtin-digits")
            person.loaded("builtin-digits")
        elif wanted == "mended":
            data = tiny(train=40, test=20)
            (tmp_path / "good").mkdir()
            Path(saved(tmp_path / "good", "own", data).partition(":")[2]).replace(path)
            person.choose("datasetCombo", f"npz:{path}")  # the same once more
            person.loaded(f"npz:{path}")
        else:
            person.window.program.presenters.selection.open_own(f"npz:{path}")
            person.until(lambda: person.window.program.presenters.selection.refusal is not None)
        person.until(lambda: not person.window.program.presenters.selection.loading)
        refused = wanted == "refused"
        possible = wanted not in ("refused", "missing")
        assert can_train(person) == [possible, possible], wanted
        assert (curves.text() == "Choose model, data or weights…") == (not possible), "the empty page says the way on"
        if wanted == "missing":
            assert "not on this computer" in person.find("trainButton").toolTip()
            person.window.show_workspace("evaluate", "classes")
            notice = person.find("classesNotice")
            person.until(notice.isVisible)
            assert notice.words.text().startswith("Choose a data set")
            person.click("classesNoticeButton")
            assert person.find("contextPopover").isVisible()
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert (messages.isVisible() and messages.kind == "error") == refused, wanted
        if refused:
            assert "beside" in person.find("trainButton").toolTip()
            assert field.error.startswith("own.npz is")
            person.window.language_selected.emit("ko")
            person.until(lambda: field.error.startswith("own.npz ") and "own.npz is" not in field.error)
            person.until(lambda: messages.property("text") == field.error)
            assert field._error.text() == field.error
            person.window.language_selected.emit("en")
            person.until(lambda: field.error.startswith("own.npz is"))


def test_an_error_of_a_setting_goes_when_the_setting_changes(person: Person) -> None:
    person.loaded("builtin-digits")
    person.settled()
    person.find("batchSizeSpin").setValue(1_000_000)
    person.click("trainButton")
    field = person.window.train_panel._hyperparameters.fields["batch_size"]
    person.until(lambda: bool(field.error))
    assert person.window.messages.isVisible()
    person.find("validationSpin").setValue(0.2)
    assert not field.error
    assert person.window.messages.isHidden()


@pytest.mark.parametrize("make", [empty, text], ids=lambda make: make.__name__)
def test_files_that_hold_no_picture_are_refused_and_change_nothing(
    person: Person, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    person.until(lambda: bool(person.ranking))
    before = person.ranking
    path = tmp_path / "picture.png"
    make(path)
    assert person.window.open_image(path) is False
    assert "picture.png" in person.window.messages.property("text")
    assert person.ranking == before


def test_a_photo_without_a_digit_says_so_and_not_that_the_canvas_is_empty(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    person.settled()
    Image.fromarray(np.full((60, 60), 255, np.uint8)).save(tmp_path / "blank.png")
    person.window.open_image(tmp_path / "blank.png")
    prediction = person.find("predictionView")
    person.until(lambda: person.ranking == [] and person.window.messages.isVisible())
    said = prediction.accessibleDescription()
    assert said == person.window.messages.property("text")
    assert prediction.predicted_class.toolTip() == said
    file, network = person.find("filePreview"), person.window.network_view
    person.window.open_image(tmp_path / "gone.png")
    english = {said, file.toolTip(), network.why_empty}
    person.window.language_selected.emit("ko")
    person.until(lambda: prediction.predicted_class.toolTip() != said)
    assert not english & {prediction.predicted_class.toolTip(), file.toolTip(), network.why_empty}
    assert prediction.bars._notice == prediction.predicted_class.toolTip()
    person.window.language_selected.emit("en")
    person.until(lambda: prediction.predicted_class.toolTip() == said)
    person.draw([(0.5, 0.15), (0.5, 0.85)])
    person.settled()
    assert person.ranking
    assert prediction.predicted_class.toolTip() == ""
    assert person.window.messages.isHidden()
    person.find("drawCanvas").clear()
    person.settled()
    assert "no image" in prediction.accessibleDescription()


def test_files_that_do_not_exist(person: Person, tmp_path: Path) -> None:
    assert person.window.open_image(tmp_path / "gone.png") is False
    assert "gone.png" in person.window.messages.property("text")
    assert person.window.open_weights(tmp_path / "gone.pt") is False
    assert "gone.pt" in person.window.messages.property("text")


def test_the_problem_with_a_picture_goes_when_another_is_looked_at(person: Person, tmp_path: Path) -> None:
    messages = person.window.messages
    Image.fromarray(np.eye(28, dtype=np.uint8) * 255).save(tmp_path / "line.png")

    def paste() -> None:
        QGuiApplication.clipboard().setText("no picture")
        person.action("actionPasteImage").trigger()

    for refused in (lambda: person.window.open_image(tmp_path / "gone.png"), paste):
        refused()
        assert messages.isVisible()
        assert messages.kind == "error"
        assert person.window.open_image(tmp_path / "line.png")
        assert messages.isHidden()


def test_the_problem_with_a_picture_goes_when_something_is_drawn_or_chosen(person: Person, tmp_path: Path) -> None:
    messages, preview = person.window.messages, person.window.input_panel.file_tab.preview
    person.loaded("builtin-digits")
    person.settled()
    for look_at in (
        lambda: person.draw([(0.5, 0.15), (0.5, 0.85)]),
        lambda: person.find("sampleBrowser").select(3),
    ):
        assert person.window.open_image(tmp_path / "gone.png") is False
        assert messages.kind == "error"
        assert "gone.png" in preview.accessibleDescription()
        look_at()
        person.until(messages.isHidden)
        assert preview.accessibleDescription() == ""


def test_the_problem_with_weights_goes_when_another_image_or_other_weights_are_chosen(
    person: Person, tmp_path: Path
) -> None:
    messages, browser = person.window.messages, person.find("sampleBrowser")
    person.loaded("builtin-digits")
    person.settled()
    state = person.window.program.session.state
    for choose in (
        lambda: browser.select(3),
        lambda: person.window.program.session.set_state(replace(state, tensors=dict(state.tensors))),
    ):
        assert person.window.open_weights(tmp_path / "gone.pt") is False
        assert messages.kind == "error"
        choose()
        person.until(messages.isHidden)


def test_esc_that_nobody_takes_closes_the_newest_message(person: Person) -> None:
    messages = person.window.messages
    person.settled()
    for workspace in ("evaluate", "explore"):
        person.window.show_workspace(workspace)
        for number in range(2):
            messages.show_message(f"Error {number}", "error")
        person.window.input_panel.setFocus()
        for left in (("Error 0",), ()):
            QTest.keyClick(person.window, Qt.Key.Key_Escape)
            assert messages.sentences == left


def test_a_picture_is_fitted_to_the_models_input(person: Person, tmp_path: Path) -> None:
    picture = np.full((200, 300, 3), 255, np.uint8)
    picture[40:160, 140:160] = 0
    Image.fromarray(picture).save(tmp_path / "one.png")
    assert person.window.open_image(tmp_path / "one.png")
    person.settled()
    assert person.find("inputLens").property("image").shape == (1, 28, 28)
    assert person.ranking[0][0] == "1"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 100, b"[General]\nlayout=%%%\nlanguage=xx\ntheme=9\ndata_dir=\n"], ids=range(3)
)
def test_damaged_settings_are_the_defaults(launched: Callable[..., Person], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    person = launched()
    person.until(lambda: bool(person.ranking))


def test_a_course_scripts_state_dict_opens_and_gives_its_outputs(person: Person, tmp_path: Path) -> None:
    from cnnviewer.core.models.lenet import LeNet

    torch.manual_seed(11)
    script = LeNet().eval()
    torch.save(script.state_dict(), tmp_path / "script.pt")
    assert person.window.open_weights(tmp_path / "script.pt")
    shown = person.window.program.session.state
    assert all(torch.equal(shown.tensors[name], tensor) for name, tensor in script.state_dict().items())


@pytest.mark.parametrize("data", [b"", b"no picture"], ids=["nothing", "no picture"])
def test_a_paste_of_what_is_no_picture(person: Person, data: bytes) -> None:
    person.until(lambda: bool(person.ranking))
    before = person.ranking
    mime = QMimeData()
    mime.setData("image/png", QByteArray(data))
    QGuiApplication.clipboard().setMimeData(mime)
    person.action("actionPasteImage").trigger()
    person.until(lambda: "picture" in person.window.messages.property("text"))
    assert person.ranking == before
    QGuiApplication.clipboard().setImage(QImage(40, 40, QImage.Format.Format_RGB32))
    person.action("actionPasteImage").trigger()
    person.until(lambda: person.ranking != before)
