"""A column's card: its mark, its run, its snapshot, and a menu. Cards are the legend, too."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from cnnviewer.core.runs.compare.comparison import ComparedRun, SnapshotChoice
from cnnviewer.ui.compare.run_style import Swatch
from cnnviewer.ui.compare.texts import column_text, step_text
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.translated import Translated


class ColumnCard(Translated, QFrame):
    """One column.

    Signals:
        removed: number of the column.
        move_requested: number of the column, and how many places to the right it shall go.
        again_requested: the folder of its run, in a tuple: another step of it shall be compared too.
        snapshot_chosen: number of the column, and the snapshot: `last`, `best` or a step.
    """

    removed = Signal(int)
    move_requested = Signal(int, int)
    again_requested = Signal(object)
    snapshot_chosen = Signal(int, object)

    def __init__(self, column: ComparedRun, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName(f"compareCard_{place}")
        self._column = column
        self._offered: tuple[int, ...] | None = None
        self._swatch = Swatch(place, self)
        self._title = ElidedLabel(self)
        self._title.setProperty("role", "title")
        self._snapshot = CalmCombo(self)
        self._snapshot.setObjectName(f"compareSnapshotCombo_{place}")
        self._snapshot.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._snapshot.setMinimumContentsLength(9)
        self._snapshot.setMaxVisibleItems(18)
        self._more = QToolButton(self)
        self._more.setProperty("flat", True)
        self._more.setProperty("more", True)
        self._more.setProperty("small", True)
        GrowingSize(self._more, minimum_width=28)
        self._more.setText("…")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._again, self._earlier, self._later = (menu.addAction("") for _ in range(3))
        menu.addSeparator()
        self._remove = menu.addAction("")
        self._more.setMenu(menu)
        self.rename(place)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 4, 1)
        row.setSpacing(6)
        row.addWidget(self._swatch)
        row.addWidget(self._title, 3)
        row.addWidget(self._snapshot, 2)
        row.addWidget(self._more)
        self._snapshot.activated.connect(self._on_snapshot)
        self._again.triggered.connect(self._on_again)
        self._earlier.triggered.connect(self._on_earlier)
        self._later.triggered.connect(self._on_later)
        self._remove.triggered.connect(self._on_remove)
        self.set_column(column, place)

    def set_column(self, column: ComparedRun, place: int) -> None:
        """Show what is known of the column now; what did not change costs nothing."""
        before, self._column = self._column, column
        self._swatch.set_place(place)
        offered = column.snapshots
        if offered != self._offered or before.best != column.best or before.step != column.step:
            self._offer(offered)
        with QSignalBlocker(self._snapshot):
            self._snapshot.setCurrentIndex(max(0, self._snapshot.findData(column.snapshot)))
        self._show_texts()

    def rename(self, place: int) -> None:
        """Be found by the place it has now."""
        self.setObjectName(f"compareCard_{place}")
        self._snapshot.setObjectName(f"compareSnapshotCombo_{place}")
        self._more.setObjectName(f"compareCardMenu_{place}")
        for action, name in (
            (self._again, "compareAgain"),
            (self._earlier, "compareEarlier"),
            (self._later, "compareLater"),
            (self._remove, "compareRemove"),
        ):
            action.setObjectName(f"{name}_{place}")

    def set_offered(self, earlier: bool, later: bool, again: bool) -> None:
        """Which places there are to move to, and whether another step of the run has room."""
        self._earlier.setEnabled(earlier)
        self._later.setEnabled(later)
        self._again.setEnabled(again)

    def _offer(self, snapshots: tuple[int, ...]) -> None:
        self._offered = snapshots
        column = self._column
        with QSignalBlocker(self._snapshot):
            self._snapshot.clear()
            self._snapshot.addItem(self._item_text("last"), "last")
            if column.best is not None:
                self._snapshot.addItem(self._item_text("best"), "best")
            for step in snapshots:
                self._snapshot.addItem(step_text(column, step), step)

    def _item_text(self, snapshot: SnapshotChoice) -> str:
        column = self._column
        if snapshot == "best":
            return (
                self.tr("best · {step}").format(step=f"{column.best:,}") if column.best is not None else self.tr("best")
            )
        known = column.step if column.snapshot == "last" else None
        return self.tr("last · {step}").format(step=f"{known:,}") if known is not None else self.tr("last")

    def _on_snapshot(self, index: int) -> None:
        self.snapshot_chosen.emit(self._column.number, self._snapshot.itemData(index))

    def _on_again(self) -> None:
        self.again_requested.emit((self._column.folder,))

    def _on_earlier(self) -> None:
        self.move_requested.emit(self._column.number, -1)

    def _on_later(self) -> None:
        self.move_requested.emit(self._column.number, 1)

    def _on_remove(self) -> None:
        self.removed.emit(self._column.number)

    def _show_texts(self) -> None:
        name = column_text(self._column)
        self.setToolTip(tool_tip(f"{name}\n{self._column.info.id}"))
        self._title.show_text(self._column.title, f"{name}\n{self._column.info.id}")
        self._snapshot.setAccessibleName(self.tr("Step of {run}").format(run=self._column.title))
        self._snapshot.setToolTip(
            self.tr("Which step of the run is compared: the last, the one that validated best, or any snapshot")
        )
        self._more.setAccessibleName(self.tr("What can be done with {run}").format(run=name))
        self._more.setToolTip(self.tr("Another step of this run, another place, or out of the comparison"))
        self._again.setText(self.tr("Compare another step of this run"))
        self._earlier.setText(self.tr("Move left"))
        self._later.setText(self.tr("Move right"))
        self._remove.setText(self.tr("Remove"))

    def retranslate(self) -> None:
        """All texts in the current language."""
        self._offer(self._column.snapshots)
        self.set_column(self._column, self._swatch.place)
