"""Data sets small enough to train on in a blink, for tests that are not about data."""

from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo

GREY = DataInfo("tiny-grey", "Tiny grey", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,))
COLOUR = DataInfo("tiny-colour", "Tiny colour", (3, 32, 32), tuple("abcdefghij"), (0.5, 0.5, 0.5), (0.5, 0.5, 0.5))


def tiny(info: DataInfo = GREY, train: int = 160, test: int = 50, seed: int = 0) -> DataSet:
    """Noise with a bright bar at a place that tells the class: learnable, and quick to make."""
    generator = torch.Generator().manual_seed(seed)

    def split(count: int) -> Split:
        labels = torch.arange(count) % len(info.classes)
        images = torch.randint(0, 40, (count, *info.shape), generator=generator, dtype=torch.uint8)
        for index, label in enumerate(labels.tolist()):
            row = 2 + label * (info.shape[1] - 4) // len(info.classes)
            images[index, :, row : row + 2] = 230
        return Split(images, labels)

    return DataSet(info, split(train), split(test))


def saved(folder: Path, name: str, data: DataSet) -> str:
    """The data set as the user's own `.npz` file in `folder`: its key."""
    arrays = {
        f"{part}_{kind}": getattr(getattr(data, part), kind).numpy()
        for part in ("train", "test")
        for kind in ("images", "labels")
    }
    path = folder / f"{name}.npz"
    np.savez(path, **{key: array if array.ndim == 1 else np.moveaxis(array, 1, -1) for key, array in arrays.items()})
    return f"npz:{path}"
