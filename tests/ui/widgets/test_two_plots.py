"""The curves of one training and those of several runs: one axis, one crosshair, the same keys."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.compare.curves import CurvesTab
from cnnviewer.ui.train.curves.view import CurvesView

STEPS = 400
RECIPE = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.0,), (1.0,))


@pytest.fixture(params=["one training", "several runs"])
def curves(request, qtbot):
    log = MetricLog()
    at = np.arange(1.0, STEPS + 1)
    log.extend_steps(np.column_stack([at, at, at, 1 / at, 1 - 1 / at, at, at, at]))
    view: CurvesView | CurvesTab
    if request.param == "one training":
        view = one = CurvesView()
        one.set_log(log)
    else:
        view = several = CurvesTab()
        info = replace(RunInfo("run", "2026-11-25T10:00:00", TrainConfig(), RECIPE), counts={"steps_per_epoch": 100})
        several.set_columns((ComparedRun(1, Path("run"), info, log=log, snapshots=(STEPS,), step=STEPS),))
    qtbot.addWidget(view)
    view.resize(900, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.reset_zoom()
    return view


def press(curves, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(curves.accuracy_plot, key, modifier)


def visible(plot):
    return tuple(plot.view.viewRange()[0])


def test_both_plots_show_the_same_part_of_the_axis(curves):
    curves.loss_plot.set_x_range(100.0, 200.0)
    assert visible(curves.accuracy_plot) == (100.0, 200.0)
    curves.accuracy_plot.set_x_range(50.0, 90.0)
    assert visible(curves.loss_plot) == (50.0, 90.0)


def test_plus_shows_less_around_the_crosshair_minus_more_and_home_everything(curves):
    whole = visible(curves.loss_plot)
    curves.point_at(100.0)
    press(curves, Qt.Key.Key_Plus)
    left, right = visible(curves.loss_plot)
    assert right - left == pytest.approx(0.8 * (whole[1] - whole[0]))
    assert (100.0 - left) / (right - left) == pytest.approx((100.0 - whole[0]) / (whole[1] - whole[0]))
    press(curves, Qt.Key.Key_Minus)
    assert visible(curves.loss_plot) == pytest.approx(whole)
    press(curves, Qt.Key.Key_Plus)
    press(curves, Qt.Key.Key_Home)
    assert visible(curves.accuracy_plot) == pytest.approx(whole)


def test_arrows_walk_from_one_end_to_the_other_and_escape_lets_go(curves):
    press(curves, Qt.Key.Key_Right)
    assert curves._pointer == 1.0
    press(curves, Qt.Key.Key_Left)
    assert curves._pointer == 1.0
    press(curves, Qt.Key.Key_Right)
    assert 1.0 < curves._pointer < 20.0
    press(curves, Qt.Key.Key_Escape)
    assert curves._pointer is None
    press(curves, Qt.Key.Key_Left)
    assert curves._pointer == STEPS


def test_shift_and_an_arrow_move_the_visible_part(curves):
    curves.loss_plot.set_x_range(100.0, 180.0)
    press(curves, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert visible(curves.loss_plot) == visible(curves.accuracy_plot) == (110.0, 190.0)


def test_plots_stand_one_above_the_other_where_it_is_narrow_and_tall(curves, qtbot):
    curves.setMinimumSize(300, 150)

    def top(plot):
        return plot.mapTo(curves, QPoint(0, 0)).y()

    curves.resize(500, 500)
    qtbot.waitUntil(lambda: top(curves.accuracy_plot) > top(curves.loss_plot))
    curves.resize(900, 500)
    qtbot.waitUntil(lambda: top(curves.accuracy_plot) == top(curves.loss_plot))
