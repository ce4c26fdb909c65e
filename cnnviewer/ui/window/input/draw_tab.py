"""The canvas with its tools."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import fit_icons, show_icon
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.brush import brush_slider
from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.square import Square


class DrawTab(Translated, QWidget):
    """Canvas, Undo, Clear, Draw large; in a menu redo, eraser, brush width, open and save.

    Signals:
        save_requested: the drawing is to be saved.
        open_requested: a saved drawing is to be opened.
        show_requested: the drawing shall be looked at again, in place of another image.
        large_requested: whether the canvas is to be on the stage.
    """

    save_requested = Signal()
    open_requested = Signal()
    show_requested = Signal()
    large_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawTab")
        self._sheet = Square(self)
        self.canvas = DrawCanvas(self)
        self._sheet.take(self.canvas)
        self._away = PlainLabel(self._sheet)  # in the place of the canvas while that is on the stage
        self._away.setProperty("role", "caption")
        self._away.setWordWrap(True)
        self._away.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._away.hide()
        self._shown = False
        self._is_large = False
        self.show_button = QPushButton(self)
        self.show_button.setObjectName("showDrawingButton")
        self.show_button.setProperty("floating", True)
        self.show_button.hide()
        self.undo_button = TextButton("undoButton", self)
        self.clear_button = TextButton("clearButton", self)
        self.large_button = TextButton("drawLargeButton", self)
        self.more_button = QToolButton(self)
        self.more_button.setObjectName("moreDrawingButton")
        self.more_button.setProperty("flat", True)
        self.more_button.setProperty("small", True)
        show_icon(self.more_button, "more", "muted")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._make_menu()
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.undo_button)
        tools.addStretch(1)
        tools.addWidget(self.clear_button)
        tools.addStretch(1)
        tools.addWidget(self.large_button)
        tools.addStretch(1)
        tools.addWidget(self.more_button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._sheet, 1)
        column.addLayout(tools)
        self._wire()
        self._on_drawing_changed()
        self.retranslate()

    def _make_menu(self) -> None:
        menu = QMenu(self.more_button)
        menu.setToolTipsVisible(True)
        fit_icons(menu)
        self.redo_action = self._action("redoDrawing", "redo")
        self.eraser_action = self._action("eraser", "clear")
        self.eraser_action.setCheckable(True)
        self.clear_action = self._action("clearSheet")
        self.large_action = self._action("drawLarge")
        self.open_action = self._action("openDrawing", "open")
        self.save_action = self._action("saveDrawing", "save")
        brush = QWidget(menu)
        self._brush_label = PlainLabel(brush)
        self.brush_slider: CalmSlider = brush_slider("brushSlider", brush)
        row = QHBoxLayout(brush)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._brush_label)
        row.addWidget(self.brush_slider, 1)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(brush)
        menu.addAction(self.clear_action)
        menu.addAction(self.large_action)
        menu.addAction(self.redo_action)
        menu.addAction(self.eraser_action)
        menu.addAction(holder)
        menu.addSeparator()
        menu.addAction(self.open_action)
        menu.addAction(self.save_action)
        menu.aboutToShow.connect(self._on_menu_opens)
        self.more_button.setMenu(menu)

    def _action(self, name: str, drawing: str = "") -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        show_icon(action, drawing, "muted")
        return action

    def _wire(self) -> None:
        canvas = self.canvas
        self.undo_button.clicked.connect(canvas.undo)
        self.redo_action.triggered.connect(canvas.redo)
        for clear in (self.clear_button.clicked, self.clear_action.triggered):
            clear.connect(canvas.clear)
        self.eraser_action.toggled.connect(canvas.set_erasing)
        self.brush_slider.valueChanged.connect(canvas.set_brush_width)
        self.save_action.triggered.connect(self.save_requested)
        self.open_action.triggered.connect(self.open_requested)
        self.show_button.clicked.connect(self.show_requested)
        for large in (self.large_button.clicked, self.large_action.triggered):
            large.connect(self._on_large_clicked)
        canvas.drawing_changed.connect(self._on_drawing_changed)

    @property
    def tools_height(self) -> int:
        """Of everything below the sheet, in pixels."""
        return self.undo_button.sizeHint().height() + self._column.spacing()

    def set_shown(self, shown: bool) -> None:
        """Whether the drawing is the image looked at; another one can be replaced by it."""
        self._shown = shown
        self._offer_to_show()

    def set_large(self, large: bool) -> None:
        """Say that the canvas is on the stage, or take it back."""
        self._is_large = large
        if not large:
            self._sheet.take(self.canvas)
        self._place_over_sheet()
        self._offer_to_show()
        self._show_large_text()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        for button, text, tip in (
            (self.undo_button, self.tr("Undo"), self.tr("Take back the last stroke (Ctrl+Z)")),
            (self.clear_button, self.tr("Clear"), self.tr("Clear the sheet (Delete, while it has the focus)")),
            (
                self.show_button,
                self.tr("Show this drawing"),
                self.tr("The network shows another image: let it show this drawing"),
            ),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tool_tip(tip))
        self.more_button.setAccessibleName(self.tr("More drawing tools"))
        self.more_button.setToolTip(self.tr("Redo, eraser, brush width, open and save the drawing"))
        for action, text, tip in (
            (self.clear_action, self.tr("Clear"), self.tr("Clear the sheet (Delete, while it has the focus)")),
            (self.redo_action, self.tr("Redo"), self.tr("Do again what was taken back (Ctrl+Shift+Z)")),
            (self.eraser_action, self.tr("Eraser"), self.tr("Erase instead of draw (or use the right mouse button)")),
            (self.open_action, self.tr("Open drawing…"), self.tr("Open a saved drawing")),
            (self.save_action, self.tr("Save drawing…"), self.tr("Save the drawing as a picture")),
        ):
            action.setText(text)
            action.setToolTip(tool_tip(tip))
        self._brush_label.setText(self.tr("Brush width"))
        self.brush_slider.setAccessibleName(self.tr("Brush width"))
        self._away.setText(self.tr("The sheet is on the stage."))
        self._show_large_text()

    def _show_large_text(self) -> None:
        if self._is_large:
            text, tip = self.tr("Done"), self.tr("Put the sheet back here (Esc)")
        else:
            text, tip = self.tr("Draw large"), self.tr("Draw on a sheet as large as the stage")
        self.large_button.setText(text)
        self.large_button.setAccessibleName(text)
        self.large_button.setToolTip(tool_tip(tip))
        self.large_action.setText(text)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """Put into the menu what has no room beside the others, as with large letters."""
        # by the button that is always there: one that is hidden may still have the letters of before
        letters = self.undo_button.fontMetrics()
        around = self.undo_button.sizeHint().width() - letters.horizontalAdvance(self.undo_button.text())
        room = self.width() - sum(button.sizeHint().width() for button in (self.undo_button, self.more_button))
        for button, action in ((self.clear_button, self.clear_action), (self.large_button, self.large_action)):
            room -= around + letters.horizontalAdvance(button.text())
            button.setVisible(room >= 0)
            action.setVisible(room < 0)

    def _offer_to_show(self) -> None:
        offered = not self._shown and not self._is_large and not self.canvas.is_empty()
        if self.show_button.isHidden() == offered:
            self.show_button.setVisible(offered)
            self._place_over_sheet()

    def _place_over_sheet(self) -> None:
        sheet, size = self._sheet.geometry(), self.show_button.sizeHint()
        width = min(size.width(), sheet.width() - 16)
        left = sheet.center().x() - width // 2
        self.show_button.setGeometry(left, sheet.bottom() - size.height() - 8, width, size.height())
        room = self._sheet.area().adjusted(12, 0, -12, 0)
        self._away.setGeometry(room)
        fits = self._away.heightForWidth(room.width()) <= room.height()
        self._away.setVisible(self._is_large and fits)  # with very large letters the empty sheet has to say it alone

    def _on_large_clicked(self) -> None:
        self.large_requested.emit(not self._is_large)

    def _on_menu_opens(self) -> None:
        self.brush_slider.setValue(int(self.canvas.brush_width))
        self.eraser_action.setChecked(self.canvas.erasing)

    def _on_drawing_changed(self, _raster: object = None) -> None:
        canvas = self.canvas
        self.redo_action.setEnabled(canvas.can_redo)
        self.clear_action.setEnabled(not canvas.is_empty())
        self.save_action.setEnabled(not canvas.is_empty())
        states = ((self.undo_button, canvas.can_undo), (self.clear_button, not canvas.is_empty()))
        enable(self, states, self.undo_button if canvas.can_undo else self.more_button)
        self._offer_to_show()

    def event(self, event: QEvent) -> bool:
        """Other letters need other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_tools()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button over the sheet stays at its lower edge."""
        super().resizeEvent(event)
        self._fit_tools()
        self._column.activate()
        self._place_over_sheet()
