"""The sandbox's page: one bench, shown everywhere at once; whatever a person changes is seen within the frame."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import FloatArray, Kernels
from cnnviewer.core.sandbox import Array, Operation, Outcome, Pair, axes, pad, slide
from cnnviewer.core.sandbox_inputs import shrunk
from cnnviewer.ui.language import translate_error
from cnnviewer.ui.sandbox.bench import MODEL, OWN, Bench, History, Part
from cnnviewer.ui.sandbox.cells import Shading, shading
from cnnviewer.ui.sandbox.frame import SandboxFrame
from cnnviewer.ui.sandbox.input_grid import WindowView

_HOVER_GLIDE = 110  # ms


class SandboxPage(SandboxFrame):
    """Controls on the left; input, window and output on the right; formula and arithmetic below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = Bench()
        self._history = History()
        self._image: FloatArray | None = None
        self._outcome: Outcome | None = None
        self._error: UserError | None = None
        self._shade: Shading = shading(self._bench.values)
        self._place: Pair = (0, 0)
        self._touched: Pair | None = None
        self._random = np.random.default_rng()
        self._connect()
        self._refresh()
        self.retranslate()

    def _connect(self) -> None:
        controls, tools, stage, playback = self.controls, self.tools, self.stage, self.playback
        controls.operation_selected.connect(self._on_operation)
        controls.preset_selected.connect(self._on_preset)
        controls.model_kernel_selected.connect(self._on_model_kernel)
        controls.weight_entered.connect(self._on_weight)
        controls.bias_entered.connect(self._on_bias)
        controls.part_entered.connect(self._on_part)
        tools.size_entered.connect(self._on_size)
        tools.brush_entered.connect(stage.input.set_brush)
        tools.image_requested.connect(self._on_image)
        tools.random_requested.connect(self._on_random)
        tools.clear_requested.connect(self._on_clear)
        tools.undo_requested.connect(self.undo)
        stage.input.painted.connect(self._on_painted)
        stage.input.stroke_ended.connect(self._history.end)
        stage.input.value_entered.connect(self._on_typed)
        stage.input.pointed.connect(self._on_input_pointed)
        stage.output.pointed.connect(self._on_output_pointed)
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
        if self._bench.preset != MODEL:
            return
        weights = self._model_kernel()
        if weights is None:
            self._bench = replace(self._bench, preset=OWN)
        else:
            self._bench = self._bench.with_kernel(weights, MODEL)
        self._refresh()

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides or jumps."""
        self.stage.input.set_motion(enabled)

    @property
    def bench(self) -> Bench:
        """What lies on the bench."""
        return self._bench

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

    def set_bench(self, bench: Bench) -> None:
        """Show another bench; can be taken back."""
        self._change(bench, None)

    def undo(self) -> None:
        """Take the last change back."""
        before = self._history.back()
        if before is not None:
            self._bench = before
            self._refresh()

    # -- changes by a person ------------------------------------------------------------------------------------

    def _change(self, bench: Bench, key: Hashable) -> None:
        self._history.remember(self._bench, key)
        self._bench = bench
        self._refresh()

    def _on_operation(self, operation: Operation) -> None:
        if operation != self._bench.operation:
            self._change(replace(self._bench, operation=operation), None)

    def _on_preset(self, name: str) -> None:
        if name == MODEL:
            self._on_model_kernel(*self.controls.channels())
        else:
            self._change(self._bench.with_preset(name), None)

    def _on_model_kernel(self, _out: int, _inp: int) -> None:
        weights = self._model_kernel()
        if weights is not None:
            self._change(self._bench.with_kernel(weights, MODEL), "model")

    def _model_kernel(self) -> Array | None:
        """The chosen kernel of the model's layer, `(kh, kw)` float64."""
        kernels = self.controls.kernels
        if kernels is None:
            return None
        out, inp = self.controls.channels()
        return np.asarray(kernels.weight[out, inp], np.float64)

    def _on_weight(self, row: int, col: int, weight: float) -> None:
        if weight != self._bench.kernel[row, col]:
            self._change(self._bench.with_weight(row, col, weight), ("weight", row, col))

    def _on_bias(self, bias: float) -> None:
        self._change(replace(self._bench, bias=bias), "bias")

    def _on_part(self, part: Part, pair: Pair) -> None:
        if pair != getattr(self._bench.setup, part):
            self._change(self._bench.with_part(part, pair), part)

    def _on_size(self, size: int) -> None:
        bench = self._bench.with_size(size)
        if self._bench.from_image and self._image is not None:
            bench = bench.with_values(shrunk(self._image, size), from_image=True)
        self._change(bench, "size")

    def _on_image(self) -> None:
        if self._image is not None:
            self._change(self._bench.with_values(shrunk(self._image, len(self._bench.values)), from_image=True), None)

    def _on_random(self) -> None:
        values = self._random.integers(-4, 10, self._bench.values.shape).astype(np.float64)
        self._change(self._bench.with_values(values), None)

    def _on_clear(self) -> None:
        self._change(self._bench.with_values(np.zeros_like(self._bench.values)), None)

    def _on_painted(self, row: int, col: int, value: float) -> None:
        if value != self._bench.values[row, col]:
            self._change(self._bench.with_value(row, col, value), "stroke")

    def _on_typed(self, row: int, col: int, value: float) -> None:
        top, left = self._bench.setup.padding
        if value != self._bench.values[row - top, col - left]:
            self._change(self._bench.with_value(row - top, col - left, value), ("typed", row, col))

    # -- pointing and playing -----------------------------------------------------------------------------------

    def _on_output_pointed(self, cell: Pair | None) -> None:
        if cell is not None and self._outcome is not None:
            self.playback.pause()
            self._choose(cell, _HOVER_GLIDE)

    def _on_input_pointed(self, cell: Pair | None) -> None:
        self._touched = cell
        self._show_touched()

    def _on_play_started(self) -> None:
        rows, cols = (0, 0) if self._outcome is None else self._outcome.output.shape
        if self._place == (rows - 1, cols - 1):
            self._choose((0, 0), 0)
        self._show_done()

    def _on_play_stopped(self) -> None:
        self.stage.output.set_done(None)

    def _on_stepped(self) -> None:
        """On to the next cell in reading order; at the end begin again, or stop there while playing."""
        if self._outcome is None:
            return
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
            self.stage.output.set_done(self._place[0] * self._outcome.output.shape[1] + self._place[1] + 1)

    # -- showing ------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Compute and show everything about the bench."""
        bench, setup = self._bench, self._bench.setup
        kernel = bench.kernel if bench.operation == "conv" else None
        try:
            self._outcome, self._error = slide(bench.values, setup, kernel, bench.bias), None
        except UserError as error:
            self._outcome, self._error = None, error
        self._shade = shading(bench.values)
        outcome = self._outcome
        padded, is_padding = pad(bench.values, setup)
        left_out: npt.NDArray[np.bool_] = np.zeros(padded.shape, bool) if outcome is None else outcome.left_out
        self.stage.input.set_input(padded, is_padding, left_out, self._shade)
        if outcome is not None:
            # what is pooled keeps the input's colours; weights can be negative, whatever they are now
            shade = shading(outcome.output, signed=True) if bench.operation == "conv" else self._shade
            self.stage.output.set_output(outcome.output, shade)
        else:
            self.stage.output.set_sentence(self.sentence)
        self.stage.set_output_size(None if outcome is None else (outcome.output.shape[0], outcome.output.shape[1]))
        self.playback.set_possible(outcome is not None)
        self.controls.show_bench(bench)
        self._show_tools()
        self._title_grids()
        self.arithmetic.show_sizes(axes(setup, (bench.values.shape[0], bench.values.shape[1])))
        rows, cols = (1, 1) if outcome is None else outcome.output.shape
        self._choose((min(self._place[0], rows - 1), min(self._place[1], cols - 1)), 0)
        self._show_touched()

    def _choose(self, place: Pair, glide: int) -> None:
        """Choose an output cell: the window moves there, its arithmetic is shown."""
        self._place = place
        outcome = self._outcome
        self.arithmetic.show_cell(outcome, place, self._shade)
        if outcome is None:
            self.stage.input.set_window(None)
        else:
            setup = outcome.setup
            top, left = int(outcome.rows[place[0], 0]), int(outcome.cols[place[1], 0])
            window = WindowView(top, left, setup.kernel_size, setup.dilation, outcome.kernel, outcome.winners(*place))
            self.stage.input.set_window(window, glide)
            self.stage.output.set_cursor(place)
        self._write_status()

    def _show_touched(self) -> None:
        shape = self.stage.input.rows, self.stage.input.cols
        if self._touched is not None and not (self._touched[0] < shape[0] and self._touched[1] < shape[1]):
            self._touched = None
        self.stage.input.set_touched(self._touched)
        readers = () if self._touched is None or self._outcome is None else self._outcome.readers(*self._touched)
        self.stage.output.set_marked(readers)
        self._write_status()

    def _show_tools(self) -> None:
        self.tools.show_input(len(self._bench.values), self._image is not None, self._history.available)

    # -- texts --------------------------------------------------------------------------------------------------

    def _title_grids(self) -> None:
        size, padded = len(self._bench.values), (self.stage.input.rows, self.stage.input.cols)
        title = short = self.tr("Input {size}").format(size=f"{size}×{size}")
        if padded != (size, size):
            title = self.tr("Input {size}, padded {padded}").format(
                size=f"{size}×{size}", padded=f"{padded[0]}×{padded[1]}"
            )
        self.stage.input.set_title(title, short)
        if self._outcome is not None:
            rows, cols = self._outcome.output.shape
            self.stage.output.set_title(self.tr("Output {size}").format(size=f"{rows}×{cols}"))

    def _write_status(self) -> None:
        self._status.tell(self._outcome, self._place, self._touched)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Convolution sandbox"))
        self._column.setAccessibleName(self.tr("Settings of the sandbox"))
        self._below.setAccessibleName(self.tr("Formula and arithmetic"))
        self._title_grids()
        if self._error is not None:
            self.stage.output.set_sentence(self.sentence)
        self.stage.arrange()
        self._write_status()

    # -- Qt -----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the sandbox while something in it has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
