"""How long the maps of Why take, and what they cost a training beside them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.desk import Desk, percentiles

if TYPE_CHECKING:
    from cnnviewer.core.inspection.attribution.records import Method

IMAGES = 3
ONE_PASS: tuple[Method, ...] = ("gradient", "gradient-x-input", "grad-cam")
MANY_PASSES: tuple[Method, ...] = ("integrated-gradients", "occlusion")


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    """What `benchmarks.one` can run of these, by name."""
    return {"why": attributions, "why-vgg16": vgg16, "why-training": training}


def attributions(model: str) -> dict[str, float]:
    """From asking for a map of another class to having it, of the slowest method.

    Integrated gradients counts where 50 nodes are enough; all of its maps, of up to 400, are `complete_ms`.
    """
    from cnnviewer.core.inspection.attribution.methods import NODES

    desk = Desk(model)
    why, slowest = desk.find("whyView"), {"median_ms": 0.0, "p99_ms": 0.0}
    classes = desk.window.program.session.state.recipe.classes
    browser, presenters = desk.find("sampleBrowser"), desk.window.program.presenters
    complete = 0.0
    for method in (*ONE_PASS, *MANY_PASSES):
        taken: list[tuple[float, int]] = []
        for image in range(IMAGES):
            browser.select(image)
            desk.until_inspected(presenters.inspection.generation)
            for target in range(len(classes)):
                began = time.perf_counter()
                why.explain(method, target)
                why.property("map")
                taken.append((1000 * (time.perf_counter() - began), presenters.attribution.shown[method].nodes))
        counted = taken[2:]
        if method == "integrated-gradients":
            complete = percentiles([each for each, _nodes in counted])["median_ms"]
            counted = [each for each in counted if each[1] == NODES[0]]
        slowest = max(slowest, percentiles([each for each, _nodes in counted]), key=lambda each: each["median_ms"])
    desk.close()
    return slowest | {"complete_ms": complete}


def vgg16() -> dict[str, float]:
    """Of VGG16 with random weights: a map of one pass, the first coarse map of dozens, and a Cancel."""
    desk = Desk()
    program, why = desk.window.program, desk.find("whyView")
    desk.choose("modelCombo", "vgg16")
    inspection = program.presenters.inspection
    desk.until(lambda: inspection.answer is not None and inspection.answer.state.recipe.model == "vgg16", timeout=300)
    why.explain("gradient", 0)
    why.property("map")  # the model is made once
    whole = 0.0
    for method in ONE_PASS:
        began = time.perf_counter()
        why.explain(method, 1)
        why.property("map")
        whole = max(whole, time.perf_counter() - began)
    page: Any = why.page("maps")
    coarse = cancelled = 0.0
    for method in MANY_PASSES:
        page.select(method)
        began = time.perf_counter()
        page.compute_requested.emit(method)
        desk.until(partial(_is_shown, program, method), timeout=300)
        coarse = max(coarse, time.perf_counter() - began)
        began = time.perf_counter()
        page.cancelled.emit()
        desk.until(lambda: not program.analysis.busy, timeout=300)
        cancelled = max(cancelled, time.perf_counter() - began)
    desk.close()
    return {"one_pass_s": whole, "coarse_s": coarse, "cancel_s": cancelled}


def _is_shown(program: Any, method: Method) -> bool:
    return method in program.presenters.attribution.shown


def training(model: str, seconds: str) -> dict[str, float]:
    """Speed of a training followed in Explore, with the panel Why closed and open in turn."""
    desk = Desk(model)
    log = desk.start_training()
    desk.until(lambda: log.step_count > 30)
    speeds: dict[bool, list[float]] = {False: [], True: []}
    for opened in (False, True) * 3:
        desk.window.why_places.set_open("explore", opened)
        desk.sleep(0.5)
        first, began = log.step_count, time.perf_counter()
        desk.sleep(float(seconds))
        speeds[opened].append((log.step_count - first) / (time.perf_counter() - began))
    desk.close()
    closed, open_ = sorted(speeds[False])[1], sorted(speeds[True])[1]
    return {"closed": closed, "open": open_, "ratio": open_ / closed}
