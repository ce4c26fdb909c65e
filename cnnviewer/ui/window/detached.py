"""Workspaces in windows of their own, for those who have two screens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.plain_text import PlainLabel, window_title
from cnnviewer.ui.widgets.reading_order import focus_beside, tabs_to_all
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.frame import WORKSPACES
from cnnviewer.ui.window.placing import open_over
from cnnviewer.ui.window.workspace_texts import workspace_texts


class DetachedWorkspaces(QObject):
    """Owner of these windows. Closing one puts its workspace back on the stage."""

    def __init__(self, stage: LazyPages, window: QWidget) -> None:
        super().__init__(window)
        self._stage, self._window = stage, window
        self._subject = ""
        self._detached: dict[str, _OwnWindow] = {}

    def detach(self, name: str, keys: QKeySequence, actions: Sequence[QAction] = ()) -> None:
        """Show this workspace in a window of its own, or bring that to the front.

        There `keys` put it back, and those of `actions` do what they do in the main window.
        """
        if name not in self._detached:
            place = _Placeholder(self._stage)
            own = _OwnWindow(name, self._stage.replace(name, place), self._window)
            own.set_subject(self._subject)
            own.addActions(actions)
            own.closed.connect(self._put_back)
            place.back_requested.connect(own.close)
            QShortcut(keys, own).activated.connect(own.close)
            self._detached[name] = own
            open_over(own, self._window)
        self._detached[name].raise_()
        self._detached[name].activateWindow()

    def bring_forward(self, name: str) -> None:
        """Bring the window with this workspace to the front: its own, or the main one after another window."""
        if name in self._detached:
            self._detached[name].raise_()
            self._detached[name].activateWindow()
        elif self.active is not None:
            self._window.raise_()
            self._window.activateWindow()

    @property
    def active(self) -> QWidget | None:
        """The window of a workspace that has the keyboard; None where it is elsewhere."""
        return next((own for own in self._detached.values() if own.isActiveWindow()), None)

    def set_subject(self, subject: str) -> None:
        """Say in the titles what is on the screen."""
        self._subject = subject
        for own in self._detached.values():
            own.set_subject(subject)

    def put_all_back(self) -> None:
        """Close every such window."""
        for own in tuple(self._detached.values()):
            own.close()

    def _put_back(self, name: str) -> None:
        own = self._detached.pop(name)
        place = self._stage.replace(name, own.page)
        own.page.show()
        place.deleteLater()
        own.deleteLater()


class _OwnWindow(Translated, QWidget):
    """A window with one workspace.

    Signals:
        closed: name of the workspace, before it goes.
    """

    closed = Signal(str)

    def __init__(self, name: str, page: QWidget, owner: QWidget) -> None:
        super().__init__(owner)
        self.setWindowFlag(Qt.WindowType.Window, True)
        self.setObjectName(f"{name}Window")
        self._name, self.page, self._owner = name, page, owner
        self._subject = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        page.show()
        self.resize(1100, 760)
        self.retranslate()

    def set_subject(self, subject: str) -> None:
        """Say in the title what is on the screen."""
        self._subject = subject
        self.retranslate()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab reads, as in the main window."""
        return focus_beside(self, forward) if tabs_to_all() else super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody here takes is the main window's, such as undo."""
        QApplication.sendEvent(self._owner, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the workspace back first."""
        self.closed.emit(self._name)
        super().closeEvent(event)

    def retranslate(self) -> None:
        """Set the title in the window's language."""
        text = workspace_texts()[WORKSPACES.index(self._name)][0]
        self.setWindowTitle(window_title(" — ".join(filter(None, (text, self._subject, "cnnviewer")))))


class _Placeholder(Translated, QWidget):
    """Stands on the stage for a workspace that is elsewhere.

    Signals:
        back_requested: it shall come back.
    """

    back_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._back = PlainLabel(self), QPushButton(self)
        self._back.setObjectName("bringBackButton")
        column = QVBoxLayout(self)
        column.addStretch(1)
        for widget in (self._text, self._back):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._back.clicked.connect(self.back_requested)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._text.setText(self.tr("This workspace is in a window of its own."))
        self._back.setText(self.tr("Bring it back"))
