"""Tensors by name from a file: whether every one of them fits its model."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import spec, tensors_of
from cnnviewer.core.models.state_dicts import COUNTS, KINDS
from cnnviewer.core.models.torch_file import plain

Tensors = Mapping[str, torch.Tensor]
Shape = tuple[int, ...]

LARGEST = 640 * 2**20  # bytes of a weights file, and of the weights in memory
MOST_CLASSES = 100_000
OPTIONAL = "num_batches_tracked"
"""Name of a counter that PyTorch before 0.4.1 did not save, and that nothing is computed from."""


def checked(name: str, tensors: Tensors, recipe: ModelRecipe) -> dict[str, torch.Tensor]:
    """The tensors as float32 in the model's order, every one of them as the recipe wants it.

    What is float32 already is not copied: VGG19's weights need not be there twice.

    Raises:
        UserError: a layer is missing, unknown, of another shape or kind, or holds NaN or infinity.
    """
    refuse_unusual(name, tensors)
    wanted = tensors_of(recipe)
    expected = _shapes(wanted)
    compare(name, tensors, expected, spec(recipe.model).info.title)
    result = {}
    for layer, like in wanted.items():
        tensor = tensors.get(layer, torch.zeros((), dtype=torch.int64))  # only a counter may lack
        if like.is_floating_point() and not tensor.is_floating_point():
            raise _unusual(name, layer)
        whole = tensor.detach().to(torch.float32 if like.is_floating_point() else like.dtype).contiguous()
        if not torch.isfinite(whole).all():
            raise UserError(
                "{file} cannot be used: {layer} holds NaN or infinity, so the training that wrote it had diverged.",
                file=name,
                layer=layer,
            )
        result[layer] = whole
    return result


def refuse_unusual(name: str, tensors: Tensors) -> None:
    """Refuse numbers of another kind, and shapes that claim more numbers than the file holds."""
    for layer, tensor in tensors.items():
        usual = (
            tensor.layout == torch.strided
            and tensor.device.type == "cpu"
            and tensor.dtype in (*KINDS, *COUNTS)
            and tensor.numel() * tensor.element_size() <= tensor.untyped_storage().nbytes()
        )
        if not usual:
            raise _unusual(name, layer)
    if 4 * sum(tensor.numel() for tensor in tensors.values()) > LARGEST:
        raise UserError("{file} holds more weights than {limit} MB.", file=name, limit=LARGEST // 2**20)


def _unusual(name: str, layer: str) -> UserError:
    return UserError(
        "{file} cannot be used: {layer} does not hold ordinary floating-point numbers.", file=name, layer=plain(layer)
    )


def expected_shapes(recipe: ModelRecipe) -> dict[str, Shape]:
    """The shape of every tensor of the recipe's model, in its order.

    Raises:
        UserError: the model cannot be built so.
    """
    return _shapes(tensors_of(recipe))


def _shapes(tensors: Tensors) -> dict[str, Shape]:
    return {layer: tuple(tensor.shape) for layer, tensor in tensors.items()}


def compare(name: str, tensors: Tensors, expected: Mapping[str, Shape], title: str) -> None:
    """Refuse missing and unknown names and other shapes; -1 stands for any size but 0."""
    if not any(layer in tensors for layer in expected):
        raise UserError(
            "{file} is not a {model}: none of its {count:tensor|tensors} is called as one of the model's, such as "
            "{layers}.",
            file=name,
            model=title,
            count=len(tensors),
            layers=_listed(list(expected)),
        )
    if missing := [layer for layer in expected if layer not in tensors and not layer.endswith(OPTIONAL)]:
        raise UserError("{file} is not a {model}: it has no {layers}.", file=name, model=title, layers=_listed(missing))
    if unknown := [layer for layer in tensors if layer not in expected]:
        raise UserError(
            "{file} is not a {model}, which has no {layers}.", file=name, model=title, layers=_listed(unknown)
        )
    for layer, shape in expected.items():
        if layer not in tensors:
            continue
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
