"""The wheel scrolls the page; it changes a value only where the user works."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMenu,
    QScrollBar,
    QTabBar,
    QWidget,
)

from cnnviewer.ui.widgets.number_plot import NumberPlot
from tests.journeys.conftest import EVERYWHERE, Person

KINDS = (QAbstractSpinBox, QAbstractSlider, QComboBox, QTabBar)
MEANT = {"timeSlider"}
"""Widgets whose value the wheel is meant to change."""


def turn(widget: QWidget, notches: int) -> None:
    """Turn the wheel over the middle of a widget; up is positive."""
    place = QPointF(widget.rect().center())
    angle, none = QPoint(0, 120 * notches), Qt.MouseButton.NoButton
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        angle,
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def value(widget: QWidget) -> object:
    if isinstance(widget, QAbstractSpinBox):
        return widget.text()
    if isinstance(widget, QAbstractSlider):
        return widget.value()
    assert isinstance(widget, QComboBox | QTabBar)
    return widget.currentIndex()


def in_menu_of_plot(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None:
        return False
    return (isinstance(widget, QMenu) and isinstance(parent, NumberPlot)) or in_menu_of_plot(parent)


def test_without_the_focus_the_wheel_changes_no_value_in_any_window(person: Person) -> None:
    person.loaded("builtin-digits")
    person.settled()
    window = person.window
    person.click("stepButton")  # curves are exported where there are some
    person.until(lambda: person.state == "paused")
    person.click("stopButton")
    person.until(lambda: person.state == "idle" and not window.program.jobs.busy)
    window.show_explanation(True)
    for workspace, part in EVERYWHERE:
        window.show_workspace(workspace, part)
    person.action("actionPreferences").trigger()
    person.action("actionExportPlot").trigger()
    person.qtbot.wait(0)
    found = [
        widget
        for kind in KINDS
        for widget in window.findChildren(kind)
        if not isinstance(widget, QScrollBar) and not in_menu_of_plot(widget)  # pyqtgraph's, which is never shown
    ]
    assert len(found) > 60
    assert {"modelCombo", "languageCombo", "exportWidthSpin", "kindCombo", "brushSlider"} <= {
        widget.objectName() for widget in found
    }
    for widget in found:
        name = widget.objectName() or repr(widget)
        if name in MEANT:
            continue
        assert widget.focusPolicy() != Qt.FocusPolicy.WheelFocus, f"{name} takes the focus by the wheel"
        widget.clearFocus()
        before = value(widget)
        for notches in (1, -1, -3, 3):
            turn(widget, notches)
            assert value(widget) == before, f"{name} followed the wheel"
    canvas = window.network_view.canvas
    camera = canvas._camera
    turn(canvas, 3)
    assert canvas._camera != camera, "there the wheel is meant: it zooms"
