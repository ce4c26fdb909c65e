"""What every test shares: where the real data lies, and a Qt that hides nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHONFAULTHANDLER", "1")

import torch  # noqa: F401  - before Qt, as in the program (Windows needs it so)


@pytest.fixture(scope="session")
def real_data_dir() -> Path:
    """The folder with MNIST and CIFAR-10; the test skips, saying so, where there is none."""
    folder = os.environ.get("CNNVIEWER_DATA_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs real MNIST and CIFAR-10: set CNNVIEWER_DATA_DIR to their folder")
    return Path(folder)


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
