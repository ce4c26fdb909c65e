"""The training loop as a course writes it: a Dataset of transformed images, a DataLoader, one batch after the other.

What the program's own loop is measured against, on the same images, models and hyperparameters.
"""

from __future__ import annotations

import time

import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.models.registry import MODELS, build, recipe_for
from cnnviewer.core.training.usual import usual_config


class Pictures(Dataset[tuple[torch.Tensor, int]]):
    """Images as PIL hands them out, turned into tensors and normalised one by one, as torchvision's sets do."""

    def __init__(self, data: DataSet) -> None:
        from torchvision.transforms import Compose, Normalize, ToTensor

        self.images = data.train.images.permute(0, 2, 3, 1).numpy()
        self.labels = data.train.labels.tolist()
        self.transform = Compose([ToTensor(), Normalize(data.info.mean, data.info.std)])

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        from PIL import Image

        pixels = self.images[index]
        picture = Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)
        return self.transform(picture), self.labels[index]


def images_per_second(model_key: str, data: DataSet, seconds: float, warm_up_steps: int) -> float:
    """Train for about so many seconds after some steps of warm-up."""
    defaults = usual_config(MODELS[model_key].info)
    model = build(recipe_for(model_key, data.info))
    optimizer = torch.optim.SGD(model.parameters(), lr=defaults.learning_rate, momentum=defaults.momentum)
    criterion = F.nll_loss if MODELS[model_key].loss == "nll" else F.cross_entropy
    loader = DataLoader(Pictures(data), batch_size=defaults.batch_size, shuffle=True)
    model.train()
    began, images, running_loss = 0.0, 0, 0.0
    for step, (inputs, labels) in enumerate(loader):
        if step == warm_up_steps:
            began = time.perf_counter()
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
        if step >= warm_up_steps:
            images += len(labels)
            if time.perf_counter() - began > seconds:
                break
    return images / (time.perf_counter() - began)
