"""What the layers of a design make of an image: shapes, parameters, work, and what cannot be. Free of torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.design import CLASSES, POOLS, Design, Kind, LayerSpec

Shape = tuple[int, ...]
InputShape = tuple[int, int, int]

MOST_PARAMETERS: Final = 50_000_000
MOST_VALUES: Final = 50_000_000  # of one image in one layer: 200 MB

_NAMES: Final[dict[Kind, str]] = {
    "conv": "conv",
    "max_pool": "pool",
    "avg_pool": "pool",
    "min_pool": "pool",
    "relu": "relu",
    "dropout": "dropout",
    "batch_norm": "bn",
    "flatten": "flatten",
    "linear": "fc",
}


@dataclass(frozen=True)
class LayerCheck:
    """One layer of a design, worked out.

    Attributes:
        name: of the module, `conv1`, `pool1`, `relu1`, `fc1`, …, numbered by kind; `flatten`, of which there is one.
        spec: the layer.
        before: shape of what it takes for one image, `(C, H, W)` or `(N,)`; None after an error.
        shape: of what it gives; None where that cannot be said.
        parameters: how many numbers are learned here.
        parameter_text: how that number comes about: `16×3×3×3 + 16 = 448`; empty without parameters.
        multiply_adds: multiplications, each with its addition, for one image (convolutions and fully connected
            layers; others have none).
        error: why the layer cannot be as it is, None where it can.

    """

    name: str
    spec: LayerSpec
    before: Shape | None = None
    shape: Shape | None = None
    parameters: int = 0
    parameter_text: str = ""
    multiply_adds: int = 0
    error: UserError | None = None


def check(design: Design, input_shape: InputShape, classes: int) -> tuple[LayerCheck, ...]:
    """Every layer of the design for images of `input_shape`, `(C, H, W)`, and so many classes.

    At most one row has an error: behind a layer that cannot be, nothing is known. The last row's error may also say
    that the outputs are not the classes; its shape is there then.
    """
    rows: list[LayerCheck] = []
    counts: dict[str, int] = {}
    shape: Shape | None = input_shape
    total = 0
    for spec in design.layers:
        name = _NAMES[spec.kind]
        counts[name] = counts.get(name, 0) + 1
        name = name if spec.kind == "flatten" and counts[name] == 1 else f"{name}{counts[name]}"
        if shape is None:
            rows.append(LayerCheck(name, spec))
            continue
        try:
            row = layer_check(name, spec, shape, classes, total)
            total += row.parameters
        except UserError as error:
            row = LayerCheck(name, spec, before=shape, error=error)
        rows.append(row)
        shape = row.shape
    if rows and shape is not None and shape != (classes,):
        rows[-1] = replace(rows[-1], error=_unfinished(shape, classes))
    return tuple(rows)


def require(design: Design, input_shape: InputShape, classes: int) -> tuple[LayerCheck, ...]:
    """The same for a design that can be built.

    Raises:
        UserError: the first thing that is wrong, with the layer's name.
    """
    rows = check(design, input_shape, classes)
    if not rows:
        raise UserError("The design has no layers yet.")
    for row in rows:
        if row.error is not None:
            raise UserError("{layer} does not fit: {reason}", layer=row.name, reason=row.error)
    return rows


def out_features(spec: LayerSpec, classes: int) -> int:
    """Channels or features that a convolution or fully connected layer gives."""
    return classes if spec.out == CLASSES else spec.out


def layer_check(name: str, spec: LayerSpec, before: Shape, classes: int, parameters: int = 0) -> LayerCheck:
    """One layer behind layers that give `before` and have so many `parameters`.

    Raises:
        UserError: why the layer cannot be as it is.
    """
    row = _worked_out(name, spec, before, classes)
    _require_room(row, parameters + row.parameters)
    return row


def _worked_out(name: str, spec: LayerSpec, before: Shape, classes: int) -> LayerCheck:
    if spec.kind == "conv":
        return _convolution(name, spec, before, classes)
    if spec.kind in POOLS:
        channels, height, width = _maps(before)
        if spec.padding > spec.kernel // 2:
            raise UserError(
                "The padding of a pooling may be at most half its kernel size: {most} for a kernel of {kernel}.",
                most=spec.kernel // 2,
                kernel=spec.kernel,
            )
        return LayerCheck(name, spec, before, (channels, _slid(spec, height, width, 0), _slid(spec, height, width, 1)))
    if spec.kind == "linear":
        if len(before) != 1:
            raise UserError("A fully connected layer takes a vector, not maps: put a flatten before it.")
        out = out_features(spec, classes)
        return _learned(name, spec, before, (out,), ((out, before[0]), (out,)), out * before[0])
    if spec.kind == "flatten":
        if len(before) == 1:
            raise UserError("The values are a vector already: there is nothing to flatten.")
        return LayerCheck(name, spec, before, (math.prod(before),))
    if spec.kind == "batch_norm":
        return _learned(name, spec, before, before, ((before[0],), (before[0],)), 0)
    return LayerCheck(name, spec, before, before)


def _convolution(name: str, spec: LayerSpec, before: Shape, classes: int) -> LayerCheck:
    channels, height, width = _maps(before)
    out = out_features(spec, classes)
    if channels % spec.groups or out % spec.groups:
        raise UserError(
            "{groups} groups cannot share {inputs} input and {outputs:output channel|output channels} evenly.",
            groups=spec.groups,
            inputs=channels,
            outputs=out,
        )
    shape = (out, _slid(spec, height, width, 0), _slid(spec, height, width, 1))
    weight = (out, channels // spec.groups, spec.kernel, spec.kernel)
    return _learned(name, spec, before, shape, (weight, (out,)), shape[1] * shape[2] * math.prod(weight))


def _learned(
    name: str, spec: LayerSpec, before: Shape, shape: Shape, learned: tuple[Shape, ...], multiply_adds: int
) -> LayerCheck:
    total = sum(math.prod(sizes) for sizes in learned)
    terms = " + ".join("×".join(str(size) for size in sizes) for sizes in learned)
    return LayerCheck(name, spec, before, shape, total, f"{terms} = {total:,}", multiply_adds)


def _maps(before: Shape) -> InputShape:
    if len(before) != 3:
        raise UserError("This layer takes maps, but after the flatten there is only a vector: put it before that.")
    return before[0], before[1], before[2]


def _slid(spec: LayerSpec, height: int, width: int, axis: int) -> int:
    """Places of the window along an axis: floor((W + 2P - D(K - 1) - 1) / S) + 1 (PyTorch's `Conv2d`)."""
    reach = spec.dilation * (spec.kernel - 1) + 1
    if reach > min(height, width) + 2 * spec.padding:
        raise UserError(
            "Its window of {reach}×{reach} is larger than the {height}×{width} that it slides over, padding included.",
            reach=reach,
            height=height + 2 * spec.padding,
            width=width + 2 * spec.padding,
        )
    return ((height, width)[axis] + 2 * spec.padding - reach) // spec.stride + 1


def _require_room(row: LayerCheck, parameters: int) -> None:
    if parameters > MOST_PARAMETERS:
        raise UserError(
            "With this layer the model would have {count:parameter|parameters}, more than the {most} that are "
            "possible here.",
            count=f"{parameters:,}",
            most=f"{MOST_PARAMETERS:,}",
        )
    assert row.shape is not None
    if math.prod(row.shape) > MOST_VALUES:
        raise UserError(
            "This layer would give {count:value|values} for one image, more than the {most} that are possible here.",
            count=f"{math.prod(row.shape):,}",
            most=f"{MOST_VALUES:,}",
        )


def _unfinished(shape: Shape, classes: int) -> UserError:
    if len(shape) == 3:
        return UserError("The model ends in maps: it needs a flatten and a fully connected layer for the classes.")
    return UserError(
        "The last layer gives {found:value|values}, but there are {classes:class|classes}.",
        found=f"{shape[0]:,}",
        classes=classes,
    )
