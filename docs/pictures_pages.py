"""The pictures of sandbox, builder and architectures, from the running program."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pictures_explain import DESIGN
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

RESNET = """import torchvision
from torch import nn


def model(num_classes=10):
    made = torchvision.models.resnet18(num_classes=num_classes)
    made.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)  # for small images
    made.maxpool = nn.Identity()
    return made
"""

if TYPE_CHECKING:
    from pictures import Camera


def pages(camera: Camera) -> None:
    """The sandbox, the architectures, the builder and VGG16."""
    show = camera.window.show_workspace
    show("sandbox")
    camera.sleep(2)
    for _ in range(19):
        camera.find("sandboxStepButton").click()
    camera.sleep(0.3)
    camera.take("sandbox", helps=True)
    show("build", "builder")
    text = camera.find("builderText")
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, DESIGN)
    camera.sleep(2)
    camera.take("builder", helps=True)
    show("build", "architectures")
    page = camera.find("architecturesPage")
    camera.until(lambda: "resnet18" in page._columns)
    page.select("simplecnn", "conv2")
    for key in ("lenet", "simplecnn", "alexnet", "vgg16", "vgg19", "resnet18"):
        camera.find(f"architecturesMapsButton_{key}").click()
        camera.until(partial(getattr, page._columns[key].maps, "shown"))
    camera.sleep(2)
    camera.take("architectures", helps=True)
    show("explore")
    camera.choose("modelCombo", "vgg16")
    canvas = camera.window.network_view.canvas
    camera.until(lambda: len(canvas.network_layout.columns) > 30)
    camera.settled()
    camera.sleep(2)
    camera.take("vgg16")
    with tempfile.TemporaryDirectory() as folder:
        _resnet(camera, Path(folder) / "resnet.py")


def _resnet(camera: Camera, file: Path) -> None:
    """The addition in the first block of ResNet-18 for small images, from a user's own file."""
    file.write_text(RESNET, "utf-8")
    camera.window.open_model(file)
    camera.sleep(2)
    box = [one for one in camera.window.findChildren(QDialog, "consentDialog") if one.isVisible()][-1]
    combo: Any = box.findChild(QWidget, "consentClassCombo")
    combo.setCurrentIndex(combo.findData("model"))
    run: Any = box.findChild(QWidget, "consentRunButton")
    QTest.mouseClick(run, Qt.MouseButton.LeftButton)
    network = camera.window.network_view
    camera.until(lambda: file.name in network.architecture.title and not network.pictures.empty)
    camera.settled()
    camera.window.show_workspace("explore")
    network.canvas.show_layer("layer1.0.bn2")
    camera.sleep(6)  # the message has gone
    camera.take("network-large", helps=True)
