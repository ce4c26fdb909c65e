"""The list of runs: searched, opened, renamed, resumed, branched, deleted with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.read.summary import RunLine, in_bytes
from cnnviewer.ui.compare.runs.actions import BUTTONS, RunActions
from cnnviewer.ui.compare.runs.table import RunsTable
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.shown_icon import fit_icons
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_MOST_SENTENCES = 2  # about damaged runs


class RunsView(Translated, TellsWhenSeen, QWidget):
    """A table of runs with what can be done with them.

    Signals:
        seen_changed: whether the list is on the screen: it has to be kept up to date then.
        open_requested, resume_requested, branch_form_requested, duplicate_requested: the folder of a run.
        name_changed, note_changed: the folder, and the user's words.
        delete_requested, compare_requested: the folders of runs.
        undo_requested, redo_requested: of the last change of the list: a deletion, a name or a note.
        tick_requested: the folder of a run, and whether it shall be compared.
        wide_changed: whether the list is a table now.

    Attributes:
        undoable: the changes of the list that Ctrl+Z undoes.
    """

    seen_changed = Signal(bool)
    open_requested = Signal(object)
    resume_requested = Signal(object)
    branch_form_requested = Signal(object)
    duplicate_requested = Signal(object)
    name_changed = Signal(object, str)
    note_changed = Signal(object, str)
    delete_requested = Signal(object)
    compare_requested = Signal(object)
    undo_requested = Signal()
    redo_requested = Signal()
    tick_requested = Signal(object, bool)
    wide_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runsView")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._runs_dir = ""
        self._wide = True
        self.undoable = Undoable(self, "runs", missed="deletion")
        self.undoable.undo_requested.connect(self.undo_requested)
        self.undoable.redo_requested.connect(self.redo_requested)
        self.search = QLineEdit(self)
        self.search.setObjectName("runsSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(90)
        self.search.setMaximumWidth(260)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.table = RunsTable(self)
        self.actions_of_runs = RunActions(self.table)
        self._buttons = {name: self._button(name) for name in BUTTONS}
        self._wide_button = QToolButton(self)
        self._wide_button.setObjectName("runsTableButton")
        self._more = QToolButton(self)
        self._more.setObjectName("runsMoreButton")
        self._more.setProperty("more", True)
        self._more.setText("…")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        fit_icons(self._menu)
        self.actions_of_runs.fill(self._menu)
        self._more.setMenu(self._menu)
        self._sum = ElidedLabel(self)
        self._sum.setObjectName("runsSum")
        self._sum.setProperty("role", "caption")
        self._damaged = PlainLabel(self)
        self._damaged.setObjectName("runsDamaged")
        self._damaged.setProperty("role", "error")
        self._damaged.setWordWrap(True)
        self._damaged.hide()
        self._empty = PlainLabel(self)
        self._empty.setObjectName("runsEmpty")
        self._empty.setProperty("role", "caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(_scrolling(self._empty))
        self._pages.addWidget(self.table)
        row = WrappingRow(spacing=5)
        row.addWidget(self.search)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._wide_button)
        row.addWidget(self._more)
        card = QFrame(self)
        card.setProperty("card", True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 2, 6, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(card, 1)
        column.addWidget(self._sum)
        column.addWidget(self._damaged)
        self._connect()
        self.retranslate()
        self._show_page()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(self.actions_of_runs.by_name[name])
        button.setObjectName(f"{name.replace('actionRun', 'runs')}Button")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        GrowingSize(button, icon_size=14)
        return button

    def _connect(self) -> None:
        table, act = self.table, self.actions_of_runs.by_name
        self.search.textChanged.connect(self._on_search)
        self._wide_button.clicked.connect(self._on_wide)
        table.runs.tick_requested.connect(self.tick_requested)
        table.activated.connect(self._on_open)
        table.chosen.connect(self._on_chosen)
        table.customContextMenuRequested.connect(self._on_context_menu)
        table.runs.name_changed.connect(self.name_changed)
        table.runs.note_changed.connect(self.note_changed)
        for name, slot in {
            "actionRunOpen": self._on_open,
            "actionRunResume": self._on_resume,
            "actionRunBranch": self._on_branch,
            "actionRunDuplicate": self._on_duplicate,
            "actionRunCompare": self._on_compare,
            "actionRunRename": table.edit_name,
            "actionRunNote": table.edit_note,
            "actionRunDelete": self._on_delete,
            "actionRunUndo": self.undo_requested,
            "actionRunReveal": self._on_reveal,
            "actionRunElsewhere": self.ask_for_folder,
        }.items():
            act[name].triggered.connect(slot)

    # values in

    def set_runs(self, runs: tuple[RunLine, ...]) -> None:
        """List these runs."""
        self.table.set_lines(runs)
        self._show_page()
        self._on_chosen()

    def set_damaged(self, sentences: tuple[str, ...]) -> None:
        """Say which run folders cannot be read, and why; of many the first ones, the others in the tool tip."""
        shown, rest = sentences[:_MOST_SENTENCES], len(sentences) - _MOST_SENTENCES
        more = [self.tr("{count} more").format(count=rest)] if rest > 0 else []
        self._damaged.setText("\n".join((*shown, *more)))
        self._damaged.setToolTip(tool_tip("\n".join(sentences)) if more else "")
        self._damaged.setVisible(bool(sentences))

    def set_shown(self, folder: Path | None) -> None:
        """Mark the run that is on the screen; None: there is none with a folder."""
        self.table.runs.set_shown(folder)

    def set_compared(self, folders: tuple[Path, ...]) -> None:
        """Tick the runs that are compared."""
        self.table.runs.set_compared(folders)

    @property
    def wide(self) -> bool:
        """Whether the list is a table."""
        return self._wide

    def set_wide(self, wide: bool) -> None:
        """Show a table with all that is known of the runs, and buttons; or a narrow list to tick in."""
        if wide == self._wide:
            return
        self._wide = wide
        self.table.set_compact(not wide)
        for button in self._buttons.values():
            button.setVisible(wide)
        self.search.setMaximumWidth(260 if wide else 16_777_215)
        self.retranslate()
        self.wide_changed.emit(wide)

    def set_runs_dir(self, folder: str) -> None:
        """Say in the empty list where runs are kept."""
        self._runs_dir = folder
        self.retranslate()

    def select(self, folders: Sequence[Path]) -> None:
        """Choose these runs, when they are listed."""
        self.table.select(folders)

    def ask_for_folder(self) -> None:
        """Choose the folder of a run anywhere, to open it."""
        dialog = QFileDialog(self, self.tr("Open the folder of a run"), self._runs_dir)
        dialog.setObjectName("openRunDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.NonModal)  # a training may be under way
        dialog.show()

    # what the user does

    def _on_folder_chosen(self, folder: str) -> None:
        self.open_requested.emit(Path(folder))

    def _on_search(self, words: str) -> None:
        self.table.set_words(words)
        self._show_page()
        self._on_chosen()

    def _on_wide(self) -> None:
        self.set_wide(not self._wide)

    def _on_chosen(self) -> None:
        self.actions_of_runs.suit([line.summary for line in self.table.selected()])

    def _one(self) -> Path | None:
        lines = self.table.selected()
        return lines[0].folder if len(lines) == 1 else None

    def _on_open(self) -> None:
        folder = self._one()
        if folder is not None:
            self.open_requested.emit(folder)

    def _on_resume(self) -> None:
        folder = self._one()
        if folder is not None:
            self.resume_requested.emit(folder)

    def _on_branch(self) -> None:
        folder = self._one()
        if folder is not None:
            self.branch_form_requested.emit(folder)

    def _on_duplicate(self) -> None:
        folder = self._one()
        if folder is not None:
            self.duplicate_requested.emit(folder)

    def _on_reveal(self) -> None:
        folder = self._one()
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_compare(self) -> None:
        self.compare_requested.emit(tuple(line.folder for line in self.table.selected()))

    def _on_delete(self) -> None:
        folders = tuple(line.folder for line in self.table.selected())
        if folders:
            self.delete_requested.emit(folders)

    def _on_context_menu(self, place: QPoint) -> None:
        self._menu.popup(self.table.viewport().mapToGlobal(place))

    # how it looks

    def _show_page(self) -> None:
        lines = self.table.runs.lines
        found = self.table.order.rowCount()
        if not found and self.table.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # Ctrl+Z brings back what was deleted
        self._pages.setCurrentIndex(1 if found else 0)
        self._empty.setText(self._why_empty())
        self._sum.show_text(
            counted(
                self.tr("{count:run|runs}, {size}"),
                count=len(lines),
                size=in_bytes(sum(line.summary.size for line in lines)),
            )
            if lines
            else ""
        )
        self._give_way()

    def _why_empty(self) -> str:
        if self.table.runs.lines:
            return self.tr("No run has “{words}” in its name, note, model, data or state.").format(
                words=self.search.text()
            )
        return self.tr(
            "Every training becomes a run and is listed here, with its curves, its weights over time and the step "
            "from which it can be continued. Press Train, or open the folder of a run that was trained "
            "elsewhere.\n{folder}"
        ).format(folder=self._runs_dir)

    def _give_way(self) -> None:
        """Leave the words off the buttons where it is narrow."""
        text, bare = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        buttons = list(self._buttons.values())
        for button in buttons:
            button.setToolButtonStyle(text)
        need = self._row_width()
        for button in reversed(buttons):
            if need <= self.width():
                break
            wide = button.sizeHint().width()
            button.setToolButtonStyle(bare)
            need -= wide - button.sizeHint().width()

    def _row_width(self) -> int:
        parts = (*self._buttons.values(), self._wide_button, self._more)
        return 16 + 150 + sum(part.sizeHint().width() + 5 for part in parts)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Runs"))
        self._wide_button.setText(self.tr("List") if self._wide else self.tr("Table"))
        self._wide_button.setAccessibleName(self._wide_button.text())
        self._wide_button.setToolTip(
            self.tr("Show the runs as a narrow list, beside what is compared")
            if self._wide
            else self.tr("Show all that is known of the runs as a table")
        )
        self.search.setPlaceholderText(self.tr("Search runs"))
        self.search.setAccessibleName(self.tr("Search runs"))
        self.search.setToolTip(self.tr("Words of the name, the note, the model, the data or the state"))
        self.table.setAccessibleName(self.tr("Runs"))
        self.table.setToolTip(
            self.tr("Return opens a run, F2 names it; a click on a column's head sorts")
            if self._wide
            else self.tr("Tick two to six runs to compare them; Return opens a run")
        )
        self.table.runs.retranslate()
        self.actions_of_runs.retranslate()
        for button in self._buttons.values():
            button.setAccessibleName(button.text())
        self._more.setToolTip(self.tr("More that can be done with runs"))
        self._more.setAccessibleName(self._more.toolTip())
        self._show_page()

    def minimumSizeHint(self) -> QSize:
        """Let it be narrower than the buttons with their words: they give way."""
        return QSize(260, 90)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way where it is narrow."""
        super().resizeEvent(event)
        self._give_way()

    def offer_undo(self, undoable: int, redoable: int, deletions: tuple[bool, bool]) -> None:
        """Say how many changes can be undone, how many made again, and whether the last of each deletes runs."""
        undo, redo = ("deletion" if deletes else "runs" for deletes in deletions)
        self.undoable.set_steps(undoable, redoable, (undo, redo))


def _scrolling(words: QWidget) -> QScrollArea:
    """Words that can be scrolled where large letters have no room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(words)
    for ground in (words, area.viewport()):
        ground.setAutoFillBackground(False)
    return area
