"""Channels that a command mutes: its options, what they do to the weights, and what comes of it in words."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cnnviewer.cli.exit_codes import tell, wrong
from cnnviewer.cli.option_types import number
from cnnviewer.core.models.mutes import Mute, Mutes, as_plain, listed, muted
from cnnviewer.core.plain_text import as_text, short

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.evaluation.effect import Effect
    from cnnviewer.core.evaluation.evaluate import LossFunction
    from cnnviewer.core.evaluation.records import Evaluation
    from cnnviewer.core.models.state import ModelState

_MEAN = "mean"
_SHARES = ("recall", "precision")


@dataclass(frozen=True)
class MuteRequest:
    """What is asked.

    Attributes:
        mutes: channels to mute, a `mean` perhaps without its value; in addition to those of the weights' file or run.
        unmuted: leave those of the file or run out.

    """

    mutes: tuple[Mute, ...] = ()
    unmuted: bool = False

    @property
    def needs_data(self) -> bool:
        """Whether a mean has to be computed."""
        return any(mute.how == "mean" and mute.value is None for mute in self.mutes)


def add_mutes(parser: argparse.ArgumentParser) -> None:
    """`--mute` and `--unmute`."""
    group = parser.add_argument_group("muted channels (default: those that the weights' file or run mutes)")
    group.add_argument(
        "--mute",
        action="append",
        type=channel,
        metavar="LAYER:CHANNEL[=VALUE]",
        help="put 0 in place of a channel, or VALUE, or `mean`: its mean over training images of --dataset; may be "
        "given several times",
    )
    group.add_argument("--unmute", action="store_true", help="mute nothing that the file or run mutes")


def channel(text: str) -> Mute:
    """`conv1:3`, `relu_1:3=0.25` or `fc1:3=mean`."""
    found = re.fullmatch(r"(.+):(\d{1,9})(?:=(.+))?", as_text(text), re.DOTALL)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} names no channel: write conv1:3, conv1:3=mean or conv1:3=0.5")
    layer, place, value = found[1], int(found[2]), found[3]
    if value is None:
        return Mute(layer, place)
    return Mute(layer, place, "mean", None if value == _MEAN else number(value))


def with_mutes(state: ModelState, request: MuteRequest, data: DataSet | None) -> ModelState:
    """The weights with the channels that are muted; which, is printed.

    Raises:
        RequestError: the model has no such channel, or there are no images for a mean.
    """
    from cnnviewer.core.inspection.trace import Inspector

    wanted = muted((*(() if request.unmuted else state.mutes), *request.mutes))
    if not wanted:
        return replace(state, mutes=())
    images = 0
    if request.needs_data and data is not None:
        wanted, images = _with_means(state, wanted, data)
    if wanted != state.mutes:
        state = replace(state, mutes=wanted, familiarity=None, temperature=None)  # measured without them
    wrong(Inspector.from_state, state)
    over = f" (means over {images:,} training images)" if images else ""
    tell(f"Muted: {listed(wanted)}{over}.")
    return state


def evaluated(state: ModelState, data: DataSet, device: str, loss: LossFunction) -> tuple[Evaluation, Effect | None]:
    """The weights evaluated on the test images, and what their mutes change; None without any."""
    import torch

    from cnnviewer.core.evaluation.confusion import confusion_of
    from cnnviewer.core.evaluation.effect import effect_of
    from cnnviewer.core.evaluation.evaluate import evaluate
    from cnnviewer.core.inspection.muted_run import MutedRun
    from cnnviewer.core.models.registry import from_state

    model, split, recipe = from_state(state).to(device), data.test.to(device), state.recipe
    if not state.mutes:
        return evaluate(model, split, recipe, loss), None
    results, tables = [], []
    for run in (None, MutedRun(model, state)):
        heard: list[torch.Tensor] = []
        results.append(evaluate(model, split, recipe, loss, run=run, hear=heard.append))
        labels, predicted = data.test.labels.cpu().numpy().copy(), torch.cat(heard).cpu().numpy()
        tables.append(confusion_of(labels, predicted, np.arange(len(labels)), recipe.classes, len(labels)))
    return results[1], effect_of(*tables)


def facts(mutes: Mutes, effect: Effect | None = None) -> dict[str, object]:
    """For a program; nothing where nothing is muted."""
    if not mutes:
        return {}
    found: dict[str, object] = {"muted": as_plain(mutes)}
    if effect is not None:
        found["effect"] = {
            "correct": [effect.before.correct, effect.after.correct],
            "became_wrong": len(effect.became_wrong),
            "became_correct": len(effect.became_correct),
            "per_class": {
                name: {
                    "recall": [_share(table.recall[place]) for table in (effect.before, effect.after)],
                    "precision": [_share(table.precision[place]) for table in (effect.before, effect.after)],
                }
                for place, name in enumerate(effect.after.classes)
            },
        }
    return found


def effect_lines(effect: Effect) -> Iterator[str]:
    """What the mutes change, as sentences and a table."""
    before, after = effect.before, effect.after
    yield ""
    yield (
        f"Without the mutes: {100 * before.accuracy:.2f}% ({before.correct}/{before.total}). With them "
        f"{len(effect.became_wrong)} images became wrong and {len(effect.became_correct)} correct."
    )
    for place in effect.classes_by_change:
        recall, precision = ([_percent(getattr(table, what)[place]) for table in (before, after)] for what in _SHARES)
        yield (
            f"{short(after.classes[place])}: recall {recall[0]} -> {recall[1]}, "
            f"precision {precision[0]} -> {precision[1]}"
        )


def _with_means(state: ModelState, mutes: Mutes, data: DataSet) -> tuple[Mutes, int]:
    from cnnviewer.core.inspection.channel_means import channel_means
    from cnnviewer.core.inspection.sample_size import sample_size, spread
    from cnnviewer.core.inspection.trace import Inspector

    inspector = wrong(Inspector.from_state, replace(state, mutes=()))
    open_ = [mute for mute in mutes if mute.how == "mean" and mute.value is None]
    chosen = spread(len(data.train), sample_size(inspector.architecture, len(data.train)))
    images = data.train.images[chosen]
    means: dict[str, Sequence[float]] = {}
    for layer in dict.fromkeys(mute.layer for mute in open_):
        means[layer] = wrong(channel_means, inspector, images, layer).values
    known = [
        replace(mute, value=means[mute.layer][mute.channel])
        for mute in open_
        if mute.channel < len(means[mute.layer])  # else it is refused, with the channels that there are
    ]
    return muted((*mutes, *known)), len(images)


def _share(value: float) -> float | None:
    return None if value != value else float(value)


def _percent(value: float) -> str:
    return "none" if value != value else f"{100 * value:.2f}%"
