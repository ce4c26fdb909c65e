"""The numbers of a run as two CSV files that grow line by line, and the same once more for the computer.

`steps.csv` and `epochs.csv` are what counts: `pandas.read_csv` reads them, a crash costs at most a half-written last
line. `steps.f64` repeats `steps.csv` as little-endian float64, nine a row, the ninth the length of the CSV up to that
row's end: a million steps open at once through it. It is only believed where that fits the CSV.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS

Rows = npt.NDArray[np.float64]  # (N, columns)

STEPS_FILE, EPOCHS_FILE, FAST_FILE = "steps.csv", "epochs.csv", "steps.f64"
STEPS_HEADER: Final = (",".join(STEP_COLUMNS) + "\n").encode()
EPOCHS_HEADER: Final = (",".join(EPOCH_COLUMNS) + "\n").encode()
_WHOLE: Final = frozenset({"step", "epoch", "batch"})
_WIDTH: Final = len(STEP_COLUMNS) + 1


def csv_lines(rows: Iterable[Iterable[float]], columns: tuple[str, ...]) -> list[bytes]:
    """Each row as a line of CSV, every digit kept."""
    whole = [name in _WHOLE for name in columns]
    return [
        (",".join(repr(int(v)) if w else repr(float(v)) for v, w in zip(row, whole, strict=True)) + "\n").encode()
        for row in rows
    ]


def fast_rows(rows: Iterable[Iterable[float]], lines: list[bytes], offset: int) -> bytes:
    """The same rows for `steps.f64`; `offset` is the length of `steps.csv` before `lines`."""
    if not lines:
        return b""
    table = np.empty((len(lines), _WIDTH), "<f8")
    table[:, :-1] = list(rows)
    table[:, -1] = offset + np.cumsum([len(line) for line in lines])
    return table.tobytes()


def read_steps(folder: Path) -> tuple[Rows, int]:
    """Every whole row of `steps.csv`, `(N, 8)`, and how many bytes of the file they are; none where it is missing."""
    path = folder / STEPS_FILE
    try:
        size = path.stat().st_size
    except OSError:
        return np.empty((0, len(STEP_COLUMNS))), 0
    fast = _believable(folder / FAST_FILE, path, size)
    if fast is None:
        return read_lines(path, len(STEPS_HEADER), len(STEP_COLUMNS))
    begin = int(fast[-1, -1])
    rest, end = read_lines(path, begin, len(STEP_COLUMNS))
    return np.concatenate([fast[:, :-1], rest]), end


def read_epochs(folder: Path) -> tuple[Rows, int]:
    """Every whole row of `epochs.csv`, `(N, 7)`, and how many bytes of the file they are."""
    return read_lines(folder / EPOCHS_FILE, len(EPOCHS_HEADER), len(EPOCH_COLUMNS))


def read_lines(path: Path, begin: int, columns: int) -> tuple[Rows, int]:
    """The whole rows of a CSV file from byte `begin` on, and the byte after them. A damaged line ends it."""
    try:
        with path.open("rb") as file:
            file.seek(begin)
            text = file.read()
    except OSError:
        return np.empty((0, columns)), begin
    text = text[: text.rfind(b"\n") + 1]
    rows: list[list[float]] = []
    end = begin
    for line in text.splitlines(keepends=True):
        cells = line.split(b",")
        if len(cells) != columns:
            break
        try:
            rows.append([float(cell) for cell in cells])
        except ValueError:
            break
        end += len(line)
    return np.array(rows, dtype=np.float64).reshape(-1, columns), end


def cut_after(folder: Path, step: int) -> None:
    """Shorten `steps.csv` and `steps.f64` to the first `step` rows, and see to it that the disk has them so."""
    steps, fast = folder / STEPS_FILE, folder / FAST_FILE
    known = _believable(fast, steps, steps.stat().st_size)
    if known is not None and len(known) >= step:
        length = int(known[step - 1, -1]) if step else len(STEPS_HEADER)
        _cut(steps, length)
        _cut(fast, 8 * _WIDTH * step)
        return
    rows = read_steps(folder)[0][:step].tolist()
    lines = csv_lines(rows, STEP_COLUMNS)
    _cut(steps, len(STEPS_HEADER) + sum(map(len, lines)))
    write_atomically(fast, fast_rows(rows, lines, len(STEPS_HEADER)))


def _cut(path: Path, length: int) -> None:
    with path.open("r+b") as file:
        file.truncate(length)
        file.flush()
        os.fsync(file.fileno())


def _believable(fast: Path, csv: Path, csv_size: int) -> Rows | None:
    """The rows of `steps.f64` whose last one stands word for word at its place in the CSV; None without such."""
    try:
        count = fast.stat().st_size // (8 * _WIDTH)
        if count == 0:
            return None
        table = np.memmap(fast, "<f8", "r", shape=(count, _WIDTH))
        ends = table[:, -1]
        count = int(np.searchsorted(ends, csv_size, side="right"))
        if count == 0 or not np.all(np.diff(ends[:count][-1000:]) > 0):
            return None
        last = np.array(table[count - 1])
        line = csv_lines([last[:-1]], STEP_COLUMNS)[0]
        with csv.open("rb") as file:
            file.seek(int(last[-1]) - len(line))
            if file.read(len(line)) != line:
                return None
        return table[:count]
    except (OSError, ValueError, OverflowError):
        return None
