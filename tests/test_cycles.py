"""Reference cycles that the source shows: what they hold stays in memory until Python collects cycles, seconds later."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[1] / "cnnviewer").rglob("*.py"))
_KEEPING = ("append", "put")


def _name(node: ast.AST | None) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def functions_that_hold_themselves(tree: ast.AST) -> Iterator[str]:
    """Functions defined within another that call themselves: each holds a cell, which holds it."""
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef):
            for inner in (node for node in ast.walk(outer) if isinstance(node, ast.FunctionDef) and node is not outer):
                if any(_name(node) == inner.name for node in ast.walk(inner)):
                    yield f"{inner.name} (line {inner.lineno})"


def errors_kept_as_they_came(tree: ast.AST) -> Iterator[str]:
    """Caught errors that outlive their handler with the traceback, which holds the frame that holds the error."""
    for handler in ast.walk(tree):
        if isinstance(handler, ast.ExceptHandler) and handler.name:
            for node in ast.walk(handler):
                kept: list[ast.expr] = []
                if isinstance(node, ast.Assign):
                    kept = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPING:
                    kept = node.args
                yield from (f"{handler.name} (line {each.lineno})" for each in kept if _name(each) == handler.name)


@pytest.mark.parametrize("find", [functions_that_hold_themselves, errors_kept_as_they_came])
def test_no_source_builds_such_a_cycle(find: object) -> None:
    assert callable(find)
    found = {str(path): list(find(ast.parse(path.read_text(encoding="utf-8")))) for path in SOURCES}
    assert not {name: places for name, places in found.items() if places}


def test_both_kinds_are_found_where_they_are() -> None:
    tree = ast.parse(
        "def outer():\n"
        "    def walk(node):\n"
        "        walk(node.next)\n"
        "    try:\n"
        "        walk(1)\n"
        "    except ValueError as error:\n"
        "        kept = error\n"
        "        self.error = without_frames(error)\n"
        "        all.append(error)\n"
    )
    assert list(functions_that_hold_themselves(tree)) == ["walk (line 2)"]
    assert list(errors_kept_as_they_came(tree)) == ["error (line 7)", "error (line 9)"]
