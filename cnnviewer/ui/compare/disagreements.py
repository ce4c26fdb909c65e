"""The images of the test set on which the columns disagree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.core.wording import Words
from cnnviewer.ui.compare.disagreement_grid import DisagreementGrid
from cnnviewer.ui.compare.run_style import SIGNS
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.invitation import Invitation
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated


class DisagreementsTab(Translated, QWidget):
    """Asks for the predictions, and shows those that differ.

    Signals:
        evaluate_requested: every column shall read the test set.
        evaluate_cancelled: it shall stop.
        image_requested: index into the test set of an image that was chosen.
    """

    evaluate_requested = Signal()
    evaluate_cancelled = Signal()
    image_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ComparedRun, ...] = ()
        self._predictions: ModelPredictions | None = None
        self._busy = False
        self._obstacle: Words = ""
        self._error: Words = ""
        self._invitation = Invitation("compareEvaluate", self)
        self._cancel = QPushButton(self)
        self._cancel.setObjectName("compareEvaluateCancelButton")
        self._filter = CalmCombo(self)
        self._filter.setObjectName("compareDisagreementFilter")
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._filter.setMinimumContentsLength(20)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("compareEvaluateProgress")
        self._progress.setRange(0, 1000)
        self._summary = PlainLabel(self)
        self._summary.setObjectName("compareDisagreementSummary")
        self._summary.setProperty("role", "caption")
        self._summary.setWordWrap(True)
        self._problem = PlainLabel(self)
        self._problem.setObjectName("compareEvaluateError")
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.grid = DisagreementGrid(self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._cancel)
        head.addWidget(self._progress, 1)
        head.addWidget(self._filter)
        head.addWidget(self._summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self.grid, 1)
        column.addWidget(self._invitation, 1)
        self._invitation.accepted.connect(self.evaluate_requested)
        self._cancel.clicked.connect(self.evaluate_cancelled)
        self._filter.currentIndexChanged.connect(self._on_filter)
        self.grid.chosen.connect(self.image_requested)
        self.retranslate()

    # values in

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """These are compared."""
        self._columns = columns
        self._offer_filters()
        self._invite()

    def set_obstacle(self, sentence: Words) -> None:
        """Why the columns have no common test set; empty: they have one."""
        self._obstacle = sentence
        self._invite()

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set, uint8 `(N, C, H, W)`."""
        self.grid.set_images(images)

    def set_test_predictions(self, predictions: ModelPredictions | None) -> None:
        """What was read; None: it is not known, or no longer."""
        if predictions is None and self._predictions is None:
            return
        self._predictions = predictions
        self._problem.hide()
        places = {column.number: place for place, column in enumerate(self._columns)}
        self.grid.set_test_predictions(
            predictions, tuple(places[number] for number in predictions.numbers) if predictions else ()
        )
        self._offer_filters()
        self._show()

    def set_evaluating(self, fraction: float | None) -> None:
        """How far it is; None: nothing is under way."""
        self._busy = fraction is not None
        self._progress.setValue(round(1000 * (fraction or 0.0)))
        if self._busy:
            self._problem.hide()
        self._show()

    def set_error(self, sentence: Words) -> None:
        """Why they cannot be evaluated."""
        self._error = sentence
        self._problem.setText(worded(sentence))
        self._problem.setVisible(bool(sentence))

    @property
    def predictions(self) -> ModelPredictions | None:
        """What was read."""
        return self._predictions

    # inside

    def _offer_filters(self) -> None:
        predictions = self._predictions
        names = {
            column.number: f"{SIGNS[place % len(SIGNS)]} {column.title}" for place, column in enumerate(self._columns)
        }
        texts: list[tuple[str, tuple[str, int]]] = [(self.tr("All disagreements"), ("all", 0))]
        for number in predictions.numbers if predictions is not None else ():
            name = names.get(number, "")
            texts.append((self.tr("Only {run} is correct").format(run=name), ("right", number)))
            if len(names) > 2:
                texts.append((self.tr("Only {run} is wrong").format(run=name), ("wrong", number)))
        texts.append((self.tr("None is correct"), ("none", 0)))
        with QSignalBlocker(self._filter):
            kept = self._filter.currentData()
            self._filter.clear()
            for text, key in texts:
                self._filter.addItem(text, key)
            keys = [tuple(key) for _, key in texts]
            self._filter.setCurrentIndex(keys.index(tuple(kept)) if kept and tuple(kept) in keys else 0)

    def _shown(self, predictions: ModelPredictions) -> npt.NDArray[np.int64]:
        kind, number = self._filter.currentData()
        if kind == "right":
            return predictions.only_right(number)
        if kind == "wrong":
            return predictions.only_wrong(number)
        return predictions.none_right() if kind == "none" else predictions.disagreed()

    def _show(self) -> None:
        predictions = self._predictions
        self._progress.setVisible(self._busy)
        self._summary.setVisible(not self._busy)
        self._filter.setVisible(predictions is not None and not self._busy)
        self._cancel.setVisible(self._busy)
        self._invitation.setVisible(predictions is None and not self._busy)
        self.grid.setVisible(self._invitation.isHidden())
        if predictions is None:
            self._summary.setText("")
            self.grid.set_shown(np.zeros(0, np.int64), "")
            return
        shown = self._shown(predictions)
        count = len(predictions.disagreed())
        total = len(predictions.labels)
        self._summary.setText(
            counted(
                self.tr(
                    "The models disagree on {n} of {total:test image|test images} ({percent} %); {shown} are shown."
                ),
                n=f"{count:,}",
                total=f"{total:,}",
                percent=f"{100 * count / max(1, total):.2f}",
                shown=f"{len(shown):,}",
            )
        )
        notice = self.tr("There is no such image.") if count else self.tr("All models agree on every test image.")
        self.grid.set_shown(shown, notice)

    def _invite(self) -> None:
        self._problem.setText(worded(self._error))
        self._invitation.set_texts(
            self.tr("Where the models disagree"),
            worded(self._obstacle)
            or self.tr(
                "Test images to which the compared runs give different answers will stand here: let every run predict "
                "the whole test set."
            ),
            self.tr("Find disagreements"),
            worded(self._obstacle)
            or self.tr("Predict all test images with every compared run, and show where the models disagree"),
        )
        self._invitation.button.setEnabled(len(self._columns) > 1 and not self._obstacle)

    def _on_filter(self, _index: int) -> None:
        self._show()

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.grid.setAccessibleName(self.tr("Images on which the models disagree"))
        self.grid.setToolTip(self.tr("Click an image, or walk with the arrow keys, to look at it in the network"))
        self._invite()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel the evaluation"))
        self._cancel.setToolTip(self.tr("Predict no more test images"))
        self._filter.setAccessibleName(self.tr("Which disagreements"))
        self._filter.setToolTip(self.tr("Show all of them, or only those in which one run alone is correct or wrong"))
        self._progress.setAccessibleName(self.tr("How much of the test set is predicted"))
        self._offer_filters()
        self._show()
