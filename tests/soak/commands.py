"""Kill `cnnviewer train` and `cnnviewer resume` at random times until so many kills are done."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from cnnviewer.core.runs.read.library import list_runs
from tests.soak.faults import Wrong
from tests.soak.kills import check_after_end, check_same
from tests.soak.processes import Process, data_in, the_finished_run, training


def commands(kills: int, seed: int, first: int = 0) -> str:
    """Kill the command line so often, each time resuming; what was done."""
    home = Path(tempfile.mkdtemp(prefix="soak-commands-"))
    key = data_in(home)
    alone = Process(training(key, home / "quiet"))
    alone.require_good()
    quiet = the_finished_run(home / "quiet")
    seconds = alone.seconds  # that a whole training takes, as fast as the machine is now
    done, number = 0, first
    while done < kills:
        draw = random.Random(f"{seed}/commands/{number}")
        runs_dir = home / f"runs-{number}"
        wanted, killed = min(draw.randint(1, 3), kills - done), 0
        while True:
            runs = list_runs(runs_dir) if runs_dir.exists() else []
            if runs and runs[0].info.status == "finished":
                break
            resume = ["-m", "cnnviewer", "resume", "last", "--runs-dir", str(runs_dir)]
            after = draw.uniform(0, 1.1 * seconds) if killed < wanted else None
            process = Process(resume if runs else training(key, runs_dir), after)
            process.require_good()
            killed += process.killed
            seconds = seconds if process.killed else process.seconds
            if runs_dir.exists():
                check_after_end(runs_dir, set())
            if not process.killed and not list_runs(runs_dir):
                raise Wrong(f"no run after:\n{process.output[-2000:]}")
        check_same(the_finished_run(runs_dir), quiet)
        done, number = done + killed, number + 1
        print(f"command line {number}: killed {killed} times", flush=True)
        shutil.rmtree(runs_dir)
    shutil.rmtree(home)
    return f"{done} kills of the command line: every training resumed to the same bits"
