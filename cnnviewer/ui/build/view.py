"""The builder's page: the list of layers and their drawing, what they come to, and what may be done with them."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.design import PRESETS, Kind, parse
from cnnviewer.core.models.design_check import InputShape, LayerCheck, check
from cnnviewer.core.models.design_fix import Fix, fixes
from cnnviewer.ui.build.bar import BuilderBar
from cnnviewer.ui.build.drawing_pane import DrawingPane
from cnnviewer.ui.build.edits import Edits
from cnnviewer.ui.build.layer_list import LayerList
from cnnviewer.ui.build.parts import BuilderParts
from cnnviewer.ui.build.totals import Totals
from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.theme import SPACING
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_LEAST_PARTS = 220  # pixels of height, at the usual text size


class BuilderPage(Translated, QWidget):
    """A model of the user's own, layer by layer. The Qt property `text` is the design's text, `design:…`.

    Signals:
        use_requested: the text of a design that can be built.
        export_requested: likewise, to be written as a Python file.
        changed: the text, after every edit, whether it can be built or not.
        open_requested: the user wants to open a model file of their own.
    """

    use_requested = Signal(str)
    export_requested = Signal(str)
    changed = Signal(str)
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("builderPage")
        self._edits = Edits(PRESETS["lenet"])
        self._input_shape: InputShape = (1, 28, 28)
        self._classes = 10
        self._rows: tuple[LayerCheck, ...] = ()
        self._fixes: tuple[Fix, ...] = ()
        self.undoable = Undoable(self, "design")
        self.bar = BuilderBar(self)
        self.list = LayerList(self)
        self.parts = BuilderParts(self.list, DrawingPane(), self)
        self.pane = self.parts.pane
        self._text = QLineEdit(self)
        self._text.setObjectName("builderText")
        self._problem = PlainLabel(self)
        self._problem.setObjectName("builderProblem")
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._data = PlainLabel(self)
        self._data.setObjectName("builderData")
        self._data.setProperty("role", "caption")
        self._data.setWordWrap(True)
        self._totals = Totals(self)
        self._export, self._use = QPushButton(self), QPushButton(self)
        self._export.setObjectName("builderExportButton")
        self._use.setObjectName("builderUseButton")
        self._use.setProperty("primary", "true")
        self._lay_out()

        self.bar.preset_requested.connect(self._on_preset)
        self.bar.add_requested.connect(self.add_layer)
        self.bar.undo_requested.connect(self.undo)
        self.bar.redo_requested.connect(self.redo)
        self.bar.open_requested.connect(self.open_requested)
        self._export.clicked.connect(self._on_export)
        self._use.clicked.connect(self._on_use)
        self._text.textEdited.connect(self._on_text_edited)
        self._text.editingFinished.connect(self._on_text_finished)
        self.list.kind_edited.connect(self._on_kind_edited)
        self.list.number_edited.connect(self._on_number_edited)
        self.list.number_finished.connect(self._edits.stop_merging)
        self.list.move_requested.connect(self._on_move_requested)
        self.undoable.undo_requested.connect(self.undo)
        self.undoable.redo_requested.connect(self.redo)
        self.list.remove_requested.connect(self._on_remove_requested)
        self.list.fix_requested.connect(self._on_fix_requested)
        self.list.current_changed.connect(self.pane.set_current)
        self.pane.drawing.selected.connect(self._on_layer_selected)
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_text(self) -> str:
        return self._edits.design.text

    text = Property(str, _get_text)

    def set_text(self, text: str) -> None:
        """Show a design, e.g. that of the model in use; undo goes back to the one before.

        Raises:
            UserError: the text is no design.
        """
        self._edits.set(parse(text))
        self._refresh()

    def begin_with(self, text: str) -> None:
        """Show the design of the last time, before any step that could be undone.

        Raises:
            UserError: the text is no design.
        """
        self._edits.begin_with(parse(text))
        self._refresh()

    def is_seen(self) -> bool:
        """Whether it is in front."""
        return self.isVisible()

    def set_data(self, input_shape: InputShape, classes: int) -> None:
        """What the model is for: images of `(C, H, W)` and so many classes."""
        self._input_shape, self._classes = input_shape, classes
        self._refresh()

    def undo(self) -> None:
        """Take the last step back."""
        self._edits.undo()
        self._after_edit()

    def redo(self) -> None:
        """Take it again."""
        self._edits.redo()
        self._after_edit()

    def add_layer(self, kind: Kind) -> None:
        """A layer of that kind below the current one, or at the end."""
        count = len(self._edits.design.layers)
        place = count if self.list.current is None else min(self.list.current + 1, count)
        if self._edits.insert(place, kind):
            self._after_edit()
            self.list.set_current(place, focus=True)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Model builder"))
        for button, name in (
            (self._export, self.tr("Export as Python…")),
            (self._use, self.tr("Use this model")),
        ):
            button.setText(name)
            button.setAccessibleName(name)
        self._text.setAccessibleName(self.tr("The design as text"))
        self._text.setToolTip(self.tr("The whole design as one line: copy it, or type or paste another."))
        self._refresh()

    # -- inside -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        texts, buttons = QWidget(), QWidget()
        column, row = QVBoxLayout(texts), WrappingRow(buttons, SPACING)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._data)
        column.addWidget(self._totals)
        row.addWidget(self._export)
        row.addWidget(self._use)
        bottom = BesideOrBelow(gap=SPACING)
        bottom.add(texts, 1)
        bottom.add(buttons, 0)
        GrowingSize(self.parts, minimum_height=_LEAST_PARTS)
        layout = QVBoxLayout(TallContent(self).content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.parts, 1)
        layout.addWidget(self._text)
        layout.addWidget(self._problem)
        layout.addWidget(bottom)

    def _refresh(self) -> None:
        """Work the design out and show it all."""
        design = self._edits.design
        self._rows = check(design, self._input_shape, self._classes)
        self._fixes = fixes(design, self._input_shape, self._classes)
        self.list.show_rows(self._rows, self._fixes)
        self.pane.drawing.set_rows(self._input_shape, self._rows)
        self.pane.set_current(self.list.current)
        self.parts.fit()
        if not self._text.hasFocus() or not self._text.isModified():
            self._text.setText(design.text)
            self._text.setCursorPosition(0)
            self._show_error(None)
        undoable, redoable = self._edits.steps
        self.undoable.set_steps(undoable, redoable)
        self.bar.set_undo(undoable > 0, redoable > 0)
        usable = bool(self._rows) and all(row.error is None for row in self._rows)
        self._use.setEnabled(usable)
        self._export.setEnabled(usable)
        self._explain_buttons()
        self._data.setText(
            counted(
                self.tr("Images {shape} · {classes:class|classes}"),
                shape="×".join(map(str, self._input_shape)),
                classes=self._classes,
            )
        )
        self._totals.set_rows(self._rows)

    def _explain_buttons(self) -> None:
        """What the buttons do, or why they cannot."""
        wrong = next((row for row in self._rows if row.error is not None), None)
        if wrong is not None and wrong.error is not None:
            reason = self.tr("{layer}: {reason}").format(layer=wrong.name, reason=translate_error(wrong.error))
        else:
            reason = "" if self._rows else self.tr("The model has no layers yet.")
        self._export.setToolTip(tool_tip(reason or self.tr("Write the model as a readable nn.Module file.")))
        self._use.setToolTip(tool_tip(reason or self.tr("Make it the program's model: look inside it, train it.")))

    def _after_edit(self) -> None:
        self._text.setModified(False)
        self._refresh()
        self.changed.emit(self._edits.design.text)

    def _show_error(self, error: UserError | None) -> None:
        self._problem.setText("" if error is None else translate_error(error))
        self._problem.setVisible(error is not None)

    def _on_preset(self, key: str) -> None:
        self._edits.set(PRESETS[key])
        self.list.set_current(None)
        self._after_edit()

    def _on_kind_edited(self, place: int, kind: Kind) -> None:
        self._edits.set_kind(place, kind)
        self._after_edit()

    def _on_number_edited(self, place: int, number: str, value: float) -> None:
        self._edits.set_number(place, number, value)  # type: ignore[arg-type]  # a signal carries strings
        self._after_edit()

    def _on_move_requested(self, place: int, target: int, drag: int) -> None:
        self._edits.move(place, target, merge=("drag", drag) if drag else None)
        self._after_edit()

    def _on_remove_requested(self, place: int) -> None:
        self._edits.remove(place)
        self._after_edit()
        count = len(self._edits.design.layers)
        self.list.set_current(min(place, count - 1) if count else None, focus=True)

    def _on_fix_requested(self, place: int, fix: int) -> None:
        self._edits.set(self._fixes[fix].design)
        self._after_edit()
        self.list.set_current(min(place, len(self._edits.design.layers) - 1) if self._rows else None, focus=True)

    def _on_layer_selected(self, place: int) -> None:
        """A click into the drawing brings the layer's row into view; the keyboard stays where it is."""
        self.list.set_current(place)

    def _on_text_edited(self, text: str) -> None:
        try:
            design = parse(text)
        except UserError as error:
            self._show_error(error)
            return
        self._show_error(None)
        self._edits.set(design, merge="text")
        self._refresh()
        self.changed.emit(design.text)

    def _on_text_finished(self) -> None:
        """What was typed stands in its canonical form, or is given up."""
        self._edits.stop_merging()
        self._text.setModified(False)
        self._refresh()

    def _on_use(self) -> None:
        self.use_requested.emit(self._edits.design.text)

    def _on_export(self) -> None:
        self.export_requested.emit(self._edits.design.text)
