"""Metrics of classes follow their definitions; what cannot be divided has no value instead of a wrong one."""

import importlib.util

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.metrics import amounts_of, class_metrics, largest_confusions, mean_of, top_k
from cnnviewer.core.evaluation.scores import image_scores


def drawn(classes: int = 10, count: int = 600, seed: int = 0) -> tuple[Confusion, np.ndarray]:
    """A table and the logits it comes from."""
    draw = np.random.default_rng(seed)
    labels = draw.integers(0, classes, count)
    logits = draw.normal(size=(count, classes)).astype(np.float32)
    logits[np.arange(count), labels] += 1.5
    names = tuple(f"c{number}" for number in range(classes))
    scores = image_scores(logits, labels)
    return confusion_of(labels, logits.argmax(1), np.arange(count), names, count, scores=scores), logits


@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_the_trace_is_accuracy_times_images_and_rows_sum_to_the_images_of_each_class(classes: int) -> None:
    table, _ = drawn(classes)
    assert np.trace(table.counts) == table.accuracy * table.total
    assert np.array_equal(table.counts.sum(axis=1), np.bincount(table.labels, minlength=classes))
    assert np.array_equal(class_metrics(table.counts).support, np.bincount(table.labels, minlength=classes))
    assert np.array_equal(table.counts.sum(axis=0), np.bincount(table.predicted, minlength=classes))


def test_precision_recall_and_f1_are_those_of_counted_hits() -> None:
    table, _ = drawn()
    found = class_metrics(table.counts)
    for label in range(10):
        hits = int(((table.labels == label) & (table.predicted == label)).sum())
        false = int(((table.labels != label) & (table.predicted == label)).sum())
        missed = int(((table.labels == label) & (table.predicted != label)).sum())
        assert found.precision[label] == hits / (hits + false)
        assert found.recall[label] == hits / (hits + missed)
        harmonic = 2 / (1 / found.precision[label] + 1 / found.recall[label])
        assert found.f1[label] == pytest.approx(harmonic, rel=1e-12)


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed")
def test_metrics_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import (  # type: ignore[import-not-found,unused-ignore]
        precision_recall_fscore_support,
        top_k_accuracy_score,
    )

    table, logits = drawn()
    found = class_metrics(table.counts)
    expected = precision_recall_fscore_support(table.labels, table.predicted, labels=range(10), zero_division=np.nan)
    for ours, theirs in zip((found.precision, found.recall, found.f1, found.support), expected, strict=True):
        assert np.allclose(ours, theirs, equal_nan=True)
    assert top_k(table, 3) == top_k_accuracy_score(table.labels, logits, k=3, labels=range(10))


def test_classes_without_images_or_predictions_have_no_value_and_leave_the_means() -> None:
    labels, predicted = np.array([0, 0, 1]), np.array([0, 1, 1])
    table = confusion_of(labels, predicted, np.arange(3), ("a", "b", "never predicted", "nothing"), 3)
    found = class_metrics(table.counts)
    assert np.isnan(found.recall[2:]).all()
    assert np.isnan(found.precision[2:]).all()
    assert np.isnan(found.f1[2:]).all()
    assert mean_of(found.recall) == pytest.approx((1 / 2 + 1) / 2)
    assert np.isnan(mean_of(np.array([np.nan])))
    missed = class_metrics(confusion_of(np.array([0]), np.array([1]), np.arange(1), ("a", "b"), 1).counts)
    assert missed.f1.tolist() == [0.0, 0.0]
    assert np.isnan(missed.precision[0])
    assert np.isnan(missed.recall[1])


def test_shares_of_rows_and_columns_sum_to_one_or_are_zero_where_there_is_nothing() -> None:
    counts = np.array([[3, 1, 0], [0, 0, 0], [2, 0, 0]])
    assert amounts_of(counts, "recall").sum(axis=1).tolist() == [1, 0, 1]
    assert amounts_of(counts, "precision").sum(axis=0).tolist() == [1, 1, 0]
    assert amounts_of(counts, "counts").tolist() == counts.tolist()


def test_top_k_counts_the_images_whose_class_is_among_the_k_largest_logits() -> None:
    table, logits = drawn()
    assert top_k(table, 1) == table.accuracy
    for k in (2, 3, 5):
        best = torch.from_numpy(logits).topk(k).indices.numpy()
        assert top_k(table, k) == np.mean((best == table.labels[:, None]).any(axis=1))
    assert top_k(table, 10) == 1.0
    assert top_k(confusion_of(np.array([0]), np.array([0]), np.arange(1), ("a", "b"), 1), 1) is None


def test_losses_and_margins_are_those_of_pytorch() -> None:
    table, logits = drawn()
    assert table.scores is not None
    expected = F.cross_entropy(torch.from_numpy(logits), torch.from_numpy(table.labels.copy()), reduction="none")
    assert np.allclose(table.scores.losses, expected.numpy(), atol=1e-6)
    best = torch.from_numpy(logits).topk(2).values.numpy()
    own = logits[np.arange(len(logits)), table.labels]
    right = table.predicted == table.labels
    assert np.allclose(table.scores.margins, np.where(right, own - best[:, 1], own - best[:, 0]), atol=1e-6)
    assert np.array_equal(table.scores.margins > 0, right)


def test_equal_logits_and_logits_that_are_no_numbers_keep_the_first_place_for_what_is_predicted() -> None:
    logits = np.array([[1, 1, 0], [1, 1, 0], [np.nan, 1, 2], [np.nan, 1, 2]], np.float32)
    labels = np.array([0, 1, 0, 1])
    ranks = image_scores(logits, labels).ranks
    assert ranks.tolist() == [0, 1, 0, 2]
    assert np.array_equal(ranks == 0, logits.argmax(1) == labels)


def test_a_loss_stays_finite_where_its_probability_is_zero_in_float32() -> None:
    scores = image_scores(np.array([[200, 0]], np.float32), np.array([1]))
    assert scores.losses[0] == pytest.approx(200)


def test_the_largest_confusions_come_first_and_the_diagonal_is_none() -> None:
    counts = np.array([[9, 2, 0], [5, 9, 2], [0, 7, 9]])
    assert largest_confusions(counts).tolist() == [[2, 1, 7], [1, 0, 5], [0, 1, 2], [1, 2, 2]]
    assert largest_confusions(counts, 3).tolist() == [[2, 1, 7], [1, 0, 5], [0, 1, 2]]
    assert len(largest_confusions(np.diag([3, 4]))) == 0
