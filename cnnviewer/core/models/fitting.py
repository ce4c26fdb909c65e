"""Tensors by name from a file: which model they are, and whether every one of them fits."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.large import IMAGENET_CLASSES, IMAGENET_MEAN, IMAGENET_STD, imagenet_classes
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build, spec
from cnnviewer.core.models.torch_file import plain

Tensors = Mapping[str, torch.Tensor]
Shape = tuple[int, ...]

LARGEST = 640 * 2**20  # bytes of a weights file, and of the weights in memory
MOST_CLASSES = 100_000
_SIDES = (28, 32, 64, 96, 128, 224)  # square images that are usual, tried before all others
_LARGEST_SIDE = 256
_KINDS = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
_DIGITS = tuple("0123456789")
_CIFAR10 = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
# Of the data set that each model is usually trained on.
_NORMALISATION = {
    "mnist": ((0.1307,), (0.3081,)),
    "cifar10": ((0.5,) * 3, (0.5,) * 3),
    "imagenet": (IMAGENET_MEAN, IMAGENET_STD),
}
_LARGE_SIGN = "features.0.weight"  # torchvision's first convolution: without it those models need not be tried


def recognise(name: str, tensors: Tensors, model: str | None) -> ModelRecipe:
    """The recipe of weights that come without one: input and classes are read off the shapes.

    With `model` None it is the one model whose layers all fit.

    Raises:
        UserError: no model fits, or several do.
    """
    _refuse_unusual(name, tensors)
    if model is not None:
        return _recipe_from_shapes(name, tensors, spec(model).info.key)
    fitting = []
    for key, model_spec in MODELS.items():
        if model_spec.info.resizes and _LARGE_SIGN not in tensors:
            continue
        try:
            fitting.append(_recipe_from_shapes(name, tensors, key))
        except UserError:
            continue
    if len(fitting) != 1:
        raise UserError(
            "{file} does not say which model its weights are of, and its layers fit {found}: choose the model.",
            file=name,
            found=" + ".join(recipe.model for recipe in fitting) or "none of " + ", ".join(MODELS),
        )
    return fitting[0]


def checked(name: str, tensors: Tensors, recipe: ModelRecipe) -> dict[str, torch.Tensor]:
    """The tensors as float32 in the model's order, every one of them as the recipe wants it.

    What is float32 already is not copied: VGG19's weights need not be there twice.

    Raises:
        UserError: a layer is missing, unknown, of another shape or kind, or holds NaN or infinity.
    """
    _refuse_unusual(name, tensors)
    expected = _expected_shapes(recipe)
    _compare(name, tensors, expected, spec(recipe.model).info.title)
    result = {}
    for layer, shape in expected.items():
        counter = not shape and tensors[layer].dtype == torch.int64  # batches that a batch normalisation has seen
        whole = tensors[layer].detach().to(torch.int64 if counter else torch.float32).contiguous()
        if not torch.isfinite(whole).all():
            raise UserError(
                "{file} cannot be used: {layer} holds NaN or infinity, so the training that wrote it had diverged.",
                file=name,
                layer=layer,
            )
        result[layer] = whole
    return result


def _refuse_unusual(name: str, tensors: Tensors) -> None:
    """Refuse numbers of another kind, and shapes that claim more numbers than the file holds."""
    for layer, tensor in tensors.items():
        usual = (
            tensor.layout == torch.strided
            and tensor.device.type == "cpu"
            and (tensor.dtype in _KINDS or (tensor.ndim == 0 and tensor.dtype == torch.int64))
            and tensor.numel() * tensor.element_size() <= tensor.untyped_storage().nbytes()
        )
        if not usual:
            raise UserError(
                "{file} cannot be used: {layer} does not hold ordinary floating-point numbers.",
                file=name,
                layer=plain(layer),
            )
    if 4 * sum(tensor.numel() for tensor in tensors.values()) > LARGEST:
        raise UserError("{file} holds more weights than {limit} MB.", file=name, limit=LARGEST // 2**20)


def _recipe_from_shapes(name: str, tensors: Tensors, key: str) -> ModelRecipe:
    info = spec(key).info
    usual = _recipe(key, info.input_shape, 10)
    expected = _expected_shapes(usual)
    _compare(name, tensors, {layer: _free(shape, layer, expected) for layer, shape in expected.items()}, info.title)
    channels = int(tensors[_first_weight(expected)].shape[1])
    classes = int(tensors[_last_weight(expected)].shape[0])
    if classes > MOST_CLASSES:
        raise UserError(
            "{file} cannot be used: {count} classes are more than {most}.", file=name, count=classes, most=MOST_CLASSES
        )
    sides = dict.fromkeys((info.input_shape[1], *_SIDES, *range(1, _LARGEST_SIDE + 1)))
    for side in sides:
        recipe = _recipe(key, (channels, side, side), classes)
        try:
            shapes = _expected_shapes(recipe)
        except UserError:  # too small for the model
            continue
        if all(tuple(tensors[layer].shape) == shape for layer, shape in shapes.items()):
            return recipe
    _compare(name, tensors, _expected_shapes(_recipe(key, (channels, *info.input_shape[1:]), classes)), info.title)
    raise AssertionError("the usual side is among those tried")


def _recipe(key: str, shape: tuple[int, int, int], classes: int) -> ModelRecipe:
    mean, std = _NORMALISATION[spec(key).info.dataset]
    if len(mean) != shape[0]:
        mean, std = mean[:1] * shape[0], std[:1] * shape[0]
    names = tuple(f"class {i}" for i in range(classes))
    if classes == 10 and shape[0] == 1:
        names = _DIGITS
    elif classes == 10 and shape == (3, 32, 32):
        names = _CIFAR10
    elif classes == IMAGENET_CLASSES and spec(key).info.resizes:
        names = imagenet_classes()
    return ModelRecipe(key, shape, names, mean, std)


def _expected_shapes(recipe: ModelRecipe) -> dict[str, Shape]:
    with torch.device("meta"):  # shapes only: no memory and no random numbers
        return {layer: tuple(tensor.shape) for layer, tensor in build(recipe).state_dict().items()}


def _first_weight(expected: Mapping[str, Shape]) -> str:
    return next(layer for layer, shape in expected.items() if len(shape) == 4)


def _last_weight(expected: Mapping[str, Shape]) -> str:
    return [layer for layer, shape in expected.items() if len(shape) == 2][-1]


def _free(shape: Shape, layer: str, expected: Mapping[str, Shape]) -> Shape:
    """The shape with -1 where it follows the input or the classes."""
    last = _last_weight(expected)
    if layer == _first_weight(expected):
        shape = (shape[0], -1, *shape[2:])
    if layer in (last, last.replace("weight", "bias")):
        shape = (-1, *shape[1:])
    first_linear = next(name for name, s in expected.items() if len(s) == 2)
    return (shape[0], -1) if layer == first_linear else shape


def _compare(name: str, tensors: Tensors, expected: Mapping[str, Shape], title: str) -> None:
    """Refuse missing and unknown names and other shapes; -1 stands for any size but 0."""
    if missing := [layer for layer in expected if layer not in tensors]:
        raise UserError("{file} is not a {model}: it has no {layers}.", file=name, model=title, layers=_listed(missing))
    if unknown := [layer for layer in tensors if layer not in expected]:
        raise UserError(
            "{file} is not a {model}, which has no {layers}.", file=name, model=title, layers=_listed(unknown)
        )
    for layer, shape in expected.items():
        found = tuple(tensors[layer].shape)
        same = len(found) == len(shape) and all(
            w == f or (w == -1 and f > 0) for f, w in zip(found, shape, strict=True)
        )
        if not same:
            raise UserError(
                "{file} is not such a {model}: {layer} has the shape {found}, expected is {expected}.",
                file=name,
                model=title,
                layer=layer,
                found=_shape(found),
                expected=_shape(shape),
            )


def _listed(names: list[str]) -> str:
    listed = ", ".join(plain(name) for name in names[:3])
    return f"{listed}, …" if len(names) > 3 else listed


def _shape(shape: Shape) -> str:
    return "×".join("any" if size == -1 else str(size) for size in shape) or "of a single number"
