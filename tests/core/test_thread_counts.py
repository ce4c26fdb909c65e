"""Each thread computes with the count that one module gives it, and a training leaves the thread as it found it."""

import ast
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from cnnviewer.core import thread_counts
from cnnviewer.core.training.loop import train
from tests.core.runs.trained import LENET, data_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def counts_come_back() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def calls(path: Path) -> set[str]:
    """The functions of torch that set a count of threads, as far as the file names them."""
    names = {"set_num_threads", "set_num_interop_threads"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in names}


def test_one_module_sets_pytorchs_counts() -> None:
    setting = {path.relative_to(ROOT).as_posix() for path in (ROOT / "cnnviewer").rglob("*.py") if calls(path)}
    assert setting == {"cnnviewer/core/thread_counts.py"}


@pytest.mark.parametrize("cores", [1, 2, 16])
def test_every_kind_of_work_has_its_count(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_counts, "available_cores", lambda: cores)
    set_to = []
    for work in (
        thread_counts.compute_alone,
        lambda: thread_counts.compute_for_inspection(is_large=False),
        lambda: thread_counts.compute_for_inspection(is_large=True),
        thread_counts.compute_for_evaluation,
    ):
        work()
        set_to.append(torch.get_num_threads())
    assert set_to == {1: [1, 1, 1, 1], 2: [1, 1, 1, 1], 16: [1, 1, 8, 8]}[cores]


def test_a_training_computes_with_its_own_count_in_the_thread_that_iterates_it() -> None:
    torch.set_num_threads(1)
    config = replace(LENET, threads=2, epochs=1)
    seen: list[int] = []

    def iterate() -> None:
        before = torch.get_num_threads()
        seen.extend(torch.get_num_threads() for _ in train(data_for(LENET), config))
        seen.append(torch.get_num_threads() - before)

    thread = threading.Thread(target=iterate)
    thread.start()
    thread.join()
    *during, difference = seen
    assert set(during) == {config.threads}
    assert difference == 0, "the thread goes on as it was"
    assert torch.get_num_threads() == 1, "of another thread"
