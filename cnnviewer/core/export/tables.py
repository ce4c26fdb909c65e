"""A training's numbers as files for other programs: one tidy CSV, or JSON. Every digit is kept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.export.csv_table import csv_bytes, csv_line
from cnnviewer.core.json_text import json_text, plain
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS, MetricLog

CSV_COLUMNS: Final = (
    "kind",
    "step",
    "epoch",
    "batch",
    "loss",
    "accuracy",
    "validation_loss",
    "validation_accuracy",
    "learning_rate",
    "momentum",
    "seconds",
)
_COUNTS: Final = frozenset({"step", "epoch", "batch"})
_BLOCK: Final = 2**14  # rows that are text at once
_AS_LOSS: Final = {"loss": "train_loss", "accuracy": "train_accuracy"}


def metrics_csv(log: MetricLog, facts: Mapping[str, object]) -> Iterator[bytes]:
    """The log as one table with a row for each step and each epoch, in the order they happened, part by part.

    `kind` is `step` (numbers of one batch, before its step) or `epoch` (`loss` and `accuracy` gathered while
    training). Cells that do not apply are empty; NaN and infinity are `nan` and `inf`. Each of `facts` is a column
    with the same value in every row; one named like a column of the log is called `run_` and its name. However long
    the log is, only a few thousand rows are in memory as text.
    """
    yield csv_bytes((*CSV_COLUMNS, *(f"run_{name}" if name in CSV_COLUMNS else name for name in facts)), ())
    constant = csv_line(tuple(facts.values()))
    end = f",{constant}" if facts else "\n"
    count = log.step_count  # once: the training may go on while this is read
    epochs = _epochs(log)
    places = np.searchsorted(log.steps("step")[:count], epochs["step"], side="right")  # after so many steps
    lines = [_epoch_line({name: values[row] for name, values in epochs.items()}, end) for row in range(len(places))]
    yield "".join(line for line, place in zip(lines, places, strict=True) if place == 0).encode()
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        text = _step_lines(log, start, stop, end)
        for row in reversed(np.flatnonzero((places > start) & (places <= stop)).tolist()):
            text.insert(int(places[row]) - start, lines[row])  # an epoch comes after its last step
        yield "".join(text).encode()


def _step_lines(log: MetricLog, start: int, stop: int, end: str) -> list[str]:
    """The steps of some rows, a line each, that ends with `end`."""
    columns = [_texts(log.steps(name)[start:stop], name in _COUNTS) for name in STEP_COLUMNS]
    return [
        f"step,{step},{epoch},{batch},{loss},{accuracy},,,{rate},{momentum},{seconds}{end}"
        for step, epoch, batch, loss, accuracy, rate, momentum, seconds in zip(*columns, strict=True)
    ]


def _epoch_line(values: Mapping[str, float], end: str) -> str:
    cells = (values.get(_AS_LOSS.get(name, name)) for name in CSV_COLUMNS[1:])
    return ",".join(["epoch", *("" if value is None else repr(value) for value in cells)]) + end


def _texts(values: npt.NDArray[np.float64], whole: bool) -> list[str]:
    """Numbers with every digit; what comes often, such as a learning rate, is written once."""
    if whole:
        return list(map(str, values.astype(np.int64).tolist()))
    different, places = np.unique(values, return_inverse=True, equal_nan=True)
    if 2 * len(different) > len(values):
        return list(map(repr, values.tolist()))
    texts = list(map(repr, different.tolist()))
    return [texts[place] for place in places.tolist()]


def metrics_json(log: MetricLog, facts: Mapping[str, object]) -> bytes:
    """The log as `{"facts": {...}, "steps": {column: [...]}, "epochs": {column: [...]}}`.

    Columns are those of `STEP_COLUMNS` and `EPOCH_COLUMNS`. JSON has no NaN and no infinity: they are `null`.
    """
    document = {
        "facts": plain(facts),
        "steps": {name: _finite(values) for name, values in _steps(log).items()},
        "epochs": {name: _finite(values) for name, values in _epochs(log).items()},
    }
    return json_text(document).encode() + b"\n"


def _steps(log: MetricLog) -> dict[str, list[float]]:
    count = log.step_count  # once: the training may go on while this is read
    return {name: _numbers(name, log.steps(name)[:count].tolist()) for name in STEP_COLUMNS}


def _epochs(log: MetricLog) -> dict[str, list[float]]:
    count = log.epoch_count
    return {name: _numbers(name, log.epochs(name)[:count].tolist()) for name in EPOCH_COLUMNS}


def _numbers(name: str, values: list[float]) -> list[float]:
    return [int(value) for value in values] if name in _COUNTS else values


def _finite(values: list[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]
