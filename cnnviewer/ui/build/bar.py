"""The bar above the layers: presets, another layer, undo and redo, and own files."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from cnnviewer.core.models.design import PRESETS
from cnnviewer.ui.build.kinds import KINDS, kind_title
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow


class BuilderBar(Translated, QWidget):
    """Buttons alone: what they do is the page's.

    Signals:
        preset_requested: key of a design to begin with.
        add_requested: kind of a layer to add.
        undo_requested, redo_requested: of the last step.
        open_requested: the user wants to open a model file of their own.
    """

    preset_requested = Signal(str)
    add_requested = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = self._menu_button("builderPresetButton")
        self._preset_actions = {key: self._action(self._presets, f"preset_{key}", key) for key in PRESETS}
        self._add = self._menu_button("builderAddButton")
        self._kind_actions = {kind: self._action(self._add, f"add_{kind}", kind) for kind in KINDS}
        self._undo, self._redo, self._open = QToolButton(self), QToolButton(self), QToolButton(self)
        for button, name in ((self._undo, "undo"), (self._redo, "redo"), (self._open, "open")):
            button.setObjectName(f"builder{name.title()}Button")
            show_icon(button, name)
        show_icon(self._presets, "chevron-down", "muted")
        show_icon(self._add, "add", "accent")
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row = WrappingRow(self)
        for widget in (self._presets, self._add, self._undo, self._redo):
            row.addWidget(widget)
        row.add_stretch()
        row.addWidget(self._open)
        self._presets.menu().triggered.connect(self._on_preset)
        self._add.menu().triggered.connect(self._on_add)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._open.clicked.connect(self.open_requested)
        self.retranslate()

    def set_undo(self, can_undo: bool, can_redo: bool) -> None:
        """Whether there is a step to take back, and one to make again."""
        enable(self, ((self._undo, can_undo), (self._redo, can_redo)), self._undo if can_undo else self._redo)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        presets = {
            "lenet": self.tr("Like LeNet"),
            "vgg": self.tr("Like VGG, for 32×32 pixels"),
            "every_kind": self.tr("One with every kind of layer"),
        }
        for key, action in self._preset_actions.items():
            action.setText(presets[key])
        for kind, action in self._kind_actions.items():
            action.setText(kind_title(kind))
        for widget, name, explanation in (
            (self._presets, self.tr("Presets"), self.tr("Begin with a design that works.")),
            (self._add, self.tr("Add layer"), self.tr("Add a layer below the current one.")),
            (
                self._open,
                self.tr("Open a model file…"),
                self.tr("A Python file with a network of your own; it runs only after you have agreed."),
            ),
        ):
            widget.setText(name)
            widget.setAccessibleName(name)
            widget.setToolTip(tool_tip(explanation))
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Undo (Ctrl+Z)"))
        self._redo.setAccessibleName(self.tr("Redo"))
        self._redo.setToolTip(self.tr("Redo (Ctrl+Shift+Z)"))

    def _menu_button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setMenu(QMenu(button))
        return button

    def _action(self, button: QToolButton, name: str, data: str) -> QAction:
        action = button.menu().addAction(data)
        action.setObjectName(name)
        action.setData(data)
        return action

    def _on_preset(self, action: QAction) -> None:
        self.preset_requested.emit(action.data())

    def _on_add(self, action: QAction) -> None:
        self.add_requested.emit(action.data())
