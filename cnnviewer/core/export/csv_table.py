"""Tables as `.csv` files for other programs: spreadsheets open them as they are, `pandas.read_csv(path)` reads them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from cnnviewer.core.plain_text import visible

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)  # not -inf or -1_000: formulas
_FORMULA = tuple("=+-@＝＋－＠")  # the broad ones count in Japanese and Korean spreadsheets


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table with its headings in the first line, comma between cells, no comments.

    UTF-8 with the mark by which Excel knows it (else Korean is garbled), which pandas leaves out.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_line(row: Sequence[object]) -> str:
    """One row as a line, its end included; see `csv_bytes`."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([cell(value) for value in row])
    return text.getvalue()


def cell(value: object) -> str:
    r"""A value as a cell: every digit of a number, nothing for None, text that no spreadsheet takes for a formula.

    NaN and infinity are `nan` and `inf`. Text that begins as a formula does has an apostrophe before it, as one would
    type it; a control character is written as `\n` or `\x1b`.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str):
        return str(value)
    shown = visible(value)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(shown) else shown
