"""Switch models and refuse files in one window, thousands of times: its memory stays flat within 20 MB.

`python -m tests.soak.memory ROUNDS SEED FOLDER` is the window's process: each round chooses another model, waits until
it is on the screen, and opens a file that is refused. `memory` starts it and checks its lines.
"""

from __future__ import annotations

import gc
import io
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from cnnviewer.app.main import Window, launch
from tests.small_data import GREY, saved, tiny
from tests.soak.faults import Wrong
from tests.soak.processes import Process

MOST = 20.0
"""MB by which memory may grow after the first rounds."""
MODELS = ("lenet", "simplecnn", "alexnet32")
_WARM_UP = 0.1  # share of the rounds in which caches fill and the allocator finds its size
_LEAST = 60  # rounds that this takes
_SAMPLES = 50
_COMPARED = (
    5  # samples at both ends: the allocator keeps freed weights of 30 MB at one and has given them back at another
)
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PATIENCE = 60_000  # ms
_ROUND = 3.0  # seconds one may take on a busy machine


def resident() -> float:
    """MB of memory that this process has, as it is: nothing is collected for it. 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * _PAGE / 1e6


def living() -> Counter[str]:
    """Kind -> how many objects of it there are when every cycle is collected, without those of imported modules."""
    gc.collect()
    return Counter(sys.intern(f"{type(each).__module__}.{type(each).__qualname__}") for each in gc.get_objects())


def grown(before: Counter[str], after: Counter[str], least: int) -> dict[str, int]:
    """Kinds of objects of which there are more by `least` or more, the most first."""
    more = Counter({kind: count - before[kind] for kind, count in after.items()})
    return {kind: count for kind, count in more.most_common() if count >= least}


class Refusals:
    """Twelve kinds of files that are refused, in turns: pictures, weights and data sets, of random bytes, cut off, or of another kind."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self._folder, self._draw = folder, draw
        noise = np.random.default_rng(0).integers(0, 255, (900, 900, 3), dtype=np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(noise).save(buffer, "png", compress_level=0)
        self._picture = buffer.getvalue()
        saved(folder, "whole", tiny(GREY, 400, 60))
        self._data = (folder / "whole.npz").read_bytes()
        buffer = io.BytesIO()
        torch.save({"state_dict": {"layer.weight": torch.zeros(300, 1000)}}, buffer)
        self._script = buffer.getvalue()
        self._weights = b""
        self._kinds: list[tuple[str, str, Callable[[], bytes] | None]] = []

    def open_one(self, window: Window) -> None:
        """Open a file that is refused."""
        if not self._weights:
            kept = self._folder / "weights.safetensors"
            if not window.save_weights(kept):
                raise Wrong("weights could not be saved")
            self._weights = kept.read_bytes()
        if not self._kinds:
            self._kinds = [
                ("image", "noise.png", self._noise),
                ("image", "cut.png", lambda: self._cut(self._picture)),
                ("image", "text.jpg", lambda: b"no picture"),
                ("image", "missing.png", None),
                ("weights", "noise.safetensors", self._noise),
                ("weights", "cut.safetensors", lambda: self._cut(self._weights)),
                ("weights", "other.pt", lambda: self._script),
                ("weights", "cut.pt", lambda: self._cut(self._script)),
                ("data", "noise.npz", self._noise),
                ("data", "cut.npz", lambda: self._cut(self._data)),
                ("data", "missing.npz", None),
                ("data", "empty.npz", lambda: b""),
            ]
            self._draw.shuffle(self._kinds)
        kind, name, content = self._kinds.pop()
        path = self._folder / name
        if content is not None:
            path.write_bytes(content())
        if kind == "data":
            window.own_data_selected.emit(f"npz:{path}")
        elif window.open_image(path) if kind == "image" else window.open_weights(path):
            raise Wrong(f"{name} was not refused")

    def _noise(self) -> bytes:
        return self._draw.randbytes(1000)

    def _cut(self, content: bytes) -> bytes:
        return content[: self._draw.randrange(100, len(content) - 100)]


class Rounds:
    """Somebody at the window who chooses one model after another, and opens a file that is refused after each."""

    def __init__(self, window: Window, folder: Path, seed: int) -> None:
        self._window = window
        self._refusals = Refusals(folder, random.Random(seed))
        self._models: Any = window.findChild(QWidget, "modelCombo")
        self._network: Any = window.findChild(QWidget, "networkView")
        self.done = 0

    def more(self, count: int) -> None:
        """So many rounds more."""
        for _ in range(count):
            self._switch(MODELS[self.done % len(MODELS)])
            self._refusals.open_one(self._window)
            self._until(lambda: not self._window.program.jobs.busy)
            self.done += 1

    def _switch(self, key: str) -> None:
        before = self._network.property("layers")
        self._models.setCurrentIndex(self._models.findData(key))
        self._models.activated.emit(self._models.currentIndex())
        self._until(lambda: not self._window.program.jobs.busy and self._network.property("layers") != before)

    def _until(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until it holds: a loop of its own, in which Qt also deletes what is to be deleted."""
        loop, poll, end = QEventLoop(), QTimer(), QTimer()
        poll.timeout.connect(lambda: loop.quit() if condition() else None)
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        poll.start(2)
        end.start(_PATIENCE)
        loop.exec()
        if not end.isActive():
            raise Wrong("the window waits for ever")


def memory(rounds: int, seed: int, _first: int = 0) -> str:
    """Do so many rounds in one window; how much memory was used more at the end than after the first of them."""
    home = Path(tempfile.mkdtemp(prefix="soak-memory-"))
    process = Process(["-m", "tests.soak.memory", str(rounds), str(seed), str(home)], patience=60 + rounds * _ROUND)
    process.require_good()
    print(process.output, end="", flush=True)
    shutil.rmtree(home)
    found = re.search(r"^grown by (-?[\d.]+) MB$", process.output, re.MULTILINE)
    if process.killed or found is None:
        raise Wrong(f"the window did not end well:\n{process.output[-2000:]}")
    if float(found[1]) > MOST:
        raise Wrong(f"memory grows by {found[1]} MB")
    return f"{rounds} models chosen and {rounds} files refused in one window: its memory grew by {found[1]} MB"


def main() -> int:
    rounds, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    _, window = launch(["--data-dir", str(folder / "data"), "--settings", str(folder / "settings.ini")])
    person = Rounds(window, folder, seed)
    person.more(_in_turns(max(_LEAST, _WARM_UP * rounds)))
    objects, sizes = living(), [resident()]
    while person.done < rounds:
        print(f"{person.done} rounds: {sizes[-1]:.1f} MB", flush=True)
        person.more(_in_turns(rounds / _SAMPLES))
        sizes.append(resident())
    print(f"{person.done} rounds: {sizes[-1]:.1f} MB; more objects: {grown(objects, living(), least=20)}")
    print(f"grown by {max(sizes[-_COMPARED:]) - max(sizes[:_COMPARED]):.1f} MB")
    window.close()
    return 0


def _in_turns(rounds: float) -> int:
    """So many, or a few more: the same model is on the screen at each sample."""
    return len(MODELS) * max(1, round(rounds / len(MODELS)))


if __name__ == "__main__":
    sys.exit(main())
