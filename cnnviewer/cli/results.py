"""Results as programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnviewer.core.models.recipe import Normalisation
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


def normalisation_facts(used: Normalisation) -> dict[str, object]:
    """The normalisation of every image, and who says so: `weights`, `dataset`, `model` or `asked`."""
    return {"mean": list(used.mean), "std": list(used.std), "by": used.by}


def normalisation_words(used: Normalisation, dataset: str = "", model: str = "") -> str:
    """The same in a sentence; `dataset` is the title of the one chosen, `model` the model's."""
    mean, std = (", ".join(f"{value:g}" for value in values) for values in (used.mean, used.std))
    by = {
        "weights": f"the weights record ({used.dataset})" if used.dataset else "the weights record",
        "dataset": f"is usual for {dataset}; the weights record none",
        "model": f"is usual for {model}; the weights record none",
        "asked": "was asked for",
    }[used.by]
    return f"Images are normalised with mean {mean} and standard deviation {std}, as {by}."
