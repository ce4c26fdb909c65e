"""What is seldom wanted of the time bar: speed, loop, the beginning, and the marks with what they offer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from cnnviewer.core.runs.timeline import Timeline

SPEEDS = (2, 5, 10, 20, 40)
"""Moments a second."""
_USUAL_SPEED = 10


class TimeMenu(QMenu):
    """The menu behind the last button.

    Signals:
        first_wished: the untrained network.
        speed_changed: moments a second.
        loop_toggled: whether the film begins again at its end.
        go_wished: step of a mark.
        removal_wished: step of a mark that is not wanted any more.
        drawing_wished: step of a mark that shall be looked at with its drawing.
    """

    first_wished = Signal()
    speed_changed = Signal(int)
    loop_toggled = Signal(bool)
    go_wished = Signal(int)
    removal_wished = Signal(int)
    drawing_wished = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeMenu")
        self._timeline = Timeline()
        self._first, self._loop = QAction(self), QAction(self)
        self._first.setObjectName("timeFirstAction")
        self._loop.setObjectName("timeLoopAction")
        self._loop.setCheckable(True)
        self._speed_menu, self._marks_menu = QMenu(self), QMenu(self)
        self._marks_menu.setObjectName("timeMarksMenu")
        self._speeds = QActionGroup(self)
        for speed in SPEEDS:
            action = QAction(self._speeds)
            action.setObjectName(f"timeSpeed{speed}")
            action.setData(speed)
            action.setCheckable(True)
            action.setChecked(speed == _USUAL_SPEED)
            self._speed_menu.addAction(action)
        self.addAction(self._first)
        self.addSeparator()
        self.addMenu(self._speed_menu)
        self.addAction(self._loop)
        self.addSeparator()
        self.addMenu(self._marks_menu)
        self._first.triggered.connect(self.first_wished)
        self._loop.toggled.connect(self.loop_toggled)
        self._speeds.triggered.connect(self._on_speed)
        self._marks_menu.triggered.connect(self._on_mark_action)
        self.retranslate()

    @property
    def speed(self) -> int:
        """Moments a second."""
        checked = self._speeds.checkedAction()
        return int(checked.data()) if checked is not None else _USUAL_SPEED

    def set_timeline(self, timeline: Timeline) -> None:
        """Offer these marks."""
        if (timeline.marks, timeline.drawings) != (self._timeline.marks, self._timeline.drawings):
            self._timeline = timeline
            self._fill_marks()

    def _fill_marks(self) -> None:
        for entry in self._marks_menu.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu):
                menu.deleteLater()
        self._marks_menu.clear()
        for mark in self._timeline.marks:
            name = self.tr("Step {step}: {text}").format(step=f"{mark.step:,}", text=mark.text)
            menu = self._marks_menu.addMenu(name.replace("&", "&&"))
            menu.setObjectName(f"timeMark{mark.step}")
            offers = [("go", self.tr("Go there")), ("remove", self.tr("Remove the mark"))]
            if mark.step in self._timeline.drawings:
                offers.insert(1, ("draw", self.tr("Go there with its drawing")))
            for kind, text in offers:
                action = menu.addAction(text)
                action.setObjectName(f"timeMark{mark.step}-{kind}")
                action.setData((kind, mark.step))
        self._marks_menu.menuAction().setEnabled(bool(self._timeline.marks))

    def _on_speed(self, action: QAction) -> None:
        self.speed_changed.emit(action.data())

    def _on_mark_action(self, action: QAction) -> None:
        kind, step = action.data()
        {"go": self.go_wished, "draw": self.drawing_wished, "remove": self.removal_wished}[kind].emit(step)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._first.setText(self.tr("To the untrained network"))
        self._loop.setText(self.tr("Loop"))
        self._loop.setToolTip(self.tr("Begin again at the end."))
        self._speed_menu.setTitle(self.tr("Speed"))
        self._marks_menu.setTitle(self.tr("Marks"))
        for action in self._speeds.actions():
            action.setText(self.tr("{count} moments a second").format(count=action.data()))
        self._fill_marks()
