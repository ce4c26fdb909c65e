"""Results as programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnviewer.core.training.events import Evaluation


def judgement(test: Evaluation) -> dict[str, object]:
    """What came out on the test images: `correct`, `total`, `accuracy`, and the same per class."""
    return {
        "correct": test.correct,
        "total": test.total,
        "accuracy": test.accuracy,
        "per_class": {
            name: {"correct": correct, "total": total, "accuracy": correct / total if total else None}
            for name, (correct, total) in test.per_class.items()
        },
    }
