"""Runs, weights and settings that an earlier version wrote open unchanged: `tests/data/version_0_1` is never edited."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from cnnviewer.cli import main
from cnnviewer.core.paths import chosen_in_window
from cnnviewer.core.runs.read.opened_run import OpenedRun

FILES = Path(__file__).parent / "data" / "version_0_1"
NAME = "Kept for later versions"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that keeps the built-in digits between the tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the run in an empty folder of runs, which every command takes."""
    monkeypatch.setenv("CNNVIEWER_RUNS_DIR", str(tmp_path / "runs"))
    shutil.copytree(FILES / "runs", tmp_path / "runs")
    return next(path for path in (tmp_path / "runs").iterdir() if path.is_dir())


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """`ask("runs show", NAME)`: what the command line answers with `--json`."""

    def answer(words: str, *more: object) -> Any:
        capsys.readouterr()
        assert main([*words.split(), *map(str, more), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def test_the_run_is_listed_as_before(run: Path, ask: Ask) -> None:
    (before,) = json.loads((FILES / "listed.json").read_text("utf-8"))
    (now,) = ask("runs")
    config = {**now["config"], **before["config"]}
    assert {**now, **before, "config": config, "folder": now["folder"]} == now, "every key has the value of before"
    assert now["folder"] == str(run)


def test_the_run_opens_with_every_number_mark_and_kept_step(run: Path) -> None:
    opened = OpenedRun.read(run)
    assert opened.info.result["correct"] == 842
    assert [(mark.step, mark.text) for mark in opened.notes.marks] == [(4, "the first epoch ends")]
    assert opened.snapshot_steps() == list(range(9))
    lines = (run / "epochs.csv").read_text("utf-8").splitlines()[1:]
    assert opened.log.epoch_rows().tolist() == [[float(number) for number in line.split(",")] for line in lines]
    assert opened.log.steps("step").tolist() == list(range(1, 9))
    assert len(opened.checkpoint().epochs) == len(lines)


@pytest.mark.parametrize("step", ["0", "3", "best", "last"])
def test_every_kind_of_kept_weights_is_evaluated(step: str, run: Path, data_dir: Path, ask: Ask) -> None:
    answer = ask("evaluate --run", NAME, "--step", step, "--data-dir", data_dir)
    assert answer["total"] == 2000
    if step == "last":
        assert abs(answer["correct"] - 842) <= 2, "other processors round otherwise"


def test_the_run_goes_on_to_more_epochs(run: Path, data_dir: Path, ask: Ask) -> None:
    answer = ask("resume", NAME, "--epochs", 3, "--data-dir", data_dir)
    assert answer["folder"] == str(run)
    opened = OpenedRun.read(run)
    assert (opened.info.status, opened.info.resumed, opened.log.step_count) == ("finished", 1, 12)


def test_a_branch_from_the_middle_ends_with_the_same_weights(run: Path, data_dir: Path, ask: Ask) -> None:
    branch = ask("resume", NAME, "--from-step", 4, "--epochs", 2, "--data-dir", data_dir)
    ours, theirs = (load_file(Path(folder) / "weights.safetensors") for folder in (branch["folder"], run))
    assert ours.keys() == theirs.keys()
    for name in ours:
        torch.testing.assert_close(ours[name], theirs[name], atol=1e-4, rtol=1e-4)


def test_the_weights_predict_as_before(ask: Ask) -> None:
    (before,) = json.loads((FILES / "predicted.json").read_text("utf-8"))
    (now,) = ask("predict --weights", FILES / "weights.safetensors", FILES / "digit.png")
    assert [name for name, _ in now["ranking"]] == [name for name, _ in before["ranking"]]
    np.testing.assert_allclose([p for _, p in now["ranking"]], [p for _, p in before["ranking"]], atol=1e-4)


def test_commands_read_what_was_chosen_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cnnviewer.core.paths.default_settings_file", lambda: FILES / "settings.ini")
    assert chosen_in_window("runs_dir") == "/runs/of the user"
    assert chosen_in_window("runs_budget") == "500000000"
