"""Stochastic gradient descent with momentum and weight decay, with numbers that may change at every step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from torch.optim.sgd import sgd


class SGD:
    """`torch.optim.SGD` without its class: `velocity = momentum * velocity + gradient; weight -= rate * velocity`.

    A weight without a gradient stays as it is, with its velocity: nothing is learned about it in this step.

    The arithmetic is PyTorch's own, in its fused form: one pass over each weight instead of three. Only the class
    around it is left out, for its first use imports a compiler that is never needed here and holds up every
    thread, the window's too, for almost two seconds.

    Attributes:
        learning_rate: of the next step.
        momentum: of the next step.
        weight_decay: L2 penalty, added to the gradient.
        velocity: of each weight, PyTorch's momentum buffers; None before its first gradient and without momentum.

    """

    def __init__(
        self, weights: Iterable[torch.nn.Parameter], learning_rate: float, momentum: float, weight_decay: float
    ) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.weight_decay = weight_decay
        self._weights = list(weights)
        self.velocity: list[torch.Tensor | None] = [None] * len(self._weights)

    def step(self) -> None:
        """Move every weight that has a gradient down it, and forget the gradients."""
        if self.momentum == 0:
            self.velocity = [None] * len(self._weights)  # if momentum comes back, it starts from rest
        learned = [index for index, weight in enumerate(self._weights) if weight.grad is not None]
        for index in learned if self.momentum else ():
            if self.velocity[index] is None:
                self.velocity[index] = torch.zeros_like(self._weights[index])
        with torch.no_grad():
            for fused in (True, False):  # the fused form knows no complex numbers
                part = [index for index in learned if self._weights[index].is_floating_point() is fused]
                self._move(part, fused)
        self.forget_gradients()

    def _move(self, learned: Sequence[int], fused: bool) -> None:
        if not learned:
            return
        sgd(
            [self._weights[index] for index in learned],
            [_gradient(self._weights[index]) for index in learned],
            [self.velocity[index] for index in learned],
            fused=fused,
            foreach=False,
            lr=self.learning_rate,
            momentum=self.momentum,
            weight_decay=self.weight_decay,
            dampening=0,
            nesterov=False,
            maximize=False,
        )

    def restore(self, velocity: Sequence[torch.Tensor | None]) -> None:
        """Load momentum buffers, one per weight, each laid out in memory as its weight is."""
        self.velocity = [
            None if moving is None else torch.empty_like(weight).copy_(moving)
            for weight, moving in zip(self._weights, velocity, strict=True)
        ]

    def forget_gradients(self) -> None:
        """The next backward pass starts from none."""
        for weight in self._weights:
            weight.grad = None


def _gradient(weight: torch.nn.Parameter) -> torch.Tensor:
    """The weight's gradient as the fused form reads it: with all its zeros, an embedding's too, and laid out alike."""
    gradient = weight.grad
    assert gradient is not None
    if gradient.layout != torch.strided:
        gradient = gradient.to_dense()
    return gradient if gradient.stride() == weight.stride() else torch.empty_like(weight).copy_(gradient)
