"""Recurrent layers by their gates: LSTM, GRU and plain cells, and any moment of a sequence that runs one way.

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

RECURRENT = frozenset({"lstmcell", "grucell", "rnncell", "lstm", "gru", "rnn"})
Values = Mapping[str, torch.Tensor]


def gated(step: Step, values: Values, place: tuple[int, ...]) -> Gated | None:
    """One unit of a recurrent layer; None where it runs both ways, or projects its output."""
    module = step.target
    given, state = _tensor(step.operand(0, "input"), values), _states(step.operand(1, "hx"), values)
    if given is None or state is None:
        return None
    if isinstance(module, nn.RNNCellBase):
        row = place[0] if given.ndim > 1 else None
        h, c = (_row(each, row, module.hidden_size) for each in (*state, None, None)[:2])
        return _unit(module, _doubles(given if row is None else given[row]), h, c, place[-1], step.part == 1)
    if isinstance(module, nn.RNNBase) and not module.bidirectional and not module.proj_size:
        return _moment(module, step, given, state, place)
    return None


def _moment(
    module: nn.RNNBase, step: Step, given: torch.Tensor, state: list[torch.Tensor], place: tuple[int, ...]
) -> Gated | None:
    """A unit of the outputs `(time, …)`, or of the last states `(layer, …)`."""
    outputs = step.part in (0, None)
    batched = given.ndim == 3
    rows = 0 if module.batch_first else 1
    batch = (place[rows] if outputs else place[1]) if batched else 0
    sequence = _doubles(given.select(rows, batch) if batched else given)
    last = place[1 - rows if batched else 0] if outputs else len(sequence) - 1
    depth = module.num_layers - 1 if outputs else place[0]
    h, c = np.zeros(module.hidden_size), np.zeros(module.hidden_size)
    for layer in range(depth + 1):
        cell = _cell_of(module, layer)
        starts = [_doubles(each[layer, batch] if batched else each[layer]) for each in state]
        h, c = (*starts, np.zeros(module.hidden_size), np.zeros(module.hidden_size))[:2] if starts else (h * 0, c * 0)
        above = []
        for moment in range(last if layer == depth else last + 1):
            h, c = _stepped(cell, sequence[moment], h, c)
            above.append(h)
        if layer < depth:
            sequence = np.stack(above)
    return _unit(cell, sequence[last], h, c, place[-1], step.part == (1, 1))


def _unit(cell: nn.RNNCellBase, x: Doubles, h: Doubles, c: Doubles, unit: int, memory: bool) -> Gated | None:
    """The gates of one unit, from the input, and the state before."""

    def gate(number: int, name: str, function: Literal["sigmoid", "tanh", "relu"], factor: float = 1.0) -> Gate:
        line = number * cell.hidden_size + unit
        return Gate(
            name,
            function,
            _products(cell.weight_ih, cell.bias_ih, line, x),
            _products(cell.weight_hh, cell.bias_hh, line, h),
            factor,
        )

    if isinstance(cell, nn.LSTMCell):
        i, f, g = gate(0, "i", "sigmoid"), gate(1, "f", "sigmoid"), gate(2, "g", "tanh")
        after = f.value * float(c[unit]) + i.value * g.value
        return Gated(
            "lstm", "memory" if memory else "output", (i, f, g, gate(3, "o", "sigmoid")), float(c[unit]), after
        )
    if isinstance(cell, nn.GRUCell):
        reset, update = gate(0, "r", "sigmoid"), gate(1, "z", "sigmoid")
        return Gated("gru", "output", (reset, update, gate(2, "n", "tanh", reset.value)), float(h[unit]))
    if isinstance(cell, nn.RNNCell):
        return Gated("rnn", "output", (gate(0, "h", "relu" if cell.nonlinearity == "relu" else "tanh"),))
    return None


def gated_terms(work: Gated) -> tuple[Doubles, float]:
    """What adds up to the value; and what is rounded on the way, inside the gates."""
    inner = sum(float(np.abs(gate.from_input).sum() + np.abs(gate.from_state).sum()) for gate in work.gates)
    inner *= 1 + abs(work.before)
    if work.cell == "rnn":
        return np.array([work.gates[0].value]), inner
    if work.cell == "gru":
        z, n = work.gate("z").value, work.gate("n").value
        return np.array([(1 - z) * n, z * work.before]), inner
    if work.part == "memory":
        i, f, g = (work.gate(name).value for name in "ifg")
        return np.array([f * work.before, i * g]), inner
    return np.array([work.gate("o").value * float(np.tanh(work.memory))]), inner


def _cell_of(module: nn.RNNBase, layer: int) -> nn.RNNCellBase:
    """The cell that one layer of a sequence repeats, in float64."""
    names = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if module.bias else ()))
    weights = {name: getattr(module, f"{name}_l{layer}").detach().to(torch.float64) for name in names}
    with torch.device("meta"):
        cell: nn.RNNCellBase
        inputs, size, bias = weights["weight_ih"].shape[1], module.hidden_size, module.bias
        if module.mode == "LSTM":
            cell = nn.LSTMCell(inputs, size, bias)
        elif module.mode == "GRU":
            cell = nn.GRUCell(inputs, size, bias)
        else:
            cell = nn.RNNCell(inputs, size, bias, nonlinearity=module.mode.removeprefix("RNN_").lower())
    cell.load_state_dict(weights, assign=True)
    return cell


def _stepped(cell: nn.RNNCellBase, x: Doubles, h: Doubles, c: Doubles) -> tuple[Doubles, Doubles]:
    with torch.inference_mode():
        given, before = torch.from_numpy(x), (torch.from_numpy(h), torch.from_numpy(c))
        after = cell(given, before if isinstance(cell, nn.LSTMCell) else before[0])
    return (after[0].numpy(), after[1].numpy()) if isinstance(after, tuple) else (after.numpy(), c)


def _products(weight: torch.Tensor, bias: torch.Tensor | None, line: int, x: Doubles) -> Doubles:
    products: Doubles = _doubles(weight[line]) * x
    return products if bias is None else np.append(products, float(bias.detach()[line]))


def _states(state: object, values: Values) -> list[torch.Tensor] | None:
    """The states given, none without; None where one is no tensor."""
    given = list(state) if isinstance(state, (tuple, list)) else [] if state is None else [state]
    found = [_tensor(each, values) for each in given]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _tensor(value: object, values: Values) -> torch.Tensor | None:
    if isinstance(value, Source):
        return values[value.layer]
    return value if isinstance(value, torch.Tensor) else None


def _row(tensor: torch.Tensor | None, row: int | None, size: int) -> Doubles:
    if tensor is None:
        return np.zeros(size)
    return _doubles(tensor if row is None else tensor[row])


def _doubles(tensor: torch.Tensor) -> Doubles:
    array: Doubles = tensor.detach().numpy().astype(np.float64)
    return array
