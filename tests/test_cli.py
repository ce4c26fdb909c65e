"""The command line, as far as programs rely on it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.cli import main
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.weights import load_weights


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cnnviewer", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture(autouse=True)
def runs_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where every training of these tests is recorded."""
    monkeypatch.setenv("CNNVIEWER_RUNS_DIR", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.fixture(scope="module")
def own_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny data set of the user's own, in Keras's keys."""
    rng = np.random.default_rng(0)
    path = tmp_path_factory.mktemp("own") / "own.npz"
    np.savez(
        path,
        x_train=rng.integers(0, 256, (120, 28, 28), dtype=np.uint8),
        y_train=np.arange(120) % 3,
        x_test=rng.integers(0, 256, (30, 28, 28), dtype=np.uint8),
        y_test=np.arange(30) % 3,
    )
    return path


def test_training_writes_weights_that_evaluate_and_prints_the_courses_log(
    own_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "w.safetensors"
    status = main(
        f"train --model lenet --dataset npz:{own_set} --epochs 2 --batch-size 1 --device cpu --seed 1 --threads 1 "
        f"--out {out}".split()
    )
    printed = capsys.readouterr().out
    assert status == 0
    assert "[Epoch 1, Batch 100] loss: " in printed
    assert "Accuracy of the network on the 30 test images: " in printed
    assert load_weights(out).recipe.classes == ("0", "1", "2")
    status = main(["evaluate", "--weights", str(out), "--dataset", f"npz:{own_set}", "--json"])
    evaluated = json.loads(capsys.readouterr().out)
    assert status == 0
    assert evaluated["total"] == 30
    assert evaluated["accuracy"] == evaluated["correct"] / 30
    assert set(evaluated["per_class"]) == {"0", "1", "2"}


@pytest.mark.realdata
def test_the_bundled_weights_read_what_the_readme_says(real_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for model, dataset, least in (("lenet", "mnist", 0.992), ("simplecnn", "cifar10", 0.72)):
        assert (
            main(["evaluate", "--model", model, "--dataset", dataset, "--data-dir", str(real_data_dir), "--json"]) == 0
        )
        assert json.loads(capsys.readouterr().out)["accuracy"] >= least


def test_prediction_ranks_every_class_for_every_image(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = np.full((120, 90), 250, np.uint8)
    picture[20:100, 40:50] = 10
    Image.fromarray(picture).save(tmp_path / "one.png")
    assert main(["predict", "--json", str(tmp_path / "one.png"), str(tmp_path / "one.png")]) == 0
    results = json.loads(capsys.readouterr().out)
    assert [Path(result["file"]).name for result in results] == ["one.png", "one.png"]
    ranking = results[0]["ranking"]
    assert ranking[0][0] == "1"
    assert sum(probability for _, probability in ranking) == pytest.approx(1)


def test_foreign_weights_need_a_model_only_when_they_fit_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.save(LeNet().state_dict(), tmp_path / "script.pt")
    Image.fromarray(np.zeros((28, 28), np.uint8)).save(tmp_path / "x.png")
    arguments = ["predict", "--weights", str(tmp_path / "script.pt"), "--model", "lenet", str(tmp_path / "x.png")]
    assert main(arguments) == 0
    assert "x.png: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        "train --model nosuch",
        "train --dataset nosuch",
        "train --model lenet --dataset builtin-digits --batch-size 0",
        "train --model lenet --dataset builtin-digits --out weights.pt",
        "train --model lenet --dataset builtin-digits --out no/such/folder/w.safetensors",
        "train --device cuda:99 --dataset builtin-digits",
        "evaluate --weights missing.safetensors",
        "evaluate --dataset mnist",
        "predict missing.png",
        "predict",
        "nosuch train",
    ],
)
def test_a_wrong_request_gives_an_error_message_and_status_2(
    arguments: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = arguments.split() + (["--data-dir", str(tmp_path)] if re.search("train|evaluate", arguments) else [])
    try:
        status = main(words)
    except SystemExit as end:  # as argparse ends
        status = end.code
    assert status == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert told.err.strip()


def test_a_wrong_command_ends_the_process_with_status_2_and_no_traceback() -> None:
    done = run("train", "--model", "nosuch")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "nosuch" in done.stderr


def test_qt_is_never_imported_by_a_command(own_set: Path) -> None:
    code = (
        "import sys; from cnnviewer.cli import main; "
        f"status = main(['train', '--dataset', 'npz:{own_set}', '--epochs', '1', '--batch-size', '40', '--json']); "
        "assert status == 0; assert not any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] == 30


def test_without_a_screen_the_window_gives_an_error_message_and_status_2() -> None:
    import os

    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "main.py"], capture_output=True, text=True, check=False, env=environment,
        cwd=Path(__file__).resolve().parents[1],
    )  # fmt: skip
    if sys.platform == "linux":
        assert done.returncode == 2
        assert "needs a screen" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
