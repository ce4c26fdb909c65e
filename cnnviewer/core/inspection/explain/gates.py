"""Recurrent cells by their gates: LSTMCell, GRUCell, RNNCell.

The equations are those of `torch.nn.LSTMCell` (i, f, g, o in this order in the weights), `GRUCell` (r, z, n) and
`RNNCell`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.explain.group_records import Doubles, Gate, Gated
from cnnviewer.core.inspection.steps import Source, Step

Function = Literal["sigmoid", "tanh", "relu"]
_LSTM: tuple[tuple[str, Function], ...] = (("i", "sigmoid"), ("f", "sigmoid"), ("g", "tanh"), ("o", "sigmoid"))
RECURRENT = {"lstmcell": "lstm", "grucell": "gru", "rnncell": "rnn"}


def gated(
    step: Step, values: Mapping[str, torch.Tensor], place: tuple[int, ...], part: Literal["output", "memory"] = "output"
) -> Gated | None:
    """One unit of a recurrent cell; `part` of an LSTM is its h or its c."""
    module = step.target
    if not isinstance(module, nn.RNNCellBase):
        return None
    unit = place[-1]
    given = _tensor(step.operand(0, "input"), values)
    state = step.operand(1, "hx")
    states = list(state) if isinstance(state, (tuple, list)) else [state]
    before = [_tensor(each, values) for each in states]
    if given is None or any(each is None and raw is not None for each, raw in zip(before, states, strict=True)):
        return None
    row = place[0] if given.ndim > 1 else None
    x = _row(given, row)
    size = module.hidden_size
    h, c = (
        np.zeros(size) if number >= len(before) or before[number] is None else _row(before[number], row)
        for number in (0, 1)
    )

    def gate(number: int, name: str, function: Function, factor: float = 1.0) -> Gate:
        line = number * size + unit
        return Gate(
            name,
            function,
            _products(module.weight_ih, module.bias_ih, line, x),
            _products(module.weight_hh, module.bias_hh, line, h),
            factor,
        )

    if isinstance(module, nn.LSTMCell):
        gates = tuple(gate(number, name, function) for number, (name, function) in enumerate(_LSTM))
        i, f, g, _ = (each.value for each in gates)
        return Gated("lstm", part, gates, float(c[unit]), f * float(c[unit]) + i * g)
    if isinstance(module, nn.GRUCell):
        reset, update = gate(0, "r", "sigmoid"), gate(1, "z", "sigmoid")
        return Gated("gru", "output", (reset, update, gate(2, "n", "tanh", reset.value)), float(h[unit]))
    if isinstance(module, nn.RNNCell) and module.nonlinearity in ("tanh", "relu"):
        return Gated("rnn", "output", (gate(0, "h", module.nonlinearity),))
    return None


def gated_terms(work: Gated) -> tuple[Doubles, float]:
    """What adds up to the value; and what is rounded on the way, inside the gates."""
    inner = sum(float(np.abs(gate.from_input).sum() + np.abs(gate.from_state).sum()) for gate in work.gates)
    if work.cell == "rnn":
        return np.array([work.gates[0].value]), inner
    inner *= 1 + abs(work.before)
    if work.cell == "gru":
        z, n = work.gate("z").value, work.gate("n").value
        return np.array([(1 - z) * n, z * work.before]), inner
    if work.part == "memory":
        i, f, g = (work.gate(name).value for name in "ifg")
        return np.array([f * work.before, i * g]), inner
    return np.array([work.gate("o").value * float(np.tanh(work.memory))]), inner


def _products(weight: torch.Tensor, bias: torch.Tensor | None, line: int, x: Doubles) -> Doubles:
    products: Doubles = weight.detach()[line].numpy().astype(np.float64) * x
    return products if bias is None else np.append(products, float(bias.detach()[line]))


def _tensor(value: object, values: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
    if isinstance(value, Source):
        return values[value.layer]
    return value if torch.is_tensor(value) else None


def _row(tensor: torch.Tensor | None, row: int | None) -> Doubles:
    assert tensor is not None
    taken = tensor if row is None else tensor[row]
    array: Doubles = taken.detach().numpy().astype(np.float64)
    return array
