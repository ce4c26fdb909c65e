"""The sandbox's page: one state, shown everywhere at once; whatever the user changes is seen within the frame."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.inspection.records import FloatArray, Kernels
from cnnviewer.core.sandbox import Array, Operation, Pair, SlidingResult, axes, pad, slide
from cnnviewer.core.sandbox_inputs import shrunk
from cnnviewer.ui.sandbox.cells import Shading, shading
from cnnviewer.ui.sandbox.frame import SandboxFrame
from cnnviewer.ui.sandbox.input_grid import WindowView
from cnnviewer.ui.sandbox.sandbox_state import MODEL, OWN, Part, SandboxHistory, SandboxState
from cnnviewer.ui.widgets.cell_grid import arrow_step, moved
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable

_HOVER_GLIDE = 110  # ms
_FIRST_PLACE = 1, 1  # of the output: there the window lies over the edge of the first input's digit, not over padding


class SandboxPage(Translated, SandboxFrame):
    """Controls on the left; input, window and output on the right; formula and arithmetic below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = SandboxState()
        self._history = SandboxHistory()
        self.undoable = Undoable(self, "sandbox")
        self.undoable.undo_requested.connect(self.undo)
        self.undoable.redo_requested.connect(self.redo)
        self._image: FloatArray | None = None
        self._outcome: SlidingResult | None = None
        self._error: UserError | None = None
        self._shade: Shading = shading(self._state.values)
        self._place: Pair = _FIRST_PLACE
        self._untouched = True  # nobody has chosen a place
        self._touched: Pair | None = None
        self._random = np.random.default_rng()
        self._connect()
        self._refresh()
        self.retranslate()

    def _connect(self) -> None:
        controls, tools, grids, playback = self.controls, self.tools, self.grids, self.playback
        controls.operation_selected.connect(self._on_operation)
        controls.preset_selected.connect(self._on_preset)
        controls.model_kernel_selected.connect(self._on_model_kernel)
        controls.weight_entered.connect(self._on_weight)
        controls.bias_entered.connect(self._on_bias)
        controls.part_entered.connect(self._on_part)
        tools.size_entered.connect(self._on_size)
        tools.brush_entered.connect(grids.input.set_brush)
        tools.image_requested.connect(self._on_image)
        tools.random_requested.connect(self._on_random)
        tools.clear_requested.connect(self._on_clear)
        tools.undo_requested.connect(self.undo)
        tools.redo_requested.connect(self.redo)
        grids.input.painted.connect(self._on_painted)
        grids.input.stroke_ended.connect(self._history.end)
        grids.input.value_entered.connect(self._on_typed)
        grids.input.pointed.connect(self._on_input_pointed)
        grids.output.pointed.connect(self._on_output_pointed)
        playback.started.connect(self._on_play_started)
        playback.stopped.connect(self._on_play_stopped)
        playback.stepped.connect(self._on_stepped)

    # -- values in, values out ----------------------------------------------------------------------------------

    def set_image(self, image: FloatArray | None) -> None:
        """Offer the program's current image, float32 `(C, H, W)` in 0..1; None: there is none."""
        self._image = image
        self._show_tools()

    def set_kernels(self, kernels: Kernels | None) -> None:
        """Offer the kernels of a layer of the loaded model; one that is chosen follows its new weights."""
        self.controls.set_kernels(kernels)
        if self._state.preset != MODEL:
            return
        weights = self._model_kernel()
        if weights is None:
            self._state = replace(self._state, preset=OWN)
        else:
            self._state = self._state.with_kernel(weights, MODEL)
        self._refresh()

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides or jumps."""
        self.grids.input.set_motion(enabled)

    @property
    def state(self) -> SandboxState:
        """What the sandbox shows."""
        return self._state

    @property
    def output(self) -> Array | None:
        """The output `(H', W')` in float64, read-only; None where nothing can come out."""
        return None if self._outcome is None else self._outcome.output

    @property
    def sentence(self) -> str:
        """Why nothing can come out; empty where something does."""
        return "" if self._error is None else translate_error(self._error)

    @property
    def place(self) -> Pair:
        """The chosen cell of the output."""
        return self._place

    def set_state(self, state: SandboxState) -> None:
        """Show another state; can be taken back."""
        self._change(state, None)

    def undo(self) -> None:
        """Take the last change back."""
        self._go(self._history.back(self._state))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._go(self._history.forward(self._state))

    def _go(self, state: SandboxState | None) -> None:
        if state is not None:
            self._state = state
            self._refresh()

    # -- changes by the user ------------------------------------------------------------------------------------

    def _change(self, state: SandboxState, key: Hashable) -> None:
        self._history.remember(self._state, key)
        self._state = state
        self._refresh()

    def _on_operation(self, operation: Operation) -> None:
        if operation != self._state.operation:
            self._change(replace(self._state, operation=operation), None)

    def _on_preset(self, name: str) -> None:
        if name == MODEL:
            self._on_model_kernel(*self.controls.channels())
        else:
            self._change(self._state.with_preset(name), None)

    def _on_model_kernel(self, _out: int, _inp: int) -> None:
        weights = self._model_kernel()
        if weights is not None:
            self._change(self._state.with_kernel(weights, MODEL), "model")

    def _model_kernel(self) -> Array | None:
        """The chosen kernel of the model's layer, `(kh, kw)` float64."""
        kernels = self.controls.kernels
        if kernels is None:
            return None
        out, inp = self.controls.channels()
        return np.asarray(kernels.weight[out, inp], np.float64)

    def _on_weight(self, row: int, col: int, weight: float) -> None:
        if weight != self._state.kernel[row, col]:
            self._change(self._state.with_weight(row, col, weight), ("weight", row, col))

    def _on_bias(self, bias: float) -> None:
        self._change(replace(self._state, bias=bias), "bias")

    def _on_part(self, part: Part, pair: Pair) -> None:
        if pair != getattr(self._state.setup, part):
            self._change(self._state.with_part(part, pair), part)

    def _on_size(self, size: int) -> None:
        state = self._state.with_size(size)
        if self._state.from_image and self._image is not None:
            state = state.with_values(shrunk(self._image, size), from_image=True)
        self._change(state, "size")

    def _on_image(self) -> None:
        if self._image is not None:
            self._change(self._state.with_values(shrunk(self._image, len(self._state.values)), from_image=True), None)

    def _on_random(self) -> None:
        values = self._random.integers(-4, 10, self._state.values.shape).astype(np.float64)
        self._change(self._state.with_values(values), None)

    def _on_clear(self) -> None:
        self._change(self._state.with_values(np.zeros_like(self._state.values)), None)

    def _on_painted(self, row: int, col: int, value: float) -> None:
        if value != self._state.values[row, col]:
            self._change(self._state.with_value(row, col, value), "stroke")

    def _on_typed(self, row: int, col: int, value: float) -> None:
        top, left = self._state.setup.padding
        if value != self._state.values[row - top, col - left]:
            self._change(self._state.with_value(row - top, col - left, value), ("typed", row, col))

    # -- pointing and playing -----------------------------------------------------------------------------------

    def _on_output_pointed(self, cell: Pair | None) -> None:
        if cell is not None and self._outcome is not None:
            self.playback.pause()
            self._untouched = False
            self._choose(cell, _HOVER_GLIDE)

    def _on_input_pointed(self, cell: Pair | None) -> None:
        self._touched = cell
        self._show_touched()

    def _on_play_started(self) -> None:
        rows, cols = (0, 0) if self._outcome is None else self._outcome.output.shape
        if self._untouched or self._place == (rows - 1, cols - 1):
            self._choose((0, 0), 0)
        self._untouched = False
        self._show_done()

    def _on_play_stopped(self) -> None:
        self.grids.output.set_done(None)

    def _on_stepped(self) -> None:
        """On to the next cell in reading order; at the end begin again, or stop there while playing."""
        if self._outcome is None:
            return
        self._untouched = False
        rows, cols = self._outcome.output.shape
        following = self._place[0] * cols + self._place[1] + 1
        if following == rows * cols:
            if self.playback.playing and not self.playback.loop.isChecked():
                self.playback.pause()
                return
            following = 0
        self._choose(divmod(following, cols), round(self.playback.interval * 0.6))
        self._show_done()

    def _show_done(self) -> None:
        if self.playback.playing and self._outcome is not None:
            self.grids.output.set_done(self._place[0] * self._outcome.output.shape[1] + self._place[1] + 1)

    # -- showing ------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Compute and show everything about the state."""
        state, setup = self._state, self._state.setup
        kernel = state.kernel if state.operation == "conv" else None
        try:
            self._outcome, self._error = slide(state.values, setup, kernel, state.bias), None
        except UserError as error:
            self._outcome, self._error = None, without_frames(error)
        self._shade = shading(state.values)
        outcome = self._outcome
        padded, is_padding = pad(state.values, setup)
        left_out: npt.NDArray[np.bool_] = np.zeros(padded.shape, bool) if outcome is None else outcome.left_out
        self.grids.input.set_input(padded, is_padding, left_out, self._shade)
        if outcome is not None:
            # what is pooled keeps the input's colours; weights can be negative, whatever they are now
            shade = shading(outcome.output, signed=True) if state.operation == "conv" else self._shade
            self.grids.output.set_output(outcome.output, shade)
        else:
            self.grids.output.set_sentence(self.sentence)
        self.grids.set_output_size(None if outcome is None else (outcome.output.shape[0], outcome.output.shape[1]))
        self.playback.set_possible(outcome is not None)
        self.controls.show_state(state)
        self._show_tools()
        self._title_grids()
        self.arithmetic.show_sizes(axes(setup, (state.values.shape[0], state.values.shape[1])))
        rows, cols = (1, 1) if outcome is None else outcome.output.shape
        self._choose((min(self._place[0], rows - 1), min(self._place[1], cols - 1)), 0)
        self.fit()
        self._show_touched()

    def _choose(self, place: Pair, glide: int) -> None:
        """Choose an output cell: the window moves there, its arithmetic is shown."""
        self._place = place
        outcome = self._outcome
        self.arithmetic.show_cell(outcome, place, self._shade)
        if outcome is None:
            self.grids.input.set_window(None)
        else:
            setup = outcome.setup
            top, left = int(outcome.rows[place[0], 0]), int(outcome.cols[place[1], 0])
            window = WindowView(top, left, setup.kernel_size, setup.dilation, outcome.kernel, outcome.winners(*place))
            self.grids.input.set_window(window, glide)
            self.grids.output.set_cursor(place)
        self._write_status()

    def _show_touched(self) -> None:
        shape = self.grids.input.rows, self.grids.input.cols
        if self._touched is not None and not (self._touched[0] < shape[0] and self._touched[1] < shape[1]):
            self._touched = None
        self.grids.input.set_touched(self._touched)
        readers = () if self._touched is None or self._outcome is None else self._outcome.readers(*self._touched)
        self.grids.output.set_marked(readers)
        self._write_status()

    def _show_tools(self) -> None:
        undoable, redoable = self._history.steps
        self.undoable.set_steps(undoable, redoable)
        self.tools.show_input(len(self._state.values), self._image is not None, undoable > 0, redoable > 0)

    # -- texts --------------------------------------------------------------------------------------------------

    def _title_grids(self) -> None:
        size, padded = len(self._state.values), (self.grids.input.rows, self.grids.input.cols)
        title = short = self.tr("Input {size}").format(size=f"{size}×{size}")
        if padded != (size, size):
            title = self.tr("Input {size}, padded {padded}").format(
                size=f"{size}×{size}", padded=f"{padded[0]}×{padded[1]}"
            )
        self.grids.input.set_title(title, short)
        if self._outcome is not None:
            rows, cols = self._outcome.output.shape
            self.grids.output.set_title(self.tr("Output {size}").format(size=f"{rows}×{cols}"))

    def _write_status(self) -> None:
        self._status.tell(self._outcome, self._place, self._touched)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Convolution sandbox"))
        self._column.setAccessibleName(self.tr("Settings of the sandbox"))
        self._whole.setAccessibleName(self.tr("Convolution sandbox"))
        self._below.setAccessibleName(self.tr("Formula and arithmetic"))
        self._title_grids()
        if self._error is not None:
            self.grids.output.set_sentence(self.sentence)
        self.grids.arrange()
        self._write_status()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays or pauses; arrows move the window."""
        step = arrow_step(event)
        if event.key() == Qt.Key.Key_Space:
            self.playback.play.click()
        elif step is not None and self._outcome is not None:
            rows, cols = self._outcome.output.shape
            self._on_output_pointed(moved(self._place, step, rows, cols))
        else:
            super().keyPressEvent(event)
