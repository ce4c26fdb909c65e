"""The pages of Why: each is built, and its modules imported, when it is first opened."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cnnviewer.app.presenters import Presenters
from cnnviewer.presenters.services import Services
from cnnviewer.ui.window.main_window import MainWindow


def offer_why_pages(presenters: Presenters, services: Services, window: MainWindow) -> None:
    """Offer every page with its presenter, in the order in which they stand."""
    _WhyPages(presenters, services, window)


class _WhyPages(QObject):
    """Builds each page with its presenter, which belongs to the page."""

    def __init__(self, presenters: Presenters, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._presenters, self._services, self._window = presenters, services, window
