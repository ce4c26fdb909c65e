"""Loss and accuracy side by side: one horizontal axis, one crosshair, the same keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cnnviewer.ui.widgets.cell_grid import step_right
from cnnviewer.ui.widgets.metric_plot import MetricPlot
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import scaled

_STACK_ABOVE = 380  # pixels of height
_ZOOM_KEYS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}


class TwoPlots(Translated, Styled, QWidget):
    """Base of the curves of one training and of those of several runs.

    Left and Right move the crosshair, with Shift the visible part; + and - zoom, Home shows everything, Esc clears it.
    """

    STACK_BELOW = 600
    """Pixels of width below which the plots stand one above the other."""

    def set_up_plots(self, plots: Sequence[MetricPlot], holders: Sequence[QWidget] = ()) -> QWidget:
        """Connect the plots, and lay them out in a widget for the subclass's own layout.

        `holders`: the widgets that stand in the layout, where each plot is inside another one.
        """
        self._two = tuple(plots)
        self._pointer: float | None = None
        both = QWidget(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        for holder in holders or self._two:
            self._row.addWidget(holder, 1)
        for plot in self._two:
            for other in self._two:
                if other is not plot:
                    plot.x_changed.connect(other.set_x_range)
            plot.range_changed_by_hand.connect(self.on_touched)
            plot.pointed.connect(self.point_at)
            plot.installEventFilter(self)
        return both

    # -- what a subclass says -----------------------------------------------------------------------------------

    def point_at(self, place: float | None) -> None:
        """Put the crosshair there, in units of the horizontal axis; None: nowhere."""
        raise NotImplementedError

    def on_touched(self) -> None:
        """The user has chosen what is visible: it stays so."""
        raise NotImplementedError

    def reset_zoom(self) -> None:
        """Show everything there is."""
        raise NotImplementedError

    def extent(self) -> tuple[float, float] | None:
        """From where to where the curves go; None without any."""
        raise NotImplementedError

    def key_step(self, visible: float) -> float:
        """How far an arrow key moves the crosshair while so much of the axis is visible."""
        raise NotImplementedError

    def stacked(self) -> bool:
        """Whether the plots stand one above the other in the widget's present size."""
        return self.width() < self.STACK_BELOW and self.height() > _STACK_ABOVE

    # -- what all do alike --------------------------------------------------------------------------------------

    def on_look_changed(self) -> None:
        """Give both plots the colours and the font of the current theme."""
        font = scaled(self.font(), 0.95)
        for plot in self._two:
            plot.set_look(theme().tokens, font)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer leaves a plot, or a key is pressed in it."""
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.press(event)
        return super().eventFilter(watched, event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it is none of the plots'."""
        key, across = Qt.Key(event.key()), step_right(event)
        if key in _ZOOM_KEYS:
            self._zoom(_ZOOM_KEYS[key])
        elif key == Qt.Key.Key_Home:
            self.reset_zoom()
        elif key == Qt.Key.Key_Escape and self._pointer is not None:
            self.point_at(None)
        elif across and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            left, right = self._two[0].view.viewRange()[0]
            self.on_touched()
            self._two[0].set_x_range(left + across * (right - left) / 8, right + across * (right - left) / 8)
            self._two[0].keep_in_sight()
        elif across:
            self._walk(across)
        else:
            return False
        return True

    def _zoom(self, factor: float) -> None:
        left, right = self._two[0].view.viewRange()[0]
        centre = self._pointer if self._pointer is not None else (left + right) / 2
        self.on_touched()
        self._two[0].set_x_range(centre - (centre - left) * factor, centre + (right - centre) * factor)
        self._two[0].keep_in_sight()

    def _walk(self, across: int) -> None:
        extent = self.extent()
        if extent is None:
            return
        left, right = self._two[0].view.viewRange()[0]
        first, last = extent
        if self._pointer is None:
            self.point_at(last if across < 0 else first)
        else:
            self.point_at(min(max(self._pointer + across * self.key_step(right - left), first), last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the plots where it is narrow and tall."""
        super().resizeEvent(event)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if self.stacked() else QBoxLayout.Direction.LeftToRight)
