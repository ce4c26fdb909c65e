"""A workspace can be shown in a window of its own, and comes back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from cnnviewer.ui.widgets.text_size import text_pixels
from tests.journeys.conftest import Person


def test_a_workspace_in_a_window_of_its_own_goes_on_working_and_comes_back(person: Person) -> None:
    person.loaded("builtin-digits")
    window = person.window
    window.show_workspace("train")
    person.action("actionOwnWindow").trigger()
    panel = person.find("trainWorkspace")
    own = panel.window()
    assert own is not window
    assert own.windowTitle() == "Train" + window.windowTitle().removeprefix("cnnviewer") + " — cnnviewer"
    assert "LeNet" in own.windowTitle()
    window.show_workspace("explore")
    assert panel.isVisible(), "both can be seen at once"
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    window.show_workspace("train")
    back = window.stage.findChild(QPushButton, "bringBackButton")
    assert back is not None
    back.click()
    assert panel.window() is window
    assert panel.isVisible()
    person.click("stopButton")
    person.until(lambda: person.state == "idle")


def test_the_keys_that_take_a_workspace_out_put_it_back_from_its_own_window(person: Person) -> None:
    person.window.show_workspace("train")
    person.action("actionOwnWindow").trigger()
    panel = person.find("trainWorkspace")
    own = panel.window()
    person.until(own.isActiveWindow)
    QTest.keyClick(own, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert panel.window() is person.window
    assert panel.isVisible()


def test_the_keys_of_the_main_window_work_in_a_workspaces_own(person: Person) -> None:
    window, control = person.window, Qt.KeyboardModifier.ControlModifier
    person.loaded("builtin-digits")
    window.show_workspace("train")
    person.action("actionOwnWindow").trigger()
    own = person.find("trainWorkspace").window()
    person.until(own.isActiveWindow)
    usual = text_pixels()
    QTest.keyClick(own, Qt.Key.Key_Plus, control)
    person.until(lambda: text_pixels() > usual)
    QTest.keyClick(own, Qt.Key.Key_Minus, control)
    person.until(lambda: text_pixels() == usual)
    QTest.keyClick(own, Qt.Key.Key_F11)
    person.until(own.isFullScreen)
    assert not window.isFullScreen()
    QTest.keyClick(own, Qt.Key.Key_F11)
    person.until(lambda: not own.isFullScreen())
    rate = person.find("learningRateSpin")
    rate.setFocus()
    rate.setValue(0.5)
    QTest.keyClick(rate, Qt.Key.Key_Z, control)
    person.until(lambda: rate.value() == 0.01)
    QTest.keyClick(own, Qt.Key.Key_F1)
    person.until(lambda: window.findChild(QWidget, "helpWindow") is not None)
    person.find("helpWindow").close()
    own.activateWindow()
    person.until(own.isActiveWindow)
    QTest.keyClick(own, Qt.Key.Key_1, control)
    person.until(window.isActiveWindow)
    assert window.workspace == "explore"
    QTest.keyClick(window, Qt.Key.Key_2, control)
    person.until(own.isActiveWindow)


def test_the_windows_of_workspaces_close_with_the_program(person: Person) -> None:
    for name in ("evaluate", "sandbox"):
        person.window.show_workspace(name)
        person.action("actionOwnWindow").trigger()
    person.window.close()
    assert not person.window.isVisible()
    assert person.find("evaluateWorkspace").window() is person.window
