"""The sandbox: the current image and the kernels shown, as its input and kernel."""

from __future__ import annotations

from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import SandboxView


class SandboxPresenter(Presenter):
    """Gives the sandbox the current image and the kernels of the layer shown."""

    def __init__(self, services: Services, inspection: InspectionPresenter, page: SandboxView) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._page = page
        inspection.inspected.connect(self._on_inspected)
        self._on_inspected()

    def _on_inspected(self) -> None:
        inspection = self._inspection_presenter.inspection
        self._page.set_image(inspection.image if inspection is not None else None)
        self._page.set_kernels(self._inspection_presenter.kernels)
