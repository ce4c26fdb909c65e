"""The program as processes of its own: started, listened to, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.read.library import list_runs
from tests.small_data import GREY, saved, tiny
from tests.soak.faults import Wrong

PATIENCE = 180.0
"""Seconds that one process may take."""
EPOCHS = 3


class Process:
    """One process of the program, and what it printed.

    Args:
        arguments: of Python, such as `-m cnnviewer train …`.
        kill_after: seconds until it is killed; None: never.
        ready: text in its output from which `kill_after` counts; None: from its start.
        patience: seconds it may take.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        kill_after: float | None = None,
        ready: str | None = None,
        patience: float = PATIENCE,
    ) -> None:
        environment = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"} | dict(os.environ)
        began = time.monotonic()
        with tempfile.TemporaryFile() as output:
            self._process = subprocess.Popen(
                [sys.executable, *arguments], stdout=output, stderr=subprocess.STDOUT, env=environment
            )
            since = None if ready else began
            while self._process.poll() is None:
                now = time.monotonic()
                if since is None and ready and ready in _text(output.fileno()):
                    since = now
                if kill_after is not None and since is not None and now - since >= kill_after:
                    self._process.send_signal(signal.SIGKILL)
                    self._process.wait()
                elif now - began > patience:
                    self._process.kill()
                    self._process.wait()
                    raise Wrong(f"{' '.join(arguments)} hangs:\n{_text(output.fileno())[-2000:]}")
                time.sleep(0.02)
            self.output = _text(output.fileno())
        self.code = self._process.returncode
        self.seconds = time.monotonic() - began

    @property
    def killed(self) -> bool:
        """Whether it was killed before it ended."""
        return self.code == -signal.SIGKILL

    def require_good(self) -> None:
        """`Wrong` unless it was killed or ended with status 0 and without a traceback."""
        if self.code not in (0, -signal.SIGKILL) or "Traceback" in self.output:
            raise Wrong(f"status {self.code}:\n{self.output[-3000:]}")


def _text(descriptor: int) -> str:
    return os.pread(descriptor, 2**20, 0).decode(errors="replace")


def data_in(folder: Path, images: int = 1200) -> str:
    """A small data set of the user's own: its key."""
    return saved(folder, "own", tiny(GREY, images, 60))


def training(key: str, runs_dir: Path, *more: str) -> list[str]:
    """Arguments that train LeNet for three epochs."""
    numbers = ("--epochs", str(EPOCHS), "--batch-size", "16", "--momentum", "0.9", "--seed", "1", "--threads", "1")
    return [
        "-m",
        "cnnviewer",
        "train",
        "--model",
        "lenet",
        "--dataset",
        key,
        "--runs-dir",
        str(runs_dir),
        *numbers,
        *more,
    ]


def weights_of(folder: Path) -> dict[str, bytes]:
    """The final weights of a run, to the last bit."""
    tensors = load_weights(folder / "weights.safetensors").tensors
    return {name: tensor.numpy().tobytes() for name, tensor in tensors.items()}


def the_finished_run(runs_dir: Path) -> Path:
    """The folder of the only run, which must be finished."""
    runs = list_runs(runs_dir)
    if len(runs) != 1 or runs[0].info.status != "finished":
        raise Wrong(f"in {runs_dir}: {[(run.info.id, run.info.status) for run in runs]}")
    return runs[0].folder
