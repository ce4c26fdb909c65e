"""Lessons: every operation in a few short sentences that follow the layer's geometry."""

from __future__ import annotations

import pytest

from cnnviewer.core.inspection.records import Architecture, LayerInfo, SlidingWindow
from cnnviewer.ui.explore.explain.lessons import Lessons

KINDS = (
    "input", "conv2d", "max_pool2d", "avg_pool2d", "min_pool2d", "adaptive_avg_pool2d", "relu", "dropout", "dropout2d",
    "batch_norm2d", "flatten", "linear", "softmax", "log_softmax", "nll", "cross_entropy", "add", "cat", "pixel_shuffle",
)  # fmt: skip


def layers_of(kind: str) -> tuple[LayerInfo, Architecture]:
    before = LayerInfo("before", "input", "Input", (), (4, 12, 12))
    windows = {"conv2d": SlidingWindow((3, 3), (1, 1), (0, 0))} | dict.fromkeys(
        ("max_pool2d", "avg_pool2d", "min_pool2d"), SlidingWindow((2, 2), (2, 2), (0, 0))
    )
    shape = {"flatten": (576,), "linear": (10,), "softmax": (10,)}.get(kind, (4, 6, 6))
    layer = LayerInfo("it", kind, kind, ("before",), shape, window=windows.get(kind))
    return layer, Architecture("x", (before, layer))


@pytest.mark.parametrize("kind", KINDS)
def test_every_operation_has_a_lesson_of_a_few_short_sentences(kind: str) -> None:
    lesson = Lessons().lesson(*layers_of(kind))
    assert lesson.title
    assert lesson.terms
    assert 3 <= len(lesson.sentences) <= 5
    for sentence in lesson.sentences:
        assert len(sentence.split()) <= 25, sentence
        assert "{" not in sentence
        assert sentence.endswith(".") or "=" in sentence or "≈" in sentence


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (SlidingWindow((3, 3), (2, 2), (1, 1)), "padding of 1"),
        (SlidingWindow((3, 3), (1, 2), (0, 0)), "stride of 1×2"),
        (SlidingWindow((1, 1), (1, 1), (0, 0)), "sees no neighbours"),
        (None, "slides kernels"),
    ],
    ids=["padding", "unequal strides", "1×1", "padding that is no zeros"],
)
def test_a_convolutions_lesson_follows_its_geometry(window: SlidingWindow | None, said: str) -> None:
    before = LayerInfo("before", "input", "Input", (), (4, 12, 12))
    layer = LayerInfo("it", "conv2d", "Conv", ("before",), (6, 6, 6), 999, window=window)
    lesson = Lessons().lesson(layer, Architecture("x", (before, layer)))
    assert said in " ".join(lesson.sentences)
    assert "a bias is added" in " ".join(lesson.sentences)
