"""Sentences of errors in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.errors import UserError, in_words
from cnnviewer.core.wording import Words, in_language


def error_text(error: UserError) -> str:
    """The error's sentence in the language that is installed."""
    return in_words(error, _translated)


def worded(words: Words) -> str:
    """The words in the language that is installed."""
    return in_language(words, _translated)


def _translated(template: str) -> str:
    return QCoreApplication.translate("UserError", template)
