"""Which libraries each side of the house brings along, seen in a fresh process."""

import json
import subprocess
import sys
from collections.abc import Mapping, Set

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


Imports = Mapping[str, Set[str]]
"""Who imports whom."""


@pytest.fixture(scope="module")
def imports() -> Imports:
    """The modules that each module imports; those for the type checker, those inside functions and benchmarks count."""
    graph = grimp.build_graph(
        "cnnviewer", "benchmarks", include_external_packages=False, exclude_type_checking_imports=False
    )
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def in_circles(imports: Imports) -> Imports:
    """Whoever imports itself by way of others, and who imports such a one; empty where no import runs in a circle."""
    left = dict(imports)
    while free := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in free:
            del left[name]
    return left


def between_siblings(imports: Imports) -> dict[str, dict[str, set[str]]]:
    """Of each package, which of the packages and modules right in it import which others right in it."""
    found: dict[str, dict[str, set[str]]] = {}
    for module, others in imports.items():
        for other in others:
            parts = list(zip(module.split("."), other.split("."), strict=False))
            place = next((place for place, (one, two) in enumerate(parts) if one != two), 0)
            if place:  # else one lies in the other, or they share nothing
                siblings = found.setdefault(".".join(one for one, _ in parts[:place]), {})
                importing, imported = parts[place]
                siblings.setdefault(importing, set()).add(imported)
                siblings.setdefault(imported, set())
    return found


def test_no_module_imports_itself_by_way_of_others(imports: Imports) -> None:
    assert in_circles(imports) == {}


def test_no_package_imports_its_neighbour_and_is_imported_by_it(imports: Imports) -> None:
    """At every level: `core` and `ui` in `cnnviewer`, `data` and `models` in `core`, `read` and `record` in `runs`."""
    found = between_siblings(imports)
    assert len(found) > 20
    assert {package: circle for package, siblings in found.items() if (circle := in_circles(siblings))} == {}


def test_a_circle_of_packages_is_found_though_no_module_imports_itself() -> None:
    imports: Imports = {
        "house.low.a": {"house.high.b"},
        "house.high.c": {"house.low.d", "house.ground"},
        "house.high.b": set(),
        "house.low.d": set(),
        "house.ground": set(),
    }
    assert in_circles(imports) == {}
    assert in_circles(between_siblings(imports)["house"]) == {"low": {"high"}, "high": {"low", "ground"}}
