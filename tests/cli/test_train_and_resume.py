"""Trainings on the command line are runs: interrupted, gone on with, branched, evaluated."""

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from cnnviewer.cli import main, run_training
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.events import EpochDone
from cnnviewer.core.training.log_text import LogText
from tests.shell_words import words_of

Ask = Callable[..., int]


def runs_in(where: Path) -> list[OpenedRun]:
    found = [OpenedRun.read(path) for path in where.iterdir() if (path / "run.json").exists()]
    return sorted(found, key=lambda run: (run.info.created, len(run.info.id), run.info.id))


def assert_the_same(one: OpenedRun, other: OpenedRun) -> None:
    weights, others = one.checkpoint().state.tensors, other.checkpoint().state.tensors
    assert all(torch.equal(weights[name], others[name]) for name in weights)
    seconds = -1
    np.testing.assert_array_equal(one.log.step_rows()[:, :seconds], other.log.step_rows()[:, :seconds])
    np.testing.assert_array_equal(one.log.epoch_rows()[:, :seconds], other.log.epoch_rows()[:, :seconds])


def test_a_training_is_a_run_with_the_name_and_note_that_were_given(first: Path) -> None:
    notes, info = read_notes(first), read_info(first)
    assert (notes.name, notes.note) == ("first", "two epochs")
    assert (info.status, info.config.seed, info.config.threads) == ("finished", 3, 1)
    assert (first / "weights.safetensors").exists()


def test_the_runs_own_command_repeats_it_to_the_last_bit(first: Path, runs_dir: Path) -> None:
    command = words_of(read_info(first).command)
    assert command[0] == "cnnviewer"
    assert main(command[1:]) == 0
    one, other = runs_in(runs_dir)
    assert_the_same(one, other)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_an_interrupted_training_says_how_to_resume_and_ends_as_if_it_had_never_stopped(
    own_set: Path, runs_dir: Path, ask: Ask, first: Path
) -> None:
    words = f"train --dataset npz:{own_set} --epochs 400 --batch-size 12 --seed 3 --threads 1 --learning-rate 0.05"
    child = subprocess.Popen(
        [sys.executable, "-m", "cnnviewer", *words.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("Epoch 2/"):
            child.send_signal(signal.SIGTERM)
            break
    out, err = child.communicate(timeout=60)
    interrupted = next(run for run in runs_in(runs_dir) if run.folder != first)
    assert child.returncode == 130, out + err
    assert f"cnnviewer resume {interrupted.info.id}" in err
    assert "Traceback" not in err
    assert interrupted.interrupted
    step = interrupted.log.step_count
    assert interrupted.checkpoint().step == step, "the checkpoint is of the very step it stopped at"
    epochs = step // 9 + 1
    assert ask("resume", interrupted.info.id, "--epochs", epochs) == 0
    assert ask("resume", "first", "--epochs", epochs) == 0
    assert_the_same(OpenedRun.read(interrupted.folder), OpenedRun.read(first))


def test_the_first_signal_asks_for_the_end_of_the_step_and_the_second_ends_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statuses: list[int] = []
    monkeypatch.setattr("os._exit", statuses.append)
    before = signal.getsignal(signal.SIGTERM)
    controls = Controls()
    with run_training.interruptible(controls):
        signal.raise_signal(signal.SIGTERM)
        assert controls.abandon
        assert not statuses
        signal.raise_signal(signal.SIGTERM)
        assert statuses == [130]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with run_training.interruptible(Controls()):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_resuming_with_more_epochs_keeps_the_history(first: Path, ask: Ask) -> None:
    before = OpenedRun.read(first).log.step_rows().copy()
    assert ask("resume last --epochs 3 --learning-rate 0.001") == 0
    run = OpenedRun.read(first)
    np.testing.assert_array_equal(run.log.step_rows()[: len(before)], before)
    assert run.log.epoch_count == 3
    assert set(run.log.steps("learning_rate")[len(before) :]) == {0.001}
    assert run.notes.name == "first"


def test_a_branch_is_a_new_run_from_the_snapshot_asked_for(first: Path, runs_dir: Path, ask: Ask) -> None:
    assert ask("resume first --from-step 9 --learning-rate 0.001 --epochs 2 --name slower") == 0
    parent, child = runs_in(runs_dir)
    assert (child.info.parent.run, child.info.parent.step) == (parent.info.id, 9)  # type: ignore[union-attr]
    assert child.notes.name == "slower"
    np.testing.assert_array_equal(child.log.step_rows()[:9], parent.log.step_rows()[:9])
    assert child.log.steps("learning_rate")[9] == 0.001
    assert parent.log.step_count == 18
    assert child.info.command.startswith(f"cnnviewer resume {parent.info.id} --from-step 9 ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("resume first", "come to the end"),
        ("resume nosuch", "no run called nosuch"),
        ("resume first --from-step 1000", "nearest are 17 and 18"),
        ("resume first --from-step soon", "is no step"),
        ("resume first --epochs 0", "epochs must be at least 1"),
        ("resume first --from-step 9 --learning-rate -1", "above 0"),
        ("resume first --schedule cosine", "--from-step last"),
        ("evaluate --run nosuch", "no run called nosuch"),
        ("evaluate --run first --step 1000", "nearest are"),
        ("evaluate --run first --weights x.safetensors", "leave --weights"),
        ("evaluate --step best", "--run RUN"),
        ("train --model file:net.py::Net", "--trust"),
        ("train --model file:net.py", "names no class"),
    ],
)
def test_what_cannot_be_done_gives_an_error_message(
    first: Path, ask: Ask, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert ask(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert len(captured.err.strip().splitlines()) == 1


@pytest.mark.parametrize("damage", ["run.json", "checkpoint.safetensors", "steps.csv"])
def test_a_damaged_folder_gives_an_error_message(
    first: Path, ask: Ask, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    (first / damage).write_bytes(b"\x00{")
    (first / "steps.f64").unlink(missing_ok=True)
    assert ask("resume", first.name, "--epochs", "3") == 2
    said = capsys.readouterr().err.strip()
    assert "damaged" in said
    assert len(said.splitlines()) == 1


def test_other_images_under_the_same_name_are_noticed(
    first: Path, ask: Ask, own_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arrays = dict(np.load(own_set))
    kept = own_set.read_bytes()
    try:
        np.savez(own_set, **{**arrays, "x_train": arrays["x_train"] // 2})
        assert ask("resume first --epochs 3") == 2
    finally:
        own_set.write_bytes(kept)
    assert "images in x_train changed" in capsys.readouterr().err


def test_json_is_all_that_standard_output_holds(own_set: Path, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("train --epochs 1 --batch-size 60 --json --dataset", f"npz:{own_set}") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 30
    assert read_info(told["folder"]).id == told["run"]


def test_a_snapshot_of_a_run_is_evaluated_and_reads_images(
    first: Path, ask: Ask, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = read_info(first).result
    assert ask("evaluate --run first --json") == 0
    last = json.loads(capsys.readouterr().out)
    assert result is not None
    assert (last["correct"], last["step"]) == (result["correct"], 18)
    assert ask("evaluate --run first --step 0 --json") == 0
    untrained = json.loads(capsys.readouterr().out)
    assert untrained["accuracy"] < last["accuracy"]
    assert ask("predict --run first --step best --json", picture) == 0
    assert json.loads(capsys.readouterr().out)[0]["ranking"][0][0] == "1"


def test_a_folder_that_cannot_be_made_is_reported_once_and_the_training_goes_on(
    own_set: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "w.safetensors"
    words = f"train --epochs 1 --batch-size 60 --dataset npz:{own_set} --out {out} --runs-dir"
    assert ask(words, tmp_path / "file" / "runs") == 0
    captured = capsys.readouterr()
    assert captured.err.count("no longer recorded") == 1
    assert "Accuracy of the network" in captured.out
    assert out.exists()


def test_a_folder_deleted_while_it_trains_is_reported_and_written_again_at_the_end(
    own_set: Path, runs_dir: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = LogText.lines

    def deleting(self: LogText, event: object) -> Iterable[str]:
        if isinstance(event, EpochDone) and event.epoch == 1:
            shutil.rmtree(next(runs_dir.iterdir()))
        return lines(self, event)  # type: ignore[arg-type]

    monkeypatch.setattr(LogText, "lines", deleting)
    assert ask("train --epochs 3 --batch-size 60 --dataset", f"npz:{own_set}") == 0
    assert capsys.readouterr().err.count("no longer recorded") == 1
    (run,) = runs_in(runs_dir)
    assert run.info.status == "finished"
    assert run.log.epoch_count == 3


def test_a_training_in_another_thread_leaves_signals_alone(own_set: Path, ask: Ask) -> None:
    statuses: list[int] = []
    thread = threading.Thread(
        target=lambda: statuses.append(ask("train --epochs 1 --batch-size 60 --dataset", f"npz:{own_set}"))
    )
    thread.start()
    thread.join()
    assert statuses == [0]


def test_an_own_model_is_trained_after_a_clear_yes(own_set: Path, ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(
        "from torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self, num_classes):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(784, num_classes)\n"
        "    def forward(self, x):\n"
        "        return self.fc(x.flatten(1))\n"
    )
    words = f"train --trust --epochs 1 --batch-size 60 --dataset npz:{own_set} --model file:{file}::Net"
    assert ask(words) == 0
    assert ask("evaluate --run last --trust") == 0


def test_an_error_in_an_own_model_is_its_line_and_no_traceback(
    own_set: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "net.py"
    file.write_text(
        "from torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self, num_classes):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(784, num_classes)\n"
        "    def forward(self, x):\n"
        "        if self.training:\n"
        "            x = x.view(-1, 900)\n"
        "        return self.fc(x.flatten(1))\n"
    )
    assert ask(f"train --trust --epochs 1 --batch-size 60 --dataset npz:{own_set} --model file:{file}::Net") == 1
    said = capsys.readouterr().err
    assert "cnnviewer: The training stopped at line 8 of net.py: RuntimeError: shape '[-1, 900]' is invalid" in said
    assert "Traceback" not in said
    assert ask("runs show last") == 0
    assert "line 8 of net.py" in capsys.readouterr().out


def test_what_is_made_of_an_own_models_output_is_said_and_its_errors_are_a_line_everywhere(
    own_set: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "net.py"
    code = (
        "import torch\n"
        "from torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self, num_classes):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(784, num_classes)\n"
        "        self.register_buffer('scale', torch.tensor(2.0), persistent=False)\n"
        "    def forward(self, x):\n"
        "        if len(x) > LIMIT:\n"
        "            x = x / 'two'\n"
        "        return {'h': x, 'p': torch.softmax(self.fc(x.flatten(1)) * self.scale, 1).view(len(x), -1)}\n"
    )
    file.write_text(code.replace("LIMIT", "1000"))
    weights = tmp_path / "w.safetensors"
    words = f"train --trust --epochs 1 --batch-size 60 --dataset npz:{own_set} --model file:{file}::Net --json --out"
    assert ask(words, weights) == 0
    captured = capsys.readouterr()
    accuracy = json.loads(captured.out)["accuracy"]
    assert "Net ends in a softmax." in captured.err
    assert "Net gives 2 tensors; tensor p (3 for an image) is trained, evaluated and shown." in captured.err
    model = f"--model file:{file}::Net --trust --dataset npz:{own_set} --json"
    assert ask(f"evaluate {model} --weights", weights) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == accuracy
    assert ask("evaluate --run last --trust --json") == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == accuracy
    file.write_text(code.replace("LIMIT", "5"))
    assert ask(f"evaluate {model} --weights", weights) == 1
    said = capsys.readouterr().err
    assert "Line 10 of net.py failed: TypeError: unsupported operand" in said
    assert "Traceback" not in said


def test_a_training_begins_with_the_weights_of_a_file_and_keeps_frozen_layers(
    first: Path, own_set: Path, runs_dir: Path
) -> None:
    file = first / "weights.safetensors"
    options = ["--dataset", f"npz:{own_set}", "--epochs", "1", "--seed", "5", "--threads", "1"]
    assert main(["train", "--from", str(file), "--freeze", "conv1", "--freeze", "fc2", *options]) == 0
    tuned = runs_in(runs_dir)[-1]
    before, after = load_weights(file).tensors, load_weights(tuned.folder / "weights.safetensors").tensors
    kept = {name for name in before if torch.equal(before[name], after[name])}
    assert kept == {"conv1.weight", "conv1.bias", "fc2.weight", "fc2.bias"}
    assert tuned.info.start is not None
    assert (tuned.info.start.name, tuned.info.config.freeze) == ("weights.safetensors", "conv1,fc2")

    assert main(words_of(tuned.info.command)[1:]) == 0  # its own command repeats it
    again = runs_in(runs_dir)[-1]
    assert again.folder != tuned.folder
    assert_the_same(again, tuned)


def test_a_layer_that_is_not_there_cannot_be_frozen(
    own_set: Path, runs_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--freeze", "conv7", "--dataset", f"npz:{own_set}"]) == 2
    assert "no layer conv7" in capsys.readouterr().err


def test_weights_of_16_bits_note_the_accuracy_that_they_have_themselves(
    own_set: Path, runs_dir: Path, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "half.safetensors"
    words = f"train --dataset npz:{own_set} --epochs 1 --batch-size 12 --seed 3 --threads 1 --half --out"
    assert ask(words, file) == 0
    state = load_weights(file)
    assert all(torch.equal(tensor, tensor.half().float()) for tensor in state.tensors.values())
    capsys.readouterr()
    assert ask(f"evaluate --dataset npz:{own_set} --json --weights", file) == 0
    assert state.provenance["accuracy"] == json.loads(capsys.readouterr().out)["accuracy"]


def test_the_accuracy_is_measured_after_rounding(
    own_set: Path, runs_dir: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnviewer.core.models.weights.rounded", zeros)
    file = tmp_path / "half.safetensors"
    assert ask(f"train --dataset npz:{own_set} --epochs 1 --batch-size 12 --threads 1 --half --out", file) == 0
    assert load_weights(file).provenance["accuracy"] == pytest.approx(1 / 3)


def zeros(state: ModelState) -> ModelState:
    return replace(state, tensors={name: torch.zeros_like(each) for name, each in state.tensors.items()})
