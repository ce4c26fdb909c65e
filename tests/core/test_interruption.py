"""A pass of a large model ends in its midst when nobody waits any more."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
import torch
from torch import nn

from cnnviewer.core import interruption
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.recorder import Recorder, keep_none
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.interruption import InParts, check_interruption, copied_in_parts, interruptible

IMAGES = torch.rand((1, 1, 6, 6), generator=torch.Generator().manual_seed(3))


class Counting(nn.Module):
    """Ten layers that count how often they run, forward and backward."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(nn.Conv2d(1, 1, 3, padding=1) for _ in range(10)))
        self.forward_calls = self.backward_calls = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            self.forward_calls += 1
            x = torch.tanh(layer(x))
            if x.requires_grad:
                x.register_hook(self._count)
        return x.flatten(1)

    def _count(self, _slope: torch.Tensor) -> None:
        self.backward_calls += 1


def model() -> Counting:
    torch.manual_seed(1)
    return Counting().eval()


def record(counting: Counting) -> None:
    Recorder(counting).record(IMAGES)


def predict(counting: Counting) -> None:
    Recorder(counting).predict(IMAGES)


@pytest.mark.parametrize("run", [record, predict], ids=["recorded", "predicted"])
def test_a_forward_pass_ends_before_the_next_operation(run: Callable[[Counting], None]) -> None:
    counting = model()
    with interruptible(lambda: counting.forward_calls >= 4), pytest.raises(Cancelled):
        run(counting)
    assert counting.forward_calls == 4


def test_a_backward_pass_ends_before_the_next_operation() -> None:
    counting = model()
    recorder = Recorder(counting)
    recording = recorder.record(IMAGES, keep_none)
    logits = Logits(recorder, Architecture("", recording.layers), recording.output)
    counting.backward_calls = 0
    with interruptible(lambda: counting.backward_calls >= 3), pytest.raises(Cancelled):
        logits.slopes(IMAGES, logits.direction(1, None))
    assert counting.backward_calls == 3
    counting.backward_calls = 0
    logits.slopes(IMAGES, logits.direction(1, None))
    assert counting.backward_calls == 10


def test_who_waits_is_not_interrupted_and_nobody_is_outside() -> None:
    with interruptible(lambda: False):
        check_interruption()
    with interruptible(lambda: True), pytest.raises(Cancelled):
        check_interruption()
    check_interruption()


@pytest.mark.parametrize("kind", [nn.Linear, nn.Embedding], ids=["uniform", "normal"])
def test_numbers_drawn_in_parts_are_those_drawn_at_once(kind: type[nn.Module], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_PART", 64)
    torch.manual_seed(5)
    expected = kind(50, 7)
    made = kind(50, 7)
    torch.manual_seed(5)
    with torch.no_grad(), InParts():
        made.reset_parameters()
    assert all(map(torch.equal, made.state_dict().values(), expected.state_dict().values()))


def test_a_model_copied_in_parts_is_the_model_and_keeps_what_it_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interruption, "_PART", 64)
    given = nn.ModuleList([nn.Linear(20, 20), nn.Linear(20, 20)])
    given[1].weight = given[0].weight
    known = copied_in_parts(given.parameters())
    copied = copy.deepcopy(given, known)
    assert all(map(torch.equal, copied.state_dict().values(), given.state_dict().values()))
    assert copied[1].weight is copied[0].weight
    assert copied[0].weight is known[id(given[0].weight)]
    with interruptible(lambda: True), pytest.raises(Cancelled):
        copied_in_parts(given.parameters())
