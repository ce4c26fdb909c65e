"""The pictures of sandbox, builder and architectures, from the running program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pictures_explain import DESIGN
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pictures import Camera


def pages(camera: Camera) -> None:
    """The sandbox, the architectures, the builder and VGG16."""
    show = camera.window.show_workspace
    show("sandbox")
    camera.sleep(0.5)
    for _ in range(19):
        camera.find("sandboxStepButton").click()
    camera.sleep(0.3)
    camera.take("sandbox", helps=True)
    show("build", "builder")
    text = camera.find("builderText")
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, DESIGN)
    camera.sleep(0.5)
    camera.take("builder", helps=True)
    show("build", "architectures")
    page = camera.find("architecturesPage")
    camera.until(lambda: "vgg19" in page._columns)
    page.select("simplecnn", "conv2")
    for key in ("lenet", "simplecnn", "alexnet", "vgg16", "vgg19"):
        camera.find(f"architecturesMapsButton_{key}").click()
        camera.until(partial(getattr, page._columns[key].maps, "shown"))
    camera.sleep(0.5)
    camera.take("architectures", helps=True)
    show("explore")
    camera.choose("modelCombo", "vgg16")
    canvas = camera.window.network_view.canvas
    camera.until(lambda: len(canvas.network_layout.columns) > 30)
    camera.settled()
    camera.sleep(0.5)
    camera.take("vgg16")
