"""Curves: no extreme is lost however long they are, and what is exported is what is shown."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.curves.decimation import MinMaxPyramid, decimate
from cnnviewer.ui.curves.smoothing import GrowingMean
from cnnviewer.ui.curves.view import CurvesView
from cnnviewer.ui.theme import DARK, LIGHT, theme


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


def test_refreshing_without_news_draws_nothing_anew(view: CurvesView, monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_both_plots_with_caption_are_exported(view: CurvesView, kind: str, dark: bool) -> None:
    view.set_log(filled(500))
    data = view.render(kind, (1200, 500), dark, "LeNet · mnist · step 500 · seed 1")
    if kind == "svg":
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
    view.set_moment(400, soon=True)
    for _ in range(3):
        QApplication.processEvents()
    assert paints == []
    view.set_moment(400)
    qtbot.waitUntil(lambda: len(paints) >= 2)
    del paints[:]
    for _ in range(3):
        view.set_moment(400)
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
