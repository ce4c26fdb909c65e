"""A short form of `make soak`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_trainings_killed_at_random_instants_lose_nothing_and_end_as_quiet_ones() -> None:
    others = [word for part in ("commands", "windows", "disks", "closings", "memory") for word in (f"--{part}", "0")]
    command = [sys.executable, "-m", "tests.soak", "--rounds", "4", *others]  # another seed each time: it is printed
    made = {name: value for name, value in os.environ.items() if name != "CNNVIEWER_DATA_DIR"}  # images: quicker
    done = subprocess.run(command, cwd=Path(__file__).parents[3], env=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing was lost" in done.stdout
