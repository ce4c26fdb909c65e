"""A model evaluated on images it does not learn from."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from cnnviewer.core.data.dataset import Split, normalise
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.models.output import head_of
from cnnviewer.core.models.predicting import keeps_images_apart, predicting
from cnnviewer.core.models.recipe import ModelRecipe

LossFunction = Callable[..., torch.Tensor]  # (output, labels, reduction=...) as in torch.nn.functional
Run = Callable[[torch.Tensor], torch.Tensor]
"""Normalised images -> a model's output."""

_CHUNK = 500  # images at once: the largest feature maps stay within tens of megabytes


def evaluate(
    model: nn.Module,
    split: Split,
    recipe: ModelRecipe,
    loss_function: LossFunction,
    abandoned: Callable[[], bool] = lambda: False,
    run: Run | None = None,
    hear: Callable[[torch.Tensor], None] = lambda _: None,
) -> Evaluation:
    """Loss and accuracy of `model` over all of `split`, per class too.

    The model is put into evaluation mode (no dropout) and left in the mode it had. `split` lies on the model's
    device; the images are uint8, and normalised as `recipe` says, whose class names those of the result are. A user's
    own model that computes with its whole batch is given one image at a time, as for a prediction.

    Args:
        model: what is evaluated.
        split: the images and their classes.
        recipe: of the model.
        loss_function: on its output.
        abandoned: whether nobody waits any more.
        run: what runs the model in place of a plain call, such as with muted channels.
        hear: is given the predicted classes, int64 `(n,)`, of some images after the others.

    Raises:
        Cancelled: `abandoned` said so.
    """
    was_training = model.training
    model.eval()
    loss = 0.0
    correct = torch.zeros(len(recipe.classes), dtype=torch.int64, device=split.labels.device)
    try:
        with torch.no_grad():
            at_once = _at_once(model, split, recipe, run or model)
            for start in range(0, len(split), at_once):
                if abandoned():
                    raise Cancelled
                chunk = split.select(slice(start, start + at_once))
                images = normalise(chunk.images, recipe.mean, recipe.std)
                with predicting(model, images):
                    output = model(images) if run is None else run(images)
                loss += float(loss_function(output, chunk.labels, reduction="sum"))
                predicted = output.argmax(1)
                hear(predicted)
                right = chunk.labels[predicted == chunk.labels]
                correct += torch.bincount(right, minlength=len(recipe.classes))
    finally:
        model.train(was_training)
    totals = torch.bincount(split.labels, minlength=len(recipe.classes)).tolist()
    per_class = dict(zip(recipe.classes, zip(correct.tolist(), totals, strict=True), strict=True))
    return Evaluation(int(correct.sum()), len(split), loss / len(split), per_class)


def _at_once(model: nn.Module, split: Split, recipe: ModelRecipe, run: Run) -> int:
    if head_of(model) is None or not len(split):  # none of the program's own models mixes images
        return _CHUNK
    image = normalise(split.images[:1], recipe.mean, recipe.std)

    def predicted(images: torch.Tensor) -> torch.Tensor:
        with predicting(model, images):
            return run(images)

    try:
        return _CHUNK if keeps_images_apart(predicted, image) else 1
    except Cancelled:
        raise
    except Exception:  # the user's own code knows no single image
        return _CHUNK
