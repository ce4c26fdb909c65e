"""How the docks lie around the network: at first, saved, restored and reset."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from cnnviewer.ui.calm import CalmTabs

LAYOUT_VERSION = 2
_SIDE_WIDTHS = (268, 330)
_NARROW_SIDE_WIDTHS = (226, 268)
_NARROW = 1280  # window widths below this give the network more and the sides less
_BOTTOM_HEIGHT = 235
_LOW = 820  # window heights below this lend the bottom's height to an explanation
_LOW_BOTTOM_HEIGHT = 110


@runtime_checkable
class Seen(Protocol):
    """A widget that has something to do only while a person sees it."""

    def set_seen(self, seen: bool) -> None:
        """It is in front, or no longer."""


class Docks(QObject):
    """Owner of a window's docks.

    Attributes:
        by_name: the docks by object name: `trainDock`, `inputDock`, `curvesDock`, `kernelsDock`,
            `evaluationDock`, `runsDock`, `logDock`.
    """

    def __init__(self, window: QMainWindow, widgets: dict[str, QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._lent = False
        self._tabs = CalmTabs(self)
        self.by_name: dict[str, QDockWidget] = {}
        for name, widget in widgets.items():
            dock = QDockWidget(window)
            dock.setObjectName(name)
            dock.setWidget(widget)
            dock.topLevelChanged.connect(self._show_titles)
            dock.dockLocationChanged.connect(self._show_titles)
            if isinstance(widget, Seen):
                dock.visibilityChanged.connect(widget.set_seen)
            self.by_name[name] = dock

    def save(self) -> bytes:
        """Where every dock is, and the window's size: base64 with a bar between."""
        geometry, state = self._window.saveGeometry(), self._window.saveState(LAYOUT_VERSION)
        return bytes(geometry.toBase64().data()) + b"|" + bytes(state.toBase64().data())

    def restore(self, data: bytes) -> bool:
        """Put everything where `save` found it; False, and the first layout, when the data is damaged."""
        geometry, separator, state = data.partition(b"|")
        if not separator:
            return False
        if not self._window.restoreState(QByteArray.fromBase64(QByteArray(state)), LAYOUT_VERSION):
            self.reset()
            return False
        self._show_titles()
        return self._window.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry)))

    def reset(self) -> None:
        """Put every dock back where it was at first."""
        window, docks, area = self._window, self.by_name, Qt.DockWidgetArea
        places = dict.fromkeys(docks, area.BottomDockWidgetArea)
        places |= {"trainDock": area.LeftDockWidgetArea, "inputDock": area.RightDockWidgetArea}
        for name, dock in docks.items():
            dock.setFloating(False)
            window.addDockWidget(places[name], dock)
            dock.show()
        window.setCorner(Qt.Corner.BottomLeftCorner, area.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, area.RightDockWidgetArea)
        window.setTabPosition(area.BottomDockWidgetArea, QTabWidget.TabPosition.North)
        for before, after in pairwise(("curvesDock", "kernelsDock", "evaluationDock", "runsDock", "logDock")):
            window.tabifyDockWidget(docks[before], docks[after])
        docks["curvesDock"].raise_()
        self.share_width(window.width())
        window.resizeDocks([docks["curvesDock"]], [_BOTTOM_HEIGHT], Qt.Orientation.Vertical)
        self._show_titles()

    def bring(self, name: str) -> None:
        """Show this dock in front of those it shares its place with."""
        self.by_name[name].show()
        self.by_name[name].raise_()

    def share_width(self, width: int) -> None:
        """Give the sides the widths that suit a window of this width."""
        sides = [self.by_name["trainDock"], self.by_name["inputDock"]]
        widths = _NARROW_SIDE_WIDTHS if width < _NARROW else _SIDE_WIDTHS
        self._window.resizeDocks(sides, list(widths), Qt.Orientation.Horizontal)

    def make_room(self, wanted: bool) -> None:
        """Give the middle of a low window the height of the bottom docks, and back."""
        dock = self.by_name["curvesDock"]
        if wanted and self._window.height() < _LOW:
            self._lent = True
            self._window.resizeDocks([dock], [_LOW_BOTTOM_HEIGHT], Qt.Orientation.Vertical)
        elif not wanted and self._lent:
            self._lent = False
            self._window.resizeDocks([dock], [_BOTTOM_HEIGHT], Qt.Orientation.Vertical)

    def crosses(self, before: int, after: int) -> bool:
        """Whether a window going from one width to the other needs other sides."""
        return (before < _NARROW) != (after < _NARROW)

    def _show_titles(self) -> None:
        """Leave a tabbed dock to its tab, by which it can be dragged too; any other keeps its title bar."""
        for dock in self.by_name.values():
            tabbed = bool(self._window.tabifiedDockWidgets(dock)) and not dock.isFloating()
            if tabbed and dock.titleBarWidget() is None:
                dock.setTitleBarWidget(QWidget(dock))
            elif not tabbed and dock.titleBarWidget() is not None:
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]  # None gives Qt's own back, the stubs forbid it
        QTimer.singleShot(0, self, self._watch_tabs)  # Qt makes tabs when it lays out

    def _watch_tabs(self) -> None:
        self._tabs.watch(self._window)
