"""AlexNet and VGG in small variants for images of about 32x32, which train on CIFAR-10 on a laptop."""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.models.image_size import check_image_size

ALEXNET_SMALLEST = 15  # three pools 3x3 with stride 2 leave one pixel
VGG_SMALLEST = 8  # three pools of 2 leave one pixel


class SmallAlexNet(nn.Module):
    """AlexNet's plan, narrower and with smaller strides: image `(N, C, H, W)` -> logits `(N, num_classes)`.

    Five convolutions, overlapping max-pools and dropout before the fully connected layers, as in Krizhevsky,
    Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks" (2012). With the usual
    input, 3x32x32, the shapes are those in the comments.

    Raises:
        UserError: the image is too small for the pools.
    """

    def __init__(self, input_shape: tuple[int, int, int] = (3, 32, 32), num_classes: int = 10) -> None:
        super().__init__()
        channels, height, width = input_shape
        check_image_size("AlexNet (32×32)", height, width, ALEXNET_SMALLEST)

        self.conv1 = nn.Conv2d(channels, 32, kernel_size=5, padding=2)  # 3x32x32 -> 32x32x32
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(3, stride=2)  # -> 32x15x15
        self.conv2 = nn.Conv2d(32, 96, kernel_size=5, padding=2)  # -> 96x15x15
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(3, stride=2)  # -> 96x7x7
        self.conv3 = nn.Conv2d(96, 192, kernel_size=3, padding=1)  # -> 192x7x7
        self.relu3 = nn.ReLU()
        self.conv4 = nn.Conv2d(192, 128, kernel_size=3, padding=1)  # -> 128x7x7
        self.relu4 = nn.ReLU()
        self.conv5 = nn.Conv2d(128, 128, kernel_size=3, padding=1)  # -> 128x7x7
        self.relu5 = nn.ReLU()
        self.pool3 = nn.MaxPool2d(3, stride=2)  # -> 128x3x3
        self.flatten = nn.Flatten()  # -> 1152
        self.dropout1 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(128 * _thrice(height) * _thrice(width), 256)
        self.relu6 = nn.ReLU()
        self.dropout2 = nn.Dropout(0.5)
        self.fc2 = nn.Linear(256, 256)
        self.relu7 = nn.ReLU()
        self.fc3 = nn.Linear(256, num_classes)
        _initialise(self)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.relu3(self.conv3(x))
        x = self.relu4(self.conv4(x))
        x = self.pool3(self.relu5(self.conv5(x)))
        x = self.flatten(x)
        x = self.relu6(self.fc1(self.dropout1(x)))
        x = self.relu7(self.fc2(self.dropout2(x)))
        logits: torch.Tensor = self.fc3(x)
        return logits


class SmallVGG(nn.Module):
    """VGG's plan, narrower: pairs of padded 3x3 convolutions: image `(N, C, H, W)` -> logits `(N, num_classes)`.

    After Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (2015). With
    the usual input, 3x32x32, the shapes are those in the comments.

    Raises:
        UserError: the image is too small for the pools.
    """

    def __init__(self, input_shape: tuple[int, int, int] = (3, 32, 32), num_classes: int = 10) -> None:
        super().__init__()
        channels, height, width = input_shape
        check_image_size("VGG (32×32)", height, width, VGG_SMALLEST)

        self.conv1_1 = nn.Conv2d(channels, 32, kernel_size=3, padding=1)  # 3x32x32 -> 32x32x32
        self.relu1_1 = nn.ReLU()
        self.conv1_2 = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.relu1_2 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)  # -> 32x16x16
        self.conv2_1 = nn.Conv2d(32, 64, kernel_size=3, padding=1)  # -> 64x16x16
        self.relu2_1 = nn.ReLU()
        self.conv2_2 = nn.Conv2d(64, 64, kernel_size=3, padding=1)
        self.relu2_2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)  # -> 64x8x8
        self.conv3_1 = nn.Conv2d(64, 128, kernel_size=3, padding=1)  # -> 128x8x8
        self.relu3_1 = nn.ReLU()
        self.conv3_2 = nn.Conv2d(128, 128, kernel_size=3, padding=1)
        self.relu3_2 = nn.ReLU()
        self.pool3 = nn.MaxPool2d(2)  # -> 128x4x4
        self.flatten = nn.Flatten()  # -> 2048
        self.fc1 = nn.Linear(128 * (height // 8) * (width // 8), 256)
        self.relu4 = nn.ReLU()
        self.dropout = nn.Dropout(0.5)
        self.fc2 = nn.Linear(256, num_classes)
        _initialise(self)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.relu1_2(self.conv1_2(self.relu1_1(self.conv1_1(x))))
        x = self.pool1(x)
        x = self.relu2_2(self.conv2_2(self.relu2_1(self.conv2_1(x))))
        x = self.pool2(x)
        x = self.relu3_2(self.conv3_2(self.relu3_1(self.conv3_1(x))))
        x = self.pool3(x)
        x = self.flatten(x)
        x = self.dropout(self.relu4(self.fc1(x)))
        logits: torch.Tensor = self.fc2(x)
        return logits


def _initialise(model: nn.Module) -> None:
    """Keep the size of the signal from layer to layer (He and others, 2015): PyTorch's default fades in deep nets."""
    if next(model.parameters()).is_meta:
        return  # shapes only: drawing numbers for these would import a compiler of 150 MB
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def _thrice(pixels: int) -> int:
    """Height or width after three pools 3x3 with stride 2."""
    for _ in range(3):
        pixels = (pixels - 3) // 2 + 1
    return pixels
