"""What a test leaves behind: top-level widgets, threads, running timers, open files."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer

_PATIENCE = 5.0  # seconds that a thread gets to end
_TASKS = Path("/proc/self/task")
_QT_THREADS = ("Job", "InspectionThrea", "TrainingThread", "SnapshotReader", "QThread")  # fifteen letters at most
_DESCRIPTORS = Path("/proc/self/fd")  # where a system lists the files a process has open: Linux


class Inventory:
    """What there is before a test; `leftovers` says afterwards what is there besides.

    A running timer is found where its owner belongs to the application, a thread of Qt where the system lists threads by
    name (Linux). Looking through all objects of Python for them would touch some whose part in Qt is gone.
    """

    def __init__(self) -> None:
        self._widgets = set(map(_identity, _top_level()))
        self._timers = set(map(_identity, _running_timers()))
        self._threads = set(threading.enumerate())
        self._tasks = _threads_of_qt()
        self._files = _open_files()

    def leftovers(self) -> list[str]:
        """What the test left behind, once what it let go of is gone: garbage is collected, and deleted what shall be."""
        delete_what_shall_be()  # first: a window lets go of what has no parent in Qt, pyqtgraph's menus
        gc.collect(1)  # what was made in the test is young
        delete_what_shall_be()
        if any(_identity(each) not in self._widgets for each in _top_level()):
            gc.collect()  # unless something collected meanwhile: then it is old
            delete_what_shall_be()
        _let_idle_work_end()
        found = [f"widget {_described(each)}" for each in _top_level() if _identity(each) not in self._widgets]
        found += [
            f"running timer {_described(each)} of {_described(each.parent())}"
            for each in _running_timers()
            if _identity(each) not in self._timers
        ]
        end = time.monotonic() + _PATIENCE
        for thread in set(threading.enumerate()) - self._threads:
            if isinstance(thread, threading._DummyThread):
                continue  # stands for a thread of Qt or C++; Python never forgets it
            thread.join(max(0.0, end - time.monotonic()))
            if thread.is_alive():
                found.append(f"thread {thread.name}")
        while (tasks := _threads_of_qt().keys() - self._tasks.keys()) and time.monotonic() < end:
            time.sleep(0.001)
        found += [f"thread of Qt {_threads_of_qt().get(task)}" for task in tasks]
        found += [
            f"open file {target}" for number, target in _open_files().items() if self._files.get(number) != target
        ]
        return found


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """No widget, thread, timer or open file of a test is there in the next one, in folders whose conftest imports this."""
    before = Inventory()
    yield
    left = before.leftovers()
    assert not left, f"the test leaves behind: {'; '.join(left)}"


def _let_idle_work_end() -> None:
    """Timers of no interval do a little whenever there is time, until there is no more to do."""
    end = time.monotonic() + _PATIENCE
    while any(timer.interval() == 0 for timer in _running_timers()) and time.monotonic() < end:
        QApplication.processEvents()


def _top_level() -> list[QWidget]:
    return QApplication.topLevelWidgets() if QApplication.instance() is not None else []


def _running_timers() -> list[QTimer]:
    app = QApplication.instance()
    return [timer for timer in app.findChildren(QTimer) if timer.isActive()] if app is not None else []


def _identity(each: QObject) -> int:
    return int(getCppPointer(each)[0])


def delete_what_shall_be() -> None:
    """Carry out every `deleteLater`, which `processEvents` does not."""
    if QApplication.instance() is not None:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _threads_of_qt() -> dict[str, str]:
    """Number -> name of each thread that Qt has named, after its class; others have the name of the process."""
    found = {}
    for task in os.listdir(_TASKS) if _TASKS.exists() else ():
        try:
            name = (_TASKS / task / "comm").read_text(encoding="utf-8").strip()
        except OSError:  # it has just ended
            continue
        if name in _QT_THREADS:
            found[task] = name
    return found


def _open_files() -> dict[str, str]:
    """Descriptor -> the file it has open; without pipes, sockets and what the system made without a name."""
    found = {}
    for number in os.listdir(_DESCRIPTORS) if _DESCRIPTORS.exists() else ():
        try:
            target = os.readlink(_DESCRIPTORS / number)
        except OSError:  # the list itself
            continue
        if target.startswith("/") and not target.startswith(("/dev/", "/proc/", "/memfd:")):
            found[number] = target
    return found


def _described(each: QObject | None) -> str:
    return "nobody" if each is None else f"{type(each).__name__} {each.objectName()!r}"
