"""`torchrun -m cnnviewer`: one ordinary run folder, and a process that dies costs at most the last seconds."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.runs.format.metrics_file import read_steps
from cnnviewer.core.runs.read.library import list_runs, summary_of
from tests.small_data import tiny

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="processes are found in /proc")


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start `cnnviewer …` in so many processes, on a small data set of one's own."""
    data = tiny(train=640)
    arrays = {
        f"{kind}_{name}": part.numpy()
        for name, split in (("train", data.train), ("test", data.test))
        for kind, part in (("x", split.images[:, 0]), ("y", split.labels))
    }
    np.savez(tmp_path / "tiny.npz", **arrays)
    environment = {**os.environ, "CNNVIEWER_RUNS_DIR": str(tmp_path / "runs"), "PYTHONPATH": str(Path.cwd())}

    def start(processes: int, *words: str) -> subprocess.Popen[str]:
        together = ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
        command = [sys.executable, *(together if processes > 1 else []), "-m", "cnnviewer", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, text=True, env=environment, cwd=tmp_path, **pipes)

    return start


def test_a_process_that_dies_ends_the_job_with_a_sentence_and_resume_goes_on(
    run: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    runs = tmp_path / "runs"
    job = run(2, "train", "--dataset", "npz:tiny.npz", "--batch-size", "8", "--epochs", "500", "--threads", "1")
    deadline = time.monotonic() + 60
    while not any(len(read_steps(path.parent)[0]) > 80 for path in runs.glob("*/steps.csv")):
        assert job.poll() is None, job.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.05)  # for another process: there is nothing to wait on
    os.kill(_process_of_rank(1, job.pid), signal.SIGKILL)
    _, words = job.communicate(timeout=60)
    assert job.returncode != 0
    assert "Another process of the training ended" in words
    [left] = list_runs(runs)
    assert left.state == "failed"

    epochs = str(left.epochs_done + 1)
    alone = run(1, "resume", "last", "--epochs", epochs, "--json")
    said, words = alone.communicate(timeout=60)
    assert alone.returncode == 0, words
    assert json.loads(said)["run"] == left.info.id
    done = summary_of(left.folder)
    assert (done.state, done.epochs_done) == ("finished", left.epochs_done + 1)
    assert len(read_steps(left.folder)[0]) == done.epochs_done * done.info.counts["steps_per_epoch"]


def _process_of_rank(rank: int, parent: int) -> int:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes().split(b"\0")
            ancestor = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if ancestor == parent and f"RANK={rank}".encode() in words:
            return int(folder.name)
    raise LookupError(f"no process of rank {rank}")
