"""The window's language, switched without restart."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from cnnviewer.core.errors import UserError, in_words
from cnnviewer.core.resources import resource
from cnnviewer.core.wording import Words, in_language

Language = Literal["system", "en", "ko"]

_installed: list[QTranslator] = []


def use_language(code: str) -> None:
    """Show the window in `code` from now on; `system` takes Korean where the system speaks it, English elsewhere."""
    app = QCoreApplication.instance()
    if app is None:
        return
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    korean = code == "ko" or (code == "system" and QLocale.system().language() == QLocale.Language.Korean)
    QLocale.setDefault(QLocale(QLocale.Language.Korean if korean else QLocale.Language.English))
    if korean:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(app, "qtbase_ko", folder)  # Qt's own buttons and dialogs
        _install(app, "cnnviewer_ko", str(resource("i18n")))


def _install(app: QCoreApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
        _installed.append(translator)


def translate_error(error: UserError) -> str:
    """The error's sentence in the window's language."""
    return in_words(error, _translated)


def worded(words: Words) -> str:
    """What they say in the window's language: ask again in `retranslate`."""
    return in_language(words, _translated)


def translate_title(title: str) -> str:
    """A data set's title in the window's language: those of the built-in ones are words."""
    return _translated(title)


def _translated(template: str) -> str:
    return QCoreApplication.translate("UserError", template)
