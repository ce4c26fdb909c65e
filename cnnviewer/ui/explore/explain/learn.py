"""The lens for learning: what the operation does, and questions to answer before the answer is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.explain.lessons import Lessons
from cnnviewer.ui.explore.explain.question_card import QuestionCard
from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import scaled

_LARGER = 1.2  # size of the text by that of the window


class LearnPane(Translated, Styled, QWidget):
    """A lesson on the selected operation beside a question on its real numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learnPane")
        self._architecture = Architecture("", ())
        self._layer: LayerInfo | None = None
        self._lessons = Lessons(self)
        self._title, self._text, self._terms = PlainLabel(), PlainLabel(), PlainLabel()
        self._area = QScrollArea(self)
        self.card = QuestionCard(self)
        self._build()
        self.on_look_changed()
        self.retranslate()

    # -- values in

    def set_subject(self, explanation: Explanation | None, architecture: Architecture) -> None:
        """Teach about the number's layer; None when nothing is selected.

        What is typed stays while the numbers of the same layer change.
        """
        layer = explanation.layer if explanation is not None else None
        if (layer, architecture.title) != (self._layer, self._architecture.title):
            self._layer, self._architecture = layer, architecture
            self._show_lesson()
            self._area.verticalScrollBar().setValue(0)
        self.card.set_subject(explanation, architecture)
        self.card.setVisible(explanation is not None)

    def sizeHint(self) -> QSize:
        """As large as the panel below the network."""
        return QSize(560, 170)

    # -- looks and texts

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 6, 2)
        column.setSpacing(4)
        for label, name in ((self._title, "lessonTitle"), (self._text, "lessonText"), (self._terms, "lessonTerms")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        self._title.setProperty("role", "title")
        self._terms.setProperty("role", "caption")
        self._area.setObjectName("lessonArea")
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        # setWidget turns the filling on, which would cover the panel's colour
        inside.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 12)
        row.setSpacing(10)
        row.addWidget(card(self._area), 1)
        row.addWidget(self.card, 1)
        self.card.hide()

    def on_look_changed(self) -> None:
        """Write the lesson somewhat larger than elsewhere: this is what is read."""
        for label in (self._title, self._text, self._terms):
            label.setFont(scaled(self.font(), _LARGER))

    def _show_lesson(self) -> None:
        layer = self._layer
        self._terms.setVisible(layer is not None)
        if layer is None:
            self._title.setText(self.tr("Learn"))
            self._text.setText(self.tr("Click on a number of the network to learn what its layer does."))
            return
        lesson = self._lessons.lesson(layer, self._architecture)
        self._title.setText(f"{lesson.title} · {layer.name}")
        self._text.setText("\n".join(f"• {sentence}" for sentence in lesson.sentences))
        self._terms.setText(self.tr("Terms: {terms}").format(terms=", ".join(lesson.terms)))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Learn"))
        self._area.setAccessibleName(self.tr("What this operation does"))
        self._area.setToolTip(self.tr("What this operation does"))
        self._show_lesson()
