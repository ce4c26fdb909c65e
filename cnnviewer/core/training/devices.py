"""Which devices are there, and how many threads a training on the CPU takes."""

from __future__ import annotations

import os

import torch

from cnnviewer.core.errors import UserError


def devices() -> tuple[tuple[str, str], ...]:
    """`(key, title)` of every device there is: the CPU, each CUDA device, Apple's GPU; the CPU first."""
    found = [("cpu", "CPU")]
    if torch.cuda.is_available():
        found += [(f"cuda:{n}", torch.cuda.get_device_name(n)) for n in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        found.append(("mps", "Apple GPU"))
    return tuple(found)


def check_device(key: str) -> None:
    """Raise `UserError` when there is no such device here."""
    there = [name for name, _title in devices()]
    if key not in there:
        raise UserError(
            "The device {device} is not there; this machine has: {there}.",
            field="device",
            device=key,
            there=", ".join(there),
        )


def choose_threads(model: str) -> int:
    """Threads for training `model` on this machine's CPU when the person leaves the choice to the program.

    LeNet's batches are so small that a second thread gains less than it waits. SimpleCNN gains about half with two
    threads, and the window, which paints a few times a second, loses nothing that is seen; more than four gain little.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if model == "lenet" else max(1, min(4, cores))
