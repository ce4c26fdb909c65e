"""What is on the screen, as the context chip says it, and what can be chosen instead. Free of torch.

These records hold facts; `ui/window/context_texts.py` has the words for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WeightsKind = Literal["bundled", "imagenet", "untrained", "file", "run", "training", "trained"]
"""Where the weights on the screen come from: they came with the program, were trained on ImageNet by torchvision's
makers, are random, were opened from a file, are of the run shown, of the training under way, or of another training."""


@dataclass(frozen=True)
class Context:
    """Model, data set and weights on the screen.

    Attributes:
        model: display title of the model.
        data: display title of the data set chosen.
        kind: where the weights come from.
        accuracy: of bundled weights: share of the test images predicted correctly, 0 to 1.
        name: of a file; or the visible name of a run, empty where it would only repeat model and data set.
        learned: title of the data set the weights were trained on, where it is known and another one is chosen.
        step: trained steps, where they are known.
        newest: False: an earlier step of the run is on the screen.
        training: a training is under way, whose newest weights are not those on the screen.
        paused: the training under way is waiting.
        loaded: whether the images of the data set are there.
        start: of a run: which layers are frozen, and with which weights it began; empty where there is nothing to say.
        muted: how many channels are muted: the numbers on the screen are not those of the weights alone.

    """

    model: str
    data: str
    kind: WeightsKind
    accuracy: float | None = None
    name: str = ""
    learned: str = ""
    step: int | None = None
    newest: bool = True
    training: bool = False
    paused: bool = False
    loaded: bool = True
    muted: int = 0
    start: str = ""


@dataclass(frozen=True)
class Choice:
    """A model, a data set or weights that can be chosen.

    Attributes:
        key: by which it is chosen.
        title: what it is called.
        detail: more about it, in a few words.
        chosen: whether it is on the screen.
        why: the reason why it cannot be chosen now; empty where it can.

    """

    key: str
    title: str
    detail: str = ""
    chosen: bool = False
    why: str = ""


@dataclass(frozen=True)
class Choices:
    """All that can be chosen, in the order in which it is listed.

    Attributes:
        models: keys as in the registry.
        data: likewise.
        weights: `bundled`, `imagenet`, `untrained`, or the folder of a run.
        locked: the reason why nothing can be chosen now; empty where something can.

    """

    models: tuple[Choice, ...] = ()
    data: tuple[Choice, ...] = ()
    weights: tuple[Choice, ...] = ()
    locked: str = ""
