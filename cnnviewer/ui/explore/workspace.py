"""The workspace Explore: the network, and below it a layer or the arithmetic of a number."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.core.inspection.records import Cell
from cnnviewer.ui.explore.explain.view import ExplainView
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.layer.view import LayerView
from cnnviewer.ui.explore.level_transition import LevelTransition
from cnnviewer.ui.explore.mute_menu import MuteMenu
from cnnviewer.ui.explore.mutes_view import MutesView
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.explore.waiting import Waiting
from cnnviewer.ui.explore.why.view import WIDTH
from cnnviewer.ui.widgets.folding_row import FoldingRow
from cnnviewer.ui.widgets.panel_place import PanelPlace
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

Level = Literal["network", "layer", "number"]
LEVELS: Final[tuple[Level, ...]] = ("network", "layer", "number")
_MOST_WHY: Final = 0.5  # of the width for Why when it is first opened beside the network
_TOP_SPACING: Final = 12  # pixels
_SHARES: Final[dict[Level, float]] = {"layer": 0.8, "number": 0.8}
"""What part of the height a layer and the arithmetic take until the user gives them another one."""
_LEAST_NETWORK: Final = 250
"""Pixels of the usual text size that must be left of a window's width for the network beside Why."""


class ExploreWorkspace(Translated, TellsWhenSeen, QWidget):
    """Owner of the three levels of one picture.

    Attributes:
        level: the one that is shown: the network alone, with one layer, or with a number's arithmetic.
        why_place: where the panel Why stands while it is open here.
        mutes: the list of muted channels, at the foot of every level.

    Signals:
        why_toggled: whether the panel Why shall be open here.
        why_alone_changed: `why_alone` is another one.
        back_requested: the workspace that led here shall be shown again.
        seen_changed: whether the user can see it.
    """

    why_toggled = Signal(bool)
    why_alone_changed = Signal()
    back_requested = Signal()
    seen_changed = Signal(bool)

    def __init__(self, network: NetworkView, kernels: KernelView, explain: ExplainView) -> None:
        super().__init__()
        self.setObjectName("exploreWorkspace")
        self.level: Level = "network"
        self._network, self._explain = network, explain
        self._whole = False  # whether the level Number has the whole stage: Backward shows the layers itself
        self._shares: dict[Level, float] = dict(_SHARES)
        self._levels = Segmented(self)
        self._levels.setObjectName("exploreLevels")
        for level in LEVELS:
            self._levels.add(level)
        self.layer_view = LayerView(network, kernels)
        self._heads = (network.head, self.layer_view.head, explain.head)
        self._top = FoldingRow(self._levels, self._beside_levels, self)
        top = self._top.row
        top.setContentsMargins(12, 8, 12, 4)
        top.setSpacing(_TOP_SPACING)
        self._came_from = ""
        self._back = QPushButton(self)
        self._back.setObjectName("exploreBackButton")
        self._back.setProperty("link", True)
        show_icon(self._back, "chevron-left", "accent_text", 14)
        self._back.hide()
        first = QHBoxLayout()
        first.setSpacing(2)  # beside its way back a number keeps its tabs in a window of 1366 pixels
        first.addWidget(self._back)
        first.addWidget(self._levels)
        top.addLayout(first)
        for head in self._heads:  # no stack of them: it would be as high as the highest
            top.addWidget(head, 1)
            head.setVisible(head is network.head)
        self.why_button = QPushButton(self)
        self.why_button.setObjectName("whyButton")
        self.why_button.setCheckable(True)
        top.addWidget(self.why_button)
        self._below = QStackedWidget(self)
        self._below.addWidget(self.layer_view)
        self._below.addWidget(explain)
        self._below.hide()
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setObjectName("networkSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._on_divided)
        self._splitter.addWidget(network)
        self._splitter.addWidget(self._below)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 4)  # a larger window is for the arithmetic, as `_SHARES`
        self._left_side = QWidget(self)
        column = QVBoxLayout(self._left_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._splitter, 1)
        self._sides = QSplitter(Qt.Orientation.Horizontal, self)
        self._sides.setObjectName("whySplitter")
        self._sides.setChildrenCollapsible(False)
        self.why_place = PanelPlace(self._sides)
        self._sides.addWidget(self._left_side)
        self._sides.addWidget(self.why_place)
        self._sides.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sides, 1)
        self.mutes = MutesView(self)
        whole.setSpacing(0)
        whole.addWidget(self.mutes)
        self._waiting = Waiting(self._splitter, self._left_side)
        self._waits = False  # whether what is shown is another model's
        network.waiting_changed.connect(self._on_waiting_changed)
        self._dividing = QTimer(self, singleShot=True, interval=0)  # once all parts of the network are shown
        self._dividing.timeout.connect(self._divide)
        network.strip.installEventFilter(self)
        network.canvas.installEventFilter(self)
        self._menu = MuteMenu(self)
        self._transition = LevelTransition(self)
        self._before: Level = "network"  # where Esc leads from a number
        self._why_seen = False  # whether Why was opened here before: the user may have given it another width
        self._why_opened_at = 0  # how much was open below Why, see `_depth`
        network.canvas.play_requested.connect(explain.place.toggle)
        network.canvas.picked.connect(self._on_picked)
        explain.slide.walk_requested.connect(network.canvas.walk)
        explain.whole_stage_wanted.connect(self._on_whole_stage_wanted)
        network.layer_requested.connect(self._on_layer_requested)
        self.layer_view.cell_requested.connect(self._on_cell_requested)
        self._levels.chosen.connect(self._on_level_chosen)
        self._back.clicked.connect(self.back_requested)
        self.why_button.toggled.connect(self._on_why_toggled)
        self._connect_mutes()
        self.retranslate()

    def _connect_mutes(self) -> None:
        canvas, mutes = self._network.canvas, self.mutes
        walls = self.layer_view.walls
        for menu_requested in (canvas.menu_requested, *(wall.menu_requested for wall in walls)):
            menu_requested.connect(self._menu.open_for)
        for mute_toggled in (canvas.mute_toggled, *(wall.mute_toggled for wall in walls)):
            mute_toggled.connect(self._menu.toggle)
        self._menu.mute_requested.connect(mutes.mute_requested)
        self._menu.remove_requested.connect(mutes.remove_requested)
        self._menu.cell_requested.connect(self._on_cell_requested)
        for set_edits in (self._menu.set_edits, self._explain.backward.set_edits):
            mutes.edits_changed.connect(set_edits)
        mutes.architecture_changed.connect(self._menu.set_architecture)
        mutes.cell_requested.connect(self._on_cell_requested)

    def _beside_levels(self) -> int:
        """Pixels that way back, head and Why need beside the levels."""
        head = next((each for each in self._heads if not each.isHidden()), None)
        shown = [each for each in (self._back, self.why_button) if not each.isHidden()]
        least = head.least_width if head is not None else 0
        return least + sum(each.sizeHint().width() for each in shown) + _TOP_SPACING * (len(shown) + 1)

    def _on_why_toggled(self, wanted: bool) -> None:
        """The panel has a cross of its own: the button would only stand beside it."""
        self._why_opened_at = self._depth
        self.why_button.setVisible(not wanted)
        self._network.head.set_short(wanted)
        self.why_toggled.emit(wanted)
        self._share_width()
        if wanted and not self._why_seen and not self.why_alone:
            whole = self._sides.width() - self._sides.handleWidth()
            share = min(self.why_place.sizeHint().width(), round(whole * _MOST_WHY))
            self._sides.setSizes([whole - share, share])
            self._why_seen = True

    # Why beside the network, or in its place

    @property
    def why_alone(self) -> bool:
        """Whether Why has the whole stage, because large text leaves no room for the network beside it."""
        return self._left_side.isHidden()

    def show_network(self) -> None:
        """Close Why where it has the place of the network, which shall be looked at."""
        if self.why_alone:
            self.why_button.setChecked(False)

    def _share_width(self) -> None:
        beside = self.width() >= grown(_LEAST_NETWORK + WIDTH)
        alone = self.why_button.isChecked() and not beside
        if alone != self.why_alone:
            self._left_side.setVisible(not alone)
            self.why_alone_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is divided anew."""
        super().resizeEvent(event)
        self._share_width()

    def event(self, event: QEvent) -> bool:
        """So it is where something needs another width, as text of another size does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_width()
        return super().event(event)

    def show_level(self, level: Level) -> None:
        """Show the network with nothing, one layer or the arithmetic below it."""
        if level == self.level:
            return
        self.show_network()
        inwards = LEVELS.index(level) > LEVELS.index(self.level)
        start = self._place_of_what_is_shown() if inwards else None
        if level == "number":
            self._before = self.level
        self.level = level
        self._levels.set_current(level)
        self._show_heads()
        walked = self._network.canvas.hasFocus()
        self._network.setVisible(level != "number" or not self._whole)
        self._network.set_alone(level == "network")
        if level == "number" and walked and self._network.canvas.isHidden():
            self._explain.slide.setFocus(Qt.FocusReason.OtherFocusReason)  # where the same keys lead on
        self._below.setVisible(level != "network")
        if level == "network":
            self._go(None, inwards=False)
            return
        self._below.setCurrentIndex(LEVELS.index(level) - 1)
        self._divide()
        self._go(start, inwards)

    def _divide(self) -> None:
        """Give the network its part of the height above another level: of a large one the strip's."""
        if self.level == "network":
            return
        height, strip = self._room_to_divide, self._network.strip_height
        share = height - strip if strip else round(height * self._shares[self.level])
        self._splitter.setSizes([height - share, share])

    @property
    def _room_to_divide(self) -> int:
        """Pixels of height of both parts together."""
        return max(1, self._splitter.height() - self._splitter.handleWidth())

    def _on_divided(self) -> None:
        """The user gave a level another part of the height."""
        self._shares[self.level] = self._splitter.sizes()[1] / self._room_to_divide

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another model has a strip or none, larger text a higher one. Esc is the same wherever the focus is."""
        if watched is self._network.canvas:
            if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
                return False
            return Qt.Key(event.key()) == Qt.Key.Key_Escape and self.go_up()
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self._dividing.start()
        return super().eventFilter(watched, event)

    def set_way_back(self, workspace: str) -> None:
        """Offer the way back to the workspace of this name, which led here; empty: to none."""
        self._came_from = workspace
        self._show_way_back()

    def _show_way_back(self) -> None:
        self._back.setVisible(bool(self._came_from))
        self._back.setText(self._came_from)
        back = self.tr("Back to {workspace}").format(workspace=self._came_from)
        self._back.setAccessibleName(back)
        self._back.setToolTip(tool_tip(self.tr("{back} (Esc, once the network is shown)").format(back=back)))

    def _show_heads(self) -> None:
        """The controls of this level; none while they would speak of another model."""
        for place, head in enumerate(self._heads):
            head.setVisible(place == LEVELS.index(self.level) and not self._waits)

    def _on_waiting_changed(self, waits: bool) -> None:
        self._waits = waits
        self._waiting.setVisible(waits)
        self._show_heads()

    @property
    def _depth(self) -> int:
        """How much is open that Esc closes, apart from Why."""
        pinned = self._network.canvas.pinned is not None
        inside = {"network": int(pinned), "layer": 2 + self.layer_view.comparing, "number": 4}[self.level]
        return int(bool(self._came_from)) + inside

    def go_up(self) -> bool:
        """Close what was opened last; False where nothing is open.

        From a number Esc leads to the layer where it was opened there, else to the network; from there to what led
        here. Why is closed before all that was open when it was opened.
        """
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        if not self._left():
            return False
        if inside and self.level == "network":  # what had the keyboard is hidden: the same keys lead on in the picture
            self._network.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _left(self) -> bool:
        """Go one level up, or back; False where there is nothing to leave."""
        if self.why_button.isChecked() and self._depth <= self._why_opened_at:
            self.why_button.setChecked(False)
        elif self.level == "layer" and self.layer_view.comparing:
            self.layer_view.close_comparison()
        elif self.level == "number" and self._before == "layer":
            self.show_level("layer")
        elif self.level == "network" and self._came_from:
            self.back_requested.emit()
        elif self.level == "network" and self._network.canvas.pinned is None:
            return False
        else:
            self._network.canvas.let_go()
            self.show_level("network")
        return True

    # -- the way between the levels

    def _place_of_what_is_shown(self) -> tuple[QPixmap | None, QRectF] | None:
        """What is clicked on this level, as a picture and its place; None where nothing is."""
        if self.level == "layer":
            maps = self.layer_view.maps
            if maps.current is None or not maps.isVisible():
                return None
            room = maps.tile_rect(maps.current)
            return None, room.translated(maps.viewport().mapTo(self, QPoint(0, 0)))
        canvas = self._network.canvas
        found = canvas.picture_of_pinned() if canvas.isVisible() else None
        if found is None:
            return None
        picture, room = found
        return picture, room.translated(canvas.mapTo(self, QPoint(0, 0)))

    def _go(self, start: tuple[QPixmap | None, QRectF] | None, inwards: bool) -> None:
        """Let what was clicked grow to the stage, or the stage shrink to where it is."""
        if not self._network.canvas.motion or not self.isVisible():
            return
        place = start if inwards else self._place_of_what_is_shown()
        if place is not None:
            large = QRectF(self._splitter.geometry() if not inwards else self._below_room())
            self._transition.start(place[0], place[1], large, inwards)

    def _below_room(self) -> QRectF:
        room, sizes = self._splitter.geometry(), self._splitter.sizes()
        return QRectF(room.x(), room.y() + sizes[0], room.width(), room.height() - sizes[0])

    def _on_picked(self, cell: Cell | None) -> None:
        """A whole layer leads to the level Layer; a map or a value to its arithmetic, see `ExplanationPresenter`."""
        if cell is not None and cell.channel is None and self.level != "number":
            self.show_level("layer")

    def _on_whole_stage_wanted(self, whole: bool) -> None:
        self._whole = whole
        self._network.setVisible(self.level != "number" or not whole)

    def _on_cell_requested(self, cell: Cell) -> None:
        self._network.canvas.pin(cell)

    def _on_layer_requested(self, name: str, by_key: bool) -> None:
        """Go to a layer on the level that is shown: at a number to its strongest map, by a key to the same place."""
        if by_key and self.level == "number":
            self._network.canvas.walk_to(name)
            return
        self._network.canvas.pin(self._strongest(name) if self.level == "number" else Cell(name))

    def _strongest(self, name: str) -> Cell:
        """The strongest map of a layer; the whole layer as long as its maps are not there."""
        strengths = self._network.pictures.strengths(name)
        return Cell(name, None if strengths is None else int(strengths.argmax()))

    def _on_level_chosen(self, key: str) -> None:
        if key == "number" and self.level == "layer" and self.layer_view.open_framed():
            return
        self.show_level(next(level for level in LEVELS if level == key))
        pinned, current = self._network.canvas.pinned, self._network.current_layer
        is_other = pinned is None or pinned.layer != current
        if key == "layer" and pinned is not None and is_other:
            self._network.canvas.pin(Cell(current))
        values = not self._network.pictures.empty
        if key == "number" and values and (is_other or pinned is None or pinned.channel is None):
            self._network.canvas.pin(self._strongest(current))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._levels.set_texts(
            {
                "network": (self.tr("Network"), self.tr("All layers, from the image to the answer")),
                "layer": (self.tr("Layer"), self.tr("What a layer reads, its kernels and its maps")),
                "number": (self.tr("Number"), self.tr("Why a number is what it is: click a value in the network")),
            }
        )
        self._waiting.setText(self.tr("The maps of this model are being computed…"))
        self._levels.setAccessibleName(self.tr("Level"))
        self._show_way_back()
        self.why_button.setText(self.tr("Why"))
        self.why_button.setAccessibleName(self.tr("Why this answer"))
        self.why_button.setToolTip(
            tool_tip(self.tr("On which pixels and channels the answer rests, beside the network"))
        )
