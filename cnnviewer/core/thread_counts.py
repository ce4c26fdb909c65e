"""The one owner of PyTorch's thread counts: how many threads each of the program's threads may compute with, and why.

The count belongs to the thread that sets it, and is set before its first operation. With another count sums are made in
another order: a training sets the count that its run has recorded whenever it is iterated; so a resumed run has the
same numbers to the last bit. Two rules decide the others:

- A small model's image is too little work to share: a thread that looks at one computes alone.
- Helpers of other threads stay, idle, and OpenMP then lets a training's helpers sleep between operations instead of
  waiting awake, for there are more threads than cores: SimpleCNN trains 15 % slower on two. So threads that are there
  while a model is trained compute alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import torch


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def compute_alone() -> None:
    """Compute without helpers in this thread from now on: the window's, the snapshot reader's, a video's."""
    torch.set_num_threads(1)


def compute_for_inspection(is_large: bool) -> None:
    """Set the count of the inspection thread for the model it has got.

    A large one is not trained meanwhile, and its image is work for all cores but the window's: threads that share a
    core wait for each other at every layer (VGG16 on two busy cores: 2.4 s with two threads, 0.7 s with one).
    """
    torch.set_num_threads(max(1, min(8, available_cores() - 1)) if is_large else 1)


def compute_for_evaluation() -> None:
    """Set the count of a job that predicts a whole split: half the cores, for a training needs the others."""
    torch.set_num_threads(max(1, available_cores() // 2))


@contextmanager
def computing_with(count: int) -> Iterator[None]:
    """Compute with `count` threads in this thread, for as long as a training is iterated in it."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def choose_threads(model: str) -> int:
    """Threads for training `model` on this machine's CPU when the user leaves the choice to the program.

    LeNet's batches are so small that a second thread gains less than it waits. SimpleCNN gains about half with two
    threads, and the window, which paints a few times a second, loses nothing that is seen; more than four gain little.
    """
    return 1 if model == "lenet" else max(1, min(4, available_cores()))


def count() -> int:
    """The count of this thread."""
    return torch.get_num_threads()


def restore(count: int) -> None:
    """Put back the count of this thread, after a user's code may have changed it."""
    torch.set_num_threads(count)
