"""Recurrent layers by their gates, at every time step, layer and unit, and what has several results."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.inspection.explain.gates import gated, gated_terms
from cnnviewer.core.inspection.explain.group_records import Gated
from cnnviewer.core.inspection.explain.records import TOLERANCE
from cnnviewer.core.inspection.operations import OperationCall, functional_name
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

Part = int | tuple[int, ...] | None


def step_of(module: nn.Module, args: tuple[object, ...], part: Part) -> TracedOperation:
    call = OperationCall("cell", module, "cell", (), {}, (), (1,))
    assert functional_name(type(module).__name__)
    return TracedOperation(call, module, args, {}, part)


def check(module: nn.Module, args: tuple[object, ...], values: dict[str, torch.Tensor], part: Part) -> list[Gated]:
    """Every number of one result, from its gates."""
    step, found = step_of(module, args, part), []
    expected = step.again(values)
    for place in np.ndindex(*expected.shape):
        work = gated(step, values, tuple(int(each) for each in place))
        assert work is not None
        terms, _ = gated_terms(work)
        assert float(terms.sum()) == pytest.approx(float(expected[place]), rel=TOLERANCE, abs=1e-9)
        found.append(work)
    return found


@pytest.mark.parametrize("part", [0, 1], ids=["h", "c"])
@pytest.mark.parametrize("bias", [True, False], ids=["biases", "no biases"])
@pytest.mark.parametrize("state", [True, False], ids=["states", "no states"])
def test_an_lstm_cell_gives_its_output_and_its_memory(part: int, bias: bool, state: bool) -> None:
    torch.manual_seed(0)
    values = {"x": torch.randn(3, 5), "h": torch.randn(3, 4), "c": torch.randn(3, 4)}
    args = (OperandSource("x"), (OperandSource("h"), OperandSource("c"))) if state else (OperandSource("x"),)
    for work in check(nn.LSTMCell(5, 4, bias=bias), args, values, part):
        assert [gate.name for gate in work.gates] == ["i", "f", "g", "o"]
        assert work.part == ("memory" if part else "output")


@pytest.mark.parametrize("kind", [nn.GRUCell, nn.RNNCell])
def test_a_cell_without_a_batch(kind: type[nn.Module]) -> None:
    torch.manual_seed(0)
    values = {"x": torch.randn(5), "h": torch.randn(4)}
    check(kind(5, 4), (OperandSource("x"), OperandSource("h")), values, None)


@pytest.mark.parametrize("first", [True, False], ids=["batch first", "time first"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("part", [0, (1, 0), (1, 1)], ids=["outputs", "last h", "last c"])
def test_an_lstm_at_every_time_step(first: bool, layers: int, part: Part) -> None:
    torch.manual_seed(0)
    values = {"x": torch.randn(2, 6, 5), "h": torch.randn(layers, 2, 4), "c": torch.randn(layers, 2, 4)}
    if not first:
        values["x"] = values["x"].transpose(0, 1)
    lstm = nn.LSTM(5, 4, layers, batch_first=first)
    check(lstm, (OperandSource("x"),), values, part)
    check(lstm, (OperandSource("x"), (OperandSource("h"), OperandSource("c"))), values, part)


@pytest.mark.parametrize(
    "module", [nn.GRU(5, 4, 2), nn.RNN(5, 4), nn.RNN(5, 4, nonlinearity="relu", bias=False)], ids=str
)
@pytest.mark.parametrize("part", [0, 1], ids=["outputs", "last h"])
def test_a_sequence_without_a_batch(module: nn.Module, part: int) -> None:
    check(module, (OperandSource("x"),), {"x": torch.randn(6, 5, generator=torch.Generator().manual_seed(1))}, part)


@pytest.mark.parametrize("kind", [nn.LSTM, nn.GRU, nn.RNN])
@pytest.mark.parametrize("first", [True, False], ids=["batch first", "time first"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("part", [0, 1], ids=["outputs", "last states"])
def test_a_sequence_that_runs_both_ways(kind: type[nn.RNNBase], first: bool, layers: int, part: int) -> None:
    torch.manual_seed(0)
    module = kind(5, 4, layers, batch_first=first, bidirectional=True)
    values = {"x": torch.randn((2, 6, 5) if first else (6, 2, 5)), "h": torch.randn(2 * layers, 2, 4)}
    state: object = OperandSource("h")
    parts: list[Part] = [part]
    if kind is nn.LSTM:
        values["c"] = torch.randn(2 * layers, 2, 4)
        state, parts = (OperandSource("h"), OperandSource("c")), [(1, 0), (1, 1)] if part else [0]
    for each in parts:
        check(module, (OperandSource("x"),), values, each)
        check(module, (OperandSource("x"), state), values, each)


def test_what_is_projected_is_run_again() -> None:
    assert (
        gated(step_of(nn.LSTM(5, 4, proj_size=2), (OperandSource("x"),), 0), {"x": torch.randn(6, 1, 5)}, (2, 0, 1))
        is None
    )
