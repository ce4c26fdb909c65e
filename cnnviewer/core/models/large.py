"""AlexNet, VGG16 and VGG19 for photographs of 224x224, layer for layer and name for name as torchvision has them.

They are written out here so that a student can read them, and because importing torchvision takes a second and
160 MB; a test compares names, initial weights and outputs with torchvision's. Sources: Krizhevsky, "One weird trick
for parallelizing convolutional neural networks" (2014); Simonyan and Zisserman, "Very Deep Convolutional Networks
for Large-Scale Image Recognition" (2015).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path

import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.class_names import made_up_names
from cnnviewer.core.models.image_size import check_image_size

InputShape = tuple[int, int, int]
IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
"""Normalisation of torchvision's weights (documentation of `torchvision.models.VGG16_Weights`)."""
IMAGENET_CLASSES = 1000

# Widths of the convolutions; a 0 is a max-pool.
_VGG16 = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)
_VGG19 = (64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0)


class AlexNet(nn.Module):
    """Image `(N, 3, H, W)` of at least 63x63 -> logits `(N, num_classes)`. The comments' shapes are for 224x224."""

    def __init__(self, num_classes: int = IMAGENET_CLASSES) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2),  # 3x224x224 -> 64x55x55
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # -> 64x27x27
            nn.Conv2d(64, 192, kernel_size=5, padding=2),  # -> 192x27x27
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # -> 192x13x13
            nn.Conv2d(192, 384, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(384, 256, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.Conv2d(256, 256, kernel_size=3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2),  # -> 256x6x6
        )
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))  # any image size becomes 6x6
        self.classifier = nn.Sequential(
            nn.Dropout(0.5),
            nn.Linear(256 * 6 * 6, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Linear(4096, num_classes),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, 3, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.avgpool(self.features(x))
        logits: torch.Tensor = self.classifier(torch.flatten(x, 1))
        return logits


class VGG(nn.Module):
    """Image `(N, 3, H, W)` of at least 32x32 -> logits `(N, num_classes)`: 3x3 convolutions, in blocks with a pool."""

    def __init__(self, widths: tuple[int, ...], num_classes: int = IMAGENET_CLASSES) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 3
        for width in widths:
            if width == 0:
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, width, kernel_size=3, padding=1), nn.ReLU()]
                channels = width
        self.features = nn.Sequential(*layers)  # 3x224x224 -> 512x7x7
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))  # any image size becomes 7x7
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, 4096),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(4096, num_classes),
        )
        if next(self.parameters()).is_meta:
            return  # shapes only: drawing numbers for these would import a compiler of 150 MB
        for module in self.modules():
            if isinstance(module, nn.Conv2d):  # He and others, 2015
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, 0.01)
            if isinstance(module, (nn.Conv2d, nn.Linear)) and module.bias is not None:
                nn.init.zeros_(module.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, 3, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.avgpool(self.features(x))
        logits: torch.Tensor = self.classifier(torch.flatten(x, 1))
        return logits


def build_alexnet(input_shape: InputShape, num_classes: int) -> nn.Module:
    """AlexNet for images of that shape; `UserError` where they are too small or not in colour."""
    check_photograph("AlexNet", input_shape, 63)
    return AlexNet(num_classes)


def vgg_builder(title: str, widths: tuple[int, ...]) -> Callable[[InputShape, int], nn.Module]:
    """Who builds a VGG of these widths; it raises `UserError` where images are too small or not in colour."""

    def build(input_shape: InputShape, num_classes: int) -> nn.Module:
        check_photograph(title, input_shape, 32)
        return VGG(widths, num_classes)

    return build


build_vgg16 = vgg_builder("VGG16", _VGG16)
build_vgg19 = vgg_builder("VGG19", _VGG19)


@cache
def imagenet_classes() -> tuple[str, ...]:
    """The names of ImageNet's 1,000 classes in the order of torchvision's weights, without importing all of it."""
    package = importlib.util.find_spec("torchvision")
    for folder in (package.submodule_search_locations or ()) if package else ():
        found = importlib.util.spec_from_file_location("_categories", Path(folder) / "models" / "_meta.py")
        if found is not None and found.loader is not None:
            module = importlib.util.module_from_spec(found)
            found.loader.exec_module(module)
            return tuple(module._IMAGENET_CATEGORIES)
    return made_up_names(IMAGENET_CLASSES)


def check_photograph(title: str, input_shape: InputShape, least: int) -> None:
    """`UserError` where images are not in colour, or smaller than `least` pixels."""
    channels, height, width = input_shape
    if channels != 3:
        raise UserError(
            "{model} reads colour images; those here have {channels:channel|channels}.",
            field="dataset",
            model=title,
            channels=channels,
        )
    check_image_size(title, height, width, least)
