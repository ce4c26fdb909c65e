"""The page Classes: precision, recall and F1 of each class, top-k accuracy, and the largest confusions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QVBoxLayout, QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.metrics import ClassMetrics, class_metrics, largest_confusions, mean_of, top_k
from cnnviewer.core.wording import Words
from cnnviewer.ui.evaluate.class_tables import ClassesModel, ConfusionsModel, share_text
from cnnviewer.ui.evaluate.compare_button import CompareButton
from cnnviewer.ui.evaluate.comparison import Comparison
from cnnviewer.ui.evaluate.nothing import NothingYet
from cnnviewer.ui.evaluate.texts import accuracy_text, none_in_sample
from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.percent import whole_percent
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.record_table import LEAST_COLUMN, SORT_ROLE, RecordTable
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_MARGIN = 14
_CARD_MARGINS = 16, 12  # pixels at the left and the right
_MOST_CONFUSIONS = 200
_USUAL_K = 5
_BESIDE = 6  # pixels
_SHARE, _SHARE_OF_CONFUSIONS = 10, 8  # of the width
_TOO_MUCH = 10  # pixels


class ClassesPage(Translated, QWidget):
    """Takes a table, and what it is compared with; a confusion that is chosen leads to its images.

    Attributes:
        compare: says with what the table is compared.

    Signals:
        cell_requested: true and predicted class of a confusion whose images shall be shown.
        cancel_requested: predicting every test image shall stop.
        choice_requested: other weights or another data set shall be chosen.
    """

    cell_requested = Signal(int, int)
    cancel_requested = Signal()
    choice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateClassesPage")
        self._table: Confusion | None = None
        self._comparison = Comparison()
        self._metrics: ClassMetrics | None = None
        self._before: ClassMetrics | None = None
        self.accuracy, self.means, self._k_label, self.top = (PlainLabel() for _ in range(4))
        self.accuracy.setObjectName("classesAccuracy")
        self.accuracy.setProperty("role", "title")
        self.means.setObjectName("classesMeans")
        self.top.setObjectName("classesTop")
        for label in (self.means, self._k_label):
            label.setProperty("role", "caption")
        for label in (self.accuracy, self.means):
            label.setWordWrap(True)
        self.k = WholeField()
        self.k.setObjectName("topKSpin")
        self.k.setKeyboardTracking(False)
        GrowingSize(self.k, fixed_width=70)
        self.k.setRange(1, 1000)
        self.k.setValue(_USUAL_K)
        self.compare = CompareButton("classesCompareButton", self)
        self.compared = PlainLabel()
        self.compared.setObjectName("classesCompared")
        self.compared.setProperty("role", "caption")
        self.compared.setWordWrap(True)
        self.progress = CancellableProgress("classes")
        self.progress.hide()
        self.classes_model, self.confusions_model = ClassesModel(parent=self), ConfusionsModel(parent=self)
        self.classes = _table_of("classesTable", self.classes_model, self)
        self.confusions = _table_of("confusionsTable", self.confusions_model, self)
        self._confusions_title, self._confusions_note = PlainLabel(), PlainLabel()
        self._confusions_title.setProperty("role", "title")
        self._confusions_note.setProperty("role", "caption")
        self._error: Words = ""
        self.nothing = NothingYet("classesNotice", self)
        self._lay_out()
        self.nothing.accepted.connect(self.choice_requested)
        self.k.valueChanged.connect(self._on_k)
        self.progress.cancelled.connect(self.cancel_requested)
        self.confusions.activated.connect(self._on_confusion)
        self.confusions.clicked.connect(self._on_confusion)
        self.retranslate()

    def _lay_out(self) -> None:
        left, right = QFrame(), QFrame()
        for card in (left, right):
            card.setProperty("card", True)
        head = WrappingRow(spacing=8)
        for widget in (self._k_label, self.k, self.top):
            head.addWidget(widget)
        head.add_stretch()
        head.addWidget(self.compare)
        column = QVBoxLayout(left)
        column.setContentsMargins(_CARD_MARGINS[0], 12, _CARD_MARGINS[1], 12)
        column.setSpacing(6)
        column.addWidget(self.accuracy)
        column.addWidget(self.means)
        column.addLayout(head)
        column.addWidget(self.compared)
        column.addWidget(self.progress)
        column.addWidget(self.classes, 1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(_CARD_MARGINS[0], 12, _CARD_MARGINS[1], 12)
        beside.setSpacing(6)
        beside.addWidget(self._confusions_title)
        beside.addWidget(self._confusions_note)
        beside.addWidget(self.confusions, 1)
        self._both = BesideOrBelow(_MARGIN, least=self._least_beside)
        self._both.add(left, _SHARE, self.classes)
        self._both.add(right, _SHARE_OF_CONFUSIONS, self.confusions)
        around = QVBoxLayout(TallContent(self).content)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._both)
        around.addWidget(self.nothing)
        self.nothing.hide()

    def set_confusion(self, table: Confusion | None, comparison: Comparison, error: Words = "") -> None:
        """Show the classes of this table, and what differs from what it is compared with; None: there is none yet.

        `error` says why there is none.
        """
        self._error = error
        self.nothing.set_sentence(worded(error), bool(error))
        self.nothing.setVisible(bool(error))
        self._both.setVisible(not error)
        before, self._table = self._table, table
        self._comparison, difference = comparison, comparison.difference
        classes = table.classes if table is not None else ()
        same = before is not None and before.classes == classes
        counts = None if table is None else table.counts if difference is None else difference.now
        self._metrics = class_metrics(counts) if counts is not None else None
        self._before = class_metrics(difference.before) if difference is not None else None
        if self.classes_model.set_metrics(classes, self._metrics, self._before, same):
            self._choose_widths()
        found = largest_confusions(counts, _MOST_CONFUSIONS) if counts is not None else ()
        rows = [(*row, int(difference.before[row[0], row[1]]) if difference else 0) for row in map(tuple, found)]
        self.confusions_model.set_confusions(classes, self._metrics, rows, difference is not None)
        self._give_room()
        if table is not None and not same:
            self.k.setRange(1, len(table.classes))
            self.k.setValue(min(_USUAL_K, len(table.classes)))
        self._say()

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self.progress.setVisible(fraction is not None)
        words = self.tr("Predicting all test images: {percent}")
        self.progress.set_progress(
            fraction, words.format(percent=whole_percent(fraction)) if fraction is not None else ""
        )

    def _choose_widths(self) -> None:
        """Compared, every number has what it takes, and the name the rest."""
        header = self.classes.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # the column sorted by may be gone
        self.classes.even = self._before is None
        for at in self.classes.optional:
            self.classes.setColumnHidden(at, False)
        self.classes.optional = self.classes_model.changes
        self.classes.updateGeometries()

    def _least_beside(self) -> int:
        """Pixels that both tables need beside one another so that no column is cut; changes can be left out."""
        card = sum(_CARD_MARGINS) + 2  # its frame, too
        needed = self.classes.least_width_of(self.classes.kept) + card, self.confusions.least_width + card
        total = sum(needed)
        if self._before is None:  # compared, the shares are what the columns take
            shares = _SHARE, _SHARE_OF_CONFUSIONS
            total = max(-(-each * sum(shares) // share) for each, share in zip(needed, shares, strict=True))
        return total + 3 * _MARGIN

    def _give_room(self) -> None:
        """Compared, each table has the share that its columns take; the confusions have at least that."""
        shares = (_SHARE, _SHARE_OF_CONFUSIONS)
        if self._before is not None:
            shares = self.classes.least_width, self.confusions.least_width
        for place, share in enumerate(shares):
            self._both.set_share(place, share)
        self.confusions.setMinimumWidth(shares[1] if self._before is not None else 0)

    def _on_k(self, _k: int) -> None:
        self._say()

    def _on_confusion(self, index: QModelIndex) -> None:
        place = self.confusions.model().mapToSource(index).row()  # type: ignore[attr-defined]
        label, predicted, *_ = self.confusions_model.rows[place]
        self.cell_requested.emit(label, predicted)

    def _say(self) -> None:
        table, metrics = self._table, self._metrics
        self.compare.set_current(self._comparison.words)
        self.compared.setText(self._comparison.text)
        self.compared.setVisible(bool(self._comparison.text))
        if table is None or metrics is None:
            for label in (self.accuracy, self.means, self.top):
                label.setText("")
            return
        self.accuracy.setText(accuracy_text(table))
        share = top_k(table, self.k.value())
        self.top.setText(share_text(share))
        names, before = ("precision", "recall", "f1"), self._before
        means = {name: share_text(mean_of(getattr(metrics, name))) for name in names}
        if before is not None:
            means = {name: f"{share_text(mean_of(getattr(before, name)))} → {means[name]}" for name in names}
        said = [self.tr("Mean of the classes: precision {precision}, recall {recall}, F1 {f1}.").format(**means)]
        empty, never = int((metrics.support == 0).sum()), int((metrics.predicted == 0).sum())
        if empty:
            said.append(self.tr("Classes without images: {count} (no recall).").format(count=f"{empty:,}"))
        if never:
            said.append(self.tr("Classes that are never predicted: {count} (no precision).").format(count=f"{never:,}"))
        self.means.setText(" ".join(said))
        counts = table.counts if self._comparison.difference is None else self._comparison.difference.now
        kinds = int((counts > 0).sum() - (counts.diagonal() > 0).sum())
        if kinds > _MOST_CONFUSIONS:
            text = self.tr("The {shown} largest of {count} confusions; a click shows the images.")
            self._confusions_note.setText(text.format(shown=f"{_MOST_CONFUSIONS:,}", count=f"{kinds:,}"))
        else:
            none = self.tr("No image is predicted wrongly.") if table.complete else none_in_sample(table)
            self._confusions_note.setText(self.tr("A click shows the images.") if kinds else none)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Classes"))
        self.nothing.set_sentence(worded(self._error), bool(self._error))
        self._k_label.setText(self.tr("Top-k accuracy, k ="))
        self.k.setAccessibleName(self.tr("k of the top-k accuracy"))
        self.k.setToolTip(
            tool_tip(self.tr("The share of images whose true class is among the k classes with the largest logits"))
        )
        self.classes.setAccessibleName(self.tr("Precision, recall and F1 of each class"))
        self.confusions.setAccessibleName(self.tr("Largest confusions"))
        self._confusions_title.setText(self.tr("Largest confusions"))
        self.classes_model.retranslate()
        self.confusions_model.retranslate()
        self._say()


class _Header(QHeaderView):
    """Titles that take no more room than they and the sign of the order need; Qt leaves twice the sign's width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)

    def sectionSizeFromContents(self, section: int) -> QSize:
        """As Qt measures it, without the rest."""
        return super().sectionSizeFromContents(section) - QSize(_TOO_MUCH, 0)


class _Table(RecordTable):
    """Columns that are as wide as what stands in them leave room beside it.

    Attributes:
        even: whether all columns are equally wide where they have the room for it.
        optional: columns that are hidden where not all have room: the others say the same.

    """

    even = True
    optional: tuple[int, ...] = ()
    _beside = _BESIDE  # pixels beside the words of a column

    def sizeHintForColumn(self, column: int) -> int:
        """As Qt measures it, and the room."""
        return super().sizeHintForColumn(column) + self._beside

    @property
    def least_width(self) -> int:
        """Likewise, of all columns."""
        return self.least_width_of(range(self.horizontalHeader().count()))

    @property
    def kept(self) -> tuple[int, ...]:
        """The columns that are never hidden."""
        return tuple(at for at in range(self.horizontalHeader().count()) if at not in self.optional)

    def least_width_of(self, columns: Iterable[int]) -> int:
        """Pixels that these columns take, with no room beside their words, and the bar that scrolls down."""
        beside, self._beside = self._beside, 0
        needed = sum(self._needed(columns))
        self._beside = beside
        return needed + 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()

    def _needed(self, columns: Iterable[int]) -> list[int]:
        header = self.horizontalHeader()
        return [max(header.sectionSizeHint(at), self.sizeHintForColumn(at)) for at in columns]

    def updateGeometries(self) -> None:
        """Where equal columns have no room each takes what it needs; Qt asks when width, font or rows are others."""
        header, model = self.horizontalHeader(), self.model()
        if model is not None:
            room, mode = self.viewport().width(), QHeaderView.ResizeMode
            self._beside = _BESIDE
            needed = self._needed(range(header.count()))
            for self._beside in range(_BESIDE, -1, -2):  # less room beside the words, rather than words out of sight
                needed = self._needed(range(header.count()))
                if sum(needed) <= room:
                    break
            for at in self.optional:  # rather than the last ones out of sight
                self.setColumnHidden(at, sum(needed) > room)
            needed = self._needed(at for at in range(header.count()) if not self.isColumnHidden(at))
            alike = self.even and max(needed, default=0) * len(needed) <= room
            others = mode.Stretch if alike else mode.ResizeToContents
            first = mode.Stretch if sum(needed) <= room else mode.ResizeToContents
            for at in range(header.count()):
                wanted = others if at else first
                if header.sectionResizeMode(at) != wanted:
                    header.setSectionResizeMode(at, wanted)
            header.length()  # resizes the columns now; Qt would paint them once as they were
        super().updateGeometries()


def _table_of(name: str, model: ClassesModel | ConfusionsModel, parent: QWidget) -> _Table:
    """A table that is sorted by a click on a title."""
    table, sorted_model = _Table(name, parent), QSortFilterProxyModel(parent)
    table.setHorizontalHeader(_Header(table))
    table.horizontalHeader().setMinimumSectionSize(LEAST_COLUMN)
    sorted_model.setSortRole(SORT_ROLE)
    sorted_model.setSourceModel(model)
    table.setModel(sorted_model)
    table.setSortingEnabled(True)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.verticalHeader().hide()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    return table
