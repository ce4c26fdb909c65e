"""What is said to repeat a run does repeat it, or says why it does not."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviewer.core.models.registry import spec
from cnnviewer.core.models.weights import save_weights
from cnnviewer.core.runs.format.info import Change, Deviation, RunInfo, read_info
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.repeating import branch_command, command_for, commands, quoted, why_not_exact
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.presenters.resolve import untrained
from tests.core.runs.trained import LENET, SIMPLECNN, at_step, data_for, finish, leave_after

ONE = replace(LENET, epochs=1)


def why(folder: Path) -> list[str]:
    opened = OpenedRun.read(folder)
    return [str(reason) for reason in why_not_exact(opened.info, opened.log)]


@pytest.fixture
def info(tmp_path: Path) -> RunInfo:
    recording = begin(data_for(ONE), ONE, tmp_path)
    recording.let_go()
    return recording.info


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20))
def test_a_shell_reads_a_quoted_word_as_it_was(word: str) -> None:
    assert shlex.split(quoted(word, "linux")) == [word]


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r") | st.sampled_from('"\\ '), max_size=20))
def test_a_program_on_windows_reads_a_quoted_word_as_it_was(word: str) -> None:
    """Python's own rule for words that need quotes, in quotes."""
    assert quoted(f" {word}", "win32") == subprocess.list2cmdline([f" {word}"])


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        (r"C:\Users\me\runs", r"C:\Users\me\runs"),
        (r"npz:C:\my data\a.npz", r'"npz:C:\my data\a.npz"'),
        ("C:\\my data\\", '"C:\\my data\\\\"'),
        (r"file:C:\net.py::Net(depth=2)", r'"file:C:\net.py::Net(depth=2)"'),
        ("8,16", '"8,16"'),
        ("it's", '"it\'s"'),
        ("$HOME", '"$HOME"'),
        ("", '""'),
    ],
)
def test_paths_are_quoted_for_the_shells_of_windows(word: str, shown: str) -> None:
    assert quoted(word, "win32") == shown


@pytest.mark.parametrize("word", ["~", "~root", "a b", "it's", "$HOME", 'a"b', "`x`", "", "한글 폴더", "a\nb"])
def test_a_word_that_a_shell_would_change_is_not_left_bare(word: str) -> None:
    assert quoted(word, "linux")[:1] in ("'", '"')


def test_several_processes_are_started_by_torchrun() -> None:
    begun = "torchrun --nproc-per-node=2 -m cnnviewer"
    assert command_for(TrainConfig(), 2).startswith(f"{begun} train --model lenet")
    assert branch_command("run", 7, {"batch_size": 8}, 2) == f"{begun} resume run --from-step 7 --batch-size 8"


def test_a_changed_rate_and_momentum_are_in_the_command_and_in_the_stored_configuration(tmp_path: Path) -> None:
    recording = begin(data_for(ONE), ONE, tmp_path)
    finish(recording)
    folder = recording.folder
    assert folder is not None
    finish(resume_run(folder, data_for(ONE), 2, live_settings={"learning_rate": 0.003, "momentum": 0.5}))
    finish(resume_run(folder, data_for(ONE), 3))
    info = read_info(folder)
    assert list(commands(info, folder))[1:] == [
        "cnnviewer resume last --epochs 2 --learning-rate 0.003 --momentum 0.5",
        "cnnviewer resume last --epochs 3",
    ]
    assert (info.config.learning_rate, info.config.momentum, info.config.epochs) == (0.003, 0.5, 3)
    assert why(folder) == []


def test_a_rate_changed_where_no_command_stops_is_said(tmp_path: Path) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(3))
    assert recording.folder is not None
    finish(resume_run(recording.folder, data_for(LENET), live_settings={"learning_rate": 0.003}))
    assert why(recording.folder) == [
        "After step 3 the run was stopped and went on with other numbers: no command stops there."
    ]


def test_a_run_that_was_only_interrupted_is_repeated_by_its_one_command(tmp_path: Path) -> None:
    recording = begin(data_for(LENET), LENET, tmp_path)
    leave_after(recording, at_step(3))
    assert recording.folder is not None
    finish(resume_run(recording.folder, data_for(LENET)))
    assert len(list(commands(read_info(recording.folder), recording.folder))) == 1
    assert why(recording.folder) == []


def test_a_rate_turned_under_way_is_said_and_a_branch_is_stored_with_the_rate_that_it_used(tmp_path: Path) -> None:
    controls = Controls.of(LENET)
    recording = begin(data_for(LENET), LENET, tmp_path, controls)
    for event in recording.events():
        if at_step(4)(event):
            controls.learning_rate = 0.002
    folder = recording.folder
    assert folder is not None
    assert why(folder) == ["Rate or momentum were changed while it trained, which no command repeats."]
    child = branch(folder, OpenedRun.read(folder).snapshots[-1], data_for(LENET), tmp_path, {"epochs": 4})
    finish(child)
    assert child.folder is not None
    assert read_info(child.folder).config.learning_rate == 0.002
    assert why(child.folder) == []  # its own steps had one rate


@pytest.mark.parametrize(
    ("config", "in_file", "exact"),
    [
        pytest.param(LENET, False, True, id="a small model's first snapshot keeps every bit"),
        pytest.param(SIMPLECNN, False, False, id="a large model's first snapshot is rounded"),
        pytest.param(SIMPLECNN, True, True, id="weights of a file"),
    ],
)
def test_a_run_begun_from_weights_says_where_its_command_begins_with_rounded_ones(
    tmp_path: Path, config: TrainConfig, in_file: bool, exact: bool
) -> None:
    state = untrained(spec(config.model), data_for(config).info)
    file = tmp_path / "mine.safetensors"
    save_weights(file, state)
    recording = begin(data_for(config), config, tmp_path, start=state, started_from=str(file) if in_file else "mine")
    recording.let_go()
    assert recording.folder is not None
    reasons = why(recording.folder)
    assert [("eight bits per weight" in reason, "(mine)" in reason) for reason in reasons] == [(True, True)] * (
        not exact
    )
    assert ("--from-step 0" in recording.info.command) == (not in_file)


def test_a_deviation_is_said(info: RunInfo) -> None:
    changed = replace(info, deviations=(Deviation("data", 1200, ("images added to train/bee: 20",)),))
    assert [str(reason) for reason in why_not_exact(changed)] == [
        "From step 1,200 on with changed data (images added to train/bee: 20): this run is not exact."
    ]


def test_the_folders_that_are_meant_are_in_the_commands(
    info: RunInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CNNVIEWER_DATA_DIR", str(tmp_path / "usual"))
    there = replace(info, source=replace(info.source, data_dir=str(tmp_path / "my data")))
    assert next(commands(there)).endswith(f'--data-dir "{tmp_path}/my data"')
    usual = replace(info, source=replace(info.source, data_dir=str(tmp_path / "usual")))
    assert "--data-dir" not in next(commands(usual))
    own = replace(info, config=replace(info.config, model="file:/a/net.py::Net"), changes=(Change(3, 2),))
    assert all(command.endswith(" --trust") for command in commands(own))


def test_a_run_of_an_older_version_is_read_with_its_changes(info: RunInfo) -> None:
    legacy = replace(info, changes=(Change(8, 3),))
    assert list(commands(legacy))[1:] == ["cnnviewer resume last --epochs 3"]
