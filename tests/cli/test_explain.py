"""`explain`: the pixels that an answer rests on, as JSON, in words and as a picture."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.core.inspection.attribution.records import METHODS
from tests.cli.conftest import Ask
from tests.core.models.own_models import own


def explained(ask: Ask, capsys: pytest.CaptureFixture[str], words: str, *more: object) -> dict[str, Any]:
    capsys.readouterr()
    assert ask(f"explain --json {words}", *more) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_the_contract_of_the_json(ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path) -> None:
    found = explained(ask, capsys, "--method grad-cam --layer conv2 --target 7", picture)
    assert (found["method"], found["target"], found["layer"]) == ("grad-cam", "7", "conv2")
    assert isinstance(found["logit"], float)
    assert np.array(found["map"]).shape == (28, 28)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_explains_the_predicted_class_unless_told(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path, method: str
) -> None:
    ask("predict --json", picture)
    best = json.loads(capsys.readouterr().out)[0]["ranking"][0][0]
    found = explained(ask, capsys, f"--method {method}", picture)
    assert found["target"] == best
    assert np.isfinite(np.array(found["map"])).all()
    assert np.array(found["map"]).shape[-2:] == (28, 28)


def test_integrated_gradients_say_how_far_their_sum_is_off(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path
) -> None:
    found = explained(ask, capsys, "--method integrated-gradients --target 1 --baseline mean", picture)
    change = found["logit"] - found["baseline_logit"]
    assert found["completeness"] == pytest.approx(abs(np.array(found["map"]).sum() - change), abs=1e-5)
    assert found["allowed"] == pytest.approx(max(0.01 * abs(change), 1e-3))


def test_one_class_against_another_is_the_difference_of_both(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path
) -> None:
    one, other, both = (
        explained(ask, capsys, f"--method gradient {words}", picture)
        for words in ("--target 1", "--target 7", "--target 1 --against 7")
    )
    np.testing.assert_allclose(both["map"], np.array(one["map"]) - other["map"], atol=1e-5)
    assert both["logit"] == pytest.approx(one["logit"] - other["logit"], abs=1e-5)


def test_the_weights_of_a_run_are_explained_with_their_class_names(
    first: Path, ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path
) -> None:
    found = explained(ask, capsys, "--run first --step best --method occlusion --patch 7 --stride 7", picture)
    assert found["target"] in ("0", "1", "2")
    assert (found["patch"], found["stride"]) == (7, 7)


def test_a_picture_shows_image_map_and_scale(ask: Ask, picture: Path, tmp_path: Path) -> None:
    out = tmp_path / "why.png"
    assert ask("explain --method occlusion --out", out, picture) == 0
    with Image.open(out) as shown:
        assert shown.width > 2 * 300
        assert len(set(shown.convert("RGB").getdata())) > 50


def test_it_is_said_where_the_weighted_sum_is_nowhere_above_0(
    ask: Ask, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blank = tmp_path / "blank.png"
    Image.fromarray(np.zeros((28, 28), np.uint8)).save(blank)
    for target in range(10):
        found = explained(ask, capsys, f"--method grad-cam --layer relu2 --target {target}", blank)
        if found["largest"] <= 0:
            assert not np.array(found["map"]).any()
            assert ask(f"explain --method grad-cam --layer relu2 --target {target}", blank) == 0
            said = capsys.readouterr().err
            assert f"of relu2 is nowhere above 0: its largest value is {found['largest']:.3g}." in said
            return
    pytest.fail("some class has no evidence in an empty image")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--method grad-cam --target eleven", "There is no class eleven. The classes are: 0, 1, 2"),
        ("--method grad-cam --layer fc1", "fc1 is no layer with maps. These are: conv1"),
        ("--method gradient --layer conv1", "--layer is for the method grad-cam"),
        ("--method gradient --patch 3", "for the method occlusion"),
        ("--method occlusion --patch 0", "must be at least 1"),
        ("--method occlusion --patch 29", "does not fit"),
        ("--method occlusion --patch 3 --stride 4", "at most the side of the patch"),
        ("--method gradient --target 1 --against 1", "not with itself"),
        ("--method gradient --out why.gif", "must end in .png"),
    ],
)
def test_a_request_that_makes_no_sense_gets_one_sentence(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path, words: str, sentence: str
) -> None:
    assert ask(f"explain {words}", picture) == 2
    assert sentence in capsys.readouterr().err


def test_a_map_can_be_tested_too(ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path) -> None:
    found = explained(ask, capsys, "--method gradient --target 3 --test-map", picture)["tests"]
    assert found["layers"] == ["fc2", "fc1", "conv2", "conv1"]
    assert (found["seeds"], found["orders"], found["drawn"]) == (10, 10, [])
    for name in ("rank_correlation", "rank_correlation_without_zeros", "guided_backpropagation"):
        assert [found[name][key][0] for key in ("low", "mean", "high")] == [1, 1, 1]
        assert len(found[name]["mean"]) == 5
    assert found["edge_detector"] == [1] * 5
    assert (found["score"], found["fill"]) == ("probability", "black")
    for name in ("deletion", "insertion"):
        area = float(np.trapezoid(found[name]["values"], found["fractions"]))
        assert found[name]["area"] == pytest.approx(area)
        assert found[name]["random_area"]["low"] <= found[name]["random_area"]["mean"]


def test_the_tests_of_a_map_are_said_in_two_lines(ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path) -> None:
    capsys.readouterr()
    assert ask("explain --method integrated-gradients --test-map", picture) == 0
    _, randomised, areas = capsys.readouterr().out.splitlines()
    assert "after 4 layers are randomised" in randomised
    assert "without the pixels that are 0" in randomised
    assert areas.startswith("areas: deletion 0.")
    assert areas.endswith("(probability, black)")


def test_a_model_with_one_number_for_two_classes_is_said_to_give_log_odds(
    ask: Ask, capsys: pytest.CaptureFixture[str], picture: Path, tmp_path: Path
) -> None:
    key, model = own("one logit", tmp_path)
    weights = tmp_path / "weights.pt"
    torch.save(model.state_dict(), weights)
    words = f"explain --trust --method gradient --model {key} --weights {weights}"
    logits = []
    for target in ("--target 0", "--target 1", "--target 1 --against 0"):  # no class has a name of its own
        assert ask(f"{words} --json {target}", picture) == 0
        said = capsys.readouterr()
        found = json.loads(said.out)
        assert (found["target"], found["log_odds"]) == (f"class {target[9]}", True)
        logits.append(found["logit"])
    assert logits == pytest.approx([-logits[1], logits[1], logits[1]])
    assert "one number for its two classes: the log-odds of class 1 against class 0 are explained" in said.err
    assert ask(f"{words} --target 0", picture) == 0
    assert "log-odds of class 0 against class 1: " in capsys.readouterr().out
