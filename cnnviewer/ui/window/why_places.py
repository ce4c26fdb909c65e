"""Where the panel Why stands: in the workspace in front that has a place for it, while it is open there."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace
from cnnviewer.ui.explore.why.view import WhyView
from cnnviewer.ui.explore.workspace import ExploreWorkspace
from cnnviewer.ui.widgets.panel_place import PanelPlace
from cnnviewer.ui.window.menus import Menus


class WhyPlaces(QObject):
    """Owner of the panel while it is open nowhere. There is one panel, so that the question goes along."""

    def __init__(
        self, view: WhyView, explore: ExploreWorkspace, evaluate: EvaluateWorkspace, menus: Menus, window: QWidget
    ) -> None:
        super().__init__(window)
        self._view, self._window, self._menus = view, window, menus
        self._action = menus.actions["actionWhy"]
        self._explore = explore
        below_images = PanelPlace()
        evaluate.errors.set_below_images(below_images)
        self._places = {"explore": explore.why_place, "evaluate": below_images}
        self._open = {"explore": False, "evaluate": False}
        self._workspace = "explore"
        view.setParent(window)
        view.hide()
        view.close_requested.connect(self._on_close_requested)
        explore.why_toggled.connect(self._on_toggled_in_explore)
        explore.why_alone_changed.connect(self._show_way_back)
        evaluate.errors.image_chosen.connect(self._on_image_chosen)
        evaluate.errors.matrix_requested.connect(self._on_close_requested)
        self._images = evaluate.errors.images.wall
        self._action.triggered.connect(self.toggle)

    def set_workspace(self, name: str) -> None:
        """Another workspace is in front."""
        self._workspace = name
        self._menus.set_why_offered(name in self._places)
        self._show()

    def set_open(self, workspace: str, wanted: bool) -> None:
        """Open or close the panel in a workspace."""
        self._open[workspace] = wanted
        self._show()

    def toggle(self) -> None:
        """Open or close it in the workspace in front."""
        if self._workspace in self._open:
            self.set_open(self._workspace, not self._open[self._workspace])

    def _show(self) -> None:
        if self._workspace not in self._places:
            return
        wanted = self._open[self._workspace]
        self._action.setChecked(wanted)
        if wanted:  # first: the room that Explore gives it follows from what it needs
            self._places[self._workspace].take(self._view)
        else:
            for place in self._places.values():
                place.give_back(self._view, self._window)
        if self._workspace == "explore":
            self._explore.why_button.setChecked(wanted)
        if wanted:
            self._show_way_back()

    def _show_way_back(self) -> None:
        in_explore = self._workspace == "explore"
        self._view.set_network(beside=in_explore and not self._explore.why_alone, below=in_explore)

    def _on_close_requested(self) -> None:
        self.set_open(self._workspace, False)
        if self._workspace == "explore":
            self._explore.why_button.setFocus()  # the keyboard stays where the panel was opened
        else:
            self._images.setFocus()

    def _on_toggled_in_explore(self, wanted: bool) -> None:
        if wanted != self._open["explore"]:
            self.set_open("explore", wanted)

    def _on_image_chosen(self, _index: int) -> None:
        """Whoever chose an image among the errors wants to know why."""
        self.set_open("evaluate", True)
