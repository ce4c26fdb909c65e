"""The page Maps of Why: which pixels a logit rests on, by five methods side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.records import METHODS, Attribution, MapSettings, Method
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.explore.why.map_settings import MapSettingsButton
from cnnviewer.ui.explore.why.map_texts import facts, method_name, unit, what_it_says
from cnnviewer.ui.explore.why.map_tiles import ADD_UP, MapTiles
from cnnviewer.ui.explore.why.trust.line import TrustLine
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.translated import Translated

_PATIENCE_MS = 300


class MapsPage(Translated, QWidget):
    """Shows the maps; below them what belongs to the one that is chosen.

    Signals:
        compute_requested: a method that was left out, because it runs a large model dozens of times.
        settings_changed: the `MapSettings`.
        place_pointed: row, column and side of a square of the image, in pixels; side 0: none.
        cancelled: nothing more shall be computed.
        explain_requested: method, target, against (names or indices of classes) and layer, see `WhyView.explain`.
        map_wanted: a method whose map is needed at once; it is there when the signal returns.
        export_requested: the map of the chosen method shall be exported.
    """

    compute_requested = Signal(str)
    settings_changed = Signal(object)
    place_pointed = Signal(int, int, int)
    cancelled = Signal()
    explain_requested = Signal(str, object, object, object)
    map_wanted = Signal(str)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyMapsPage")
        self._classes: tuple[str, ...] = ()
        self._image: FloatArray | None = None
        self._found: dict[Method, tuple[Attribution, bool, FloatArray | None]] = {}  # the last: the image it is about
        self._offered: set[Method] = set()
        self._problems: dict[Method, Words] = {}
        self._progress: dict[Method, float] = {}
        self._waiting: set[Method] = set()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_stale)
        self.tiles = MapTiles(self)
        self.settings = MapSettingsButton(self)
        self.trust = TrustLine(self.settings, self)
        self.progress = CancellableProgress("maps", self)
        self._compute = QPushButton(self)
        self._compute.setObjectName("whyComputeButton")
        self.title, self.facts, self._sentences = (PlainLabel(self) for _ in range(3))
        self._place = self._idle = ""
        self._beside_network = True
        for label, name, role in (
            (self.title, "whyMethodTitle", "title"),
            (self.facts, "whyMapFacts", ""),
            (self._sentences, "whyMapSentences", "caption"),
        ):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            if role:
                label.setProperty("role", role)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.tiles.chosen.connect(self._on_chosen)
        self.tiles.pointed.connect(self._on_pointed)
        self.settings.changed.connect(self.settings_changed)
        self.settings.export_requested.connect(self.export_requested)
        self.progress.cancelled.connect(self.cancelled)
        self._compute.clicked.connect(self._on_compute)
        self.retranslate()

    def _lay_out(self) -> None:
        asked = QWidget(self)
        row = QHBoxLayout(asked)
        row.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        for beside in (head, row):
            beside.setSpacing(6)
        for widget in (self._compute, self.settings.picture, self.settings):
            row.addWidget(widget)
        head.addWidget(self.title, 1)
        head.addWidget(asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 6, 4)
        column.setSpacing(6)
        column.addWidget(self.tiles)
        column.addWidget(self.progress)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self._sentences)
        column.addWidget(self.trust)
        column.addStretch(1)

    @property
    def current(self) -> Method:
        """The method that is chosen."""
        return self.tiles.current

    # values in

    def set_image(self, image: FloatArray | None) -> None:
        """The model's input, `(C, H, W)` in 0..1; None without one. A map stays on its image until there is another."""
        self._image = image
        self.tiles.set_image(image)

    def set_waiting(self, method: Method) -> None:
        """The map of a method is about what was shown before; it fades where the new one takes longer than a blink."""
        self._waiting.add(method)
        if not self._patience.isActive():
            self._patience.start()

    def set_beside_network(self, beside: bool) -> None:
        """Whether the network is seen, in which a place lights what carries it."""
        if beside != self._beside_network:
            self._beside_network = beside
            self._say_idle()

    def set_question(self, classes: tuple[str, ...], target: int, against: int | None) -> None:
        """What the maps are about."""
        self._classes = classes

    def set_layers(self, layers: tuple[str, ...]) -> None:
        """The layers that have maps."""
        self.settings.set_layers(layers)

    def set_settings(self, settings: MapSettings) -> None:
        """How the methods are set."""
        self.settings.set_settings(settings)

    def set_map(self, method: Method, found: Attribution | None, final: bool) -> None:
        """A method's map; None: there is none. `final`: nothing better follows."""
        self._problems.pop(method, None)
        self._offered.discard(method)
        self._settled(method)
        if found is None:
            self._found.pop(method, None)
        else:
            self._found[method] = found, final, self._image
        self._show_tile(method)
        self._show_method()

    def set_offered(self, method: Method, offered: bool) -> None:
        """Whether a method waits for the user to ask for it."""
        self._problems.pop(method, None)
        (self._offered.add if offered else self._offered.discard)(method)
        self._show_tile(method)
        self._show_method()

    def set_problem(self, method: Method, sentence: Words) -> None:
        """Why a method has no map."""
        self._found.pop(method, None)
        self._offered.discard(method)
        self._settled(method)
        self._problems[method] = sentence
        self._show_tile(method)
        self._show_method()

    def set_progress(self, method: Method, fraction: float | None) -> None:
        """How far a method is; None: it is not under way."""
        if fraction is None:
            self._progress.pop(method, None)
        else:
            self._progress[method] = fraction
        self._show_progress()

    def select(self, method: Method) -> None:
        """Choose a method, as a click does."""
        self.tiles.set_current(method)
        self._on_chosen(method)

    # automation

    def explain(self, method: str, target: str | int, against: str | int | None, layer: str | None) -> None:
        """See `WhyView.explain`."""
        self.explain_requested.emit(method, target, against, layer)

    def wanted_map(self) -> FloatArray | None:
        """The map of the chosen method, computed where it is missing."""
        self.map_wanted.emit(self.tiles.current)
        found = self._found.get(self.tiles.current)
        return found[0].map if found is not None else None

    def wanted_completeness(self) -> float | None:
        """How far its sum is from what it should be; None where none is due."""
        self.map_wanted.emit(self.tiles.current)
        found = self._found.get(self.tiles.current)
        return found[0].completeness if found is not None else None

    # showing

    def _settled(self, method: Method) -> None:
        self._waiting.discard(method)
        self._show_stale()

    def _show_stale(self) -> None:
        late = not self._patience.isActive()
        self.tiles.set_stale(frozenset(self._waiting) if late else frozenset())
        self.facts.setEnabled(not (late and self.tiles.current in self._waiting))

    def _show_tile(self, method: Method) -> None:
        found = self._found.get(method)
        sentence = worded(self._problems.get(method, ""))
        if found is not None and not sentence:
            if found[0].has_no_evidence:
                sentence = self.tr("nowhere above 0")
            elif not found[1] and method in self._offered:
                sentence = self.tr("coarse")
            elif found[1] and not found[0].is_complete:
                sentence = self.tr("not reached")
        elif not sentence:
            sentence = self.tr("not computed yet") if method in self._offered else ""
        if found is None:
            self.tiles.set_map(method, None, None, sentence)
        else:
            self.tiles.set_map(method, found[0], found[2], sentence)

    def _show_method(self) -> None:
        method = self.tiles.current
        found = self._found.get(method)
        self.title.setText(method_name(method))
        self.settings.set_method(method)
        self.settings.set_used(found[0] if found is not None else None)
        self._compute.setVisible(method in self._offered)
        words = worded(self._problems.get(method, ""))
        if found is not None and self._classes:
            words = facts(found[0], self._classes, found[1])
        elif method in self._offered:
            words = self.tr("This method runs the model dozens of times, which takes a while with a large model.")
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
        self._sentences.setText(what_it_says(method))
        self.trust.set_map(found[0] if found is not None and found[1] else None)

    def _show_progress(self) -> None:
        if not self._progress:
            self.progress.set_progress(None, self._place or self._idle)
            return
        method, fraction = next(iter(self._progress.items()))
        self.progress.set_progress(
            fraction,
            self.tr("{method}: {percent} %").format(method=method_name(method), percent=f"{100 * fraction:.0f}"),
        )

    def _show_place(self, row: int, col: int, side: int) -> None:
        self._place = ""
        if side:
            method = self.tiles.pointed_method
            value = self.tiles.value_at(method, row, col, side)
            where = (
                self.tr("row {row}, column {col}").format(row=row, col=col)
                if side == 1
                else self.tr("rows {row} to {bottom}, columns {col} to {right}").format(
                    row=row, bottom=row + side - 1, col=col, right=col + side - 1
                )
            )
            said = "" if value is None else self._said(method, value, side)
            # of another map than the chosen one its name is said; where it is, the square shows
            self._place = method_name(method) + said if said and method != self.tiles.current else where + said
        self._show_progress()

    def _said(self, method: Method, value: float, side: int) -> str:
        words = f"{number(value, 3)} {unit(method)}"
        if side == 1:
            return f": {words}"
        text = self.tr(": {value} together") if method in ADD_UP else self.tr(": {value} on average")
        return text.format(value=words)

    # what the user does

    def _on_chosen(self, _method: str) -> None:
        self._show_method()

    def _on_pointed(self, row: int, col: int, side: int) -> None:
        self._show_place(row, col, side)
        self.place_pointed.emit(row, col, side)

    def _on_compute(self) -> None:
        self.compute_requested.emit(self.tiles.current)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Maps"))
        self._compute.setText(self.tr("Compute"))
        self._compute.setAccessibleName(self.tr("Compute this map"))
        for method in METHODS:
            self._show_tile(method)
        self._show_method()
        self._say_idle()

    def _say_idle(self) -> None:
        self._idle = (
            self.tr("Point at a place: the feature maps that carry it light up")
            if self._beside_network
            else self.tr("Point at a place: its value is said here")
        )
        self._show_place(0, 0, 0)
