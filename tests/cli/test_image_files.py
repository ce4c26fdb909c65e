"""Images that the user names, among them some that cannot be read."""

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.cli.exit_codes import RequestError
from cnnviewer.cli.image_files import all_files, files_of
from tests.cli.conftest import Ask

Out = pytest.CaptureFixture[str]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with two pictures, a picture that is none, and what is no picture."""
    where = tmp_path / "pictures"
    where.mkdir()
    for name in ("b.png", "a.PNG"):
        Image.fromarray(np.zeros((28, 28), np.uint8)).save(where / name, "PNG")
    (where / "c.jpg").write_text("no picture")
    (where / "notes.txt").write_text("words")
    (where / ".hidden.png").write_text("nothing")
    return where


def test_good_images_are_answered_beside_bad_ones(ask: Ask, pictures: Path, capsys: Out) -> None:
    given = (pictures / "b.png", pictures / "c.jpg", pictures / "nope.png", pictures / "a.PNG")
    assert ask("predict --model lenet --as picture --json", *given) == 1
    answers = json.loads(capsys.readouterr().out)
    assert [Path(answer["file"]).name for answer in answers] == ["b.png", "c.jpg", "nope.png", "a.PNG"]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert answers[2]["error"] == "nope.png does not exist."
    assert len(answers[3]["ranking"]) == 10
    assert ask("predict --model lenet --as picture", *given) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "nope.png does not exist." in told.err


def test_where_no_image_can_be_read_the_request_was_wrong(ask: Ask, pictures: Path) -> None:
    assert ask("predict --model lenet", pictures / "nope.png", pictures / "*.gif") == 2


def test_a_folder_stands_for_its_pictures_and_a_pattern_for_what_it_finds(pictures: Path) -> None:
    assert [path.name for path in files_of(pictures)] == ["a.PNG", "b.png", "c.jpg"]
    assert [path.name for path in files_of(pictures / "*.png")] == ["b.png"]
    assert [path.name for path in files_of(pictures.parent / "**" / "?.*")] == ["a.PNG", "b.png", "c.jpg"]
    assert all_files([pictures / "b.png", pictures / "*.jpg"]) == [pictures / "b.png", pictures / "c.jpg"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(pictures: Path) -> None:
    shutil.copy(pictures / "b.png", pictures / "b[1].png")
    assert files_of(pictures / "b[1].png") == [pictures / "b[1].png"]


def test_what_names_no_picture_gives_an_error_message(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="holds no images"):
        files_of(tmp_path)
    with pytest.raises(RequestError, match=r"No file matches .*\*\.png"):
        files_of(tmp_path / "*.png")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode there")
def test_a_name_that_is_no_unicode_is_text_that_every_reader_of_json_takes(
    ask: Ask, pictures: Path, capsys: Out
) -> None:
    shutil.copy(pictures / "b.png", os.fsencode(pictures) + b"/na\xefve.png")
    assert ask("predict --model lenet --as picture --json", pictures / "na*.png") == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert answer["file"] == str(pictures / "na\\xefve.png")
    answer["file"].encode()  # half a surrogate pair would not do
