"""Explanation of the pinned value, updated with every image and every change of the weights."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from PySide6.QtCore import Signal

from cnnviewer.core.data.arrays import nfc
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.inspection.explain.backward_records import BackwardRequest, StepSettings, WeightCell
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.core.models.class_match import match_classes
from cnnviewer.core.wording import Words
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import ExploreViews
from cnnviewer.runtime.requests import ExplainRequest, GradientRequest

PROBABILITIES = "probabilities"


class ExplanationPresenter(Presenter):
    """Requests explanations of the pinned value and, while the pointer is over another one, of that value.

    Signals:
        opened: there is a value to explain: show the panel.
        closed: nothing is explained any more: hide the panel.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, services: Services, inspection: InspectionPresenter, views: ExploreViews) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._thread = services.inspection
        self._network = views.network_view
        panel = self._panel = views.explain_view
        self._config = views.train_panel.config
        self._architecture: Architecture | None = None
        self._classes: tuple[str, ...] = ()
        self._pinned: Cell | None = None
        self._preview: Cell | None = None
        self._requested: BackwardRequest | None = None
        self._rates: StepSettings | None = None
        self._number = self._backward_number = 0
        inspection.architecture_shown.connect(self._on_architecture_shown)
        inspection.inspected.connect(self._on_inspected)
        inspection.pinned.connect(self._on_pinned)
        services.session.data_changed.connect(self._on_data_changed)
        services.inspection.explained.connect(self._on_explained)
        services.inspection.learned.connect(self._on_learned)
        panel.cell_requested.connect(self._on_cell_requested)
        panel.preview_requested.connect(self._on_preview_requested)
        panel.backward_requested.connect(self._on_backward_requested)
        views.kernel_view.weight_selected.connect(self._on_weight_selected)
        views.input_panel.prediction.class_selected.connect(self._on_class_selected)

    def ask(self, cell: Cell | None) -> None:
        """Explain this value until another is requested; None: explain none."""
        self._pinned, self._preview = cell, None
        self._network.set_explained(cell)
        self._ask(cell)
        if cell is None:
            self._panel.set_explanation(None)
        else:
            self.opened.emit()

    def _ask(self, cell: Cell | None) -> None:
        self._number += 1
        self._thread.explain(ExplainRequest(cell, self._number))

    def _on_pinned(self, cell: Cell | None) -> None:
        self.ask(self._single(cell) if cell is not None else None)
        self._close_when_idle()

    def _close_when_idle(self) -> None:
        """Hide the panel when it explains no value and shows no gradients."""
        if self._pinned is None and self._requested is None:
            self.closed.emit()

    def _single(self, cell: Cell) -> Cell | None:
        """The value to explain: of a pinned map the one with the largest magnitude; None for a whole layer."""
        inspection = self._inspection_presenter.inspection
        values = inspection.activations.get(cell.layer) if inspection is not None else None
        if cell.channel is None:
            return None
        if values is None or values.ndim != 3 or cell.row is not None:
            return cell
        sizes = np.abs(np.nan_to_num(values[cell.channel]))
        row, col = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return Cell(cell.layer, cell.channel, int(row), int(col))

    # what comes back

    def _on_explained(self) -> None:
        reply = self._thread.take_explanation()
        if reply is None or reply.number != self._number:
            return
        if reply.explanation is not None:
            self._panel.set_explanation(reply.explanation, self._pinned)
        elif reply.problem is not None:
            self._panel.set_error(without_frames(reply.problem))

    def _on_learned(self) -> None:
        learned = self._thread.take_backward()
        if learned is None or self._requested is None or learned.number != self._backward_number:
            return  # the answer to an earlier request, perhaps about another model
        if learned.backward is not None:
            self._panel.set_backward(learned.backward)
        elif learned.problem is not None:
            self._panel.set_backward_error(without_frames(learned.problem))

    def _on_architecture_shown(self, architecture: Architecture, classes: tuple[str, ...]) -> None:
        before, self._architecture, self._classes = self._architecture, architecture, classes
        if before is None or before.layers != architecture.layers:
            self._pinned = self._preview = None
            self._ask(None)
            self._panel.set_architecture(architecture)
            self._close_when_idle()
        self._panel.set_classes(classes)  # and with them the panel asks for the gradients of its weight

    def _on_inspected(self) -> None:
        inspection = self._inspection_presenter.inspection
        self._panel.set_inspection(inspection)
        if self._pinned is not None and (cell := self._single(self._pinned)) != self._pinned:
            self._pinned = cell  # a map that was pinned before it had values
            self._network.set_explained(cell)
            self._ask(cell)
        self._panel.set_refusal(self._why_no_numbers() if inspection is None or inspection.image is None else "")
        self._panel.set_label_known(self._knows_label())
        config = self._config()
        rates = StepSettings(config.learning_rate, config.momentum, config.weight_decay)
        if rates != self._rates:  # keep the user's trial values in the panel unless the training's own settings change
            self._rates = rates
            self._panel.set_rates(rates)

    def _knows_label(self) -> bool:
        """Whether the image's true class is one of the model's."""
        truth = self._inspection_presenter.truth
        return truth is not None and nfc(truth) in map(nfc, self._classes)

    def _why_no_numbers(self) -> Words:
        refusal = self._inspection_presenter.refusal
        return refusal or UserError("Choose an image first: without one there are no numbers to explain.")

    # what is asked

    def _on_cell_requested(self, cell: Cell) -> None:
        if self._architecture is None:
            return
        if any(layer.name == cell.layer for layer in self._architecture.layers):
            self._network.select(cell.layer, cell.channel, cell.row, cell.col)  # comes back as the pinned cell
        else:
            self.ask(cell)

    def _on_preview_requested(self, cell: Cell | None) -> None:
        if cell != self._preview:
            self._preview = cell
            self._ask(cell if cell is not None else self._pinned)

    def _on_class_selected(self, name: str) -> None:
        """Show the arithmetic of this score, whichever of the panel's tabs was open last."""
        if name in self._classes:
            self._panel.show_text_tab("numbers")
            self._network.select(PROBABILITIES, self._classes.index(name), None, None)

    def _on_weight_selected(self, weight: WeightCell) -> None:
        self.opened.emit()
        self._panel.show_weight(weight)

    def _on_backward_requested(self, request: BackwardRequest | None) -> None:
        self._requested = request
        self._learn()

    def _on_data_changed(self, _data: object) -> None:
        if self._requested is not None and self._requested.batch > 1:
            self._learn()  # with images of this data set

    def _learn(self) -> None:
        """Request gradients only while they are shown: they cost as much as a training step."""
        self._backward_number += 1
        request = self._requested
        if request is None:
            self._thread.learn(None)
            return
        others, labels = None, tuple[int, ...]()
        if request.batch > 1:
            data, state = self._session.data, self._session.shown
            match = None
            if data is not None and state is not None:
                with suppress(UserError):
                    match = match_classes(state.recipe, data.info, state.named)
            if data is None or match is None:
                self._panel.set_backward_error(
                    UserError("A batch needs a data set with the classes of this model: choose one.")
                )
                return
            others = data.train.images[: request.batch - 1]
            labels = tuple(match.outputs_of(data.train.labels[: request.batch - 1]).tolist())
        self._thread.learn(
            GradientRequest(self._backward_number, request.label, request.weight, request.rates, others, labels)
        )

    def close(self) -> None:
        """Explain nothing any more."""
        self.ask(None)
        self._on_backward_requested(None)
        self.closed.emit()
