"""The page Flip: a change of the image that changes the answer, searched or drawn."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.adversarial.records import Answered, Flip, FlipRequest, Pixels
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.flip.drawing_tools import DrawingTools
from cnnviewer.ui.explore.why.flip.drawn_picture import DrawnPicture
from cnnviewer.ui.explore.why.flip.logit_bars import LogitBars
from cnnviewer.ui.explore.why.flip.search_controls import SearchControls
from cnnviewer.ui.explore.why.flip.texts import coarse_text, found_text
from cnnviewer.ui.explore.why.flip.three_pictures import ThreePictures, answer_text
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

SEARCHED: Final = "searched"
DRAWN: Final = "drawn"
_BESIDE: Final = 370  # pixels of the usual text size from which the logits stand beside the picture


class _Beside(QWidget):
    """The picture that is drawn on and its logits: beside one another, where there is room for both."""

    def __init__(self, picture: QWidget, bars: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(picture, 1, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(bars, 1, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """The narrower of both ways."""
        return QSize(grown(140), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One way or the other."""
        super().resizeEvent(event)
        across = self.width() >= grown(_BESIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)


class FlipPage(Translated, QWidget):
    """Shows what is found, or takes strokes; below them the logits before and after.

    The Qt properties `epsilon` (grey levels allowed; None without an answer) and `flipped` are those of the change
    shown.

    Signals:
        request_changed: another change is asked for: `request`, or `picture` where `mode` is `drawn`.
        use_requested: the changed picture shall be the input.
        save_requested: it shall be saved.
        cancel_requested: the search shall end.
    """

    request_changed = Signal()
    use_requested = Signal()
    save_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flipPage")
        self._classes: tuple[str, ...] = ()
        self._flip: Flip | None = None
        self._is_final = True
        self._drawn: tuple[Answered, Answered] | None = None
        self._problem: Words = ""  # why there is neither
        self._mode = Segmented(self)
        self._mode.setObjectName("flipMode")
        for key in (SEARCHED, DRAWN):
            self._mode.add(key, name=f"flip{key.title()}Segment")
        self.more = PopoverButton("flipMoreButton", self)
        self.controls = SearchControls(self.more, self)
        self.pictures = ThreePictures(self)
        self.canvas = DrawnPicture(self)
        self.tools = DrawingTools(self.canvas, self.more, self)
        self.bars = {SEARCHED: LogitBars("flipLogits", self), DRAWN: LogitBars("flipDrawnLogits", self)}
        self.progress = CancellableProgress("flip", self)
        self._result, self._limits = PlainLabel(self), PlainLabel(self)
        self._limits.setObjectName("flipLimits")
        self._result.setObjectName("flipResult")
        self._use, self._save = QPushButton(), QPushButton()
        self._picture_label = PlainLabel()
        self._use.setObjectName("flipUseButton")
        self._save.setObjectName("flipSaveButton")
        self._columns: dict[str, QVBoxLayout] = {}
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show()

    def _lay_out(self) -> None:
        for label in (self._result, self._limits):
            label.setWordWrap(True)
        self._limits.setProperty("role", "caption")
        searched, drawn = QWidget(self), QWidget(self)
        beside = _Beside(self.canvas, self.bars[DRAWN])
        contents = (SEARCHED, searched, (self.controls, self.pictures)), (DRAWN, drawn, (self.tools, beside))
        for key, page, parts in contents:
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            for part in parts:
                column.addWidget(part)
            self._columns[key] = column
        self._parts = {SEARCHED: searched, DRAWN: drawn}
        self.more.add_row(self._picture_label, self._use, self._save)
        asked = QWidget(self)
        row = WrappingRow(asked)
        for widget in (self._mode, self.more, self.progress):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 4, 4)
        column.setSpacing(8)
        column.addWidget(asked)
        column.addWidget(searched)
        column.addWidget(drawn)
        column.addWidget(self._limits)
        column.addWidget(self.bars[SEARCHED])  # last: what was found and what it says are seen first
        column.addStretch(1)

    def _connect(self) -> None:
        self._mode.chosen.connect(self._on_mode_chosen)
        self.controls.request_changed.connect(self._on_request_changed)
        self.canvas.drawn.connect(self._on_drawn)
        self.tools.undo_requested.connect(self.canvas.undo)
        self.tools.redo_requested.connect(self.canvas.redo)
        self.tools.reset_requested.connect(self.canvas.reset)
        self.progress.cancelled.connect(self.cancel_requested)
        self._use.clicked.connect(self.use_requested)
        self._save.clicked.connect(self.save_requested)

    # values out

    @property
    def mode(self) -> str:
        """`searched` or `drawn`."""
        return self._mode.current

    @property
    def request(self) -> FlipRequest:
        """The change to search."""
        return self.controls.request

    @property
    def flip(self) -> Flip | None:
        """The change that was found last, maybe by another request than that of now; None before."""
        return self._flip

    @property
    def picture(self) -> Pixels | None:
        """What is drawn, uint8 `(C, H, W)`; None without an image."""
        return self.canvas.picture

    @property
    def changed(self) -> Answered | None:
        """The changed picture that is shown, and the answer to it."""
        if self.mode == DRAWN:
            return self._drawn[1] if self._drawn is not None and self.canvas.is_changed else None
        return self._flip.after if self._flip is not None else None

    # values in

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes in the order of the model's outputs."""
        if classes != self._classes:
            self._classes = classes
            self.controls.set_classes(classes)
            for bars in self.bars.values():
                bars.set_classes(classes)

    def set_question(self, predicted: int | None, goal: int | None) -> None:
        """The class that the image is predicted as, and the one that the question asks for; None: any other."""
        self.controls.set_question(predicted, goal)
        self._say_search()

    def set_image(self, image: Pixels | None) -> None:
        """Another image, uint8 `(C, H, W)`: strokes and changes of the one before are forgotten."""
        self._flip = self._drawn = None
        self._problem = ""
        self.canvas.set_image(image)
        self.tools.follow_image()
        self.pictures.set_image(None)
        self._show()

    def set_flip(self, flip: Flip, is_final: bool = True) -> None:
        """The change that was found, or a coarse one that was found first."""
        self._flip, self._is_final = flip, is_final
        self.pictures.set_flip(flip)
        if is_final and flip.request.epsilon is None and self.request.epsilon is None:
            self.controls.show_found(flip.epsilon)
        self._show()

    def set_drawn(self, before: Answered, after: Answered) -> None:
        """The answers to the image and to what is drawn on it."""
        self._drawn = before, after
        self._show()

    def set_progress(self, fraction: float | None, words: Words = "") -> None:
        """How far the search is; None: none is under way."""
        self.progress.set_progress(fraction, words or ((lambda: self.tr("Searching…")) if fraction is not None else ""))

    def set_problem(self, sentence: Words) -> None:
        """Why there is no answer."""
        self._flip = self._drawn = None
        self._problem = sentence
        self._show()

    def ask(self, attack: str, epsilon: int | None = None, towards: int | None = None) -> None:
        """Search a change, as the controls do."""
        self.open_mode(SEARCHED)
        self.controls.ask(attack, epsilon, towards)

    def open_mode(self, mode: str) -> None:
        """Search or draw."""
        if mode != self._mode.current:
            self._mode.set_current(mode)
            self._on_mode_chosen(mode)

    # what is shown

    def _on_request_changed(self) -> None:
        self._say_search()
        self.request_changed.emit()

    def _say_search(self) -> None:
        """On the button of the popover: what is searched, and how."""
        searching = self.mode == SEARCHED
        for row in self.controls.rows:
            row.show_row(searching)
        if searching:
            self.more.show_words(self.controls.words, self.controls.short_words)
        else:
            self.more.show_words(self._picture_label.text())

    def _on_mode_chosen(self, _mode: str) -> None:
        self._show()
        self.request_changed.emit()

    def _on_drawn(self) -> None:
        self.tools.show_undo()
        self.request_changed.emit()

    def _show(self) -> None:
        mode = self.mode
        for key, part in self._parts.items():
            part.setVisible(key == mode)
        self._place_result()
        self.bars[SEARCHED].setVisible(mode == SEARCHED)
        self.bars[mode].set_answers(*(self._shown() or (None, None)))
        self._result.setText(self._sentence())
        usable = self.changed is not None and self.changed.picture.shape[0] in (1, 3)
        self._use.setEnabled(usable)
        self._save.setEnabled(usable)
        self.tools.show_undo()
        self._say_search()
        self._show_limits()

    def _place_result(self) -> None:
        """What was found is read before the pictures; below the sheet, which must not move while it is drawn on."""
        if self._result.parentWidget() is not self._parts[self.mode]:
            self._columns[self.mode].insertWidget(1 if self.mode == SEARCHED else 2, self._result)
            self._result.show()

    def _shown(self) -> tuple[Answered, Answered] | None:
        if self.mode == DRAWN:
            return self._drawn
        return (self._flip.before, self._flip.after) if self._flip is not None else None

    def _sentence(self) -> str:
        if self.mode == SEARCHED:
            if self._flip is None:
                return worded(self._problem)
            return (found_text if self._is_final else coarse_text)(self._flip, self._classes)
        if self._drawn is None:
            return worded(self._problem)
        before, after = self._drawn
        if not self.canvas.is_changed:
            return self.tr("Predicted {before}. Draw on the image, and the logits follow.").format(
                before=answer_text(before)
            )
        return self.tr("Predicted {before} before and {after} now.").format(
            before=answer_text(before), after=answer_text(after)
        )

    def _show_limits(self) -> None:
        if self.mode == SEARCHED and self._flip is not None and not self._flip.flipped:
            can = self.tr("It can say that no change which was tried is enough.")
            cannot = self.tr("It cannot say that no other change of this size is.")
        elif self.mode == SEARCHED:
            can = self.tr(
                "It can say that a change this small is enough: the answer shown is that to the picture as it is saved."
            )
            cannot = self.tr(
                "It cannot say that no smaller change exists, nor how the model takes changes that happen by "
                "themselves, such as blur or another hand."
            )
        else:
            can = self.tr("It can say what this very stroke does to every logit.")
            cannot = self.tr("It cannot say what another stroke, or the same one on another image, would do.")
        self._limits.setText(f"{can} {cannot}")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._mode.set_texts(
            {
                SEARCHED: (self.tr("Search a change"), self.tr("The smallest change that the gradient finds")),
                DRAWN: (self.tr("Draw a change"), self.tr("Add or erase a stroke, and see the logits move")),
            }
        )
        self._mode.setAccessibleName(self.tr("How the image is changed"))
        self._picture_label.setText(self.tr("Changed picture"))
        self.more.setToolTip(tool_tip(self.tr("How a change is searched, and what becomes of the changed picture")))
        self._use.setText(self.tr("Use as input"))
        self._use.setToolTip(tool_tip(self.tr("The changed picture becomes the input of the whole window")))
        self._save.setText(self.tr("Save picture…"))
        self._save.setToolTip(tool_tip(self.tr("As a PNG of the model's size, whose answer is the one shown")))
        for button in (self._use, self._save):
            button.setAccessibleName(button.text())
        self._show()

    def _get_epsilon(self) -> object:
        return self._flip.epsilon if self._flip is not None else None

    def _get_flipped(self) -> bool:
        return self._flip is not None and self._flip.flipped

    epsilon = Property(object, _get_epsilon)
    flipped = Property(bool, _get_flipped)
