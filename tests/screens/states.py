"""The states of the program that pictures are taken of, in the order in which one leads to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cnnviewer.core.models.own.source import DefinedModel
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.ui.window.consent_dialog import ConsentDialog
from tests.screens.state import State, Step
from tests.screens.visitor import Visitor
from tests.screens.why_states import WHY

_TOO_DEEP = "design:conv 8 k3, relu, maxpool 2, maxpool 2, maxpool 2, maxpool 2, maxpool 2, flatten, linear classes"
_SOUND = "design:conv 8 k3 p1, relu, maxpool 2, flatten, linear classes"


def _number(visitor: Visitor) -> None:
    visitor.find("networkView").select("conv2", 7, 3, 4)
    view = visitor.find("explainView")
    visitor.until(lambda: view.explanation is not None and view.explanation.cell.layer == "conv2", "it is explained")
    visitor.sleep(0.2)


def _tab(name: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.find("explainView").show_text_tab(name)
        visitor.sleep(0.6)

    return reach


def _layer(visitor: Visitor) -> None:
    visitor.find("explainView").show_text_tab("numbers")
    visitor.find("networkView").select("conv2", 7)
    visitor.window.explore.show_level("layer")
    visitor.sleep(0.2)


def _let_go(visitor: Visitor) -> None:
    canvas = visitor.find("networkCanvas")
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    visitor.window.explore.show_level("network")


def _train(visitor: Visitor) -> None:
    _let_go(visitor)
    visitor.show("train")


def _running(visitor: Visitor) -> None:
    visitor.find("epochsSpin").setValue(100)
    visitor.finish(steps=30)


def _finished(visitor: Visitor) -> None:
    visitor.stop()
    visitor.find("epochsSpin").setValue(1)
    visitor.find("batchSizeSpin").setValue(128)
    visitor.find("learningRateSpin").setValue(0.05)
    visitor.finish()


def _read(visitor: Visitor) -> None:
    """Dismiss what was said: what lies below it is looked at from here on."""
    visitor.window.messages.dismiss()
    visitor.show("explore")


def _past(visitor: Visitor) -> None:
    machine = visitor.program.presenters.time_machine
    timeline: Any = visitor.window.findChild(QWidget, "timeline")
    middle = visitor.session.run.log.step_count // 2
    if timeline is not None and hasattr(timeline, "set_step"):
        timeline.set_step(middle)
    else:
        visitor.window.timeline.slider.setValue(machine.timeline.index_of(middle))
    visitor.until(lambda: visitor.program.presenters.inspection.inspection.step == machine.step, "the past is shown")
    visitor.sleep(0.3)


def _now(visitor: Visitor) -> None:
    visitor.window.menus.actions["actionTimeNow"].trigger()
    visitor.settled()


def _matrix(visitor: Visitor) -> None:
    _now(visitor)
    visitor.show("evaluate", "errors")
    presenter = visitor.program.presenters.evaluation
    visitor.until(lambda: presenter.table is not None and presenter.table.complete, "all images are evaluated")
    visitor.sleep(0.3)


def _compared(visitor: Visitor) -> None:
    """What differs from the untrained weights of the run, with images selected."""
    visitor.window.evaluation_view.reference_requested.emit("first")
    page = visitor.window.evaluation_view.errors
    visitor.until(lambda: page.images.difference is not None, "the table is compared")
    visitor.until(lambda: not visitor.program.jobs.busy, "all of it")
    page.images.wall.select_all()
    visitor.sleep(0.3)


def _classes_compared(visitor: Visitor) -> None:
    visitor.show("evaluate", "classes")
    visitor.sleep(0.3)


def _classes(visitor: Visitor) -> None:
    visitor.window.evaluation_view.reference_requested.emit("none")
    visitor.sleep(0.3)


def _cell(visitor: Visitor) -> None:
    matrix = visitor.find("confusionMatrix")
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_centre(3, 3).toPoint())
    visitor.sleep(0.5)


def _calibration(visitor: Visitor) -> None:
    visitor.show("evaluate", "calibration")
    presenter = visitor.program.presenters.calibration
    visitor.until(lambda: presenter.found is not None, "the calibration is measured")
    visitor.sleep(0.3)


def _compare(visitor: Visitor) -> None:
    visitor.show("compare", "compare")
    folders = [run.folder for run in list_runs(visitor.program.settings.runs_dir)][:2]
    visitor.window.runs_view.compare_requested.emit(folders)
    page = visitor.find("comparePage")
    visitor.until(lambda: len([each for each in page._columns if each.step is not None]) == 2, "two runs are compared")
    visitor.sleep(1.0)


def _build(text: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.show("build", "builder")
        visitor.find("builderPage").set_text(text)
        visitor.sleep(0.2)

    return reach


def _architectures(visitor: Visitor) -> None:
    visitor.show("build", "architectures")
    page = visitor.find("architecturesPage")
    visitor.until(lambda: bool(page._columns) and not visitor.program.jobs.busy, "the models are prepared")
    visitor.sleep(0.3)


def _sandbox_playing(visitor: Visitor) -> None:
    visitor.show("sandbox")
    visitor.click("sandboxPlayButton")
    visitor.sleep(0.5)


def _error(visitor: Visitor) -> None:
    visitor.show("explore")
    visitor.window.open_image(visitor.folder / "no such picture.png")
    visitor.sleep(0.2)


def _images(visitor: Visitor) -> None:
    visitor.window.messages.dismiss()
    visitor.show("explore")
    visitor.click("inputSource-dataset")
    visitor.find("sampleBrowser").select(4)
    visitor.settled()


def _gallery(visitor: Visitor) -> None:
    visitor.click("allImagesButton")
    visitor.sleep(0.4)


def _file(visitor: Visitor) -> None:
    visitor.click("galleryCloseButton")
    visitor.click("inputSource-file")
    visitor.sleep(0.1)


def _draw_large(visitor: Visitor) -> None:
    visitor.click("inputSource-draw")
    visitor.click("drawLargeButton")
    visitor.sleep(0.2)


def _collapsed(visitor: Visitor) -> None:
    visitor.click("drawLargeDoneButton")
    visitor.click("collapseRailButton")
    visitor.sleep(0.2)


def _muted(visitor: Visitor) -> None:
    visitor.show("explore")
    visitor.window._frame.set_rail_collapsed(False)
    _let_go(visitor)
    visitor.settled()
    mutes = visitor.window.explore.mutes
    mutes.mute("conv2", 3)
    mutes.mute("conv1", 1, "mean")
    effect = visitor.find("surgeryEffect")
    visitor.until(lambda: len(visitor.session.mutes) == 2 and _counts(effect.whole), "the effect is known")
    visitor.sleep(0.3)


def _counts(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def _muted_layer(visitor: Visitor) -> None:
    visitor.find("networkView").select("conv2", 3)
    visitor.window.explore.show_level("layer")
    visitor.sleep(0.2)


def _maps(method: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.window._frame.set_rail_collapsed(False)
        _let_go(visitor)
        visitor.show("explore")
        visitor.window.explore.why_button.setChecked(True)
        visitor.window.why_view.open_page("maps")
        presenters = visitor.program.presenters
        visitor.until(
            lambda: presenters.attribution is not None and method in presenters.attribution.shown, "the map is known"
        )
        page: Any = visitor.window.why_view.page("maps")
        page.select(method)
        visitor.sleep(0.3)

    return reach


def _why_evaluated(visitor: Visitor) -> None:
    visitor.show("evaluate", "errors")
    visitor.window.why_places.set_open("evaluate", True)
    visitor.sleep(0.6)


def _close_why(visitor: Visitor) -> None:
    for workspace in ("evaluate", "explore"):
        visitor.window.why_places.set_open(workspace, False)


def _channels(visitor: Visitor) -> None:
    _let_go(visitor)
    visitor.window.explore.why_button.setChecked(True)
    visitor.window.why_view.open_page("channels")
    page: Any = visitor.window.why_view.page("channels")
    visitor.until(lambda: len(page.bars.shown) > 0, "the contributions are known")
    visitor.sleep(0.3)


def _trust(visitor: Visitor) -> None:
    visitor.window.why_view.open_page("trust")
    page: Any = visitor.window.why_view.page("trust")
    cascade, curves = page.cascade_part, page.curves_part
    visitor.until(lambda: cascade.cascade is not None and len(cascade.cascade.request.seeds) == 10, "ten seeds")
    visitor.until(lambda: curves.curves is not None and len(curves.curves.request.orders) == 10, "ten random orders")
    page.open_test("cascade")
    cascade.slider.setValue(2)
    visitor.sleep(0.3)


def _trust_curves(visitor: Visitor) -> None:
    visitor.click("trustCurvesSegment")
    visitor.sleep(0.3)


def _flip(visitor: Visitor) -> None:
    """The smallest change found."""
    _let_go(visitor)
    visitor.window.explore.why_button.setChecked(True)
    visitor.window.why_view.open_page("flip")
    page: Any = visitor.window.why_view.page("flip")
    visitor.until(lambda: page.property("epsilon") is not None, "a change is found")
    visitor.sleep(0.3)


def _flip_drawn(visitor: Visitor) -> None:
    """A stroke on the image."""
    page: Any = visitor.window.why_view.page("flip")
    page.open_mode("drawn")
    visitor.sleep(0.2)  # it is laid out
    canvas, none = page.canvas, Qt.KeyboardModifier.NoModifier
    sheet = canvas.sheet()
    places = [
        (sheet.topLeft() + (sheet.bottomRight() - sheet.topLeft()) * share).toPoint() for share in (0.2, 0.5, 0.8)
    ]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, none, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, none, places[-1])
    visitor.until(lambda: page.changed is not None, "the stroke is answered")
    visitor.sleep(0.3)


def _history(visitor: Visitor) -> None:
    visitor.window.why_view.open_page("history")
    page: Any = visitor.window.why_view.page("history")
    steps = visitor.program.presenters.time_machine.timeline.steps
    visitor.until(lambda: set(steps[:-1]) <= set(page.property("steps")), "the history is read")
    visitor.sleep(0.3)


def _muted_matrix(visitor: Visitor) -> None:
    visitor.window.explore.why_button.setChecked(False)
    visitor.show("evaluate")
    presenter = visitor.program.presenters.evaluation
    words = visitor.find("evaluateMutedWords")
    visitor.until(lambda: presenter.table is not None and presenter.table.complete, "all images are evaluated")
    visitor.until(lambda: _counts(words.whole.partition("·")[2]), "the effect is known")
    visitor.sleep(0.3)


def _muted_classes(visitor: Visitor) -> None:
    QTest.mouseClick(visitor.find("evaluateMutedClasses"), Qt.MouseButton.LeftButton)
    page = visitor.window.evaluation_view.classes_page
    visitor.until(lambda: page.classes_model.columnCount() > 6, "the classes are compared")
    visitor.sleep(0.3)


def _action(name: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.window.menus.actions[name].trigger()
        visitor.sleep(0.2)

    return reach


def _choices(visitor: Visitor) -> None:
    visitor.find("contextChip").click()
    rows = visitor.find("weightsChoices")
    visitor.until(lambda: rows.count() > 2, "runs are offered")
    visitor.sleep(0.2)


def _consent(visitor: Visitor) -> None:
    offered = (
        DefinedModel("Net", "class", missing=("depth", "widths"), optional=("num_classes", "dropout")),
        DefinedModel("make", "function"),
    )
    ConsentDialog(Path("/home/student/models/my_network.py"), offered, visitor.window).open()
    visitor.sleep(0.2)


STATES: tuple[State, ...] = (
    State("explore-fresh", lambda visitor: visitor.show("explore"), main=True),
    State("explore-number", _number, main=True),
    State("explore-formula", _tab("formula")),
    State("explore-code", _tab("code")),
    State("explore-learn", _tab("learn")),
    State("explore-backward", _tab("backward")),
    State("explore-layer", _layer),
    State("train-fresh", _train, main=True),
    State("train-running", _running, main=True),
    State("train-stopped", Visitor.stop),
    State("train-finished", _finished, main=True),
    State("explore-finished", _read),
    State("train-past", lambda visitor: (visitor.show("train"), _past(visitor))),
    State("explore-past", lambda visitor: visitor.show("explore"), main=True),
    State("evaluate-matrix", _matrix, main=True),
    State("evaluate-cell", _cell),
    State("evaluate-compared", _compared),
    State("evaluate-classes-compared", _classes_compared),
    State("evaluate-classes", _classes),
    State("evaluate-calibration", _calibration),
    State("compare-empty", lambda visitor: visitor.show("compare", "compare")),
    State("compare-two", _compare, main=True),
    State("compare-sweep", lambda visitor: visitor.show("compare", "sweep"), main=True),
    State("build-builder", _build(_SOUND)),
    State("build-error", _build(_TOO_DEEP), main=True),
    State("build-architectures", _architectures),
    State("sandbox-fresh", lambda visitor: visitor.show("sandbox")),
    State("sandbox-playing", _sandbox_playing, main=True),
    State("explore-error", _error, main=True),
    State("explore-images", _images),
    State("explore-gallery", _gallery),
    State("explore-file", _file),
    State("explore-large-drawing", _draw_large),
    State("explore-collapsed", _collapsed),
    State("explore-why", _maps("integrated-gradients"), main=True),
    State("explore-why-occlusion", _maps("occlusion")),
    State("evaluate-why", _why_evaluated),
    State("explore-muted", lambda visitor: (_close_why(visitor), visitor.show("explore"), _muted(visitor)), main=True),
    State("explore-muted-layer", _muted_layer),
    State("explore-channels", _channels),
    State("explore-trust", _trust),
    State("explore-trust-curves", _trust_curves),
    State("explore-flip", _flip),
    State("explore-flip-drawn", _flip_drawn),
    State("explore-history", _history),
    State("evaluate-muted", _muted_matrix),
    State("evaluate-muted-classes", _muted_classes),
    *WHY,
    State("dialog-choices", _choices, main=True),
    State("dialog-preferences", _action("actionPreferences"), main=True),
    State("dialog-help", _action("actionHelp")),
    State("dialog-about", _action("actionAbout")),
    State("dialog-consent", _consent, main=True),
)


@contextmanager
def reached(state: State, visitor: Visitor) -> Iterator[QWidget]:
    """The window, or the dialog, that shows the state; dialogs are closed afterwards."""
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    state.reach(visitor)
    if state.workspace:
        yield visitor.window
        return
    dialogs = [widget for widget in QApplication.topLevelWidgets() if widget not in before and widget.isVisible()]
    found = [widget for widget in dialogs if isinstance(widget, QDialog)] or dialogs
    if not found:
        raise LookupError(f"{state.name} opened no window")
    yield found[0]
    for dialog in dialogs:
        dialog.close()
