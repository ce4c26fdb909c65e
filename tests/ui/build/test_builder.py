"""The builder: what is edited is worked out at once, what cannot be is said at its row, every step can be undone."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.design import MOST_LAYERS, PRESETS, Design, Kind, LayerSpec, parse, usual, with_number
from cnnviewer.core.models.design_check import require
from cnnviewer.ui.build.boxes import boxes
from cnnviewer.ui.build.edits import Edits, with_kind
from cnnviewer.ui.build.row import LayerRow
from cnnviewer.ui.build.view import BuilderPage
from cnnviewer.ui.widgets.painted_text import record_texts
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels

SMALL = "design:conv 8 k3 p1, relu, maxpool 2, flatten, linear classes"


@pytest.fixture
def page(qtbot: QtBot) -> BuilderPage:
    made = BuilderPage()
    qtbot.addWidget(made)
    made.set_data((3, 32, 32), 10)
    made.set_text(SMALL)
    made.resize(820, 560)
    made.show()
    qtbot.waitExposed(made)
    return made


def rows(page: BuilderPage) -> list[LayerRow]:
    return [row for row in page.list.rows if row.isVisible()]


def errors(page: BuilderPage) -> dict[int, str]:
    labels = [(row.place, row.findChild(QLabel, "layerError")) for row in rows(page)]
    return {place: label.text() for place, label in labels if label.isVisible()}


def labels(row: LayerRow) -> str:
    return " | ".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())


def find(page: QWidget, kind: type, name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


# -- the page -------------------------------------------------------------------------------------------------------


def test_every_layer_is_a_row_with_its_shape_and_parameters(page: BuilderPage) -> None:
    worked_out = require(parse(SMALL), (3, 32, 32), 10)
    assert len(rows(page)) == 5
    for row, expected in zip(rows(page), worked_out, strict=True):
        assert expected.shape is not None
        assert expected.name in labels(row)
        assert "×".join(map(str, expected.shape)) in labels(row)
        if expected.parameters:
            assert f"{expected.parameters:,}" in labels(row)
    assert "20,714 parameters" in find(page, QLabel, "builderTotals").text()
    assert f"{8 * 27 * 1024 + 20480:,} multiply-adds" in find(page, QLabel, "builderTotals").text()


def test_typing_a_number_works_everything_out_digit_by_digit(page: BuilderPage) -> None:
    spin = rows(page)[0].fields["out"].editor
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "1")
    assert page.property("text").startswith("design:conv 1 k3")
    QTest.keyClicks(spin, "6")
    assert page.property("text").startswith("design:conv 16 k3")
    assert "16×32×32" in labels(rows(page)[0])
    assert "16×16×16" in labels(rows(page)[2])


def test_what_cannot_be_is_said_at_its_row_and_cannot_be_used(page: BuilderPage) -> None:
    assert find(page, QPushButton, "builderUseButton").isEnabled()
    page.set_text("design:conv 8 k3, relu, maxpool 40, flatten, linear classes")
    assert list(errors(page)) == [2]
    assert "40×40 is larger" in errors(page)[2]
    assert not find(page, QPushButton, "builderUseButton").isEnabled()
    assert not find(page, QPushButton, "builderExportButton").isEnabled()
    assert find(page, QPushButton, "builderUseButton").toolTip().startswith("pool1: Its window")
    assert find(page, QLabel, "builderTotals").text() == "5 layers · pool1 does not fit yet"  # no sums of half a model
    rows(page)[2].fields["kernel"].editor.setValue(2)
    assert errors(page) == {}
    assert find(page, QPushButton, "builderUseButton").isEnabled()


def test_a_number_that_is_less_for_a_layer_behind_says_so(page: BuilderPage) -> None:
    page.set_text("design:conv 6 k5, maxpool 2, conv 16 k15, maxpool 2, flatten, linear classes")
    assert errors(page)[2].endswith(" For pool2 to fit too: kernel at most 13.")


def test_a_number_that_would_fit_is_a_button_below_its_field(page: BuilderPage) -> None:
    page.set_text("design:conv 8 k3, relu, maxpool 40, flatten, linear classes")
    row = rows(page)[2]
    assert offered(row) == ["kernel → 30", "padding → 5", "Remove this layer"]
    find(row, QToolButton, "kernelFixButton").click()
    assert page.property("text") == "design:conv 8 k3, relu, maxpool 30, flatten, linear classes"
    assert errors(page) == {}
    assert all(offered(each) == [] for each in rows(page))
    page.undo()
    assert offered(rows(page)[2]) == ["kernel → 30", "padding → 5", "Remove this layer"]


@pytest.mark.parametrize(
    ("wrong", "button", "right"),
    [
        ("relu, linear classes", "Add a flatten before it", "relu, flatten, linear classes"),
        ("conv 4 k3, relu", "Add a fully connected layer for the classes", "conv 4 k3, relu, flatten, linear classes"),
        ("flatten, relu, conv 4 k3, linear classes", "Move it before the flatten", "conv 4 k3, flatten, relu, linear classes"),
        ("flatten, flatten, linear classes", "Remove this layer", "flatten, linear classes"),
        ("flatten, linear 7", "features → classes", "flatten, linear classes"),
    ],
    ids=["flatten", "classes", "order", "twice", "outputs"],
)  # fmt: skip
def test_the_button_beside_an_error_makes_the_change_it_names(
    page: BuilderPage, wrong: str, button: str, right: str
) -> None:
    page.set_text(f"design:{wrong}")
    buttons = [each for each in page.findChildren(QToolButton) if each.isVisible() and each.accessibleName() == button]
    assert len(buttons) == 1
    buttons[0].click()
    assert page.property("text") == f"design:{right}"
    assert find(page, QPushButton, "builderUseButton").isEnabled()


def offered(row: LayerRow) -> list[str]:
    return [
        button.accessibleName()
        for button in row.findChildren(QToolButton)
        if button.isVisible() and "Fix" in button.objectName()
    ]


# -- the drawing ----------------------------------------------------------------------------------------------------


def test_a_click_on_a_drawn_layer_chooses_its_row_and_back(page: BuilderPage) -> None:
    drawing = page.pane.drawing
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=drawing.layer_rect(2).center().toPoint())
    assert page.list.current == 2
    rows(page)[0].kind.setFocus()
    assert drawing.current == 0
    drawing.setFocus()
    QTest.keyClick(drawing, Qt.Key.Key_Down)
    assert page.list.current == 1
    assert drawing.accessibleDescription() == "relu1, ReLU, 8×32×32"
    QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=drawing.layer_rect(-1).center().toPoint())
    assert page.list.current == 1  # the image is no layer


def test_the_drawing_follows_the_design_and_says_what_is_not_known(page: BuilderPage) -> None:
    page.set_text("design:conv 8 k3, maxpool 40, flatten, linear classes")
    texts: list[str] = []
    with record_texts(lambda painted: texts.append(painted.text)):
        page.pane.drawing.grab()
    assert texts[:2] == ["image", "3×32×32"]
    assert texts[2:5] == ["conv1", "Convolution", "8×30×30"]
    assert texts[5:8] == ["pool1", "Max-pooling", "not known"]


def test_boxes_keep_the_order_of_their_sizes() -> None:
    drawn = boxes([(3, 32, 32), (16, 28, 28), (16, 14, 14), (400,), (10,), None, (1, 60, 20)])
    assert drawn[5] is None
    image, first, pooled, vector, short, tall = (box for box in drawn if box is not None)
    assert image.width > first.width > pooled.width
    assert image.depth < first.depth == pooled.depth
    assert vector.width > short.width
    assert vector.depth == 0
    assert tall.height > tall.width


@pytest.mark.parametrize(("width", "beside"), [(1200, True), (520, False)])
def test_the_drawing_is_beside_the_list_and_below_it_where_the_page_is_narrow(
    page: BuilderPage, width: int, beside: bool
) -> None:
    page.resize(width, 700)
    QApplication.processEvents()
    layers, drawing = page.list.geometry(), page.pane.geometry()
    assert (drawing.left() >= layers.right()) == beside
    assert (drawing.top() >= layers.bottom()) != beside


def test_own_files_are_opened_from_here_too(page: BuilderPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.open_requested):
        find(page, QToolButton, "builderOpenButton").click()


def test_other_images_and_classes_are_worked_out_again(page: BuilderPage) -> None:
    page.set_data((1, 28, 28), 26)
    assert "8×28×28" in labels(rows(page)[0])
    assert rows(page)[4].accessibleName().endswith("26")
    page.set_text("design:flatten, linear 10")
    assert "26 classes" in errors(page)[1]


@pytest.mark.parametrize(("name", "signal"), [("builderUseButton", "use_requested"), ("builderExportButton", "export_requested")])  # fmt: skip
def test_the_buttons_hand_over_the_designs_text(page: BuilderPage, qtbot: QtBot, name: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(page, signal)) as asked:
        find(page, QPushButton, name).click()
    assert asked.args == [SMALL]


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_can_be_used_at_once(page: BuilderPage, key: str) -> None:
    find(page, QAction, f"preset_{key}").trigger()
    assert page.property("text") == PRESETS[key].text
    assert find(page, QPushButton, "builderUseButton").isEnabled()


def test_a_layer_is_added_below_the_current_one_and_becomes_current(page: BuilderPage) -> None:
    page.list.set_current(1)
    find(page, QAction, "add_batch_norm").trigger()
    assert page.property("text") == SMALL.replace("relu,", "relu, batchnorm,")
    assert page.list.current == 2
    assert QApplication.focusWidget() is rows(page)[2].kind


def test_changing_the_kind_gives_a_usual_layer_of_that_kind(page: BuilderPage) -> None:
    rows(page)[2].kind.activated.emit(rows(page)[2].kind.findData("avg_pool"))
    assert "avgpool 2" in page.property("text")
    assert not rows(page)[2].fields["dilation"].isVisible()
    assert rows(page)[2].fields["stride"].isVisible()


def test_layers_move_and_go_by_buttons(page: BuilderPage) -> None:
    find(rows(page)[1], QToolButton, "moveDownButton").click()
    assert page.property("text") == "design:conv 8 k3 p1, maxpool 2, relu, flatten, linear classes"
    assert not find(rows(page)[0], QToolButton, "moveUpButton").isEnabled()
    assert not find(rows(page)[4], QToolButton, "moveDownButton").isEnabled()
    find(rows(page)[0], QToolButton, "removeButton").click()
    assert page.property("text") == "design:maxpool 2, relu, flatten, linear classes"
    assert len(rows(page)) == 4


def test_layers_move_and_go_by_keys_even_from_within_a_number(page: BuilderPage) -> None:
    spin = rows(page)[2].fields["kernel"].editor
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.property("text") == "design:conv 8 k3 p1, maxpool 2, relu, flatten, linear classes"
    assert page.list.current == 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.list.current == 2
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert page.property("text") == "design:conv 8 k3 p1, maxpool 2, flatten, linear classes"


def test_dragging_the_handle_takes_the_layer_along_and_is_one_step_to_undo(page: BuilderPage) -> None:
    grip, target = rows(page)[0].grip, rows(page)[2]
    start, end = QPoint(5, 5), grip.mapFromGlobal(target.mapToGlobal(target.rect().center()))
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        place = QPoint(5, round(start.y() + share * (end.y() - start.y())))
        QTest.mouseMove(grip, place)
        QApplication.sendEvent(grip, moved(grip, place))
        QApplication.processEvents()  # rows take their new heights
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=end)
    assert page.property("text") == "design:relu, maxpool 2, conv 8 k3 p1, flatten, linear classes"
    page.undo()
    assert page.property("text") == SMALL


def moved(widget: QWidget, place: QPoint) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )


def test_the_window_undoes_the_edits_and_typed_numbers_at_once(page: BuilderPage) -> None:
    before = page.undoable.steps[0]
    find(page, QAction, "preset_vgg").trigger()
    assert page.undoable.steps == (before + 1, 0)
    page.undoable.undo_requested.emit()
    assert page.property("text") == SMALL
    find(page, QToolButton, "builderRedoButton").click()
    assert page.property("text") == PRESETS["vgg"].text
    spin = rows(page)[0].fields["out"].editor
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "48")
    keys = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    spin.keyPressEvent(keys)
    assert not keys.isAccepted(), "Ctrl+Z is the window's"
    page.undoable.undo_requested.emit()
    assert page.property("text") == PRESETS["vgg"].text
    assert spin.value() == 32


def test_the_wheel_over_a_number_scrolls_and_changes_nothing(page: BuilderPage) -> None:
    spin = rows(page)[0].fields["out"].editor
    page.list.setFocus()
    centre = QPointF(spin.rect().center())
    wheel = QWheelEvent(
        centre, QPointF(spin.mapToGlobal(centre.toPoint())), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(spin, wheel)
    assert page.property("text") == SMALL


def test_the_text_can_be_typed_and_what_cannot_be_read_is_said(page: BuilderPage) -> None:
    line = find(page, QLineEdit, "builderText")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "flatten, linear clas")
    assert "“clas”" in find(page, QLabel, "builderProblem").text()
    QTest.keyClicks(line, "ses")
    assert page.property("text") == "design:flatten, linear classes"
    assert not find(page, QLabel, "builderProblem").isVisible()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "design:flatten, linear classes"


def test_a_text_that_is_no_design_changes_nothing(page: BuilderPage) -> None:
    with pytest.raises(UserError):
        page.set_text("design:foo")
    assert page.property("text") == SMALL


def test_removing_everything_leaves_a_page_to_begin_on(page: BuilderPage) -> None:
    for _ in range(5):
        find(rows(page)[0], QToolButton, "removeButton").click()
    assert rows(page) == []
    assert not find(page, QPushButton, "builderUseButton").isEnabled()
    page.add_layer("flatten")
    page.add_layer("linear")
    assert page.property("text") == "design:flatten, linear 64"


@pytest.mark.parametrize("width", [520, 820, 1300])
def test_every_row_is_as_wide_as_the_page_lets_it(page: BuilderPage, qtbot: QtBot, width: int) -> None:
    page.set_text(PRESETS["every_kind"].text)
    for size in (1300, width):  # from a wide page back to a narrow one
        page.resize(size, 560)
    qtbot.waitUntil(lambda: all(row.width() <= page.list.viewport().width() < width for row in rows(page)))
    for row in rows(page):
        for field in row.fields.values():
            assert not field.isVisible() or field.mapTo(row, QPoint(field.width(), 0)).x() <= row.width()


def test_every_control_can_be_named_and_explained(page: BuilderPage) -> None:
    page.set_text(PRESETS["every_kind"].text)
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit):
        for control in page.findChildren(kind):
            if control.isVisible() and not control.objectName().startswith("qt_"):
                assert control.objectName(), control
                assert control.accessibleName(), control.objectName()
                assert control.toolTip(), control.objectName()


# -- what can be done to a design -----------------------------------------------------------------------------------


def layer(text: str) -> LayerSpec:
    return parse(text).layers[0]


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("maxpool 3 s1 p1", "min_pool", "minpool 3 s1 p1"),
        ("maxpool 3 s1 p1 d2", "avg_pool", "avgpool 3 s1 p1"),
        ("conv 24 k5", "linear", "linear 24"),
        ("linear classes", "conv", "conv classes k3 p1"),
        ("maxpool 2", "conv", "conv 16 k3 p1"),
        ("conv 8 k7", "relu", "relu"),
    ],
)
def test_a_layer_changed_to_another_kind_keeps_the_numbers_that_both_kinds_have(
    before: str, kind: Kind, after: str
) -> None:
    assert with_kind(layer(before), kind) == layer(after)


def test_a_pooling_that_steps_by_its_kernel_goes_on_doing_so() -> None:
    assert with_number(layer("maxpool 2"), "kernel", 3) == layer("maxpool 3")
    assert with_number(layer("maxpool 2 s1"), "kernel", 3) == layer("maxpool 3 s1")
    assert with_number(layer("conv 8 k1"), "kernel", 3) == layer("conv 8 k3")


def test_numbers_typed_in_a_row_are_one_step_and_a_finished_one_is_closed() -> None:
    edits = Edits(parse(SMALL))
    edits.set_number(0, "out", 1)
    edits.set_number(0, "out", 16)
    edits.stop_merging()
    edits.set_number(0, "out", 32)
    edits.undo()
    assert edits.design.layers[0].out == 16
    edits.undo()
    assert edits.design == parse(SMALL)
    assert edits.steps[0] == 0
    edits.redo()
    assert edits.design.layers[0].out == 16


@pytest.mark.parametrize(
    "step",
    [
        lambda e: e.insert(2, "dropout"),
        lambda e: e.remove(0),
        lambda e: e.move(0, 4),
        lambda e: e.set_kind(1, "batch_norm"),
        lambda e: e.set_number(2, "kernel", 4),
    ],
    ids=["insert", "remove", "move", "kind", "number"],
)
def test_every_step_can_be_undone_and_done_again(step: Callable[[Edits], object]) -> None:
    edits = Edits(parse(SMALL))
    step(edits)
    after = edits.design
    assert after != parse(SMALL)
    edits.undo()
    assert edits.design == parse(SMALL)
    edits.redo()
    assert edits.design == after


def test_no_layer_is_added_beyond_the_largest_number() -> None:
    edits = Edits(Design((usual("relu"),) * MOST_LAYERS))
    assert not edits.insert(0, "relu")
    assert len(edits.design.layers) == MOST_LAYERS


def test_the_names_of_numbers_are_whole_with_text_of_any_size_and_small_again_afterwards(
    page: BuilderPage, qtbot: QtBot
) -> None:
    fields = [field for field in rows(page)[0].fields.values() if field.isVisible()]
    sizes = [label.fontInfo().pixelSize() for label in rows(page)[0].findChildren(QLabel)]

    def whole() -> bool:
        return all(field.width() >= field.fontMetrics().horizontalAdvance(field.title) for field in fields)

    usual = text_pixels()
    try:
        use_text_pixels(2 * usual)
        qtbot.waitUntil(whole)
    finally:
        use_text_pixels(usual)
    qtbot.waitUntil(  # what is not in sight is dressed a little at a time
        lambda: [label.fontInfo().pixelSize() for label in rows(page)[0].findChildren(QLabel)] == sizes
    )


def test_the_design_of_the_last_time_is_no_step_to_undo(page: BuilderPage) -> None:
    page.begin_with("conv 4 k3, relu, linear classes")
    text = page.property("text")
    page.undo()
    assert page.property("text") == text
