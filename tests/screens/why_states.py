"""States of Why and of Evaluate: every page with an answer, running, cancelled and refused; every way to list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnnviewer.core.evaluation.ranking import ORDERS
from cnnviewer.core.inspection.attribution.records import METHODS, Method
from cnnviewer.core.models.weights import bundled
from cnnviewer.core.runs.read.library import list_runs
from tests.screens.state import State, Step
from tests.screens.visitor import Visitor

_REFUSED: Final = "PyTorch finds no gradients for this model: behind conv2 it computes without them."
_MOST_MUTES: Final = 8


def _wrong_image(visitor: Visitor) -> None:
    """The surest wrong answer of a short training, in Explore with Why open."""
    visitor.window.explore.mutes.clear_requested.emit()
    if visitor.session.run is None:
        visitor.show("train")
        for seed in (2, 1):
            for name, value in (
                ("epochsSpin", 1),
                ("batchSizeSpin", 128),
                ("learningRateSpin", 0.05),
                ("seedSpin", seed),
            ):
                visitor.find(name).setValue(value)
            visitor.finish()
    visitor.window.messages.dismiss()
    visitor.show("evaluate", "errors")
    presenter = visitor.program.presenters.evaluation
    visitor.until(lambda: presenter.table is not None and presenter.table.complete, "all images are evaluated")
    page = visitor.window.evaluation_view.errors
    page.clear_cell()
    page.show_wrong()
    visitor.until(lambda: len(page.images.wall.shown) > 0, "wrong images are listed")
    page.image_chosen.emit(int(page.images.wall.shown[0]))
    visitor.settled()
    visitor.show("explore")
    visitor.window.explore.why_button.setChecked(True)


def _page(visitor: Visitor, name: str) -> Any:
    visitor.window.why_view.open_page(name)
    return visitor.window.why_view.page(name)


def _shown(visitor: Visitor) -> Any:
    return visitor.program.presenters.attribution.shown


def _method(method: Method) -> Step:
    def reach(visitor: Visitor) -> None:
        page = _page(visitor, "maps")
        presenters = visitor.program.presenters
        visitor.until(lambda: presenters.attribution is not None and set(METHODS) <= set(_shown(visitor)), "all maps")
        page.select(method)
        visitor.sleep(0.3)

    return reach


def _maps_wrong(visitor: Visitor) -> None:
    _wrong_image(visitor)
    _method("gradient")(visitor)


def _no_evidence(visitor: Visitor) -> None:
    """Grad-CAM of a class and a layer whose weighted sum is nowhere above 0."""
    page, why = _page(visitor, "maps"), visitor.window.why_view
    for layer in ("relu2", "pool2", "conv2", "pool1", "conv1"):
        for target in visitor.session.state.recipe.classes:
            why.explain("grad-cam", target, layer=layer)
            assert why.property("map") is not None
            if _shown(visitor)["grad-cam"].has_no_evidence:
                page.select("grad-cam")
                visitor.sleep(0.6)
                return
    raise LookupError("every map has evidence")


def _not_reached(visitor: Visitor) -> None:
    why = visitor.window.why_view
    why.target_chosen.emit(-1)
    _method("integrated-gradients")(visitor)
    page: Any = why.page("maps")
    found = _shown(visitor)["integrated-gradients"]
    page.set_map("integrated-gradients", replace(found, baseline_logit=found.baseline_logit - 0.4, nodes=400), True)
    visitor.sleep(0.2)


def _maps_running(visitor: Visitor) -> None:
    """A coarse map of a large model, while the finer one is computed."""
    page: Any = visitor.window.why_view.page("maps")
    page.set_map("integrated-gradients", replace(_shown(visitor)["integrated-gradients"], nodes=3), False)
    page.set_progress("integrated-gradients", 0.42)
    visitor.sleep(0.2)


def _maps_cancelled(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("maps")
    page.set_progress("integrated-gradients", None)
    page.set_offered("integrated-gradients", True)
    page.set_map("occlusion", None, True)
    page.set_offered("occlusion", True)
    page.select("occlusion")
    visitor.sleep(0.2)


def _maps_refused(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("maps")
    for method in METHODS[:4]:
        page.set_problem(method, _REFUSED)
    page.select("gradient")
    visitor.sleep(0.2)


def _nothing(visitor: Visitor) -> None:
    _draw(visitor, ((0.3, 0.2), (0.3, 0.8)))
    visitor.find("drawCanvas").clear()
    visitor.settled()
    visitor.until(lambda: visitor.find("whyNotice").isVisible(), "there is no answer")


def _channels(visitor: Visitor, how: str = "zero") -> Any:
    page = _page(visitor, "channels")
    visitor.click(f"channels{how.title()}Segment")
    visitor.until(
        lambda: len(page.bars.shown) > 0 and page._found is not None and page._found.request.how == how,
        "they are known",
    )
    visitor.sleep(0.2)
    return page


def _channels_mean(visitor: Visitor) -> None:
    _wrong_image(visitor)
    _channels(visitor, "mean")


def _channels_running(visitor: Visitor) -> None:
    _channels(visitor).set_progress(0.3)
    visitor.sleep(0.2)


def _channels_cancelled(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("channels")
    page.set_progress(None)
    page.set_contributions(None)
    page.set_offered(True)
    visitor.sleep(0.2)


def _channels_refused(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("channels")
    page.set_problem("The images of a batch cannot be told apart in this layer.")
    visitor.sleep(0.2)


def _tested(visitor: Visitor, method: Method) -> Any:
    page = _page(visitor, "trust")
    page.test(method)
    page.open_test("cascade")
    cascade, curves = page.cascade_part, page.curves_part
    visitor.until(lambda: cascade.cascade is not None and cascade._is_final, "the layers are randomised")
    visitor.until(lambda: curves.curves is not None and len(curves.curves.request.orders) == 10, "pixels are removed")
    return page


def _trust(method: Method) -> Step:
    def reach(visitor: Visitor) -> None:
        _tested(visitor, method).cascade_part.slider.setValue(4)
        visitor.sleep(0.3)

    return reach


def _trust_pixels(visitor: Visitor) -> None:
    visitor.click("trustCurvesSegment")
    visitor.sleep(0.3)


def _trust_running(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("trust")
    page.set_cascade(page.cascade_part.cascade, False)
    page.set_progress("cascade", 0.6)
    visitor.sleep(0.2)


def _trust_cancelled(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("trust")
    page.set_progress("cascade", None)
    page.clear()
    visitor.sleep(0.2)


def _trust_refused(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("trust")
    for kind in ("cascade", "curves"):
        page.set_problem(kind, "The layers cannot be randomised, for the model cannot be copied: it holds a file.")
    visitor.sleep(0.2)


def _flip(attack: str, epsilon: int | None) -> Step:
    def reach(visitor: Visitor) -> None:
        page = _page(visitor, "flip")
        page.ask(attack, epsilon)
        visitor.until(
            lambda: (
                page.flip is not None and (page.flip.request.attack, page.flip.request.epsilon) == (attack, epsilon)
            ),
            "the search has ended",
        )
        visitor.sleep(0.3)

    return reach


def _flip_running(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("flip")
    page.set_flip(page.flip, False)
    page.set_progress(0.5)
    visitor.sleep(0.2)


def _flip_cancelled(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("flip")
    page.set_image(page.flip.before.picture)
    page.set_progress(None, page.tr("Cancelled"))
    visitor.sleep(0.2)


def _flip_refused(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("flip")
    page.set_problem(_REFUSED)
    visitor.sleep(0.2)


def _history(visitor: Visitor) -> Any:
    page = _page(visitor, "history")
    steps = visitor.program.presenters.time_machine.timeline.steps
    visitor.until(lambda: set(steps[:-1]) <= set(page.property("steps")), "the history is read")
    visitor.sleep(0.3)
    return page


def _history_running(visitor: Visitor) -> None:
    page = _history(visitor)
    page.set_progress(0.7)
    visitor.sleep(0.2)


def _history_cancelled(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("history")
    page.set_progress(None)
    page.offer_reading(True)
    visitor.sleep(0.2)


def _history_refused(visitor: Visitor) -> None:
    page: Any = visitor.window.why_view.page("history")
    page.offer_reading(False)
    page.set_problem("The snapshot of step 40 is damaged.")
    visitor.sleep(0.2)


def _no_history(visitor: Visitor) -> None:
    """The weights on the screen are no run's."""
    page: Any = visitor.window.why_view.page("history")
    page.set_of_run(False)
    visitor.sleep(0.2)


def _mutes(visitor: Visitor) -> None:
    visitor.window.why_view.page("history").set_of_run(True)  # type: ignore[attr-defined]
    visitor.window.explore.why_button.setChecked(False)
    mutes, effect = visitor.window.explore.mutes, visitor.find("surgeryEffect")
    for channel in range(_MOST_MUTES):
        mutes.mute("conv2" if channel % 2 else "relu1", channel, "mean" if channel % 3 == 0 else "zero")
    visitor.until(
        lambda: len(visitor.session.mutes) == _MOST_MUTES and any(map(str.isdigit, effect.whole)), "the effect is known"
    )
    visitor.sleep(0.3)


def _mutes_list(visitor: Visitor) -> None:
    visitor.click("surgeryChannelsButton")
    visitor.sleep(0.2)


def _mutes_why(visitor: Visitor) -> None:
    visitor.find("surgeryList").close()
    visitor.window.explore.why_button.setChecked(True)
    _channels(visitor)


def _evaluate(visitor: Visitor) -> Any:
    visitor.window.explore.mutes.clear_requested.emit()
    visitor.window.explore.why_button.setChecked(False)
    visitor.window.why_places.set_open("evaluate", False)
    visitor.show("evaluate", "errors")
    presenter = visitor.program.presenters.evaluation
    visitor.until(lambda: not visitor.session.mutes, "nothing is muted")
    visitor.until(lambda: presenter.table is not None and presenter.table.complete, "all images are evaluated")
    return visitor.window.evaluation_view.errors


def _amounts(name: str) -> Step:
    def reach(visitor: Visitor) -> None:
        _evaluate(visitor)
        visitor.click(f"evaluation{name}Segment")
        visitor.sleep(0.2)

    return reach


def _hidden_diagonal(visitor: Visitor) -> None:
    visitor.click("evaluationCountsSegment")
    controls = visitor.window.evaluation_view.errors.controls
    next(each for each in controls._shown.actions() if each.data() == "hidden").trigger()
    visitor.find("evaluationLeastSpin").setValue(5)
    visitor.sleep(0.2)


def _two_runs(visitor: Visitor) -> None:
    controls = visitor.window.evaluation_view.errors.controls
    next(each for each in controls._shown.actions() if each.data() == "quiet").trigger()
    visitor.find("evaluationLeastSpin").setValue(1)
    shown = visitor.session.run.opened.folder
    other = next(run.folder for run in list_runs(visitor.program.settings.runs_dir) if run.folder != shown)
    _compare(visitor, str(other))


def _two_steps(visitor: Visitor) -> None:
    _compare(visitor, "first")


def _compare(visitor: Visitor, key: str) -> None:
    page = visitor.window.evaluation_view.errors
    visitor.window.evaluation_view.reference_requested.emit(key)
    visitor.until(lambda: page.images.difference is not None, "the table is compared")
    visitor.until(lambda: not visitor.program.jobs.busy, "all of it")
    visitor.sleep(0.3)


def _became_wrong(visitor: Visitor) -> None:
    combo = visitor.window.evaluation_view.errors.images.list_combo
    combo.setCurrentIndex(combo.findData("became-wrong"))
    combo.activated.emit(combo.currentIndex())
    visitor.sleep(0.3)


def _order(order: str) -> Step:
    def reach(visitor: Visitor) -> None:
        visitor.window.evaluation_view.reference_requested.emit("none")
        page = visitor.window.evaluation_view.errors
        page.clear_cell()
        page.show_wrong()
        page.images.order.setCurrentIndex(page.images.order.findData(order))
        visitor.sleep(0.3)

    return reach


def _none_found(visitor: Visitor) -> None:
    visitor.find("evaluationSearch").setText("#123456")
    visitor.sleep(0.4)


def _empty_cell(visitor: Visitor) -> None:
    visitor.find("evaluationSearch").setText("")
    page = visitor.window.evaluation_view.errors
    counts = page.table.counts
    row, column = np.argwhere(counts == 0)[0].tolist()
    page.show_cell(row, column)
    visitor.sleep(0.4)


def _exporting(visitor: Visitor) -> None:
    page = visitor.window.evaluation_view.errors
    page.clear_cell()
    page.set_export_progress(0.4)
    visitor.sleep(0.2)


def _why_beside(page: str) -> Step:
    def reach(visitor: Visitor) -> None:
        errors = visitor.window.evaluation_view.errors
        errors.set_export_progress(None)
        visitor.window.why_places.set_open("evaluate", True)
        if page == "channels":
            _channels(visitor)
        elif page == "trust":
            _tested(visitor, "gradient")
        elif page == "history":
            _history(visitor)
        else:
            _page(visitor, page)
        visitor.sleep(0.6)

    return reach


def _unfitted(visitor: Visitor) -> None:
    """Weights that no validation images are known of, as the presenter says it."""
    visitor.window.why_places.set_open("evaluate", False)
    page = _calibration(visitor)
    found = visitor.program.presenters.calibration.found
    measured = replace(found.calibration, temperature=None, after=None, loss_after=None, fitted_on=0)
    page.set_calibrated(
        replace(found, calibration=measured, familiarity=None),
        "No images were held out for validation when these weights were trained.",
        "No images were held out for validation when these weights were trained.",
    )
    visitor.sleep(0.2)


def _calibration(visitor: Visitor) -> Any:
    visitor.show("evaluate", "calibration")
    visitor.until(lambda: visitor.program.presenters.calibration.found is not None, "the calibration is measured")
    return visitor.find("calibrationPage")


def _calibration_running(visitor: Visitor) -> None:
    page = _calibration(visitor)
    page.set_calibrated(None)
    page.set_progress(0.3)
    visitor.sleep(0.2)


def _calibration_offered(visitor: Visitor) -> None:
    visitor.find("calibrationPage").set_notice("Predicting 12,000 images takes a while with a large model.", True)
    visitor.sleep(0.2)


def _fitted(visitor: Visitor) -> None:
    page, found = visitor.find("calibrationPage"), visitor.program.presenters.calibration.found
    page.set_progress(None)
    page.set_calibrated(found)
    visitor.sleep(0.2)


def _unfamiliar(visitor: Visitor) -> None:
    """A picture of stripes: none of the ten digits."""
    visitor.program.presenters.selection.show_weights(bundled("lenet"))
    visitor.show("explore")
    visitor.window.explore.why_button.setChecked(True)
    _page(visitor, "maps")
    stripes = np.tile(np.repeat(np.array([0, 255], np.uint8), 2), (28, 7))
    Image.fromarray(stripes).save(visitor.folder / "stripes.png")
    assert visitor.window.open_image(str(visitor.folder / "stripes.png"))
    visitor.settled()
    visitor.sleep(0.6)


def _draw(visitor: Visitor, *strokes: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Strokes on an empty canvas, between places in parts of it."""
    visitor.click("inputSource-draw")
    visitor.sleep(0.1)  # it is laid out
    canvas, none = visitor.find("drawCanvas"), Qt.KeyboardModifier.NoModifier
    canvas.clear()
    for ends in strokes:
        first, last = (QPoint(round(x * canvas.width()), round(y * canvas.height())) for x, y in ends)
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, none, first)
        for part in range(1, 11):
            QTest.mouseMove(canvas, first + (last - first) * part / 10)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, none, last)
    visitor.settled()


WHY: tuple[State, ...] = (
    State("explore-why-gradient", _maps_wrong),
    State("explore-why-times-input", _method("gradient-x-input")),
    State("explore-why-integrated", _method("integrated-gradients")),
    State("explore-why-grad-cam", _method("grad-cam")),
    State("explore-why-covered", _method("occlusion")),
    State("explore-why-no-evidence", _no_evidence),
    State("explore-why-not-reached", _not_reached),
    State("explore-why-running", _maps_running, main=True),
    State("explore-why-cancelled", _maps_cancelled),
    State("explore-why-refused", _maps_refused),
    State("explore-why-nothing", _nothing),
    State("explore-channels-mean", _channels_mean),
    State("explore-channels-running", _channels_running),
    State("explore-channels-cancelled", _channels_cancelled),
    State("explore-channels-refused", _channels_refused),
    State("explore-trust-grad-cam", _trust("grad-cam")),
    State("explore-trust-integrated", _trust("integrated-gradients")),
    State("explore-trust-pixels", _trust_pixels),
    State("explore-trust-running", _trust_running),
    State("explore-trust-cancelled", _trust_cancelled),
    State("explore-trust-refused", _trust_refused),
    State("explore-flip-pgd", _flip("pgd", None)),
    State("explore-flip-not-enough", _flip("fgsm", 1)),
    State("explore-flip-running", _flip_running),
    State("explore-flip-cancelled", _flip_cancelled),
    State("explore-flip-refused", _flip_refused),
    State("explore-history-running", _history_running),
    State("explore-history-cancelled", _history_cancelled),
    State("explore-history-refused", _history_refused),
    State("explore-history-none", _no_history),
    State("explore-mutes-many", _mutes),
    State("explore-mutes-list", _mutes_list),
    State("explore-mutes-many-why", _mutes_why),
    State("evaluate-recall", _amounts("Recall"), main=True),
    State("evaluate-precision", _amounts("Precision")),
    State("evaluate-hidden-diagonal", _hidden_diagonal),
    State("evaluate-two-runs", _two_runs),
    State("evaluate-two-steps", _two_steps),
    State("evaluate-became-wrong", _became_wrong),
    *(State(f"evaluate-order-{order}", _order(order)) for order in ORDERS),
    State("evaluate-none-found", _none_found),
    State("evaluate-empty-cell", _empty_cell),
    State("evaluate-exporting", _exporting),
    *(State(f"evaluate-why-{page}", _why_beside(page)) for page in ("maps", "channels", "trust", "flip", "history")),
    State("evaluate-calibration-unfitted", _unfitted),
    State("evaluate-calibration-running", _calibration_running),
    State("evaluate-calibration-offered", _calibration_offered),
    State("evaluate-calibration-fitted", _fitted),
    State("explore-unfamiliar", _unfamiliar),
)
