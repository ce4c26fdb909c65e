"""What the user chooses before a training. Free of torch: the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.models.key import ModelKey

Schedule = Literal["constant", "cosine"]
Augmentation = Literal["none", "flip-crop", "handwriting"]
MOST_THREADS: Final = 1024
"""PyTorch starts as many as requested, and some hundred thousand end the process (SIGSEGV)."""


@dataclass(frozen=True)
class TrainConfig:
    """One training, whole: with the same data, device and thread count it gives the same weights to the bit.

    Attributes:
        model: registry key of the model.
        dataset: registry key of the data set.
        device: `"cpu"`, `"cuda:0"`, `"mps"`.
        epochs: passes over the training images.
        batch_size: images per step.
        learning_rate: of SGD; may be changed while training, see `Controls`.
        momentum: of SGD, 0 <= m < 1; likewise.
        seed: of initialisation, shuffling, dropout and augmentation.
        weight_decay: L2 penalty of SGD.
        schedule: `constant`, or `cosine` from the learning rate down to 0 over all steps.
        augmentation: what is done to a training batch: nothing, flips and crops (photographs), or slant,
            rotation, scale, shift and stroke width (digits).
        dropout: probability used while training in place of the model's own; None keeps the model's.
        validation_fraction: part of the training images held out for validation, at most 5,000;
            0 validates on the test images, as many course scripts do.
        freeze: names of layers whose weights do not learn, with commas between them, see `freezing`.
        threads: PyTorch's thread count; 0 lets the program choose and say what it chose.

    """

    model: str = "lenet"
    dataset: str = "mnist"
    device: str = "cpu"
    epochs: int = 10
    batch_size: int = 32
    learning_rate: float = 0.01
    momentum: float = 0.0
    seed: int = 1
    weight_decay: float = 0.0
    schedule: Schedule = "constant"
    augmentation: Augmentation = "none"
    dropout: float | None = None
    validation_fraction: float = 0.1
    threads: int = 0
    freeze: str = ""

    @property
    def model_key(self) -> ModelKey:
        """The parts of `model`."""
        return ModelKey.parse(self.model)

    @property
    def data_key(self) -> DataKey:
        """The parts of `dataset`."""
        return DataKey.parse(self.dataset)
