"""What the user's own model gives for images, and which part of it is trained, evaluated and shown.

A model may give a tensor, or several in a tuple, a list, a dictionary or a record; scores of another shape; one number
for two classes; probabilities in place of scores. The decision is made once, when it is opened; a forward hook then
makes every call give scores `(N, classes)`, whose softmax is the probability of each class. So the training, the
evaluation, the prediction and the look inside take the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import torch
from torch import nn

from cnnviewer.core.errors import UserError

Scale = Literal["scores", "probabilities"]

_USUAL = ("logits", "out", "output", "scores", "pred", "prediction", "y")  # names of what a classifier gives
_EXACT = 1e-4  # how far a sum of float32 probabilities is from 1 at most
# What only moves numbers: behind these a sigmoid is still the last operation.
_MOVES = ("View", "Reshape", "Squeeze", "Unsqueeze", "Clone", "Alias", "ToCopy", "T", "Transpose", "Permute", "Select")


@dataclass(frozen=True)
class OutputPart:
    """One tensor of what a model gives: `name` is its key, or its number from 1."""

    name: str
    value: torch.Tensor


def parts_of(given: Any, name: str = "") -> Iterator[OutputPart]:
    """Every tensor in what a model gives, in order."""
    if torch.is_tensor(given):
        yield OutputPart(name or "1", given)
        return
    if isinstance(given, dict):
        named = [(str(key), value) for key, value in given.items()]
    elif isinstance(given, tuple) and hasattr(given, "_fields"):
        named = list(zip(given._fields, given, strict=True))
    elif isinstance(given, (tuple, list)):
        named = [(str(number), value) for number, value in enumerate(given, start=1)]
    elif is_dataclass(given):
        named = [(field.name, getattr(given, field.name)) for field in fields(given)]
    else:
        return
    for key, value in named:
        yield from parts_of(value, f"{name}.{key}" if name else key)


def main_part(given: Any, images: int, classes: int) -> OutputPart | None:
    """The part that says for each of `images` images which of `classes` classes it is; None where there is none.

    That is the first of a usual name, else the first, of those that have a score for each class; for two classes also
    one with a single number for each image.
    """
    parts = [part for part in parts_of(given) if part.value.is_floating_point()]
    for fits in (_has_scores, _has_one_number):
        fitting = [part for part in parts if fits(part.value, images, classes)]
        if fitting:
            return next((part for part in fitting if _is_usual(part)), fitting[0])
    return None


def class_count(given: Any, expected: int) -> int | None:
    """How many classes a model tells apart that gives this for a single image; None where it says of none.

    Those `expected` where a part has a score for each, else as many as the likeliest part has numbers.
    """
    if main_part(given, 1, expected) is not None:
        return expected
    parts = [part for part in parts_of(given) if part.value.is_floating_point() and part.value.numel()]
    counted = [part for part in parts if part.value.numel() == max(part.value.shape, default=1)]
    likeliest = next((part for part in counted if _is_usual(part)), counted[0] if counted else None)
    return max(2, likeliest.value.numel()) if likeliest is not None else None  # one number: of two classes


def _is_usual(part: OutputPart) -> bool:
    return part.name.rpartition(".")[2].lower() in _USUAL


def _has_scores(value: torch.Tensor, images: int, classes: int) -> bool:
    """`(N, classes)`, or with ones behind that, as a convolution gives them; `squeeze()` takes a single N away too."""
    if value.numel() != images * classes:
        return False
    return value.shape[:2] == (images, classes) or (images == 1 and value.shape[:1] == (classes,))


def _has_one_number(value: torch.Tensor, images: int, classes: int) -> bool:
    return classes == 2 and value.numel() == images and (images == 1 or value.shape[0] == images)


@dataclass(frozen=True)
class OutputHead:
    """A forward hook that makes a model give float32 scores `(N, classes)`, whatever it gives itself.

    Attributes:
        model: its name as shown to the user.
        classes: how many.
        scale: `probabilities` of a model that ends in a softmax or, with one number, in a sigmoid: their logarithm is
            the score, so that no second softmax changes them.
        scale_while_training: the same in training mode; many models apply their softmax in evaluation mode only.
        notes: what the user should know, as sentences.
        part_while_training: name of the part that has the scores in training mode, where another would be taken: the
            first of several.

    """

    model: str
    classes: int
    scale: Scale = "scores"
    scale_while_training: Scale = "scores"
    notes: tuple[UserError, ...] = ()
    part_while_training: str = ""

    def __call__(self, module: nn.Module, taken: tuple[Any, ...], given: Any) -> torch.Tensor:
        """The scores."""
        images = len(taken[0]) if taken and torch.is_tensor(taken[0]) else 1
        part = None
        if module.training and self.part_while_training:
            part = next((each for each in parts_of(given) if each.name == self.part_while_training), None)
        part = part or main_part(given, images, self.classes)
        if part is None:
            raise _no_scores(self.model, given, images, self.classes)
        value = part.value
        scale = self.scale_while_training if module.training else self.scale
        if value.shape == (images, self.classes) and value.dtype == torch.float32 and scale == "scores":
            return value
        value = value.reshape(images, -1).float()
        if value.shape[1] == 1 and self.classes == 2:
            # BCEWithLogitsLoss of z is the cross-entropy of (0, z); a probability is that of the second class
            value = torch.cat([1 - value if scale == "probabilities" else torch.zeros_like(value), value], 1)
        if scale == "probabilities":
            value = value.clamp_min(torch.finfo(torch.float32).tiny).log()
        return value


def head_of(model: nn.Module) -> OutputHead | None:
    """The head that `examine` found for the model, where it has one."""
    return next((hook for hook in model._forward_hooks.values() if isinstance(hook, OutputHead)), None)


def notes_of(model: nn.Module) -> tuple[UserError, ...]:
    """What the user should know of the model's output; empty where it gives plain scores."""
    head = head_of(model)
    return head.notes if head is not None else ()


def examine(model: nn.Module, name: str, shape: tuple[int, int, int], classes: int) -> OutputHead:
    """The head that fits what `model`, a copy that nobody needs, gives for images `(C, H, W)`.

    Raises:
        UserError: it gives no scores for the classes.
    """
    images = torch.randn((2, *shape), generator=torch.Generator().manual_seed(0))
    given = _given(model.eval(), images)
    part = main_part(given, len(images), classes)
    if part is None:
        raise _no_scores(name, given, len(images), classes)
    scale, notes = _scale(part.value, name)
    scale_while_training, part_while_training = scale, ""
    while_training = _given_while_training(model, images)
    if while_training is not None:
        trained = main_part(while_training, len(images), classes)
        if trained is None:
            raise _no_scores(name, while_training, len(images), classes)
        several = len(list(parts_of(while_training))) > 1
        predicted = _predicted_part(model, images, part.value) if several else ""
        if predicted not in ("", trained.name):
            trained = next((each for each in parts_of(while_training) if each.name == predicted), trained)
            part_while_training = trained.name
        scale_while_training, notes_while_training = _scale(trained.value, name)
        if scale_while_training != scale:
            notes = notes_while_training or (_only_while_predicting(name),)
        if several:
            given, part = while_training, trained
    if (count := len(list(parts_of(given)))) > 1:
        notes = (
            *notes,
            UserError(
                "{model} gives {count:tensor|tensors}; tensor {part} ({shape} for an image) is trained, evaluated"
                " and shown.",
                model=name,
                count=count,
                part=part.name,
                shape="×".join(map(str, part.value.shape[1:])),
            ),
        )
    return OutputHead(name, classes, scale, scale_while_training, notes, part_while_training)


def _predicted_part(model: nn.Module, images: torch.Tensor, scores: torch.Tensor) -> str:
    """Name of the part that a model gives while predicting, among those it gives in training mode; empty: unknown.

    In training mode alone itself, with its layers as they predict, a model computes the same scores.
    """
    model.eval()
    model.training = True
    try:
        parts = [part for part in parts_of(_given(model, images)) if part.value.shape == scores.shape]
    except (Exception, SystemExit):  # the user's code
        return ""
    same = [part.name for part in parts if torch.allclose(part.value, scores, equal_nan=True)]
    return same[0] if len(same) == 1 else ""


def _given(model: nn.Module, images: torch.Tensor) -> Any:
    """What the model gives in its mode for a copy of the images, which it may change; with the operations behind it.

    Only a model without a weight that learns is given images with a gradient: others may take their numbers out.
    Without the operations where the model runs only so: it cannot learn, but it predicts.
    """
    try:
        with torch.enable_grad():
            given = model(images.clone())
            if not any(part.value.requires_grad for part in parts_of(given)):
                with suppress(Exception, SystemExit):  # untrusted code, which works without the gradient
                    return model(images.clone().requires_grad_() * 1)  # a leaf could not be changed in place
        return given
    except RuntimeError:  # such as a change in place that autograd refuses
        with torch.no_grad():
            return model(images.clone())


def _given_while_training(model: nn.Module, images: torch.Tensor) -> Any:
    """What it gives in training mode; None where it fails there, which the training tells with the line."""
    try:
        return _given(model.train(), images)
    except (Exception, SystemExit):  # the user's code
        return None


def _only_while_predicting(name: str) -> UserError:
    return UserError(
        "{model} gives scores while it is trained, and probabilities while it predicts. Each is taken as what it is: "
        "there is nothing to change.",
        model=name,
    )


def _scale(value: torch.Tensor, name: str) -> tuple[Scale, tuple[UserError, ...]]:
    """Whether the numbers are scores or probabilities already, and what to say of that.

    Raises:
        UserError: they are probabilities of the images, not of the classes.
    """
    flat = value.detach().reshape(len(value), -1).double()
    positive = bool((flat >= 0).all())
    if flat.shape[1] > 1 and positive and _are_ones(flat.sum(1)):
        return "probabilities", (
            UserError(
                "{model} ends in a softmax. Its output is taken as probabilities, without a second softmax. Usually a "
                "model gives the scores before it: remove the softmax, for nn.CrossEntropyLoss applies one.",
                model=name,
            ),
        )
    if flat.shape[1] > 1 and bool((flat <= 0).all()) and _are_ones(flat.exp().sum(1)):
        return "scores", (
            UserError(
                "{model} ends in a log-softmax. Its output is taken as log-probabilities (nn.NLLLoss), without a "
                "second softmax: there is nothing to change.",
                model=name,
            ),
        )
    if flat.shape[1] > 1 and ((positive and _are_ones(flat.sum(0))) or _are_ones(flat.exp().sum(0))):
        raise UserError(
            "{model} applies its softmax over the images of a batch (dim=0): write dim=1, over the classes.",
            field="model",
            model=name,
        )
    if not _ends_in_sigmoid(value):
        return "scores", ()
    if flat.shape[1] == 1:
        return "probabilities", (
            UserError(
                "{model} ends in a sigmoid. Its output is taken as the probability of the second class (nn.BCELoss). "
                "Usually a model gives the score before it: remove the sigmoid.",
                model=name,
            ),
        )
    return "scores", (
        UserError(
            "{model} ends in a sigmoid for each class, and its outputs are taken as scores: it learns slowly so. "
            "Remove the sigmoid, for the cross-entropy applies a softmax.",
            model=name,
        ),
    )


def _are_ones(sums: torch.Tensor) -> bool:
    return bool(((sums - 1).abs() < _EXACT).all())


def _ends_in_sigmoid(value: torch.Tensor) -> bool:
    node = value.grad_fn
    while node is not None and any(node.name().startswith(move) for move in _MOVES) and node.next_functions:
        node = node.next_functions[0][0]
    return node is not None and node.name().startswith("Sigmoid")


def _no_scores(name: str, given: Any, images: int, classes: int) -> UserError:
    parts = list(parts_of(given))
    first = parts[0].value if parts else None
    if first is not None and not first.is_floating_point() and _has_scores(first.float(), images, classes):
        return UserError(
            "{model} gives whole numbers ({kind}), from which nothing can be learned: leave out .long(), .round() and "
            "the like.",
            field="model",
            model=name,
            kind=str(first.dtype).removeprefix("torch."),
        )
    if first is None:
        return UserError(
            "{model} gives no tensor, but {kind}: return the scores of the classes.",
            field="model",
            model=name,
            kind=type(given).__name__,
        )
    if first.ndim == 2 and len(first) != images:
        return UserError(
            "{model} gives {found:number|numbers} for {images:image|images}, expected are {expected}: "
            "a size in view(-1, …) or reshape(-1, …) does not fit.",
            field="model",
            model=name,
            found=_by(first.shape),
            images=images,
            expected=_by((images, classes)),
        )
    return UserError(
        "{model} gives {found:number|numbers} for an image, but the data set has {expected:class|classes}.",
        field="model",
        model=name,
        found=", ".join(_by(part.value.shape[1:]) or "no" for part in parts),
        expected=classes,
    )


def _by(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
