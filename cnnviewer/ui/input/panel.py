"""The right side of the window: where the image comes from, what the model sees, what it says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QMimeData, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QTabWidget, QVBoxLayout, QWidget

from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.calm import CalmTabBar
from cnnviewer.ui.input.browser import SampleBrowser
from cnnviewer.ui.input.draw_tab import DrawTab
from cnnviewer.ui.input.file_tab import FileTab
from cnnviewer.ui.input.lens import InputLens
from cnnviewer.ui.input.prediction import PredictionView
from cnnviewer.ui.input.reading_dialog import ReadingDialog
from cnnviewer.ui.theme import RADIUS, theme

_SOURCES = ("draw", "dataset", "file")
_TALL = 740
_LEAST_BELOW = 186
_MARK = 8  # pixels of the dot on the tab whose image is looked at


class _DropFrame(QWidget):
    """Covers the panel while a file hangs over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme().color("accent_soft")
        veil.setAlpha(215)
        painter.setBrush(veil)
        painter.setPen(QPen(theme().color("accent"), 2.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), RADIUS, RADIUS)
        face = self.font()
        face.setPixelSize(18)
        face.setWeight(face.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(theme().color("text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(20, 20, -20, -20), flags, self.tr("Let go to open"))


class InputPanel(QWidget):
    """Tabs Draw, Data set and File; below them, always visible, the input lens and the prediction.

    In a low window lens and prediction stand side by side, in a tall one below one another.

    Signals:
        source_changed: the person opened a tab: `"draw"`, `"dataset"` or `"file"`. The image stays what it is.
        image_requested: the drawing (`"draw"`) or the picture (`"file"`) shall be looked at again.
        open_image_requested, paste_requested, save_drawing_requested, open_drawing_requested: the buttons.
        file_dropped: path of a file dropped anywhere on the panel.
        file_options_changed: "Read as a drawn digit" was ticked or unticked.
        reading_asked: the model is to read images of `(H, W)` pixels, normalised with these means and deviations.
        reading_reset: it is to read them again as the weights record, or as the data set or the model says.
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputPanel")
        self.setAcceptDrops(True)
        self.draw_tab = DrawTab(self)
        self.canvas = self.draw_tab.canvas
        self.browser = SampleBrowser(self)
        self.file_tab = FileTab(self)
        self.lens = InputLens(self)
        self.prediction = PredictionView(self)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(CalmTabBar(self.tabs))
        self.tabs.setObjectName("inputTabs")
        self.tabs.setDocumentMode(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setIconSize(QSize(_MARK, _MARK))
        self._shown = ""
        for tab in (self.draw_tab, self.browser, self.file_tab):
            self.tabs.addTab(tab, "")
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(12)
        self._below.addWidget(self.lens, 9)
        self._below.addWidget(self.prediction, 11)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 4, 6, 6)
        self._column.setSpacing(10)
        self._column.addWidget(self.tabs, 1)
        self._column.addLayout(self._below, 0)
        self._drop_frame = _DropFrame(self)
        self._reading: tuple[tuple[int, int, int], Normalisation] | None = None
        self._wire()
        self.retranslate()

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.draw_tab.save_requested.connect(self.save_drawing_requested)
        self.draw_tab.open_requested.connect(self.open_drawing_requested)
        self.file_tab.open_requested.connect(self.open_image_requested)
        self.file_tab.paste_requested.connect(self.paste_requested)
        self.file_tab.digit_toggled.connect(self.file_options_changed)
        self.draw_tab.show_requested.connect(self._on_drawing_requested)
        self.file_tab.show_requested.connect(self._on_picture_requested)
        self.lens.change_wished.connect(self._on_change_wished)
        theme().changed.connect(self._mark_tabs)

    # -- what others ask and tell -------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        """The chosen tab: `"draw"`, `"dataset"` or `"file"`."""
        return _SOURCES[self.tabs.currentIndex()]

    def set_source(self, source: str) -> None:
        """Choose a tab without telling `source_changed`. ValueError for an unknown one."""
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(_SOURCES.index(source))

    def set_shown(self, place: str) -> None:
        """Say where the image looked at comes from: a tab's name, or another one for none of them."""
        self._shown = place
        self.draw_tab.set_shown(place == "draw")
        self.file_tab.set_shown(place == "file")
        if place != "dataset":
            self.browser.clear_current()
        self._mark_tabs()

    def set_file(self, name: str | None, picture: npt.NDArray[np.uint8] | None) -> None:
        """Preview of the opened file, uint8 `(H, W, 3)`; None and None: none is open."""
        self.file_tab.set_file(name, picture)

    def set_reading(self, shape: tuple[int, int, int], used: Normalisation, changeable: bool) -> None:
        """How the weights read images: `(C, H, W)` and normalisation, and whether a person can change that now."""
        self._reading = (shape, used)
        self.lens.change_button.setEnabled(changeable)

    def set_digit_option(self, offered: bool, on: bool) -> None:
        """Whether "Read as a drawn digit" can be chosen, and is."""
        self.file_tab.set_digit_option(offered, on)

    def set_drawing_offered(self, offered: bool, reason: str = "") -> None:
        """Drawing stays possible for a model that was not made for it; `reason` says what to expect."""
        self.draw_tab.set_note("" if offered else reason)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setWindowTitle(self.tr("Input and prediction"))
        self.setAccessibleName(self.tr("Input and prediction"))
        self.tabs.setAccessibleName(self.tr("Where the image comes from"))
        for index, words in enumerate((self.tr("Draw"), self.tr("Data set"), self.tr("File"))):
            self.tabs.setTabText(index, words)
        self._mark_tabs()

    def _mark_tabs(self) -> None:
        """Put a dot on the tab whose image is looked at, and say it."""
        tips = (
            self.tr("Draw a digit"),
            self.tr("Choose an image of the data set"),
            self.tr("Open, drop or paste a picture"),
        )
        for index, (source, tip) in enumerate(zip(_SOURCES, tips, strict=True)):
            shown = source == self._shown
            self.tabs.setTabIcon(index, _dot() if shown else QIcon())
            self.tabs.setTabToolTip(
                index, self.tr("{tip}. The network shows it now.").format(tip=tip) if shown else tip
            )

    # -- Qt -----------------------------------------------------------------------------------------------------

    def _on_change_wished(self) -> None:
        if self._reading is None:
            return
        dialog = ReadingDialog(*self._reading, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.reading_asked)
        dialog.reset_wished.connect(self.reading_reset)
        dialog.open()

    def _on_tab_changed(self, index: int) -> None:
        self.source_changed.emit(_SOURCES[index])

    def _on_drawing_requested(self) -> None:
        self.image_requested.emit("draw")

    def _on_picture_requested(self) -> None:
        self.image_requested.emit("file")

    def sizeHint(self) -> QSize:
        """As in a window of 1440×900."""
        return QSize(330, 780)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side or below one another."""
        super().resizeEvent(event)
        self._drop_frame.setGeometry(self.rect())
        self._arrange()

    def _arrange(self) -> None:
        """Give the tabs a square sheet's height where there is room, and the rest to lens and prediction."""
        tall = self.height() >= _TALL
        self._below.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)
        tools = 104  # tab bar, margins, tool row
        wanted = self.height() - (self.width() + tools)
        least = 330 if tall else _LEAST_BELOW
        below = min(max(wanted, least), self.height() // 2)
        if tall:
            lens = min(int(below * 0.4), 160)
            self.lens.setFixedHeight(lens)
            self.prediction.setFixedHeight(below - lens - 12)
        else:
            self.lens.setFixedHeight(below)
            self.prediction.setFixedHeight(below)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file from this machine is welcome."""
        if _local_path(event.mimeData()):
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
        path = _local_path(event.mimeData())
        if path:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.file_dropped.emit(path)


def _dot() -> QIcon:
    """A round mark in the colour of what is looked at."""
    made = QIcon()
    for ratio in (1, 2, 3):
        picture = QPixmap(_MARK * ratio, _MARK * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("highlight"))
        painter.drawEllipse(QRectF(0, 0, _MARK, _MARK).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        made.addPixmap(picture)
    return made


def _local_path(data: QMimeData) -> str:
    """The first local file's path, or an empty string."""
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
