"""The loss behind the slider: as it is, at the resolution of the picture, drawn seldom."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.metric_log import STEP_COLUMNS, MetricLog
from cnnviewer.ui.window.timeline.loss_curve import LossCurve


def log_of(losses: list[float]) -> MetricLog:
    rows = np.zeros((len(losses), len(STEP_COLUMNS)))
    rows[:, STEP_COLUMNS.index("step")] = np.arange(1, len(losses) + 1)
    rows[:, STEP_COLUMNS.index("loss")] = losses
    log = MetricLog()
    log.extend_steps(rows)
    return log


def inked(curve: LossCurve, width: int = 200, height: int = 40) -> np.ndarray:
    """Of each column of the picture the row of its middle line, NaN where nothing is drawn."""
    picture = QImage(width, height, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    curve.paint(painter, QRectF(0, 0, width, height))
    painter.end()
    alpha = np.array([[picture.pixelColor(x, y).alpha() for x in range(width)] for y in range(height)], float)
    weight = alpha.sum(0)
    with np.errstate(invalid="ignore"):
        return (alpha * np.arange(height)[:, None]).sum(0) / weight


@pytest.fixture
def curve(qtbot: QtBot) -> LossCurve:
    return LossCurve()


def test_a_falling_loss_falls_from_the_upper_left_to_the_lower_right(curve: LossCurve) -> None:
    curve.set_log(log_of(np.linspace(2.3, 0.1, 1000).tolist()))
    curve.draw(200, 40, 1.0, QColor("black"))
    rows = inked(curve)
    assert curve.last == 1000
    assert rows[5] < 4 < 34 < rows[195]
    assert (np.diff(rows[2:198]) >= -0.6).all()


def test_the_knob_is_on_the_curve(curve: LossCurve) -> None:
    curve.set_log(log_of(np.linspace(2.3, 0.1, 1000).tolist()))
    curve.draw(200, 40, 1.0, QColor("black"))
    rows = inked(curve)
    for step in (100, 500, 900):
        share = curve.share_at(step)
        assert share is not None
        assert (1 - share) * 40 == pytest.approx(rows[step // 5], abs=2)


def test_a_spike_does_not_flatten_the_rest(curve: LossCurve) -> None:
    losses = np.linspace(2.3, 0.1, 1000)
    losses[500] = 1e5
    curve.set_log(log_of(losses.tolist()))
    curve.draw(200, 40, 1.0, QColor("black"))
    assert (curve.share_at(400) or 0) > (curve.share_at(950) or 0) or math.isclose(curve.share_at(400) or 0, 1)


def test_losses_that_are_no_numbers_are_a_gap_or_nothing(curve: LossCurve) -> None:
    curve.set_log(log_of([math.nan] * 50))
    curve.draw(200, 40, 1.0, QColor("black"))
    assert np.isnan(inked(curve)).all()
    assert curve.share_at(20) is None


def test_without_a_training_there_is_nothing(curve: LossCurve) -> None:
    for log in (None, MetricLog()):
        curve.set_log(log)
        curve.draw(200, 40, 1.0, QColor("black"))
        assert curve.share_at(0) is None
        assert np.isnan(inked(curve)).all()


def test_a_picture_that_was_drawn_for_fewer_steps_is_painted_narrower(curve: LossCurve) -> None:
    curve.set_log(log_of(np.linspace(2.3, 0.1, 100).tolist()))
    curve.draw(200, 40, 1.0, QColor("black"))
    picture = QImage(200, 40, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    curve.paint(painter, QRectF(0, 0, 100, 40))
    painter.end()
    assert all(picture.pixelColor(150, y).alpha() == 0 for y in range(40))
