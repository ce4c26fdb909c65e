"""Stand-ins for views and presenters, made from the class they stand for: another name or number of arguments fails."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError

_OWN_QT_TYPES = (bool, int, float, str)


class Fake(QObject):
    """A stand-in that records every call. Get one from `fake`.

    Attributes:
        calls: name and values of every call, oldest first; values that the caller left to their default are not there.

    """

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._names = names

    if TYPE_CHECKING:  # what stands in for anything has any attribute

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: object) -> None: ...

    def last(self, name: str) -> Any:
        """What the last call of this method was given: the value, or a tuple of several; words as they are read."""
        for values in reversed(self._given(name)):
            read = tuple(map(_read, values))
            return read[0] if len(read) == 1 else read
        raise AssertionError(f"{name} was never called; only {sorted({called for called, _ in self.calls})}")

    def count(self, name: str) -> int:
        """How often this method was called."""
        return len(self._given(name))

    def _given(self, name: str) -> list[tuple[Any, ...]]:
        if name not in self._names:
            raise AssertionError(f"{name} is not a method that is stood in for: {sorted(self._names)}")
        return [values for called, values in self.calls if called == name]


def _read(value: Any) -> Any:
    """An error as its sentence, words that are said in the language of now as such."""
    if isinstance(value, dict):
        return {key: _read(each) for key, each in value.items()}
    if isinstance(value, UserError):
        return str(value)
    return value() if getattr(value, "__name__", "") == "<lambda>" else value


def fake(stood_for: type, /, **answers: Any) -> Fake:
    """A stand-in for a protocol or a presenter: its methods record their calls, its signals are Qt's.

    A method gives None, or what `answers` has under its name: a value, or a function of the method's own arguments. A
    property that gives a protocol is a fake of that protocol. Other attributes exist only when `answers` has them.

    Args:
        stood_for: a protocol, or the class of a presenter.
        answers: values of attributes and answers of methods, by name.

    Raises:
        AttributeError: the class has nothing of a name in `answers`.

    """
    methods = {name: found for name, found in _members(stood_for).items() if inspect.isfunction(found)}
    nested = {
        name: fake(kind)
        for name, kind in _properties(stood_for).items()
        if name not in answers and getattr(kind, "_is_protocol", False)
    }
    space: dict[str, Any] = {name: _method(name, found, answers.get(name)) for name, found in methods.items()}
    space |= {name: Signal(*map(_qt_type, types)) for name, types in signals(stood_for).items()}
    taken = {name for name in space if hasattr(Fake, name)} - set(vars(QObject))
    if taken:
        raise AttributeError(f"{stood_for.__name__} has names that a fake needs for itself: {sorted(taken)}")
    made: Fake = type(f"Fake{stood_for.__name__}", (Fake,), space)(frozenset(methods))
    values = nested | {name: value for name, value in answers.items() if name not in methods}
    unknown = values.keys() - _attributes(stood_for)
    if unknown:
        raise AttributeError(f"{stood_for.__name__} has no {sorted(unknown)}")
    for name, value in values.items():
        setattr(made, name, value)
    return made


def signals(stood_for: type) -> dict[str, tuple[Any, ...]]:
    """What each signal carries: as a protocol's annotations say it, or as a QObject declares it."""
    if getattr(stood_for, "_is_protocol", False):
        hints = get_type_hints(stood_for, include_extras=True)
        return {
            name: get_args(kind)[1:] for name, kind in hints.items() if kind is Any or get_origin(kind) is Annotated
        }
    found = {name: str(member) for name, member in _members(stood_for).items() if isinstance(member, Signal)}
    kinds = {"bool": bool, "int": int, "double": float, "QString": str}
    return {
        name: tuple(kinds.get(kind, object) for kind in written.partition("(")[2].rstrip(")").split(",") if kind)
        for name, written in found.items()
    }


def _qt_type(kind: Any) -> type:
    """The type a Qt signal is declared with to carry this; anything but Qt's own is an object."""
    return kind if kind in _OWN_QT_TYPES else object


def _method(name: str, stood_for: Callable[..., Any], answer: Any) -> Callable[..., Any]:
    signature = inspect.signature(stood_for)

    def record(self: Fake, *values: Any, **named: Any) -> Any:
        given = signature.bind(self, *values, **named).arguments
        self.calls.append((name, tuple(given.values())[1:]))
        return answer(*values, **named) if inspect.isroutine(answer) else answer

    return record


def _members(stood_for: type) -> dict[str, Any]:
    """What our classes define under a public name; not what Qt does."""
    ours = [kind for kind in reversed(stood_for.__mro__) if kind.__module__.startswith(("cnnviewer", "tests"))]
    return {name: found for kind in ours for name, found in vars(kind).items() if not name.startswith("_")}


def _properties(stood_for: type) -> dict[str, Any]:
    found = {name: member.fget for name, member in _members(stood_for).items() if isinstance(member, property)}
    return {name: get_type_hints(getter).get("return") for name, getter in found.items() if getter is not None}


def _attributes(stood_for: type) -> set[str]:
    """Names of the properties and of what the class assigns to itself."""
    names = set(_properties(stood_for))
    for kind in stood_for.__mro__:
        if kind.__module__.startswith(("cnnviewer", "tests")):
            names |= set(vars(kind).get("__annotations__", {}))
            for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind)))):
                if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                    names |= {node.attr} if isinstance(node.value, ast.Name) and node.value.id == "self" else set()
    return names
