"""Why: the pinned number in, its explanation out, again with every image and every change of the weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import BackwardWish, Hyperparameters, WeightCell
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import ExplainPanel, InputView, KernelsView, NetworkPicture
from cnnviewer.presenters.words import words
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.questions import Learn, Why

PROBABILITIES = "probabilities"


class ExplainingPresenter(QObject):
    """Asks the inspection thread about the pinned number, and for a moment about one that is pointed at.

    Signals:
        opened: there is something to explain now: show the panel.
        closed: nothing is explained any more.
    """

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        session: Session,
        looking: LookingPresenter,
        inspection: InspectionThread,
        network: NetworkPicture,
        kernels: KernelsView,
        inputs: InputView,
        panel: ExplainPanel,
        config: Callable[[], TrainConfig],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._thread = inspection
        self._network = network
        self._panel = panel
        self._config = config
        self._architecture: Architecture | None = None
        self._classes: tuple[str, ...] = ()
        self._pinned: Cell | None = None
        self._preview: Cell | None = None
        self._wish: BackwardWish | None = None
        self._rates: Hyperparameters | None = None
        self._number = 0
        looking.architecture_shown.connect(self._on_architecture_shown)
        looking.looked.connect(self._on_looked)
        looking.pinned.connect(self._on_pinned)
        inspection.explained.connect(self._on_explained)
        inspection.learned.connect(self._on_learned)
        panel.cell_requested.connect(self._on_cell_requested)
        panel.preview_requested.connect(self._on_preview_requested)
        panel.closed.connect(self._on_closed)
        panel.backward_wished.connect(self._on_backward_wished)
        kernels.weight_selected.connect(self._on_weight_selected)
        inputs.prediction.class_selected.connect(self._on_class_selected)

    def ask(self, cell: Cell | None) -> None:
        """Explain this number until another is asked about."""
        self._pinned, self._preview = cell, None
        self._ask(cell)
        if cell is None:
            self._panel.set_explanation(None)
        else:
            self.opened.emit()

    def _ask(self, cell: Cell | None) -> None:
        self._number += 1
        self._thread.explain(Why(cell, self._number))

    def _on_pinned(self, cell: Cell | None) -> None:
        self.ask(self._single(cell) if cell is not None else None)
        self._close_when_idle()

    def _close_when_idle(self) -> None:
        """Give the network its room back when nothing is asked, unless gradients are looked at."""
        if self._pinned is None and self._wish is None:
            self.closed.emit()

    def _single(self, cell: Cell) -> Cell | None:
        """The number that stands for a map pinned as a whole: the one that is largest in size; None for a layer."""
        inspection = self._looking.inspection
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
        because = self._thread.take_explanation()
        if because is None or because.number != self._number:
            return
        if because.explanation is not None:
            self._panel.set_explanation(because.explanation, self._pinned)
        elif because.problem is not None:
            self._panel.set_problem(words(because.problem))

    def _on_learned(self) -> None:
        learned = self._thread.take_backward()
        if learned is None or self._wish is None:
            return
        if learned.backward is not None:
            self._panel.set_backward(learned.backward)
        elif learned.problem is not None:
            self._panel.set_backward_problem(words(learned.problem))

    def _on_architecture_shown(self, architecture: Architecture, classes: tuple[str, ...]) -> None:
        before, self._architecture, self._classes = self._architecture, architecture, classes
        if before is None or before.layers != architecture.layers:
            self._pinned = self._preview = None
            self._ask(None)
            self._panel.set_architecture(architecture)
            self._close_when_idle()
        self._panel.set_classes(classes)
        self._learn()

    def _on_looked(self) -> None:
        self._panel.set_inspection(self._looking.inspection)
        self._panel.set_loss_offered(self._looking.truth is not None)
        config = self._config()
        rates = Hyperparameters(config.learning_rate, config.momentum, config.weight_decay)
        if rates != self._rates:  # a person may try others in the panel: only the training's own changes replace them
            self._rates = rates
            self._panel.set_rates(rates)

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
        if name in self._classes:
            self._network.select(PROBABILITIES, self._classes.index(name), None, None)

    def _on_weight_selected(self, weight: WeightCell) -> None:
        self.opened.emit()
        self._panel.show_weight(weight)

    def _on_backward_wished(self, wish: BackwardWish | None) -> None:
        self._wish = wish
        self._learn()

    def _learn(self) -> None:
        """Ask for the gradients while they are looked at; they cost as much as a step of the training."""
        wish = self._wish
        if wish is None:
            self._thread.learn(None)
            return
        others, labels = None, tuple[int, ...]()
        if wish.batch > 1:
            data = self._session.data
            if data is None or len(data.info.classes) != len(self._classes):
                self._panel.set_backward_problem(
                    words(UserError("A batch needs a data set with the classes of this model: choose one."))
                )
                return
            others = data.train.images[: wish.batch - 1]
            labels = tuple(int(label) for label in data.train.labels[: wish.batch - 1])
        self._thread.learn(Learn(self._number, wish.label, wish.weight, wish.rates, others, labels))

    def _on_closed(self) -> None:
        self.ask(None)
        self._on_backward_wished(None)
        self.closed.emit()
