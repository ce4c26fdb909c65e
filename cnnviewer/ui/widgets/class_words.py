"""The names of classes in the window's language. What is stored, exported as data or asked for by name stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_KNOWN: Final = frozenset(
    (
        QT_TRANSLATE_NOOP("Class", "circle"),
        QT_TRANSLATE_NOOP("Class", "square"),
        QT_TRANSLATE_NOOP("Class", "triangle"),
        QT_TRANSLATE_NOOP("Class", "pentagon"),
        QT_TRANSLATE_NOOP("Class", "star"),
        QT_TRANSLATE_NOOP("Class", "cross"),
        QT_TRANSLATE_NOOP("Class", "ring"),
        QT_TRANSLATE_NOOP("Class", "crescent"),
        QT_TRANSLATE_NOOP("Class", "heart"),
        QT_TRANSLATE_NOOP("Class", "arrow"),
        QT_TRANSLATE_NOOP("Class", "airplane"),
        QT_TRANSLATE_NOOP("Class", "automobile"),
        QT_TRANSLATE_NOOP("Class", "bird"),
        QT_TRANSLATE_NOOP("Class", "cat"),
        QT_TRANSLATE_NOOP("Class", "deer"),
        QT_TRANSLATE_NOOP("Class", "dog"),
        QT_TRANSLATE_NOOP("Class", "frog"),
        QT_TRANSLATE_NOOP("Class", "horse"),
        QT_TRANSLATE_NOOP("Class", "ship"),
        QT_TRANSLATE_NOOP("Class", "truck"),
    )
)
"""The classes of the built-in shapes and of CIFAR-10."""


def class_word(name: str) -> str:
    """A class as the window shows it; a class of the user's own is shown by the name that it has."""
    return QCoreApplication.translate("Class", name) if name in _KNOWN else name


def brief_word(name: str) -> str:
    """The same for a narrow place: `고양이` in place of `고양이(cat)`."""
    return class_word(name).removesuffix(f"({name})")


def class_words(names: Iterable[str]) -> tuple[str, ...]:
    """Several of them."""
    return tuple(map(class_word, names))
