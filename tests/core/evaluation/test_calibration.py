"""The calibration error is that of the definition; the temperature is PyTorch's, and no test image has a part in it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibration import (
    calibration,
    fit_temperature,
    log_loss,
    probabilities,
    reliability,
)


def drawn(count: int, temperature: float = 1.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Logits of 10 classes, `temperature` times too large, and labels drawn by their true probabilities."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 2, (count, 10))
    labels = np.array([rng.choice(10, p=row) for row in probabilities(logits)])
    return (temperature * logits).astype(np.float32), labels


def test_probabilities_that_come_true_as_often_as_they_say_have_next_to_no_calibration_error() -> None:
    rng = np.random.default_rng(0)
    confidences = rng.uniform(0.1, 1.0, 100_000)
    assert reliability(confidences, rng.random(100_000) < confidences).ece < 0.01


def test_bins_are_closed_on_the_right_and_1_is_in_the_last() -> None:
    shown = reliability(np.array([0.0, 0.2, 0.2000001, 0.4, 1.0]), np.ones(5, bool), bins=5)
    assert shown.counts.tolist() == [2, 2, 0, 0, 1]


def test_empty_bins_are_told_and_count_nothing() -> None:
    shown = reliability(np.array([0.9, 0.7]), np.array([True, False]), bins=4)
    assert shown.counts.tolist() == [0, 0, 1, 1]
    assert shown.empty == 2
    assert np.isnan(shown.accuracies[:2]).all()
    assert shown.ece == pytest.approx(0.5 * abs(0 - 0.7) + 0.5 * abs(1 - 0.9))


def test_without_images_there_is_no_calibration_error() -> None:
    assert np.isnan(reliability(np.zeros(0), np.zeros(0, bool)).ece)


def test_the_calibration_error_is_that_of_torchmetrics() -> None:
    """Its `_ce_compute` with norm l1: bins by `bucketize`, then the sum of |accuracy - confidence| * share."""
    generator = torch.Generator().manual_seed(0)
    confidences = torch.rand(5_000, generator=generator, dtype=torch.float64)
    accuracies = (torch.rand(5_000, generator=generator, dtype=torch.float64) < confidences**2).double()
    edges = torch.linspace(0, 1, 16, dtype=torch.float64)
    places = torch.bucketize(confidences, edges, right=True) - 1
    counts = torch.zeros(16, dtype=torch.float64).scatter_add_(0, places, torch.ones_like(confidences))
    mean_confidence = torch.zeros(16, dtype=torch.float64).scatter_add_(0, places, confidences) / counts
    accuracy = torch.zeros(16, dtype=torch.float64).scatter_add_(0, places, accuracies) / counts
    expected = torch.nan_to_num((accuracy - mean_confidence).abs() * counts / counts.sum()).sum()
    assert reliability(confidences.numpy(), accuracies.numpy() > 0.5).ece == pytest.approx(float(expected), abs=1e-12)


def test_the_gap_has_the_sign_of_overconfidence() -> None:
    assert reliability(np.full(10, 0.9), np.arange(10) < 6).gap == pytest.approx(0.3)


def test_the_temperature_is_the_one_that_pytorch_finds() -> None:
    logits, labels = drawn(2_000, 2.5)
    log_temperature = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [log_temperature], max_iter=500, tolerance_grad=1e-12, tolerance_change=0, line_search_fn="strong_wolfe"
    )
    given, truth = torch.from_numpy(logits).double(), torch.from_numpy(labels)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(given / log_temperature.exp(), truth)
        loss.backward()
        return loss

    optimiser.step(closure)
    found = fit_temperature(logits, labels)
    assert found == pytest.approx(log_temperature.detach().exp().item(), rel=1e-5)
    assert log_loss(logits, labels, found) == pytest.approx(closure().item(), abs=1e-10)


def test_logits_that_are_too_large_are_divided_by_about_as_much() -> None:
    assert fit_temperature(*drawn(20_000, 2.5)) == pytest.approx(2.5, rel=0.05)
    assert fit_temperature(*drawn(20_000, 0.5)) == pytest.approx(0.5, rel=0.05)


def test_log_probabilities_have_the_temperature_of_their_logits() -> None:
    logits, labels = drawn(500, 3)
    after = F.log_softmax(torch.from_numpy(logits).double(), 1).numpy()
    assert fit_temperature(after, labels) == pytest.approx(fit_temperature(logits, labels), rel=1e-6)


def test_the_temperature_lowers_the_calibration_error_of_a_model_that_is_too_sure() -> None:
    found = calibration(*drawn(20_000, 3, seed=1), validation=drawn(5_000, 3, seed=2))
    assert found.after is not None
    assert found.loss_after is not None
    assert found.before.ece > 0.1
    assert found.after.ece < 0.02
    assert found.loss_after < found.loss
    assert found.fitted_on == 5_000


def test_the_test_images_have_no_part_in_the_fit() -> None:
    logits, labels = drawn(1_000, 2)
    validation = drawn(1_000, 2, seed=1)
    truly = calibration(logits, labels, validation)
    otherwise = calibration(logits[::-1] * 7, (labels + 3) % 10, validation)
    assert truly.temperature == otherwise.temperature == fit_temperature(*validation)


def test_without_validation_images_there_is_no_temperature_and_a_sentence_says_why() -> None:
    reason = UserError("None were held out.")
    found = calibration(*drawn(100), why_not=reason)
    assert found.temperature is None
    assert found.after is None
    assert found.why_not is reason


@pytest.mark.parametrize(
    ("labels", "says"),
    [(np.array([0, 1]), "predicted correctly"), (np.array([1, 0]), "no better than chance")],
    ids=["all correct", "all wrong"],
)
def test_no_temperature_is_made_up_where_none_is_best(labels: np.ndarray, says: str) -> None:
    logits = np.array([[3.0, 0.0], [0.0, 3.0]])
    with pytest.raises(UserError, match=says):
        fit_temperature(logits, labels)
    assert calibration(logits, labels, (logits, labels)).temperature is None


def test_a_class_that_the_model_rules_out_does_not_change_the_temperature() -> None:
    random = np.random.default_rng(4)
    logits = 3 * random.normal(size=(500, 4))
    labels = (logits / 2 + random.gumbel(size=logits.shape)).argmax(1)
    ruled_out = np.concatenate([logits, np.full((500, 1), -np.inf)], axis=1)
    assert fit_temperature(ruled_out, labels) == pytest.approx(fit_temperature(logits, labels), rel=1e-9)
