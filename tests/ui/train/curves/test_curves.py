"""Curves: no extreme is lost however long they are, and what is exported is what is shown."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.events import EpochDone, StepDone, StepReport
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.train.curves.legend import CurveLegend
from cnnviewer.ui.train.curves.plot import CurvePlot
from cnnviewer.ui.train.curves.series import Series
from cnnviewer.ui.train.curves.smoothing import GrowingMean
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.widgets.decimation import MinMaxPyramid, decimate
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.theme import DARK, LIGHT, theme


def filled(steps: int, epochs: int = 2) -> MetricLog:
    log = MetricLog()
    for number in range(1, steps + 1):
        log.add_step(StepDone(number, 1, number, 2.0 / number, 16, 32, 0.01, 0.0, number / 100))
    for epoch in range(1, epochs + 1):
        log.add_epoch(EpochDone(epoch, epoch * steps // epochs, 0.5, 80, 100, 0.4, 45, 50, epoch))
    return log


@pytest.mark.parametrize("count", [1, 5, 63, 64, 1000, 54_321])
@pytest.mark.parametrize("width", [1, 7, 300])
def test_decimating_loses_no_extreme(count: int, width: int) -> None:
    rng = np.random.default_rng(count)
    values = rng.normal(size=count)
    steps = np.arange(1, count + 1, dtype=np.float64)
    pyramid = MinMaxPyramid()
    for end in sorted({1, count // 3, count // 2, count} - {0}):
        pyramid.extend(values[:end])
    x, y = decimate(pyramid, steps, values, 1, count, width)
    assert np.nanmin(y) == values.min()
    assert np.nanmax(y) == values.max()
    assert len(x) == len(y) <= max(6 * width + 16, count)


def test_values_that_are_no_numbers_do_not_hide_their_neighbours() -> None:
    values = np.arange(5000.0)
    values[100:110] = np.nan
    pyramid = MinMaxPyramid()
    pyramid.extend(values)
    _, y = decimate(pyramid, np.arange(5000.0), values, 0, 4999, 200)
    assert np.nanmax(y) == 4999


@pytest.mark.parametrize("span", [1, 10, 50])
def test_smoothing_is_the_unbiased_exponential_mean(span: int) -> None:
    values = np.random.default_rng(0).normal(size=3000)
    mean = GrowingMean(span)
    for end in (1, 10, 1500, 3000):
        mean.extend(values[:end])
    decay = 1 - 2 / (span + 1)
    total = weight = 0.0
    expected = []
    for value in values:
        total, weight = decay * total + value, decay * weight + 1
        expected.append(total / weight)
    assert np.allclose(mean.values, expected, rtol=1e-9, atol=1e-12)


@pytest.fixture
def view(qtbot: QtBot) -> CurvesView:
    made = CurvesView()
    qtbot.addWidget(made)
    made.resize(1000, 230)
    made.show()
    return made


def test_each_curve_says_what_it_is(view: CurvesView) -> None:
    names = {item.name() for item in view.loss_plot.getPlotItem().items if hasattr(item, "name")}
    assert {"training loss per step", "training loss, smoothed", "training loss per epoch", "validation loss"} <= names


def test_the_curves_show_the_logs_own_numbers(view: CurvesView) -> None:
    view.set_log(filled(300))
    (validation,) = (
        item for item in view.accuracy_plot.getPlotItem().items if getattr(item, "name", str)() == "validation accuracy"
    )
    _, values = validation.getData()
    assert values.tolist() == [90.0, 90.0]


@pytest.mark.parametrize(
    ("pointer", "step", "epoch"),
    [(1, 1, None), (99, 99, None), (100, 100, 1), (101, 101, 1), (190, 190, 1), (299.6, 300, 3), (1e9, 300, 3)],
)
def test_a_step_is_reported_with_the_last_epoch_that_had_been_evaluated_by_then(
    pointer: float, step: int, epoch: int | None
) -> None:
    series = Series(filled(300, epochs=3), span=10)
    series.update()
    readout = series.readout(pointer)
    assert readout is not None
    assert (readout.step, readout.epoch) == (step, epoch)
    assert np.isnan(readout.validation["loss"]) == (epoch is None)


def test_epochs_without_steps_are_reported_at_their_ends() -> None:
    log = MetricLog()
    for epoch in (1, 2):
        log.add_epoch(EpochDone(epoch, epoch * 10, 0.5, 80, 100, 0.4, 45, 50, epoch))
    series = Series(log, span=10)
    series.update()
    for pointer, epoch in ((0.0, 1), (12.0, 1), (18.0, 2)):
        readout = series.readout(pointer)
        assert readout is not None
        assert (readout.step, readout.epoch) == (10 * epoch, epoch)


def test_refreshing_without_news_draws_nothing_again(view: CurvesView, monkeypatch: pytest.MonkeyPatch) -> None:
    log = filled(100)
    view.set_log(log)
    drawn: list[int] = []
    monkeypatch.setattr(type(view.loss_plot), "redraw", lambda self: drawn.append(1))
    view.refresh()
    assert drawn == []
    log.add_step(StepDone(101, 1, 101, 0.1, 16, 32, 0.01, 0.0, 2.0))
    view.refresh()
    assert len(drawn) == 2


def test_following_keeps_every_step_in_sight(view: CurvesView) -> None:
    log = MetricLog()
    view.set_log(log)
    for number in range(1, 400):
        log.add_step(StepDone(number, 1, number, 1.0, 16, 32, 0.01, 0.0, number))
        if number % 37 == 0:
            view.refresh()
            (left, right), _ = view.loss_plot.view.viewRange()
            assert left <= 1
            assert right >= number


def test_no_wheel_and_no_drag_loses_the_curves(view: CurvesView) -> None:
    view.set_log(filled(300))
    plot = view.loss_plot.view
    for by in (1e-3, 1e3):
        for _ in range(20):
            plot.scaleBy((by, by))
            plot.sigRangeChangedManually.emit([True, True])
        (left, right), (bottom, top) = plot.viewRange()
        assert 0.999 < right - left < 1000
        assert 1e-9 < top - bottom < 100
    for by in (1e6, -1e7):
        plot.translateBy((by, by))
        plot.sigRangeChangedManually.emit([True, True])
        left, right = plot.viewRange()[0]
        assert left < 300
        assert right > 1
        assert view.accuracy_plot.view.viewRange()[0] == [left, right]


@pytest.mark.parametrize("at", [(-5.0, 0.5), (0.9, 0.0), (150.0, 40.0), (302.0, 2.0), (304.4, -1.0)])
@pytest.mark.parametrize("by", [0.8, 0.05])
def test_a_wheel_beside_the_curves_ends_at_them(view: CurvesView, at: tuple[float, float], by: float) -> None:
    view.set_log(filled(300))
    plot = view.loss_plot
    for _ in range(60):
        plot.view.scaleBy((by, by), center=at)
        plot.view.sigRangeChangedManually.emit([True, True])
    (left, right), (bottom, top) = plot.view.viewRange()
    assert right - left > 0.999
    assert min(right, 300) - max(left, 1) >= 0.09
    seen = []
    for curve in plot.getPlotItem().listDataItems():
        places, values = curve.getData()
        drawn = np.interp(np.linspace(left - 1, right + 1, 100), places, values)
        seen.append(bottom < drawn.max() and top > drawn.min())
    assert any(seen)


def wheel(plot: CurvePlot, notches: int) -> None:
    """Turn the wheel over the middle of a plot."""
    middle = plot.view.sceneBoundingRect().center()
    at = QPointF(plot.mapFromScene(middle))
    turn, none = QPoint(0, 120 * notches), Qt.MouseButton.NoButton
    event = QWheelEvent(
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        turn,
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_the_wheel_zooms_the_steps_and_the_values_follow(view: CurvesView) -> None:
    view.set_log(filled(300))
    wheel(view.loss_plot, 20)
    (left, right), (bottom, top) = view.loss_plot.view.viewRange()
    assert 0 < left < right < 300
    assert view.accuracy_plot.view.viewRange()[0] == [left, right]
    visible = np.array([2.0 / step for step in range(int(left), int(right) + 2)])
    assert top < 2.0 * visible.max(), "the large values of the first steps are out of sight"
    assert bottom <= visible.min()
    assert top >= visible.max()
    wheel(view.loss_plot, -60)
    view.reset_zoom()
    assert view.loss_plot.view.viewRange()[1][1] >= 2.0


def test_no_key_loses_the_curves(view: CurvesView) -> None:
    view.set_log(filled(300))
    for key, modifier in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier),
    ):
        for _ in range(80):
            QTest.keyClick(view.loss_plot, key, modifier)
        (left, right), (bottom, top) = view.loss_plot.view.viewRange()
        assert left < 300
        assert right > 1
        assert right - left > 0.999
        assert top > bottom


def test_a_curve_of_one_step_shows_its_point_between_whole_steps(view: CurvesView) -> None:
    view.set_log(filled(1, epochs=0))
    (dots,) = (
        item
        for item in view.loss_plot.getPlotItem().items
        if getattr(item, "name", str)() == "training loss, points of the steps"
    )
    x, y = dots.getData()
    assert (x.tolist(), y.tolist()) == ([1.0], [2.0])
    (left, right), (bottom, top) = view.loss_plot.view.viewRange()
    assert left < 1 < right
    assert bottom < 2 < top
    axis = view.loss_plot.getPlotItem().getAxis("bottom")
    assert all(value == round(value) for _, ticks in axis.tickValues(left, right, 500) for value in ticks)


def test_the_heads_say_the_numbers_of_now_of_the_crosshair_and_of_the_step_on_the_screen(view: CurvesView) -> None:
    view.set_log(filled(300))
    loss = view._cards[0].head
    now = loss.text
    assert now.startswith("Loss 0.00")
    assert now.endswith("validation 0.400")
    view.point_at(1)
    assert loss.text == "Loss 2.00 smoothed"
    view.point_at(None)
    assert loss.text == now
    view.set_shown_step(1)
    assert loss.text == "Loss 2.00 smoothed"
    assert (view.loss_plot.shown_step_line.step, view.loss_plot.shown_step_line.value) == (1, 2.0)
    view.set_shown_step(None)
    assert loss.text == now


def test_at_the_end_of_a_run_the_step_on_the_screen_hides_no_point_and_the_epoch_is_named(view: CurvesView) -> None:
    view.set_log(filled(300))
    view.set_shown_step(300)
    painted: list[str] = []
    with record_texts(lambda text: painted.append(text.text)):
        view.grab()
    assert any(text.startswith("epoch ") for text in painted), "the number at an epoch's line says what it counts"
    for plot in (view.loss_plot, view.accuracy_plot):
        assert plot.shown_step_line.zValue() < plot._validation.zValue()


def test_while_it_follows_the_point_stands_at_the_end_of_what_is_drawn(view: CurvesView) -> None:
    view.set_log(filled(300))
    view.set_shown_step(317, soon=True)
    assert view.loss_plot.shown_step_line.step == 300


def test_a_single_step_says_what_it_did_until_another_one_is_learned(view: CurvesView) -> None:
    log = filled(300)
    view.set_log(log)
    view.show_report(StepReport(300, 32, 0.124, 30, 0.117, 31, "conv2", 0.0123, True))
    words = view.last_step.text
    for part in ("300", "batch of 32", "0.124 → 0.117", "30 → 31", "dropout on", "conv2 (1.2 %)"):
        assert part in words
    view.point_at(10)
    assert "Step 10:" in view.last_step.text
    view.point_at(None)
    assert view.last_step.text == words
    log.add_step(StepDone(301, 1, 301, 0.1, 16, 32, 0.01, 0.0, 2.0))
    view.refresh()
    assert view.last_step.text.startswith("Step 301: loss 0.1")


def test_a_step_of_the_users_own_model_says_what_is_known(view: CurvesView) -> None:
    view.set_log(filled(300))
    view.show_report(StepReport(300, 32, 0.124, 30, layer="conv2", change=0.5))
    assert "loss 0.124 before it, 30 correct" in view.last_step.text
    assert "→" not in view.last_step.text


def test_everything_the_curves_offer_stands_in_one_menu(view: CurvesView, qtbot: QtBot) -> None:
    view.set_log(filled(300))
    texts = [action.text() for action in view.controls.menu().actions() if action.text()]
    assert len(texts) == len(set(texts)) == 7
    before = view.state
    for name, changed in (
        ("logScaleAction", replace(before, logarithmic=True)),
        ("rawCurveAction", replace(before, logarithmic=True, raw=False)),
        ("curveEpochsAction", replace(before, logarithmic=True, raw=False, by_epoch=True)),
    ):
        view.findChild(QAction, name).trigger()
        assert view.state == changed
    for name, signal in (
        ("resetZoomAction", view.controls.reset_requested),
        ("exportCurvesAction", view.export_requested),
    ):
        with qtbot.waitSignal(signal):
            view.findChild(QAction, name).trigger()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_both_plots_with_caption_are_exported(view: CurvesView, kind: str, dark: bool) -> None:
    view.set_log(filled(500))
    data = view.render(kind, (1200, 500), dark, "LeNet · mnist · step 500 · seed 1")
    if kind == "svg":
        families = set(re.findall(rb'font-family="([^"]*)"', data))
        assert families
        assert all(family.endswith((b", sans-serif", b", monospace")) for family in families)
        text = " ".join(ET.fromstring(data).itertext())
        for word in ("loss", "accuracy", "validation", "seed 1"):
            assert word in text
    else:
        assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[kind])


def test_a_loss_that_is_no_number_is_survived(view: CurvesView) -> None:
    log = filled(50, epochs=0)
    log.add_step(StepDone(51, 1, 51, float("nan"), 0, 32, 0.01, 0.0, 1.0))
    log.add_step(StepDone(52, 1, 52, float("inf"), 0, 32, 0.01, 0.0, 1.0))
    view.set_log(log)
    view.refresh()
    assert not view.grab().isNull()


def test_ten_thousand_redraws_do_not_end_the_process(view: CurvesView) -> None:
    # PySide6 6.12.0 on Python 3.11 aborts after some hundred; a tenth of the gate is enough to see that
    view.set_log(filled(200))
    for turn in range(1000):
        view.loss_plot.setXRange(turn % 7, 200 - turn % 5, padding=0)
        view.loss_plot.grab()


@pytest.fixture
def painted(qtbot: QtBot) -> tuple[CurvesView, list[str]]:
    """A view of a thousand steps, all painted, and what is painted from now on: the plots' names, in order."""
    view = CurvesView()
    qtbot.addWidget(view)
    view.set_log(filled(1000))
    view.resize(900, 300)
    view.show()
    for _ in range(3):
        QApplication.processEvents()
    watch = PaintWatch(view)
    for plot in (view.loss_plot, view.accuracy_plot):
        plot.viewport().installEventFilter(watch)
        watch.names[plot.viewport()] = plot.objectName()
    return view, watch.painted


class PaintWatch(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.names: dict[QObject, str] = {}
        self.painted: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.painted.append(self.names[watched])
        return False


def test_a_pan_paints_each_plot_once(painted: tuple[CurvesView, list[str]], qtbot: QtBot) -> None:
    view, paints = painted
    view.loss_plot.setXRange(100, 600, padding=0)
    qtbot.waitUntil(lambda: len(paints) >= 2)
    for _ in range(3):
        QApplication.processEvents()
    assert sorted(paints) == ["accuracyPlot", "lossPlot"]


def test_the_line_that_follows_a_training_is_painted_with_the_curves_and_not_by_itself(
    painted: tuple[CurvesView, list[str]], qtbot: QtBot
) -> None:
    view, paints = painted
    view.set_shown_step(400, soon=True)
    for _ in range(3):
        QApplication.processEvents()
    assert paints == []
    view.set_shown_step(400)
    qtbot.waitUntil(lambda: len(paints) >= 2)
    del paints[:]
    for _ in range(3):
        view.set_shown_step(400)
        QApplication.processEvents()
    assert paints == [], "it stands there already"


def test_the_ground_behind_the_curves_has_the_colours_of_the_theme(painted: tuple[CurvesView, list[str]]) -> None:
    view, _ = painted

    def ground() -> int:
        return view.loss_plot.grab().toImage().pixelColor(3, 3).lightness()

    before = theme().tokens
    try:
        theme().use(LIGHT)
        assert ground() > 200
        theme().use(DARK)
        assert ground() < 60
    finally:
        theme().use(before)


def test_a_short_logarithmic_axis_has_few_numbers_that_do_not_overlap(view: CurvesView) -> None:
    view.set_log(filled(300))
    axis = view.loss_plot.getPlotItem().getAxis("left")
    ((_, values),) = axis.logTickValues(-0.5, 0.5, 200.0, [])
    assert [round(10.0**value, 6) for value in values] == [0.5, 1.0, 2.0]
    ((_, values),) = axis.logTickValues(-9.0, 3.0, 200.0, [])
    assert 3 <= len(values) <= 6


def test_the_values_of_a_single_step_stand_between_zero_and_twice_as_much(view: CurvesView) -> None:
    view.set_log(filled(1, epochs=0))
    bottom, top = view.loss_plot.view.viewRange()[1]
    assert -1 < bottom < 0
    assert 4 < top < 5


@pytest.mark.parametrize(("noise", "smooth"), [(0.0, True), (1.0, False)])
def test_edges_are_smooth_unless_the_line_goes_up_and_down_all_the_time(
    qtbot: QtBot, noise: float, smooth: bool
) -> None:
    log = MetricLog()
    draws = np.random.default_rng(0).random(200_000)
    for number, draw in enumerate(draws, start=1):
        log.add_step(StepDone(number, 1, number, 2 - number / 2e5 + noise * draw, 16, 32, 0.01, 0.0, number / 100))
    view = CurvesView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.set_log(log)
    view.show()
    view.refresh()
    assert view.loss_plot._smoothed.opts["antialias"] is smooth


def test_the_legend_says_raw_before_it_leaves_a_line_out(qtbot: QtBot) -> None:
    legend = CurveLegend()
    qtbot.addWidget(legend)
    said = []
    for width in range(900, 0, -5):
        legend.resize(width, 20)
        painted: list[PaintedText] = []
        with record_texts(painted.append):
            legend.grab()
        words = tuple(each.text for each in painted)
        if not said or said[-1] != words:
            said.append(words)
    assert said[:4] == [
        ("training, each step", "training, smoothed", "training, epoch", "validation"),
        ("each step", "smoothed", "epoch", "validation"),
        ("raw", "smoothed", "epoch", "validation"),
        ("smoothed", "epoch", "validation"),
    ]
