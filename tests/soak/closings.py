"""Close the window at random times of whatever it is at: it ends with status 0, and what was completed is there."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from cnnviewer.core.runs.format.lock import is_written
from cnnviewer.core.runs.read.library import list_runs
from tests.soak.faults import Wrong
from tests.soak.kills import check_after_end
from tests.soak.processes import Process, data_in

_WORK = ("start", "load", "train", "film", "evaluate", "sweep", "download")
_LATEST = 3.0  # seconds after the work began


def closings(count: int, seed: int, first: int = 0) -> str:
    """Close so many windows in the midst of work; what was done."""
    home = Path(tempfile.mkdtemp(prefix="soak-closings-"))
    data_in(home, images=4000)
    for number in range(first, first + count):
        draw = random.Random(f"{seed}/closings/{number}")
        work = _WORK[number % len(_WORK)]
        folder = home / str(number)
        folder.mkdir()
        (folder / "own.npz").symlink_to(home / "own.npz")
        process = Process(["-m", "tests.soak.driver", work, str(folder), f"{draw.uniform(0, _LATEST):.3f}"])
        process.require_good()
        if process.killed:
            raise Wrong(f"closing while {work} was killed")
        runs_dir = folder / "runs"
        if runs_dir.exists():
            for run in list_runs(runs_dir):
                if is_written(run.folder):
                    raise Wrong(f"{work}: a run is left as if it were being trained: {run.folder}")
            if work != "sweep":
                check_after_end(runs_dir, set())
        print(f"closing {number}: {work}, {process.seconds:.1f} s", flush=True)
        shutil.rmtree(folder)
    shutil.rmtree(home)
    return f"{count} windows closed in the midst of work: status 0, and what was completed is there"
