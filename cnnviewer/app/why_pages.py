"""The pages of Why: each is built, and its modules imported, when it is first opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.app.presenters import Presenters
from cnnviewer.presenters.services import Services
from cnnviewer.ui.window.main_window import MainWindow


def offer_why_pages(presenters: Presenters, services: Services, window: MainWindow) -> None:
    """Offer every page with its presenter, in the order in which they stand."""
    pages = _WhyPages(presenters, services, window)
    for key, build in (
        ("maps", pages.maps),
        ("channels", pages.channels),
        ("trust", pages.trust),
        ("flip", pages.flip),
        ("history", pages.history),
    ):
        window.why_view.add_page(key, build)
    window.menus.actions["actionExportAttribution"].triggered.connect(pages.ask_where_to_export_map)


class _WhyPages(QObject):
    """Builds each page with its presenter, which belongs to the page."""

    def __init__(self, presenters: Presenters, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._presenters, self._services, self._window = presenters, services, window

    def trust(self) -> QWidget:
        from cnnviewer.presenters.trust import TrustPresenter
        from cnnviewer.ui.explore.why.trust.page import TrustPage

        page = TrustPage()
        TrustPresenter(self._services, self._presenters.analysis, page)
        return page

    def channels(self) -> QWidget:
        from cnnviewer.presenters.channels import ChannelsPresenter
        from cnnviewer.ui.explore.why.channels import ChannelsPage

        page, presenters = ChannelsPage(), self._presenters
        made = ChannelsPresenter(self._services, presenters.analysis, presenters.mutes, page)
        made.lit.connect(self._window.network_view.set_hovered)
        made.cell_requested.connect(self._window.look_into)
        return page

    def flip(self) -> QWidget:
        from cnnviewer.presenters.flip import FlipPresenter
        from cnnviewer.ui.explore.why.flip.page import FlipPage

        page = FlipPage()
        self._flip = FlipPresenter(self._services, self._presenters.analysis, self._presenters.files, page)
        page.save_requested.connect(self._ask_where_to_save_changed_picture)
        return page

    def _ask_where_to_save_changed_picture(self) -> None:
        self._window.file_dialogs.ask_where_to_save_changed_picture(self._flip.save)

    def history(self) -> QWidget:
        from cnnviewer.presenters.answer_history import AnswerHistoryPresenter
        from cnnviewer.ui.explore.why.history.page import HistoryPage

        page = HistoryPage()
        AnswerHistoryPresenter(self._services, self._presenters.analysis, self._presenters.time_machine, page)
        page.train_requested.connect(self._on_train_requested)
        return page

    def _on_train_requested(self) -> None:
        self._window.show_workspace("train")

    def maps(self) -> QWidget:
        from cnnviewer.presenters.attribution import AttributionPresenter
        from cnnviewer.presenters.trust import TrustLinePresenter
        from cnnviewer.ui.explore.why.maps import MapsPage

        page = MapsPage()
        presenters = self._presenters
        made = AttributionPresenter(self._services, presenters.analysis, presenters.files, page)
        made.lit.connect(self._window.network_view.set_hovered)
        page.export_requested.connect(self.ask_where_to_export_map)
        page.set_beside_network(self._window.why_view.beside_network)
        self._window.why_view.beside_network_changed.connect(page.set_beside_network)
        TrustLinePresenter(self._services, presenters.analysis, page.trust)
        page.trust.page_requested.connect(self._show_trust)
        presenters.attribution = made
        return page

    def _show_trust(self, method: str) -> None:
        view = self._window.why_view
        tested: Any = view.page("trust")
        tested.test(method)
        view.open_page("trust")

    def ask_where_to_export_map(self) -> None:
        self._window.why_view.page("maps")
        if self._presenters.attribution is not None:
            self._window.file_dialogs.ask_where_to_export_attribution(self._presenters.attribution.export)
