"""The list of runs on the command line, and what is done to them."""

import json
import shlex
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cnnviewer.cli import entry, main
from cnnviewer.cli.runs import with_list
from cnnviewer.cli.table import table
from cnnviewer.core.plain_text import width
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.notes import Notes, read_notes, write_notes
from cnnviewer.core.runs.format.snapshot_steps import kept_steps

Ask = Callable[..., int]
Out = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("runs", "runs list"),
        ("runs lenet mnist", "runs list lenet mnist"),
        ("runs --json", "runs list --json"),
        ("runs --runs-dir D lenet", "runs list --runs-dir D lenet"),
        ("runs show last", "runs show last"),
        ("runs --runs-dir D show last", "runs --runs-dir D show last"),
        ("runs --help", "runs --help"),
        ("train --name runs", "train --name runs"),
        ("--runs-dir D runs", "--runs-dir D runs list"),
        ("--runs-dir runs", "--runs-dir runs"),
        ("--runs-dir=runs runs", "--runs-dir=runs runs list"),
    ],
)
def test_words_that_are_no_action_are_searched_for(given: str, meant: str) -> None:
    assert with_list(given.split()) == meant.split()


def test_a_folder_called_as_a_command_is_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []
    monkeypatch.setattr(entry, "_open_window", lambda given: opened.append(given) or 0)
    assert main(["--runs-dir", "runs", "--data-dir", "train"]) == 0
    assert opened == [["--runs-dir", "runs", "--data-dir", "train"]]


def test_the_table_says_what_a_user_wants_to_know(first: Path, ask: Ask, capsys: Out) -> None:
    assert ask("runs") == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.split() == ["NAME", "MODEL", "DATA", "STATE", "ACCURACY", "EPOCHS", "DATE", "SIZE", "NOTE"]
    for word in ("first", "lenet", "own.npz", "finished", "2/2", "two epochs"):
        assert word in line


def test_words_find_runs_by_all_that_is_seen_and_said(first: Path, ask: Ask, capsys: Out) -> None:
    for words, count in (("EPOCHS two", 1), ("finished lenet", 1), ("two three", 0)):
        assert ask(f"runs --json {words}") == 0
        assert len(json.loads(capsys.readouterr().out)) == count


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_delete_last_names_and_deletes_the_run_begun_last_though_the_clock_has_moved(
    first: Path, ask: Ask, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run begun in Seoul in the evening, then one in UTC, where it is morning."""
    later = first.with_name("2026-11-29_10-00-00_later")
    shutil.copytree(first, later)
    for folder, created in ((first, "2026-11-29T18:00:00+09:00"), (later, "2026-11-29T10:00:00+00:00")):
        info = replace(read_info(folder), id=folder.name, created=created)
        (folder / "run.json").write_bytes(info.to_json())
    write_notes(later, Notes("the later one"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert ask("runs delete last") == 0
    said = capsys.readouterr().err
    assert f"Deleting the later one in {later}: lenet on own.npz, finished, 2/2 epochs" in said
    assert "begun 2026-11-29 10:00" in said
    assert (first.exists(), later.exists()) == (True, False)
    monkeypatch.undo()
    time.tzset()


def test_json_lists_the_facts(first: Path, ask: Ask, capsys: Out) -> None:
    assert ask("runs --json") == 0
    (run,) = json.loads(capsys.readouterr().out)
    assert (run["name"], run["state"], run["epochs_done"], run["accuracy_of"]) == ("first", "finished", 2, "test")
    assert run["config"]["learning_rate"] == 0.05
    assert ask("runs show first --json") == 0
    assert json.loads(capsys.readouterr().out) == run


def test_a_page_about_a_run_has_its_configuration_and_its_command(first: Path, ask: Ask, capsys: Out) -> None:
    assert ask("runs show last") == 0
    page = capsys.readouterr().out
    for words in (
        "first\n  two epochs",
        "learning_rate        0.05",
        "cnnviewer train --model lenet",
        "19, from step 0",
    ):
        assert words in page


def test_a_run_is_renamed_and_noted(first: Path, ask: Ask) -> None:
    assert ask("runs rename first", "another name") == 0
    assert ask("runs note", "another name", "too", "slow") == 0
    assert ask("runs note --append", "another name", "by far") == 0
    notes = read_notes(first)
    assert (notes.name, notes.note) == ("another name", "too slow\nby far")
    assert ask("runs note last") == 0
    assert ask("runs rename last", "") == 0
    assert (read_notes(first).name, read_notes(first).note) == ("", "")


@pytest.mark.parametrize("words", ["runs rename first last", "resume first --epochs 9 --name last"])
def test_no_run_is_called_last(words: str, first: Path, ask: Ask, capsys: Out) -> None:
    assert ask(words) == 2
    assert "“last” is the newest run" in capsys.readouterr().err
    assert read_notes(first).name == "first"


def test_a_run_deleted_elsewhere_comes_back_by_the_command_that_is_said(
    first: Path, tmp_path: Path, ask: Ask, capsys: Out
) -> None:
    elsewhere = first.rename(tmp_path / 'a "run" of Kim\'s')
    assert main(["runs", "delete", str(elsewhere)]) == 0
    command = capsys.readouterr().err.split("`")[1]
    assert not elsewhere.exists()
    assert main(shlex.split(command)[1:]) == 0
    assert elsewhere.exists()


def test_a_deleted_run_says_how_it_comes_back_and_does(first: Path, ask: Ask, capsys: Out) -> None:
    assert ask("runs delete first") == 0
    assert f"cnnviewer runs restore {first.name}" in capsys.readouterr().err
    assert not first.exists()
    assert ask("runs --deleted --json") == 0
    assert json.loads(capsys.readouterr().out)[0]["name"] == "first"
    assert ask("runs restore first") == 0
    assert first.exists()
    assert ask("runs delete first") == 0
    assert ask("runs restore") == 0
    assert first.exists()


def test_thinning_keeps_ends_of_epochs_and_says_what_went(first: Path, ask: Ask, capsys: Out) -> None:
    before = len(kept_steps(first))
    assert ask("runs thin --budget 1kB") == 1
    assert "snapshots of the run first were deleted" in capsys.readouterr().err
    kept = kept_steps(first)
    assert len(kept) < before
    assert {0, 9, 18} <= set(kept)


def test_a_damaged_run_is_named_and_does_not_hide_the_others(
    first: Path, runs_dir: Path, ask: Ask, capsys: Out
) -> None:
    (runs_dir / "broken").mkdir()
    (runs_dir / "broken" / "run.json").write_text('{"format": "cnnviewer-run", "version": 1}')
    assert ask("runs") == 0
    captured = capsys.readouterr()
    assert "broken is damaged" in captured.err
    assert "first" in captured.out
    assert ask("runs show broken") == 2


@pytest.mark.parametrize("name", ["nosuch", "x" * 5000, "../..", "a\nb"])
@pytest.mark.parametrize("action", ["show", "note", "delete", "restore", "rename"])
def test_a_bad_name_gives_an_error_message(first: Path, ask: Ask, capsys: Out, action: str, name: str) -> None:
    assert ask(f"runs {action}", name, *(["x"] if action in ("rename", "note") else [])) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("cnnviewer: ")


def test_an_empty_folder_of_runs_is_no_error(ask: Ask, capsys: Out) -> None:
    assert ask("runs") == 0
    assert "There are no runs" in capsys.readouterr().err
    assert ask("runs --json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_columns_stand_below_each_other_in_korean_too() -> None:
    lines = table(("A", "N", "B"), [("첫 번째", "1", "x"), ("one", "22", "y")], frozenset({"N"}))
    assert [width(line.rpartition("  ")[0]) for line in lines] == [width(lines[0].rpartition("  ")[0])] * 3
    assert lines[2].split() == ["one", "22", "y"]
