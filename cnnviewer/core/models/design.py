"""A model of the user's own as a short list of layers, with a text that is at once its registry key. Free of torch.

    design:conv 16 k3 p1, relu, maxpool 2, flatten, linear classes

`parse` reads such a text, `Design.text` writes it in one canonical way; what the layers make of an image is worked
out in `design_check.py`, and `design_module.py` builds the network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.key import ModelKey, layers_in
from cnnviewer.core.plain_text import short

Kind = Literal["conv", "max_pool", "avg_pool", "min_pool", "relu", "dropout", "batch_norm", "flatten", "linear"]
Number = Literal["out", "kernel", "stride", "padding", "dilation", "groups", "p"]

CLASSES: Final = 0  # as `out`: as many as there are classes
MOST_LAYERS: Final = 100
_CLASSES_WORD: Final = "classes"

NUMBERS: Final[Mapping[Kind, tuple[Number, ...]]] = MappingProxyType(
    {
        "conv": ("out", "kernel", "stride", "padding", "dilation", "groups"),
        "max_pool": ("kernel", "stride", "padding", "dilation"),
        "avg_pool": ("kernel", "stride", "padding"),
        "min_pool": ("kernel", "stride", "padding", "dilation"),
        "relu": (),
        "dropout": ("p",),
        "batch_norm": (),
        "flatten": (),
        "linear": ("out",),
    }
)
"""The numbers that each kind of layer has."""

RANGES: Final[Mapping[Number, tuple[int, int]]] = MappingProxyType(
    {
        "out": (1, 16_384),
        "kernel": (1, 99),
        "stride": (1, 99),
        "padding": (0, 99),
        "dilation": (1, 99),
        "groups": (1, 16_384),
    }
)
"""The least and the largest of each whole number; `out` may be `CLASSES` besides."""

POOLS: Final[tuple[Kind, ...]] = ("max_pool", "avg_pool", "min_pool")
LARGEST_P: Final = 0.99

_WORDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "conv": "conv",
        "max_pool": "maxpool",
        "avg_pool": "avgpool",
        "min_pool": "minpool",
        "relu": "relu",
        "dropout": "dropout",
        "batch_norm": "batchnorm",
        "flatten": "flatten",
        "linear": "linear",
    }
)
_KINDS: Final[Mapping[str, Kind]] = MappingProxyType({word: kind for kind, word in _WORDS.items()})
_SIGNS: Final[Mapping[str, Number]] = MappingProxyType(
    {"k": "kernel", "s": "stride", "p": "padding", "d": "dilation", "g": "groups"}
)
_LEAD: Final[Mapping[Kind, Number]] = MappingProxyType(
    {"conv": "out", "linear": "out", "max_pool": "kernel", "avg_pool": "kernel", "min_pool": "kernel", "dropout": "p"}
)  # the number that stands after the word without a sign
_FORMS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "conv": "conv 16 k3 s1 p1 d1 g1",
        "max_pool": "maxpool 2 s2 p0 d1",
        "avg_pool": "avgpool 2 s2 p0",
        "min_pool": "minpool 2 s2 p0 d1",
        "relu": "relu",
        "dropout": "dropout 0.5",
        "batch_norm": "batchnorm",
        "flatten": "flatten",
        "linear": "linear 64",
    }
)


@dataclass(frozen=True)
class LayerSpec:
    """One layer of a design; numbers that its kind has not (see `NUMBERS`) keep their defaults.

    Attributes:
        kind: which operation.
        out: channels of a convolution or features of a fully connected layer; `CLASSES` for one a class.
        kernel: side of the square window of a convolution or pooling.
        stride: from window to window.
        padding: on every side.
        dilation: distance of the cells that a window reads.
        groups: of a convolution: so many parts of the channels are convolved apart.
        p: probability that dropout sets a value to zero while training, in at most four decimals.

    """

    kind: Kind
    out: int = CLASSES
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    p: float = 0.0

    @property
    def text(self) -> str:
        """The layer in a design's text: `conv 16 k3 p1`; numbers that PyTorch would take anyway are left out."""
        words = [_WORDS[self.kind]]
        if self.kind in ("conv", "linear"):
            words.append(_CLASSES_WORD if self.out == CLASSES else str(self.out))
        if self.kind == "dropout":
            words.append(f"{self.p:.4f}".rstrip("0").rstrip("."))
        implied: dict[Number, int] = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
        if self.kind == "conv":
            words.append(f"k{self.kernel}")
        elif self.kind in ("max_pool", "avg_pool", "min_pool"):
            words.append(str(self.kernel))
            implied["stride"] = self.kernel
        for sign, number in _SIGNS.items():
            if number in NUMBERS[self.kind] and number in implied and getattr(self, number) != implied[number]:
                words.append(f"{sign}{getattr(self, number)}")
        return " ".join(words)


def with_number(layer: LayerSpec, number: Number, value: float) -> LayerSpec:
    """The layer with another number; a pooling that steps by its kernel keeps doing so."""
    if number == "p":
        return replace(layer, p=round(value, 4))
    if number == "kernel" and layer.kind in POOLS and layer.stride == layer.kernel:
        return replace(layer, kernel=int(value), stride=int(value))
    change: dict[str, Any] = {number: int(value)}
    return replace(layer, **change)


def usual(kind: Kind) -> LayerSpec:
    """A layer of that kind as one usually begins with it."""
    return parse_layer(_FORMS[kind])


@dataclass(frozen=True)
class Design:
    """A model as its layers in order. It may be unfinished: `design_check.check` says what is missing."""

    layers: tuple[LayerSpec, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text, which is the model's registry key: `parse(design.text) == design`."""
        return str(ModelKey("design", ", ".join(layer.text for layer in self.layers)))


def parse(text: str) -> Design:
    """The design that a text describes; the prefix may be left out, upper case and spaces do not matter.

    Raises:
        UserError: naming the piece that cannot be read, or the number that is too large.
    """
    body = layers_in(text)
    if not body.strip():
        return Design()
    pieces = body.split(",")
    if len(pieces) > MOST_LAYERS:
        raise UserError(
            "The design has {count:layer|layers}; {most} are the most that it can have.",
            count=len(pieces),
            most=MOST_LAYERS,
        )
    return Design(tuple(parse_layer(piece) for piece in pieces))


def parse_layer(piece: str) -> LayerSpec:
    """One layer's text, `conv 16 k3 p1`.

    Raises:
        UserError: naming what cannot be read.
    """
    words = piece.lower().split()
    if not words or words[0] not in _KINDS:
        raise UserError(
            "“{piece}” is not a layer; the layers are: {known}.",
            piece=short(piece),
            known=", ".join(_KINDS),
        )
    kind = _KINDS[words[0]]
    values: dict[Number, float] = {}
    for place, word in enumerate(words[1:]):
        number, value = _number(kind, word, leads=place == 0)
        if number is None or number in values:
            raise UserError(
                "“{part}” in “{piece}” cannot be read; such a layer is written like this: {form}.",
                part=short(word),
                piece=short(piece),
                form=_FORMS[kind],
            )
        _require_in_range(number, value, word, piece.strip())
        values[number] = value
    return _with_defaults(kind, values, piece.strip())


def _number(kind: Kind, word: str, leads: bool) -> tuple[Number | None, float]:
    """Which number of the layer a word gives, and its value; None for a word that is none of them."""
    lead = _LEAD.get(kind) if leads else None
    if lead == "out" and word == _CLASSES_WORD:
        return "out", CLASSES
    if lead == "p":
        return ("p", float(word)) if re.fullmatch(r"\d{1,3}|\d{0,3}\.\d{1,4}", word, re.ASCII) else (None, 0)
    match = re.fullmatch(r"([kspdg]?)(\d{1,9})", word, re.ASCII)
    if match is None:
        return None, 0
    number = _SIGNS[match[1]] if match[1] else lead
    return (number if number in NUMBERS[kind] else None), int(match[2])


def _require_in_range(number: Number, value: float, word: str, piece: str) -> None:
    low, high = (0, LARGEST_P) if number == "p" else RANGES[number]
    if word != _CLASSES_WORD and not low <= value <= high:
        raise UserError(
            "“{part}” in “{piece}” must be from {low} to {high}.",
            part=short(word),
            piece=short(piece),
            low=low,
            high=high,
        )


def _with_defaults(kind: Kind, values: Mapping[Number, float], piece: str) -> LayerSpec:
    """The layer with PyTorch's defaults for what was not said: a pooling steps by its kernel."""
    if any(number not in values for number in NUMBERS[kind] if number in ("out", "kernel", "p")):
        raise UserError(
            "“{piece}” is not complete; such a layer is written like this: {form}.",
            piece=short(piece),
            form=_FORMS[kind],
        )
    kernel = int(values.get("kernel", 1))
    return LayerSpec(
        kind,
        out=int(values.get("out", CLASSES)),
        kernel=kernel,
        stride=int(values.get("stride", 1 if kind == "conv" else kernel)),
        padding=int(values.get("padding", 0)),
        dilation=int(values.get("dilation", 1)),
        groups=int(values.get("groups", 1)),
        p=float(values.get("p", 0.0)),
    )


PRESETS: Final[Mapping[str, Design]] = MappingProxyType(
    {
        "lenet": parse(
            "conv 10 k5, maxpool 2, relu, conv 20 k5, dropout 0.5, maxpool 2, relu,"
            "flatten, linear 50, relu, linear classes"
        ),
        "vgg": parse(
            "conv 32 k3 p1, relu, conv 32 k3 p1, relu, maxpool 2,"
            "conv 64 k3 p1, relu, conv 64 k3 p1, relu, maxpool 2,"
            "conv 128 k3 p1, relu, conv 128 k3 p1, relu, maxpool 2,"
            "flatten, linear 256, relu, dropout 0.5, linear classes"
        ),
        "every_kind": parse(
            "conv 16 k3 p1, batchnorm, relu, maxpool 2, conv 32 k3 s1 p2 d2 g4, relu, avgpool 2,"
            "conv 32 k3 p1, minpool 2, dropout 0.25, flatten, linear 64, relu, linear classes"
        ),
    }
)
"""Designs to begin with: like LeNet, like VGG for 32×32 pixels, and one with every kind of layer."""
