"""The sweep's page: the form, the table and the plot, from values alone."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models.recipe import ModelInfo, ModelRecipe
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.sweep.plan import SweepRow, best_of, grid
from cnnviewer.core.runs.sweep.request import SweepProgress, SweepRequest
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.compare.sweep.form import SweepForm
from cnnviewer.ui.compare.sweep.lines import axes_of, lines_of, settings, spans_decades
from cnnviewer.ui.compare.sweep.page import SweepPage
from cnnviewer.ui.compare.sweep.table import COLUMNS

BASE = TrainConfig("lenet", "mnist", epochs=2)
RECIPE = ModelRecipe("lenet", (1, 28, 28), ("a", "b"), (0.0,), (1.0,))


def row(config: TrainConfig, accuracy: float | None, seconds: float = 3.0) -> SweepRow:
    if accuracy is None:
        return SweepRow(config)
    name = f"run-{config.learning_rate}-{config.momentum}-{config.seed}"
    info = RunInfo(name, "1", config, RECIPE, result={"accuracy": accuracy - 0.05, "loss": 1 - accuracy})
    summary = RunSummary(Path(name), info, Notes(), "finished", 2, 10, accuracy - 0.05, True, 1, 1, accuracy, seconds)
    return SweepRow(config, summary)


@pytest.fixture
def rows() -> tuple[SweepRow, ...]:
    configs = grid(BASE, [0.1, 0.001, 0.01], momenta=[0.0, 0.9])
    return tuple(
        row(config, accuracy) for config, accuracy in zip(configs, (0.9, 0.5, 0.6, 0.8, 0.95, None), strict=True)
    )


@pytest.fixture
def page(qtbot: QtBot) -> SweepPage:
    page = SweepPage()
    qtbot.addWidget(page)
    page.set_models(
        (ModelInfo("lenet", "LeNet", "mnist", (1, 28, 28)), ModelInfo("simplecnn", "SimpleCNN", "cifar10", (3, 32, 32)))
    )
    page.set_sources((DataSource("mnist", "MNIST", "ready"), DataSource("cifar10", "CIFAR-10", "ready")))
    page.set_base(BASE)
    page.resize(900, 640)
    page.show()
    qtbot.waitExposed(page)
    return page


def find(page: SweepPage, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("model", "dataset", "shown"),
    [
        ("lenet", "folder:/a b/<h1>pics", ("LeNet", "<h1>pics")),
        ("lenet", "npz:/a/x\ny.npz", ("LeNet", r"x\ny.npz")),
        ("file:/a/net.py::Net(depth=2)", "mnist", ("Net(depth=2)", "MNIST")),
        ("design:conv 16 k3, relu", "mnist", ("design", "MNIST")),
    ],
)
def test_models_and_data_of_ones_own_are_called_by_their_names(
    page: SweepPage, model: str, dataset: str, shown: tuple[str, str]
) -> None:
    page.set_base(replace(BASE, model=model, dataset=dataset))
    combos = (find(page, QComboBox, f"sweep{what}Combo") for what in ("Model", "Dataset"))
    assert tuple(combo.currentText() for combo in combos) == shown


# which points and lines


def test_a_line_for_each_other_setting_in_the_order_of_the_varied_quantity(rows: tuple[SweepRow, ...]) -> None:
    plain, moved = lines_of(rows, "learning_rate", tested=False)
    assert (plain.name, moved.name) == ("momentum 0", "momentum 0.9")
    assert [x for x, _ in plain.way] == [0.001, 0.01, 0.1]
    assert [y for _, y in plain.way] == pytest.approx([60, 95, 90])
    assert len(moved.points) == 2  # the third waits


def test_seeds_are_points_of_one_line_through_their_mean() -> None:
    configs = grid(BASE, [0.01, 0.1], seeds=[1, 2])
    (line,) = lines_of([row(c, a) for c, a in zip(configs, (0.5, 0.7, 0.8, 0.9), strict=True)], "learning_rate", False)
    assert len(line.points) == 4
    assert [y for _, y in line.way] == pytest.approx([60, 85])


def test_the_test_accuracy_is_another_measure(rows: tuple[SweepRow, ...]) -> None:
    plain, _ = lines_of(rows, "learning_rate", tested=True)
    assert max(point.y for point in plain.points) == pytest.approx(90)


@pytest.mark.parametrize(
    ("values", "logarithmic"), [([0.001, 0.1], True), ([0.01, 0.05], False), ([0.0, 0.9], False), ([], False)]
)
def test_an_axis_is_logarithmic_where_it_spans_decades(values: list[float], logarithmic: bool) -> None:
    assert spans_decades(values) is logarithmic


def test_a_training_is_called_by_what_varies(rows: tuple[SweepRow, ...]) -> None:
    assert axes_of(rows) == ("learning_rate", "momentum")
    assert settings(rows[1], rows) == "rate 0.1, momentum 0.9"


# the form


def test_what_is_typed_is_reported_with_every_key(page: SweepPage, qtbot: QtBot) -> None:
    edit = find(page, QLineEdit, "sweepLearningRatesEdit")
    with qtbot.waitSignals([page.request_changed] * 3):
        QTest.keyClicks(edit, "0.1")
    QTest.keyClicks(edit, ", 0.01")
    assert page.form.request == SweepRequest("lenet", "mnist", 2, "0.1, 0.01")


def test_a_wrong_list_says_why_beside_its_field_and_cannot_be_started(page: SweepPage) -> None:
    page.set_plan(0, None, {"momentum": "“x” is not a number."})
    assert not find(page, QAbstractButton, "sweepStartButton").isEnabled()
    assert any(label.text() == "“x” is not a number." and label.isVisible() for label in page.findChildren(QLabel))
    page.set_plan(4, None, {})
    assert find(page, QAbstractButton, "sweepStartButton").isEnabled()


def test_the_form_says_how_many_trainings_and_about_how_long(page: SweepPage, qtbot: QtBot) -> None:
    page.set_plan(12, 754.0, {})
    assert "12" in find(page, QAbstractButton, "sweepStartButton").text()
    assert "12:34" in find(page, QLabel, "sweepPlanLabel").text()
    with qtbot.waitSignal(page.start_requested) as told:
        QTest.mouseClick(find(page, QAbstractButton, "sweepStartButton"), Qt.MouseButton.LeftButton)
    assert told.args[0] == page.form.request


def test_the_train_panels_choice_is_followed_until_another_is_made_here(page: SweepPage) -> None:
    page.set_base(replace(BASE, model="simplecnn", dataset="cifar10", epochs=5))
    assert page.form.request == SweepRequest("simplecnn", "cifar10", 5)
    box = find(page, QComboBox, "sweepModelCombo")
    box.setCurrentIndex(box.findData("lenet"))
    box.activated.emit(box.currentIndex())
    page.set_base(BASE)
    page.set_base(replace(BASE, model="simplecnn"))
    assert page.form.request.model == "lenet"


def test_empty_fields_stand_for_the_usual_values_of_the_model_chosen_here(page: SweepPage) -> None:
    page.set_base(BASE)
    page.set_usual(replace(BASE, model="simplecnn", epochs=7, learning_rate=0.125))
    assert page.form.request.epochs == 7
    assert find(page, QLineEdit, "sweepLearningRatesEdit").placeholderText() == "0.125"
    find(page, QSpinBox, "sweepEpochsSpin").setValue(3)
    page.set_usual(BASE)
    assert page.form.request.epochs == 3  # typed here


# the table


def shown(page: SweepPage, name: str) -> list[str]:
    model, place = page.table.model(), COLUMNS.index(name)
    return [model.index(line, place).data() for line in range(model.rowCount())]


def test_the_table_fills_and_sorts_by_numbers(page: SweepPage, rows: tuple[SweepRow, ...]) -> None:
    page.set_rows(rows, best_of(rows))
    assert shown(page, "learning_rate") == ["0.1", "0.1", "0.001", "0.001", "0.01", "0.01"]
    page.table.sortByColumn(COLUMNS.index("learning_rate"), Qt.SortOrder.AscendingOrder)
    assert shown(page, "learning_rate") == ["0.001", "0.001", "0.01", "0.01", "0.1", "0.1"]
    page.table.sortByColumn(COLUMNS.index("validation_accuracy"), Qt.SortOrder.DescendingOrder)
    assert shown(page, "validation_accuracy") == ["95.00 ★", "90.00", "80.00", "60.00", "50.00", "–"]
    assert shown(page, "state")[-1] == "waiting"


def test_trainings_that_are_equally_good_all_have_the_star(page: SweepPage, rows: tuple[SweepRow, ...]) -> None:
    page.set_rows(rows, (rows[1], rows[3]))
    assert ["★" in text for text in shown(page, "validation_accuracy")] == [
        place in (1, 3) for place in range(len(rows))
    ]
    assert len(page.plot._ring.points()) == sum(star.isVisible() for star in page.plot._stars) == 2
    page.set_rows(rows, (rows[1],))
    assert sum(star.isVisible() for star in page.plot._stars) == 1


def test_settings_that_do_not_vary_take_no_room(page: SweepPage, rows: tuple[SweepRow, ...]) -> None:
    page.set_rows(rows, ())
    hidden = {name for name in COLUMNS if page.table.isColumnHidden(COLUMNS.index(name))}
    assert hidden == {"batch_size", "seed"}


def test_a_click_opens_the_run_also_where_the_table_is_sorted(
    page: SweepPage, rows: tuple[SweepRow, ...], qtbot: QtBot
) -> None:
    page.set_rows(rows, best_of(rows))
    page.table.sortByColumn(COLUMNS.index("validation_accuracy"), Qt.SortOrder.DescendingOrder)
    place = page.table.visualRect(page.table.model().index(0, COLUMNS.index("state"))).center()
    with qtbot.waitSignal(page.run_selected) as told:
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [rows[4].run.folder]


# the plot


def test_the_plot_marks_the_best_and_every_point_tells(
    page: SweepPage, rows: tuple[SweepRow, ...], qtbot: QtBot
) -> None:
    page.set_rows(rows, best_of(rows))
    plot = page.plot
    assert plot.logarithmic
    x, y = plot._ring.getData()
    assert (x[0], y[0]) == (pytest.approx(math.log10(0.01)), pytest.approx(95))
    pointed: list[int] = []
    plot.pointed.connect(pointed.append)

    def point() -> bool:  # again, until the plot has its size and knows where its points are
        QTest.mouseMove(plot.viewport(), plot.place_of(4).toPoint())
        return pointed[-1:] == [4]

    qtbot.waitUntil(point)
    assert plot.describe(4) == "rate 0.01, momentum 0: validation 95.00 %, test 90.00 %"
    order: Any = page.table.model()
    assert order.mapToSource(page.table.currentIndex()).row() == 4
    with qtbot.waitSignal(page.run_selected) as told:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.place_of(4).toPoint())
    assert told.args == [rows[4].run.folder]


def test_the_points_are_walked_with_the_keyboard(page: SweepPage, rows: tuple[SweepRow, ...], qtbot: QtBot) -> None:
    page.set_rows(rows, best_of(rows))
    page.plot.setFocus()
    QTest.keyClick(page.plot, Qt.Key.Key_Right)
    assert "rate 0.001" in page.plot.accessibleDescription()
    with qtbot.waitSignal(page.run_selected):
        QTest.keyClick(page.plot, Qt.Key.Key_Return)


def test_another_varied_quantity_can_stand_on_the_axis(page: SweepPage, rows: tuple[SweepRow, ...]) -> None:
    page.set_rows(rows, ())
    box = find(page, QComboBox, "sweepAxisCombo")
    box.setCurrentIndex(box.findData("momentum"))
    box.activated.emit(box.currentIndex())
    assert not page.plot.logarithmic
    assert {line.name for line in page.plot.lines} == {"rate 0.1", "rate 0.001", "rate 0.01"}


def test_in_a_narrow_page_table_and_plot_take_turns(page: SweepPage, rows: tuple[SweepRow, ...]) -> None:
    page.set_rows(rows, ())
    assert page.table.isVisible()
    assert page.plot.isVisible()
    page.resize(560, 500)
    assert page.table.isVisible()
    assert not page.plot.isVisible()


# steering


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (SweepProgress("s", "running", 1, 4, 30.0), {"sweepPauseButton", "sweepStopButton"}),
        (SweepProgress("s", "paused", 1, 4), {"sweepPauseButton", "sweepStopButton"}),
        (SweepProgress("s", "idle", 1, 4, None, True), {"sweepContinueButton"}),
        (SweepProgress("s", "idle", 4, 4), set()),
    ],
    ids=["running", "paused", "interrupted", "complete"],
)
def test_pause_stop_and_continue_are_offered_when_they_can_be_used(
    page: SweepPage, now: SweepProgress, offered: set[str]
) -> None:
    page.set_sweeps({"s": "LeNet on MNIST · rate 0.01, 0.1"}, "s")
    page.set_now(now, training=now.phase != "idle")
    names = ("sweepPauseButton", "sweepStopButton", "sweepContinueButton")
    assert {name for name in names if find(page, QAbstractButton, name).isVisible()} == offered
    assert f"{now.done} of {now.total}" in find(page, QLabel, "sweepStatus").text()


def test_it_says_what_is_trained_and_why_no_sweep_can_be_started(page: SweepPage) -> None:
    start = find(page, QAbstractButton, "sweepStartButton")
    page.set_plan(2, None, {})
    page.set_sweeps({"s": "LeNet on MNIST · rate 0.01, 0.1"}, "s")
    page.set_now(SweepProgress("s", "idle", 2, 2), False)
    assert find(page, QComboBox, "sweepCombo").currentText() == "LeNet on MNIST · rate 0.01, 0.1"
    assert start.isEnabled()
    page.set_now(SweepProgress("s", "idle", 2, 2), True)  # some other training, which may be paused
    assert not start.isEnabled()
    assert "only one runs at a time" in start.toolTip()
    assert "only one runs at a time" in page.form.about.text()
    page.set_now(SweepProgress("s", "idle", 2, 2), False)
    page.set_plan(0, None, {"dataset": "Its images are not here."})
    assert not start.isEnabled()
    assert "field that is marked" in start.toolTip()


def test_pause_becomes_resume(page: SweepPage, qtbot: QtBot) -> None:
    page.set_sweeps({"s": "LeNet on MNIST · rate 0.01, 0.1"}, "s")
    page.set_now(SweepProgress("s", "running", 0, 2), True)
    with qtbot.waitSignal(page.pause_requested):
        find(page, QAbstractButton, "sweepPauseButton").click()
    done = row(BASE, 0.9)
    assert done.run is not None
    page.set_rows((replace(done, run=replace(done.run, state="running")),), ())
    assert page.table.model_.text(0, "state") == "running"
    page.set_now(SweepProgress("s", "paused", 0, 2), True)
    assert page.table.model_.text(0, "state") == "paused"
    with qtbot.waitSignal(page.resume_requested):
        find(page, QAbstractButton, "sweepPauseButton").click()


def test_everything_that_can_be_used_has_a_name_for_screen_readers(page: SweepPage) -> None:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.objectName().startswith("sweep"):
            assert widget.accessibleName(), widget.objectName()
            assert widget.toolTip(), widget.objectName()


def test_fields_stand_in_two_columns_where_four_have_no_room(qtbot: QtBot) -> None:
    form = SweepForm()
    qtbot.addWidget(form)
    form.resize(900, 200)
    form.show()
    edits = form.findChildren(QLineEdit)
    wide = {edit.mapTo(form, QPoint(0, 0)).y() for edit in edits if edit.objectName().endswith("Edit")}
    assert len(wide) == 1
    form.resize(300, 500)
    qtbot.waitUntil(
        lambda: len({edit.mapTo(form, QPoint(0, 0)).y() for edit in edits if edit.objectName().endswith("Edit")}) == 2
    )
    assert form.minimumSizeHint().width() < 400
