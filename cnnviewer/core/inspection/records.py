"""What an inspection tells: frozen records with numpy arrays. Free of torch: the window shows these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.errors import UserError

FloatArray = npt.NDArray[np.float32]
Palette = Literal["signed", "sequential", "image"]
_NAMED = 8  # layers that a refusal names


@dataclass(frozen=True)
class SlidingWindow:
    """A sliding window's geometry, `(vertical, horizontal)` each: of a convolution or a pooling."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1


@dataclass(frozen=True)
class Span:
    """What is read along one axis of a source: bounds for every place along an axis of the output.

    Attributes:
        axis: of the output, as it is shown.
        first: of every place along it: the first cell that is read.
        end: one past the last; where it is `first`, nothing is read.
        step: cells of the source from one place to the next.

    """

    axis: int
    first: Sequence[int]
    end: Sequence[int]
    step: Fraction = Fraction(1)


Reach = tuple[Span | None, ...]
"""Of each axis of a source what is read; None: all of it."""


@dataclass(frozen=True)
class LayerInfo:
    """One operation of the model, in the order of the data's way.

    Attributes:
        name: unique; the module's path (`conv1`, `conv1#2` for its second call), the function's name (`relu_1`,
            `chunk[0]` for a result among several), `input` for the image and `probabilities` for the softmax that the
            program puts behind the last operation.
        kind: `input`, `conv2d`, `max_pool2d`, `avg_pool2d`, `adaptive_avg_pool2d`, `relu`, `dropout`, `dropout2d`,
            `batch_norm2d`, `flatten`, `linear`, `log_softmax`, `softmax`, `add`, … (PyTorch's functional name).
        operation: in the field's words with its parameters, e.g. `Conv 5×5`, `Max-pool 2×2`, `ReLU`, `Linear 320→50`.
        inputs: names of the layers whose values it takes.
        shape: of its value for one image, `(C, H, W)` or `(N,)`.
        parameters: how many numbers are learned here.
        parameter_text: how that number comes about: `20×10×5×5 + 20 = 5,020`; empty without parameters.
        palette: `image` for the input, `sequential` where no value can be negative (after ReLU), else `signed`.
        window: the geometry of a convolution or pooling, else None.
        module: path of the module with the parameters in `state_dict` (`conv1`), or None.
        weight_shape: of the weight that is learned here, `(out, in / groups, kh, kw)` or `(out, in)`; else empty.
        reach: for each of the inputs what of it a cell reads, where that is neither a window nor the same place and
            is known; else empty.
        rank: how many dimensions its value has with the batch; None where `shape` puts several together.

    """

    name: str
    kind: str
    operation: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...]
    parameters: int = 0
    parameter_text: str = ""
    palette: Palette = "signed"
    window: SlidingWindow | None = None
    module: str | None = None
    weight_shape: tuple[int, ...] = ()
    reach: tuple[Reach | None, ...] = ()
    rank: int | None = None


@dataclass(frozen=True)
class Architecture:
    """A model's layers in order; `notes` say what the user should know of them."""

    title: str
    layers: tuple[LayerInfo, ...]
    notes: tuple[UserError, ...] = ()

    @property
    def note(self) -> str:
        """The notes in English, a sentence a line."""
        return "\n".join(map(str, self.notes))

    def layer(self, name: str) -> LayerInfo:
        """The layer of that name; KeyError without one."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    @property
    def own_layers(self) -> tuple[LayerInfo, ...]:
        """Every operation of the model itself: without the image, and the softmax that the program adds."""
        return tuple(layer for layer in self.layers if layer.name not in ("input", "probabilities"))

    @property
    def with_parameters(self) -> int:
        """How many layers learn numbers: normalisation too, which names such as VGG16 leave out."""
        return sum(layer.parameters > 0 for layer in self.layers)

    def no_layer(self, name: str) -> UserError:
        """That no layer is called so; it names those in a block of that name, else similar ones, else the first."""
        names = [layer.name for layer in self.layers[1:]]
        within = [each for each in names if each.startswith(f"{name}.")]
        meant = within or get_close_matches(name, names, _NAMED, 0.5) or names
        listed = ", ".join(meant[:_NAMED]) + (", …" if len(meant) > _NAMED else "")
        return UserError("There is no layer called {layer}. There is: {names}.", layer=name, names=listed)

    @property
    def parameters(self) -> int:
        """How many numbers the model learns."""
        return sum(layer.parameters for layer in self.layers)


@dataclass(frozen=True)
class WeightFacts:
    """Least, largest, mean and standard deviation of a layer's finite weights, and how many are not finite."""

    low: float
    high: float
    mean: float
    std: float
    broken: int = 0


@dataclass(frozen=True)
class Kernels:
    """The weights of one layer: float32 `(out, in, kh, kw)`, a fully connected layer's as `(out, in, 1, 1)`.

    Of a layer with millions of weights the facts come along: working them out takes longer than a frame.
    """

    layer: str
    weight: FloatArray
    bias: FloatArray | None = None
    facts: WeightFacts | None = None


@dataclass(frozen=True)
class Prediction:
    """What the model says: classes with probabilities, best first. Empty when there is no image."""

    ranking: tuple[tuple[str, float], ...] = ()

    def can_answer(self, name: str | None) -> bool:
        """Whether a class of that name is one of the model's: of another one no answer is right or wrong."""
        return any(name == known for known, _probability in self.ranking)


@dataclass(frozen=True)
class Digest:
    """A large layer's maps in short, so that showing them small costs no more than what is seen.

    Attributes:
        levels: the maps by averaging, `(C, h, w)`, each half as high and wide as the one before.
        lows: `(C,)` the smallest finite value of each map.
        highs: `(C,)` the largest.

    """

    levels: tuple[FloatArray, ...]
    lows: FloatArray
    highs: FloatArray

    def level(self, height: int, width: int) -> FloatArray | None:
        """The smallest maps that are no smaller than that; None when only the maps themselves are not."""
        fitting = [maps for maps in self.levels if maps.shape[1] >= height and maps.shape[2] >= width]
        return fitting[-1] if fitting else None


@dataclass(frozen=True)
class Inspection:
    """Every number inside the model for one image, copied and read-only.

    Attributes:
        generation: of the request it answers; an older one is dropped.
        image: what the model sees before normalisation, float32 `(C, H, W)` in 0..1; None for "no image".
        activations: layer name -> float32 array of the layer's `shape`.
        step: training step of the weights used, 0 when not training.
        digests: layer name -> digest, of the layers that are large.

    """

    generation: int
    image: FloatArray | None
    activations: Mapping[str, FloatArray]
    prediction: Prediction
    step: int = 0
    digests: Mapping[str, Digest] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A place in the network: a layer, a channel of it, and a row and column of that; None is "all of it".

    For a layer of shape `(N,)` the feature is `channel`; row and col stay None.
    """

    layer: str
    channel: int | None = None
    row: int | None = None
    col: int | None = None


@dataclass(frozen=True)
class Region:
    """A part of a layer: channels (None: all) and, half-open, rows and columns; may reach into the padding."""

    channels: tuple[int, ...] | None
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Highlight:
    """What to show for a hovered or pinned cell.

    Attributes:
        cell: the place itself.
        regions: layer name -> the part of it that the cell's value depends on (its receptive field), for every
            layer on the way from the input to the cell, the cell's own layer included.
        reads: layer name -> the part of it that the cell's value is computed from directly. Of a layer that is also
            read along another branch, as by a residual block, this is less than its region.
        joined: whether lines lead from what is read to the cell.

    """

    cell: Cell
    regions: Mapping[str, Region] = field(default_factory=dict)
    reads: Mapping[str, Region] = field(default_factory=dict)
    joined: bool = True
