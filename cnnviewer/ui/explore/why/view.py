"""The panel Why: on what an answer rests. Its head asks the question, its pages answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.head import QuestionButton
from cnnviewer.ui.explore.why.number_links import NumberLinks
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

PAGES: Final = ("maps", "channels", "trust", "flip", "history")
"""The pages in their order; one that is not added is not shown."""
_WITHOUT_NUMBERS: Final = ("channels", "trust", "flip")
"""Pages about another map or another image: their controls are enough beside a number's arithmetic."""
WIDTH: Final = 452
"""Pixels of the usual text size that it asks for."""


class WhyView(Translated, Styled, QFrame):
    """Owner of the pages.

    **How a page is added**: a widget in this folder (values in, signals out; progress in a `CancellableProgress`), a
    presenter in `presenters/` that asks through `presenters.analysis.PageStudies`, and a function in
    `app/why_pages.py` that builds both, given to `add_page`. The page is built when it is first opened.

    The Qt properties `map` (float32 `(C, H, W)` or `(H, W)`, None without one), `target` (name of the class) and
    `completeness` (float or None) are those of the page Maps and of the method asked for last.

    Attributes:
        pages: the pages, by the names in `PAGES`.
        beside_network: whether the network is seen beside this panel.

    Signals:
        page_seen_changed: key of a page, and whether the user can see it.
        target_chosen: index of a class; -1: the predicted one.
        against_chosen: index of another class; -1: the true one where the answer is wrong, -2: none.
        number_requested: the arithmetic of the target's logit shall be shown; True: of the other class's.
        close_requested: the panel shall be closed.
        beside_network_changed: `beside_network`.
    """

    page_seen_changed = Signal(str, bool)
    target_chosen = Signal(int)
    against_chosen = Signal(int)
    number_requested = Signal(bool)
    close_requested = Signal()
    beside_network_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyView")
        self.setProperty("card", True)
        self._has_two = False  # whether the class compared with has a logit of its own
        self.beside_network = True
        self._seen = ""  # the page that the user sees
        self._question = QuestionButton(self)
        self._asked: tuple[int, int | None, int, int, bool] | None = None
        self._nothing: Words | None = None  # why there is no answer to ask about; None: there is one
        self._notice = PlainLabel(self)
        self._notice.setObjectName("whyNotice")
        self._notice.setProperty("role", "caption")
        self._notice.setWordWrap(True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notice.hide()
        self._close = QToolButton(self)
        self._close.setObjectName("whyCloseButton")
        self._close.setProperty("flat", True)
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._back = QPushButton(self)
        self._back.setObjectName("whyBackButton")
        self._back.setProperty("link", True)
        show_icon(self._back, "chevron-left", "accent_text", 14)
        self._back.hide()
        show_icon(self._close, "close", "muted")
        self._numbers = NumberLinks(self)
        self._step = ElidedLabel(self)
        self._step.setObjectName("whyStep")
        self._step.setProperty("role", "caption")
        self._shown_step: int | None = None
        self._tabs = Segmented(self)
        self._tabs.setObjectName("whyPages")
        self.pages = LazyPages(self)
        self.pages.setAutoFillBackground(False)  # they lie on a card
        self._place = QWidget(self)
        self._scroll = TallContent(self._place)
        self._lay_out()
        self._tabs.chosen.connect(self.open_page)
        self._close.clicked.connect(self.close_requested)
        self._back.clicked.connect(self.close_requested)
        self._numbers.requested.connect(self.number_requested)
        self._question.target_chosen.connect(self.target_chosen)
        self._question.against_chosen.connect(self.against_chosen)
        self.retranslate()

    def _lay_out(self) -> None:
        scrolled = QVBoxLayout(self._scroll.content)
        scrolled.setContentsMargins(0, 0, 0, 0)
        scrolled.addWidget(self.pages)
        title = QWidget(self)
        head = QHBoxLayout(title)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(self._back)
        head.addWidget(self._question)
        head.addStretch(1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self._tabs)
        column.addWidget(self._place, 1)
        column.addWidget(self._notice, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._step, 1)
        foot.addWidget(self._numbers)
        column.addLayout(foot)

    # pages

    def add_page(self, key: str, factory: Callable[[], QWidget]) -> None:
        """Offer a page of `PAGES`, in any order; `factory` builds it, and its presenter, when it is first opened."""
        self.pages.offer(key, factory)
        self._tabs.add(key, name=f"why{key.title()}Segment")
        self.retranslate()

    def open_page(self, key: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        if key != self.pages.page:
            self._scroll.verticalScrollBar().setValue(0)  # a page is read from its beginning
        self.pages.open(key)
        self._tabs.set_current(key)
        self._show_parts()
        self._tell_seen()

    def page(self, key: str) -> QWidget:
        """The widget of a page, which is built where it was not yet; the one shown stays."""
        shown = self.pages.page
        if not self.pages.is_built(key):
            self.pages.open(key)
            self.pages.open(shown)
        page = self.pages.widget(self.pages.names.index(key))
        assert page is not None
        return page

    # values in

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes that can be asked about."""
        self._asked = None
        self._question.set_classes(classes)

    def set_question(
        self, target: int, against: int | None, target_choice: int, against_choice: int, one_number: bool = False
    ) -> None:
        """What is asked (indices of classes), and as what it was chosen: -1 automatically, -2 none.

        `one_number`: the model gives one number for both classes, so that the other one has no arithmetic of its own.
        """
        asked = (target, against, target_choice, against_choice, one_number)
        if asked == self._asked and self._nothing is None:
            return
        self._asked = asked
        self._question.set_question(target, against, target_choice, against_choice)
        self._has_two = against is not None and not one_number
        self._nothing = None
        self._show_parts()
        self._say_question()

    def set_nothing(self, sentence: Words) -> None:
        """There is no answer: say why; empty: no image is chosen."""
        self._question.set_nothing()
        self._nothing = sentence
        self._show_parts()
        self._say_question()

    def _show_parts(self) -> None:
        """Pages and numbers belong to an answer: without one a sentence stands in their place."""
        asked = self._nothing is None
        for part in (self._tabs, self._place):
            part.setVisible(asked)
        self._numbers.setVisible(asked and self.pages.page not in _WITHOUT_NUMBERS)
        self._notice.setVisible(not asked)
        self._notice.setText(
            worded(self._nothing or "") or self.tr("There is no answer yet: draw a digit or choose an image.")
        )

    def set_network(self, beside: bool, below: bool) -> None:
        """Whether the network is seen beside this panel, and whether closing the panel leads to it."""
        hidden = below and not beside
        self._back.setVisible(hidden)
        self._close.setVisible(not hidden)  # the way back does the same, and says where to
        if beside != self.beside_network:
            self.beside_network = beside
            self.beside_network_changed.emit(beside)

    def set_step(self, step: int | None) -> None:
        """While a training is followed: of which step the page in front is; None: of the weights on the screen."""
        if step != self._shown_step:
            self._shown_step = step
            self._say_step()

    # automation

    def explain(
        self, method: str, target: str | int, against: str | int | None = None, layer: str | None = None
    ) -> None:
        """Ask which pixels the logit of a class rests on; `map` and `completeness` are the answer.

        Args:
            method: `gradient`, `gradient-x-input`, `integrated-gradients`, `grad-cam` or `occlusion`.
            target: name or index of the class.
            against: of another class: the difference of the two logits is attributed.
            layer: whose maps Grad-CAM reads; None: the last that has maps larger than a pixel.
        """
        page: Any = self.page("maps")
        page.explain(method, target, against, layer)

    def _get_map(self) -> Any:
        page: Any = self.page("maps")
        return page.wanted_map()

    def _get_completeness(self) -> Any:
        page: Any = self.page("maps")
        return page.wanted_completeness()

    def _get_target(self) -> str:
        return self._question.target

    map = Property(object, _get_map)
    completeness = Property(object, _get_completeness)
    target = Property(str, _get_target)

    # what is seen

    def _tell_seen(self) -> None:
        seen = self.pages.page if self.isVisible() else ""
        if seen == self._seen:
            return
        before, self._seen = self._seen, seen
        if before:
            self.page_seen_changed.emit(before, False)
        if seen:
            self.page_seen_changed.emit(seen, True)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the first page when it can be seen for the first time."""
        super().showEvent(event)
        if self.pages.page:
            self.open_page(self.pages.page)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of it can be seen."""
        super().hideEvent(event)
        self._tell_seen()

    def sizeHint(self) -> QSize:
        """Room for two pictures side by side."""
        return QSize(grown(WIDTH), grown(480))

    def _say_question(self) -> None:
        self.setAccessibleDescription(self._question.sentence)
        self._numbers.set_names(*self._question.names, self._has_two)

    def _say_step(self) -> None:
        self._step.setVisible(self._shown_step is not None)  # a page without links has its height
        if self._shown_step is None:
            self._step.show_text("")
            return
        tip = self.tr(
            "While a model learns this page is computed again every few seconds, so that training stays fast."
        )
        self._step.show_text(self.tr("of step {step}").format(step=f"{self._shown_step:,}"), tip)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Why"))
        texts = {
            "maps": (self.tr("Maps"), self.tr("Which pixels the answer rests on")),
            "channels": (self.tr("Channels"), self.tr("What the answer would be without a channel")),
            "trust": (self.tr("Trust"), self.tr("Whether these maps say something about the model")),
            "flip": (self.tr("Flip"), self.tr("The smallest change of the image that changes the answer")),
            "history": (self.tr("History"), self.tr("The answer at every recorded step of the training")),
        }
        self._tabs.set_texts({key: texts[key] for key in self.pages.names})
        self._tabs.setAccessibleName(self.tr("Page of Why"))
        self._back.setText(self.tr("Network"))
        self._back.setAccessibleName(self.tr("Back to the network"))
        self._back.setToolTip(tool_tip(self.tr("Close this panel, which has the place of the network (Esc)")))
        self._close.setAccessibleName(self.tr("Close Why"))
        self._close.setToolTip(tool_tip(self.tr("Close this panel")))
        self._show_parts()
        self._say_question()
        self._say_step()
