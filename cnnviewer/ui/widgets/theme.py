"""How the window looks: design tokens of the light and the dark theme, filled into `resources/style.qss`.

Data colours (palettes of feature maps and kernels) are not here: they do not change with the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cnnviewer.core.resources import resource

SPACING = 8
_STYLE = "fusion"
RADIUS = 6


@dataclass(frozen=True)
class Tokens:
    """Colours by their use, as `#rrggbb`.

    `accent` and `accent_hover` carry white text; `accent_text` and `highlight_text` are text in such a colour.
    """

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    chosen: str
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    highlight: str
    highlight_text: str
    good: str
    warning: str
    error: str
    error_soft: str
    train: str
    validation: str


LIGHT = Tokens(
    name="light",
    window="#f3f5f8",
    surface="#ffffff",
    raised="#fafbfc",
    sunken="#eceff3",
    chosen="#ffffff",
    border="#d5dae1",
    text="#1b222c",
    muted="#4b5565",
    faint="#8c96a5",
    accent="#2563c9",
    accent_hover="#1d54ad",
    accent_text="#2563c9",
    accent_soft="#e1ebfb",
    highlight="#e07b00",
    highlight_text="#a65600",
    good="#1f7a4d",
    warning="#8a5a00",
    error="#b3261e",
    error_soft="#fbe9e7",
    train="#2563c9",
    validation="#0b7a75",
)

DARK = Tokens(
    name="dark",
    window="#14181e",
    surface="#1b2027",
    raised="#222831",
    sunken="#11151a",
    chosen="#2d3541",
    border="#343c48",
    text="#e6eaf0",
    muted="#a3aebd",
    faint="#717c8c",
    accent="#3374d8",
    accent_hover="#2b67c7",
    accent_text="#6aa5ff",
    accent_soft="#1f3350",
    highlight="#ffa63d",
    highlight_text="#ffa63d",
    good="#56c18c",
    warning="#e2b155",
    error="#ff8a80",
    error_soft="#40211f",
    train="#6aa5ff",
    validation="#4fc9bd",
)


class Theme(QObject):
    """The one theme of the application; widgets that paint themselves ask it and listen to `changed`.

    Signals:
        changed: the tokens are others now; repaint.
    """

    changed = Signal()

    def __init__(self, tokens: Tokens = LIGHT) -> None:
        super().__init__()
        self.tokens = tokens

    def use(self, tokens: Tokens) -> None:
        """Apply `tokens` to the whole application, without restart."""
        self.tokens = tokens
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyleSheet("")  # in place of another sheet Qt dresses each widget again for every parent above it
            if app.style().name() != _STYLE:
                app.setStyle(_STYLE)
            app.setPalette(qt_palette(tokens))
            app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """The token `name` as a QColor."""
        return QColor(getattr(self.tokens, name))


_theme: Theme | None = None


def theme() -> Theme:
    """The application's theme (made at the first call)."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def use_theme(name: str) -> None:
    """Use `light`, `dark`, or with `system` what the desktop uses, following it when it changes."""
    global _follows_system, _listening
    _follows_system = name == "system"
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        hints = app.styleHints()
        if not _listening:
            hints.colorSchemeChanged.connect(_on_system_scheme_changed)
            _listening = True
        if _follows_system:
            name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    theme().use(DARK if name == "dark" else LIGHT)


_follows_system = False
_listening = False


def _on_system_scheme_changed(scheme: Qt.ColorScheme) -> None:
    if _follows_system:
        theme().use(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)


@contextmanager
def dressed_once() -> Iterator[None]:
    """Build many widgets within: all are dressed at the end, not each of them again at every parent above it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        yield
        return
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def monospace(size: int | None = None) -> QFont:
    """The system's fixed-width font, for numbers that stand under one another."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if size is not None:
        font.setPointSize(size)
    return font


def qt_palette(t: Tokens) -> QPalette:
    """The tokens as Qt's own palette, for everything that the style sheet leaves to the style."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.raised),
        (role.Text, t.text),
        (role.PlaceholderText, t.muted),
        (role.Button, t.raised),
        (role.ButtonText, t.text),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text),
        (role.Highlight, t.accent),
        (role.HighlightedText, "#ffffff"),
        (role.Link, t.accent_text),
        (role.Light, t.raised),
        (role.Midlight, t.raised),
        (role.Mid, t.border),
        (role.Dark, t.border),
        (role.Shadow, t.sunken),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(t.faint))
    return palette


def style_sheet(t: Tokens) -> str:
    """The whole application's style sheet; KeyError where the file names a token that there is not."""
    # it stands in quotes there; of a sheet with an error Qt uses nothing
    icons = re.sub(r'(["\\])', r"\\\1", resource("icons").as_posix())
    return style_template().substitute(asdict(t), radius=RADIUS, icons=icons)


@cache
def style_template() -> Template:
    """The style sheet with its placeholders, such as `$text`."""
    return Template(resource("style.qss").read_text(encoding="utf-8"))
