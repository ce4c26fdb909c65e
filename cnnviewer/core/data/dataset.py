"""A data set as tensors: uint8 images and int64 labels, on whichever device they are needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch

from cnnviewer.core.data.image_id import ImageFiles, ImageIds
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.source import DataFingerprint


@dataclass(frozen=True)
class Split:
    """Images and labels that belong together.

    Attributes:
        images: uint8, `(N, C, H, W)`.
        labels: int64, `(N,)`.
        files: where each image comes from, where its index does not say it.

    """

    images: torch.Tensor
    labels: torch.Tensor
    files: ImageFiles = field(default_factory=ImageFiles, compare=False)

    def __len__(self) -> int:
        return len(self.labels)

    def to(self, device: torch.device | str) -> Split:
        """The same images and labels on `device`."""
        return Split(self.images.to(device), self.labels.to(device), self.files)

    def select(self, index: torch.Tensor | slice) -> Split:
        """The images at `index`."""
        rows = index if isinstance(index, slice) else np.asarray(index.cpu())
        return Split(self.images[index], self.labels[index], self.files.select(rows))


@dataclass(frozen=True)
class DataSet:
    """Training and test images of one source, and what they are.

    Attributes:
        source: where they were read from; without pieces where nobody noted it.
        validation: images that the source sets aside for validation; None: some of the training images are held out.

    """

    info: DataInfo
    train: Split
    test: Split
    source: DataFingerprint = field(default=DataFingerprint(), compare=False)
    validation: Split | None = None

    def ids(self, split: Literal["train", "test"]) -> ImageIds:
        """The ids of the images of a split."""
        return ImageIds(self.info.key, split, (self.train if split == "train" else self.test).files)


def normalise(images: torch.Tensor, mean: tuple[float, ...], std: tuple[float, ...]) -> torch.Tensor:
    """Scale uint8 `(N, C, H, W)` to 0..1, subtract `mean`, divide by `std`, per channel: float32.

    The operations and their order are those of torchvision's `ToTensor` and `Normalize`, so the result
    is theirs bit for bit.
    """
    return normalise_unit(images.to(torch.float32).div_(255), mean, std)


def normalise_unit(images: torch.Tensor, mean: tuple[float, ...], std: tuple[float, ...]) -> torch.Tensor:
    """The same for float32 images already in 0..1; a new tensor."""
    shift = torch.tensor(mean, dtype=torch.float32, device=images.device).view(-1, 1, 1)
    scale = torch.tensor(std, dtype=torch.float32, device=images.device).view(-1, 1, 1)
    return images.sub(shift).div_(scale)
