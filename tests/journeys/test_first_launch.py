"""The first ten seconds: nothing asked, everything there."""

import json
import subprocess
import sys

import torch

from tests.journeys.conftest import Person


def test_a_digit_its_maps_and_its_prediction_are_there_without_asking(person: Person) -> None:
    person.until(lambda: bool(person.ranking))
    best, probability = person.ranking[0]
    assert best == "7"
    assert probability > 0.5
    layers = person.find("networkView").property("layers")
    names = [name for name, _, _ in layers]
    assert [name for name in names if name in ("conv1", "conv2", "fc1", "fc2")] == ["conv1", "conv2", "fc1", "fc2"]
    assert person.find("inputLens").property("image").shape == (1, 28, 28)
    assert person.find("kernelView").property("kernels").shape == (10, 1, 5, 5)


def test_the_window_has_no_idle_helpers_that_would_slow_a_training_down(person: Person) -> None:
    assert torch.get_num_threads() == 1, "of this thread; a training says for itself how many it takes"


def test_without_data_on_disk_the_built_in_digits_are_ready_to_train_on(person: Person) -> None:
    person.loaded("builtin-digits")
    assert person.find("datasetCombo").currentData() == "builtin-digits"
    assert person.find("trainButton").isEnabled()
    assert not person.find("pauseButton").isEnabled()
    assert not person.find("stopButton").isEnabled()


def test_every_name_of_the_contract_is_there(person: Person) -> None:
    for name in [
        "modelCombo",
        "datasetCombo",
        "deviceCombo",
        "epochsSpin",
        "batchSizeSpin",
        "learningRateSpin",
        "momentumSpin",
        "seedSpin",
        "trainButton",
        "pauseButton",
        "stepButton",
        "stopButton",
        "continueRunButton",
        "trainProgress",
        "lossPlot",
        "accuracyPlot",
        "networkView",
        "kernelView",
        "explainView",
        "sampleBrowser",
        "drawCanvas",
        "predictionView",
        "inputLens",
        "contextChip",
        "timeline",
        "whyView",
        "surgeryView",
    ]:
        assert person.find(name).accessibleName() or name.endswith("Plot"), f"{name} has no accessible name"
    for name in [
        "actionOpenImage",
        "actionPasteImage",
        "actionOpenWeights",
        "actionSaveWeights",
        "actionExportPlot",
        "actionExportData",
        "actionExportNetwork",
        "actionUndo",
        "actionQuit",
    ]:
        assert person.action(name).toolTip()
    window = person.window
    assert window.workspace == "explore"
    for kind in ("plot", "data", "network"):
        assert callable(getattr(window, f"export_{kind}"))
    for method in ("open_image", "open_weights", "save_weights", "show_workspace", "set_text_size"):
        assert callable(getattr(window, method))
    for name, methods, properties in (
        ("networkView", ("select",), ("layers",)),
        ("kernelView", (), ("kernels",)),
        ("explainView", (), ("value", "terms")),
        ("sampleBrowser", ("select",), ()),
        ("drawCanvas", ("clear",), ()),
        ("predictionView", (), ("ranking",)),
        ("inputLens", (), ("image",)),
        ("timeline", ("set_step",), ("step",)),
        ("whyView", ("explain",), ("map", "target", "completeness")),
        ("surgeryView", ("mute", "undo", "redo", "clear"), ("edits",)),
    ):
        widget = person.find(name)
        assert all(callable(getattr(widget, method)) for method in methods)
        assert [each for each in properties if widget.metaObject().indexOfProperty(each) < 0] == []


def test_torch_is_imported_before_qt_and_neither_torchvision_nor_jinja2_at_all() -> None:
    code = (
        "import builtins, json, sys\n"
        "order = []\n"
        "real = builtins.__import__\n"
        "def spy(name, *rest, **named):\n"
        "    top = name.partition('.')[0]\n"
        "    if top in ('torch', 'PySide6') and top not in order: order.append(top)\n"
        "    return real(name, *rest, **named)\n"
        "builtins.__import__ = spy\n"
        "from cnnviewer.app import launch\n"
        "print(json.dumps([order, [name for name in ('torchvision', 'captum', 'jinja2') if name in sys.modules]]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [["torch", "PySide6"], []]
