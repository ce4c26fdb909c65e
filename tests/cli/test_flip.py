"""`flip`: a small change of an image, both answers as JSON, and the picture that was answered."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Ask


def flipped(ask: Ask, capsys: pytest.CaptureFixture[str], words: str, *more: object) -> dict[str, Any]:
    capsys.readouterr()
    assert ask(f"flip --json {words}", *more) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_the_picture_written_has_the_answer_that_is_printed(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path, tmp_path: Path
) -> None:
    out = tmp_path / "changed.png"
    found = flipped(ask, capsys, "--out", out, picture)
    assert found["flipped"]
    assert found["before"]["label"] != found["after"]["label"]
    assert 0 < found["largest_change"] <= found["epsilon"]
    ask("predict --json --as picture", out)
    (again,) = json.loads(capsys.readouterr().out)
    assert again["ranking"] == found["after"]["ranking"]
    ask("predict --json", picture)
    (before,) = json.loads(capsys.readouterr().out)
    assert before["ranking"][0][0] == found["before"]["label"]
    with Image.open(out) as changed:
        assert changed.size == (28, 28)
        assert np.asarray(changed).dtype == np.uint8


def test_a_class_and_a_size_can_be_asked_for(ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path) -> None:
    label = flipped(ask, capsys, "--epsilon 0", picture)["before"]["label"]
    other = "3" if label != "3" else "8"
    found = flipped(ask, capsys, f"--attack pgd --towards {other}", picture)
    assert found["towards"] == found["after"]["label"] == other
    assert found["tried"][0] == [0, False]
    smaller = flipped(ask, capsys, f"--attack pgd --towards {other} --epsilon {found['epsilon'] - 1}", picture)
    assert not smaller["flipped"]
    best = max(found["after"]["logits"], key=found["after"]["logits"].get)
    assert best == other


def test_it_is_said_in_words_too(ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path) -> None:
    capsys.readouterr()
    label = flipped(ask, capsys, "--epsilon 0", picture)["before"]["label"]
    assert ask("flip --epsilon 1", picture) == 0
    assert "1 grey level: " in capsys.readouterr().out
    assert ask("flip --epsilon 0", picture) == 0
    assert f"0 grey levels: not enough, predicted {label}" in capsys.readouterr().out
    assert ask(f"flip --towards {label}", picture) == 0
    assert f"The image is predicted as {label} already" in capsys.readouterr().out
    assert ask("flip", picture) == 0
    assert "(the fewest found)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", ["--epsilon 256", "--epsilon -1", "--steps 0", "--towards eleven", "--out changed.jpg"]
)
def test_a_wrong_request_is_refused(ask: Ask, picture: Path, words: str) -> None:
    assert ask(f"flip {words}", picture) == 2
