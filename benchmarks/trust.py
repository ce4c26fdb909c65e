"""The page Trust of Why: from the choice of a map to its first result, and to all measurements."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks.desk import Desk, percentiles

AIMS = (("lenet", "LeNet", 0.5, 2.0), ("simplecnn", "SimpleCNN", 1.0, 4.0))
"""Model, title, and seconds of the first and of the whole result."""


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    """By name, for `benchmarks.one`."""
    return {"trust": trust}


def trust(model: str) -> dict[str, float]:
    """Seconds of both tests of a gradient's map in the window: five images, the middle one of each time counts."""
    desk = Desk(model)
    view = desk.find("whyView")
    desk.window.why_places.set_open("explore", True)
    view.open_page("trust")
    page = desk.find("trustPage")
    desk.until(lambda: _is_whole(page))
    firsts, wholes = [], []
    for index in range(5):
        page.clear()
        began = time.perf_counter()
        desk.find("sampleBrowser").select(index + 3)
        desk.until(lambda: page.cascade_part.cascade is not None, interval=1)
        firsts.append(1000 * (time.perf_counter() - began))
        desk.until(lambda: _is_whole(page), interval=1)
        wholes.append(1000 * (time.perf_counter() - began))
    desk.close()
    return {
        "first_s": percentiles(firsts)["median_ms"] / 1000,
        "whole_s": percentiles(wholes)["median_ms"] / 1000,
    }


def _is_whole(page: Any) -> bool:
    cascade, curves = page.cascade_part.cascade, page.curves_part.curves
    if cascade is None or curves is None:
        return False
    return len(cascade.request.seeds) == 10 and len(curves.request.orders) == 10
