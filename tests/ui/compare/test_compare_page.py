"""The comparison's page: cards, curves, table, bars, kernels and disagreements, from values alone."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.palettes import Range
from cnnviewer.core.runs.compare.comparison import BranchPoint, ComparedRun, Titled
from cnnviewer.core.runs.compare.maps import ComparedMaps, in_one_scale
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.compare.maps_pane import filled
from cnnviewer.ui.compare.page import ComparePage
from cnnviewer.ui.compare.run_style import SIGNS, SYMBOLS, colour
from cnnviewer.ui.compare.texts import duration, value_text
from cnnviewer.ui.explore.kernels.layout import Weight
from cnnviewer.ui.train.learning.tiles import GAP
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import DARK, LIGHT

DIGITS = tuple("0123456789")
RECIPE = ModelRecipe("lenet", (1, 28, 28), DIGITS, (0.0,), (1.0,))
BASE = TrainConfig(epochs=3)


def log_of(steps: int, per_epoch: int, pace: float, level: float, rates: object = 0.01) -> MetricLog:
    log = MetricLog()
    at = np.arange(1.0, steps + 1)
    rates, momenta = np.full(steps, rates), np.full(steps, BASE.momentum)
    log.extend_steps(np.column_stack([at, at, at, level / at, 1 - level / at, rates, momenta, pace * at]))
    ends = at[per_epoch - 1 :: per_epoch]
    log.extend_epochs(
        np.column_stack(
            [ends / per_epoch, ends, level / ends, 1 - level / ends, level / ends, 1 - level / ends, pace * ends]
        )
    )
    return log


def column(number: int, rate: float, log: MetricLog, per_epoch: int, **facts: object) -> ComparedRun:
    info = RunInfo(f"run{number}", "2026-11-25T10:00:00", replace(BASE, learning_rate=rate), RECIPE)
    info = replace(info, counts={"steps_per_epoch": per_epoch})
    last = int(log.steps("step")[-1])
    made = ComparedRun(number, Path(f"run{number}"), info, log=log, snapshots=(0, 5, last), best=per_epoch, step=last)
    return replace(made, title=f"lr {rate:g}", **facts)


@pytest.fixture
def columns() -> tuple[ComparedRun, ...]:
    return column(3, 0.01, log_of(30, 10, 2.0, 1.0), 10), column(8, 0.1, log_of(60, 20, 1.0, 0.5, 0.1), 20)


@pytest.fixture
def page(qtbot: QtBot, columns: tuple[ComparedRun, ...]) -> ComparePage:
    page = ComparePage()
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.set_columns(columns)
    page.show()
    qtbot.waitExposed(page)
    return page


def find(page: ComparePage, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def choose(page: ComparePage, name: str, key: object) -> None:
    box = find(page, QComboBox, name)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_everything_that_can_be_used_has_a_name_for_screen_readers(page: ComparePage) -> None:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox | QSpinBox) and widget.objectName().startswith("compare"):
            assert widget.accessibleName(), widget.objectName()
            assert widget.toolTip(), widget.objectName()


def test_without_columns_the_page_says_what_to_do(page: ComparePage) -> None:
    page.set_columns(())
    assert find(page, QWidget, "compareEmpty").isVisible()


# cards


def test_a_card_offers_every_kept_snapshot_and_tells_which_is_wanted(page: ComparePage, qtbot: QtBot) -> None:
    box = find(page, QComboBox, "compareSnapshotCombo_1")
    assert [box.itemData(index) for index in range(box.count())] == ["last", "best", 0, 5, 60]
    with qtbot.waitSignal(page.snapshot_requested) as told:
        choose(page, "compareSnapshotCombo_1", 5)
    assert told.args == [8, 5]


def test_the_menu_of_a_card_removes_it_moves_it_and_adds_another_step(page: ComparePage, qtbot: QtBot) -> None:
    asked: list[tuple[object, ...]] = []
    page.remove_requested.connect(lambda *values: asked.append(("remove", *values)))
    page.move_requested.connect(lambda *values: asked.append(("move", *values)))
    page.add_requested.connect(lambda *values: asked.append(("add", *values)))
    for name in ("compareAgain_0", "compareLater_0", "compareEarlier_0", "compareEarlier_1", "compareRemove_0"):
        find(page, QAction, name).trigger()
    assert asked == [("add", (Path("run3"),)), ("move", 3, 1), ("move", 8, -1), ("remove", 3)]


def test_cards_stand_in_the_order_of_the_columns(page: ComparePage, columns: tuple[ComparedRun, ...]) -> None:
    page.set_columns(columns[::-1])
    QApplication.processEvents()
    first, second = (find(page, QWidget, f"compareCard_{place}") for place in range(2))
    assert (first._column.number, second._column.number) == (8, 3)
    assert first.x() < second.x()


def summaries(*names: str) -> tuple[RunSummary, ...]:
    return tuple(
        RunSummary(Path(name), RunInfo(name, "2026", BASE, RECIPE), Notes(name), "finished", 1, 1, 0.5, True, 1, 1)
        for name in names
    )


def test_an_empty_comparison_leads_to_the_two_newest_runs_or_to_a_training(page: ComparePage, qtbot: QtBot) -> None:
    page.set_columns(())
    button = find(page, QAbstractButton, "compareEmptyButton")
    assert button.text() == "Train a model"
    with qtbot.waitSignal(page.training_requested):
        button.click()
    page.set_runs(summaries("alpha", "beta", "gamma"))
    assert button.text() == "Compare the two newest"
    with qtbot.waitSignal(page.add_requested) as told:
        button.click()
    assert told.args == [(Path("alpha"), Path("beta"))]


def test_marks_differ_in_colour_and_symbol_in_both_themes() -> None:
    for tokens in (LIGHT, DARK):
        assert len({colour(place, tokens).name() for place in range(6)}) == 6
    assert len(set(SYMBOLS)) == 6


# curves


@pytest.mark.parametrize(
    ("by", "ends"), [("step", (30.0, 60.0)), ("epoch", (3.0, 3.0)), ("seconds", (60.0, 60.0))], ids=str
)
def test_the_curves_stand_on_the_axis_chosen(page: ComparePage, by: str, ends: tuple[float, float]) -> None:
    choose(page, "compareAxisCombo", by)
    plot = page.curves.loss_plot
    for curve, validation, end in zip(plot._training, plot._validation, ends, strict=True):
        assert curve.getData()[0][-1] == pytest.approx(end)
        assert validation.getData()[0][-1] == pytest.approx(end)
    left, right = plot.view.viewRange()[0]
    assert left < 0.5
    assert right >= max(ends)


def test_validation_curves_are_drawn_as_they_are(page: ComparePage, columns: tuple[ComparedRun, ...]) -> None:
    for curve, each in zip(page.curves.accuracy_plot._validation, columns, strict=True):
        np.testing.assert_allclose(curve.getData()[1], 100 * each.log.epochs("validation_accuracy"))


def test_of_runs_with_equal_curves_both_are_seen_and_it_is_said(
    page: ComparePage, columns: tuple[ComparedRun, ...]
) -> None:
    twin = column(9, 0.01, log_of(30, 10, 2.0, 1.0), 10)
    readout = find(page, QLabel, "compareReadout")
    assert "Equal curves" not in readout.text()
    page.set_columns((*columns, twin))
    said = readout.text().replace("&nbsp;", " ")
    assert "Equal curves" in said
    assert said.index(SIGNS[0]) < said.index(SIGNS[2]), "the first and the third"
    assert SIGNS[1] not in said
    for plot in (page.curves.loss_plot, page.curves.accuracy_plot):
        widths = [curve.opts["pen"].widthF() for curve in plot._validation]
        assert widths[0] > widths[2] == widths[1], "below it is wider"
        assert plot._validation[0].opts["symbolSize"] > plot._validation[2].opts["symbolSize"]
    twin.log.extend_steps(np.array([[31.0, 4, 1, 0.5, 0.5, 0.1, 0.0, 62.0]]))
    page.set_columns((*columns, twin))
    assert "Equal curves" not in readout.text()


def test_the_readout_tells_every_run_at_the_pointer(page: ComparePage) -> None:
    QTest.keyClick(page.curves.loss_plot, Qt.Key.Key_Right)
    words = find(page, QLabel, "compareReadout").accessibleDescription()
    assert "lr 0.01" in words
    assert "lr 0.1" in words


def test_a_run_that_grows_is_drawn_on(page: ComparePage, columns: tuple[ComparedRun, ...]) -> None:
    log = columns[0].log
    log.extend_steps(np.array([[31.0, 4, 1, 0.5, 0.5, 0.1, 0.0, 62.0]]))
    page.set_columns(columns)
    assert page.curves.loss_plot._training[0].getData()[0][-1] == 31


def test_two_snapshots_of_one_run_are_one_curve_with_a_line_at_the_earlier_one(
    page: ComparePage, columns: tuple[ComparedRun, ...]
) -> None:
    page.set_columns((columns[0], replace(columns[0], number=9, snapshot=5, step=5)))
    plot = page.curves.loss_plot
    assert len(plot._training) == 1
    assert [line.value() for line in plot._snapshot_lines] == [5.0]


def test_the_curves_are_exported_as_they_are_shown(page: ComparePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.curves_written) as told:
        page.export_curves("curves.svg")
    path, data = told.args
    assert path == "curves.svg"
    words = " ".join(re.sub(r"\s+", " ", "".join(ET.fromstring(data).itertext())).split())
    for expected in ("lr 0.01", "lr 0.1", "accuracy (%)", "loss", "step"):
        assert expected in words


# table


def test_the_table_shows_what_differs_and_all_on_demand(page: ComparePage) -> None:
    table = page.differences.table.model()

    def heads() -> list[str]:
        return [table.headerData(row, Qt.Orientation.Vertical) for row in range(table.rowCount())]

    assert "Learning rate" in heads()
    assert "Seed" not in heads()
    row = heads().index("Learning rate")
    assert [table.index(row, place).data() for place in range(2)] == ["0.01", "0.1"]
    QTest.mouseClick(find(page, QAbstractButton, "compareAllRowsCheck"), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert "Seed" in heads()


def test_a_rate_changed_while_it_trained_is_not_called_the_same(page: ComparePage) -> None:
    rates = np.where(np.arange(1, 31) < 12, 0.01, 0.1)
    changed = column(8, 0.01, log_of(30, 10, 2.0, 1.0, rates), 10)
    page.set_columns((column(3, 0.01, log_of(30, 10, 2.0, 1.0), 10), changed))
    table = page.differences.table.model()
    assert table.headerData(0, Qt.Orientation.Vertical) == "Learning rate"
    assert [table.index(0, place).data() for place in range(2)] == ["0.01", "0.01 → 0.1 from step 12"]
    words = [label.text() for label in page.differences.findChildren(QLabel)]
    assert "1 setting differs" in words


def test_of_many_changes_the_last_is_shown_and_all_when_pointed_at(page: ComparePage) -> None:
    rates = np.arange(1, 31) // 6 / 10
    changed = column(8, 0.01, log_of(30, 10, 2.0, 1.0, rates), 10)
    page.set_columns((column(3, 0.01, log_of(30, 10, 2.0, 1.0), 10), changed))
    cell = page.differences.table.model().index(0, 1)
    assert cell.data() == "0.01 → … → 0.5 from step 30"
    assert "0.2 from step 12" in cell.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("test_accuracy", 0.98765, "98.77 %"),
        ("dropout", None, "the model's"),
        ("test_loss", None, "not tested yet"),
        ("validation_accuracy", None, "no epoch yet"),
        ("train_loss", None, "no epoch yet"),
        ("best_step", None, "no epoch yet"),
        ("sweep", None, "–"),
        ("seconds", 3729.0, "1:02:09"),
        ("steps_done", 12345, "12,345"),
        ("learning_rate", 0.0001, "0.0001"),
        ("model", Titled("simplecnn", "SimpleCNN"), "SimpleCNN"),
        ("parent", BranchPoint("2026-11-25_10-20-30_lenet", "rate 0.05", 1087), "rate 0.05, step 1,087"),
    ],
)
def test_values_are_written_for_a_person(name: str, value: object, text: str) -> None:
    assert value_text(name, value) == text


def test_durations_grow_from_seconds_to_hours() -> None:
    assert [duration(seconds) for seconds in (3.24, 48.0, 185.0)] == ["3.2 s", "48 s", "3:05"]


# one image


def test_every_column_shows_its_ranking_of_the_image(page: ComparePage) -> None:
    one = Prediction((("7", 0.9), ("1", 0.1)))
    two = Prediction((("1", 0.6), ("7", 0.4)))
    page.set_predictions({3: one, 8: two}, "7")
    assert page.reading.rankings() == [list(one.ranking), list(two.ranking)]
    note = find(page, QLabel, "compareReadingNote").text()
    assert "disagree" in note
    assert "7" in note


def test_an_image_of_a_class_that_a_model_does_not_know_is_no_error_of_it(page: ComparePage) -> None:
    said = Prediction((("4", 0.9), ("1", 0.1)))
    for truth, sign in (("4", "✓ "), ("1", "✗ "), ("cat", "")):
        page.set_predictions({3: said, 8: said}, truth)
        assert page.reading._readers[0].accessibleDescription() == f"{sign}4 · 90.0 %"


def test_without_a_common_test_set_nothing_is_asked_and_the_button_says_why(page: ComparePage) -> None:
    button = find(page, QAbstractButton, "compareEvaluateButton")
    assert button.isEnabled()
    page.set_evaluation_obstacle("There is no common test set.")
    assert (button.isEnabled(), button.toolTip()) == (False, "There is no common test set.")
    page.set_evaluation_obstacle("")
    assert button.isEnabled()


# kernels


def kernels(value: float, shape: tuple[int, ...] = (2, 1, 3, 3)) -> Kernels:
    weight = np.full(shape, value, np.float32)
    weight[1, 0, 2, 1] = 2 * value
    return Kernels("conv1", weight)


def test_kernels_share_one_range_of_colours_and_are_read_together(page: ComparePage) -> None:
    page.tabs.open("kernels")
    page.set_layers(("conv1", "fc1"), "conv1")
    page.set_kernels({3: kernels(0.1), 8: kernels(0.5)})
    first, second = page.kernels._panes
    assert first._values.bounds == second._values.bounds
    assert second._values.bounds.high == pytest.approx(1.0)
    first.grid.hovered_changed.emit(Weight(1, 0, 2, 1))
    assert [pane.readout for pane in (first, second)] == ["[1, 0, 2, 1] = 0.2000", "[1, 0, 2, 1] = 1.0000"]


def test_the_difference_is_that_to_the_first_column(page: ComparePage) -> None:
    page.set_kernels({3: kernels(0.1), 8: kernels(0.5)})
    find(page, QAbstractButton, "compareDifferenceCheck").click()
    first, second = page.kernels._panes
    np.testing.assert_allclose(first._values.weight, kernels(0.1).weight)
    np.testing.assert_allclose(second._values.weight, kernels(0.5).weight - kernels(0.1).weight)


def test_a_column_without_the_layer_says_so(page: ComparePage) -> None:
    page.set_kernels({3: kernels(0.1), 8: None})
    assert "no such layer" in page.kernels._panes[1].readout


def test_kernels_of_other_shapes_stay_as_they_are_beside_a_difference(page: ComparePage) -> None:
    page.set_kernels({3: kernels(0.1), 8: kernels(0.5, (2, 3, 3, 3))})
    find(page, QAbstractButton, "compareDifferenceCheck").click()
    np.testing.assert_allclose(page.kernels._panes[1]._values.weight, kernels(0.5, (2, 3, 3, 3)).weight)


# disagreements


@pytest.fixture
def predictions() -> ModelPredictions:
    predicted = np.array([[0, 1, 2, 3], [0, 7, 2, 5]])
    return ModelPredictions((3, 8), predicted, np.full((2, 4), 0.75, np.float32), np.array([0, 1, 2, 5]), DIGITS)


def test_disagreements_are_asked_for_shown_and_chosen(
    page: ComparePage, predictions: ModelPredictions, qtbot: QtBot
) -> None:
    page.tabs.open("disagreements")
    with qtbot.waitSignal(page.evaluate_requested):
        QTest.mouseClick(find(page, QAbstractButton, "compareEvaluateButton"), Qt.MouseButton.LeftButton)
    page.set_images(np.zeros((4, 1, 8, 8), np.uint8))
    page.set_test_predictions(predictions)
    grid = page.disagreements.grid
    assert grid.shown.tolist() == [1, 3]
    assert "2 of 4" in find(page, QLabel, "compareDisagreementSummary").text()
    with qtbot.waitSignal(page.image_requested) as told:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect(1).center().toPoint())
    assert told.args == [3]
    assert "75.0 %" in grid.describe(1)


def test_larger_text_has_larger_cells_of_disagreements(page: ComparePage, predictions: ModelPredictions) -> None:
    page.set_images(np.zeros((4, 1, 8, 8), np.uint8))
    page.set_test_predictions(predictions)
    grid, usual = page.disagreements.grid, text_pixels()
    cells = []
    for size in (usual, 2 * usual):
        use_text_pixels(size)
        cells.append(grid.cell_size())
        grid.resize(900, 600)
        texts: list[PaintedText] = []
        with record_texts(texts.append):
            grid.grab()
        assert "true class 1" in {each.text for each in texts}  # whole, not the first letters of it
    use_text_pixels(usual)
    assert cells[1][0] == pytest.approx(2 * cells[0][0], rel=0.02)


def test_disagreements_are_narrowed_to_who_alone_is_right(page: ComparePage, predictions: ModelPredictions) -> None:
    page.set_images(np.zeros((4, 1, 8, 8), np.uint8))
    page.set_test_predictions(predictions)
    box = find(page, QComboBox, "compareDisagreementFilter")
    box.setCurrentIndex([tuple(box.itemData(index)) for index in range(box.count())].index(("right", 8)))
    assert page.disagreements.grid.shown.tolist() == [3]


def test_evaluating_shows_how_far_it_is_and_can_be_cancelled(page: ComparePage, qtbot: QtBot) -> None:
    page.tabs.open("disagreements")
    page.set_evaluating(0.4)
    button = find(page, QAbstractButton, "compareEvaluateCancelButton")
    assert (button.text(), button.isVisible()) == ("Cancel", True)
    assert not find(page, QAbstractButton, "compareEvaluateButton").isVisible()
    with qtbot.waitSignal(page.evaluate_cancelled):
        button.click()
    page.set_evaluating(None)
    page.set_evaluation_error("There is no common test set.")
    assert find(page, QLabel, "compareEvaluateError").isVisible()


def maps_for(level: float, layer: str = "conv1", count: int = 4) -> ComparedMaps:
    values = np.arange(count * 36, dtype=np.float32).reshape(count, 6, 6) * level
    tiles = LearnedTiles("maps", layer, values, count, 1, "sequential", Range(0.0, 1.0))
    return ComparedMaps(tiles, values.min((1, 2)), values.max((1, 2)), values.mean((1, 2)))


def test_maps_of_all_columns_have_one_scale_and_pointing_at_one_reads_it_in_all(
    page: ComparePage, qtbot: QtBot
) -> None:
    seen: list[bool] = []
    page.maps_seen_changed.connect(seen.append)
    page.tabs.open("maps")
    assert seen == [True]
    page.set_map_layers(("conv1", "conv2"), "conv1")
    assert "choose an image" in find(page, QLabel, "compareMapsNote").text()
    page.set_maps(in_one_scale({3: maps_for(1.0), 8: maps_for(2.0)}))
    first, second = page.maps._panes
    assert first.sheet.tiles[0].bounds == second.sheet.tiles[0].bounds == Range(0.0, 286.0)
    assert first.readout == "4 maps · from 0 to 143.00"
    first.sheet.setFocus()
    first.sheet.set_current((0, 0))
    QTest.keyClick(first.sheet, Qt.Key.Key_Right)
    assert first.readout == "map 1: mean 53.500, from 36.000 to 71.000"
    assert second.readout == "map 1: mean 107.00, from 72.000 to 142.00"
    page.set_maps({3: maps_for(1.0), 8: None})
    assert second.readout == "This run has no such maps."
    with qtbot.waitSignal(page.map_layer_selected) as chosen:
        choose(page, "compareMapLayerCombo", "conv2")
    assert chosen.args == ["conv2"]
    page.tabs.open("curves")
    assert seen == [True, False]


@pytest.mark.parametrize(
    ("count", "width", "height", "shown"),
    [(1, 300, 600, 1), (10, 300, 600, 10), (64, 280, 500, 64), (512, 200, 300, 117), (3, 10, 10, 1)],
)
def test_maps_are_as_large_as_has_room_for_all(count: int, width: int, height: int, shown: int) -> None:
    place = filled(count, width, height)
    assert place.shown == shown
    assert shown < count or place.bottom <= height
    assert place.columns * (place.tile + GAP) - GAP <= width or place.columns == 1
