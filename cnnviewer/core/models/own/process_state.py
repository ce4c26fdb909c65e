"""What a file's code may change for the whole program, and how it is put back when the code has run."""

from __future__ import annotations

import atexit
import logging
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from cnnviewer.core import thread_counts
from cnnviewer.core.errors import UserError


@dataclass(frozen=True)
class ProcessState:
    """One piece of the program's state.

    Attributes:
        words: what it is.
        read: gives it, so that two readings are equal where nothing has changed.
        write: puts it back.
        by_imports: packages change it too, when they are imported.

    """

    words: UserError
    read: Callable[[], Any]
    write: Callable[[Any], object]
    by_imports: bool = False


def _default_device() -> torch.device | None:
    # torch.get_default_device() would look for the device, and tells of the `with torch.device(…)` around this call
    context = getattr(getattr(torch, "_GLOBAL_DEVICE_CONTEXT", None), "device_context", None)
    return None if context is None else context.device


def _set_environ(saved: dict[str, str]) -> None:
    for name in [name for name in os.environ if name not in saved]:
        del os.environ[name]
    os.environ.update(saved)


def _set_path(saved: list[str]) -> None:
    sys.path[:] = saved


def _set_filters(saved: list[Any]) -> None:
    vars(warnings)["filters"][:] = saved
    with warnings.catch_warnings():  # leaving it tells Python that the filters are others
        pass


def _handlers() -> dict[int, Any]:
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def _set_handlers(saved: dict[int, Any]) -> None:
    if threading.current_thread() is threading.main_thread():  # no other thread can have changed one
        for number, handler in saved.items():
            if handler is not None and signal.getsignal(number) != handler:
                signal.signal(number, handler)


def _deterministic() -> tuple[bool, bool]:
    return torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()


def _set_deterministic(saved: tuple[bool, bool]) -> None:
    torch.use_deterministic_algorithms(saved[0], warn_only=saved[1])


def _cudnn() -> tuple[bool, bool, bool]:
    cudnn = torch.backends.cudnn
    return cudnn.enabled, cudnn.benchmark, cudnn.deterministic


def _set_cudnn(saved: tuple[bool, bool, bool]) -> None:
    cudnn = torch.backends.cudnn
    cudnn.enabled, cudnn.benchmark, cudnn.deterministic = saved


def _logging() -> tuple[Any, ...]:
    root = logging.getLogger()
    return root.level, root.manager.disable, list(root.handlers)


def _set_logging(saved: tuple[Any, ...]) -> None:
    root = logging.getLogger()
    level, disabled, root.handlers[:] = saved
    root.setLevel(level)
    logging.disable(disabled)


def _streams() -> tuple[Any, Any, Any]:
    return sys.stdin, sys.stdout, sys.stderr


def _set_streams(saved: tuple[Any, Any, Any]) -> None:
    sys.stdin, sys.stdout, sys.stderr = saved


STATE: Final = (
    ProcessState(UserError("PyTorch's default number type"), torch.get_default_dtype, torch.set_default_dtype),
    ProcessState(UserError("PyTorch's default device"), _default_device, torch.set_default_device),
    ProcessState(UserError("whether PyTorch computes gradients"), torch.is_grad_enabled, torch.set_grad_enabled),
    ProcessState(UserError("PyTorch's number of threads"), thread_counts.count, thread_counts.restore),
    ProcessState(UserError("PyTorch's deterministic algorithms"), _deterministic, _set_deterministic),
    ProcessState(UserError("cuDNN's settings"), _cudnn, _set_cudnn),
    ProcessState(
        UserError("PyTorch's precision of matrix products"),
        torch.get_float32_matmul_precision,
        torch.set_float32_matmul_precision,
    ),
    ProcessState(UserError("PyTorch's anomaly detection"), torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
    ProcessState(UserError("the current folder"), os.getcwd, os.chdir),
    ProcessState(UserError("environment variables"), lambda: dict(os.environ), _set_environ, True),
    ProcessState(UserError("sys.path"), lambda: list(sys.path), _set_path, True),
    ProcessState(UserError("the filters of warnings"), lambda: list(warnings.filters), _set_filters, True),
    ProcessState(UserError("the handlers of signals"), _handlers, _set_handlers),
    ProcessState(UserError("what Python's logging writes"), _logging, _set_logging, True),
    ProcessState(UserError("standard input and output"), _streams, _set_streams),
    ProcessState(UserError("Python's recursion limit"), sys.getrecursionlimit, sys.setrecursionlimit),
)
SEED: Final = UserError("the seed of PyTorch's random numbers")
AT_EXIT: Final = UserError("what happens when the program ends")


def readings() -> list[Any]:
    """The state now, in the order of `STATE`."""
    return [kept.read() for kept in STATE]


@contextmanager
def state_kept() -> Iterator[None]:
    """Put the program's state back afterwards. It is the calling thread's where PyTorch keeps it by thread."""
    before = readings()
    try:
        yield
    finally:
        for kept, saved in zip(STATE, before, strict=True):
            if kept.read() != saved:
                kept.write(saved)


@contextmanager
def run_of(file: Path) -> Iterator[None]:
    """Around the run of the user's file: nothing of the program is another one afterwards.

    What it draws is the same each time, and nobody else's numbers depend on it; `sys.argv` is a script's own, what it
    prints goes to standard error, and what it wants done when the program ends is left out.
    """
    os.environ["MPLBACKEND"] = "Agg"  # for good: a plot's window would stop the thread that runs this
    drawn = torch.get_rng_state(), random.getstate(), np.random.get_state()
    arguments, register = sys.argv, atexit.register
    registered: list[Callable[..., object]] = []

    def note(function: Any, *values: Any, **named: Any) -> Any:
        if str(sys._getframe(1).f_globals.get("__name__", "")).startswith("cnnviewer_own_"):  # else a package's matter
            registered.append(function)
        return register(function, *values, **named)

    with state_kept():
        sys.argv, sys.stdout = [str(file)], sys.stderr
        vars(atexit)["register"] = note
        torch.manual_seed(0)
        random.seed(0)
        np.random.seed(0)
        try:
            yield
        finally:
            vars(atexit)["register"] = register
            sys.argv = arguments
            torch.set_rng_state(drawn[0])
            random.setstate(drawn[1])
            np.random.set_state(drawn[2])
            for function in registered:
                atexit.unregister(function)
