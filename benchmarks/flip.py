"""What would flip an answer, and when it flipped: how long both take without a window."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

IMAGES = 15


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    return {"flip": smallest_changes, "history": history}


def smallest_changes(model: str) -> dict[str, float]:
    """The smallest change found of each of some test images, by one step and by many; medians in milliseconds."""
    import numpy as np

    from benchmarks.data import data_of
    from cnnviewer.core.inspection.adversarial.flip import flip
    from cnnviewer.core.inspection.adversarial.records import ATTACKS, FlipRequest
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.weights import bundled
    from cnnviewer.core.thread_counts import compute_alone

    compute_alone()
    inspector = Inspector.from_state(bundled(model))
    images = data_of(model).test.images[: IMAGES + 1].numpy().astype(np.float32) / np.float32(255)
    found: dict[str, float] = {}
    for attack in ATTACKS:
        flip(inspector, images[0], FlipRequest(attack))  # warms up
        times, levels = [], []
        for image in images[1:]:
            began = time.perf_counter()
            levels.append(flip(inspector, image, FlipRequest(attack)).epsilon)
            times.append(1000 * (time.perf_counter() - began))
        found |= {f"{attack}_ms": statistics.median(times), f"{attack}_levels": statistics.median(levels)}
        began = time.perf_counter()
        for image in images[1:]:
            flip(inspector, image, FlipRequest(attack, 8))
        found[f"{attack}_fixed_ms"] = 1000 * (time.perf_counter() - began) / IMAGES
    return found


def history(model: str) -> dict[str, float]:
    """An image's answers at all kept steps of a training of one epoch, read from disk."""
    import numpy as np

    from benchmarks.data import data_of
    from cnnviewer.core.models.registry import MODELS
    from cnnviewer.core.runs.read.image_history import image_history
    from cnnviewer.core.runs.read.opened_run import OpenedRun
    from cnnviewer.core.runs.record.start import begin
    from cnnviewer.core.thread_counts import compute_alone
    from cnnviewer.core.training.usual import usual_config

    data = data_of(model)
    config = replace(usual_config(MODELS[model].info), dataset=data.info.key, epochs=1)
    with tempfile.TemporaryDirectory() as folder:
        recording = begin(data, config, Path(folder))
        for _ in recording.events():
            pass
        assert recording.folder is not None
        run = OpenedRun.read(recording.folder)
        image = data.test.images[0].numpy().astype(np.float32) / np.float32(255)
        compute_alone()
        began = time.perf_counter()
        found = image_history(run, image)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        image_history(run, image, found)
        return {"seconds": seconds, "snapshots": len(found.steps), "again_s": time.perf_counter() - began}
