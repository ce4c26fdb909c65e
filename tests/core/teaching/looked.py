"""A network that was run on a random image, and asked."""

from __future__ import annotations

import torch
from torch import nn

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.teaching.questions import Question, questions
from tests.core.inspection.sample_networks import image, own

SHAPE = (4, 13, 11)


class Looked:
    """A network that was run on a random image, with its answers to "why?"."""

    def __init__(self, *layers: nn.Module, shape: tuple[int, int, int] = SHAPE, seed: int = 0) -> None:
        torch.manual_seed(seed)
        model = layers[0] if len(layers) == 1 else nn.Sequential(*layers)
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                for tensor in (module.weight, module.bias, module.running_mean, module.running_var):
                    nn.init.uniform_(tensor, 0.3, 2.0)
        with torch.no_grad():
            count = model.eval()(torch.zeros(1, *shape)).numel()
        self.model = model
        self.inspector = Inspector(model, own(shape, count))
        self.inspection = self.inspector.inspect(image(shape, seed))

    def value(self, layer: str) -> torch.Tensor:
        return torch.from_numpy(self.inspection.activations[layer].copy())

    def explain(self, layer: str, *place: int) -> Explanation:
        return self.inspector.explain(Cell(layer, *place))

    def ask(self, layer: str, *place: int) -> dict[str, Question]:
        return {q.kind: q for q in questions(self.explain(layer, *place), self.inspector.architecture)}

    def last(self) -> str:
        return self.inspector.architecture.layers[-2].name


def flat(*layers: nn.Module, shape: tuple[int, int, int] = SHAPE, seed: int = 0) -> Looked:
    """The layers, and a fully connected one that makes scores of what they give."""
    with torch.no_grad():
        size = nn.Sequential(*layers).eval()(torch.zeros(1, *shape)).numel()
    return Looked(*layers, nn.Flatten(), nn.Linear(size, 3), shape=shape, seed=seed)


def keyword(question: Question, *answer: float) -> str:
    result = question.check(answer)
    assert not result.right, answer
    return result.mistake
