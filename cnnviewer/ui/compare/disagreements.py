"""The images of the test set on which the columns disagree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.runs.compare import Compared, Verdicts
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.compare.disagreement_grid import DisagreementGrid
from cnnviewer.ui.compare.marks import SIGNS


class DisagreementsTab(QWidget):
    """Asks for the verdicts, and shows those that differ.

    Signals:
        judge_requested: every column shall read the test set.
        judge_cancelled: it shall stop.
        image_requested: index into the test set of an image that was chosen.
    """

    judge_requested = Signal()
    judge_cancelled = Signal()
    image_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Compared, ...] = ()
        self._verdicts: Verdicts | None = None
        self._busy = False
        self._judge = QPushButton(self)
        self._judge.setObjectName("compareJudgeButton")
        self._filter = CalmCombo(self)
        self._filter.setObjectName("compareDisagreementFilter")
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._filter.setMinimumContentsLength(20)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("compareJudgeProgress")
        self._progress.setRange(0, 1000)
        self._summary = QLabel(self)
        self._summary.setObjectName("compareDisagreementSummary")
        self._summary.setProperty("role", "caption")
        self._summary.setWordWrap(True)
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._problem = QLabel(self)
        self._problem.setObjectName("compareJudgeProblem")
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.grid = DisagreementGrid(self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._judge)
        head.addWidget(self._progress, 1)
        head.addWidget(self._filter)
        head.addWidget(self._summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._problem)
        column.addWidget(self.grid, 1)
        self._judge.clicked.connect(self._on_judge)
        self._filter.currentIndexChanged.connect(self._on_filter)
        self.grid.chosen.connect(self.image_requested)
        self.retranslate()

    # values in

    def set_columns(self, columns: tuple[Compared, ...]) -> None:
        """These are compared."""
        self._columns = columns
        self._judge.setEnabled(len(columns) > 1 or self._busy)
        self._offer_filters()

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set, uint8 `(N, C, H, W)`."""
        self.grid.set_images(images)

    def set_verdicts(self, verdicts: Verdicts | None) -> None:
        """What was read; None: it is not known, or no longer."""
        if verdicts is None and self._verdicts is None:
            return
        self._verdicts = verdicts
        self._problem.hide()
        places = {column.number: place for place, column in enumerate(self._columns)}
        self.grid.set_verdicts(verdicts, tuple(places[number] for number in verdicts.numbers) if verdicts else ())
        self._offer_filters()
        self._show()

    def set_judging(self, fraction: float | None) -> None:
        """How far it is; None: nothing is under way."""
        self._busy = fraction is not None
        self._progress.setValue(round(1000 * (fraction or 0.0)))
        if self._busy:
            self._problem.hide()
        self._show()

    def set_problem(self, sentence: str) -> None:
        """Why they cannot be judged."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    @property
    def verdicts(self) -> Verdicts | None:
        """What was read."""
        return self._verdicts

    # inside

    def _offer_filters(self) -> None:
        verdicts = self._verdicts
        names = {
            column.number: f"{SIGNS[place % len(SIGNS)]} {column.title}" for place, column in enumerate(self._columns)
        }
        texts: list[tuple[str, tuple[str, int]]] = [(self.tr("All disagreements"), ("all", 0))]
        for number in verdicts.numbers if verdicts is not None else ():
            name = names.get(number, "")
            texts.append((self.tr("Only {run} is right").format(run=name), ("right", number)))
            if len(names) > 2:
                texts.append((self.tr("Only {run} is wrong").format(run=name), ("wrong", number)))
        texts.append((self.tr("None is right"), ("none", 0)))
        with QSignalBlocker(self._filter):
            kept = self._filter.currentData()
            self._filter.clear()
            for text, key in texts:
                self._filter.addItem(text, key)
            keys = [tuple(key) for _, key in texts]
            self._filter.setCurrentIndex(keys.index(tuple(kept)) if kept and tuple(kept) in keys else 0)

    def _shown(self, verdicts: Verdicts) -> npt.NDArray[np.int64]:
        kind, number = self._filter.currentData()
        if kind == "right":
            return verdicts.only_right(number)
        if kind == "wrong":
            return verdicts.only_wrong(number)
        return verdicts.none_right() if kind == "none" else verdicts.disagreed()

    def _show(self) -> None:
        verdicts = self._verdicts
        self._progress.setVisible(self._busy)
        self._summary.setVisible(not self._busy)
        self._filter.setVisible(verdicts is not None and not self._busy)
        self._judge.setEnabled(self._busy or len(self._columns) > 1)
        self._judge.setText(self.tr("Cancel") if self._busy else self.tr("Find disagreements"))
        self._judge.setVisible(self._busy or verdicts is None)
        self._judge.setAccessibleName(self._judge.text())
        if verdicts is None:
            self._summary.setText("")
            self.grid.set_shown(
                np.zeros(0, np.int64),
                self.tr("Every column reads the whole test set; images that are not read alike come up here."),
            )
            return
        shown = self._shown(verdicts)
        count = len(verdicts.disagreed())
        total = len(verdicts.labels)
        self._summary.setText(
            self.tr("{n} of {total} test images are not read alike ({percent} %); {shown} are shown.").format(
                n=f"{count:,}",
                total=f"{total:,}",
                percent=f"{100 * count / max(1, total):.2f}",
                shown=f"{len(shown):,}",
            )
        )
        notice = self.tr("There is no such image.") if count else self.tr("All read every test image alike.")
        self.grid.set_shown(shown, notice)

    def _on_judge(self) -> None:
        if self._busy:
            self.judge_cancelled.emit()
        else:
            self.judge_requested.emit()

    def _on_filter(self, _index: int) -> None:
        self._show()

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.grid.setAccessibleName(self.tr("Images that are not read alike"))
        self.grid.setToolTip(self.tr("Click an image, or walk with the arrow keys, to look at it in the network"))
        self._judge.setToolTip(self.tr("Let every column read all test images, and show where they disagree"))
        self._filter.setAccessibleName(self.tr("Which disagreements"))
        self._filter.setToolTip(self.tr("Show all of them, or only those in which a column is right or wrong alone"))
        self._progress.setAccessibleName(self.tr("How much of the test set is read"))
        self._offer_filters()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
