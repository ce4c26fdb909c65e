"""The pictures of explanations, sandbox, architectures and builder, from the running program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from cnnviewer.core.inspection.records import Cell

if TYPE_CHECKING:
    from pictures import Camera

DESIGN = (
    "design:conv 16 k3 p1, batchnorm, relu, maxpool 2, conv 32 k3 p2 d2 g4, relu, avgpool 2, conv 32 k3 p1, minpool 2, "
    "dropout 0.25, flatten, linear 64, relu, linear classes"
)


def explainers(camera: Camera) -> None:
    """Every explainer, on LeNet, SimpleCNN and a design with every kind of layer."""
    camera.choose("modelCombo", "lenet")
    camera.choose("datasetCombo", camera.digits)
    camera.loaded(camera.digits)
    camera.find("sampleBrowser").select(3)
    camera.settled()
    why = camera.explained
    why("explain-convolution", "conv2", 3, 2, 5)
    camera.take("explain")
    why("explain-max-pool", "pool1", 2, 3, 4)
    why("explain-relu", "relu1", 4, 5, 6)
    why("explain-dropout", "dropout", 3, 2, 5)
    why("explain-flatten", "flatten", 124)
    why("explain-linear", "fc1", 7)
    why("explain-log-softmax", "log_softmax", 6)
    why("explain-input", "input", 0, 10, 14)
    why("explain-formula", "pool2", 5, 1, 2, lens="formula")
    why("explain-code", "pool2", 5, 1, 2, lens="code")
    why("explain-learn", "conv2", 3, 2, 5, lens="learn")
    why("explain-backward", "conv2", 3, 2, 5, lens="backward")
    camera.find("explainView").show_lens("numbers")
    camera.find("explainLossButton").click()
    camera.panel("explain-loss", Cell("loss"))

    camera.choose("modelCombo", "simplecnn")
    camera.until(lambda: camera.program.session.data.info.shape == (3, 32, 32))
    camera.find("sampleBrowser").select(3)
    camera.settled()
    why("explain-padding", "conv1", 5, 0, 31)
    why("explain-softmax", "probabilities", 0)

    camera.program.models.use_design(DESIGN)
    camera.until(lambda: camera.find("networkView").property("layers")[2][0] == "bn1")
    camera.settled()
    for _ in range(30):  # a mean and a variance of its own
        camera.until(camera.find("stepButton").isEnabled)
        camera.find("stepButton").click()
        camera.sleep(0.1)
    camera.stop()
    why("explain-batch-norm", "bn1", 2, 5, 6)
    why("explain-average-pool", "pool2", 3, 7, 5)
    why("explain-min-pool", "pool3", 3, 1, 2)


def pages(camera: Camera) -> None:
    """The sandbox, the ladder, the builder and VGG16."""
    centre = camera.window.centre
    centre.open("sandbox")
    camera.sleep(0.5)
    for _ in range(19):
        camera.find("sandboxStepButton").click()
    camera.sleep(0.3)
    camera.take("sandbox", centre)
    centre.open("builder")
    text = camera.find("builderText")
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, DESIGN)
    camera.sleep(0.5)
    camera.take("builder", centre)
    sides = [camera.find(name) for name in ("trainDock", "inputDock", "curvesDock", "kernelsDock", "logDock")]
    for dock in sides:  # five columns need the width of the window
        dock.hide()
    centre.open("ladder")
    page = camera.find("ladderPage")
    camera.until(lambda: "vgg19" in page._columns)
    page.select("simplecnn", "conv2")
    for key in ("lenet", "simplecnn", "alexnet", "vgg16", "vgg19"):
        maps = page._columns[key].maps
        camera.find(f"ladderMapsButton_{key}").click()
        camera.until(lambda maps=maps: maps.shown)
    camera.sleep(0.5)
    camera.take("architectures", centre)
    for dock in sides:
        dock.show()
    camera.tab("curvesDock")
    centre.open("network")
    camera.choose("modelCombo", "vgg16")
    canvas = camera.window.network_view.canvas
    camera.until(lambda: len(canvas.network_layout.columns) > 30)
    camera.settled()
    camera.sleep(0.5)
    camera.take("vgg16")
