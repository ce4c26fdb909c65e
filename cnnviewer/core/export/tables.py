"""A training's numbers as files for other programs: one tidy CSV, or JSON. Every digit is kept."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from typing import Final

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
_AS_LOSS: Final = {"loss": "train_loss", "accuracy": "train_accuracy"}


def metrics_csv(log: MetricLog, facts: Mapping[str, object]) -> bytes:
    """The log as one table with a row for each step and each epoch, in the order they happened.

    `kind` is `step` (numbers of one batch, before its step) or `epoch` (`loss` and `accuracy` gathered while
    training). Cells that do not apply are empty; NaN and infinity are `nan` and `inf`. Each of `facts` is a column
    with the same value in every row; one named like a column of the log is called `run_` and its name. UTF-8,
    comma, header in the first line, no comments: `pandas.read_csv(path)` reads it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*CSV_COLUMNS, *(f"run_{name}" if name in CSV_COLUMNS else name for name in facts)))
    constant = [_cell(value) for value in facts.values()]
    steps, epochs = _steps(log), _epochs(log)
    rows = [(step, 0, number) for number, step in enumerate(steps["step"])]
    rows += [(step, 1, number) for number, step in enumerate(epochs["step"])]
    step_cells = [steps.get(name) for name in CSV_COLUMNS[1:]]
    epoch_cells = [epochs.get(_AS_LOSS.get(name, name)) for name in CSV_COLUMNS[1:]]
    for _, is_epoch, number in sorted(rows):  # an epoch comes after its last step
        columns = epoch_cells if is_epoch else step_cells
        cells = ["" if column is None else _cell(column[number]) for column in columns]
        writer.writerow(("epoch" if is_epoch else "step", *cells, *constant))
    return text.getvalue().encode("utf-8")


def metrics_json(log: MetricLog, facts: Mapping[str, object]) -> bytes:
    """The log as `{"facts": {...}, "steps": {column: [...]}, "epochs": {column: [...]}}`, UTF-8.

    Columns are those of `STEP_COLUMNS` and `EPOCH_COLUMNS`. JSON has no NaN and no infinity: they are `null`.
    Facts that are not text, numbers, truth values, lists or objects are written as text.
    """
    document = {
        "facts": {name: _plain(value) for name, value in facts.items()},
        "steps": {name: _finite(values) for name, values in _steps(log).items()},
        "epochs": {name: _finite(values) for name, values in _epochs(log).items()},
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"


def _steps(log: MetricLog) -> dict[str, list[float]]:
    count = log.step_count  # once: the training may go on while this is read
    return {name: _numbers(name, log.steps(name)[:count].tolist()) for name in STEP_COLUMNS}


def _epochs(log: MetricLog) -> dict[str, list[float]]:
    count = log.epoch_count
    return {name: _numbers(name, log.epochs(name)[:count].tolist()) for name in EPOCH_COLUMNS}


def _numbers(name: str, values: list[float]) -> list[float]:
    return [int(value) for value in values] if name in _COUNTS else values


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _finite(values: list[float]) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values]


def _plain(value: object) -> object:
    """`value` as JSON can say it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)
