"""The image of the data set that is looked at, the ones before and behind it, and the way to all of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.cell_grid import list_step
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.theme import RADIUS, theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow
from cnnviewer.ui.window.input.browser import SampleBrowser
from cnnviewer.ui.window.input.icons import paint_icon


class SamplePicture(Translated, QWidget):
    """Paints one image with its number and class below it. The arrow keys go to the next ones.

    Signals:
        stepped: how many images on a key leads.
    """

    accessible_role = QAccessible.Role.Graphic

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("samplePicture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = QImage()
        self._words = ""
        self._is_current = False
        theme().changed.connect(self.update)
        self.retranslate()

    def show_image(self, picture: QImage, words: str, is_current: bool) -> None:
        """Show an image over `words`, paler if it is not the one looked at; a null image: the words alone."""
        self._picture, self._words, self._is_current = picture, words, is_current
        self.setAccessibleDescription(words)
        self.setToolTip(tool_tip(words))
        self.update()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Image of the data set"))

    def minimumSizeHint(self) -> QSize:
        """Room for an image that can be recognised."""
        return QSize(100, 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page Up and Down go on."""
        step = list_step(event, 1_000_000, 10)
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Image and words, in a frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme().color("accent" if focused else "border"), 2.0 if focused else 1.0))
        painter.setBrush(theme().color("surface"))
        inset = 1.0 if focused else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        metrics = QFontMetricsF(self.font())
        painter.setPen(theme().color("muted"))
        if self._picture.isNull():
            side = min(44.0, frame.height() * 0.3)
            box = QRectF(frame.center().x() - side / 2, frame.center().y() - side, side, side)
            paint_icon(painter, "picture", box, theme().color("faint"), 1.3)
            room = QRectF(frame.left() + 10, box.bottom() + 8, frame.width() - 20, frame.bottom() - box.bottom() - 10)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.setPen(theme().color("muted"))
            draw_text(painter, room, flags, self._words)
            return
        line = metrics.height() + 8
        label = QRectF(frame.left() + 6, frame.bottom() - line, frame.width() - 12, line)
        draw_text(painter, label, Qt.AlignmentFlag.AlignCenter, elided(metrics, self._words, label.width()))
        room = frame.adjusted(7, 7, -7, -line)
        width, height = self._picture.width(), self._picture.height()
        scale = min(room.width() / width, room.height() / height)
        box = QRectF(0, 0, width * scale, height * scale)
        box.moveCenter(room.center())
        painter.setOpacity(1.0 if self._is_current else 0.35)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 3)
        painter.drawImage(box, self._picture)


class ImagesTab(Translated, QWidget):
    """One image, Previous, Next, Random, and a button that opens all of them over the stage.

    Signals:
        gallery_requested: all images shall be shown.
    """

    gallery_requested = Signal()

    def __init__(self, browser: SampleBrowser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("imagesTab")
        self._browser = browser
        self._drawn: tuple[int, bool, str] | None = None
        self._shown = False
        self.picture = SamplePicture(self)
        self.show_button = QPushButton(self)
        self.show_button.setObjectName("showSampleButton")
        self.show_button.setProperty("floating", True)
        self.previous_button = self._button("previousSampleButton", "chevron-left")
        self.next_button = self._button("nextSampleButton", "chevron-right")
        self.random_button = self._button("anySampleButton", "random")
        self.all_button = TextButton("allImagesButton", self)
        tools = WrappingRow(spacing=2)
        for button in (self.previous_button, self.next_button, self.random_button):
            tools.addWidget(button)
        tools.add_stretch()
        tools.addWidget(self.all_button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.picture, 1)
        column.addLayout(tools)
        self.picture.stepped.connect(browser.step)
        self.previous_button.clicked.connect(self._on_previous)
        self.next_button.clicked.connect(self._on_next)
        self.random_button.clicked.connect(browser.choose_random)
        self.show_button.clicked.connect(self._on_show)
        self.all_button.clicked.connect(self.gallery_requested)
        browser.changed.connect(self._refresh)
        self.retranslate()

    def _button(self, name: str, drawing: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setProperty("small", True)
        show_icon(button, drawing, "muted")
        return button

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        for button, name, tip in (
            (self.previous_button, self.tr("Previous image"), self.tr("The image before this one, of those shown")),
            (self.next_button, self.tr("Next image"), self.tr("The image behind this one, of those shown")),
            (self.random_button, self.tr("Random image"), self.tr("Choose one of the images shown at random")),
            (
                self.show_button,
                self.tr("Show this image"),
                self.tr("The network shows another image: let it show this one"),
            ),
            (
                self.all_button,
                self.tr("All images…"),
                self.tr("All images over the stage: by class, by number, only the wrong ones"),
            ),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tool_tip(tip))
        self.show_button.setText(self.show_button.accessibleName())
        self.all_button.setText(self.all_button.accessibleName())
        self._drawn = None
        self._refresh()

    def set_shown(self, shown: bool) -> None:
        """Whether an image of the data set is the one looked at, be it among those that can be chosen now or not."""
        self._shown = shown
        self._refresh()

    def _refresh(self) -> None:
        browser = self._browser
        current = browser.grid.current()
        index = current if current >= 0 else browser.last
        pixels = browser.pixels(index)
        has_images = bool(browser.choosable)
        words = browser.choosable or browser.why_none if pixels is None else browser.describe(index)
        shown = (index, current >= 0, words)
        kept = self._drawn is not None and self._drawn[0] >= 0 and not browser.loading
        keeps = self._shown and pixels is None and kept
        if shown != self._drawn and not keeps:
            self._drawn = shown
            self.picture.show_image(QImage() if pixels is None else planes_to_image(pixels), words, current >= 0)
        self.show_button.setVisible(pixels is not None and current < 0)
        states = (
            (self.previous_button, browser.can_step(-1)),
            (self.next_button, browser.can_step(1)),
            (self.random_button, has_images),
            (self.all_button, has_images),
        )
        enable(self, states, self.all_button)
        self._place_over_picture()

    def _place_over_picture(self) -> None:
        room, size = self.picture.geometry(), self.show_button.sizeHint()
        width = min(size.width(), room.width() - 16)
        self.show_button.setGeometry(
            room.center().x() - width // 2, room.center().y() - size.height() // 2, width, size.height()
        )

    def _on_previous(self) -> None:
        self._browser.step(-1)

    def _on_next(self) -> None:
        self._browser.step(1)

    def _on_show(self) -> None:
        self._browser.select(self._browser.last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button over the image stays in its middle."""
        super().resizeEvent(event)
        self._column.activate()
        self._place_over_picture()
