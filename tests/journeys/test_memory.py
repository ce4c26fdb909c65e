"""Models are chosen and files refused, again and again: nothing is left behind. `make soak` does it for long."""

import gc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.journeys.conftest import Person
from tests.soak.memory import Rounds, grown, living

pytestmark = pytest.mark.slow

_EACH = 12  # rounds: each kind of file once
_PARTS = 4  # other tests of this process may still be giving things back in one of them
_CYCLIC = 20  # objects per round, of PyTorch's and Python's readers of archives; a model's layers are 400


def test_models_chosen_and_files_refused_leave_nothing_behind(launched: Callable[..., Person], tmp_path: Path) -> None:
    rounds = Rounds(launched().window, tmp_path, seed=1)
    rounds.more(_EACH)
    seen, collected = [living()], 0

    def count(phase: str, info: dict[str, int]) -> None:
        nonlocal collected
        collected += info["collected"] if phase == "stop" else 0

    gc.callbacks.append(count)
    try:
        for _ in range(_PARTS):
            rounds.more(_EACH)
            seen.append(living())
    finally:
        gc.callbacks.remove(count)
    assert collected < _CYCLIC * _PARTS * _EACH  # what is in a cycle stays until the next collection
    parts = [grown(before, after, least=_EACH) for before, after in pairwise(seen)]
    assert not set.intersection(*(set(part) for part in parts)), parts
