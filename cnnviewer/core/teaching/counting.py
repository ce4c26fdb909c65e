"""Questions about how much: parameters, multiply-adds, channels."""

from __future__ import annotations

import math

from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.teaching.question import Question, make


def parameters(layer: LayerInfo, source: LayerInfo) -> Question | None:
    """How many numbers a convolution, fully connected layer or batch normalisation learns.

    None where they are not counted here: a module used a second time, a normalisation that learns nothing.
    """
    if layer.kind == "conv2d" and layer.window is not None and len(layer.shape) == len(source.shape) == 3:
        return _of_convolution(layer, source)
    if layer.kind == "linear":
        return _of_linear(layer, source)
    if layer.kind == "batch_norm2d" and len(layer.shape) == 3:
        channels = layer.shape[0]
        if layer.parameters != 2 * channels:
            return None
        return make(
            "batch_norm_parameters",
            {"shape": layer.shape},
            (2 * channels,),
            (f"γ + β: 2·{channels} = {2 * channels:,}",),
            (
                ("forgot_bias", (channels,)),
                ("counted_statistics", (4 * channels,)),
                ("counted_places", (2 * math.prod(layer.shape),)),
                ("forgot_channels", (2,)),
            ),
        )
    return None


def _of_convolution(layer: LayerInfo, source: LayerInfo) -> Question | None:
    assert layer.window is not None
    outputs, groups, kernel = layer.shape[0], layer.window.groups, layer.window.kernel
    inputs, area = source.shape[0] // groups, math.prod(kernel)
    weights = outputs * inputs * area
    bias = layer.parameters - weights
    if bias not in (0, outputs):
        return None
    product = f"{outputs}·{inputs}·{kernel[0]}·{kernel[1]}"
    return make(
        "conv_parameters",
        {"outputs": outputs, "inputs": source.shape[0], "kernel": kernel, "groups": groups, "bias": int(bias > 0)},
        (layer.parameters,),
        (f"{product} + {outputs} = {layer.parameters:,}" if bias else f"{product} = {layer.parameters:,}",),
        (
            ("forgot_bias", (weights,)),
            ("added_bias", (weights + outputs,)),
            ("one_bias", (weights + 1,)),
            ("forgot_groups", (outputs * source.shape[0] * area + bias,)),
            ("forgot_channels", (outputs * area + bias,)),
            ("forgot_channels", (outputs * area,)),
            ("forgot_outputs", (inputs * area + min(bias, 1),)),
            ("forgot_outputs", (inputs * area,)),
            ("forgot_kernel", (outputs * inputs + bias,)),
            ("forgot_kernel", (outputs * inputs,)),
            ("counted_places", (layer.parameters * math.prod(layer.shape[1:]),)),
        ),
    )


def _of_linear(layer: LayerInfo, source: LayerInfo) -> Question | None:
    outputs, inputs = layer.shape[-1], source.shape[-1]
    weights = outputs * inputs
    bias = layer.parameters - weights
    if bias not in (0, outputs):
        return None
    return make(
        "linear_parameters",
        {"outputs": outputs, "inputs": inputs, "bias": int(bias > 0)},
        (layer.parameters,),
        (
            f"{outputs:,}·{inputs:,} + {outputs:,} = {layer.parameters:,}"
            if bias
            else f"{outputs:,}·{inputs:,} = {layer.parameters:,}",
        ),
        (
            ("forgot_bias", (weights,)),
            ("added_bias", (weights + outputs,)),
            ("one_bias", (weights + 1,)),
            ("bias_of_inputs", (weights + inputs,)),
            ("added_sizes", (outputs + inputs,)),
        ),
    )


def multiply_adds(layer: LayerInfo, source: LayerInfo, count: int | None) -> Question | None:
    """How many multiplications, each with its addition, a convolution or fully connected layer needs for one image."""
    if not count:
        return None
    if layer.kind == "linear" and len(layer.shape) == 1:
        (outputs,), inputs = layer.shape, source.shape[-1]
        return make(
            "linear_multiply_adds",
            {"outputs": outputs, "inputs": inputs},
            (count,),
            (f"{outputs:,}·{inputs:,} = {count:,}",),
            (("counted_bias", (count + outputs,)), ("added_sizes", (outputs + inputs,))),
        )
    if layer.kind != "conv2d" or layer.window is None or len(layer.shape) != 3:
        return None
    (outputs, height, width), kernel, groups = layer.shape, layer.window.kernel, layer.window.groups
    inputs, area, places = source.shape[0] // groups, math.prod(kernel), height * width
    weights = outputs * inputs * area
    return make(
        "conv_multiply_adds",
        {"shape": layer.shape, "source": source.shape, "kernel": kernel, "groups": groups},
        (count,),
        (
            f"{outputs}·{height}·{width} · {inputs}·{kernel[0]}·{kernel[1]}"
            f" = {math.prod(layer.shape):,} · {inputs * area:,} = {count:,}",
        ),
        (
            ("counted_weights", (weights,)),
            ("counted_weights", (weights + outputs,)),
            ("counted_bias", ((weights + outputs) * places,)),
            ("forgot_groups", (count * groups,)),
            ("forgot_channels", (count // inputs,)),
            ("forgot_outputs", (count // outputs,)),
            ("forgot_kernel", (count // area,)),
            ("took_input_places", (weights * math.prod(source.shape[1:]),)),
        ),
    )


def channels(layer: LayerInfo, sources: tuple[LayerInfo, ...]) -> Question | None:
    """How many channels maps put behind one another have."""
    shapes = tuple(source.shape for source in sources)
    if layer.kind != "cat" or len(shapes) < 2 or any(len(shape) != 3 for shape in (*shapes, layer.shape)):
        return None
    counts = [shape[0] for shape in shapes]
    if sum(counts) != layer.shape[0]:
        return None
    return make(
        "channels",
        {"shapes": shapes},
        (layer.shape[0],),
        (" + ".join(map(str, counts)) + f" = {layer.shape[0]}",),
        (("added_like_shortcut", (counts[0],)), ("multiplied", (math.prod(counts),))),
    )
