"""On the command line: data that moved or changed, runs from elsewhere, and hints that lead back to what they mean."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.cli import main
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.repeating import commands
from tests.cli.conftest import Ask
from tests.core.data.test_mnist import write_mnist
from tests.core.runs.trained import assert_same_tensors, weights_in
from tests.shell_words import words_of

TINY = "--epochs 1 --batch-size 12 --threads 1"


@pytest.fixture
def archive(own_set: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(own_set, tmp_path / "my set.npz"))


def newest(runs_dir: Path) -> Path:
    return max((path for path in runs_dir.iterdir() if (path / "run.json").exists()), key=lambda path: path.name)


def commands_in(text: str) -> list[str]:
    return [line.strip(" `").split("` shows")[0] for line in text.splitlines() if "cnnviewer re" in line]


def test_the_commands_shown_for_a_resumed_run_give_its_weights(
    ask: Ask, archive: Path, runs_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(f"train {TINY} --dataset", "npz:my set.npz") == 0
    assert ask("resume last --epochs 2 --learning-rate 0.03 --momentum 0.5") == 0
    run = newest(runs_dir)
    monkeypatch.setenv("CNNVIEWER_RUNS_DIR", str(tmp_path / "again"))
    monkeypatch.chdir("/")
    for command in commands(read_info(run), run):
        assert main(words_of(command)[1:]) == 0
    assert_same_tensors(weights_in(newest(tmp_path / "again")), weights_in(run))


def test_a_run_finds_the_mnist_that_it_was_trained_with(
    ask: Ask, tmp_path: Path, runs_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNNVIEWER_DATA_DIR", str(tmp_path / "usual"))
    write_mnist(tmp_path / "my data")
    assert ask(f"train {TINY} --data-dir", tmp_path / "my data") == 0
    capsys.readouterr()
    assert ask("report last") == 0
    assert "nothing about its test images" not in capsys.readouterr().err
    assert ask("evaluate --run last --json") == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert ask("resume last --epochs 2") == 0


def test_moved_data_are_asked_for_and_found_by_their_new_name(
    ask: Ask, archive: Path, tmp_path: Path, runs_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(f"train {TINY} --dataset", f"npz:{archive}") == 0
    moved = archive.rename(tmp_path / "moved.npz")
    capsys.readouterr()
    assert ask("resume last --epochs 2") == 2
    assert f"are no longer in {archive}: say where they are now, with --dataset npz:PATH." in capsys.readouterr().err
    assert ask("evaluate --run last --dataset", f"npz:{moved}") == 0
    assert ask("resume last --epochs 2 --dataset", f"npz:{moved}") == 0
    info = read_info(newest(runs_dir))
    assert (info.config.dataset, info.deviations) == (f"npz:{moved}", ())
    assert f"--dataset npz:{moved} " in next(commands(info))


def test_changed_data_are_named_by_every_command(
    ask: Ask, archive: Path, runs_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(f"train {TINY} --dataset", f"npz:{archive}") == 0
    arrays = dict(np.load(archive))
    np.savez(archive, **{**arrays, "y_test": np.roll(arrays["y_test"], 1)})
    change = "the labels in y_test changed"
    capsys.readouterr()
    assert ask("evaluate --run last --json") == 0
    answer = capsys.readouterr()
    assert json.loads(answer.out)["changes"] == [change]
    assert change in answer.err
    assert ask("report last") == 0
    assert change in capsys.readouterr().err
    assert f"Changed since the run was trained: {change}." in (newest(runs_dir) / "report.html").read_text("utf-8")
    assert ask("resume last --epochs 2") == 2
    assert f"{change}. Say --changed-data" in capsys.readouterr().err
    assert ask("resume last --epochs 2 --changed-data") == 0
    assert f"on with changed data ({change}): this run is not exact." in capsys.readouterr().err
    assert ask("runs show last") == 0
    assert f"with changed data ({change}): this run is not exact." in capsys.readouterr().out


def test_no_path_is_read_because_an_untrusted_run_names_it(
    first: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = tmp_path / "strange"
    first.rename(strange)
    key = read_info(strange).config.dataset
    for words in ("resume", "evaluate --run"):
        assert ask(words, strange, *(["--epochs", 3] if words == "resume" else [])) == 2
        assert f"comes from elsewhere and names {key[4:]} as its data: say --dataset" in capsys.readouterr().err
    assert ask("report", strange) == 0
    assert "comes from elsewhere" in capsys.readouterr().err
    assert ask("evaluate --run", strange, "--dataset", key) == 0


def test_hints_lead_back_to_the_run_that_they_mean_also_of_a_copy(
    first: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copytree(first, tmp_path / "a copy"))
    key = read_info(copy).config.dataset
    assert ask("resume", copy, "--epochs", 3, "--dataset", key) == 0
    hints = commands_in(capsys.readouterr().out)
    assert hints == [f'cnnviewer report "{copy}" --dataset {key} --open']
    assert main(words_of(hints[0])[1:-1]) == 0
    assert (copy / "report.html").is_file()
    assert read_info(first).config.epochs == 2

    other = Path(shutil.copytree(first, first.parent / "other"))
    assert ask("resume other --epochs 3 --runs-dir", first.parent) == 0
    assert commands_in(capsys.readouterr().out)[-1].startswith(f"cnnviewer report other --runs-dir {first.parent}")
    assert read_info(other).config.epochs == 3


def test_another_pytorch_is_said_when_a_run_goes_on(
    first: Path, ask: Ask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.__version__", "99.0")
    assert ask("resume first --epochs 3") == 0
    assert "→ 99.0: this run may not be exact." in capsys.readouterr().err
