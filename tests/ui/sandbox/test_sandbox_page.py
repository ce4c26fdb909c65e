"""The sandbox as the user uses it: paint, choose, slide, read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Kernels
from cnnviewer.ui.sandbox.cells import fitting, shading
from cnnviewer.ui.sandbox.grid_pair import GridPair
from cnnviewer.ui.sandbox.page import SandboxPage

LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot: QtBot) -> SandboxPage:
    made = SandboxPage()
    qtbot.addWidget(made)
    made.set_motion(False)
    made.resize(820, 640)
    made.show()
    return made


def find(page: SandboxPage, name: str) -> Any:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def choose(page: SandboxPage, name: str, key: str) -> None:
    combo = find(page, name)
    index = combo.findData(key)
    assert index >= 0, [combo.itemData(i) for i in range(combo.count())]
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def part(page: SandboxPage, name: str) -> Any:
    return page.controls.parts[name]._vertical


def expected(page: SandboxPage) -> np.ndarray:
    """The output as PyTorch has it."""
    state = page.state
    x, setup = torch.from_numpy(state.values.copy())[None, None], state.setup
    if state.operation == "conv":
        kernel = torch.from_numpy(np.array(state.kernel))[None, None]
        bias = torch.tensor([state.bias], dtype=torch.float64)
        return F.conv2d(x, kernel, bias, setup.stride, setup.padding, setup.dilation)[0, 0].numpy()
    if state.operation == "avg":
        return F.avg_pool2d(x, setup.kernel_size, setup.stride, setup.padding)[0, 0].numpy()
    sign = 1 if state.operation == "max" else -1
    pooled = F.max_pool2d(sign * x, setup.kernel_size, setup.stride, setup.padding, setup.dilation)
    return sign * pooled[0, 0].numpy()


def test_it_opens_with_an_edge_found_in_a_digit(page: SandboxPage) -> None:
    assert page.output is not None
    assert page.output.shape == (8, 8)
    np.testing.assert_allclose(page.output, expected(page))


@pytest.mark.parametrize("operation", ["conv", "max", "avg", "min"])
def test_every_operation_is_computed_as_pytorch_does(page: SandboxPage, operation: str) -> None:
    choose(page, "sandboxOperationCombo", operation)
    np.testing.assert_allclose(page.output, expected(page))


@pytest.mark.parametrize(("name", "value"), [("stride", 2), ("padding", 2), ("dilation", 2), ("kernel_size", 5)])
def test_every_number_is_live(page: SandboxPage, name: str, value: int) -> None:
    part(page, name).setValue(value)
    assert getattr(page.state.setup, name) == (value, value)
    np.testing.assert_allclose(page.output, expected(page))


def test_every_preset_is_a_kernel(page: SandboxPage) -> None:
    combo = find(page, "sandboxPresetCombo")
    for index in range(combo.count()):
        if combo.itemData(index) not in ("own", "model"):
            choose(page, "sandboxPresetCombo", combo.itemData(index))
            np.testing.assert_allclose(page.output, expected(page))


def test_painting_changes_the_output_at_once_and_is_taken_back(page: SandboxPage) -> None:
    grid = page.grids.input
    before = page.output.copy()
    at = grid.cell_rect(1, 1).center().toPoint()  # behind one row and column of padding
    QTest.mousePress(grid, LEFT, NONE, at)
    QTest.mouseRelease(grid, LEFT, NONE, at)
    assert page.state.values[0, 0] == 1
    np.testing.assert_allclose(page.output, expected(page))
    page.undo()
    np.testing.assert_allclose(page.output, before)


def test_the_right_button_erases(page: SandboxPage) -> None:
    grid = page.grids.input
    row, col = (int(place) for place in np.argwhere(page.state.values == 1)[0])
    at = grid.cell_rect(row + 1, col + 1).center().toPoint()
    QTest.mousePress(grid, RIGHT, NONE, at)
    QTest.mouseRelease(grid, RIGHT, NONE, at)
    assert page.state.values[row, col] == 0


def test_a_stroke_is_one_thing_to_take_back(page: SandboxPage) -> None:
    grid, before = page.grids.input, page.state.values.copy()
    QTest.mousePress(grid, LEFT, NONE, grid.cell_rect(1, 1).center().toPoint())
    for col in range(2, 6):
        QTest.mouseMove(grid, grid.cell_rect(1, col).center().toPoint())
    QTest.mouseRelease(grid, LEFT, NONE, grid.cell_rect(1, 5).center().toPoint())
    assert not np.array_equal(page.state.values, before)
    page.undo()
    np.testing.assert_array_equal(page.state.values, before)


def test_a_number_is_typed_into_a_cell(page: SandboxPage) -> None:
    grid = page.grids.input
    grid.setFocus()
    grid.set_cursor((3, 4))
    QTest.keyClicks(grid, "7")
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert page.state.values[2, 3] == 7


def test_a_kernel_larger_than_the_padded_input_says_why(page: SandboxPage) -> None:
    find(page, "sandboxInputSizeSpin").setValue(3)
    part(page, "padding").setValue(0)
    part(page, "kernel_size").setValue(5)
    assert page.output is None
    assert "5" in page.sentence
    assert "3" in page.sentence
    part(page, "padding").setValue(1)
    assert page.output is not None


def test_sizes_that_do_not_divide_leave_cells_out_and_say_so(page: SandboxPage) -> None:
    part(page, "padding").setValue(0)
    part(page, "stride").setValue(4)
    assert page.output.shape == (2, 2)
    grid = page.grids.input
    QTest.mouseMove(grid, grid.cell_rect(7, 7).center().toPoint())
    assert "left out" in find(page, "sandboxStatus").text()


def test_the_formula_has_its_numbers_put_in(page: SandboxPage) -> None:
    part(page, "stride").setValue(2)
    text = " ".join(label.text() for label in page.arithmetic.findChildren(QWidget) if hasattr(label, "text"))
    assert "8" in text
    assert "floor" in text


def test_pointing_at_the_output_moves_the_window(page: SandboxPage) -> None:
    grid = page.grids.output
    QTest.mouseMove(grid, grid.cell_rect(4, 6).center().toPoint())
    assert page.place == (4, 6)


def test_pointing_at_the_input_counts_its_readers(page: SandboxPage) -> None:
    grid = page.grids.input
    QTest.mouseMove(grid, grid.cell_rect(4, 4).center().toPoint())
    assert "9 of the output's cells" in find(page, "sandboxStatus").text()  # 3x3, stride 1
    QTest.mouseMove(grid, QPointF(1, 1).toPoint())


def test_the_window_slides_cell_by_cell(page: SandboxPage, qtbot: QtBot) -> None:
    QTest.mouseClick(find(page, "sandboxStepButton"), LEFT)
    assert page.place == (1, 2)
    page._on_output_pointed((0, 0))
    QTest.mouseClick(find(page, "sandboxPlayButton"), LEFT)
    qtbot.waitUntil(lambda: page.place[1] >= 3, timeout=10_000)
    QTest.mouseClick(find(page, "sandboxPlayButton"), LEFT)
    assert not page.playback.playing


def test_the_current_image_is_shrunk_to_the_input(page: SandboxPage) -> None:
    assert not find(page, "sandboxImageButton").isEnabled()
    image = np.zeros((3, 32, 32), np.float32)
    image[:, :16] = 1
    page.set_image(image)
    QTest.mouseClick(find(page, "sandboxImageButton"), LEFT)
    assert page.state.values[0].min() > 0.9
    assert page.state.values[-1].max() < 0.1


def test_any_kernel_of_the_model_can_be_tried(page: SandboxPage) -> None:
    weight = np.random.default_rng(0).normal(size=(4, 2, 5, 5)).astype(np.float32)
    page.set_kernels(Kernels("conv1", weight))
    choose(page, "sandboxPresetCombo", "model")
    np.testing.assert_allclose(page.state.kernel, weight[0, 0])
    find(page, "sandboxKernelOutSpin").setValue(3)
    find(page, "sandboxKernelInSpin").setValue(1)
    np.testing.assert_allclose(page.state.kernel, weight[3, 1])
    np.testing.assert_allclose(page.output, expected(page))
    page.set_kernels(Kernels("conv1", weight * 2))  # it learns
    np.testing.assert_allclose(page.state.kernel, weight[3, 1] * 2)


def test_an_editable_kernel_becomes_ones_own(page: SandboxPage) -> None:
    page.controls.weight_entered.emit(0, 0, 9.0)
    assert page.state.kernel[0, 0] == 9
    assert page.state.preset == "own"
    np.testing.assert_allclose(page.output, expected(page))


def test_the_window_undoes_and_redoes_what_was_changed_here(page: SandboxPage) -> None:
    page.controls.bias_entered.emit(3.0)
    assert page.undoable.steps == (1, 0)
    page.undoable.undo_requested.emit()
    assert page.state.bias == 0
    assert page.undoable.steps == (0, 1)
    page.undoable.redo_requested.emit()
    assert page.state.bias == 3


@pytest.mark.parametrize("size", [(820, 560), (490, 420)], ids=str)
def test_nothing_is_wider_than_the_page(page: SandboxPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    QApplication.processEvents()
    assert page.width() == size[0]


def test_weights_are_typed_into_the_kernel_and_the_output_follows_each_key(page: SandboxPage) -> None:
    editor = page.controls.editor
    editor.setFocus()
    editor.set_cursor((1, 2))
    QTest.keyClicks(editor, "12")
    assert page.state.kernel[1, 2] == 12
    np.testing.assert_allclose(page.output, expected(page))
    QTest.keyClicks(editor, "-")
    assert page.state.kernel[1, 2] == -12
    page.undo()
    assert page.state.preset == "sobel-vertical"


def test_the_keyboard_and_the_mouse_leave_the_padding_alone(page: SandboxPage) -> None:
    grid, before = page.grids.input, page.state.values.copy()
    QTest.mouseClick(grid, LEFT, NONE, grid.cell_rect(0, 0).center().toPoint())
    grid.setFocus()
    for _ in range(12):
        QTest.keyClick(grid, Qt.Key.Key_Up)
        QTest.keyClick(grid, Qt.Key.Key_Left)
    assert np.array_equal(page.state.values, before)
    QTest.keyClicks(grid, "5")
    assert page.state.values[0, 0] == 5


def test_the_arrow_keys_choose_an_output(page: SandboxPage) -> None:
    grid = page.grids.output
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert page.place == (2, 2)


def test_it_opens_where_the_window_meets_the_picture_and_plays_from_the_start(page: SandboxPage) -> None:
    row, col = page.place
    assert np.count_nonzero(page.state.values[row - 1 : row + 2, col - 1 : col + 2]) >= 2
    assert page.output[row, col] != 0
    page.playback.play.setChecked(True)
    assert page.place == (0, 0)
    page.playback.stepped.emit()
    page.playback.pause()
    page.playback.play.setChecked(True)
    assert page.place == (0, 1), "it goes on where it was paused"


def test_every_slider_has_a_label_that_can_be_seen(page: SandboxPage) -> None:
    (label,) = (label for label in page.findChildren(QLabel) if label.buddy() is page.playback.speed)
    assert (label.text(), label.isVisible()) == ("Speed", True)


def test_playing_stops_at_the_end_unless_it_loops(page: SandboxPage) -> None:
    last = (7, 7)
    page._on_output_pointed((7, 6))
    page.playback.play.setChecked(True)
    page.playback.stepped.emit()
    assert page.place == last
    page.playback.stepped.emit()
    assert page.place == last
    assert not page.playback.playing
    page.playback.loop.setChecked(True)
    page.playback.play.setChecked(True)
    assert page.place == (0, 0)
    page._on_stepped()
    assert page.place == (0, 1)


def test_the_window_glides_only_with_motion(page: SandboxPage, qtbot: QtBot) -> None:
    grid = page.grids.input
    page._on_output_pointed((5, 5))
    assert (grid._place.y(), grid._place.x()) == (5, 5)
    page.set_motion(True)
    page._on_output_pointed((0, 0))
    assert (grid._place.y(), grid._place.x()) != (0, 0)
    qtbot.waitUntil(lambda: (grid._place.y(), grid._place.x()) == (0, 0), timeout=5000)


def test_marked_outputs_are_those_that_read_the_cell(page: SandboxPage) -> None:
    page._on_input_pointed((0, 0))
    assert page.grids.output._marked == ((0, 0),)
    page._on_input_pointed(None)
    assert page.grids.output._marked == ()


def test_rows_and_columns_may_differ(page: SandboxPage) -> None:
    page.controls.apart.setChecked(True)
    page.controls.parts["stride"]._horizontal.setValue(3)
    assert page.state.setup.stride == (1, 3)
    np.testing.assert_allclose(page.output, expected(page))
    page.controls.apart.setChecked(False)
    assert page.state.setup.stride == (1, 1)


def test_an_image_is_shrunk_again_for_another_size(page: SandboxPage) -> None:
    page.set_image(np.random.default_rng(0).random((1, 28, 28), np.float32))
    page._on_image()
    find(page, "sandboxInputSizeSpin").setValue(4)
    assert page.state.values.shape == (4, 4)
    assert page.state.values.mean() == pytest.approx(float(page._image.mean()), abs=1e-6)


def test_the_winner_is_named_and_padding_never_wins(page: SandboxPage) -> None:
    choose(page, "sandboxOperationCombo", "max")
    page._on_random()
    part(page, "padding").setValue(1)
    page._on_output_pointed((0, 0))
    text = page.arithmetic.terms.text()
    assert "row 0, column 0" in text
    assert "never win" in text


def test_what_was_taken_back_is_made_again(page: SandboxPage) -> None:
    page.controls.bias_entered.emit(3.0)
    page.undo()
    assert page.state.bias == 0
    QTest.mouseClick(find(page, "sandboxRedoButton"), LEFT)
    assert page.state.bias == 3
    assert not find(page, "sandboxRedoButton").isEnabled()


def test_the_arrows_move_the_window_and_space_plays_where_nothing_else_has_the_focus(page: SandboxPage) -> None:
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Right)
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.place == (2, 2)
    QTest.keyClick(page.grids.output, Qt.Key.Key_Space)
    assert page.playback.playing
    QTest.keyClick(page.grids.input, Qt.Key.Key_Space)
    assert not page.playback.playing


def test_on_a_usual_screen_the_numbers_have_20_pixels(page: SandboxPage) -> None:
    page.resize(1208, 832)  # the stage of a window of 1440x900
    QApplication.processEvents()
    for values, cell in (
        (page.grids.input._values, page.grids.input.cell),
        (page.output, page.grids.output.cell),
        (page.state.kernel, page.controls.editor.cell),
        (page.state.kernel, page.arithmetic.window_row._geometry()[0]),
    ):
        fitted = fitting(values, cell)
        assert fitted is not None
        assert fitted[1].pixelSize() >= 20


@pytest.mark.parametrize("operation", ["conv", "max"])
def test_the_settings_in_sight_are_those_of_a_course_until_more_is_asked_for(page: SandboxPage, operation: str) -> None:
    choose(page, "sandboxOperationCombo", operation)
    in_sight = ("sandboxOperationCombo", "sandboxKernelSizeSpin", "sandboxStrideSpin", "sandboxPaddingSpin")
    folded = ("sandboxBiasSpin", "sandboxBrushSpin", "sandboxInputSizeSpin", "sandboxRandomButton", "sandboxLoopCheck")
    assert all(find(page, name).isVisible() for name in in_sight)
    assert not any(find(page, name).isVisible() for name in folded)
    QTest.mouseClick(find(page, "sandboxMoreButton"), LEFT)
    assert all(find(page, name).isVisible() for name in folded if name != "sandboxBiasSpin" or operation == "conv")


def test_nothing_moves_when_another_cell_is_chosen(page: SandboxPage) -> None:
    places = [page.grids.geometry(), page.arithmetic.window_row.geometry()]
    for cell in ((0, 0), (3, 4), (7, 7)):
        page._on_output_pointed(cell)
        QApplication.processEvents()
        assert [page.grids.geometry(), page.arithmetic.window_row.geometry()] == places


def test_the_settings_go_below_the_grids_where_large_text_leaves_no_room_beside(page: SandboxPage) -> None:
    page.resize(400, 600)
    QApplication.processEvents()
    settings, stage = find(page, "sandboxControls"), page.grids
    assert settings.mapTo(page, settings.rect().topLeft()).y() > stage.mapTo(page, stage.rect().topLeft()).y()
    assert stage.width() > 300


def test_a_smaller_padded_input_takes_the_window_along_wherever_it_was(page: SandboxPage) -> None:
    page.resize(1208, 832)
    QApplication.processEvents()
    page._on_output_pointed((7, 7))
    part(page, "padding").setValue(0)
    assert page.place == (5, 5)
    page._on_output_pointed((5, 5))
    choose(page, "sandboxOperationCombo", "max")
    assert page.place == (3, 3)
    find(page, "sandboxInputSizeSpin").setValue(3)
    assert page.place == (0, 0)
    choose(page, "sandboxOperationCombo", "conv")
    part(page, "kernel_size").setValue(11)
    assert page.output is None
    np.testing.assert_array_equal(page.grids.input.bare(), None)


def test_a_small_output_of_a_large_input_has_cells_in_which_its_numbers_are_read(qtbot: QtBot) -> None:
    pair = GridPair()
    qtbot.addWidget(pair)
    pair.resize(900, 420)
    pair.input.set_values(np.zeros((28, 28)), shading(np.zeros((28, 28))))
    pair.set_output_size((8, 8))
    pair.output.set_values(np.full((8, 8), -0.25), shading(np.full((8, 8), -0.25)))
    assert pair.input.cell < 20
    assert fitting(pair.output._values, pair.output.cell) is not None
    assert pair.output.width() >= 8 * pair.output.cell
    assert pair.output.geometry().x() + 8 * pair.output.cell <= pair.width()
