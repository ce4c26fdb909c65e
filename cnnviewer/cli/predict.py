"""Read images. A photo or drawing of a digit is prepared as MNIST's makers did, any other image is fitted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.evaluate import add_reading, add_weights, chosen_weights
from cnnviewer.cli.outcome import DONE, give, tell, wrong
from cnnviewer.cli.results import normalisation_words

if TYPE_CHECKING:
    from cnnviewer.core.inspection.records import FloatArray

HELP = "read images"
EXAMPLES = """examples:
  cnnviewer predict photo.png drawing.png
  cnnviewer predict --run last --step best --json photo.png
  cnnviewer predict --model simplecnn frog.jpg"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_predict)
    add_weights(parser)
    add_reading(parser)
    shared.add_data(parser, "none; it says how weights are read that record nothing")
    shared.add_json(parser, "each image's ranking of the classes")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="PNG, JPEG, BMP, GIF, WEBP or TIFF")


def as_input(path: Path, shape: tuple[int, int, int]) -> FloatArray:
    """A picture's file as a model's input `(C, H, W)`, float32 in 0..1."""
    from cnnviewer.core import handwriting, images

    picture = wrong(images.read_image, path)
    if shape == (1, 28, 28) and picture.shape[:2] != (28, 28):
        return wrong(handwriting.as_digit, picture).centred[None]
    return wrong(images.fit, picture, shape)


def _predict(options: argparse.Namespace) -> int:
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.normalisation import normalisation_of

    info = shared.load_data(options, options.dataset).info if options.dataset is not None else None
    state = chosen_weights(options, info)
    inspector = wrong(Inspector.from_state, state)
    tell(normalisation_words(normalisation_of(state), info.title if info is not None else "", inspector.title))
    results = []
    for path in options.images:
        image = as_input(path, inspector.recipe.input_shape)
        ranking = inspector.inspect(image).prediction.ranking
        results.append({"file": str(path), "ranking": [[name, value] for name, value in ranking]})
        if not options.json:
            best = ", ".join(f"{name} {100 * value:.2f}%" for name, value in ranking[:3])
            print(f"{path}: {best}")
    if options.json:
        give(results)
    return DONE
