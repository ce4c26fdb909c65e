"""How long it takes until a muted channel is seen everywhere, and until it is known what each channel carries."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.desk import Desk, paintings, percentiles

_LAYERS = {"lenet": ("conv1", "relu1", "conv2", "fc1"), "simplecnn": ("conv1", "relu2", "pool2", "fc1")}
_TURNS = 40


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    return {"mute": mute, "mute-matrix": mute_matrix, "contributions": contributions, "muted-step": muted_step}


def mute(model: str) -> dict[str, float]:
    """From muting a channel in the window to the painted prediction without it."""
    desk = Desk(model)
    program, surgery = desk.window.program, desk.find("surgeryView")
    desk.find("sampleBrowser").select(3)
    inspection = program.presenters.inspection
    desk.until_inspected(inspection.generation)
    milliseconds, wanted = [], 0
    painted = paintings(desk.find("probabilityBars"), lambda: len(inspection.answer.state.mutes) == wanted)
    for turn in range(_TURNS):
        layers = _LAYERS[model]
        painted.clear()
        began = time.perf_counter()
        surgery.mute(layers[turn % len(layers)], turn // len(layers) % 10, "zero")
        wanted = len(surgery.property("edits"))
        desk.until(lambda: bool(painted), interval=1)
        milliseconds.append(1000 * (painted[0] - began))
    desk.close()
    return percentiles(milliseconds)


def mute_matrix(model: str) -> dict[str, float]:
    """From muting a channel to the confusion matrix of a sample, before and after, in the list of muted channels."""
    desk = Desk(model)
    desk.window.show_workspace("evaluate")
    evaluation, surgery = desk.window.program.presenters.evaluation, desk.find("surgeryView")
    desk.until(lambda: evaluation.table is not None)
    milliseconds = []
    for turn in range(_TURNS // 2):
        before = evaluation.table
        began = time.perf_counter()
        surgery.mute(_LAYERS[model][0], turn % 10, "zero" if turn < 10 else "mean")
        desk.until(lambda before=before: evaluation.table is not before, interval=1)  # type: ignore[misc]
        milliseconds.append(1000 * (time.perf_counter() - began))
    images = evaluation.table.total
    desk.close()
    return percentiles(milliseconds) | {"images": images}


def contributions(model: str) -> dict[str, float]:
    """What each channel of a layer carries of a logit: of the slowest layer with maps or fully connected."""
    import numpy as np

    from cnnviewer.core.inspection.attribution.channel_records import ContributionsRequest
    from cnnviewer.core.inspection.contributions import contributions as ask
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.weights import bundled
    from cnnviewer.core.thread_counts import compute_alone

    compute_alone()
    inspector = Inspector.from_state(bundled(model))
    image = np.random.default_rng(0).random(inspector.recipe.input_shape, dtype=np.float32)
    slowest: list[float] = []
    for layer in inspector.architecture.layers:
        if layer.kind not in ("conv2d", "relu", "max_pool2d", "linear"):
            continue
        milliseconds = []
        for _ in range(6):
            began = time.perf_counter()
            ask(inspector, ContributionsRequest(layer.name, 3), image)
            milliseconds.append(1000 * (time.perf_counter() - began))
        slowest = max(slowest, milliseconds[1:], key=lambda each: sorted(each)[len(each) // 2] if each else 0.0)
    return percentiles(slowest)


def muted_step(model: str) -> dict[str, float]:
    """A training with a muted channel and one without, in turn: the ratio of their speeds."""
    import statistics

    from benchmarks.data import data_of
    from cnnviewer.core.inspection.muted_run import MutedRun
    from cnnviewer.core.models.mutes import Mute
    from cnnviewer.core.models.weights import bundled
    from cnnviewer.core.training.config import TrainConfig
    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.loop import Training

    data = data_of(model)
    ratios = []
    config = TrainConfig(model, data.info.key, threads=1)
    start = replace(bundled(model), velocity={})
    plain = iter(Training(data, config, start=start))
    muted = iter(Training(data, config, start=replace(start, mutes=(Mute("conv2", 3),)), muting=MutedRun))
    for turn in range(12):
        seconds = []
        for events in (plain, muted):
            began, steps = time.perf_counter(), 0
            while steps < 20:
                steps += isinstance(next(events), StepDone)
            seconds.append(time.perf_counter() - began)
        if turn > 1:
            ratios.append(seconds[0] / seconds[1])
    return {"ratio": statistics.median(ratios)}
