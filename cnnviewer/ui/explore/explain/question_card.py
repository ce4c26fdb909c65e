"""A question on a layer's real numbers: predict, then reveal."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.core.teaching.questions import AnswerCheck, Question, parse, questions
from cnnviewer.ui.explore.explain.asking import Asker
from cnnviewer.ui.explore.explain.fact_rows import named
from cnnviewer.ui.explore.explain.mistake_text import MistakeText
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, RichLabel, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_WIDE_WINDOW = 3
"""A window with more columns than that stands below the sentence, not beside it."""


class QuestionCard(Translated, QFrame):
    """Asks, checks the answer and says why.

    A question stays as it was asked while the numbers change (a training goes on, another number of the same layer is
    selected), until it is answered or skipped or another layer is chosen; the next one takes the numbers of then.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionCard")
        self.setProperty("card", "true")
        self._architecture = Architecture("", ())
        self._explanation: Explanation | None = None
        self._subject: tuple[str, LayerInfo] | None = None
        self._question: Question | None = None
        self._place: Cell | None = None
        self._answer_check: AnswerCheck | None = None  # of the answer given; None before, or where it was shown unasked
        self._revealed = self._misread = False
        self._asked: Counter[str] = Counter()
        self._right = self._checked = 0
        self._asker, self._mistake_text = Asker(self), MistakeText(self)
        self._where, self._score = ElidedLabel(self, Qt.TextElideMode.ElideMiddle), PlainLabel(self)
        self._sentence, self._window = PlainLabel(), RichLabel()
        self._result, self._working = PlainLabel(), PlainLabel()
        self._answer = QLineEdit(self)
        self._check, self._reveal, self._next = QPushButton(self), QPushButton(self), QPushButton(self)
        self._area = QScrollArea(self)
        self._asked_row = QHBoxLayout()
        self._build()
        self._answer.returnPressed.connect(self._on_return)
        self._answer.textEdited.connect(self._on_edited)
        self._check.clicked.connect(self._on_check)
        self._reveal.clicked.connect(self._on_reveal)
        self._next.clicked.connect(self._on_next)
        theme().changed.connect(self._show)
        self.retranslate()

    # -- values in

    def set_subject(self, explanation: Explanation | None, architecture: Architecture) -> None:
        """Ask about the number's layer; None keeps the question for when the layer is selected again.

        Another number of the layer takes the question over, unless the user is answering it.
        """
        again = self._explanation is None
        self._architecture, self._explanation = architecture, explanation
        if explanation is None:
            self._show()
            return
        subject = (architecture.title, explanation.layer)
        if subject != self._subject or self._question is None:
            self._subject = subject
            self._ask()
        elif explanation.cell != self._place and not self._revealed and not self._answer.text():
            self._move()
        elif again:
            self._show()

    # -- values out

    @property
    def question(self) -> Question | None:
        """What is asked."""
        return self._question

    @property
    def score(self) -> tuple[int, int]:
        """Right answers, and answers checked; those that were shown unasked do not count."""
        return self._right, self._checked

    # -- asking

    def _ask(self) -> None:
        """Ask what was asked least often of what the numbers of now offer."""
        assert self._explanation is not None
        offered = questions(self._explanation, self._architecture)
        self._question = min(offered, key=self._how_often, default=None)
        self._place = self._explanation.cell
        if self._question is not None:
            self._asked[self._question.kind] += 1
        self._answer_check, self._revealed, self._misread = None, False, False
        self._answer.clear()
        self._show()
        self._area.verticalScrollBar().setValue(0)

    def _move(self) -> None:
        """Ask the same of the number selected now."""
        assert self._explanation is not None
        kind = self._question.kind if self._question is not None else ""
        offered = questions(self._explanation, self._architecture)
        same = [question for question in offered if question.kind == kind]
        if same:
            self._question, self._place = same[0], self._explanation.cell
            self._show()
        else:
            self._ask()

    def _how_often(self, question: Question) -> int:
        return self._asked[question.kind]

    def _on_return(self) -> None:
        if self._revealed:
            self._on_next()
        else:
            self._on_check()

    def _on_check(self) -> None:
        if self._question is None or self._revealed:
            return
        answer = parse(self._answer.text(), len(self._question.answer))
        self._misread = answer is None
        if answer is not None:
            self._answer_check, self._revealed = self._question.check(answer), True
            self._checked += 1
            self._right += self._answer_check.right
        self._show()
        self._follow()
        self._answer.setFocus()  # Return continues from here

    def _on_reveal(self) -> None:
        if self._question is not None and not self._revealed:
            self._revealed, self._misread = True, False
            self._show()
            self._follow()
            self._answer.setFocus()

    def _on_next(self) -> None:
        if self._explanation is not None:
            self._ask()
            self._answer.setFocus()

    def _on_edited(self) -> None:
        if self._misread:
            self._misread = False
            self._show()

    def _follow(self) -> None:
        """Scroll to the result, once the layout has placed it."""
        QTimer.singleShot(0, self, self._scroll_to_result)

    def _scroll_to_result(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self._result.y()))

    # -- showing

    def _show(self) -> None:
        question = self._question if self._explanation is not None else None
        there = question is not None
        for widget in (self._answer, self._check, self._reveal, self._next):
            widget.setVisible(there)
        self._show_place()
        self._score.setText(
            self.tr("{right} of {n} correct").format(right=self._right, n=self._checked) if self._checked else ""
        )
        self._answer.setReadOnly(self._revealed)
        enable(self, ((button, not self._revealed) for button in (self._check, self._reveal)), self._next)
        for button, primary in ((self._check, not self._revealed), (self._next, self._revealed)):
            button.setProperty("primary", str(primary).lower())
            _polish(button)
        self._result.setVisible(there and (self._revealed or self._misread))
        self._working.setVisible(there and self._revealed)
        if question is None:
            self._window.hide()
            nothing = self.tr("There is nothing to work out by hand about this operation.")
            self._sentence.setText(nothing if self._explanation is not None else "")
            return
        self._sentence.setText(self._asker.sentence(question))
        window = self._asker.window(question, self._revealed)
        self._window.setText(window)
        self._window.setVisible(bool(window))
        columns = question.facts.get("cols")
        below = isinstance(columns, tuple) and len(columns) > _WIDE_WINDOW
        self._asked_row.setDirection(QHBoxLayout.Direction.TopToBottom if below else QHBoxLayout.Direction.LeftToRight)
        self._answer.setPlaceholderText(self._asker.hint(question))
        self._show_result(question)
        self._working.setText("\n".join(question.working))

    def _show_place(self) -> None:
        place = named(self._place) if self._question is not None and self._place is not None else ""
        self._where.show_text(place)

    def _show_result(self, question: Question) -> None:
        answer = self._asker.answer(question)
        role = "error"
        if self._misread:
            text = self._asker.misread(question)
        elif self._answer_check is None:
            role, text = "title", self.tr("The answer is {answer}.").format(answer=answer)
        elif self._answer_check.right:
            role, text = "good", self.tr("✓ Correct: {answer}").format(answer=answer)
        else:
            wrong = self.tr("✗ Wrong: the answer is {answer}.").format(answer=answer)
            text = f"{wrong} {self._mistake_text.reason(self._answer_check.mistake)}".strip()
        self._result.setText(text)
        self._result.setProperty("role", role)
        _polish(self._result)

    # -- looks and texts

    def _build(self) -> None:
        for label, name in (
            (self._where, "questionPlace"),
            (self._score, "questionScore"),
            (self._sentence, "questionSentence"),
            (self._window, "questionWindow"),
            (self._result, "questionResult"),
            (self._working, "questionWorking"),
        ):
            label.setObjectName(name)
        for label in (self._sentence, self._result, self._working):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._where, self._score):
            label.setProperty("role", "caption")
        self._answer.setObjectName("questionAnswer")
        GrowingSize(self._answer, minimum_width=110)
        self._check.setObjectName("questionCheckButton")
        self._reveal.setObjectName("questionShowButton")
        self._next.setObjectName("questionNextButton")
        self._area.setObjectName("questionArea")
        self._asked_row.setSpacing(10)
        self._asked_row.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignTop)
        self._asked_row.addWidget(self._window, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(4)
        body.addLayout(self._asked_row)
        body.addWidget(self._result)
        body.addWidget(self._working)
        body.addStretch(1)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        # setWidget turns the filling on, which would cover the card's colour
        inside.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.addWidget(self._where, 1)
        head.addWidget(self._score)
        head.addWidget(self._next)
        foot = WrappingRow()
        foot.addWidget(self._answer)
        foot.addWidget(self._check)
        foot.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 6, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        order = (self._area, self._answer, self._check, self._reveal, self._next)
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Question"))
        self._area.setAccessibleName(self.tr("Question"))
        self._answer.setAccessibleName(self.tr("Your answer"))
        self._answer.setToolTip(self.tr("Your answer; Return checks it, then shows the next question"))
        for button, text, tip in (
            (self._check, self.tr("Check"), self.tr("Check your answer, and see how it is worked out")),
            (self._reveal, self.tr("Show the answer"), self.tr("See the answer without giving one; it does not count")),
            (self._next, self.tr("Next question"), self.tr("Another question on this layer, with the current values")),
        ):
            button.setText(text)
            button.setToolTip(tool_tip(tip))
            button.setAccessibleName(text)
        self._score.setToolTip(self.tr("Answers you had checked"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten a long layer's name."""
        super().resizeEvent(event)
        self._show_place()


def _polish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
