"""The runs as a table's rows, and their order and choice."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.format.created import is_today, local, order
from cnnviewer.core.runs.read.repeating import in_words
from cnnviewer.core.runs.read.summary import RunLine, in_bytes
from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.plain_text import one_line
from cnnviewer.ui.widgets.record_table import SORT_ROLE, Index, RecordModel

COLUMNS: Final = ("name", "model", "data", "state", "accuracy", "epochs", "date", "size", "note")
NAME, NOTE, DATE = COLUMNS.index("name"), COLUMNS.index("note"), COLUMNS.index("date")
_NUMBERS: Final = frozenset({"accuracy", "epochs", "size"})
_STATES: Final = {  # the sign beside the word, and its colour
    "running": ("play", "accent"),
    "paused": ("pause", "accent"),
    "interrupted": ("warning", "warning"),
    "stopped": ("stop", "muted"),
    "finished": ("success", "good"),
    "failed": ("error", "error"),
}


class RunsModel(RecordModel):
    """One run a row, in the order of `set_lines`; name and note can be edited.

    Signals:
        name_changed, note_changed: the folder of the run, and what was written in the cell.
        tick_requested: the folder of the run, and whether it shall be compared.
    """

    name_changed = Signal(object, str)
    note_changed = Signal(object, str)
    tick_requested = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._ages: dict[Path, int] = {}  # their places in time: Qt compares no tuples
        self._shown: Path | None = None
        self._compared: tuple[Path, ...] = ()

    @property
    def lines(self) -> tuple[RunLine, ...]:
        """Every run."""
        return self.rows

    def set_lines(self, lines: tuple[RunLine, ...]) -> None:
        """Show these runs. The same runs again change in place, so that nothing chosen is lost."""
        if lines == self.rows:
            return
        by_age = sorted(lines, key=lambda line: order(line.summary.info))
        self._ages = {line.folder: place for place, line in enumerate(by_age)}
        self.set_records(lines, [line.folder for line in lines] == [line.folder for line in self.rows])

    def set_shown(self, folder: Path | None) -> None:
        """Mark the run that is on the screen."""
        self._shown = folder
        self.repaint()

    def set_compared(self, folders: tuple[Path, ...]) -> None:
        """Tick the runs that are compared, in the order of their marks."""
        if folders != self._compared:
            self._compared = folders
            self.repaint()

    def is_shown(self, line: RunLine) -> bool:
        """Whether the run is on the screen."""
        return line.folder == self._shown

    def mark_of(self, line: RunLine) -> int:
        """Which of the compared runs it is, from 0; -1 where it is none."""
        return self._compared.index(line.folder) if line.folder in self._compared else -1

    def text_of(self, line: RunLine, column: str) -> str:
        """What stands in a run's cell of a column."""
        return one_line(self._text(line, column))

    def sign_of(self, line: RunLine) -> QIcon:
        """The sign of a run's state."""
        return icon(*_STATES[line.state])

    # Qt's side

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let name and note be edited, and the name be ticked."""
        flags = super().flags(index)
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (NAME, NOTE) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's sign and what is edited in it, too."""
        line, column = self.rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.EditRole:
                notes = line.summary.notes
                return notes.name if column == "name" else notes.note
            case Qt.ItemDataRole.CheckStateRole if column == "name":
                return Qt.CheckState.Checked if line.folder in self._compared else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.DecorationRole if column == "state":
                return self.sign_of(line)
            case Qt.ItemDataRole.AccessibleTextRole if column == "name" and line.folder == self._shown:
                return self.tr("{run}, on the screen").format(run=line.name)
            case Qt.ItemDataRole.UserRole:
                return line
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what the user wrote or ticked; the cell shows it when it has been done."""
        line = self.rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            self.tick_requested.emit(line.folder, Qt.CheckState(value) == Qt.CheckState.Checked)
            return False
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        (self.name_changed if index.column() == NAME else self.note_changed).emit(line.folder, str(value))
        return True

    # words

    def title(self, column: str) -> str:
        """What stands above a column."""
        titles = (
            self.tr("Name"),
            self.tr("Model"),
            self.tr("Data"),
            self.tr("State"),
            self.tr("Accuracy"),
            self.tr("Epochs"),
            self.tr("Date"),
            self.tr("Size"),
            self.tr("Note"),
        )
        return titles[COLUMNS.index(column)]

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        """Numbers to the right, words to the left."""
        side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def weight(self, row: int) -> QFont.Weight | None:
        """The run on the screen stands out."""
        return QFont.Weight.Bold if self.rows[row].folder == self._shown else None

    def sort_key(self, row: int, column: str) -> Any:
        """What a cell means, as a number or a text."""
        line = self.rows[row]
        return self._ages[line.folder] if column == "date" else _sort_key(line, column)

    def text(self, row: int, column: str) -> str:
        """What stands in a cell."""
        return self._text(self.rows[row], column)

    def tip(self, row: int, column: str) -> str:
        """What a cell says of itself."""
        return self._tip(self.rows[row], column)

    def state_word(self, state: str) -> str:
        """A run's state as shown to the user."""
        return {
            "running": self.tr("running"),
            "paused": self.tr("paused"),
            "interrupted": self.tr("interrupted"),
            "stopped": self.tr("stopped"),
            "finished": self.tr("finished"),
            "failed": self.tr("failed"),
        }[state]

    def _text(self, line: RunLine, column: str) -> str:
        run = line.summary
        match column:
            case "name":
                return line.name
            case "model":
                return line.model
            case "data":
                return line.data
            case "state":
                word = self.state_word(line.state)
                return self.tr("{state}, not exact").format(state=word) if run.info.deviations else word
            case "accuracy":
                if run.accuracy is None:
                    return self.tr("loss not finite") if run.epochs_done else self.tr("none yet")
                percent = f"{100 * run.accuracy:.2f}"
                text = self.tr("{percent} %") if run.tested else self.tr("{percent} % val.")
                return text.format(percent=percent)
            case "epochs":
                return f"{run.epochs_done:,} / {run.info.config.epochs:,}"
            case "date":
                return _date(run.info.created)
            case "size":
                return in_bytes(run.size)
        return run.notes.note

    def _tip(self, line: RunLine, column: str) -> str:
        run, config = line.summary, line.summary.info.config
        match column:
            case "name":
                text = self.tr("{name}\n{folder}\nF2 gives it a name of your own.").format(
                    name=line.name, folder=run.folder
                )
                shown = self.tr("It is on the screen.")
                return f"{text}\n{shown}" if line.folder == self._shown else text
            case "model":
                return self.tr(
                    "Learning rate {rate:g}, momentum {momentum:g}, batch size {batch:,}, seed {seed}"
                ).format(rate=config.learning_rate, momentum=config.momentum, batch=config.batch_size, seed=config.seed)
            case "state":
                reasons = [translate_error(in_words(each)) for each in run.info.deviations]
                return "\n".join([self._state_tip(line), *reasons])
            case "date":
                return local(run.info.created)
            case "accuracy":
                if run.accuracy is None and run.epochs_done:
                    return self.tr("None: the loss of this network is not a finite number.")
                if run.accuracy is None:
                    return self.tr("No epoch is complete yet.")
                return (
                    self.tr("Of the test images.") if run.tested else self.tr("Of the images held out for validation.")
                )
            case "epochs":
                return counted(
                    self.tr("{step:step|steps}; {snapshots:snapshot is|snapshots are} kept."),
                    step=run.step,
                    snapshots=run.snapshots,
                )
            case "note":
                return run.notes.note or self.tr("Shift+F2 writes a note.")
        return one_line(self._text(line, column))

    def _state_tip(self, line: RunLine) -> str:
        run = line.summary
        match line.state:
            case "paused":
                return self.tr("Its training waits: Continue in Train goes on with it.")
            case "running":
                return self.tr("It is being trained, here or by another process: open it to watch.")
            case "interrupted":
                return self.tr("It ended without having been stopped: Continue takes it up where it was.")
            case "stopped":
                return self.tr("It was stopped before its last epoch: Continue takes it up where it was.")
            case "failed":
                return run.info.problem
        return self.tr("All its epochs are done: Continue asks for more.")


class RunsOrder(QSortFilterProxyModel):
    """Sorts by what the columns mean, and leaves out what the words that are looked for are not in."""

    def __init__(self, model: RunsModel) -> None:
        super().__init__(model)
        self._words: tuple[str, ...] = ()
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)
        self.sort(DATE, Qt.SortOrder.DescendingOrder)

    def set_words(self, words: str) -> None:
        """Keep only the runs with every one of these words in them."""
        self._words = tuple(words.casefold().split())
        self.invalidate()

    def line(self, row: int) -> RunLine:
        """The run in this row."""
        line: RunLine = self.index(row, 0).data(Qt.ItemDataRole.UserRole)
        return line

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Look in everything the user sees or has said of the run."""
        model = self.sourceModel()
        line: RunLine = model.index(row, 0).data(Qt.ItemDataRole.UserRole)
        seen = f"{line.name}\n{line.model}\n{line.data}\n{model.index(row, 3).data()}".casefold()
        return all(word in seen or line.summary.matches(word) for word in self._words)


def _sort_key(line: RunLine, column: str) -> Any:
    run = line.summary
    match column:
        case "name":
            return line.name.casefold()
        case "model":
            return line.model.casefold()
        case "data":
            return line.data.casefold()
        case "state":
            return list(_STATES).index(line.state)
        case "accuracy":
            return -1.0 if run.accuracy is None else run.accuracy
        case "epochs":
            return run.epochs_done
        case "size":
            return float(run.size)  # an int of Qt's ends at 2 GB
    return run.notes.note.casefold()


def _date(created: str) -> str:
    """The time of a run of today, the day of an earlier one."""
    text = local(created)
    return text[11:16] if is_today(created) else text[:10]
