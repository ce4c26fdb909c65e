"""LeNet as the course teaches it: two convolutions, two fully connected layers, for handwritten digits."""

import torch
from torch import nn

from cnnviewer.core.models.image_size import check_image_size

SMALLEST = 16  # 16 -conv 5x5-> 12 -pool-> 6 -conv 5x5-> 2 -pool-> 1


class LeNet(nn.Module):
    """Image `(N, C, H, W)` -> log-probabilities `(N, num_classes)`; train it with the negative log-likelihood.

    Every operation is a submodule, so that the network view can name it; only `conv1 conv2 fc1 fc2` have
    parameters. With the usual input, 1x28x28, the shapes are those in the comments.

    Raises:
        UserError: the image is too small for the kernels and pools.
    """

    def __init__(self, input_shape: tuple[int, int, int] = (1, 28, 28), num_classes: int = 10) -> None:
        super().__init__()
        channels, height, width = input_shape
        check_image_size("LeNet", height, width, SMALLEST)

        self.conv1 = nn.Conv2d(channels, 10, kernel_size=5)  # 1x28x28 -> 10x24x24
        self.pool1 = nn.MaxPool2d(2)  # -> 10x12x12
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)  # -> 20x8x8
        self.dropout = nn.Dropout2d(0.5)  # whole feature maps
        self.pool2 = nn.MaxPool2d(2)  # -> 20x4x4
        self.relu2 = nn.ReLU()
        self.flatten = nn.Flatten()  # -> 320
        self.fc1 = nn.Linear(20 * _side(height) * _side(width), 50)
        self.relu3 = nn.ReLU()
        self.fc2 = nn.Linear(50, num_classes)
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` normalised images -> `(N, num_classes)` log-probabilities."""
        x = self.relu1(self.pool1(self.conv1(x)))
        x = self.relu2(self.pool2(self.dropout(self.conv2(x))))
        x = self.flatten(x)
        x = self.relu3(self.fc1(x))
        log_probabilities: torch.Tensor = self.log_softmax(self.fc2(x))
        return log_probabilities


def _side(pixels: int) -> int:
    """Height or width of the maps that are flattened: twice a 5x5 kernel without padding, then a pool of 2."""
    return ((pixels - 4) // 2 - 4) // 2
