"""How the window looks: design tokens of the light and the dark theme, and the style sheet made of them.

Data colours (palettes of feature maps and kernels) are not here: they do not change with the theme.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cnnviewer.core.resources import resource

SPACING = 8
RADIUS = 6


@dataclass(frozen=True)
class Tokens:
    """Colours by their use, as `#rrggbb`. `accent` carries white text; `curves` tell series apart."""

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    highlight: str
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
    border="#d5dae1",
    text="#1b222c",
    muted="#566172",
    faint="#8c96a5",
    accent="#2563c9",
    accent_hover="#1d54ad",
    accent_soft="#e1ebfb",
    highlight="#e07b00",
    good="#1f7a4d",
    warning="#8a5a00",
    error="#b3261e",
    error_soft="#fbe9e7",
    train="#2563c9",
    validation="#d9660a",
)

DARK = Tokens(
    name="dark",
    window="#14181e",
    surface="#1b2027",
    raised="#222831",
    sunken="#11151a",
    border="#343c48",
    text="#e6eaf0",
    muted="#a3aebd",
    faint="#717c8c",
    accent="#3b7de0",
    accent_hover="#5592ec",
    accent_soft="#1f3350",
    highlight="#ffa63d",
    good="#56c18c",
    warning="#e2b155",
    error="#ff8a80",
    error_soft="#40211f",
    train="#6aa5ff",
    validation="#ff9d4d",
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
            app.setStyle("Fusion")
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
        (role.PlaceholderText, t.faint),
        (role.Button, t.raised),
        (role.ButtonText, t.text),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text),
        (role.Highlight, t.accent),
        (role.HighlightedText, "#ffffff"),
        (role.Link, t.accent),
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
    """The whole application's style sheet."""
    marks = resource("icons").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {t.window}; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: 4px 6px; }}
    QMainWindow::separator {{ background: {t.window}; width: 6px; height: 6px; }}
    QMainWindow::separator:hover {{ background: {t.accent_soft}; }}
    QDockWidget {{ color: {t.muted}; font-weight: 600; }}
    QDockWidget::title {{ background: {t.window}; padding: 5px 8px; text-align: left; }}
    QMenuBar {{ background: {t.window}; color: {t.text}; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
    QMenu::item:disabled {{ color: {t.faint}; }}
    QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 6px; }}
    QStatusBar {{ background: {t.window}; color: {t.muted}; }}
    QStatusBar::item {{ border: none; }}

    QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: {RADIUS}px; }}
    QLabel[role="title"] {{ font-weight: 600; color: {t.text}; }}
    QLabel[role="caption"] {{ color: {t.muted}; }}
    QLabel[role="error"] {{ color: {t.error}; }}
    QLabel[role="good"] {{ color: {t.good}; }}

    QPushButton, QToolButton {{
        background: {t.raised}; color: {t.text}; border: 1px solid {t.border};
        border-radius: {RADIUS}px; padding: 4px 10px; min-height: 18px;
    }}
    QToolButton {{ padding: 4px 6px; }}
    QPushButton[tight="true"] {{ padding: 4px 2px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {t.accent}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {t.accent_soft}; }}
    QPushButton:checked, QToolButton:checked {{
        background: {t.accent_soft}; border-color: {t.accent}; color: {t.text};
    }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {t.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{
        color: {t.faint}; background: {t.window}; border-color: {t.border};
    }}
    QPushButton[primary="true"] {{
        background: {t.accent}; color: #ffffff; border-color: {t.accent}; font-weight: 600;
    }}
    QPushButton[primary="true"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
    QPushButton[primary="true"]:disabled {{
        background: {t.sunken}; color: {t.faint}; border-color: {t.border};
    }}
    QToolButton[flat="true"] {{ background: transparent; border-color: transparent; }}
    QToolButton[small="true"] {{ padding: 1px; }}
    QToolButton[flat="true"]:hover {{ background: {t.accent_soft}; }}
    QToolButton[flat="true"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}

    QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
        border-radius: {RADIUS}px; padding: 3px 6px; min-height: 20px;
        selection-background-color: {t.accent}; selection-color: #ffffff;
    }}
    QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover, QLineEdit:hover {{ border-color: {t.faint}; }}
    QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QLineEdit:focus {{ border-color: {t.accent}; }}
    QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QLineEdit:disabled {{
        color: {t.faint}; background: {t.window};
    }}
    QWidget[invalid="true"] {{ border: 1px solid {t.error}; }}
    QComboBox QAbstractItemView {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
        selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: none;
    }}

    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({marks}/mark-down.svg); width: 12px; height: 12px; }}
    QAbstractSpinBox {{ padding-right: 20px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 20px; border: none; background: transparent;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 2px; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 2px; }}
    QAbstractSpinBox::up-arrow {{ image: url({marks}/mark-up.svg); width: 9px; height: 9px; }}
    QAbstractSpinBox::down-arrow {{ image: url({marks}/mark-down.svg); width: 9px; height: 9px; }}
    QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled,
    QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off {{ image: none; }}
    QCheckBox::indicator {{
        width: 15px; height: 15px; border: 1px solid {t.faint}; border-radius: 4px; background: {t.surface};
    }}
    QCheckBox::indicator:hover, QCheckBox:focus::indicator {{ border-color: {t.accent}; }}
    QCheckBox::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url({marks}/mark-check.svg);
    }}
    QCheckBox::indicator:disabled {{ background: {t.window}; border-color: {t.border}; }}

    QTabWidget::pane {{ border: 1px solid {t.border}; border-radius: {RADIUS}px; background: {t.surface}; top: -1px; }}
    QTabBar::tab {{
        background: transparent; color: {t.muted}; padding: 6px 12px;
        border: none; border-bottom: 2px solid transparent;
    }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; font-weight: 600; }}
    QTabBar::tab:hover {{ color: {t.text}; }}
    QTabBar#explainLenses::tab {{ padding: 4px 7px; }}
    QTabBar::tab:focus {{ color: {t.accent}; }}

    QProgressBar {{
        background: {t.sunken}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
        text-align: center; color: transparent;
    }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}

    QSlider::groove:horizontal {{ height: 4px; background: {t.sunken}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{
        background: {t.surface}; border: 2px solid {t.accent}; width: 12px; height: 12px;
        margin: -6px 0; border-radius: 8px;
    }}
    QSlider::handle:horizontal:focus {{ background: {t.accent}; }}

    QCheckBox {{ color: {t.text}; spacing: 6px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QPlainTextEdit, QListView, QTableView {{
        background: {t.surface}; color: {t.text}; border: none;
        selection-background-color: {t.accent}; selection-color: #ffffff;
    }}
    QHeaderView {{ background: {t.surface}; border: none; }}
    QHeaderView::section {{
        background: {t.surface}; color: {t.muted}; border: none; border-bottom: 1px solid {t.border}; padding: 4px 6px;
    }}
    QHeaderView::section:hover {{ color: {t.text}; }}
    QHeaderView::down-arrow {{ image: url({marks}/mark-down.svg); width: 9px; height: 9px; }}
    QHeaderView::up-arrow {{ image: url({marks}/mark-up.svg); width: 9px; height: 9px; }}
    QTableView#runsTable {{ alternate-background-color: {t.raised}; }}
    QTableView#runsTable::item {{ padding: 0 4px; }}
    QTableView#runsTable::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {t.border}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
    QScrollBar::handle:hover {{ background: {t.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
