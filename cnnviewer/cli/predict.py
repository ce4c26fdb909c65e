"""Read images. A photo or drawing of a digit is prepared as MNIST's makers did, any other image is fitted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.evaluate import add_reading, add_weights, chosen_weights
from cnnviewer.cli.outcome import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.results import normalisation_words
from cnnviewer.core.errors import UserError

if TYPE_CHECKING:
    from cnnviewer.core.inspection.records import FloatArray
    from cnnviewer.core.models.recipe import ModelRecipe

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
    add_preparation(parser)
    shared.add_json(parser, "each image's ranking of the classes")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE", help="PNG, JPEG, BMP, GIF, WEBP or TIFF")


def add_preparation(parser: argparse.ArgumentParser) -> None:
    """`--as`: what the images are taken for."""
    parser.add_argument(
        "--as",
        dest="preparation",
        choices=("digit", "picture"),
        help="prepare images as MNIST's makers prepared digits, or fit them to the model's size as a data set's images "
        "are (default: digit for models trained on digits)",
    )


def as_input(path: Path, recipe: ModelRecipe, preparation: str | None = None) -> FloatArray:
    """A picture's file as a model's input `(C, H, W)`, float32 in 0..1.

    Args:
        path: of the file.
        recipe: of the model.
        preparation: `digit`, `picture`, or None for what the model was trained on.

    Raises:
        RequestError: the file cannot be read, holds no digit where one is asked for, or the model takes none.

    """
    from cnnviewer.core import handwriting, images

    picture = wrong(images.read_image, path)
    if preparation == "digit" and not handwriting.takes_digits(recipe):
        raise RequestError("--as digit is for models whose images are grey and 28 by 28 pixels large.")
    as_digit = handwriting.read_as_digit(picture, recipe) if preparation is None else preparation == "digit"
    if not as_digit:
        return wrong(images.fit, picture, recipe.input_shape)
    try:
        return handwriting.as_digit(picture).centred[None]
    except UserError as error:
        raise RequestError("{file}: {reason}", file=path, reason=error) from error


def _predict(options: argparse.Namespace) -> int:
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.normalisation import normalisation_of

    info = shared.load_data(options, options.dataset).info if options.dataset is not None else None
    state = chosen_weights(options, info)
    inspector = wrong(Inspector.from_state, state)
    tell(normalisation_words(normalisation_of(state), info.title if info is not None else "", inspector.title))
    results = []
    for path in options.images:
        image = as_input(path, inspector.recipe, options.preparation)
        ranking = inspector.inspect(image).prediction.ranking
        results.append({"file": str(path), "ranking": [[name, value] for name, value in ranking]})
        if not options.json:
            best = ", ".join(f"{name} {100 * value:.2f}%" for name, value in ranking[:3])
            print(f"{path}: {best}")
    if options.json:
        give(results)
    return DONE
