"""`--as`: what the command line takes a picture for."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Ask


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A 1 on paper, in the shadow of a frame."""
    picture = np.full((120, 90), 250, np.uint8)
    picture[20:100, 40:50] = 10
    picture[:4] = picture[-4:] = 30
    Image.fromarray(picture).save(tmp_path / "one.png")
    return tmp_path / "one.png"


def ranking(ask: Ask, capsys: pytest.CaptureFixture[str], words: str, file: Path) -> list[list[object]]:
    capsys.readouterr()
    assert ask(f"predict --json {words}", file) == 0
    return json.loads(capsys.readouterr().out)[0]["ranking"]


def test_a_model_of_digits_takes_a_photo_for_a_digit(ask: Ask, one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual = ranking(ask, capsys, "", one)
    assert usual[0][0] == "1"
    assert usual == ranking(ask, capsys, "--as digit", one)
    assert usual != ranking(ask, capsys, "--as picture", one)


def test_another_model_takes_it_for_a_picture_unless_told(
    first: Path, ask: Ask, one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = ranking(ask, capsys, "--run first", one)
    assert usual == ranking(ask, capsys, "--run first --as picture", one)
    assert usual != ranking(ask, capsys, "--run first --as digit", one)


def test_a_blank_sheet_is_a_picture_but_no_digit(
    first: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "blank.png"
    Image.fromarray(np.tile(np.linspace(240, 120, 200).astype(np.uint8), (150, 1))).save(sheet)
    assert ask("predict", sheet) == 2
    assert "blank.png: There is no digit to be seen" in capsys.readouterr().err
    assert ask("predict --as picture", sheet) == 0
    assert ask("predict --run first", sheet) == 0


def test_a_model_of_colour_images_reads_no_digits(ask: Ask, one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("predict --model simplecnn --as digit", one) == 2
    assert "grey and 28 by 28 pixels" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export last --maps m.npz --image", "report last --image"])
def test_every_command_that_takes_an_image_takes_it_alike(
    command: str, first: Path, ask: Ask, one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(one.parent)
    assert ask(command, one, "--as", "digit") == 0
    assert ask(command, one, "--as", "picture") == 0
