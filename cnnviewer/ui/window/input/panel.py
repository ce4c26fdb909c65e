"""The rail at the window's side: where the image comes from, what the model sees, what it says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.browser import SampleBrowser
from cnnviewer.ui.window.input.collapsed import CollapsedRail
from cnnviewer.ui.window.input.draw_tab import DrawTab
from cnnviewer.ui.window.input.drop_frame import DropFrame, local_path
from cnnviewer.ui.window.input.file_tab import FileTab
from cnnviewer.ui.window.input.images_tab import ImagesTab
from cnnviewer.ui.window.input.known_classes import KnownClasses
from cnnviewer.ui.window.input.large_drawing import LargeDrawing
from cnnviewer.ui.window.input.lens import InputLens
from cnnviewer.ui.window.input.prediction import PredictionView
from cnnviewer.ui.window.input.rail_column import RailColumn
from cnnviewer.ui.window.input.reading_dialog import PreprocessingDialog

_SOURCES = ("draw", "dataset", "file")


class InputPanel(Translated, QWidget):
    """Draw, Images and File; below them, always in sight, the input lens and the prediction.

    Attributes:
        browser, large_drawing: what the rail shows over the stage; whoever owns the stage takes them.

    Signals:
        source_changed: the user opened a tab: `"draw"`, `"dataset"` or `"file"`. The image stays what it is.
        image_requested: the drawing (`"draw"`) or the picture (`"file"`) shall be looked at again.
        open_image_requested, paste_requested, save_drawing_requested, open_drawing_requested: the buttons.
        file_dropped: path of a file dropped anywhere on the rail.
        file_options_changed: "Prepare as a digit" was ticked or unticked.
        reading_asked: the model is to read images of `(H, W)` pixels, normalised with these means and deviations.
        reading_reset: it is to read them again as the weights record, or as the data set or the model says.
        stage_requested: this widget is to be shown over the stage.
        stage_released: the stage is to be given back.
        collapse_requested: whether the rail shall be narrow.
    """

    source_changed = Signal(str)
    image_requested = Signal(str)
    open_image_requested = Signal()
    paste_requested = Signal()
    save_drawing_requested = Signal()
    open_drawing_requested = Signal()
    file_dropped = Signal(str)
    file_options_changed = Signal(bool)
    reading_asked = Signal(object, object, object)
    reading_reset = Signal()
    stage_requested = Signal(QWidget)
    stage_released = Signal()
    collapse_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._shown = ""
        self._known: tuple[str, ...] = ()
        self._reading: tuple[tuple[int, int, int], Normalisation] | None = None
        self.draw_tab = DrawTab(self)
        self.canvas = self.draw_tab.canvas
        self.large_drawing = LargeDrawing(self.canvas, self)
        self.browser = SampleBrowser(self)
        for over in (self.large_drawing, self.browser):
            over.hide()
        self.images_tab = ImagesTab(self.browser, self)
        self.file_tab = FileTab(self)
        self.switch = Segmented(self)
        self.switch.setObjectName("inputSource")
        self.switch.setProperty("tight", True)
        self.switch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pages = QStackedWidget(self)
        for source, tab in zip(_SOURCES, (self.draw_tab, self.images_tab, self.file_tab), strict=True):
            self.switch.add(source, name=f"inputSource-{source}")
            self._pages.addWidget(tab)
        self.known_classes = KnownClasses(self)
        self.lens = InputLens(self)
        self.prediction = PredictionView(self)
        self.collapse_button = QToolButton(self)
        self.collapse_button.setObjectName("collapseRailButton")
        self.collapse_button.setProperty("flat", True)
        self.collapse_button.setProperty("small", True)
        show_icon(self.collapse_button, "narrow", "muted")
        self.prediction.foot.addWidget(self.collapse_button)
        self._whole = RailColumn(self.switch, self._pages, self.known_classes, self.lens, self.prediction)
        self._narrow = CollapsedRail(self.lens, self.prediction, self)
        self._forms = QStackedWidget(self)
        self._forms.addWidget(self._whole)
        self._forms.addWidget(self._narrow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._forms)
        self._drop_frame = DropFrame(self)
        self._wire()
        self.retranslate()

    def _wire(self) -> None:
        self.switch.chosen.connect(self._on_tab_chosen)
        for drawing in (self.draw_tab, self.large_drawing):
            drawing.save_requested.connect(self.save_drawing_requested)
            drawing.open_requested.connect(self.open_drawing_requested)
        self.draw_tab.show_requested.connect(self._on_drawing_requested)
        self.draw_tab.large_requested.connect(self.draw_large)
        self.large_drawing.done.connect(self.stage_released)
        self.images_tab.gallery_requested.connect(self.open_gallery)
        self.browser.closed.connect(self.stage_released)
        self.file_tab.open_requested.connect(self.open_image_requested)
        self.file_tab.paste_requested.connect(self.paste_requested)
        self.file_tab.digit_toggled.connect(self.file_options_changed)
        self.file_tab.show_requested.connect(self._on_picture_requested)
        self.lens.change_requested.connect(self._on_change_requested)
        self.collapse_button.clicked.connect(self._on_collapse)
        self._narrow.widen_requested.connect(self._on_widen)

    # -- what others ask and tell -------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The chosen tab: `"draw"`, `"dataset"` or `"file"`."""
        return self.switch.current

    def set_source(self, source: str) -> None:
        """Choose a tab without telling `source_changed`. ValueError for an unknown one."""
        self._pages.setCurrentIndex(_SOURCES.index(source))
        self.switch.set_current(source)

    def set_shown(self, place: str) -> None:
        """Say where the image looked at comes from: a tab's name, or another one for none of them."""
        self._shown = place
        self.canvas.show_example(place == "greeting")
        self.draw_tab.set_shown(place == "draw")
        self.file_tab.set_shown(place == "file")
        if place != "dataset":
            self.browser.clear_current()
        self.images_tab.set_shown(place == "dataset")
        self._mark_tabs()

    def set_example(self, pixels: npt.NDArray[np.uint8]) -> None:
        """The digit, uint8 `(1, H, W)`, looked at before anything is drawn: the empty sheet shows it faintly."""
        self.canvas.set_example(pixels[0])

    def set_file(self, name: str | None, picture: npt.NDArray[np.uint8] | None) -> None:
        """Preview of the opened file, uint8 `(H, W, 3)`; None and None: none is open."""
        self.file_tab.set_file(name, picture)

    def set_file_refusal(self, sentence: Words) -> None:
        """Say beside the preview why a picture could not be opened, until one is."""
        self.file_tab.set_refusal(sentence)

    def set_reading(self, shape: tuple[int, int, int], used: Normalisation, changeable: bool) -> None:
        """How the weights read images: `(C, H, W)` and normalisation, and whether the user can change that now."""
        self._reading = (shape, used)
        self.lens.change_button.setEnabled(changeable)

    def set_digit_option(self, offered: bool, on: bool) -> None:
        """Whether "Prepare as a digit" can be chosen, and is."""
        self.file_tab.set_digit_option(offered, on)

    def set_known_classes(self, model: str, classes: tuple[str, ...]) -> None:
        """Say what a model knows that knows no digits; no classes: it knows digits.

        Such a model gets the images instead of the sheet when it is new; the image that is looked at stays.
        """
        is_new = classes != self._known
        self._known = classes
        self.known_classes.set_known(model, classes)
        self.canvas.set_invitation(self.known_classes.sentence)
        if is_new and classes and self.source == "draw":
            self.set_source("dataset")

    @property
    def collapsed(self) -> bool:
        """Whether the rail is narrow."""
        return self._forms.currentWidget() is self._narrow

    def set_collapsed(self, on: bool) -> None:
        """Show the input small, the predicted class and a button, or all of the rail."""
        had_focus = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) is not None else False
        self._forms.setCurrentWidget(self._narrow if on else self._whole)
        if had_focus:
            (self._narrow.widen_button if on else self.collapse_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def draw_large(self, on: bool = True) -> None:
        """Put the canvas on the stage, or back here."""
        if on:
            self.set_source("draw")
            self.large_drawing.take_canvas()
            self.draw_tab.set_large(True)
            self.stage_requested.emit(self.large_drawing)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.stage_released.emit()

    def open_gallery(self) -> None:
        """Show all images of the data set over the stage."""
        self.stage_requested.emit(self.browser)

    def on_stage_given_back(self, over: QWidget) -> None:
        """`over` is no longer on the stage."""
        if over is self.large_drawing:
            self.draw_tab.set_large(False)
        elif self.images_tab.isVisible():
            self.images_tab.picture.setFocus(Qt.FocusReason.OtherFocusReason)  # arrow keys go on from the image chosen

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setWindowTitle(self.tr("Input and prediction"))
        self.setAccessibleName(self.tr("Input and prediction"))
        self.switch.setAccessibleName(self.tr("Where the image comes from"))
        self.collapse_button.setAccessibleName(self.tr("Make the input narrow"))
        self.collapse_button.setToolTip(self.tr("Give the stage more room (Ctrl+B)"))
        self._mark_tabs()

    def _mark_tabs(self) -> None:
        """Put a dot on the tab whose image is looked at, and say it."""
        texts = {}
        for source, text, tip in (
            ("draw", self.tr("Draw"), self.tr("Draw a digit")),
            ("dataset", self.tr("Images"), self.tr("Choose an image of the data set")),
            ("file", self.tr("File"), self.tr("Open, drop or paste a picture")),
        ):
            is_shown = source == self._shown
            texts[source] = (
                text,
                self.tr("{tip}. The network shows it now.").format(tip=tip) if is_shown else tip,
            )
        self.switch.set_texts(texts)
        self.switch.set_marked(self._shown if self._shown in _SOURCES else "")

    # -- Qt -----------------------------------------------------------------------------------------------------

    def _on_change_requested(self) -> None:
        if self._reading is None:
            return
        dialog = PreprocessingDialog(*self._reading, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.reading_asked)
        dialog.reset_requested.connect(self.reading_reset)
        dialog.open()

    def _on_tab_chosen(self, source: str) -> None:
        self._pages.setCurrentIndex(_SOURCES.index(source))
        self.source_changed.emit(source)

    def _on_drawing_requested(self) -> None:
        self.image_requested.emit("draw")

    def _on_picture_requested(self) -> None:
        self.image_requested.emit("file")

    def _on_collapse(self) -> None:
        self.collapse_requested.emit(True)

    def _on_widen(self) -> None:
        self.collapse_requested.emit(False)

    def sizeHint(self) -> QSize:
        """As in a window of 1440×900."""
        return QSize(232, 780)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The frame of a file that is dragged covers all of it."""
        super().resizeEvent(event)
        self._drop_frame.setGeometry(self.rect())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file from this machine is welcome."""
        if local_path(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._drop_frame.raise_()
            self._drop_frame.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file counts."""
        self._drop_frame.hide()
        path = local_path(event.mimeData())
        if path:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.file_dropped.emit(path)
