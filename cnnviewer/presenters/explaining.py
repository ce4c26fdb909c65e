"""Why: the pinned number in, its explanation out, again with every image and every change of the weights."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.views import ExplainPanel, NetworkPicture
from cnnviewer.presenters.words import words
from cnnviewer.runtime.inspection_thread import InspectionThread, Why


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
        looking: LookingPresenter,
        inspection: InspectionThread,
        network: NetworkPicture,
        panel: ExplainPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._looking = looking
        self._thread = inspection
        self._network = network
        self._panel = panel
        self._architecture: Architecture | None = None
        self._pinned: Cell | None = None
        self._preview: Cell | None = None
        self._number = 0
        looking.architecture_shown.connect(self._on_architecture_shown)
        looking.looked.connect(self._on_looked)
        looking.pinned.connect(self._on_pinned)
        inspection.explained.connect(self._on_explained)
        panel.cell_requested.connect(self._on_cell_requested)
        panel.preview_requested.connect(self._on_preview_requested)
        panel.closed.connect(self._on_closed)

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

    def _single(self, cell: Cell) -> Cell | None:
        """The number that stands for a map pinned as a whole: the one that is largest in size; None for a layer."""
        inspection = self._looking.inspection
        values = inspection.activations.get(cell.layer) if inspection is not None else None
        if cell.channel is None or values is None:
            return None
        if values.ndim != 3 or cell.row is not None:
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

    def _on_architecture_shown(self, architecture: Architecture) -> None:
        self._architecture = architecture
        self._pinned = self._preview = None
        self._ask(None)
        self._panel.set_architecture(architecture)

    def _on_looked(self) -> None:
        self._panel.set_inspection(self._looking.inspection)
        self._panel.set_loss_offered(self._looking.truth is not None)

    # what the panel asks

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

    def _on_closed(self) -> None:
        self.ask(None)
        self.closed.emit()
