"""What every test shares: where the real data lies, and a Qt that hides nothing."""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ["QT_QPA_PLATFORM"] == "offscreen" and os.name == "posix":  # its own screen, 800x800, is nobody's
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('screen.json')}"
os.environ.setdefault("PYTHONFAULTHANDLER", "1")
if "PYTEST_XDIST_WORKER" in os.environ:  # one of several side by side: each keeps to a core of its own
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # trainings choose several: none waits awake for another's core

import torch  # before Qt, as in the program (Windows needs it so)
from hypothesis import HealthCheck, settings

# how quick the machine is says nothing about the program
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_FULL_COLLECTION = 150  # tests
_SEED = int(os.environ.get("CNNVIEWER_TEST_SEED", "0"))


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Layers that stand in a module's tables of cases have the same weights in every process."""
    if isinstance(collector, pytest.Module):
        torch.manual_seed(_SEED)


@pytest.fixture(autouse=True)
def weights_are_drawn_alike_in_every_process() -> None:
    """What a test draws without a seed of its own; `CNNVIEWER_TEST_SEED` chooses others."""
    torch.manual_seed(_SEED)


@pytest.fixture(autouse=True)
def pointer_is_over_no_window() -> None:
    """Windows stand at the upper left of the screen; what one test moved the pointer to would look hovered in the next."""
    if "PySide6.QtGui" not in sys.modules:
        return
    from PySide6.QtGui import QCursor, QGuiApplication

    if isinstance(QGuiApplication.instance(), QGuiApplication) and QGuiApplication.platformName() == "offscreen":
        QCursor.setPos(QGuiApplication.primaryScreen().geometry().bottomRight())


@pytest.fixture(scope="session")
def real_data_dir() -> Path:
    """The folder with MNIST and CIFAR-10; the test skips, saying so, where there is none."""
    folder = os.environ.get("CNNVIEWER_DATA_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs real MNIST and CIFAR-10: set CNNVIEWER_DATA_DIR to their folder")
    return Path(folder)


@pytest.fixture(autouse=True)
def garbage_is_collected_on_the_main_thread() -> Iterator[None]:
    """Python may collect in any thread, and a widget destroyed outside the main one ends the process."""
    gc.disable()
    yield
    gc.disable()  # the program, when it ends, gives the collector back
    gc.collect(1 if gc.get_count()[2] < _FULL_COLLECTION else 2)


@pytest.fixture(autouse=True)
def no_exception_goes_unseen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """pytest-qt's own capture does nothing with PySide6 >= 6.5.2: an exception in a slot fails the test here."""
    seen: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        seen.append(error)
        sys.__excepthook__(kind, error, trace)  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "excepthook", hook)
    yield
    if seen:
        raise AssertionError(f"an exception was raised inside Qt: {seen[0]!r}") from seen[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: at the end, one worker would be busy with them and the others with nothing."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
