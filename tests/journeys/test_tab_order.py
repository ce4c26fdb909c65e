"""Tab goes through the window as it is read, and everywhere it stops a ring is seen."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.trained import finish
from tests.journeys.conftest import EVERYWHERE, Person
from tests.small_data import saved, tiny

NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client)


@pytest.fixture
def reader(launched: Callable[..., Person], tmp_path: Path) -> Person:
    """Somebody with two runs, one of them on the screen, so that there is a timeline."""
    key = saved(tmp_path, "mine", tiny())
    folders = []
    for seed in (1, 2):
        recording = begin(tiny(), TrainConfig("lenet", key, epochs=1, batch_size=40, seed=seed, threads=1), tmp_path)
        finish(recording)
        recording.let_go()
        assert recording.folder is not None
        folders.append(recording.folder)
    person = launched(None, "--runs-dir", str(tmp_path))
    person.window.resize(1440, 900)
    person.loaded("builtin-digits")
    assert person.window.open_run(folders[0])
    person.loaded(key)
    person.until(person.find("timeline").isVisible)
    person.window.show_workspace("compare", "compare")
    person.window.program.presenters.comparison.show(folders)
    return person


def stops(person: Person) -> Iterator[QWidget]:
    """Where Tab stops, once around, from the first one of the window."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    seen: list[QWidget] = []
    while True:
        QTest.keyClick(QApplication.focusWidget() or person.window, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        assert stop is not None
        if seen and stop is seen[0]:
            return
        assert stop not in seen, f"Tab goes around without {seen[0].objectName()} at {stop.objectName()}"
        seen.append(stop)
        yield stop


def is_seen(stop: QWidget) -> bool:
    """Whether it is not scrolled out of sight; a viewport covers what it belongs to."""
    return not stop.visibleRegion().isEmpty() or isinstance(stop, QAbstractScrollArea)


def picture(person: Person, stop: QWidget) -> QImage:
    place = QRect(stop.mapTo(person.window, QPoint(0, 0)), stop.size()).adjusted(-4, -4, 4, 4)
    return person.window.grab(place).toImage()


def shows_ring(person: Person, stop: QWidget, under_pointer: bool) -> bool:
    """Whether it looks different with the focus and without."""
    stop.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, under_pointer)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    focused = picture(person, stop)
    stop.clearFocus()
    return picture(person, stop) != focused


def walked(reader: Person, part: str) -> list[int]:
    """The regions that Tab stops in, in order; every stop has a name, comes into view and shows where the keyboard is."""
    regions = [reader.find(name) for name in ("topBar", "inputPanel", "stage", "timelineArea", "messages")]
    found: list[int] = []
    for stop in stops(reader):
        name = f"{part}: {stop.objectName()}"
        where = [place for place, region in enumerate(regions) if region.isAncestorOf(stop)]
        assert where, name
        found += where
        reader.until(partial(is_seen, stop))
        assert stop.accessibleName(), name
        assert QAccessible.queryAccessibleInterface(stop).role() not in NO_ROLES, name
        assert shows_ring(reader, stop, under_pointer=True), name
        assert shows_ring(reader, stop, under_pointer=False), name
        stop.setFocus()
    return found


def test_tab_reads_top_bar_input_stage_timeline_in_every_workspace_and_its_place_is_seen(reader: Person) -> None:
    for workspace, part in EVERYWHERE:
        reader.window.show_workspace(*filter(None, (workspace, part)))
        reader.settled()
        reader.until(lambda: not reader.window.program.jobs.busy)
        QApplication.processEvents()  # everything has its place by then
        found = walked(reader, f"{workspace} {part}")
        reader.window.messages.dismiss()  # elsewhere they may lie over a stop
        assert found == sorted(found), (workspace, part)
        assert set(found) >= {0, 1, 2} | ({3} if reader.find("timeline").isVisible() else set()), (workspace, part)


@pytest.mark.parametrize("level", ["layer", "number", "formula", "code", "learn", "backward"])
def test_tab_reads_a_layer_and_the_arithmetic_of_a_number_in_the_same_order(reader: Person, level: str) -> None:
    reader.window.show_workspace("explore")
    reader.settled()
    view = reader.find("explainView")
    reader.find("networkView").select("conv2", 3, 2, 5)
    reader.until(lambda: view.explanation is not None and view.explanation.cell.layer == "conv2")
    if level == "layer":
        reader.window.explore.show_level("layer")
    else:
        view.show_text_tab("numbers" if level == "number" else level)
    reader.settled()
    reader.until(lambda: not reader.window.program.jobs.busy)
    reader.window.messages.dismiss()  # they may lie over a stop
    QApplication.processEvents()  # everything has its place by then
    found = walked(reader, level)
    assert found == sorted(found)
    assert set(found) >= {0, 1, 2, 3}


def test_the_keyboard_stays_near_what_is_hidden_under_it(person: Person) -> None:
    """Backward takes the whole stage: the network goes, with the focus that was in it."""
    window: Any = person.window
    person.settled()
    window.network_view.select("conv2", 7, 3, 4)
    person.until(lambda: window.explain_view.explanation is not None)
    window.network_view.canvas.setFocus()
    window.explain_view.show_text_tab("backward")
    assert window.network_view.isHidden()
    assert window.explore.isAncestorOf(QApplication.focusWidget())
    why = person.action("actionWhy")
    assert why.isEnabled()
    window.show_workspace("sandbox")
    assert not why.isEnabled()
    assert why.toolTip().startswith("Go to Explore or Evaluate first")
    window.show_workspace("evaluate")
    assert "the answer rests" in why.toolTip()
