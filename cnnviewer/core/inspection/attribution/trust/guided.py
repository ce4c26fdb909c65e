"""Guided backpropagation: the lesson of the randomisation test, and used for nothing else.

Its maps are sharp and change little when layers are randomised, so that they say more of the image than of the model
(Adebayo and others: Sanity Checks for Saliency Maps, 2018).
"""

from __future__ import annotations

import torch

from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.recorder import RecordedPass


def guided_backpropagation(logits: Logits, image: torch.Tensor, direction: torch.Tensor) -> tuple[torch.Tensor, int]:
    """The gradient `(C, H, W)` with every negative slope left out at each ReLU, and how many ReLUs there are.

    Springenberg and others: Striving for Simplicity, 2014.
    """
    changed: list[str] = []

    def guide(recording: RecordedPass) -> None:
        for layer in recording.layers:
            edge = recording.edges.get(layer.name)
            if layer.kind == "relu" and edge is not None:
                edge.node.register_prehook(_positive)
                changed.append(layer.name)

    return logits.slopes(image, direction, alter=guide).gradients[INPUT][0], len(changed)


def _positive(slopes: tuple[torch.Tensor | None, ...]) -> tuple[torch.Tensor | None, ...]:
    return tuple(slope if slope is None else slope.clamp(min=0) for slope in slopes)
