"""Tables that spreadsheets open as they are."""

import csv
import io
import math

import pytest

from cnnviewer.core.export.csv_table import cell, csv_bytes


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.5, "-0.5"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (7, "7"),
        ("한글 🐱", "한글 🐱"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("-1", "-1"),
        ("+1.5E-3", "+1.5E-3"),
        ("-inf", "'-inf"),
        ("+nan", "'+nan"),
        ("-1_000", "'-1_000"),
        ("1e-5", "1e-5"),
        ("two\nlines", "two\\nlines"),
        ("\udcef", "\\udcef"),
        ("\x00", "\\x00"),
    ],
)
def test_a_cell_keeps_every_digit_and_is_never_a_formula(value: object, written: str) -> None:
    assert cell(value) == written


def test_excel_knows_the_encoding_and_readers_the_columns() -> None:
    data = csv_bytes(("이름", "x"), [("a,b", 1.5), ('"', None)])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [["이름", "x"], ["a,b", "1.5"], ['"', ""]]
