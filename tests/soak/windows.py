"""Kill the window while it trains; the next one offers to resume it, and ends with the bits of a quiet training."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from cnnviewer.core.runs.read.library import list_runs
from tests.soak.kills import check_after_end, check_same
from tests.soak.processes import Process, data_in, the_finished_run, training

_DRIVER = ["-m", "tests.soak.driver"]


def windows(kills: int, seed: int, first: int = 0) -> str:
    """Kill the window so often, each time going on; what was done."""
    home = Path(tempfile.mkdtemp(prefix="soak-windows-"))
    key = data_in(home)
    Process(training(key, home / "quiet")).require_good()
    quiet = the_finished_run(home / "quiet")
    done, number = 0, first
    while done < kills:
        draw = random.Random(f"{seed}/windows/{number}")
        folder = home / str(number)
        folder.mkdir()
        (folder / "own.npz").symlink_to(home / "own.npz")
        wanted, killed = min(draw.randint(1, 2), kills - done), 0
        runs_dir = folder / "runs"
        while True:
            runs = list_runs(runs_dir) if runs_dir.exists() else []
            if runs and runs[0].info.status == "finished":
                break
            after = draw.uniform(0, 2.5) if killed < wanted else None
            process = Process([*_DRIVER, "go-on" if runs else "train", str(folder)], after, ready="at work")
            process.require_good()
            if not process.killed and the_finished_run(runs_dir):
                break
            killed += process.killed
            if runs_dir.exists():
                check_after_end(runs_dir, set())
        check_same(the_finished_run(runs_dir), quiet)
        done, number = done + killed, number + 1
        print(f"window {number}: killed {killed} times", flush=True)
        shutil.rmtree(folder)
    shutil.rmtree(home)
    return f"{done} kills of the window: every training gone on with to the same bits"
