"""Whatever a person hands in: one sentence, and everything stays as it was."""

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from tests.journeys.conftest import Person


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("not what its name says")


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
def test_weights_that_are_none(person: Person, tmp_path: Path, make: Callable[[Path], None], ending: str) -> None:
    person.until(lambda: bool(person.ranking))
    before, state = person.ranking, person.window.program.session.state
    path = tmp_path / f"weights{ending}"
    make(path)
    assert person.window.open_weights(path) is False
    sentence = person.window.message_bar.property("text")
    assert path.name in sentence
    assert "Traceback" not in sentence
    assert person.window.program.session.state is state
    assert person.ranking == before
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("make", [empty, text], ids=lambda make: make.__name__)
def test_pictures_that_are_none(person: Person, tmp_path: Path, make: Callable[[Path], None]) -> None:
    person.until(lambda: bool(person.ranking))
    before = person.ranking
    path = tmp_path / "picture.png"
    make(path)
    assert person.window.open_image(path) is False
    assert "picture.png" in person.window.message_bar.property("text")
    assert person.ranking == before


def test_files_that_do_not_exist(person: Person, tmp_path: Path) -> None:
    assert person.window.open_image(tmp_path / "gone.png") is False
    assert "gone.png" in person.window.message_bar.property("text")
    assert person.window.open_weights(tmp_path / "gone.pt") is False
    assert "gone.pt" in person.window.message_bar.property("text")


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
