"""Data sets for a command: loaded, and matched to the classes of weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli.exit_codes import RequestError, tell, wrong
from cnnviewer.core.errors import UserError

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.images.decoding import Decoding
    from cnnviewer.core.models.class_match import ClassMatch
    from cnnviewer.core.models.state import ModelState


def load_data(data_dir: Path, key: str, reading: Decoding | None = None, logged: bool = False) -> DataSet:
    """Load a data set and print its notes.

    Args:
        data_dir: where data sets are.
        key: of the data set.
        reading: how the weights record that the user's own images are decoded; None: the present way.
        logged: the notes are printed elsewhere, as in the log of a training.

    Raises:
        RequestError: it is missing or damaged.
    """
    from cnnviewer.core.data.registry import load

    data = wrong(load, key, data_dir, reading=reading)
    for note in () if logged else data.info.notes:
        tell(note)
    return data


def matched(state: ModelState, data: DataSet, by_position: bool) -> tuple[ModelState, DataSet, ClassMatch]:
    """Weights and data with one list of classes, see `for_classes`; a note on how they were matched is printed.

    Raises:
        RequestError: the images have another size, or other classes.
    """
    from cnnviewer.core.models.class_match import for_classes

    recipe, info = state.recipe, data.info
    if info.shape != recipe.input_shape or (by_position and len(info.classes) != len(recipe.classes)):
        raise RequestError(
            "These weights read {shape} images of {count:class|classes}, and {title} has {data_shape} and "
            "{data_count}.",
            shape="×".join(map(str, recipe.input_shape)),
            count=len(recipe.classes),
            title=info.title,
            data_shape="×".join(map(str, info.shape)),
            data_count=len(info.classes),
        )
    try:
        match = for_classes(state, data, by_position)
    except UserError as error:
        if len(info.classes) != len(recipe.classes):
            raise RequestError(error.template, field=error.field, **error.values) from error
        raise RequestError("{reason} --by-position takes them in their order all the same.", reason=error) from error
    if (note := match[2].note) is not None:
        tell(note)
    return match
