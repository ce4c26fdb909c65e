"""Test the maps of both bundled models on test images: `python docs/measure_trust.py [IMAGES]`.

Prints the table of `docs/trust.md`: the mean over the first IMAGES test images (20) and three seeds each, by method.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data import registry
from cnnviewer.core.inspection.attribution.records import METHODS, AttributionRequest, Method
from cnnviewer.core.inspection.attribution.trust.records import Cascade, CascadeRequest, Curves, CurvesRequest
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled

MODELS = (("lenet", "LeNet", "mnist"), ("simplecnn", "SimpleCNN", "cifar10"))
SEEDS = (0, 1, 2)


def tested(inspector: Inspector, method: Method, images: torch.Tensor) -> list[tuple[Cascade, Curves]]:
    """Both tests of the map of the predicted class, of each image."""
    found = []
    for image in images:
        pixels = image.numpy().astype(np.float32) / 255
        inspector.inspect(pixels)
        request = AttributionRequest(method, inspector.predicted)
        cascade = inspector.randomise(CascadeRequest(request, SEEDS))
        curves = inspector.remove_pixels(
            CurvesRequest(cascade.attribution.request, orders=SEEDS, known=cascade.attribution)
        )
        found.append((cascade, curves))
    return found


def mean(values: list[float]) -> str:
    """Of the values that are numbers."""
    fine = np.array(values)[np.isfinite(values)]
    return f"{fine.mean():.2f}" if fine.size else "–"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    torch.set_num_threads(1)
    print("| model | map | zeros | left | left without zeros | guided | deletion (random) | insertion (random) |")
    print("|---|---|---|---|---|---|---|---|")
    for key, title, dataset in MODELS:
        images = registry.load(dataset, Path(os.environ["CNNVIEWER_DATA_DIR"])).test.images[:count]
        inspector = Inspector.from_state(bundled(key))
        for method in METHODS:
            found = tested(inspector, method, images)
            cells = [
                mean([cascade.zeros for cascade, _ in found]),
                mean([float(np.nanmean(cascade.correlations[:, -1])) for cascade, _ in found]),
                mean([float(cascade.left.mean()) for cascade, _ in found if cascade.left.size]),
                mean([float(cascade.guided[:, -1].mean()) for cascade, _ in found]),
                *(
                    f"{mean([float(curves.area(own(curves))) for _, curves in found])} "
                    f"({mean([float(curves.area(chance(curves)).mean()) for _, curves in found])})"
                    for own, chance in (
                        (lambda curves: curves.deletion, lambda curves: curves.random_deletion),
                        (lambda curves: curves.insertion, lambda curves: curves.random_insertion),
                    )
                ),
            ]
            print(f"| {title} | {method} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
