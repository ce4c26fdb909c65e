"""One layer of the design: its kind, its numbers, what comes out, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.counting import counted
from cnnviewer.core.models.design import NUMBERS, Number
from cnnviewer.core.models.design_check import LayerCheck, Shape
from cnnviewer.core.models.design_fix import Fix
from cnnviewer.ui.build.grip import Grip
from cnnviewer.ui.build.kinds import KINDS, kind_title
from cnnviewer.ui.build.number_field import NumberField
from cnnviewer.ui.build.number_lines import NumberLines
from cnnviewer.ui.build.repairs import Repairs, fix_text
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_GAP: Final = 6
_RESULT: Final = 112  # pixels of the usual text size for a shape and a number of parameters


def shape_words(shape: Shape | None) -> str:
    """`16×32×32`; a dash where it is not known."""
    return "–" if shape is None else "×".join(str(size) for size in shape)


class LayerRow(Translated, QFrame):
    """A row of the builder; `place` is where it stands in the list.

    Signals:
        kind_edited: `(place, kind)`.
        number_edited: `(place, number, value)`.
        move_requested: `(place, by)`, by -1 up or 1 down.
        remove_requested: `(place)`.
        fix_requested: `(place, fix)`: one of the fixes it was given, by its number.
        dragged: `(place, y)`: its handle is held at that height of the screen; y is -1 when it is released.
    """

    kind_edited = Signal(int, str)
    number_edited = Signal(int, str, float)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)
    fix_requested = Signal(int, int)
    dragged = Signal(int, int)

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.setObjectName(f"layerRow{place}")
        self._row: LayerCheck | None = None
        self._current = False
        self._wide = False
        self._room = 0
        self.grip = Grip(self)
        self._name = PlainLabel(self)
        self._name.setProperty("role", "title")
        GrowingSize(self._name, minimum_width=64)
        self.kind = CalmCombo(self)
        self.kind.setObjectName("kindCombo")
        self.kind.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        for kind in KINDS:
            self.kind.addItem(kind_title(kind), kind)
        self._numbers = NumberLines(self)
        self.fields: dict[Number, NumberField] = {}
        for number in NUMBERS["conv"] + NUMBERS["dropout"]:
            field = self.fields[number] = NumberField(number, self._numbers)
            field.edited.connect(self._on_number_edited)
            field.fix_requested.connect(self._on_number_fix)
            self._numbers.add(field)
        self._shape = PlainLabel(self)
        self._shape.setProperty("role", "title")
        self._parameters = PlainLabel(self)
        self._parameters.setProperty("role", "caption")
        result = QVBoxLayout()
        result.setSpacing(0)
        result.addStretch(1)
        for label in (self._shape, self._parameters):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            GrowingSize(label, minimum_width=_RESULT)
            result.addWidget(label)
        result.addStretch(1)
        self.up, self.down, self.remove = (
            self._button(name, drawing)
            for name, drawing in (
                ("moveUpButton", "chevron-up"),
                ("moveDownButton", "chevron-down"),
                ("removeButton", "close"),
            )
        )
        self._error = PlainLabel(self)
        self._error.setObjectName("layerError")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._error.setIndent(self.grip.width() + _GAP)

        self._fixes: tuple[Fix, ...] = ()
        self._repairs = Repairs(self)
        self._repairs.setContentsMargins(self.grip.width() + _GAP, 0, 0, 2)
        self._repairs.chosen.connect(self._on_fix)

        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(_GAP)
        for widget in (self.grip, self._name, self.kind):
            self._first.addWidget(widget)
        self._first.addStretch(1)
        self._first.addLayout(result)
        for button in (self.up, self.down, self.remove):
            self._first.addWidget(button)
        self._second.setContentsMargins(self.grip.width() + _GAP, 0, 0, 0)
        self._second.addWidget(self._numbers)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_GAP, 5, _GAP, 5)
        lines.setSpacing(3)
        lines.addLayout(self._first)
        lines.addLayout(self._second)
        lines.addWidget(self._error)
        lines.addWidget(self._repairs)

        self.kind.activated.connect(self._on_kind_activated)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)
        self.grip.dragged.connect(self._on_dragged)
        theme().changed.connect(self.update)
        self.retranslate()

    # -- values in ----------------------------------------------------------------------------------------------

    def show_row(self, row: LayerCheck, last: int, fixes: tuple[Fix, ...] = ()) -> None:
        """Show a layer; `last` is the place of the last one, `fixes` would make it fit. Emits nothing."""
        self._row, self._fixes = row, fixes
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(KINDS.index(row.spec.kind))
        has = NUMBERS[row.spec.kind]
        for number, field in self.fields.items():
            field.setVisible(number in has)
            if number in has:
                field.set_value(getattr(row.spec, number))
        self.fields["out"].set_feature_words(row.spec.kind == "linear")
        self._offer_fixes()
        self._numbers.setVisible(bool(has))
        self.up.setEnabled(self.place > 0)
        self.down.setEnabled(self.place < last)
        self._say()
        self._arrange()

    def set_current(self, current: bool) -> None:
        """Whether it is the row that keys and new layers refer to."""
        if current != self._current:
            self._current = current
            self.update()

    def set_room(self, width: int) -> None:
        """Stand in one line where so many pixels are enough for it, else in two."""
        self._room = width
        self._arrange()

    def line_width(self) -> int:
        """Pixels that the row needs to stand in one line."""
        head = (self.grip, self._name, self.kind, self.up, self.down, self.remove)
        result = max(grown(_RESULT), self._shape.sizeHint().width())
        return sum(widget.sizeHint().width() + _GAP for widget in head) + self._numbers.line_width() + result + 8 * _GAP

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.grip.setToolTip(self.tr("Drag to move the layer; keys: Alt with up or down."))
        self.kind.setAccessibleName(self.tr("Kind of layer"))
        self.kind.setToolTip(self.tr("What the layer does."))
        for kind in KINDS:
            self.kind.setItemText(KINDS.index(kind), kind_title(kind))
        for button, name in (
            (self.up, self.tr("Move the layer up (Alt+Up)")),
            (self.down, self.tr("Move the layer down (Alt+Down)")),
            (self.remove, self.tr("Remove the layer (Ctrl+Delete)")),
        ):
            button.setToolTip(tool_tip(name))
            button.setAccessibleName(name)
        for field in self.fields.values():
            field.retranslate()
        self._offer_fixes()
        self._say()
        self._arrange()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card; the current one and a wrong one are marked at the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wrong = self._row is not None and self._row.error is not None
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme().color("error" if wrong else "accent" if self._current else "border"), 1))
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(box, 5, 5)
        if wrong or self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("error" if wrong else "accent"))
            painter.drawRoundedRect(QRectF(1.5, 4, 3, self.height() - 8), 1.5, 1.5)

    # -- inside -------------------------------------------------------------------------------------------------

    def _button(self, name: str, drawing: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", "true")
        show_icon(button, drawing, "muted", 14)
        return button

    def _say(self) -> None:
        row = self._row
        if row is None:
            return
        self._name.setText(row.name)
        self._shape.setText(shape_words(row.shape))
        self._shape.setToolTip(self.tr("Shape of what the layer gives for one image: channels×height×width."))
        self._parameters.setToolTip(tool_tip(row.parameter_text))
        error = " ".join(self._problem_parts(row))
        self._error.setText(error)
        self._error.setVisible(bool(error))
        self.setAccessibleName(
            self.tr("Layer {place}: {name}, {kind}, gives {shape}").format(
                place=self.place + 1, name=row.name, kind=kind_title(row.spec.kind), shape=shape_words(row.shape)
            )
        )
        self.setAccessibleDescription(error or row.parameter_text)
        self.update()

    def _problem_parts(self, row: LayerCheck) -> Iterator[str]:
        """What is wrong, and why the number proposed is less than what this layer alone could have."""
        if row.error is not None:
            yield translate_error(row.error)
        for fix in self._fixes:
            if fix.number is not None and fix.for_layer:
                yield self.tr("For {layer} to fit too: {number} at most {value}.").format(
                    number=self.fields[fix.number].title, value=fix.value, layer=fix.for_layer
                )

    def _arrange(self) -> None:
        """Numbers beside the kind where there is room for them, else below; likewise how the parameters come about."""
        if self._row is None:
            return
        room = self._room - self.line_width()
        if (room >= 0) != self._wide:
            self._wide = room >= 0
            (self._second if self._wide else self._first).removeWidget(self._numbers)
            if self._wide:
                self._first.insertWidget(3, self._numbers)
            else:
                self._second.addWidget(self._numbers)
        indent = self.grip.width() + 4 * _GAP
        self._numbers.set_room(self._numbers.line_width() if self._wide else self._room - indent)
        whole = self._row.parameter_text
        fits = self._parameters.fontMetrics().horizontalAdvance(whole) <= room + grown(_RESULT)
        short = counted(self.tr("{count:parameter|parameters}"), count=f"{self._row.parameters:,}")
        self._parameters.setText(whole if fits else short)
        self._parameters.setVisible(bool(whole))

    def _on_kind_activated(self, index: int) -> None:
        self.kind_edited.emit(self.place, KINDS[index])

    def _on_number_edited(self, number: str, value: float) -> None:
        self.number_edited.emit(self.place, number, value)

    def _offer_fixes(self) -> None:
        """Numbers below their fields, everything else below the error."""
        texts = {fix.number: fix_text(fix, self.fields[fix.number].title) for fix in self._fixes if fix.number}
        for number, field in self.fields.items():
            field.set_fix(texts.get(number, ""))
        self._repairs.set_fixes([(place, fix) for place, fix in enumerate(self._fixes) if fix.number is None])

    def _on_number_fix(self, number: str) -> None:
        self._on_fix(next(place for place, fix in enumerate(self._fixes) if fix.number == number))

    def _on_fix(self, fix: int) -> None:
        self.fix_requested.emit(self.place, fix)

    def _on_dragged(self, y: int) -> None:
        self.dragged.emit(self.place, y)

    def _on_up(self) -> None:
        self.move_requested.emit(self.place, -1)

    def _on_down(self) -> None:
        self.move_requested.emit(self.place, 1)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self.place)
