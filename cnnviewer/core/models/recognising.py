"""Weights that record nothing but their tensors: which model they are of, and what images it reads.

What shapes leave open is decided by the data set chosen, where the model can run on its images; else by what is usual
for the model. A model of the user's own is run on an empty image to find out which sizes it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from torch import nn

from cnnviewer.core.data import cifar10, mnist
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.class_count import classes_given, classes_of, on_meta
from cnnviewer.core.models.class_names import made_up_names
from cnnviewer.core.models.fitting import (
    MOST_CLASSES,
    OPTIONAL,
    Shape,
    Tensors,
    compare,
    expected_shapes,
    refuse_unusual,
)
from cnnviewer.core.models.large import IMAGENET_CLASSES, IMAGENET_MEAN, IMAGENET_STD, imagenet_classes
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, ModelSpec, spec
from cnnviewer.core.models.state_dicts import FoundTensors

InputShape = tuple[int, int, int]

_SIDES = (28, 32, 64, 96, 128, 224)  # square images that are usual, tried before all others
_LARGER = (256, 299, 384, 448, 512)
_LARGEST_SIDE = 256
_LARGEST_OF_DATA = 64  # data sets are scaled down to it
_SMALL = 5_000_000  # weights of a model that is tried with every size
_DIGITS = tuple("0123456789")
_CIFAR10 = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
# Of the data set that each model is usually trained on.
_NORMALISATION = {
    "mnist": ((0.1307,), (0.3081,)),
    "cifar10": ((0.5,) * 3, (0.5,) * 3),
    "imagenet": (IMAGENET_MEAN, IMAGENET_STD),
}
_USUAL_CLASSES = 10
_LARGE_SIGN = "features.0.weight"  # torchvision's first convolution: without it those models need not be tried


@dataclass(frozen=True)
class Recognised:
    """What weights without a recipe are.

    Attributes:
        recipe: its input is that of the data set chosen where the model runs on it.
        tensors: by the model's names.
        prefix: what stood before these names in the file, wrappers included.
        others: prefixes under which the file holds weights of the same names that were not taken.

    """

    recipe: ModelRecipe
    tensors: Tensors
    prefix: str
    others: tuple[str, ...] = ()


def recognise(
    name: str, found: FoundTensors, model: str | None, info: DataInfo | None = None, size: tuple[int, int] | None = None
) -> Recognised:
    """The recipe of weights that come without one: input and classes are read off the shapes.

    With `model` None it is the one model whose layers all fit. `info` is the data set chosen, `size` the
    `(H, W)` of the images where the user says so.

    Raises:
        UserError: no model fits, or several do.
    """
    if not found.tensors:
        raise UserError("{file} holds no weights by name: save the model's state_dict().", file=name)
    if model is not None:
        return _recognised(name, found, spec(model), info, size)
    fitting = []
    large = any(path == _LARGE_SIGN or path.endswith("." + _LARGE_SIGN) for path in found.tensors)
    for known in MODELS.values():
        if known.info.resizes and not large:
            continue
        try:
            fitting.append(_recognised(name, found, known, info, size))
        except UserError:
            continue
    if len(fitting) != 1:
        raise UserError(
            "{file} does not say which model its weights are of, and its layers fit {found}: choose the model.",
            file=name,
            found=" + ".join(one.recipe.model for one in fitting) or "none of " + ", ".join(MODELS),
        )
    return fitting[0]


def recipe_for_images(recipe: ModelRecipe, tensors: Tensors, shape: InputShape) -> ModelRecipe | None:
    """The recipe for images of another `shape`, where the model with these weights can run on them; else None."""
    wanted = replace(
        recipe,
        input_shape=shape,
        mean=_each(recipe.mean, shape[0]),
        std=_each(recipe.std, shape[0]),
    )
    try:
        fits = _same_shapes(expected_shapes(wanted), tensors) and classes_given(wanted, tensors) == len(recipe.classes)
    except UserError:
        return None
    return wanted if fits else None


def larger_input(key: str, shape: InputShape, classes: int) -> tuple[InputShape, int] | None:
    """Images larger than those of data sets that the user's own model runs on, and how many classes it tells apart.

    `shape` and `classes` are those of the data set. None for a model that runs on its images, whatever else is wrong
    with it, and for one that runs on no usual size.
    """
    model = spec(key)
    if classes_given(_recipe(model, shape, classes), {}) is not None:
        return None
    for side in (224, *_SIDES, *_LARGER):
        for count in dict.fromkeys((shape[0], 3)) if side > _LARGEST_OF_DATA else ():
            larger = (count, side, side)
            if (outputs := classes_given(_recipe(model, larger, classes), {})) is not None:
                return larger, outputs
    return None


def usual_data(key: str, shape: InputShape, classes: int) -> DataInfo | None:
    """A data set whose images the user's own model runs on, where it does not run on those of this `shape`."""
    model = spec(key)
    if classes_given(_recipe(model, shape, classes), {}) is not None:
        return None
    usual = (cifar10.INFO, mnist.INFO)
    return next((data for data in usual if classes_given(_recipe(model, data.shape, classes), {}) is not None), None)


def _recognised(
    name: str, found: FoundTensors, model: ModelSpec, info: DataInfo | None, size: tuple[int, int] | None
) -> Recognised:
    usual, expected = _usual(model, info)
    optional = {layer for layer in expected if layer.endswith(OPTIONAL)}
    tensors, prefix = found.of_model(expected, optional)
    others = found.others((layer for layer in expected if layer not in optional), prefix)
    refuse_unusual(name, tensors)
    probe = _Probe(usual, expected)
    compare(name, tensors, probe.free, model.info.title)
    classes = probe.classes_in(tensors)
    if classes is not None and classes > MOST_CLASSES:
        raise UserError(
            "{file} cannot be used: {count:class is|classes are} more than {most}.",
            file=name,
            count=classes,
            most=MOST_CLASSES,
        )
    every = sum(tensor.numel() for tensor in tensors.values()) <= _SMALL or not model.is_own
    same = probe.built if model.is_own else None
    for shape in _input_shapes(model, probe.channels_in(tensors), classes, info, size, every):
        if recipe := _fitting_recipe(usual, shape, classes, tensors, info, same):
            return Recognised(recipe, tensors, prefix, others)
    if size is not None:
        raise UserError(
            "{model} cannot run on images of {size} pixels.",
            field="size",
            model=model.info.title,
            size="×".join(map(str, size)),
        )
    # the sizes say no: name the first layer that does not fit the usual one
    shape = (probe.channels_in(tensors) or usual.input_shape[0], *usual.input_shape[1:])
    compare(name, tensors, expected_shapes(_recipe(model, shape, classes or len(usual.classes))), model.info.title)
    raise UserError(
        "{file} fits {model}, but no usual size of image is one that the model runs on: say the size of its images.",
        file=name,
        model=model.info.title,
    )


def _usual(model: ModelSpec, info: DataInfo | None) -> tuple[ModelRecipe, dict[str, Shape]]:
    """What the model is built for to begin with, and its shapes then.

    The user's own may be written for the images and classes of the data set chosen, and for no others.
    """
    about = model.info
    if info is not None and model.is_own and not about.resizes:
        with suppress(UserError):
            recipe = _recipe(model, info.shape, len(info.classes))
            return recipe, expected_shapes(recipe)
    recipe = _recipe(model, about.input_shape, about.classes or _USUAL_CLASSES)
    return recipe, expected_shapes(recipe)


class _Probe:
    """Builds a model for other images and classes, to see which of its shapes follow them.

    Attributes:
        free: the shapes with -1 where they follow channels, size or classes.
        built: the model, on the meta device, where none of its shapes follows anything.

    """

    def __init__(self, usual: ModelRecipe, expected: Mapping[str, Shape]) -> None:
        channels, height, width = usual.input_shape
        more = made_up_names(len(usual.classes) + 1)
        self._expected = expected
        self._classes = self._changes(replace(usual, classes=more))
        self._channels = self._changes(_with_input(usual, (channels + 1, height, width)))
        self._channel_count, self._class_count = channels, len(usual.classes)
        larger = self._changes(_with_input(usual, (channels, 2 * height, 2 * width)))
        places = {*self._classes, *self._channels, *larger}
        self.free = {
            layer: tuple(-1 if (layer, axis) in places else size for axis, size in enumerate(shape))
            for layer, shape in expected.items()
        }
        self.built = None if places else on_meta(usual)

    def classes_in(self, tensors: Tensors) -> int | None:
        """How many classes the weights tell apart; None where no shape follows them."""
        for (layer, axis), change in self._classes.items():
            if change == 1:
                return int(tensors[layer].shape[axis]) + self._class_count - self._expected[layer][axis]
        return None

    def channels_in(self, tensors: Tensors) -> int | None:
        """How many channels the images have; None where no shape follows them."""
        for (layer, axis), change in self._channels.items():
            if change == 1:
                return int(tensors[layer].shape[axis]) + self._channel_count - self._expected[layer][axis]
        return None

    def _changes(self, recipe: ModelRecipe) -> dict[tuple[str, int], int]:
        """(layer, axis) -> by how much its size grows when the model is built for `recipe`."""
        try:
            other = expected_shapes(recipe)
        except UserError:
            return {}
        return {
            (layer, axis): other[layer][axis] - size
            for layer, shape in self._expected.items()
            if len(other.get(layer, ())) == len(shape)
            for axis, size in enumerate(shape)
            if other[layer][axis] != size
        }


def _input_shapes(
    model: ModelSpec,
    channels: int | None,
    classes: int | None,
    info: DataInfo | None,
    size: tuple[int, int] | None,
    every: bool,
) -> Iterator[InputShape]:
    """Images that the weights may be for, the likeliest first."""
    about = model.info
    counts = (channels,) if channels is not None else tuple(dict.fromkeys((about.input_shape[0], 1, 3)))
    if size is not None:
        yield from ((count, *size) for count in counts)
        return
    resizes_these = about.resizes and info is not None and info.shape != about.input_shape
    if info is not None and channels in (None, info.shape[0]) and not resizes_these:
        yield info.shape
    side = 224 if classes == IMAGENET_CLASSES and model.is_own else about.input_shape[1]
    likely = dict.fromkeys((side, *_SIDES))
    for one in likely:
        yield from ((count, one, one) for count in counts)
    for one in (*(range(1, _LARGEST_SIDE + 1) if every else ()), *_LARGER):
        if one not in likely:
            yield from ((count, one, one) for count in counts)


def _fitting_recipe(
    usual: ModelRecipe,
    shape: InputShape,
    classes: int | None,
    tensors: Tensors,
    info: DataInfo | None,
    same: nn.Module | None,
) -> ModelRecipe | None:
    """The recipe for such images, where every tensor has the shape that the model then has, and the model runs.

    `same` is the model where it is the same for all images.
    """
    model = spec(usual.model)
    recipe = _recipe(model, shape, classes or len(usual.classes))
    try:
        if same is None and not _same_shapes(expected_shapes(recipe), tensors):
            return None
    except UserError:  # too small for the model
        return None
    if model.is_own:  # no size is known to be right before it has run
        count = classes_given(recipe, tensors) if same is None else classes_of(same, recipe, tensors)
        if count is None or classes not in (None, count):
            return None
        recipe = _recipe(model, shape, count)
    if info is not None and shape == info.shape and len(recipe.classes) == len(info.classes):
        recipe = replace(recipe, classes=info.classes)
    return recipe


def _recipe(model: ModelSpec, shape: InputShape, classes: int) -> ModelRecipe:
    photographs = classes == IMAGENET_CLASSES and shape[0] == 3
    mean, std = _NORMALISATION["imagenet" if photographs else model.info.dataset]
    names = made_up_names(classes)
    if classes == 10 and shape[0] == 1:
        names = _DIGITS
    elif classes == 10 and shape == (3, 32, 32):
        names = _CIFAR10
    elif photographs:
        names = imagenet_classes()
    return ModelRecipe(model.info.key, shape, names, _each(mean, shape[0]), _each(std, shape[0]))


def _with_input(recipe: ModelRecipe, shape: InputShape) -> ModelRecipe:
    return replace(recipe, input_shape=shape, mean=_each(recipe.mean, shape[0]), std=_each(recipe.std, shape[0]))


def _each(values: tuple[float, ...], channels: int) -> tuple[float, ...]:
    return values if len(values) == channels else values[:1] * channels


def _same_shapes(expected: Mapping[str, Shape], tensors: Tensors) -> bool:
    return all(layer in tensors and tuple(tensors[layer].shape) == shape for layer, shape in _required(expected))


def _required(expected: Mapping[str, Shape]) -> Iterable[tuple[str, Shape]]:
    return ((layer, shape) for layer, shape in expected.items() if not layer.endswith(OPTIONAL))
