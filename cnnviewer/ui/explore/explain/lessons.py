"""What each operation does and why, in a few plain sentences with the layer's own numbers put in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.explain.glossary import Glossary

Sentences = list[str]


@dataclass(frozen=True)
class Lesson:
    """A short explanation of an operation.

    Attributes:
        title: of the operation, in the field's words.
        sentences: three to five.
        terms: words of the field that go with it, to look up elsewhere.

    """

    title: str
    sentences: tuple[str, ...]
    terms: tuple[str, ...]


class Lessons(QObject):
    """Writes lessons in the window's language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._glossary = Glossary(self)

    def lesson(self, layer: LayerInfo, architecture: Architecture) -> Lesson:
        """The lesson on the layer's operation; a general one for an operation without one of its own."""
        shapes = {other.name: other.shape for other in architecture.layers}
        sources = [shapes[name] for name in layer.inputs if name in shapes]
        title = self._glossary.title(layer.kind)
        sentences = self._sentences(layer, sources) if title else self._general(layer)
        return Lesson(title or layer.operation, tuple(sentences), self._glossary.terms(layer.kind))

    def _sentences(self, layer: LayerInfo, sources: list[tuple[int, ...]]) -> Sentences:
        source = sources[0] if sources else ()
        match layer.kind:
            case "conv2d":
                return self._convolution(layer, source)
            case "max_pool2d" | "min_pool2d" | "avg_pool2d":
                return self._pooling(layer, source)
            case "adaptive_avg_pool2d":
                return self._adaptive(layer)
            case "dropout" | "dropout2d":
                return self._dropout(layer)
            case "flatten" | "linear" | "cat" | "input" | "add":
                return self._shaped(layer, sources)
            case "nll" | "cross_entropy":
                return self._loss(layer, source)
            case _:
                return self._pointwise(layer)

    # -- windows

    def _convolution(self, layer: LayerInfo, source: tuple[int, ...]) -> Sentences:
        window = layer.window
        lines: Sentences = []
        if window is not None and len(source) == len(layer.shape) == 3:
            outputs, (height, width), inputs = layer.shape[0], window.kernel, source[0] // window.groups
            lines.append(
                counted(
                    self.tr(
                        "This layer has {outputs:kernel|kernels} of {shape} weights; each one writes one feature map."
                    ),
                    outputs=outputs,
                    shape=f"{inputs}×{height}×{width}",
                )
            )
            if layer.parameters == outputs * inputs * height * width:
                lines.append(
                    self.tr(
                        "The values under a kernel are multiplied by its weights and added up over all channels it "
                        "reads; there is no bias."
                    )
                )
            else:
                lines.append(self._products())
            lines.append(self._step(layer))
            lines.append(
                counted(
                    self.tr("Parameter sharing: the same kernels serve all {places:place|places} of the map."),
                    places=f"{layer.shape[1]:,}×{layer.shape[2]:,}",
                )
            )
        else:
            lines.append(self.tr("A convolution slides kernels over its input; each one writes one feature map."))
            lines.append(self._products())
        lines.append(
            self.tr(
                "Translation equivariance: a pattern that moves makes its response move along, exactly so for "
                "multiples of the stride and away from the border."
            )
        )
        return lines

    def _products(self) -> str:
        return self.tr(
            "The values under a kernel are multiplied by its weights and added up over all channels it reads; "
            "a bias is added."
        )

    def _step(self, layer: LayerInfo) -> str:
        """How the window moves, and what becomes of the map's border."""
        window = layer.window
        assert window is not None
        stride = _side(window.stride)
        if window.padding != (0, 0):
            return self.tr(
                "It moves by a stride of {stride}; a padding of {padding} puts zeros around the map, so that "
                "the border is covered as well."
            ).format(stride=stride, padding=_side(window.padding))
        if window.kernel == (1, 1):
            return self.tr(
                "It moves by a stride of {stride}; a 1×1 kernel mixes the channels of one place and sees no neighbours."
            ).format(stride=stride)
        return self.tr(
            "It moves by a stride of {stride}; without padding it never leaves the map, which gets smaller."
        ).format(stride=stride)

    def _pooling(self, layer: LayerInfo, source: tuple[int, ...]) -> Sentences:
        window = "×".join(str(n) for n in layer.window.kernel) if layer.window else ""
        best = self.tr("In training, the gradient goes to the winning cell alone; the others get none.")
        smaller = (
            self.tr(
                "Maps of {before} become {after}: later layers cost less, and their receptive field grows faster."
            ).format(before=_sides(source), after=_sides(layer.shape))
            if len(source) == len(layer.shape) == 3 and math.prod(layer.shape) < math.prod(source)
            else self.tr("Every map is pooled on its own: the number of channels stays the same.")
        )
        if layer.kind == "max_pool2d":
            return [
                self.tr("Max pooling keeps the largest value of each {window} window; it learns nothing.").format(
                    window=window
                ),
                smaller,
                self.tr(
                    "A small translation of a pattern often leaves the maximum as it is: a little translation "
                    "invariance."
                ),
                best,
            ]
        if layer.kind == "min_pool2d":
            return [
                self.tr("Min pooling keeps the smallest value of each {window} window; it learns nothing.").format(
                    window=window
                ),
                smaller,
                self.tr("It is max pooling of the negated map, negated again; behind a ReLU, one zero makes it zero."),
                best,
            ]
        return [
            self.tr("Average pooling takes the mean of each {window} window; it learns nothing.").format(window=window),
            smaller,
            self.tr("Every cell counts alike: weak responses stay visible, a single strong one is diluted."),
            self.tr("In training, the gradient is shared equally among the cells of the window."),
        ]

    def _adaptive(self, layer: LayerInfo) -> Sentences:
        alone = len(layer.shape) == 1 or layer.shape[1:] == (1, 1)
        return [
            self.tr("Adaptive average pooling is told its output size, here {size}, and works out the windows.").format(
                size="1×1" if len(layer.shape) == 1 else _sides(layer.shape)
            ),
            self.tr("With an output of 1×1 it is global average pooling: one mean for each feature map.")
            if alone
            else self.tr(
                "Output row r averages the input rows ⌊r·H/H′⌋ to ⌈(r + 1)·H/H′⌉ − 1: windows may overlap and differ."
            ),
            self.tr("Whatever the size of the image, the layers behind it get the same number of features."),
            self.tr("In training, the gradient is shared equally among the cells of the window."),
        ]

    # -- one value from one

    def _dropout(self, layer: LayerInfo) -> Sentences:
        scaled = self.tr("What is kept is divided by 1 − p, so that the expected value stays the same.")
        off = self.tr("While predicting, dropout is off: every value passes unchanged.")
        if layer.kind == "dropout2d":
            return [
                self.tr(
                    "In training, whole feature maps are set to 0, each with probability p, drawn anew every step."
                ),
                scaled,
                self.tr("Neighbours within a map resemble each other: dropping single values would hide little."),
                off,
            ]
        return [
            self.tr("In training, each value is set to 0 with probability p, drawn anew every step."),
            scaled,
            off,
            self.tr("No unit can rely on one particular other unit; this reduces overfitting."),
        ]

    def _pointwise(self, layer: LayerInfo) -> Sentences:
        if layer.kind == "relu":
            return [
                self.tr("ReLU, the rectified linear unit, is max(0, x): negative values become 0, others stay."),
                self.tr("Without such a nonlinearity, all layers together would be no more than a single linear one."),
                self.tr("Where x is positive the gradient passes unchanged; where it is negative the gradient is 0."),
                self.tr("A unit that is 0 for every image learns no more: a dead ReLU."),
            ]
        if layer.kind == "batch_norm2d":
            return [
                self.tr("Each channel is normalised by a mean μ and a variance σ², then scaled by γ and shifted by β."),
                self.tr(
                    "In training, μ and σ² are those of the current batch; while predicting, running averages from "
                    "the training."
                ),
                counted(
                    self.tr(
                        "γ and β are learned, a pair for each of the {n:channel|channels}; ε keeps the divisor from 0."
                    ),
                    n=layer.shape[0],
                )
                if layer.parameters
                else self.tr("Here γ = 1 and β = 0 are fixed; ε keeps the divisor from 0."),
                self.tr("Values keep a steady range, so that training is more stable and bears larger learning rates."),
            ]
        if layer.kind == "log_softmax":
            return [
                self.tr("Log-softmax is the logarithm of the softmax: x − m − log Σ exp(xⱼ − m), m the largest score."),
                self.tr("Computed in one step, it is accurate even where the probability itself would round to 0."),
                self.tr("All values are 0 or less; the nearer to 0, the more probable the class."),
                self.tr("Minus its value at the true class is the negative log-likelihood, the usual loss."),
            ]
        return [
            self.tr(
                "Softmax turns scores (logits) into probabilities that sum to 1: exp(x) over the sum of all exp(xⱼ)."
            ),
            self.tr(
                "The largest score m is subtracted first: no exponential overflows, and the probabilities stay "
                "the same."
            ),
            self.tr("A class whose score is larger by 1 is e ≈ 2.718 times as probable."),
            self.tr("A probability says how sure the model is, not how often it is right."),
        ]

    # -- shapes

    def _shaped(self, layer: LayerInfo, sources: list[tuple[int, ...]]) -> Sentences:
        source = sources[0] if sources else ()
        shape = "×".join(f"{n:,}" for n in layer.shape)
        match layer.kind:
            case "flatten":
                return [
                    counted(
                        self.tr(
                            "Flattening writes the {shape} values of the maps behind one another: {n:feature|features}."
                        ),
                        shape="×".join(map(str, source)),
                        n=shape,
                    ),
                    self.tr("No value changes and nothing is learned; a place (c, r, q) becomes one index k."),
                    self.tr("k = (c·H + r)·W + q: channel by channel, in each of them row by row."),
                    self.tr("The layers that follow no longer know which values were neighbours in the map."),
                ]
            case "linear":
                return [
                    counted(
                        self.tr(
                            "Each of the {outputs:output|outputs} is joined to all {inputs:input|inputs}: y = Wx + b."
                        ),
                        outputs=f"{layer.shape[-1]:,}",
                        inputs=f"{source[-1]:,}" if source else "?",
                    ),
                    counted(
                        self.tr(
                            "Every connection has a weight of its own: {n:parameter|parameters}, none of them shared."
                        ),
                        n=f"{layer.parameters:,}",
                    ),
                    self.tr("It has no notion of place: the same pattern elsewhere meets other weights."),
                    self.tr("The last fully connected layer gives one score for each class, the logits."),
                ]
            case "cat":
                counts = " + ".join(str(each[0]) for each in sources)
                return [
                    counted(
                        self.tr("Concatenation puts layers behind one another: {counts} = {total:channel|channels}."),
                        counts=counts,
                        total=layer.shape[0],
                    ),
                    self.tr("No value changes and nothing is learned; height and width have to agree."),
                    self.tr("The kernels that follow read all of these channels together."),
                ]
            case "add":
                return [
                    self.tr(
                        "Values at the same place are added; nothing is learned, and the shape stays {shape}."
                    ).format(shape=shape),
                    self.tr(
                        "Both inputs must have the same shape: a shortcut past layers that change it needs a "
                        "convolution of its own."
                    ),
                    self.tr(
                        "In residual networks such a skip connection carries the input past some layers, which "
                        "learn only what to add."
                    ),
                    self.tr("The gradient passes unchanged to both sides: even very deep networks can be trained."),
                ]
            case _:
                return [
                    self.tr("This is what the model sees: {shape}, channels × height × width.").format(shape=shape),
                    self.tr(
                        "Each pixel, from 0 to 1, is normalised: minus the mean, divided by the standard deviation."
                    ),
                    self.tr("Inputs around 0 and of similar spread keep gradients in a good range."),
                    self.tr("The same mean and deviation serve training and predicting."),
                ]

    # -- the end

    def _loss(self, layer: LayerInfo, source: tuple[int, ...]) -> Sentences:
        classes = math.prod(source)
        first = (
            self.tr("The negative log-likelihood is minus the log-probability of the true class: 0 would be certainty.")
            if layer.kind == "nll"
            else self.tr("Cross-entropy is minus the logarithm of the probability that softmax gives the true class.")
        )
        lines = [first]
        if classes > 1:
            lines.append(
                counted(
                    self.tr("Guessing evenly among {n:class|classes} costs log {n} ≈ {loss}."),
                    n=classes,
                    loss=f"{math.log(classes):.3f}",
                )
            )
        lines.append(
            self.tr(
                "The gradient with respect to the scores before the softmax is their probabilities, minus 1 at the "
                "true class."
            )
        )
        lines.append(self.tr("Gradient descent changes every weight a little against the gradient of this loss."))
        return lines

    def _general(self, layer: LayerInfo) -> Sentences:
        learned = counted(self.tr("It learns {n:parameter|parameters}."), n=f"{layer.parameters:,}")
        return [
            self.tr("{operation} is one step of the computation; its values have the shape {shape}.").format(
                operation=layer.operation, shape="×".join(map(str, layer.shape))
            ),
            learned if layer.parameters else self.tr("It learns nothing: it has no parameters."),
            self.tr("In training, its gradient goes back to what it was computed from, by the chain rule."),
        ]


def _side(pair: tuple[int, int]) -> str:
    """`2`, or `2×1` where the directions differ."""
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}×{pair[1]}"


def _sides(shape: tuple[int, ...]) -> str:
    return f"{shape[1]}×{shape[2]}"
