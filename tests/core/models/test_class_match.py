"""Outputs and classes are matched by name; what cannot be is refused with the difference, or said."""

import unicodedata
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.models.class_match import for_classes, match_classes
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import LOSSES, Training
from cnnviewer.presenters.resolve import untrained
from tests.small_data import GREY, tiny

NFD = unicodedata.normalize("NFD", "café")


def recipe(classes: tuple[str, ...], dataset: str = "folder:/a") -> ModelRecipe:
    return ModelRecipe("lenet", (1, 28, 28), classes, (0.5,), (0.5,), dataset)


def info(classes: tuple[str, ...], key: str = "folder:/b") -> DataInfo:
    return DataInfo(key, "pets", (1, 28, 28), classes, (0.5,), (0.5,))


@pytest.mark.parametrize(
    ("ours", "theirs", "outputs"),
    [
        (("a", "b", "c"), ("a", "b", "c"), (0, 1, 2)),
        (("c", "a", "b"), ("a", "b", "c"), (1, 2, 0)),
        (("café", "tea"), ("tea", NFD), (1, 0)),
        (("0", "1"), ("1", "0"), (1, 0)),
    ],
)
def test_names_decide_whatever_their_order(
    ours: tuple[str, ...], theirs: tuple[str, ...], outputs: tuple[int, ...]
) -> None:
    match = match_classes(recipe(ours), info(theirs))
    assert (match.by, match.outputs, match.note) == ("name", outputs, None)
    assert match.classes_of(np.array(match.outputs)).tolist() == list(range(len(theirs)))
    assert match.outputs_of(torch.arange(len(theirs))).tolist() == list(outputs)


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ("abc", "bcd", "The classes differ: the weights know a, pets has d instead."),
        ("ab", "abc", "The classes differ: pets has c, which the weights do not know."),
        ("abc", "ab", "The classes differ: the weights know c, of which pets has no images."),
        ("aab", "aba", "The model has two classes called a: no result could tell them apart."),
    ],
)
def test_a_difference_is_named(ours: str, theirs: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        match_classes(recipe(tuple(ours)), info(tuple(theirs)))
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("weights", "data", "options", "words"),
    [
        (recipe(("x", "y")), info(("a", "b")), {"by_position": True}, "as asked for"),
        (recipe(("a", "b")), info(("a", "b")), {"named": False}, "The weights record no names"),
        (recipe(("0", "1"), "npz:/a"), info(("a", "b")), {}, "The weights record no names"),
        (recipe(("class 0", "class 1")), info(("a", "b")), {}, "The weights record no names"),
        (recipe(("a", "b")), info(("0", "1"), "npz:/b"), {}, "pets does not name its classes"),
    ],
)
def test_what_has_no_names_is_matched_by_position_and_says_so(
    weights: ModelRecipe, data: DataInfo, options: dict[str, Any], words: str
) -> None:
    match = match_classes(weights, data, **options)
    assert (match.by, match.outputs) == ("position", (0, 1))
    assert words in str(match.note)
    assert match.names == (weights.classes if data.key == "npz:/b" else data.classes)


def test_weights_that_number_their_classes_are_shown_with_the_names_of_the_data_set() -> None:
    state = untrained(MODELS["lenet"], info(("0", "1"), "npz:/a"))
    state = replace(state, read_as="weights")
    shown = for_data(state, info(("a", "b")))
    assert (shown.recipe.classes, shown.named) == (("a", "b"), False)
    assert for_data(shown, info(("a", "b"))) is shown
    assert for_data(shown, info(("x", "y"))).recipe.classes == ("x", "y")
    assert for_data(state, info(("0", "1"), "npz:/b")) is state


def test_the_option_by_position_is_refused_where_the_numbers_of_classes_differ() -> None:
    with pytest.raises(UserError, match="classes differ"):
        match_classes(recipe(("a", "b")), info(("a", "b", "c")), by_position=True)


# what follows from it


CONFIG = TrainConfig("lenet", "tiny-grey", epochs=4, batch_size=16, learning_rate=0.05, momentum=0.5, threads=1)


def finished(training: Training) -> Finished:
    *_, last = training
    assert isinstance(last, Finished)
    return last


def renamed(data: DataSet, order: list[int]) -> DataSet:
    """The same images; class `order[i]` of before is number i now."""
    place = torch.tensor(np.argsort(order))
    parts = {
        name: replace(split, labels=place[split.labels]) for name, split in (("train", data.train), ("test", data.test))
    }
    return replace(data, info=replace(data.info, classes=tuple(data.info.classes[label] for label in order)), **parts)


@pytest.fixture(scope="module")
def trained() -> ModelState:
    return finished(Training(tiny(GREY, 320, 100), CONFIG)).state


def test_images_in_another_order_of_classes_are_evaluated_alike(trained: ModelState) -> None:
    data = tiny(GREY, 320, 100)
    loss = LOSSES["nll"]
    expected = evaluate(from_state(trained), data.test, trained.recipe, loss)
    state, fitted, match = for_classes(trained, renamed(data, [3, 1, 2, 0, 4, 9, 6, 7, 8, 5]))
    found = evaluate(from_state(state), fitted.test, state.recipe, loss)
    assert match.by == "name"
    assert found == expected
    assert found.accuracy > 0.5  # by position four classes of ten would be wrong


def test_a_training_from_weights_learns_the_classes_as_they_number_them(trained: ModelState) -> None:
    data = tiny(GREY, 320, 100)
    plain = finished(Training(data, replace(CONFIG, epochs=1), start=trained))
    other = renamed(data, [3, 1, 2, 0, 4, 9, 6, 7, 8, 5])
    found = finished(Training(other, replace(CONFIG, epochs=1), start=trained))
    assert found.state.recipe.classes == trained.recipe.classes
    assert found.test == plain.test
    for name, tensor in plain.state.tensors.items():
        assert torch.equal(tensor, found.state.tensors[name]), name


def test_a_training_from_weights_of_other_classes_is_refused(trained: ModelState) -> None:
    data = tiny(replace(GREY, classes=(*GREY.classes[:9], "ten")), 320, 100)
    with pytest.raises(UserError, match="the weights know 9, Tiny grey has ten instead") as caught:
        Training(data, CONFIG, start=trained)
    assert caught.value.field == "dataset"


def test_a_training_goes_on_with_classes_as_it_numbered_them(trained: ModelState) -> None:
    data = renamed(tiny(GREY, 320, 100), [3, 1, 2, 0, 4, 9, 6, 7, 8, 5])
    whole = Training(data, replace(CONFIG, epochs=2), start=trained)
    checkpoint = None
    for event in whole:
        if checkpoint is None:
            checkpoint = whole.checkpoint()
        last = event
    again = finished(Training(data, replace(CONFIG, epochs=2), resume=checkpoint))
    assert isinstance(last, Finished)
    for name, tensor in last.state.tensors.items():
        assert torch.equal(tensor, again.state.tensors[name]), name
