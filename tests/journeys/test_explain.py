"""Ask any number why: by a click, by the keyboard, by typing its place, while it learns, and for every model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.records import Cell
from tests.journeys.conftest import Person

DESIGN = "design:conv 4 k3 p1, batchnorm, relu, avgpool 2, minpool 2, dropout 0.25, flatten, linear classes"


def asked(person: Person, layer: str, *place: int) -> float:
    """Select a number and wait for its explanation: the panel's value."""
    person.settled()
    person.find("networkView").select(layer, *place)
    return explained(person, Cell(layer, *place))


def explained(person: Person, cell: Cell) -> float:
    view = person.find("explainView")
    person.until(lambda: view.explanation is not None and view.explanation.cell == cell)
    return float(view.property("value"))


def shown(person: Person, layer: str, *place: int) -> float:
    return float(person.window.program.presenters.inspection.inspection.activations[layer][place])


def test_before_anything_is_asked_the_network_has_all_the_room(person: Person) -> None:
    person.settled()
    assert not person.find("explainView").isVisible()


def test_a_click_on_a_value_explains_it(person: Person) -> None:
    person.settled()
    canvas = person.find("networkCanvas")
    canvas.show_layer("conv2")
    column = canvas.network_layout.column("conv2")
    room = canvas.camera.to_view(column.pixel(3, 2, 5))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPointF(*room.centre).toPoint())
    value = explained(person, Cell("conv2", 3, 2, 5))
    assert value == pytest.approx(shown(person, "conv2", 3, 2, 5), rel=1e-4)
    view = person.find("explainView")
    assert view.isVisible()
    assert sum(view.property("terms")) == pytest.approx(value)
    assert "✓" in person.find("explainCheck").text()


def test_every_layer_of_the_greeting_can_be_asked(person: Person) -> None:
    person.settled()
    for name, _, shape in person.find("networkView").property("layers"):
        place = tuple(size // 2 for size in shape)
        assert asked(person, name, *place) == pytest.approx(shown(person, name, *place), rel=1e-4, abs=1e-7)


def test_the_arrow_keys_ask_the_next_value(person: Person) -> None:
    asked(person, "conv1", 3, 5, 7)
    QTest.keyClick(person.find("networkCanvas"), Qt.Key.Key_Right)
    explained(person, Cell("conv1", 3, 5, 8))


def test_what_a_pinned_value_sees_is_framed_in_the_image_in_explore_alone(person: Person) -> None:
    asked(person, "conv1", 3, 5, 7)
    pixels = person.find("inputLens").pixels
    framed = pixels._region
    assert framed is not None
    for workspace in ("train", "evaluate", "explore"):
        person.window.show_workspace(workspace)
        assert pixels._region == (framed if workspace == "explore" else None)


def test_a_place_is_typed(person: Person) -> None:
    asked(person, "conv1", 0, 0, 0)
    person.find("explainColSpin").setValue(9)
    explained(person, Cell("conv1", 0, 0, 9))
    person.find("explainChannelSpin").setValue(4)
    explained(person, Cell("conv1", 4, 0, 9))


def test_a_bar_of_the_prediction_is_asked(person: Person) -> None:
    person.settled()
    bars = person.find("probabilityBars")
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPointF(60, bars._row_height() * 1.5).toPoint())
    second = person.ranking[1][0]
    assert 0 <= explained(person, Cell("probabilities", int(second))) <= 1


def test_a_map_stands_for_its_strongest_value(person: Person) -> None:
    person.settled()
    person.find("networkView").select("conv2", 5)
    values = person.window.program.presenters.inspection.inspection.activations["conv2"][5]
    row, col = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    explained(person, Cell("conv2", 5, int(row), int(col)))


def test_the_window_slides_by_itself_and_starts_again(person: Person) -> None:
    asked(person, "pool2", 0, 3, 2)
    person.window.explain_view.place._speeds.actions()[4].trigger()
    person.click("explainPlayButton")
    explained(person, Cell("pool2", 0, 3, 3))
    explained(person, Cell("pool2", 0, 0, 0))
    person.click("explainPlayButton")


def test_space_and_arrows_move_the_window_over_one_map(person: Person) -> None:
    asked(person, "conv2", 3, 2, 5)
    slide = person.find("explainSlide")
    slid_over = slide.maps.read[0].channel
    QTest.keyClick(slide, Qt.Key.Key_Left)
    explained(person, Cell("conv2", 3, 2, 4))
    QTest.keyClick(slide, Qt.Key.Key_Down)
    explained(person, Cell("conv2", 3, 3, 4))
    QTest.keyClick(person.find("networkCanvas"), Qt.Key.Key_Space)
    explained(person, Cell("conv2", 3, 3, 6))
    QTest.keyClick(slide, Qt.Key.Key_Space)
    assert not person.find("explainPlayButton").isChecked()
    assert slide.maps.read[0].channel == slid_over


@pytest.mark.parametrize("layer", ["relu1", "dropout"])
def test_what_works_value_by_value_shows_both_maps(person: Person, layer: str) -> None:
    asked(person, layer, 3, 2, 5)
    slide = person.find("explainSlide")
    assert slide.isVisible()
    QTest.keyClick(slide, Qt.Key.Key_Right)
    explained(person, Cell(layer, 3, 2, 6))


def test_another_image_explains_the_same_place_again(person: Person) -> None:
    before = asked(person, "conv1", 3, 12, 12)
    person.draw([(0.5, 0.2), (0.5, 0.8)])
    person.settled()
    view = person.find("explainView")
    person.until(lambda: view.property("value") != before)
    person.until(lambda: math.isclose(view.property("value"), shown(person, "conv1", 3, 12, 12), rel_tol=1e-4))


def test_closing_the_explanation_hides_its_panel(person: Person) -> None:
    asked(person, "conv1", 3, 5, 7)
    QTest.keyClick(person.window, Qt.Key.Key_Escape)
    person.until(lambda: not person.find("explainView").isVisible())


def test_letting_go_gives_the_room_back_unless_gradients_are_looked_at(person: Person) -> None:
    asked(person, "conv1", 3, 5, 7)
    view, canvas = person.find("explainView"), person.find("networkCanvas")
    canvas.let_go()
    assert not view.isVisible()
    asked(person, "conv1", 3, 5, 7)
    view.show_text_tab("backward")
    canvas.let_go()
    assert view.isVisible()
    person.window.explore.show_level("network")
    person.find("networkView").select("conv2", 4, 2, 3)
    person.until(lambda: person.window.explore.level == "number")
    assert view.numbers.isVisible(), "a map that is clicked leads to its products, whichever tab was open last"


def test_the_code_is_saved_with_the_numbers_it_reads(person: Person, tmp_path: Path) -> None:
    asked(person, "fc1", 7)
    assert person.window.program.presenters.own_models.save_explanation(tmp_path / "number.py")
    assert (tmp_path / "number.py").is_file()
    assert set(np.load(tmp_path / "fc1_7.npz").files) == {"x", "weight", "bias"}
    assert not person.window.program.presenters.own_models.save_explanation(tmp_path / "number.txt")


def test_a_kernels_weight_is_asked_how_it_learns(person: Person) -> None:
    person.settled()
    person.find("kernelView").weight_selected.emit(WeightCell("conv2", 3, 4, 1, 2))
    pane = person.find("backwardPane")

    def step() -> Any:
        return pane._backward.weight if pane._backward is not None else None

    person.until(lambda: step() is not None and step().name == "conv2.weight[3, 4, 1, 2]")
    assert step().agrees
    assert person.find("explainView").isVisible()


def test_another_models_gradients_are_those_of_the_weight_that_the_fields_name(person: Person) -> None:
    asked(person, "fc2", 3)
    person.find("explainView").show_text_tab("backward")
    pane, rate = person.find("backwardPane"), person.find("backwardRateSpin")

    def shown() -> Any:
        return pane._backward.weight.cell if pane._backward is not None and pane._backward.weight else None

    person.until(lambda: shown() is not None and shown().layer == "fc2")
    selection = person.window.program.presenters.selection
    before = rate.value()
    selection.choose("simplecnn")  # it has a layer of this name too
    person.until(lambda: not selection.loading and pane.request.weight.layer == "conv1")
    person.until(lambda: shown() == pane.request.weight)
    assert pane._backward.weight.rates == pane.request.rates, before
    person.settled()
    assert shown() == pane.request.weight


def test_a_bar_of_the_prediction_opens_the_arithmetic_of_its_score_whatever_was_open_last(person: Person) -> None:
    asked(person, "fc1", 7)
    view, tabs = person.find("explainView"), person.find("explainTextTabs")
    view.show_text_tab("backward")
    person.window.show_workspace("train")
    person.find("predictionView").class_selected.emit("7")
    person.until(lambda: view.explanation is not None and view.explanation.cell == Cell("probabilities", 7))
    assert tabs.current == "numbers"
    assert view.numbers.isVisible()


def test_the_loss_of_a_labelled_image_is_explained(launched, real_data_dir: Path) -> None:
    person = launched(real_data_dir)
    person.loaded("mnist")
    person.find("sampleBrowser").select(3)
    asked(person, "conv1", 0, 0, 0)
    person.until(lambda: person.find("explainLossButton").isEnabled())
    person.click("explainLossButton")
    value = explained(person, Cell("loss"))
    truth = dict(person.ranking)[str(int(person.window.program.session.data.test.labels[3]))]
    assert value == pytest.approx(-math.log(truth), rel=1e-3, abs=1e-5)


def test_a_drawing_has_no_loss(person: Person) -> None:
    asked(person, "conv1", 0, 0, 0)
    assert not person.find("explainLossButton").isEnabled()
    assert "no true class" in person.find("explainLossButton").toolTip()


def test_numbers_are_explained_while_the_network_learns(person: Person) -> None:
    person.loaded("builtin-digits")
    asked(person, "conv1", 3, 12, 12)
    view = person.find("explainView")
    before = view.property("value")
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.until(lambda: view.property("value") != before and view.explanation.step > 0)
    assert view.explanation.agrees
    view.show_text_tab("backward")
    pane = person.find("backwardPane")
    person.until(lambda: pane._backward is not None and pane._backward.weight is not None)
    assert pane._backward.weight.agrees
    person.click("stopButton")
    person.until(lambda: person.state == "idle")


def test_a_design_of_the_builder_is_used_trained_and_explained(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    person.window.show_workspace("build", "builder")
    page = person.find("builderPage")
    page.set_text(DESIGN)
    person.click("builderUseButton")
    program = person.window.program
    person.until(lambda: program.session.state.recipe.model == DESIGN)
    assert person.window.workspace == "explore"
    person.until(lambda: person.find("networkView").property("layers")[2][0] == "bn1")
    for name, _, shape in list(person.find("networkView").property("layers")):
        place = tuple(size // 2 for size in shape)
        assert asked(person, name, *place) == pytest.approx(shown(person, name, *place), rel=1e-4, abs=1e-7)
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.until(lambda: program.session.run is not None and program.session.run.log.step_count > 20)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert program.session.state.recipe.model == DESIGN
    assert person.window.save_weights(tmp_path / "design.safetensors")
    person.choose("modelCombo", "lenet")
    assert person.window.open_weights(tmp_path / "design.safetensors")
    assert person.find("modelCombo").currentData() == DESIGN
    assert program.presenters.own_models.export_design(tmp_path / "network.py", DESIGN)
    compile((tmp_path / "network.py").read_text(encoding="utf-8"), "network.py", "exec")


OWN = """
from torch import nn

class Mine(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 5)
        self.fc = nn.Linear(3 * 24 * 24, num_classes)

    def forward(self, x):
        return self.fc(self.conv(x).relu().flatten(1))
"""


def consent(person: Person, button: str) -> None:
    box = person.window.findChild(QDialog, "consentDialog")
    assert "mine.py" in box.windowTitle()
    QTest.mouseClick(box.findChild(QWidget, button), Qt.MouseButton.LeftButton)


def test_a_file_of_ones_own_runs_only_after_a_yes(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(OWN, encoding="utf-8")
    person.loaded("builtin-digits")
    program = person.window.program
    assert person.window.open_model(file)
    consent(person, "consentCancelButton")
    person.qtbot.wait(50)
    assert program.session.state.recipe.model == "lenet"
    assert person.window.open_model(file)
    consent(person, "consentRunButton")
    person.until(lambda: program.session.state.recipe.model.endswith("mine.py::Mine"))
    person.until(lambda: person.find("networkView").property("layers")[1][0] == "conv")
    assert asked(person, "conv", 2, 3, 4) == pytest.approx(shown(person, "conv", 2, 3, 4), rel=1e-4)


def test_a_file_that_is_no_model_gives_an_error_message(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("x = 1", encoding="utf-8")
    assert not person.window.open_model(file)
    texts = [label.text() for label in person.find("messages").findChildren(QLabel)]
    assert any("no class derived from" in text for text in texts)


def test_of_a_digit_that_is_predicted_well_an_early_step_or_a_wrong_class_has_gradients(person: Person) -> None:
    person.loaded("builtin-digits")
    person.click("inputSource-dataset")
    person.find("sampleBrowser").select(3)
    asked(person, "conv2", 7, 3, 4)
    person.find("explainView").show_text_tab("backward")
    pane = person.find("backwardPane")
    person.until(lambda: pane._backward is not None and pane._backward.weight is not None)
    assert pane._backward.loss < 0.01
    assert pane.findChild(QPushButton, "backwardEarlyButton").text() == "Show the untrained network"
    assert not person.find("networkView").isVisible()  # the chain shows the layers
    person.click("backwardEarlyButton")
    person.until(lambda: pane._backward is not None and pane._backward.loss > 0.5)
    assert "untrained" in person.find("contextChip").text()
    assert not person.find("backwardEarlyButton").isEnabled()
    assert pane._backward.weight.gradient != 0
    [back] = [each for each in person.find("messages").findChildren(QPushButton) if each.text().startswith("Back to")]
    assert back.text() == "Back to the bundled weights"
    back.click()
    person.until(lambda: "bundled" in person.find("contextChip").text() and pane._backward.loss < 0.01)
    person.find("explainView").show_text_tab("numbers")
    assert person.find("networkView").isVisible()
