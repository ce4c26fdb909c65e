"""The pictures of the panel Why, from the running program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pictures import Camera


def trust(camera: Camera) -> None:
    """The page Trust with two layers re-initialised."""
    camera.find("inputSource-dataset").click()
    camera.find("sampleBrowser").select(2)
    camera.settled()
    camera.window.show_workspace("explore")
    camera.window.explore.show_level("network")
    camera.window.why_places.set_open("explore", True)
    camera.find("whyView").open_page("trust")
    page = camera.find("trustPage")
    camera.until(lambda: page.cascade_part.cascade is not None and len(page.cascade_part.cascade.request.seeds) == 10)
    camera.until(lambda: page.curves_part.curves is not None and len(page.curves_part.curves.request.orders) == 10)
    camera.find("trustStepSlider").setValue(2)
    camera.sleep(0.6)
    camera.take("trust", helps=True)
    camera.window.why_places.set_open("explore", False)
