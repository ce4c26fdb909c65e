"""Which libraries each side of the house brings along, seen in a fresh process."""

import json
import subprocess
import sys

import grimp
import pytest

WATCHED = ("torch", "torchvision", "PySide6.QtCore", "PySide6.QtWidgets", "pyqtgraph", "httpx", "captum", "jinja2")


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
        ("cnnviewer.cli", {"torch", "torchvision", "PySide6.QtCore", "pyqtgraph", "httpx", "jinja2"}),
        ("cnnviewer.runtime", {"torchvision", "jinja2", "PySide6.QtWidgets", "pyqtgraph"}),
        ("cnnviewer.presenters", {"torchvision", "jinja2", "PySide6.QtWidgets", "pyqtgraph"}),
        ("cnnviewer.ui", {"torch", "torchvision", "jinja2"}),
    ],
)
def test_a_layer_does_not_import_what_it_must_not(package: str, never: set[str]) -> None:
    assert not brought_along(package) & never


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for the type checker count, and so do those of benchmarks."""
    graph = grimp.build_graph(
        "cnnviewer", "benchmarks", include_external_packages=False, exclude_type_checking_imports=False
    )
    left = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    while free := [module for module, imported in left.items() if not imported & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}
