"""The training loop of a course script, in plain PyTorch, to hold the program's against."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import DataSet, normalise
from cnnviewer.core.training.batches import batches, hold_out, seeded
from cnnviewer.core.training.config import TrainConfig

Tensors = dict[str, torch.Tensor]


def scores(output: object) -> torch.Tensor:
    """`(N, classes)` of whatever a model returned."""
    while not torch.is_tensor(output):
        output = next(iter(output.values() if isinstance(output, dict) else output))  # type: ignore[call-overload]
    return output.flatten(1)


def train(
    make: Callable[[], nn.Module], data: DataSet, config: TrainConfig, layout: torch.memory_format, nll: bool = False
) -> Tensors:
    """The `state_dict` after the first epoch: `torch.optim.SGD`, with the program's own seeding."""
    torch.manual_seed(config.seed)
    model = make().to(memory_format=layout)
    optimizer = torch.optim.SGD(
        [weight for weight in model.parameters() if weight.requires_grad],
        lr=config.learning_rate,
        momentum=config.momentum,
        weight_decay=config.weight_decay,
        fused=True,
    )
    loss_of = F.nll_loss if nll else F.cross_entropy
    learned, _ = hold_out(len(data.train), config.validation_fraction, config.seed)
    model.train()
    for step, index in enumerate(batches(learned, config.batch_size, config.seed, 1)):
        torch.manual_seed(seeded(config.seed, "dropout", step))
        inputs = normalise(data.train.images[index], data.info.mean, data.info.std)
        optimizer.zero_grad()
        loss_of(scores(model(inputs)), data.train.labels[index]).backward()
        optimizer.step()
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
