"""A Python file as syntax: what it says, without a word of it being run. Free of torch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of

_LARGEST: Final = 2**20  # bytes of a Python file


def parse(path: Path) -> ast.Module:
    """The file's syntax tree; its encoding is found as Python finds it."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("{file} is too large for a Python file with a model.", file=path.name)
        return ast.parse(bytes_of(path), filename=path.name)
    except SyntaxError as error:
        raise UserError(
            "{file} is not Python that this program understands: line {line}: {reason}.",
            file=path.name,
            line=error.lineno,
            reason=error.msg,
        ) from error
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise UserError("{file} cannot be read: {reason}.", file=path.name, reason=system_reason(error)) from error


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block and of the conditions in it, without those for type checkers and for scripts."""
    for node in body:
        match node:
            case ast.If():
                test = ast.unparse(node.test)
                if not test.endswith("TYPE_CHECKING") and "__name__" not in test:
                    yield from statements(node.body)
                yield from statements(node.orelse)
            case ast.Try():
                for part in (node.body, *(handler.body for handler in node.handlers), node.orelse, node.finalbody):
                    yield from statements(part)
            case ast.With():
                yield from statements(node.body)
            case _:
                yield node


def nodes_in(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """A function's nodes, without those of the functions and classes in it."""
    rest: list[ast.AST] = list(function.body)
    while rest:
        node = rest.pop(0)
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            rest += ast.iter_child_nodes(node)


def texts(node: ast.expr | None) -> frozenset[str]:
    """The constants of a list or a tuple, as texts."""
    if not isinstance(node, (ast.List, ast.Tuple)):
        return frozenset()
    return frozenset(str(part.value) for part in node.elts if isinstance(part, ast.Constant))
