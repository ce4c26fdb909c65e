"""SimpleCNN as the course teaches it: padded 3x3 convolutions, for small photographs."""

import torch
from torch import nn

from cnnviewer.core.models.image_size import check_image_size

SMALLEST = 4  # two pools of 2 leave one pixel


class SimpleCNN(nn.Module):
    """Image `(N, C, H, W)` -> logits `(N, num_classes)`; train it with the cross-entropy.

    Every operation is a submodule, so that the network view can name it; only `conv1 conv2 fc1 fc2` have
    parameters. With the usual input, 3x32x32, the shapes are those in the comments.

    Raises:
        UserError: the image is too small for the pools.
    """

    def __init__(self, input_shape: tuple[int, int, int] = (3, 32, 32), num_classes: int = 10) -> None:
        super().__init__()
        channels, height, width = input_shape
        check_image_size("SimpleCNN", height, width, SMALLEST)

        self.conv1 = nn.Conv2d(channels, 32, kernel_size=3, padding=1)  # 3x32x32 -> 32x32x32
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)  # -> 32x16x16
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)  # -> 64x16x16
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)  # -> 64x8x8
        self.flatten = nn.Flatten()  # -> 4096
        self.fc1 = nn.Linear(64 * (height // 2 // 2) * (width // 2 // 2), 512)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(512, num_classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, num_classes)` logits."""
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.flatten(x)
        x = self.relu3(self.fc1(x))
        logits: torch.Tensor = self.fc2(x)
        return logits
