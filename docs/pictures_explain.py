"""The pictures of Explore, from the running program: its levels, Backward, every kind of explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviewer.core.inspection.records import Cell

if TYPE_CHECKING:
    from pictures import Camera

DESIGN = (
    "design:conv 16 k3 p1, batchnorm, relu, maxpool 2, conv 32 k3 p2 d2 g4, relu, avgpool 2, conv 32 k3 p1, minpool 2, "
    "dropout 0.25, flatten, linear 64, relu, linear classes"
)


def levels(camera: Camera) -> None:
    """A value pinned in the whole network, its layer, its arithmetic."""
    explore = camera.window.explore
    camera.find("networkView").select("conv2", 7, 3, 4)
    camera.panel_explains(Cell("conv2", 7, 3, 4))
    explore.show_level("network")
    camera.sleep(0.6)
    camera.take("look-inside", helps=True)
    explore.show_level("layer")
    camera.sleep(0.6)
    camera.take("layer", helps=True)
    explore.show_level("number")
    camera.find("explainView").show_text_tab("numbers")
    camera.sleep(0.6)
    camera.take("explain", helps=True)


def backward(camera: Camera) -> None:
    """The chain of gradients of a labelled image, and one weight's step."""
    camera.find("inputSource-dataset").click()
    camera.find("sampleBrowser").select(2)
    camera.settled()
    camera.find("networkView").select("conv2", 7, 3, 4)
    camera.find("explainView").show_text_tab("backward")
    camera.panel_explains(Cell("conv2", 7, 3, 4))
    camera.sleep(1.5)
    camera.find("backwardWrongLabelButton").click()  # its own class is predicted so well that nothing is left to learn
    camera.sleep(1.0)
    camera.take("explain-backward", helps=True)
    camera.find("explainView").show_text_tab("numbers")
    camera.window.explore.go_up()


def explainers(camera: Camera) -> None:
    """Every explainer, on LeNet, SimpleCNN and a design with every kind of layer."""
    camera.choose("modelCombo", "lenet")
    camera.choose("datasetCombo", camera.digits)
    camera.loaded(camera.digits)
    camera.find("sampleBrowser").select(3)
    camera.settled()
    camera.size(1200, 816)  # below stands the way back to a run
    why = camera.explained
    why("explain-convolution", "conv2", 3, 2, 5)
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
    camera.find("explainView").show_text_tab("numbers")
    camera.find("explainLossButton").click()
    camera.panel("explain-loss", Cell("loss"))

    camera.choose("modelCombo", "simplecnn")
    camera.until(lambda: camera.program.session.data.info.shape == (3, 32, 32))
    camera.find("sampleBrowser").select(3)
    camera.settled()
    why("explain-padding", "conv1", 5, 0, 31)
    why("explain-softmax", "probabilities", 0)

    camera.program.presenters.own_models.use_design(DESIGN)
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
    camera.size(1440, 900)
