"""Runs a model with muted channels outside of an inspection: while it is trained, or evaluated on any device."""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.layers import Described, Weights
from cnnviewer.core.inspection.recorder import Listener, first_tensor, is_leaf, keep_none, listening
from cnnviewer.core.inspection.tape import Tape
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.state import ModelState


class MutedRun:
    """A model's forward pass with muted channels, in whatever mode the model is, with its graph where gradients are on.

    The operations are the model's own; no gradient passes a channel that is muted. Whoever runs the model owns this.
    """

    def __init__(self, model: nn.Module, state: ModelState) -> None:
        """`state` says which channels; its weights are only looked at to find the layers.

        Raises:
            UserError: the model has no such layer or channel.
        """
        with own_randomness():
            looked_into = Inspector.from_state(state)
        self._model = model
        self._replacing = looked_into.replacing
        self._careful = looked_into.careful
        leaves = {path: module for path, module in model.named_modules() if path and is_leaf(module)}
        self._paths = frozenset(leaves)
        self._listener = Listener()
        self._runs = [(vars(module), self._listener.through_tape(path, module)) for path, module in leaves.items()]
        self._before: tuple[Described, ...] = ()

    def __call__(self, images: torch.Tensor) -> torch.Tensor:
        """The model's output for normalised `(N, C, H, W)` on its device.

        Raises:
            UserError: a layer with a muted channel does not run in this mode.
        """
        tape = Tape(
            images,
            Weights(self._model),
            self._paths,
            self._before,
            keep_none,
            gradients=True,  # what works in place works on a copy: its operand may be needed for a gradient
            careful=self._careful,
            replacing=self._replacing,
            settles=False,
        )
        with listening(self._listener, self._runs, tape):
            output = first_tensor(self._model(images))
        self._before = tuple(tape.layers.described)
        if missing := sorted(self._replacing.keys() - tape.replaced):
            raise UserError(
                "{layer} is muted, but while the model is trained it has no such layer: take the mute back.",
                layer=missing[0],
            )
        return output
