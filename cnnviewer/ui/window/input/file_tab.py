"""A picture from a file or the clipboard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import pixels_to_image
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.theme import RADIUS, theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow
from cnnviewer.ui.window.input.icons import paint_icon


class PicturePreview(Translated, QWidget):
    """The opened picture, as large as fits; without one, a place to drop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filePreview")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = QImage()
        self._refusal: Words = ""
        theme().changed.connect(self.update)
        self.retranslate()

    def set_picture(self, picture: npt.NDArray[np.uint8] | None) -> None:
        """Show uint8 `(H, W, 3)` or `(H, W)`, or nothing."""
        self._picture = QImage() if picture is None else pixels_to_image(picture)
        self.update()

    def set_refusal(self, refusal: Words) -> None:
        """Why another picture could not be opened, for who points at this one: a message says it. Empty: it could."""
        self._refusal = refusal
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts that are not asked for when painted."""
        self.setAccessibleName(self.tr("Preview of the picture"))
        self.setToolTip(tool_tip(worded(self._refusal)))
        self.setAccessibleDescription(worded(self._refusal))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for the hint."""
        return QSize(140, 50)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the hint in a dashed frame."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._picture.isNull():
            painter.setPen(QPen(theme().color("faint"), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(theme().color("raised"))
            painter.drawRoundedRect(room, RADIUS, RADIUS)
            middle = room.center()
            size = min(44.0, room.height() * 0.3)
            box = QRectF(middle.x() - size / 2, middle.y() - size, size, size)
            paint_icon(painter, "picture", box, theme().color("faint"), 1.3)
            painter.setPen(theme().color("muted"))
            words = QRectF(room.left() + 12, box.bottom() + 8, room.width() - 24, room.bottom() - box.bottom() - 8)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            draw_text(painter, words, flags, self.tr("Drop a picture here"))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(room, RADIUS, RADIUS)
        inner = room.adjusted(6, 6, -6, -6)
        scale = min(inner.width() / self._picture.width(), inner.height() / self._picture.height())
        # a small picture's pixels stay pixels, a photograph stays smooth
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 3)
        box = QRectF(0, 0, self._picture.width() * scale, self._picture.height() * scale)
        box.moveCenter(inner.center())
        painter.drawImage(box, self._picture)


class FileTab(Translated, QWidget):
    """Preview, name, Open…, Paste, and whether the picture is to be read as a drawn digit.

    Signals:
        open_requested, paste_requested: the buttons.
        digit_toggled: the user ticked or unticked "Read as a drawn digit".
        show_requested: the picture shall be looked at again, in place of another image.
    """

    open_requested = Signal()
    paste_requested = Signal()
    digit_toggled = Signal(bool)
    show_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fileTab")
        self._name: str | None = None
        self._shown = False
        self.preview = PicturePreview(self)
        self.name_label = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self.name_label.setObjectName("fileName")
        self.digit_check = QCheckBox(self)
        self.digit_check.setObjectName("digitOptionCheck")
        self.digit_check.hide()
        self.show_button = QPushButton(self)
        self.show_button.setObjectName("showPictureButton")
        self.show_button.hide()
        self.open_button = QPushButton(self)
        self.open_button.setObjectName("openImageButton")
        show_icon(self.open_button, "open", "muted")
        self.paste_button = QPushButton(self)
        self.paste_button.setObjectName("pasteImageButton")
        show_icon(self.paste_button, "paste", "muted")
        buttons = WrappingRow(spacing=6)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.paste_button)
        column = QVBoxLayout(TallContent(self).content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.preview, 1)
        column.addWidget(self.name_label)
        column.addWidget(self.digit_check)
        column.addWidget(self.show_button)
        column.addLayout(buttons)
        self.open_button.clicked.connect(self.open_requested)
        self.paste_button.clicked.connect(self.paste_requested)
        self.digit_check.toggled.connect(self.digit_toggled)
        self.show_button.clicked.connect(self.show_requested)
        self.retranslate()

    def set_file(self, name: str | None, picture: npt.NDArray[np.uint8] | None) -> None:
        """Show a picture, uint8 `(H, W, 3)`, under its name; None and None: none is open."""
        self._name = name
        self.preview.set_picture(picture)
        self.preview.set_refusal("")
        self._refresh_name()
        self._offer_to_show()

    def set_refusal(self, sentence: Words) -> None:
        """Say why a picture could not be opened, until one is."""
        self.preview.set_refusal(sentence)

    def set_shown(self, shown: bool) -> None:
        """Whether the picture is the image looked at; another one can be replaced by it."""
        self._shown = shown
        self._offer_to_show()

    def _offer_to_show(self) -> None:
        self.show_button.setVisible(not self._shown and self._name is not None)

    def set_digit_option(self, offered: bool, on: bool) -> None:
        """Whether "Read as a drawn digit" can be chosen, and is."""
        self.digit_check.setVisible(offered)
        self.digit_check.blockSignals(True)
        self.digit_check.setChecked(on)
        self.digit_check.blockSignals(False)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.digit_check.setText(self.tr("Prepare as a digit"))
        self.digit_check.setAccessibleName(self.digit_check.text())
        self.digit_check.setToolTip(
            self.tr(
                "Find the digit and prepare it as MNIST's makers did: cropped, scaled to 20×20, centred by mass. "
                "Otherwise the picture is cropped and scaled like the model's own images."
            )
        )
        self.show_button.setText(self.tr("Show this picture"))
        self.show_button.setAccessibleName(self.show_button.text())
        self.show_button.setToolTip(self.tr("The network shows another image: let it show this picture"))
        self.open_button.setText(self.tr("Open…"))
        self.open_button.setAccessibleName(self.tr("Open picture"))
        self.open_button.setToolTip(self.tr("Open a picture (Ctrl+O)"))
        self.paste_button.setText(self.tr("Paste"))
        self.paste_button.setAccessibleName(self.tr("Paste picture"))
        self.paste_button.setToolTip(self.tr("Paste a picture from the clipboard (Ctrl+V)"))
        self._refresh_name()

    def _refresh_name(self) -> None:
        words = self._name if self._name is not None else self.tr("No picture is open")
        self.name_label.setProperty("role", "title" if self._name is not None else "caption")
        self.name_label.style().unpolish(self.name_label)
        self.name_label.style().polish(self.name_label)
        self.name_label.show_text(words, self._name or "")
