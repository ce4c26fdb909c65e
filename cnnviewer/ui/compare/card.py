"""A column's card: its mark, its run, its moment, and the button that takes it out. Cards are the legend, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from cnnviewer.core.runs.compare import Compared, Moment
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.compare.marks import Swatch
from cnnviewer.ui.compare.texts import column_text, step_text
from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme


class ColumnCard(QFrame):
    """One column.

    Signals:
        removed: number of the column.
        moment_chosen: number of the column, and the moment: `last`, `best` or a step.
    """

    removed = Signal(int)
    moment_chosen = Signal(int, object)

    def __init__(self, column: Compared, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName(f"compareCard_{place}")
        self._column = column
        self._offered: tuple[int, ...] | None = None
        self._swatch = Swatch(place, self)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._moment = CalmCombo(self)
        self._moment.setObjectName(f"compareMomentCombo_{place}")
        self._moment.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._moment.setMinimumContentsLength(9)
        self._moment.setMaxVisibleItems(18)
        self._close = QToolButton(self)
        self._close.setObjectName(f"compareRemoveButton_{place}")
        self._close.setProperty("flat", True)
        self._close.setIconSize(QSize(12, 12))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 4, 1)
        row.setSpacing(6)
        row.addWidget(self._swatch)
        row.addWidget(self._title, 3)
        row.addWidget(self._moment, 2)
        row.addWidget(self._close)
        self._moment.activated.connect(self._on_moment)
        self._close.clicked.connect(self._on_close)
        theme().changed.connect(self._dress)
        self._dress()
        self.set_column(column, place)

    def set_column(self, column: Compared, place: int) -> None:
        """Show what is known of the column now; what did not change costs nothing."""
        before, self._column = self._column, column
        self._swatch.set_place(place)
        offered = column.moments
        if offered != self._offered or before.best != column.best or before.step != column.step:
            self._offer(offered)
        with QSignalBlocker(self._moment):
            self._moment.setCurrentIndex(max(0, self._moment.findData(column.moment)))
        self.retranslate()

    def rename(self, place: int) -> None:
        """Be found by the place it has now."""
        self.setObjectName(f"compareCard_{place}")
        self._moment.setObjectName(f"compareMomentCombo_{place}")
        self._close.setObjectName(f"compareRemoveButton_{place}")

    def _offer(self, moments: tuple[int, ...]) -> None:
        self._offered = moments
        column = self._column
        with QSignalBlocker(self._moment):
            self._moment.clear()
            self._moment.addItem(self._item_text("last"), "last")
            if column.best is not None:
                self._moment.addItem(self._item_text("best"), "best")
            for step in moments:
                self._moment.addItem(step_text(column, step), step)

    def _item_text(self, moment: Moment) -> str:
        column = self._column
        if moment == "best":
            return (
                self.tr("best · {step}").format(step=f"{column.best:,}") if column.best is not None else self.tr("best")
            )
        known = column.step if column.moment == "last" else None
        return self.tr("last · {step}").format(step=f"{known:,}") if known is not None else self.tr("last")

    def _dress(self) -> None:
        self._close.setIcon(icon("close", "muted"))

    def _on_moment(self, index: int) -> None:
        self.moment_chosen.emit(self._column.number, self._moment.itemData(index))

    def _on_close(self) -> None:
        self.removed.emit(self._column.number)

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        name = column_text(self._column)
        self.setToolTip(f"{name}\n{self._column.info.id}")
        self._elide()
        self._moment.setAccessibleName(self.tr("Moment of {run}").format(run=self._column.title))
        self._moment.setToolTip(
            self.tr("Which moment of the run is compared: the last, the one that validated best, or any that was kept")
        )
        self._close.setAccessibleName(self.tr("Take {run} out").format(run=name))
        self._close.setToolTip(self.tr("Take this column out of the comparison"))

    def _elide(self) -> None:
        metrics = QFontMetrics(self._title.font())
        self._title.setText(
            metrics.elidedText(self._column.title, Qt.TextElideMode.ElideRight, max(20, self._title.width()))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title to its place."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._offer(self._column.moments)
            self.set_column(self._column, self._swatch.place)
        super().changeEvent(event)
