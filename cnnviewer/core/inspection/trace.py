"""Looks inside a model: its layers once, and every number in it for an image."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise, normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.records import Scores
from cnnviewer.core.inspection.arrays import array_of
from cnnviewer.core.inspection.attribution.attribute import attribute
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest
from cnnviewer.core.inspection.attribution.trust.cascade import cascade
from cnnviewer.core.inspection.attribution.trust.curves import curves
from cnnviewer.core.inspection.attribution.trust.records import Cascade, CascadeRequest, Curves, CurvesRequest
from cnnviewer.core.inspection.derived import Derived
from cnnviewer.core.inspection.explain.asked import InspectedModel
from cnnviewer.core.inspection.explain.backward import BackwardPass, backward
from cnnviewer.core.inspection.explain.backward_records import Backward, StepSettings, WeightCell
from cnnviewer.core.inspection.explain.explainer import explain
from cnnviewer.core.inspection.explain.pointwise import Draw
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.large_values import LargeValues
from cnnviewer.core.inspection.logits_layer import Ending, ending_of
from cnnviewer.core.inspection.muting import Replacement, replacements
from cnnviewer.core.inspection.naming import PROBABILITIES
from cnnviewer.core.inspection.recorder import RecordedPass, Recorder
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Inspection, LayerInfo, Prediction
from cnnviewer.core.inspection.scores import score_layers, scores_in_parts
from cnnviewer.core.models.mutes import Mute, Mutes, muted
from cnnviewer.core.models.output import notes_of
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import put, reading, spec
from cnnviewer.core.models.state import ModelState

_TINY = torch.finfo(torch.float32).tiny
_BATCH = 500  # images at a time when only the predictions are asked for: 250 MB of maps for SimpleCNN
_BATCH_VALUES = _BATCH * 3 * 32 * 32  # of larger images fewer: VGG16's maps take 110 MB each


class Inspector:
    """Records every value of a model's forward pass, as often as asked.

    Owner of its model: nobody else runs it or writes its weights; it stays in evaluation mode on the CPU.
    Use it from one thread at a time, whichever.

    Attributes:
        recipe: how an image is fed to the model and what its outputs are called.
        architecture: the layers from `input` to `probabilities`, as they ran for the image inspected last: the same
            object as long as the same operations run.

    Raises:
        UserError: the model cannot be run on an image of the recipe, or is no classifier of its classes.

    """

    def __init__(self, model: nn.Module, recipe: ModelRecipe) -> None:
        self.recipe = recipe
        self._model = model.eval()
        self._recorder = Recorder(model)
        self._mutes: Mutes = ()
        self._subject: InspectedModel | None = None
        # its own random numbers: a training in another thread is not disturbed
        trial = torch.rand((1, *recipe.input_shape), generator=torch.Generator().manual_seed(0))
        try:
            recording = self._recorder.record(trial)
        except Cancelled:
            raise
        except Exception as error:  # the model's own code: it can fail in any way
            raise UserError(
                "{model} cannot be run on an image of {shape} (channels×height×width): {reason}.",
                model=self.title,
                shape="×".join(str(n) for n in recipe.input_shape),
                reason=(str(error) or type(error).__name__).splitlines()[0].rstrip("."),
            ) from error
        outputs = tuple(recording.returned.shape)
        if outputs != (1, len(recipe.classes)):
            raise UserError(
                "{model} is not a classifier of {count:class|classes}: its output has the shape {shape}.",
                model=self.title,
                count=len(recipe.classes),
                shape="×".join(str(size) for size in outputs[1:]) or "1",
            )
        self.architecture = _architecture(self.title, recording, (*recording.notes, *notes_of(model)))
        self._output = recording.output
        self._ending = ending_of(self.architecture, recording.output)

    @classmethod
    def from_state(cls, state: ModelState) -> Inspector:
        """An inspector that reads the state's weights and mutes its channels.

        Raises:
            UserError: as of the constructor, or the mutes are not this model's.
        """
        made = cls(reading(state), state.recipe)
        made.set_mutes(state.mutes)
        return made

    @property
    def title(self) -> str:
        """The model's name as shown to the user."""
        try:
            return spec(self.recipe.model).info.title
        except UserError:
            return type(self._model).__name__

    def load(self, tensors: Mapping[str, torch.Tensor]) -> None:
        """Read other weights, of a snapshot of a training; the layers stay as they are.

        Raises:
            RuntimeError: names or shapes are not this model's.
        """
        put(self._model, tensors)
        self._recorder.weights_changed()

    def layer(self, name: str) -> LayerInfo:
        """The layer of that name.

        Raises:
            UserError: there is none.
        """
        try:
            return self.architecture.layer(name)
        except KeyError:
            raise self.architecture.no_layer(name) from None

    @property
    def mutes(self) -> Mutes:
        """The channels that are muted, in every pass."""
        return self._mutes

    @property
    def replacing(self) -> Mapping[str, Replacement]:
        """What makes of a layer's value the one that stands in its place, by name of the layer."""
        return self._recorder.replacing

    @property
    def careful(self) -> bool:
        """Whether the model overwrites values where nobody expects it, so that all are copied first."""
        return self._recorder.careful

    def set_mutes(self, mutes: Iterable[Mute]) -> None:
        """Mute these channels, and no others, from the next pass on.

        What was inspected before is forgotten: inspect the image again. Without mutes every value is that of the model
        itself, bit for bit.

        Raises:
            UserError: there is no such layer or channel, or nothing can be put in its place; nothing is changed then.
        """
        wanted = muted(mutes)
        if wanted == self._mutes:
            return
        self._recorder.replacing = replacements(wanted, self.architecture)
        self._mutes = wanted
        self._subject = None

    def inspect(self, image: FloatArray | None, generation: int = 0, step: int = 0) -> Inspection:
        """Every number inside the model for `image`, float32 `(C, H, W)` in 0..1; nothing for None.

        The value of the layer `input` is the normalised image, which is what the first operation works on;
        the pixels before that are the inspection's `image`.

        Raises:
            UserError: the image has not the shape the model takes.
        """
        if image is None:
            self._subject = None
            return Inspection(generation, None, MappingProxyType({}), Prediction(), step)
        if tuple(image.shape) != self.recipe.input_shape:
            raise UserError(
                "{model} takes images of {expected} (channels×height×width), not of {found}.",
                model=self.title,
                expected="×".join(str(n) for n in self.recipe.input_shape),
                found="×".join(str(n) for n in image.shape),
            )
        self._subject = None  # of a large model there is no room for the values of two images
        pixels = np.array(image, dtype=np.float32, order="C")  # a copy: the caller may draw on
        large = LargeValues(self._recorder.replacing)
        batch = normalise_unit(torch.from_numpy(pixels)[None], self.recipe.mean, self.recipe.std)
        recording = self._recorder.record(batch, large)
        notes = (*recording.notes, *notes_of(self._model))
        if recording.layers != self.architecture.layers[:-1] or notes != self.architecture.notes:
            self.architecture = _architecture(self.title, recording, notes)
        layers = {layer.name: layer for layer in recording.layers}
        recorded = recording.values
        with torch.inference_mode():  # per thread, so set at every call
            self._output, self._ending = recording.output, ending_of(self.architecture, recording.output)
            probabilities = _probabilities(recording.returned, self._ending)
            arrays = {name: array_of(value.reshape(layers[name].shape)) for name, value in recorded.items()}
        arrays[PROBABILITIES] = array_of(probabilities[0])
        recorded[PROBABILITIES] = probabilities
        order = (*layers, PROBABILITIES)
        self._subject = InspectedModel(
            self.architecture,
            self.recipe,
            Derived(recorded, large.left_out, torch.relu, order) if large.left_out else recorded,
            recording.steps,
            pixels,
            recording.output,
            step=step,
            generation=generation,
            mutes=self._mutes,
        )
        return Inspection(
            generation,
            _frozen(pixels),
            Derived(arrays, large.left_out, _positive, order) if large.left_out else MappingProxyType(arrays),
            ranked(self.recipe.classes, arrays[PROBABILITIES]),
            step,
            MappingProxyType(large.digests),
        )

    def explain(self, cell: Cell, label: int | None = None, draw: Draw | None = None) -> Explanation:
        """How the number at `cell` came about, for the image inspected last.

        Args:
            cell: a single value of a layer, or `Cell("loss")`.
            label: index of the image's class, which the loss needs.
            draw: how the training draws, which decides what dropout would drop.

        Raises:
            UserError: there is no image, or no such number.
        """
        if self._subject is None:
            raise UserError("Choose an image first: without one there are no numbers to explain.")
        return explain(replace(self._subject, label=label, draw=draw or Draw()), cell)

    @property
    def predicted(self) -> int:
        """Index of the class predicted for the image inspected last; 0 without one."""
        return int(self._subject.values[PROBABILITIES].argmax()) if self._subject is not None else 0

    def backward(
        self,
        labels: Sequence[int],
        weight: WeightCell | None = None,
        rates: StepSettings | None = None,
        velocity: Mapping[str, torch.Tensor] | None = None,
        others: torch.Tensor | None = None,
    ) -> Backward:
        """The gradients of the loss of the image inspected last, and the next step of one weight.

        Args:
            labels: index of the image's class, and of those of `others`.
            weight: the weight asked about.
            rates: of the step.
            velocity: the optimiser's momentum buffers by weight; none before the first step.
            others: uint8 images `(N, C, H, W)` that are in the batch with it.

        Raises:
            UserError: there is no image, or no such weight.
        """
        if self._subject is None:
            raise UserError("Choose an image first: without one there are no gradients.")
        pixels = torch.from_numpy(self._subject.image.copy())[None]
        images = normalise_unit(pixels, self.recipe.mean, self.recipe.std)
        if others is not None and len(others):
            images = torch.cat([images, self.fitted(others)])
        subject = self._subject
        made = BackwardPass(
            self.architecture,
            self._model,
            self._recorder.record_with_gradients,
            subject.values,
            subject.steps,
            subject.output,
        )
        return backward(made, images, torch.tensor(labels), weight, rates, velocity)

    def attribute(
        self,
        request: AttributionRequest,
        progress: Callable[[float], None] = lambda _: None,
        abandoned: Callable[[], bool] = lambda: False,
        image: FloatArray | None = None,
        show: Callable[[Attribution], None] | None = None,
    ) -> Attribution:
        """Which pixels of an image a class's logit rests on.

        Args:
            request: the method, the class and how.
            progress: is told what share is done.
            abandoned: whether nobody waits for the answer any more.
            image: float32 `(C, H, W)` in 0..1; None: the one inspected last.
            show: is given coarse results of a large model first.

        Raises:
            Cancelled: `abandoned` said so.
            UserError: there is no image, or the request does not fit the model.
        """
        image = self._image(image)
        return attribute(request, self.logits, image, self.recipe, self.architecture, progress, abandoned, show=show)

    def _image(self, given: FloatArray | None) -> FloatArray:
        if given is not None:
            return given
        if self._subject is None:
            raise UserError("Choose an image first: without one there is no answer to explain.")
        return self._subject.image

    @property
    def logits(self) -> Logits:
        """The scores of any images, and their gradients at any layer, with the weights of now."""
        output = self.architecture.layer(PROBABILITIES).inputs[0]
        return Logits(self._recorder, self.architecture, output)

    def randomise(
        self,
        request: CascadeRequest,
        progress: Callable[[float], None] = lambda _: None,
        abandoned: Callable[[], bool] = lambda: False,
        image: FloatArray | None = None,
        show: Callable[[Cascade], None] = lambda _: None,
    ) -> Cascade:
        """How much of a map is left when a copy of the model loses what it learned; of `image` as in `attribute`.

        `show` is given parts of the answer while it takes long.

        Raises:
            Cancelled: `abandoned` said so.
            UserError: there is no image, the request does not fit the model, or it cannot be copied.
        """
        muted = self._recorder.replacing
        return cascade(request, self._model, self._image(image), self.recipe, muted, progress, abandoned, show)

    def remove_pixels(
        self,
        request: CurvesRequest,
        progress: Callable[[float], None] = lambda _: None,
        abandoned: Callable[[], bool] = lambda: False,
        image: FloatArray | None = None,
    ) -> Curves:
        """How a class's score changes while pixels are removed, and while they are shown; of `image` as in `attribute`.

        Raises:
            Cancelled: `abandoned` said so.
            UserError: there is no image, or the request does not fit the model.
        """
        image = self._image(image)
        return curves(request, self.logits, image, self.recipe, self.architecture, progress, abandoned)

    def predict_batch(self, images: torch.Tensor) -> FloatArray:
        """Probabilities `(N, classes)`, float32, for uint8 images `(N, C, H, W)`, resized where the model asks so."""
        return self.predict_with_logits(images)[0]

    def predict_with_logits(self, images: torch.Tensor) -> tuple[FloatArray, FloatArray]:
        """Probabilities as `predict_batch` has them, and the logits `(N, classes)`, float32, that they come from.

        Of a model that ends with a softmax the logits are the logarithms of what it gives; of what underflows to 0 that
        of the smallest normal number, so that a loss stays finite, as of a user's own model (`models/output.py`).
        """
        with torch.inference_mode():
            outputs = torch.cat(
                [
                    torch.empty(0, len(self.recipe.classes)),
                    *(
                        self._recorder.predict(self.fitted(part))
                        for part in images.split(self._at_once(len(images)))
                        if len(part)
                    ),
                ]
            )
            logits = outputs.clamp_min(_TINY).log() if self._ending == "softmax" else outputs
            return _probabilities(outputs, self._ending).numpy(), logits.numpy()

    @property
    def score_layers(self) -> tuple[str, str]:
        """Names of the layers of the logits and of what the last weights read; the second is empty where too large."""
        return score_layers(self.architecture, self._output)

    def scores_batch(self, images: torch.Tensor) -> Scores:
        """Logits and what the last weights read, for uint8 images `(N, C, H, W)`, resized where the model asks so.

        Raises:
            UserError: for these images the model does not run as it did for the image before.
        """
        at_once = self._at_once(len(images))
        return scores_in_parts(self._recorder, self.architecture, self._output, images, at_once, self.fitted)

    def _at_once(self, images: int) -> int:
        """How many of so many are predicted together: one, where a model computes with its whole batch."""
        if images < 2 or not self.logits.keeps_images_apart():
            return 1
        return max(1, min(_BATCH, _BATCH_VALUES // math.prod(self.recipe.input_shape)))

    def probabilities(self, image: FloatArray) -> FloatArray:
        """Probabilities `(classes,)` for one image as `inspect` takes it; what lies between is not kept."""
        with torch.inference_mode():
            pixels = torch.from_numpy(np.array(image, np.float32))[None]
            batch = normalise_unit(pixels, self.recipe.mean, self.recipe.std)
            return _probabilities(self._recorder.predict(batch), self._ending)[0].numpy()

    def fitted(self, images: torch.Tensor) -> torch.Tensor:
        """Uint8 `(N, C, H, W)` -> the model's input, brought to its size and number of channels."""
        mean, std, shape = self.recipe.mean, self.recipe.std, self.recipe.input_shape
        if tuple(images.shape[1:]) == shape:
            return normalise(images, mean, std)
        unit = images.to(torch.float32).div_(255)
        if unit.shape[1] != shape[0]:
            unit = unit.mean(1, keepdim=True).expand(-1, shape[0], -1, -1)
        unit = F.interpolate(unit, shape[1:], mode="bilinear", align_corners=False, antialias=True)
        return normalise_unit(unit, mean, std)


def outline(recipe: ModelRecipe) -> Architecture:
    """A model's layers without its weights: VGG19 in a tenth of a second and next to no memory.

    Raises:
        UserError: the model cannot be built for such images.
    """
    known = spec(recipe.model)
    with torch.device("meta"):
        model = known.built(recipe).eval()
        recording = Recorder(model).record(torch.empty(1, *recipe.input_shape))
    return _architecture(known.info.title, recording, recording.notes)


def ranked(classes: tuple[str, ...], probabilities: FloatArray) -> Prediction:
    """The classes with their probabilities `(N,)`, best first; equal ones keep the order of the classes."""
    order = np.argsort(-probabilities, kind="stable")
    return Prediction(tuple((classes[i], float(probabilities[i])) for i in order))


def _architecture(title: str, recording: RecordedPass, notes: tuple[UserError, ...]) -> Architecture:
    last = next(layer for layer in recording.layers if layer.name == recording.output)
    behind = LayerInfo(PROBABILITIES, "softmax", "Softmax", (last.name,), last.shape, palette="sequential")
    return Architecture(title, (*recording.layers, behind), notes)


def _probabilities(output: torch.Tensor, ending: Ending) -> torch.Tensor:
    """Softmax of the model's output `(N, classes)`; what has been through one already is not put through again."""
    if ending == "log_softmax":
        return output.exp()
    return output if ending == "softmax" else output.softmax(1)


def _positive(array: FloatArray) -> FloatArray:
    return _frozen(np.maximum(array, np.float32(0)))


def _frozen(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array
