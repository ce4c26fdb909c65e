"""Train on a small disk that fills up at a random time and has room again later: the result is there."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.soak.faults import Wrong
from tests.soak.processes import Process, data_in, the_finished_run, training, weights_of

_SIZE = "24m"


def full_disks(count: int, seed: int, first: int = 0) -> str:
    """Train so often on a disk that is full for a while; what was done. Needs root, to mount a small disk."""
    home = Path(tempfile.mkdtemp(prefix="soak-disks-"))
    key = data_in(home)
    alone = Process(training(key, home / "quiet"))
    alone.require_good()
    quiet = weights_of(the_finished_run(home / "quiet"))
    disk = home / "disk"
    disk.mkdir()
    full = 0
    for number in range(first, first + count):
        draw = random.Random(f"{seed}/disks/{number}")
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", disk], check=False)
        if mounted.returncode:
            return "no full disk was tried: mounting one takes root"
        try:
            filler = _Filler(disk, draw.uniform(0, alone.seconds), draw.uniform(0.1, 4))
            process = Process(training(key, disk / "runs", "--out", str(home / "out.safetensors")))
            filler.join()
            full += filler.filled
            process.require_good()
            run = the_finished_run(disk / "runs")
            if weights_of(run) != quiet:
                raise Wrong("other weights than without a full disk")
            print(f"disk {number}: full for {filler.seconds:.1f} s", flush=True)
        finally:
            subprocess.run(["umount", "-l", disk], check=False)
    shutil.rmtree(home)
    return f"{count} trainings on a disk that was full for a while ({full} in time): every result is there"


class _Filler(threading.Thread):
    """Takes all the room of a disk after `begin` seconds, for `seconds`."""

    def __init__(self, disk: Path, begin: float, seconds: float) -> None:
        super().__init__(daemon=True)
        self.disk, self.begin, self.seconds, self.filled = disk, begin, seconds, False
        self.start()

    def run(self) -> None:
        time.sleep(self.begin)
        end = time.monotonic() + self.seconds
        path = self.disk / "filler"
        with path.open("wb", buffering=0) as file:
            while time.monotonic() < end:
                with suppress(OSError):
                    while True:
                        file.write(os.urandom(2**12) * 16)
                        self.filled = True
                time.sleep(0.01)
        path.unlink()
