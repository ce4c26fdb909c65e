"""AlexNet, VGG16 and VGG19 as torchvision has them, for photographs of 224x224."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from torch import nn

from cnnviewer.core.errors import UserError

InputShape = tuple[int, int, int]
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
"""Normalisation of torchvision's weights (documentation of `torchvision.models.VGG16_Weights`)."""
IMAGENET_CLASSES = 1000

_SMALLEST = {"alexnet": 63, "vgg16": 32, "vgg19": 32}
_TITLES = {"alexnet": "AlexNet", "vgg16": "VGG16", "vgg19": "VGG19"}


def builder(key: str) -> Callable[[InputShape, int], nn.Module]:
    """Who builds the model `alexnet`, `vgg16` or `vgg19`; torchvision is imported when it does."""

    def build(input_shape: InputShape, num_classes: int) -> nn.Module:
        channels, height, width = input_shape
        if channels != 3:
            raise UserError(
                "{model} reads colour images; those here have {channels} channels.",
                field="dataset",
                model=_TITLES[key],
                channels=channels,
            )
        if min(height, width) < _SMALLEST[key]:
            raise UserError(
                "{model}'s pools are larger than what images of {height}×{width} pixels leave them: "
                "it needs at least {least}×{least}.",
                field="dataset",
                model=_TITLES[key],
                height=height,
                width=width,
                least=_SMALLEST[key],
            )
        import torchvision.models  # 1 s and 60 MB that only these three need

        model: nn.Module = getattr(torchvision.models, key)(num_classes=num_classes)
        return model

    return build


@cache
def imagenet_classes() -> tuple[str, ...]:
    """The names of ImageNet's 1,000 classes in the order of torchvision's weights."""
    from torchvision.models import VGG16_Weights

    return tuple(VGG16_Weights.IMAGENET1K_V1.meta["categories"])
