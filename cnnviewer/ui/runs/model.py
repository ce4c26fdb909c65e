"""The runs as a table's rows, and their order and choice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from cnnviewer.core.runs.summary import RunLine, in_bytes
from cnnviewer.ui.icons import icon

COLUMNS: Final = ("name", "model", "data", "state", "accuracy", "epochs", "date", "size", "note")
NAME, NOTE, DATE = COLUMNS.index("name"), COLUMNS.index("note"), COLUMNS.index("date")
_NUMBERS: Final = frozenset({"accuracy", "epochs", "size"})
_SORT: Final = Qt.ItemDataRole.UserRole + 1
_STATES: Final = {  # the sign beside the word, and its colour
    "running": ("play", "accent"),
    "interrupted": ("warning", "warning"),
    "stopped": ("stop", "muted"),
    "finished": ("success", "good"),
    "failed": ("error", "error"),
}
Index = QModelIndex | QPersistentModelIndex


class RunsModel(QAbstractTableModel):
    """One run a row, in the order of `set_lines`; name and note can be edited.

    Signals:
        name_changed, note_changed: the folder of the run, and what was written in the cell.
    """

    name_changed = Signal(object, str)
    note_changed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[RunLine, ...] = ()
        self._shown: Path | None = None

    @property
    def lines(self) -> tuple[RunLine, ...]:
        """Every run."""
        return self._lines

    def set_lines(self, lines: tuple[RunLine, ...]) -> None:
        """Show these runs. The same runs again change in place, so that nothing chosen is lost."""
        if lines == self._lines:
            return
        if [line.folder for line in lines] == [line.folder for line in self._lines]:
            self._lines = lines
            self._repaint()
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def set_shown(self, folder: Path | None) -> None:
        """Mark the run that is on the screen."""
        self._shown = folder
        self._repaint()

    def _repaint(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(COLUMNS) - 1))

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._repaint()

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the runs."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let name and note be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in (NAME, NOTE) else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._titles()[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_alignment(COLUMNS[section]))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's text, its sign, what it says of itself, what it is sorted by."""
        line, column = self._lines[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, column)
            case Qt.ItemDataRole.EditRole:
                notes = line.summary.notes
                return notes.name if column == "name" else notes.note
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(line, column)
            case Qt.ItemDataRole.DecorationRole if column == "state":
                return icon(*_STATES[line.summary.state])
            case Qt.ItemDataRole.FontRole if line.folder == self._shown:
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(_alignment(column))
            case Qt.ItemDataRole.AccessibleTextRole if column == "name" and line.folder == self._shown:
                return self.tr("{run}, on the screen").format(run=line.name)
            case Qt.ItemDataRole.UserRole:
                return line
        return _sort_key(line, column) if role == _SORT else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what a person wrote; the cell shows it when it has been kept."""
        line = self._lines[index.row()]
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        (self.name_changed if index.column() == NAME else self.note_changed).emit(line.folder, str(value))
        return True

    # words

    def _titles(self) -> tuple[str, ...]:
        return (
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

    def state_word(self, state: str) -> str:
        """A run's state for a person."""
        return {
            "running": self.tr("running"),
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
                word = self.state_word(run.state)
                return self.tr("{state}, changed code").format(state=word) if run.info.code_changes else word
            case "accuracy":
                if run.accuracy is None:
                    return "–"
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
                text = self.tr("{folder}\nF2 gives it a name of your own.").format(folder=run.folder)
                shown = self.tr("It is on the screen.")
                return f"{text}\n{shown}" if line.folder == self._shown else text
            case "model":
                return self.tr(
                    "Learning rate {rate:g}, momentum {momentum:g}, batch size {batch:,}, seed {seed}"
                ).format(rate=config.learning_rate, momentum=config.momentum, batch=config.batch_size, seed=config.seed)
            case "state":
                return "\n".join((self._state_tip(line), *self._code_tips(line)))
            case "date":
                return run.info.created.replace("T", " ")
            case "accuracy":
                if run.accuracy is None:
                    return self.tr("No epoch is complete yet.")
                return (
                    self.tr("Of the test images.") if run.tested else self.tr("Of the images held out for validation.")
                )
            case "epochs":
                return self.tr("{step:,} steps; {moments:,} moments are kept.").format(
                    step=run.step, moments=run.moments
                )
            case "note":
                return run.notes.note or self.tr("Shift+F2 writes a note.")
        return self._text(line, column)

    def _code_tips(self, line: RunLine) -> list[str]:
        sentence = self.tr("From step {step:,} on with changed code ({files}): this run is not exact.")
        return [
            sentence.format(step=change.step, files=", ".join(change.files))
            for change in line.summary.info.code_changes
        ]

    def _state_tip(self, line: RunLine) -> str:
        run = line.summary
        match run.state:
            case "running":
                return self.tr("It is being trained, here or by another process: open it to watch.")
            case "interrupted":
                return self.tr("It ended without having been stopped: Go on takes it up where it was.")
            case "stopped":
                return self.tr("It was stopped before its last epoch: Go on takes it up where it was.")
            case "failed":
                return run.info.problem
        return self.tr("All its epochs are done: Go on asks for more.")


class RunsOrder(QSortFilterProxyModel):
    """Sorts by what the columns mean, and leaves out what the words that are looked for are not in."""

    def __init__(self, model: RunsModel) -> None:
        super().__init__(model)
        self._words: tuple[str, ...] = ()
        self.setSourceModel(model)
        self.setSortRole(_SORT)
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
        """Look in everything a person sees or has said of the run."""
        model = self.sourceModel()
        line: RunLine = model.index(row, 0).data(Qt.ItemDataRole.UserRole)
        seen = f"{line.name}\n{line.model}\n{line.data}\n{model.index(row, 3).data()}".casefold()
        return all(word in seen or line.summary.matches(word) for word in self._words)


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


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
            return list(_STATES).index(run.state)
        case "accuracy":
            return -1.0 if run.accuracy is None else run.accuracy
        case "epochs":
            return run.epochs_done
        case "date":
            return f"{run.info.created}\n{run.info.id}"
        case "size":
            return float(run.size)  # an int of Qt's ends at 2 GB
    return run.notes.note.casefold()


def _date(created: str) -> str:
    """The time of a run of today, the day of an earlier one."""
    try:
        when = datetime.fromisoformat(created)
    except ValueError:
        return created
    return f"{when:%H:%M}" if when.date() == datetime.now(when.tzinfo).date() else f"{when:%Y-%m-%d}"
