"""What weights record of the training that they come from."""

from __future__ import annotations

import torch

import cnnviewer
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.layout import Layout


def provenance(
    config: TrainConfig, controls: Controls, epoch: int, step: int, layout: Layout | None, threads: int
) -> dict[str, str | int | float]:
    """The facts by their names in a weights file: the configuration, the rates of now, and with what it ran."""
    facts: dict[str, str | int | float] = {
        "model": config.model,
        "dataset": config.dataset,
        "seed": config.seed,
        "epoch": epoch,
        "epochs": config.epochs,
        "step": step,
        "batch_size": config.batch_size,
        "learning_rate": controls.learning_rate,
        "momentum": controls.momentum,
        "weight_decay": config.weight_decay,
        "schedule": config.schedule,
        "augmentation": config.augmentation,
        "validation_fraction": config.validation_fraction,
        "device": config.device,
        "layout": layout or "",
        "threads": threads,
        "torch": torch.__version__,
        "cnnviewer": cnnviewer.__version__,
    }
    if config.dropout is not None:
        facts["dropout"] = config.dropout
    return facts
