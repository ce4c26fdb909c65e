"""Minimum pooling, which PyTorch has no layer for."""

import torch
import torch.nn.functional as F
from torch import nn


class MinPool2d(nn.Module):
    """The smallest value of every window: `(N, C, H, W)` -> `(N, C, H', W')`.

    The minimum is the maximum of the negatives, negated; padding is therefore +infinity and never the smallest.
    The output sizes are those of `nn.MaxPool2d` with the same numbers.

    Attributes:
        kernel_size: of the window, both ways.
        stride: from window to window; the kernel size when None is given.
        padding: on every side, at most half of the kernel size.
        dilation: distance of the cells that a window reads.

    """

    def __init__(self, kernel_size: int, stride: int | None = None, padding: int = 0, dilation: int = 1) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`(N, C, H, W)` -> `(N, C, H', W')`."""
        return -F.max_pool2d(-x, self.kernel_size, self.stride, self.padding, self.dilation)

    def extra_repr(self) -> str:
        """What `print(model)` says of it, as `nn.MaxPool2d` does."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation={self.dilation}"


OWN_LAYERS = (MinPool2d,)
"""Our layers that the inspection takes as one operation, as it takes PyTorch's: it does not look into them."""
