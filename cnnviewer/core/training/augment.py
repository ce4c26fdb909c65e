"""A training batch varied at random, all images at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
import torch.nn.functional as F

from cnnviewer.core.training.config import Augmentation

Augment = Callable[[torch.Tensor, torch.Generator], torch.Tensor]  # (N, C, H, W) in 0..1 -> the same, varied


def augmentation(key: Augmentation) -> Augment | None:
    """What varies a batch, None for `none`. Random numbers come from the generator given with each batch."""
    return _AUGMENTATIONS[key]


def flip_crop(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Photographs: mirrored left to right half of the time and moved by up to an eighth of the width each way.

    What moves in from outside is black, as in the usual recipe for CIFAR-10 (He et al. 2016, section 4.2).
    """
    count, channels, height, width = images.shape
    reach_y, reach_x = height // 8, width // 8
    device = images.device
    padded = F.pad(images, (reach_x, reach_x, reach_y, reach_y))
    top = torch.randint(2 * reach_y + 1, (count, 1), generator=generator).to(device)
    left = torch.randint(2 * reach_x + 1, (count, 1), generator=generator).to(device)
    mirrored = torch.randint(2, (count, 1), generator=generator).to(device)
    rows = top + torch.arange(height, device=device)  # (N, H)
    columns = torch.arange(width, device=device)
    columns = left + torch.where(mirrored == 1, width - 1 - columns, columns)  # (N, W)
    image = torch.arange(count, device=device)[:, None, None, None]
    channel = torch.arange(channels, device=device)[None, :, None, None]
    return padded[image, channel, rows[:, None, :, None], columns[:, None, None, :]]


def handwriting(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Pen strokes, light on dark: other slants, angles, proportions, places and pens, and a hand less steady.

    Slant and rotation, scale per axis, shift and a smooth displacement are one resampling; then a share of the
    images gets a thicker or a thinner stroke, for the pens differ more than MNIST's own.
    """
    count, _channels, height, width = images.shape

    def uniform(low: float, high: float, *shape: int) -> torch.Tensor:
        return torch.empty(count, *shape).uniform_(low, high, generator=generator)

    angle, slant = uniform(-0.22, 0.22), uniform(-0.3, 0.3)  # radians; columns per row
    scale_x, scale_y = uniform(0.82, 1.2), uniform(0.85, 1.18)
    cos, sin = angle.cos(), angle.sin()
    matrix = torch.stack(  # output place -> input place, both in -1..1
        [
            torch.stack([cos / scale_x, (slant * cos - sin) / scale_x, uniform(-0.12, 0.12)], 1),
            torch.stack([sin / scale_y, (slant * sin + cos) / scale_y, uniform(-0.12, 0.12)], 1),
        ],
        1,
    )  # (N, 2, 3)
    grid = F.affine_grid(matrix, [count, 1, height, width], align_corners=False)
    wobble = uniform(-0.09, 0.09, 2, 5, 5)
    grid += F.interpolate(wobble, size=(height, width), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    moved = F.grid_sample(images, grid.to(images.device), mode="bilinear", align_corners=False)

    thicker = F.max_pool2d(moved, 3, stride=1, padding=1)
    thinner = -F.max_pool2d(-moved, (2, 2), stride=1, padding=1)[..., :height, :width]
    pen = uniform(-1, 1, 1, 1, 1).to(images.device)  # below -0.5 thinner, above 0.4 thicker, each by degrees
    moved = torch.lerp(moved, thicker, ((pen - 0.4) / 0.6).clamp(0, 0.9))
    return torch.lerp(moved, thinner, ((-pen - 0.5) / 0.5).clamp(0, 0.7))


_AUGMENTATIONS: Mapping[Augmentation, Augment | None] = {
    "none": None,
    "flip-crop": flip_crop,
    "handwriting": handwriting,
}
