"""A sweep on the command line: every combination once, gone on with where it was left."""

import csv
import json
import shutil
import signal
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.runs.read.library import delete, find_run, list_runs
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.log_text import LogText

Ask = Callable[..., int]
Out = pytest.CaptureFixture[str]


@pytest.fixture
def words(own_set: Path) -> str:
    return (
        f"sweep --name rates --dataset npz:{own_set} --batch-size 60 --threads 1 --learning-rates 0.1,0.01 --seeds 1 2"
    )


def test_a_sweep_trains_each_combination_and_tells_which_is_best(
    words: str, ask: Ask, runs_dir: Path, capsys: Out
) -> None:
    assert ask(f"{words} --epochs 1 --json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["varied"] == ["learning_rate", "seed"]
    assert [(each["learning_rate"], each["seed"]) for each in told["trainings"]] == [
        (0.1, 1), (0.1, 2), (0.01, 1), (0.01, 2),
    ]  # fmt: skip
    best = max(told["trainings"], key=lambda each: each["validation_accuracy"])
    assert [each["best"] for each in told["trainings"]].index(True) == told["trainings"].index(best)
    assert {run.info.sweep for run in list_runs(runs_dir)} == {"rates"}
    with (runs_dir / "sweeps" / "rates.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [float(row["test_accuracy"]) for row in rows] == [each["test_accuracy"] for each in told["trainings"]]


def test_a_sweep_asked_for_again_trains_only_the_missing_rows(
    words: str, ask: Ask, runs_dir: Path, capsys: Out
) -> None:
    assert ask(f"{words} --epochs 1") == 0
    before = {run.info.id: run.info.created for run in list_runs(runs_dir)}
    gone = sorted(before)[1]
    delete(find_run(runs_dir, gone))
    capsys.readouterr()
    assert ask("sweep --name rates") == 0
    out = capsys.readouterr().out
    assert "rates: training 1 of 1" in out
    assert len(list_runs(runs_dir)) == 4
    assert set(before) - {gone} <= {run.info.id for run in list_runs(runs_dir)}


def test_an_interrupted_sweep_says_how_to_resume_and_resumes_within_its_training(
    words: str, ask: Ask, runs_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    lines = LogText.lines

    def interrupting(self: LogText, event: object) -> Iterable[str]:
        if isinstance(event, StepDone) and event.step == 3 and len(list_runs(runs_dir)) == 2:
            signal.raise_signal(signal.SIGTERM)
        return lines(self, event)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(LogText, "lines", interrupting)
        assert ask(f"{words} --epochs 3") == 130
    assert "cnnviewer sweep --name rates" in capsys.readouterr().err
    second, first = list_runs(runs_dir)
    assert (first.state, second.state, second.step) == ("finished", "interrupted", 3)
    assert ask("sweep --name rates") == 0
    runs = {run.info.id: run for run in list_runs(runs_dir)}
    assert len(runs) == 4
    assert {run.state for run in runs.values()} == {"finished"}
    assert (runs[first.info.id].info.resumed, runs[second.info.id].info.resumed) == (0, 1)


def test_a_sweep_resumes_with_changed_data_only_when_that_is_agreed_to(
    own_set: Path, tmp_path: Path, ask: Ask, runs_dir: Path, capsys: Out
) -> None:
    data = Path(shutil.copy(own_set, tmp_path))
    words = f"sweep --name rates --dataset npz:{data} --batch-size 60 --threads 1 --epochs 1 --learning-rates 0.1,0.01"
    assert ask(words) == 0
    arrays = dict(np.load(data))
    np.savez(data, **{**arrays, "y_test": np.roll(arrays["y_test"], 1)})
    delete(list_runs(runs_dir)[0].folder)
    capsys.readouterr()
    assert ask("sweep --name rates") == 2
    assert "the labels in y_test changed. Say --changed-data" in capsys.readouterr().err
    assert len(list_runs(runs_dir)) == 1
    assert ask("sweep --name rates --changed-data") == 0
    assert len(list_runs(runs_dir)) == 2


def test_a_dry_run_trains_nothing(words: str, ask: Ask, runs_dir: Path, capsys: Out) -> None:
    assert ask(f"{words} --dry-run") == 0
    assert capsys.readouterr().out.count("waiting") == 4
    assert not runs_dir.exists()
    assert ask("sweep --momenta 0.5 1 --dry-run") == 2
    assert "below 1; it is 1.0" in capsys.readouterr().err


def test_a_training_that_diverges_does_not_end_the_sweep(own_set: Path, ask: Ask, capsys: Out) -> None:
    words = f"sweep --name wild --dataset npz:{own_set} --batch-size 12 --epochs 1 --learning-rates 1e30 0.01"
    assert ask(words) == 1
    captured = capsys.readouterr()
    assert "diverged" in captured.err
    states = [line.split()[1] for line in captured.out.splitlines() if line.split()[:1] in (["1e+30"], ["0.01"])]
    assert states == ["failed", "finished"]


def test_a_network_whose_loss_is_no_number_does_not_win_a_sweep(own_set: Path, ask: Ask, capsys: Out) -> None:
    """At such a rate the weights stay finite and their loss on other images is NaN: all images are of class 0 then."""
    words = f"sweep --name wild --dataset npz:{own_set} --batch-size 108 --epochs 1 --learning-rates 1e15 0.01 --json"
    assert ask(words) == 1
    captured = capsys.readouterr()
    assert "diverged" in captured.err
    assert "NaN" not in captured.out
    rows = json.loads(captured.out)["trainings"]
    assert [(row["state"], row["best"]) for row in rows] == [("failed", False), ("finished", True)]


def test_trainings_that_are_equally_good_are_shown_as_a_tie(own_set: Path, ask: Ask, capsys: Out) -> None:
    """Nothing can be learned at such rates: the networks read alike."""
    words = f"sweep --name tie --dataset npz:{own_set} --batch-size 40 --epochs 1 --learning-rates 1e-12 2e-12"
    assert ask(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(" * " in line for line in lines) == 2
    assert lines[-1] == "* 2 that are equally good by validation: learning rate 1e-12; learning rate 2e-12"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("sweep", "Say what to vary"),
        ("sweep --name new", "no sweep new yet"),
        ("sweep --name a/b --seeds 1 2", "cannot be a sweep's name"),
        ("sweep --seeds 1 2 --dataset nosuch", "no data set nosuch"),
        ("sweep --seeds 1 2 --out no/such/table.csv", "does not exist"),
        ("sweep --learning-rates 0.1 -1 --dataset builtin-digits --data-dir X", "above 0"),
    ],
)
def test_what_cannot_be_swept_gives_an_error_message(
    ask: Ask, tmp_path: Path, capsys: Out, more: str, said: str
) -> None:
    assert ask(more.replace("X", str(tmp_path / "data"))) == 2
    assert said in capsys.readouterr().err
