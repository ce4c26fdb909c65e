"""Recurrent layers by their gates: LSTM, GRU and plain cells, and any time step of a sequence, whichever way it runs.

The equations are those of `torch.nn.LSTMCell` (i, f, g, o in this order in the weights), `GRUCell` (r, z, n) and
`RNNCell`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.arrays import doubles_of
from cnnviewer.core.inspection.explain.group_records import Doubles, Gate, Gated
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation

RECURRENT = frozenset({"lstmcell", "grucell", "rnncell", "lstm", "gru", "rnn"})
Values = Mapping[str, torch.Tensor]


def gated(step: TracedOperation, values: Values, place: tuple[int, ...]) -> Gated | None:
    """One unit of a recurrent layer; None where it projects its output."""
    module = step.target
    given, state = _tensor(step.operand(0, "input"), values), _states(step.operand(1, "hx"), values)
    if given is None or state is None:
        return None
    if isinstance(module, nn.RNNCellBase):
        row = place[0] if given.ndim > 1 else None
        h, c = (_row(each, row, module.hidden_size) for each in (*state, None, None)[:2])
        return _unit(module, doubles_of(given if row is None else given[row]), h, c, place[-1], step.part == 1)
    if isinstance(module, nn.RNNBase) and not module.proj_size:
        return _snapshot(module, step, given, state, place)
    return None


def _snapshot(
    module: nn.RNNBase, step: TracedOperation, given: torch.Tensor, state: list[torch.Tensor], place: tuple[int, ...]
) -> Gated | None:
    """A unit of the outputs `(time, …)`, or of the last states `(layer, …)`.

    A layer that runs both ways has two cells, the second of which takes the sequence from its end; the outputs of both
    stand beside each other.
    """
    outputs, ways = step.part in (0, None), 1 + module.bidirectional
    batched = given.ndim == 3
    rows = 0 if module.batch_first else 1
    batch = (place[rows] if outputs else place[1]) if batched else 0
    sequence = doubles_of(given.select(rows, batch) if batched else given)

    def start(number: int) -> tuple[Doubles, Doubles]:
        before = [doubles_of(each[number, batch] if batched else each[number]) for each in state]
        h, c = (*before, np.zeros(module.hidden_size), np.zeros(module.hidden_size))[:2]
        return h, c

    depth, way = (module.num_layers - 1, place[-1] // module.hidden_size) if outputs else divmod(place[0], ways)
    for layer in range(depth):
        above = []
        for other in range(ways):
            cell, line = _cell_of(module, layer, other), sequence[::-1] if other else sequence
            hidden = np.stack([h for h, _ in _run(cell, line, *start(layer * ways + other))])
            above.append(hidden[::-1] if other else hidden)
        sequence = np.concatenate(above, axis=1)
    cell, line = _cell_of(module, depth, way), sequence[::-1] if way else sequence
    time = place[1 - rows if batched else 0] if outputs else len(line) - 1
    last = len(line) - 1 - time if outputs and way else time
    first = start(depth * ways + way)
    h, c = [first, *_run(cell, line[:last], *first)][-1]
    return _unit(cell, line[last], h, c, place[-1] % module.hidden_size, step.part == (1, 1))


def _run(cell: nn.RNNCellBase, line: Doubles, h: Doubles, c: Doubles) -> list[tuple[Doubles, Doubles]]:
    """The states after each time step."""
    states = []
    for x in line:
        h, c = _stepped(cell, x, h, c)
        states.append((h, c))
    return states


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


def _cell_of(module: nn.RNNBase, layer: int, way: int) -> nn.RNNCellBase:
    """The cell that one layer of a sequence repeats, in float64; `way` 1 is that which runs backward."""
    names = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if module.bias else ()))
    weights = {name: getattr(module, f"{name}_l{layer}{'_reverse' * way}").detach().to(torch.float64) for name in names}
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
    products: Doubles = doubles_of(weight[line]) * x
    return products if bias is None else np.append(products, float(bias.detach()[line]))


def _states(state: object, values: Values) -> list[torch.Tensor] | None:
    """The states given, none without; None where one is no tensor."""
    given = list(state) if isinstance(state, (tuple, list)) else [] if state is None else [state]
    found = [_tensor(each, values) for each in given]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _tensor(value: object, values: Values) -> torch.Tensor | None:
    if isinstance(value, OperandSource):
        return values[value.layer]
    return value if isinstance(value, torch.Tensor) else None


def _row(tensor: torch.Tensor | None, row: int | None, size: int) -> Doubles:
    if tensor is None:
        return np.zeros(size)
    return doubles_of(tensor if row is None else tensor[row])
