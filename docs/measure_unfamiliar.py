"""Measure how well the bundled weights tell unfamiliar images: the table of docs/weights.md, on MNIST and CIFAR-10.

CNNVIEWER_DATA_DIR=… python docs/measure_unfamiliar.py
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw, ImageFont

from cnnviewer.core.data import builtin_shapes
from cnnviewer.core.data.registry import load
from cnnviewer.core.evaluation.unfamiliar import scores_of
from cnnviewer.core.images.drawn_digit import prepare
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.familiarity import Familiarity, energies, log_distances
from cnnviewer.core.models.weights import bundled

LETTERS = "ACDEFHJKMNPRTUVWXYabdefhkmnprtwx"  # the others look like digits
COUNT = 500


def main() -> None:
    """Print a table for each of the weights."""
    folder = Path(os.environ["CNNVIEWER_DATA_DIR"])
    mnist, cifar = load("mnist", folder).test.images, load("cifar10", folder).test.images
    grey = {
        "photographs (CIFAR-10)": resized(cifar.float().mean(1, keepdim=True), 28),
        "shapes": resized(builtin_shapes.generate(0, 10, COUNT).test.images.float().mean(1, keepdim=True), 28),
        "noise": noise(1, 28),
        "nothing": torch.zeros(1, 1, 28, 28, dtype=torch.uint8),
        "letters": letters(),
        "scribbles": scribbles(),
    }
    colour = {
        "digits (MNIST)": resized(mnist[:COUNT].float(), 32).expand(-1, 3, -1, -1),
        "shapes": builtin_shapes.generate(0, 10, COUNT).test.images,
        "noise": noise(3, 32),
        "one colour": noise(3, 1).expand(-1, -1, 32, 32),
        "letters": resized(letters().float(), 32).expand(-1, 3, -1, -1),
        "blurred noise": F.interpolate(noise(3, 4).float(), (32, 32), mode="bicubic").clamp(0, 255).byte(),
    }
    for key in ("lenet", "simplecnn", "alexnet32", "vgg32", "resnet32"):
        measure(key, mnist if key == "lenet" else cifar, grey if key == "lenet" else colour)


def measure(key: str, familiar: torch.Tensor, unfamiliar: Mapping[str, torch.Tensor]) -> None:
    """Print the rate of false alarms, and of each kind of unfamiliar images how many are found."""
    state = bundled(key)
    known, model = state.familiarity, Inspector.from_state(state)
    assert known is not None, f"{key} has no threshold: see docs/weights.md"
    own = in_three_ways(known, model, familiar)
    print(
        f"\n{key}: {100 * (own[0] > known.threshold).mean():.2f} % of {len(familiar):,} test images above the threshold"
    )
    for name, images in unfamiliar.items():
        found = in_three_ways(known, model, images)
        areas = (f"{area_under_curve(mine, theirs):.3f}" for mine, theirs in zip(own, found, strict=True))
        print(f"| {name} | {' | '.join(areas)} | {100 * (found[0] > known.threshold).mean():.0f} % |")


def in_three_ways(known: Familiarity, model: Inspector, images: torch.Tensor) -> list[np.ndarray]:
    """The score, and its two parts alone: energy, and distance of the features; higher is less familiar."""
    found = scores_of(model, images)
    score = known.scores(found.logits, found.features)
    return [score, -energies(found.logits), log_distances(found.features, known.means, known.variances)]


def area_under_curve(familiar: np.ndarray, strange: np.ndarray) -> float:
    """Area under the ROC curve: how often an unfamiliar image scores above a familiar one; equal scores count half."""
    order = np.sort(familiar)
    below = np.searchsorted(order, strange, "left") + np.searchsorted(order, strange, "right")
    return float(below.mean() / (2 * len(order)))


def resized(images: torch.Tensor, side: int) -> torch.Tensor:
    """Float `(N, C, H, W)` in 0..255 -> uint8 of that side."""
    return F.interpolate(images, (side, side), mode="bilinear", antialias=True).round().byte()


def noise(channels: int, side: int) -> torch.Tensor:
    """Pixels drawn evenly from 0 to 255."""
    drawn = np.random.default_rng(0).integers(0, 256, (COUNT, channels, side, side), dtype=np.uint8)
    return torch.from_numpy(drawn)


def letters() -> torch.Tensor:
    """Letters as they would come from the canvas, in Pillow's own font at four widths of the pen."""
    font = ImageFont.load_default(180)
    made = []
    for letter in LETTERS:
        for pen in (0, 3, 6, 9):
            picture = Image.new("L", (280, 280))
            ImageDraw.Draw(picture).text((60, 30), letter, 255, font, stroke_width=pen)
            made.append(on_canvas(picture))
    return torch.from_numpy(np.stack(made))[:, None]


def scribbles() -> torch.Tensor:
    """Broken lines through 5 to 13 random places."""
    rng, made = np.random.default_rng(0), []
    for _ in range(COUNT):
        picture = Image.new("L", (280, 280))
        places = rng.uniform(30, 250, (int(rng.integers(5, 14)), 2))
        ImageDraw.Draw(picture).line([*map(tuple, places)], 255, int(rng.integers(12, 24)), "curve")
        made.append(on_canvas(picture))
    return torch.from_numpy(np.stack(made))[:, None]


def on_canvas(picture: Image.Image) -> np.ndarray:
    """What the program makes of a drawing: uint8 `(28, 28)`."""
    steps = prepare(np.asarray(picture))
    assert steps is not None
    return np.asarray((255 * steps.centred).round(), np.uint8)


if __name__ == "__main__":
    main()
