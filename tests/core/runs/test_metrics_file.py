"""A run's numbers survive every cut and every damaged byte: what is read is right, or ends early."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.runs.format.metrics_file import (
    EPOCHS,
    STEPS,
    Table,
    cut_to,
    progress,
    read_epochs,
    read_lines,
    read_steps,
    whole_files,
)

TABLES = pytest.mark.parametrize("table", [STEPS, EPOCHS], ids=["steps", "epochs"])


def rows_of(table: Table, count: int = 8, seed: int = 0) -> np.ndarray:
    """Numbers whose digits are many and whose lines are of different lengths."""
    rows = np.random.default_rng(seed).standard_exponential((count, len(table.columns))) ** 9
    rows[:, 0] = np.arange(1, count + 1)
    for place, name in enumerate(table.columns):
        if name in ("step", "epoch", "batch"):
            rows[:, place] = np.arange(1, count + 1) // (1 if place == 0 else 5)
    return rows


def put(folder: Path, table: Table, rows: np.ndarray) -> None:
    for name, data in whole_files(table, rows).items():
        (folder / name).write_bytes(data)


def read(folder: Path, table: Table) -> np.ndarray:
    return (read_steps if table is STEPS else read_epochs)(folder)[0]


@TABLES
def test_every_digit_comes_back_from_the_csv_alone_and_from_both(table: Table, tmp_path: Path) -> None:
    rows = rows_of(table)
    rows[3, 4], rows[5, 4] = np.inf, 5e-324
    put(tmp_path, table, rows)
    with (tmp_path / table.csv).open(newline="") as file:
        told = list(csv.DictReader(file))
    assert [[float(row[name]) for name in table.columns] for row in told] == rows.tolist()
    assert all("." not in row[table.columns[0]] for row in told)
    assert np.array_equal(read(tmp_path, table), rows)
    (tmp_path / table.fast).unlink()
    assert np.array_equal(read(tmp_path, table), rows)


@TABLES
@pytest.mark.parametrize("which", ["csv", "fast"])
def test_either_file_cut_anywhere_leaves_every_row(table: Table, which: str, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    path = tmp_path / getattr(table, which)
    data = path.read_bytes()
    for length in range(0, len(data), 3):
        path.write_bytes(data[:length])
        assert np.array_equal(read(tmp_path, table), rows), length
        if table is STEPS:
            assert progress(tmp_path) == (len(rows), rows[-1, -1])


@TABLES
@pytest.mark.parametrize("which", ["csv", "fast"])
def test_either_file_with_any_byte_damaged_leaves_every_row(table: Table, which: str, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    path = tmp_path / getattr(table, which)
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), 2):
        flip = (1, 0x20, 0xFF)[place // 2 % 3]
        data[place] ^= flip
        path.write_bytes(data)
        assert np.array_equal(read(tmp_path, table), rows), place
        if table is STEPS:
            assert progress(tmp_path) == (len(rows), rows[-1, -1])
        data[place] ^= flip


@TABLES
def test_both_files_cut_leave_a_beginning(table: Table, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    text, fast = (tmp_path / table.csv).read_bytes(), (tmp_path / table.fast).read_bytes()
    draw = np.random.default_rng(1)
    for _ in range(60):
        here, there = int(draw.integers(len(text))), int(draw.integers(len(fast)))
        (tmp_path / table.csv).write_bytes(text[:here])
        (tmp_path / table.fast).write_bytes(fast[:there])
        found = read(tmp_path, table)
        assert np.array_equal(found, rows[: len(found)])
        whole = there // (8 * (len(table.columns) + 2))
        assert len(found) >= max(whole, text[:here].count(b"\n") - 1)


@TABLES
@pytest.mark.parametrize("tail", [b"\0" * 800, b"\xff" * 333, b"9" * 80], ids=["zeros", "ones", "digits"])
def test_what_a_power_cut_leaves_behind_the_rows_is_no_row(table: Table, tail: bytes, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    for name in (table.csv, table.fast):
        with (tmp_path / name).open("ab") as file:
            file.write(tail)
    assert np.array_equal(read(tmp_path, table), rows)
    cut_to(tmp_path, table, rows)
    assert {name: (tmp_path / name).read_bytes() for name in (table.csv, table.fast)} == whole_files(table, rows)


@TABLES
def test_rows_of_another_row_s_place_are_not_believed(table: Table, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    size = 8 * (len(table.columns) + 2)
    fast = (tmp_path / table.fast).read_bytes()
    (tmp_path / table.fast).write_bytes(fast[: 4 * size] + fast[7 * size : 8 * size] + fast[5 * size :])
    assert np.array_equal(read(tmp_path, table), rows)


@TABLES
def test_a_csv_saved_by_another_program_is_repaired_when_it_is_cut(table: Table, tmp_path: Path) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    path = tmp_path / table.csv
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert np.array_equal(read(tmp_path, table), rows)
    cut_to(tmp_path, table, rows[:7])
    assert {name: (tmp_path / name).read_bytes() for name in (table.csv, table.fast)} == whole_files(table, rows[:7])


@TABLES
@pytest.mark.parametrize("left", [0, 1, 7, 8])
@pytest.mark.parametrize("harm", ["none", "no csv", "no fast", "neither", "short csv", "short fast", "header"])
def test_cutting_leaves_both_files_as_they_would_be_with_just_these_rows(
    table: Table, left: int, harm: str, tmp_path: Path
) -> None:
    rows = rows_of(table)
    put(tmp_path, table, rows)
    path, fast = tmp_path / table.csv, tmp_path / table.fast
    if harm in ("no csv", "neither"):
        path.unlink()
    if harm in ("no fast", "neither"):
        fast.unlink()
    if harm.startswith("short"):
        damaged = path if harm == "short csv" else fast
        damaged.write_bytes(damaged.read_bytes()[:50])
    if harm == "header":
        path.write_bytes(b"x" + path.read_bytes()[1:])
    cut_to(tmp_path, table, rows[:left])
    assert {name: (tmp_path / name).read_bytes() for name in (table.csv, table.fast)} == whole_files(table, rows[:left])


@pytest.mark.parametrize("text", [b"", b"\n", b"1,2\n", b"a,b,c\n", b"2,0,0\n", b"1,0,0", b"\xff\xfe,1,1\n"])
def test_a_line_that_is_not_the_next_row_ends_the_file(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(text)
    rows, end = read_lines(tmp_path / "a.csv", 0, 3, 1)
    assert rows.shape == (0, 3)
    assert end == 0
    assert read_lines(tmp_path / "none.csv", 5, 3, 1)[1] == 5
