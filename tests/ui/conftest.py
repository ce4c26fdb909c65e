"""What every test of a widget is held to."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from cnnviewer.ui.widgets import text_size
from tests.leftovers import nothing_is_left_behind  # noqa: F401  - for every test here


@pytest.fixture(autouse=True)
def nothing_is_dressed_as_the_test_before_left_it() -> Iterator[None]:
    """A window that was launched leaves its style sheet and its size of text to the application of this process."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.styleSheet():
        app.setStyleSheet("")
    if isinstance(app, QApplication) and text_size._system is not None and QApplication.font() != text_size._system:
        QApplication.setFont(text_size._system)
    font = QApplication.font() if app is not None else None
    yield
    if font is not None and QApplication.font() != font:
        QApplication.setFont(font)
