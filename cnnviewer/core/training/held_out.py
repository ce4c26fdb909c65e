"""Which images a training did not learn from: only on these can anything be fitted afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.batches import divided


@dataclass(frozen=True)
class HeldOut:
    """The training images of a data set as some weights know them.

    Attributes:
        learned: what was learned from; None where they learned from another data set.
        validation: what was not; None where that is nothing.
        why_not: why there is nothing, as a sentence.

    """

    learned: Split | None
    validation: Split | None
    why_not: UserError | None = None


def held_out_by(state: ModelState, data: DataSet) -> HeldOut:
    """Divide the training images as the training of these weights did, by its seed and its share.

    `data` has its classes numbered as the outputs of the weights (`for_classes`).
    """
    facts, learned_from = state.provenance, state.learned_from
    if learned_from.text and learned_from.absolute() != data.info.data_key.absolute():
        return HeldOut(
            None,
            None,
            UserError(
                "The weights learned from {dataset}, so no images of {title} are held out for them.",
                dataset=learned_from.title,
                title=data.info.title,
            ),
        )
    if data.validation is not None:
        return HeldOut(data.train, data.validation)
    if "seed" not in facts or "validation_fraction" not in facts:
        return HeldOut(
            data.train, None, UserError("The weights do not record which images were held out for validation.")
        )
    learned, held_out = divided(data, float(facts["validation_fraction"]), int(facts["seed"]))
    if not len(held_out):
        return HeldOut(
            data.train,
            None,
            UserError("The weights learned from all training images: none were held out for validation."),
        )
    return HeldOut(data.train.select(learned), data.train.select(held_out))
