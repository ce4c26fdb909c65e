"""Which devices there are."""

from __future__ import annotations

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


def kind_of(device: str) -> str:
    """`cuda` of the key `cuda:1`; `cpu` and `mps` are their own."""
    return device.partition(":")[0]


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
