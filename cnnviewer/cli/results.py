"""Results in the form in which programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnviewer.core.evaluation.records import Evaluation
    from cnnviewer.core.models.recipe import Normalisation


def evaluation_facts(test: Evaluation) -> dict[str, object]:
    """The result on the test images: `correct`, `total`, `accuracy` (0 to 1), and the same per true class."""
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
    """The normalisation of every image, and what decided it: `weights`, `dataset`, `model` or `asked`."""
    return {"mean": list(used.mean), "std": list(used.std), "by": used.by}


def normalisation_sentence(used: Normalisation, dataset: str = "", model: str = "") -> str:
    """The same as a sentence.

    Args:
        used: the normalisation.
        dataset: the title of the data set that was chosen.
        model: the model's title.
    """
    mean, std = (", ".join(f"{value:g}" for value in values) for values in (used.mean, used.std))
    by = {
        "weights": f"the weights record ({used.dataset})" if used.dataset else "the weights record",
        "dataset": f"is usual for {dataset}; the weights record none",
        "model": f"is usual for {model}; the weights record none",
        "asked": "was asked for",
    }[used.by]
    return f"Images are normalised with mean {mean} and standard deviation {std}, as {by}."
