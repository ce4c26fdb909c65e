"""A run's metrics as two CSV files that grow line by line, each with a checksummed binary copy for fast loading.

`steps.csv` and `epochs.csv` are for people and `pandas.read_csv`; a crash costs at most a half-written last line.
`steps.f64` and `epochs.f64` are the binary copies: little-endian; each row holds the CSV's columns as float64, then the
length of the CSV up to that row's end, then a row checksum, both of 64 bits. A million steps load at once, and a
damaged CSV is still read correctly. Rows count up from 1: the first that is not the next row ends the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.training.metric_log import EPOCH_COLUMNS, STEP_COLUMNS

Rows = npt.NDArray[np.float64]  # (N, columns)
_Bits = npt.NDArray[np.uint64]

_WHOLE: Final = frozenset({"step", "epoch", "batch"})
_BLOCK: Final = 2**15  # rows checked at once: they fit into the processor's cache


@dataclass(frozen=True)
class Table:
    """A pair of files.

    Attributes:
        csv: name of the CSV file.
        fast: name of the binary copy.
        columns: of the CSV; the first one counts the rows from 1.

    """

    csv: str
    fast: str
    columns: tuple[str, ...]

    @property
    def header(self) -> bytes:
        """The CSV's first line."""
        return (",".join(self.columns) + "\n").encode()

    @property
    def row_size(self) -> int:
        """Bytes of a row in the binary copy."""
        return 8 * (len(self.columns) + 2)

    def lines(self, rows: Iterable[Iterable[float]]) -> list[bytes]:
        """Each row as a line of CSV, every digit kept."""
        whole = [name in _WHOLE for name in self.columns]
        return [
            (",".join(repr(int(v)) if w else repr(float(v)) for v, w in zip(row, whole, strict=True)) + "\n").encode()
            for row in rows
        ]

    def fast_rows(self, rows: Rows, lines: list[bytes], offset: int) -> bytes:
        """The rows as bytes of the binary copy; `offset` is the length of the CSV before `lines`."""
        bits = np.empty((len(lines), len(self.columns) + 2), "<u8")
        bits[:, :-2] = np.ascontiguousarray(rows, "<f8").view("<u8")
        bits[:, -2] = offset + np.cumsum([len(line) for line in lines], dtype=np.uint64)
        bits[:, -1] = _check(bits)
        return bits.tobytes()


STEPS: Final = Table("steps.csv", "steps.f64", STEP_COLUMNS)
EPOCHS: Final = Table("epochs.csv", "epochs.f64", EPOCH_COLUMNS)
STEPS_FILE, EPOCHS_FILE = STEPS.csv, EPOCHS.csv


def read_steps(folder: Path) -> tuple[Rows, int]:
    """Every whole row of the steps, `(N, 8)`, and how many bytes of `steps.csv` they are; none where it is missing."""
    return _read(folder, STEPS)


def read_epochs(folder: Path) -> tuple[Rows, int]:
    """Every whole row of the epochs, `(N, 7)`, and how many bytes of `epochs.csv` they are."""
    return _read(folder, EPOCHS)


def progress(folder: Path) -> tuple[int, float]:
    """How many steps there are, and the seconds up to the last one, usually from the ends of the files alone."""
    width = len(STEPS.columns)
    size = 8 * (width + 2)
    try:
        with opened(folder / STEPS.fast) as file:
            count = os.fstat(file.fileno()).st_size // size
            file.seek((count - 1) * size if count else 0)
            bits = np.frombuffer(file.read(size), "<u8").reshape(-1, width + 2)
    except (OSError, ValueError):
        return _progress(read_steps(folder)[0])
    if not count or bits[0, -1] != _check(bits)[0] or bits[0, :1].view("<f8")[0] != count:
        return _progress(read_steps(folder)[0])
    later = read_lines(folder / STEPS.csv, int(bits[0, -2]), width, count + 1)[0]
    return _progress(later if len(later) else bits[:, :width].view("<f8"))


def _progress(rows: Rows) -> tuple[int, float]:
    """Step and seconds of the last row; 0 of none."""
    if not len(rows):
        return 0, 0.0
    return int(rows[-1, 0]), float(rows[-1, STEPS.columns.index("seconds")])


def read_lines(path: Path, begin: int, columns: int, first: int) -> tuple[Rows, int]:
    """The whole rows of a CSV file from byte `begin` on, and the byte after them.

    The first line that is no row, or not the next one from `first` on, ends the rows.
    """
    try:
        with opened(path) as file:
            file.seek(begin)
            text = file.read()
    except (OSError, ValueError):  # ValueError: a damaged binary copy can name any offset
        return np.empty((0, columns)), begin
    text = text[: text.rfind(b"\n") + 1]
    rows: list[list[float]] = []
    end = begin
    for line in text.splitlines(keepends=True):
        try:
            row = [float(cell) for cell in line.split(b",")]
        except ValueError:
            break
        if len(row) != columns or row[0] != first + len(rows):
            break
        rows.append(row)
        end += len(line)
    return np.array(rows, dtype=np.float64).reshape(-1, columns), end


def whole_files(table: Table, rows: Rows) -> dict[str, bytes]:
    """Both files of a table with just these rows, by name."""
    header, lines = table.header, table.lines(rows.tolist())
    return {table.csv: header + b"".join(lines), table.fast: table.fast_rows(rows, lines, len(header))}


def cut_to(folder: Path, table: Table, rows: Rows) -> None:
    """Cut a table's files after `rows`, with which they begin, and fsync them.

    Damaged files are rewritten.

    Raises:
        OSError, UserError: they cannot be written.
    """
    csv, fast = folder / table.csv, folder / table.fast
    length = _length_of_whole(csv, fast, table, rows)
    if length is not None:
        _cut(fast, table.row_size * len(rows))  # first: it is never longer than the CSV
        _cut(csv, length)
        return
    fast.unlink(missing_ok=True)
    for name, data in whole_files(table, rows).items():
        write_atomically(folder / name, data)


def _read(folder: Path, table: Table) -> tuple[Rows, int]:
    known, ends = _read_fast(folder / table.fast, len(table.columns))
    begin = int(ends[-1]) if len(ends) else len(table.header)
    rest, end = read_lines(folder / table.csv, begin, len(table.columns), len(known) + 1)
    return (np.concatenate([known, rest]) if len(rest) else known), end


def _read_fast(path: Path, width: int) -> tuple[Rows, _Bits]:
    """The rows `(N, width)` of a binary copy up to the first damaged one, and their ends in the CSV.

    Read, not memory-mapped: a reading process would crash when the file becomes shorter.
    """
    try:
        with opened(path) as file:
            count = os.fstat(file.fileno()).st_size // (8 * (width + 2))
            rows, ends = np.empty((count, width)), np.empty(count, np.uint64)
            done, before = 0, np.zeros(1, np.uint64)
            while done < count:
                size = 8 * (width + 2) * min(_BLOCK, count - done)
                text = file.read(size)
                bits = np.frombuffer(text[: len(text) - len(text) % (8 * (width + 2))], "<u8").reshape(-1, width + 2)
                numbers = np.arange(done + 1, done + len(bits) + 1, dtype=np.float64).view(np.uint64)
                good = (bits[:, -1] == _check(bits)) & (bits[:, 0] == numbers)
                good &= np.concatenate([before, bits[:-1, -2]])[: len(bits)] < bits[:, -2]
                sound = len(bits) if good.all() else int(np.argmin(good))
                rows[done : done + sound] = bits[:sound, :width].view("<f8")
                ends[done : done + sound] = bits[:sound, -2]
                done += sound
                if 8 * (width + 2) * sound < size:
                    break
                before = bits[-1:, -2]
            return rows[:done], ends[:done]
    except OSError:
        return np.empty((0, width)), np.empty(0, np.uint64)


def _check(bits: _Bits) -> _Bits:
    """Checksums of all columns but the last, `(N,)`: any change in a column changes it; that of zeros is not zero."""
    check = np.full(len(bits), 0x9E3779B97F4A7C15, np.uint64)
    for column in range(bits.shape[1] - 1):
        check = (check << np.uint64(7)) | (check >> np.uint64(57))
        check ^= bits[:, column]
    return check


def _length_of_whole(csv: Path, fast: Path, table: Table, rows: Rows) -> int | None:
    """Length of the CSV with just `rows`, if both files are undamaged up to there; else None."""
    _, ends = _read_fast(fast, len(table.columns))
    if len(ends) < len(rows) or not fast.is_file():
        return None
    length = int(ends[len(rows) - 1]) if len(rows) else len(table.header)
    try:
        with opened(csv) as file:
            text = file.read(length)
    except OSError:
        return None
    last = table.lines(rows[-1:].tolist())
    sound = len(text) == length and text.count(b"\n") == len(rows) + 1
    return length if sound and text.startswith(table.header) and text.endswith(b"".join(last)) else None


def _cut(path: Path, length: int) -> None:
    with path.open("r+b") as file:
        file.truncate(length)
        file.flush()
        os.fsync(file.fileno())
