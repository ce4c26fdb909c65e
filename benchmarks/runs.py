"""What recording a run costs, and how quickly a long one is opened and a growing one is followed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.memory import peak_mib, resident_mib

if TYPE_CHECKING:
    from cnnviewer.core.runs.record.recorder import Recorder

SLICE = 50
"""Steps done with recording and without in turn."""
MILLION = 1_000_000


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    return {
        "recording": recording_cost,
        "million": million,
        "make-million": make_million,
        "following": following,
        "train-recorded": train_recorded,
    }


def recording_cost(model: str, epochs: str, steps: str = "0") -> dict[str, float]:
    """The same training twice in this process, recorded and not, a few steps of each in turn.

    `epochs` is how long it is to be, `steps` how far it is followed (all of it for 0): as its snapshots lie ever less
    dense, the rest of it costs less. A slice with recording ends when everything is written, so that its cost is not
    borne by the other.
    """
    from benchmarks.data import data_of
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import MODELS
    from cnnviewer.core.runs.record.start import begin
    from cnnviewer.core.training.loop import train
    from cnnviewer.core.training.usual import usual_config

    settle_allocator()
    data = data_of(model)
    config = replace(usual_config(MODELS[model].info), dataset=data.info.key, epochs=int(epochs))
    with tempfile.TemporaryDirectory() as folder:
        recording = begin(data, config, Path(folder))
        recorded, plain = recording.events(), train(data, config)
        _slice(recorded, 1)  # the first step warms up
        _slice(plain, 1)
        on: list[float] = []
        off: list[float] = []
        last = recording.training.total_steps - 1
        for number in range(min(int(steps) or last, last) // SLICE):
            turns: list[tuple[list[float], Iterator[Any], Recorder | None]] = [
                (on, recorded, recording),
                (off, plain, None),
            ]
            for times, events, writing in turns if number % 2 else turns[::-1]:
                times.append(_timed(events, writing))
        recorded.close()
    return {
        "on": SLICE * len(on) * config.batch_size / sum(on),
        "off": SLICE * len(off) * config.batch_size / sum(off),
        "ratio": _ratio(on, off),
        "start_ratio": _ratio(on[:4], off[:4]),
    }


def _ratio(on: list[float], off: list[float]) -> float:
    """Of all slices together: the first cost most. The tenth with the highest and lowest ratios, each, is left out."""
    pairs = sorted(zip(on, off, strict=True), key=lambda pair: pair[1] / pair[0])
    inner = pairs[len(pairs) // 10 : len(pairs) - len(pairs) // 10]
    return sum(off for _, off in inner) / sum(on for on, _ in inner)


def _timed(events: Iterator[Any], recording: Recorder | None) -> float:
    began = time.perf_counter()
    _slice(events, SLICE)
    if recording is not None:
        recording.settle()
    return time.perf_counter() - began


def _slice(events: Iterator[Any], steps: int) -> None:
    from cnnviewer.core.training.events import StepDone

    while steps:
        steps -= isinstance(next(events), StepDone)


def million() -> dict[str, float]:
    """Opening a run of a million steps: time, growth of this process's memory, and the folder's size."""
    from cnnviewer.core.runs.read.library import size_of
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.one", "make-million", folder], check=True, capture_output=True
        )
        before, began = resident_mib(), time.perf_counter()
        opened = OpenedRun.read(folder)
        seconds = time.perf_counter() - began
        assert opened.log.step_count == MILLION
        peak = peak_mib()
        return {
            "seconds": seconds,
            "grown_mib": resident_mib() - before,
            "peak_mib": peak - before,
            "folder_mib": size_of(Path(folder)) / 2**20,
        }


def make_million(folder: str) -> dict[str, float]:
    import numpy as np

    from cnnviewer.core.models.recipe import ModelRecipe
    from cnnviewer.core.runs.format.file_names import RUN_FILE
    from cnnviewer.core.runs.format.info import RunInfo
    from cnnviewer.core.runs.format.metrics_file import EPOCHS, STEPS, whole_files
    from cnnviewer.core.training.config import TrainConfig

    draw = np.random.default_rng(0)
    steps = np.column_stack([np.arange(1, MILLION + 1), np.arange(MILLION) // 1000 + 1, np.arange(MILLION) % 1000 + 1,
        draw.exponential(size=MILLION), draw.random(MILLION), np.full(MILLION, 0.01), np.full(MILLION, 0.9),
        np.cumsum(draw.random(MILLION)) / 300])  # fmt: skip
    epochs = np.column_stack([np.arange(1, 1001), np.arange(1000, MILLION + 1, 1000), *draw.random((5, 1000))])
    recipe = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.13,), (0.3,), "mnist")
    files = whole_files(STEPS, steps) | whole_files(EPOCHS, epochs)
    files[RUN_FILE] = RunInfo("million", "2026-01-01T00:00:00+00:00", TrainConfig(), recipe).to_json()
    for name, data in files.items():
        (Path(folder) / name).write_bytes(data)
    return {}


def following() -> dict[str, float]:
    """From the end of a step in another process until a follower that looks ten times a second knows it."""
    from benchmarks.desk import percentiles
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.one", "train-recorded", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as trainer:
            assert trainer.stdout is not None
            while not (runs := [path for path in Path(folder).iterdir() if (path / "run.json").exists()]):
                time.sleep(0.05)
            opened, seen, known = OpenedRun.read(runs[0]), [], 0
            while trainer.poll() is None:
                opened = opened.refreshed()
                now = time.time()
                seen += [now] * (opened.log.step_count - known)
                known = opened.log.step_count
                time.sleep(0.1)
            done = json.loads(trainer.stdout.read().splitlines()[0])
    return percentiles([1000 * (there - here) for here, there in zip(done, seen, strict=False)])


def train_recorded(folder: str) -> dict[str, float]:
    """Four seconds of LeNet; when each step was done is printed at the end."""
    from benchmarks.data import data_of
    from cnnviewer.core.models.registry import MODELS
    from cnnviewer.core.runs.record.start import begin
    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.usual import usual_config

    data = data_of("lenet")
    recording = begin(data, replace(usual_config(MODELS["lenet"].info), dataset=data.info.key), Path(folder))
    done: list[float] = []
    for event in recording.events():
        if isinstance(event, StepDone):
            done.append(time.time())
            if done[-1] - done[0] > 4:
                recording.training.controls.abandon = True
    print(json.dumps(done))
    return {}
