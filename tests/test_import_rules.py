"""Which libraries each side of the house brings along, seen in a fresh process."""

import json
import subprocess
import sys

import pytest

WATCHED = ("torch", "torchvision", "PySide6.QtCore", "PySide6.QtWidgets", "pyqtgraph", "httpx", "captum")


def brought_along(package: str) -> set[str]:
    """The watched libraries in `sys.modules` after importing every module below `package`."""
    code = (
        "import importlib, json, pkgutil, sys\n"
        f"root = importlib.import_module({package!r})\n"
        "for found in pkgutil.walk_packages(getattr(root, '__path__', []), root.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        f"print(json.dumps([name for name in {WATCHED!r} if name in sys.modules]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("package", "never"),
    [
        ("cnnviewer.core", {"torchvision", "PySide6.QtCore", "PySide6.QtWidgets", "pyqtgraph", "httpx", "captum"}),
        ("cnnviewer.cli", {"torch", "torchvision", "PySide6.QtCore", "pyqtgraph", "httpx"}),
        ("cnnviewer.runtime", {"torchvision", "PySide6.QtWidgets", "pyqtgraph"}),
        ("cnnviewer.presenters", {"torchvision", "PySide6.QtWidgets", "pyqtgraph"}),
        ("cnnviewer.ui", {"torch", "torchvision"}),
    ],
)
def test_a_side_of_the_house_does_not_bring_along_what_it_must_not_know(package: str, never: set[str]) -> None:
    assert not brought_along(package) & never
