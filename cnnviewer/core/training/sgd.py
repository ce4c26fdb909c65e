"""Stochastic gradient descent with momentum and weight decay, with numbers that may change at every step."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch.optim.sgd import sgd


class SGD:
    """`torch.optim.SGD` without its class: `velocity = momentum * velocity + gradient; weight -= rate * velocity`.

    The arithmetic is PyTorch's own, in its fused form: one pass over each weight instead of three. Only the class
    around it is left out, for its first use imports a compiler that is never needed here and holds up every
    thread, the window's too, for almost two seconds.

    Attributes:
        learning_rate: of the next step.
        momentum: of the next step.
        weight_decay: L2 penalty, added to the gradient.
        velocity: of each weight, PyTorch's momentum buffers; None before the first step and without momentum.

    """

    def __init__(
        self, weights: Iterable[torch.nn.Parameter], learning_rate: float, momentum: float, weight_decay: float
    ) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._weights = [weight for weight in weights if weight.requires_grad]
        self.velocity: list[torch.Tensor] | None = None

    def step(self) -> None:
        """Move every weight down its gradient, and forget the gradients."""
        if self.momentum == 0:
            self.velocity = None  # not kept up without momentum; if it comes back, it starts from rest
        elif self.velocity is None:
            self.velocity = [torch.zeros_like(weight) for weight in self._weights]
        with torch.no_grad():
            sgd(
                list(self._weights),
                [weight.grad for weight in self._weights if weight.grad is not None],
                list(self.velocity) if self.velocity is not None else [None] * len(self._weights),
                fused=True,
                lr=self.learning_rate,
                momentum=self.momentum,
                weight_decay=self.weight_decay,
                dampening=0,
                nesterov=False,
                maximize=False,
            )
        self.forget_gradients()

    def restore(self, velocity: list[torch.Tensor]) -> None:
        """Go on with these momentum buffers, one a weight, each laid out in memory as its weight is."""
        self.velocity = [
            torch.empty_like(weight).copy_(moving) for weight, moving in zip(self._weights, velocity, strict=True)
        ]

    def forget_gradients(self) -> None:
        """The next backward pass starts from none."""
        for weight in self._weights:
            weight.grad = None
