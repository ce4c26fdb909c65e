"""Which output of a model stands for which class of a data set, decided here for everything that compares the two.

By name: weights of the classes (a, b, c) say nothing about images of (b, c, d). Names compare in Unicode NFC. Weights
or data without names are matched by position, which is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.arrays import check_names, nfc, some
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.class_names import made_up_names
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState

By = Literal["name", "position"]


@dataclass(frozen=True)
class ClassMatch:
    """How a model's outputs and a data set's classes belong together.

    Attributes:
        by: what they were matched by.
        outputs: for each class of the data set the output that stands for it.
        names: of the outputs, in their order: the data set's, or those of the weights where that has only numbers.
        note: what the user should know of it; None where the names agree.

    """

    by: By
    outputs: tuple[int, ...]
    names: tuple[str, ...]
    note: UserError | None = None

    @property
    def same_order(self) -> bool:
        """Whether output i stands for class i."""
        return self.outputs == tuple(range(len(self.outputs)))

    def classes_of(self, outputs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The classes of the data set that these outputs stand for."""
        return outputs if self.same_order else np.argsort(self.outputs)[outputs]

    def outputs_of(self, labels: torch.Tensor) -> torch.Tensor:
        """The outputs that stand for these labels of the data set, int64 `(N,)`."""
        return labels if self.same_order else torch.tensor(self.outputs, device=labels.device)[labels]


def match_classes(recipe: ModelRecipe, info: DataInfo, named: bool = True, by_position: bool = False) -> ClassMatch:
    """Match the outputs of a model to the classes of a data set.

    Args:
        recipe: of the model.
        info: of the data set.
        named: whether the weights record the names in the recipe.
        by_position: output i stands for class i, whatever the names say.

    Raises:
        UserError: the classes differ, which names the difference, or two outputs have one name.
    """
    ours, theirs = recipe.classes, info.classes
    names, note = theirs, None
    if len(ours) == len(theirs):
        alike = set(map(nfc, ours)) == set(map(nfc, theirs))
        if by_position:
            note = UserError(
                "Classes are matched by position, as asked for: the first output is {name}.", name=theirs[0]
            )
        elif not named or (not alike and _is_numbered(ours, recipe.data_key)):
            note = UserError(
                "The weights record no names of classes: their outputs are those of {title} by position.",
                title=info.title,
            )
        elif not alike and _is_numbered(theirs, info.data_key):
            names = ours
            note = UserError(
                "{title} does not name its classes: they are those of the weights by position.", title=info.title
            )
    if note is not None:
        return ClassMatch("position", tuple(range(len(theirs))), names, note)
    outputs = _by_name(ours, info)
    return ClassMatch("name", outputs, tuple(theirs[label] for label in np.argsort(outputs)))


def for_classes(state: ModelState, data: DataSet, by_position: bool = False) -> tuple[ModelState, DataSet, ClassMatch]:
    """Weights and data with one list of classes, numbered as the weights' outputs.

    Neither tensors nor images are copied; what needs no change is returned as it is.

    Raises:
        UserError: as `match_classes`.
    """
    match = match_classes(state.recipe, data.info, state.named, by_position)
    if match.names != state.recipe.classes:
        state = replace(state, recipe=replace(state.recipe, classes=match.names))
    return state, numbered(data, match), match


def class_note(state: ModelState, info: DataInfo, by_position: bool = False) -> UserError | None:
    """What the user should know of how the outputs are called beside this data set."""
    try:
        return match_classes(state.recipe, info, state.named, by_position).note
    except UserError as error:
        return error


def as_numbered(recipe: ModelRecipe, data: DataSet) -> DataSet:
    """The data set with its classes numbered as a training of this recipe had them; as it is where others are there."""
    try:
        return numbered(data, match_classes(recipe, data.info))
    except UserError:
        return data


def numbered(data: DataSet, match: ClassMatch) -> DataSet:
    """The data set with its classes numbered and called as the outputs; itself where they are already."""
    if match.names == data.info.classes:
        return data

    def renumbered(split: Split) -> Split:
        return Split(split.images, match.outputs_of(split.labels), split.files)

    return replace(
        data,
        info=replace(data.info, classes=match.names),
        train=renumbered(data.train),
        test=renumbered(data.test),
        validation=renumbered(data.validation) if data.validation is not None else None,
    )


def _by_name(ours: tuple[str, ...], info: DataInfo) -> tuple[int, ...]:
    mine, theirs = [nfc(name) for name in ours], [nfc(name) for name in info.classes]
    unknown = [name for name in theirs if name not in mine]
    lacking = [name for name in mine if name not in theirs]
    if unknown and lacking:
        raise UserError(
            "The classes differ: the weights know {known}, {title} has {names} instead.",
            field="dataset",
            known=some(lacking),
            title=info.title,
            names=some(unknown),
        )
    if unknown:
        raise UserError(
            "The classes differ: {title} has {names}, which the weights do not know.",
            field="dataset",
            title=info.title,
            names=some(unknown),
        )
    if lacking:
        raise UserError(
            "The classes differ: the weights know {known}, of which {title} has no images.",
            field="dataset",
            known=some(lacking),
            title=info.title,
        )
    for names, title in ((mine, "The model"), (theirs, info.title)):
        check_names(names, title)
    return tuple(mine.index(name) for name in theirs)


def _is_numbered(classes: Sequence[str], dataset: DataKey) -> bool:
    """Whether names were made up from the numbers of the classes; those of an `.npz` often are."""
    if tuple(classes) == made_up_names(len(classes)):
        return True
    return dataset.kind == "npz" and all(name.isascii() and name.isdigit() for name in classes)
