"""What a test leaves behind is found; what it puts away is not."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests import leftovers
from tests.leftovers import Inventory


def test_a_widget_a_timer_a_thread_and_a_file_are_found_until_they_are_put_away(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "_PATIENCE", 0.05)
    before, end = Inventory(), threading.Event()
    widget, timer = QWidget(), QTimer(qapp)
    widget.setObjectName("forgotten")
    timer.start(10_000)
    thread = threading.Thread(target=end.wait, name="waits")
    thread.start()
    with (tmp_path / "open.txt").open("w", encoding="utf-8"):
        found = "\n".join(before.leftovers())
    assert "widget QWidget 'forgotten'" in found
    assert "running timer" in found
    assert "thread waits" in found
    assert "open.txt" in found or sys.platform != "linux"
    end.set()
    thread.join()
    timer.stop()
    timer.deleteLater()
    widget.deleteLater()
    assert not before.leftovers()


def test_a_menu_that_only_parts_of_a_deleted_window_refer_to_is_not_left_behind(qapp: QApplication) -> None:
    before = Inventory()
    window = QWidget()
    part = QWidget(window)
    menu = QMenu()
    part.menu, menu.part = menu, part  # type: ignore[attr-defined]  # a cycle, as in the plots of pyqtgraph
    del part, menu
    window.deleteLater()
    assert not before.leftovers()
