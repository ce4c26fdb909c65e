"""What widgets do alike is written in one place. These tests count what can be counted."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ONCE = {
    "keeping fonts and colours for painting": (r"PaintStyle\(theme\(\)", {"cnnviewer/ui/widgets/styled.py"}),
    "making them again for another font": (r"QEvent\.Type\.FontChange", {"cnnviewer/ui/widgets/styled.py"}),
    "laying texts out": (r"QStaticText\(", {"cnnviewer/ui/widgets/text_cache.py"}),
    "painting text": (r"\.draw(Static)?Text\(", {"cnnviewer/ui/widgets/painted_text.py"}),
    "choosing letters for a colour": (r"0\.(587|2126)\b", {"cnnviewer/ui/widgets/text_colour.py"}),
    "placing values on a logarithmic axis": (r"np\.log10\(values, where", {"cnnviewer/ui/widgets/metric_plot.py"}),
    "telling a table how many records there are": (r"def rowCount", {"cnnviewer/ui/widgets/record_table.py"}),
    "reading the arrow keys": (r"Key_(Left|Right|Up|Down)\b", {"cnnviewer/ui/widgets/cell_grid.py"}),
    "sleeping until there is a request": (r"self\._woken = ", {"cnnviewer/runtime/waking_thread.py"}),
    "saying what the operating system says of an error": (
        r"getattr\(error, \"strerror\"|error\.strerror",
        {"cnnviewer/core/error_text.py"},
    ),
    "showing what a presenter says": (r"notify\.show_(error|info)\b", {"cnnviewer/presenters/presenter.py"}),
    "finding the cell of a grid under the pointer": (r"math\.floor\(\(point", {"cnnviewer/ui/widgets/cell_grid.py"}),
    "keeping a pane for each column compared": (r"self\._panes\.pop\(", {"cnnviewer/ui/compare/panes.py"}),
    "repainting a viewport for the focus": (
        r"focusInEvent\(event\)\n +self\.viewport\(\)\.update",
        {"cnnviewer/ui/widgets/focus.py", "cnnviewer/ui/widgets/number_plot.py"},  # one of pyqtgraph's classes
    ),
    "saying whether a page is in front": (r"self\.seen_changed\.emit\(", {"cnnviewer/ui/widgets/seen.py"}),
    "leading a model's layers through the tape": (r"listener\.tape = ", {"cnnviewer/core/inspection/recorder.py"}),
    "taking the kind of a device from its key": (
        r"[dD]evice.*\.partition\(",
        {"cnnviewer/core/training/devices.py"},
    ),
    "setting texts again in another language": (
        r"QEvent\.Type\.LanguageChange",
        {"cnnviewer/ui/widgets/translated.py"},
    ),
}


def _files_with(pattern: str) -> set[str]:
    files = (ROOT / "cnnviewer").rglob("*.py")
    return {file.relative_to(ROOT).as_posix() for file in files if re.search(pattern, file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("what", ONCE)
def test_a_pattern_is_written_in_one_place(what):
    pattern, places = ONCE[what]
    assert _files_with(pattern) == places
