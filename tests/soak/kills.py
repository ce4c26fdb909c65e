"""Train, `kill -9`, go on, again and again: nothing that was told of is lost, and the end is that of a quiet training.

Real MNIST and CIFAR-10 are used, cut short, where `CNNVIEWER_DATA_DIR` has them, else images made here.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.registry import load, sources
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.metrics_file import EPOCHS, STEPS, read_epochs, read_steps
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, StepDone
from tests.small_data import COLOUR, GREY, tiny
from tests.soak.faults import Fault, Wrong, arm

MOST_KILLS = 4  # a round
TURNED_AT = 12
"""The step after which the user turns the learning rate."""
_PATIENCE = 120.0  # seconds for one process


# the trainings


def data_sets() -> dict[str, DataSet]:
    """By model: a few hundred images."""
    folder = os.environ.get("CNNVIEWER_DATA_DIR")
    ready = {source.key for source in sources(Path(folder)) if source.availability != "missing"} if folder else set()
    grey = _cut(load("mnist", Path(folder)), 400) if folder and "mnist" in ready else tiny(GREY, 400, 60)
    colour = _cut(load("cifar10", Path(folder)), 60) if folder and "cifar10" in ready else tiny(COLOUR, 60, 30)
    return {"lenet": grey, "simplecnn": colour}


def _cut(data: DataSet, count: int) -> DataSet:
    def first(split: Split, count: int) -> Split:
        return Split(split.images[:count].clone(), split.labels[:count].clone())

    return DataSet(data.info, first(data.train, count), first(data.test, 60))


def configs(data: dict[str, DataSet]) -> list[TrainConfig]:
    grey, colour = data["lenet"].info.key, data["simplecnn"].info.key
    return [
        TrainConfig("lenet", grey, epochs=3, batch_size=16, threads=1),
        TrainConfig("simplecnn", colour, epochs=2, batch_size=8, momentum=0.9, threads=1),
        TrainConfig("lenet", grey, epochs=3, batch_size=16, momentum=0.5, schedule="cosine", threads=1),
        TrainConfig("simplecnn", colour, epochs=2, batch_size=8, augmentation="flip-crop", threads=1),
    ]


# one process


def train_in_child(
    config: TrainConfig, data: DataSet, runs_dir: Path, first_epochs: int, fault: Fault
) -> tuple[set[int], bool]:
    """Begin or go on in a process of its own, which may end as `fault` says; the epochs told of, and whether it did."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            arm(fault)
            _train(config, data, runs_dir, first_epochs, writing)
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    try:
        told = _listen(child, reading, fault)
    finally:
        os.close(reading)
    _, ending = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(ending)
    if code not in (0, -signal.SIGKILL):
        raise Wrong("the process ended by itself, in a traceback")
    return told, code != 0


def _train(config: TrainConfig, data: DataSet, runs_dir: Path, first_epochs: int, telling: int) -> None:
    runs = list_runs(runs_dir)
    if not runs:
        recording = begin(data, replace(config, epochs=first_epochs), runs_dir)
    else:
        more = config.epochs if runs[0].info.status == "finished" else None
        recording = resume_run(runs[0].folder, data, more)
    if recording.problem is not None:
        raise Wrong(str(recording.problem))
    controls = recording.training.controls
    if recording.training.step >= TURNED_AT:
        controls.learning_rate = 0.02
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == TURNED_AT:
            controls.learning_rate = 0.02
        if isinstance(event, EpochDone):
            os.write(telling, f"{event.epoch}\n".encode())
    if recording.problem is not None:
        raise Wrong(str(recording.problem))


def _listen(child: int, reading: int, fault: Fault) -> set[int]:
    text = b""
    began = time.monotonic()
    while True:
        passed = time.monotonic() - began
        if passed > _PATIENCE:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise Wrong("the process hangs")
        if fault.way == "instant" and passed >= fault.seconds:
            os.kill(child, signal.SIGKILL)
            fault = replace(fault, way="none")
        wait = max(0.0, fault.seconds - passed) if fault.way == "instant" else 1.0
        if select.select([reading], [], [], wait)[0]:
            part = os.read(reading, 4096)
            if not part:
                return {int(line) for line in text.split()}
            text += part


# what must hold


def check_after_end(runs_dir: Path, told: set[int]) -> None:
    """However a process ended: the folder can be read, and every epoch that was told of is there to go on from."""
    broken = [path for path in runs_dir.iterdir() if not path.name.startswith(".") and not (path / "run.json").exists()]
    if broken:
        raise Wrong(f"a folder that is no run: {broken}")
    runs = list_runs(runs_dir)
    if len(runs) > 1 or (told and not runs):
        raise Wrong(f"{len(runs)} runs")
    if not runs:
        return
    opened = OpenedRun.read(runs[0].folder)
    if not told <= set(opened.log.epochs("epoch").astype(int).tolist()):
        raise Wrong(f"epochs {told} were told of, and only {opened.log.epochs('epoch')} are there")
    if opened.checkpoint().place.epoch - 1 < max(told, default=0):
        raise Wrong("the checkpoint is older than an epoch that was told of")
    if opened.checkpoint().step > opened.log.step_count:
        raise Wrong("the checkpoint is ahead of its metrics")
    for step in opened.snapshots:
        if opened.snapshot(step).step != step:
            raise Wrong(f"the snapshot {step} is another")


def check_same(one: Path, other: Path) -> None:
    """Weights, all numbers but the seconds, the result and snapshots are those of the quiet training."""
    ours, theirs = load_weights(one / "weights.safetensors"), load_weights(other / "weights.safetensors")
    for name, tensor in theirs.tensors.items():
        if not torch.equal(ours.tensors[name], tensor):
            raise Wrong(f"other weights in {name}")
    for table, read in ((STEPS, read_steps), (EPOCHS, read_epochs)):
        mine, quiet = read(one)[0], read(other)[0]
        if not np.array_equal(mine[:, :-1], quiet[:, :-1]):
            raise Wrong(f"other numbers in {table.csv}")
        lines = (one / table.csv).read_bytes().splitlines(keepends=True)
        if lines != [table.header, *table.lines(mine.tolist())]:
            raise Wrong(f"{table.csv} does not say what {table.fast} says")
    if read_info(one).result != read_info(other).result:
        raise Wrong("another result")
    density, quiet_density = read_info(one).density, read_info(other).density  # other for a run that has grown
    if density == quiet_density and OpenedRun.read(one).snapshots != OpenedRun.read(other).snapshots:
        raise Wrong("other snapshots")
    if left := list(one.rglob("*.part")):
        raise Wrong(f"left behind: {left}")


# rounds


def plan(draw: random.Random, seconds: float, changes: int) -> Fault:
    """How a process of a training that takes so many seconds and changes to the disk is to end."""
    way = draw.choice(["instant", "instant", "change", "change", "half a line", "half a file"])
    count = int(draw.random() ** 2 * changes)
    if way in ("half a line", "half a file"):
        count //= 4
    return Fault(way, count, draw.random(), draw.random() * seconds, draw.random() < 0.5)


def one_round(number: int, config: TrainConfig, data: DataSet, quiet: Path, seconds: float, seed: int) -> Counter[str]:
    """One training, killed one to four times; how."""
    draw = random.Random(f"{seed}/{number}")
    changes = 40 + 4 * len(OpenedRun.read(quiet).snapshots)
    kills = draw.randint(1, MOST_KILLS)
    ended: Counter[str] = Counter()
    while not ended:  # a training that was quicker than every fault planned begins again
        where = Path(tempfile.mkdtemp(prefix="soak-"))
        first_epochs = 1 if config.schedule == "constant" and draw.random() < 0.3 else config.epochs
        told: set[int] = set()
        try:
            while not _is_done(where, config):
                fault = plan(draw, seconds, changes) if sum(ended.values()) < kills else Fault()
                heard, killed = train_in_child(config, data, where, first_epochs, fault)
                told |= heard
                ended += Counter([fault.way] if killed else [])
                check_after_end(where, told)
            check_same(list_runs(where)[0].folder, quiet)
        except Exception:
            print(f"round {number} (seed {seed}): what is left is in {where}", file=sys.stderr, flush=True)
            raise
        shutil.rmtree(where)
    return ended


def _is_done(runs_dir: Path, config: TrainConfig) -> bool:
    runs = list_runs(runs_dir)
    return bool(runs) and runs[0].info.status == "finished" and runs[0].info.config.epochs == config.epochs


def kills(rounds: int, seed: int, first: int = 0) -> str:
    """Kill so many trainings, each one to four times; what was done. `Wrong` at the first thing that is not right."""
    data = data_sets()
    home = Path(tempfile.mkdtemp(prefix="soak-quiet-"))
    quiet: list[tuple[TrainConfig, Path, float]] = []
    for number, config in enumerate(configs(data)[: 4 if rounds > 10 else 2]):
        began = time.monotonic()
        train_in_child(config, data[config.model], home / str(number), config.epochs, Fault())
        quiet.append((config, list_runs(home / str(number))[0].folder, time.monotonic() - began))
    ended: Counter[str] = Counter()
    for number in range(first, first + rounds):
        config, folder, seconds = quiet[number % len(quiet)]
        killed = one_round(number, config, data[config.model], folder, seconds, seed)
        ended += killed
        print(f"round {number}: {config.model}, killed {sum(killed.values())} times", flush=True)
    shutil.rmtree(home)
    return f"{rounds} trainings, {sum(ended.values())} kills ({dict(ended)}): nothing was lost"
