"""Deletion and insertion against their closed form on a linear model."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest
from cnnviewer.core.inspection.attribution.trust.curves import pixel_order, random_order, score_of
from cnnviewer.core.inspection.attribution.trust.records import Curves, CurvesRequest
from cnnviewer.core.inspection.trace import Inspector
from tests.core.inspection.sample_networks import image, own

SHAPE = (3, 6, 5)
PIXELS = 30
EXACT = AttributionRequest("integrated-gradients", 2)


@pytest.fixture
def model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Linear(90, 10)).eval()


@pytest.fixture
def inspector(model: nn.Module) -> Inspector:
    made = Inspector(model, own(SHAPE))
    made.inspect(image(SHAPE))
    return made


def removed(inspector: Inspector, **more: object) -> Curves:
    return inspector.remove_pixels(CurvesRequest(EXACT, **more))  # type: ignore[arg-type]


def test_on_a_linear_model_each_removed_pixel_takes_its_share_away(inspector: Inspector) -> None:
    # integrated gradients are w (x - b): the logit falls by exactly that, largest first
    found = removed(inspector, score="logit", points=PIXELS)
    shares = np.sort(found.attribution.map.sum(0).ravel().astype(np.float64))[::-1]
    taken = np.concatenate([[0], np.cumsum(shares)])
    assert found.attribution.baseline_logit is not None
    np.testing.assert_allclose(found.deletion, found.attribution.logit - taken, atol=1e-4)
    np.testing.assert_allclose(found.insertion, found.attribution.baseline_logit + taken, atol=1e-4)
    for number, seed in enumerate(found.request.orders):
        order = np.argsort(random_order(PIXELS, seed))
        mixed = np.concatenate([[0], np.cumsum(found.attribution.map.sum(0).ravel()[order].astype(np.float64))])
        np.testing.assert_allclose(found.random_deletion[number], found.attribution.logit - mixed, atol=1e-4)


def test_both_ends_belong_to_every_curve(inspector: Inspector) -> None:
    found = removed(inspector, points=7)
    assert (found.fractions[0], found.fractions[-1]) == (0, 1)
    whole, covered = found.deletion[0], found.deletion[-1]
    assert (found.insertion[0], found.insertion[-1]) == (covered, whole)
    assert (found.random_deletion[:, 0] == whole).all()
    assert (found.random_deletion[:, -1] == covered).all()
    assert (found.random_insertion[:, 0] == covered).all()
    assert (found.random_insertion[:, -1] == whole).all()
    assert found.random_deletion.shape == (10, 8)


def test_the_area_is_by_trapezoids_over_the_true_fractions(inspector: Inspector) -> None:
    found = removed(inspector, points=7)  # 30 pixels in 7 steps: 4 or 5 at a time
    widths = np.diff(found.fractions) * PIXELS
    np.testing.assert_allclose(widths, np.rint(widths), atol=1e-9)
    assert len(set(np.rint(widths))) == 2
    by_hand = sum(
        (found.fractions[i + 1] - found.fractions[i]) * (found.deletion[i] + found.deletion[i + 1]) / 2
        for i in range(7)
    )
    assert found.area(found.deletion) == pytest.approx(by_hand)
    assert found.area(found.random_deletion).shape == (10,)


@pytest.mark.parametrize("fill", ["black", "mean", "blurred"])
def test_what_is_removed_shows_the_fill(inspector: Inspector, fill: str) -> None:
    asked = AttributionRequest("integrated-gradients", 2, baseline=fill)  # type: ignore[arg-type]
    found = inspector.remove_pixels(CurvesRequest(asked, fill, "logit", 5, ()))  # type: ignore[arg-type]
    assert found.deletion[-1] == pytest.approx(found.attribution.baseline_logit, abs=1e-5)
    assert found.deletion[0] == pytest.approx(found.attribution.logit, abs=1e-5)
    assert found.random_deletion.shape == (0, 6)


def test_the_score_is_the_probability_or_the_logit_among_two_classes_where_two_are_compared() -> None:
    logits = torch.tensor([[1.0, 2.0, -1.0], [0.0, 0.0, 0.0]])
    np.testing.assert_allclose(score_of(logits, 1, None, "probability"), logits.softmax(1)[:, 1])
    np.testing.assert_allclose(score_of(logits, 1, None, "logit"), logits[:, 1])
    np.testing.assert_allclose(score_of(logits, 1, 2, "logit"), [3.0, 0.0])
    np.testing.assert_allclose(score_of(logits, 1, 2, "probability"), logits[:, 1:].softmax(1)[:, 0])


def test_the_largest_pixel_comes_first_and_equal_ones_in_no_order_of_places() -> None:
    values = np.zeros((4, 5), np.float32)
    values[2, 3], values[1, 1], values[0, 0] = 5.0, 2.0, -9.0
    places = pixel_order(Attribution(AttributionRequest("occlusion", 0), 0.0, values)).reshape(4, 5)
    assert (places[2, 3], places[1, 1], places[0, 0]) == (0, 1, 19)
    between = places[values == 0]
    assert sorted(between) == list(range(2, 19))
    assert list(between) != sorted(between)
    steep = pixel_order(Attribution(AttributionRequest("gradient", 0), 0.0, values)).reshape(4, 5)
    assert steep[0, 0] == 0  # the gradient's size counts, not its sign


def test_more_orders_are_the_same_as_all_at_once(inspector: Inspector) -> None:
    whole = removed(inspector, points=6)
    first = removed(inspector, points=6, orders=())
    merged = first.with_more(removed(inspector, points=6, orders=(0, 1))).with_more(
        removed(inspector, points=6, orders=tuple(range(2, 10)))
    )
    np.testing.assert_allclose(merged.random_deletion, whole.random_deletion, atol=1e-6)
    np.testing.assert_allclose(merged.random_insertion, whole.random_insertion, atol=1e-6)
    assert merged.request.orders == whole.request.orders


def test_a_large_image_is_tested_at_fewer_places(inspector: Inspector) -> None:
    assert len(removed(inspector).fractions) == 29
    assert removed(inspector).request.points == 28


def test_it_says_how_far_it_is_and_can_be_cancelled(inspector: Inspector, model: nn.Module) -> None:
    shares: list[float] = []
    inspector.remove_pixels(CurvesRequest(EXACT), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Cancelled):
        inspector.remove_pixels(CurvesRequest(EXACT), abandoned=lambda: True)
    with pytest.raises(UserError, match="Choose an image first"):
        Inspector(model, own(SHAPE)).remove_pixels(CurvesRequest(EXACT))
