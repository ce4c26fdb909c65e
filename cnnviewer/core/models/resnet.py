"""ResNet: blocks that add their input to what they compute. ResNet-18 as torchvision has it, and a small variant.

He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition" (2016). ResNet-18 is written out here so that a
student can read it, and because importing torchvision takes a second and 160 MB; a test compares names, initial
weights and outputs with torchvision's.
"""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.models.image_size import check_image_size
from cnnviewer.core.models.large import IMAGENET_CLASSES, check_photograph

RESNET_SMALLEST = 8  # pixels: the last block, two strides of 2 later, still sees 2x2


class BasicBlock(nn.Module):
    """Two 3x3 convolutions, then the addition of the block's own input: `(N, C, H, W)` -> `(N, channels, H/s, W/s)`.

    Where the stride or the number of channels changes the shape, the input goes through a 1x1 convolution
    (`downsample`) first, so that the two can be added.
    """

    def __init__(self, inputs: int, channels: int, stride: int = 1) -> None:
        super().__init__()
        # made first, as torchvision does: the same seed gives the same weights
        downsample = None
        if stride != 1 or inputs != channels:
            downsample = nn.Sequential(
                nn.Conv2d(inputs, channels, kernel_size=1, stride=stride, bias=False), nn.BatchNorm2d(channels)
            )
        self.conv1 = nn.Conv2d(inputs, channels, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = downsample
        self.relu2 = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, inputs, H, W)` -> `(N, channels, H/stride, W/stride)`."""
        out = self.relu1(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        shortcut = x if self.downsample is None else self.downsample(x)
        summed: torch.Tensor = self.relu2(out + shortcut)
        return summed


class ResNet18(nn.Module):
    """Image `(N, 3, H, W)` of at least 32x32 -> logits `(N, num_classes)`. The comments' shapes are for 224x224."""

    def __init__(self, num_classes: int = IMAGENET_CLASSES) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)  # 3x224x224 -> 64x112x112
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)  # -> 64x56x56
        self.layer1 = nn.Sequential(BasicBlock(64, 64), BasicBlock(64, 64))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128))  # -> 128x28x28
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256))  # -> 256x14x14
        self.layer4 = nn.Sequential(BasicBlock(256, 512, 2), BasicBlock(512, 512))  # -> 512x7x7
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))  # -> 512x1x1: the mean of each map
        self.fc = nn.Linear(512, num_classes)
        _initialise(self)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, 3, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        logits: torch.Tensor = self.fc(torch.flatten(self.avgpool(x), 1))
        return logits


class SmallResNet(nn.Module):
    """ResNet's plan for images of about 32x32: `(N, C, H, W)` -> logits `(N, num_classes)`.

    Section 4.2 of the paper with one block for each size of map, and 1x1 convolutions where shapes differ. With the
    usual input, 3x32x32, the shapes are those in the comments.

    Raises:
        UserError: the image is too small.
    """

    def __init__(self, input_shape: tuple[int, int, int] = (3, 32, 32), num_classes: int = 10) -> None:
        super().__init__()
        channels, height, width = input_shape
        check_image_size("ResNet (32×32)", height, width, RESNET_SMALLEST)

        self.conv1 = nn.Conv2d(channels, 16, kernel_size=3, padding=1, bias=False)  # 3x32x32 -> 16x32x32
        self.bn1 = nn.BatchNorm2d(16)
        self.relu1 = nn.ReLU()
        self.block1 = BasicBlock(16, 16)  # -> 16x32x32: its input is added as it is
        self.block2 = BasicBlock(16, 32, stride=2)  # -> 32x16x16
        self.block3 = BasicBlock(32, 64, stride=2)  # -> 64x8x8
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))  # -> 64x1x1: the mean of each map
        self.flatten = nn.Flatten()  # -> 64
        self.fc = nn.Linear(64, num_classes)
        _initialise(self)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.relu1(self.bn1(self.conv1(x)))
        x = self.block3(self.block2(self.block1(x)))
        logits: torch.Tensor = self.fc(self.flatten(self.avgpool(x)))
        return logits


def build_resnet18(input_shape: tuple[int, int, int], num_classes: int) -> nn.Module:
    """ResNet-18 for images of that shape; `UserError` where they are too small or not in colour."""
    check_photograph("ResNet-18", input_shape, 32)
    return ResNet18(num_classes)


def _initialise(model: nn.Module) -> None:
    """As torchvision does (He and others, 2015); batch normalisation begins with scale 1 and shift 0 by itself."""
    if next(model.parameters()).is_meta:
        return  # shapes only: drawing numbers for these would import a compiler of 150 MB
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
