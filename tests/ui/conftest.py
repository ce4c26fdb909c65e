"""What every test of a widget is held to."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.leftovers import nothing_is_left_behind  # noqa: F401  - for every test here


@pytest.fixture(autouse=True)
def nothing_is_dressed_as_the_test_before_left_it() -> Iterator[None]:
    """A window that was launched leaves its style sheet and its size of text to the application of this process."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.styleSheet():
        app.setStyleSheet("")
    font = QApplication.font() if app is not None else None
    yield
    if font is not None and QApplication.font() != font:
        QApplication.setFont(font)
