"""Predict the class of images.

A photo or drawing of a digit is prepared as the makers of MNIST prepared theirs; any other image is cropped and scaled.
An image that cannot be read is named and the others are predicted; the exit status is then 1, or 2 where none was read.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders, WeightsRequest
from cnnviewer.cli.data_sets import load_data
from cnnviewer.cli.exit_codes import DONE, FAILED, WRONG, RequestError, give, tell, wrong
from cnnviewer.cli.image_files import files_of
from cnnviewer.cli.muted import add_mutes, with_mutes
from cnnviewer.cli.muted import facts as mute_facts
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.results import normalisation_sentence
from cnnviewer.cli.snapshots import chosen_weights
from cnnviewer.cli.terminal import say
from cnnviewer.core.errors import UserError
from cnnviewer.core.plain_text import short
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.inspection.records import FloatArray
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.familiarity import Familiarity
    from cnnviewer.core.models.recipe import ModelRecipe
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.models.temperature import Temperature

HELP = "predict the class of images"
EXAMPLES = """examples:
  cnnviewer predict photo.png drawing.png
  cnnviewer predict --run last --step best --json photo.png
  cnnviewer predict --run last pictures/
  cnnviewer predict --model simplecnn frog.jpg
  cnnviewer predict --model simplecnn --mute conv2:3 frog.jpg"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    shared.add_weights(parser)
    shared.add_input(parser)
    shared.add_data(
        parser, "none; where the weights record neither, it says how images are normalised and what is unfamiliar"
    )
    shared.add_by_position(parser)
    shared.add_preparation(parser)
    add_mutes(parser)
    shared.add_json(parser, "each image's ranking of the classes")
    parser.add_argument("images", nargs="+", type=file_name, metavar="IMAGE", help="an image, or a folder of images")


def run(options: argparse.Namespace) -> int:
    """Predict the images that were named; the exit status."""
    request, folders = shared.weights_request_of(options), shared.folders_of(options)
    inspector, state, data = _opened(request, options.dataset, folders, shared.consent_of(options))
    known = _familiarity(inspector, state, data)
    return _predict(inspector, known, state.temperature, options.images, options.preparation, options.json)


def as_input(path: Path, recipe: ModelRecipe, preparation: str | None = None) -> FloatArray:
    """An image file as a model's input `(C, H, W)`, float32 in 0..1.

    Args:
        path: of the file.
        recipe: of the model.
        preparation: `digit`, `picture`, or None for what the model was trained on.

    Raises:
        RequestError: the file cannot be read, has no digit where `digit` is asked for, or the model takes no digits.

    """
    from cnnviewer.core.images import image_file, photographed_digit
    from cnnviewer.core.models.digits import read_as_digit, takes_digits

    picture = wrong(image_file.read_image, path, recipe.reading_of_photos)
    if preparation == "digit" and not takes_digits(recipe):
        raise RequestError("--as digit is for models whose images are grey and 28 by 28 pixels large.")
    as_digit = read_as_digit(picture, recipe) if preparation is None else preparation == "digit"
    if not as_digit:
        return wrong(image_file.fit, picture, recipe.input_shape)
    try:
        return photographed_digit.as_digit(picture).centred[None]
    except UserError as error:
        raise RequestError("{file}: {reason}", file=path, reason=error) from error


def inspector_of(request: WeightsRequest, dataset: str | None, folders: Folders, consent: Consent) -> Inspector:
    """The model with the weights that were asked for; how its images are normalised is printed."""
    return _opened(request, dataset, folders, consent)[0]


def _opened(
    request: WeightsRequest, dataset: str | None, folders: Folders, consent: Consent
) -> tuple[Inspector, ModelState, DataSet | None]:
    """Likewise, with the weights and the data set that was named."""
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.class_match import class_note
    from cnnviewer.core.models.normalisation import normalisation_of

    data = load_data(folders.data, dataset) if dataset is not None else None
    if data is None and request.mutes.needs_data:
        raise RequestError("A channel's mean is computed over training images: say --dataset KEY, or write its value.")
    info = data.info if data is not None else None
    state = chosen_weights(request, folders, consent, info)
    if info is not None:
        if request.by_position and len(info.classes) == len(state.recipe.classes):
            state = replace(state, recipe=replace(state.recipe, classes=info.classes))
        if (note := class_note(state, info, request.by_position)) is not None:
            tell(note)
    state = with_mutes(state, request.mutes, data)
    inspector = wrong(Inspector.from_state, state)
    title = info.title if info is not None else ""
    tell(normalisation_sentence(normalisation_of(state), title, inspector.title))
    return inspector, state, data


def _familiarity(inspector: Inspector, state: ModelState, data: DataSet | None) -> Familiarity | None:
    """What tells unfamiliar images: from the weights, else from the data set."""
    from cnnviewer.core.models.class_match import for_classes
    from cnnviewer.core.training.calibrated import familiarity_of

    if state.mutes:  # it was measured without them
        return None
    if state.familiarity is not None or data is None or data.info.shape != state.recipe.input_shape:
        return state.familiarity
    try:
        with ProgressBar() as bar:
            state, data, _ = for_classes(state, data)
            return familiarity_of(state, data, inspector, lambda share: bar.reach(share, "familiar images"))
    except UserError:  # weights of another data set: nothing is said about what is unfamiliar
        return None


def _predict(
    inspector: Inspector,
    known: Familiarity | None,
    fitted: Temperature | None,
    images: Iterable[Path],
    preparation: str | None,
    as_json: bool,
) -> int:
    results: list[dict[str, object]] = []
    for path, refusal in _found(images):
        try:
            if refusal is not None:
                raise refusal
            image = as_input(path, inspector.recipe, preparation)
        except RequestError as error:  # the others are predicted all the same
            results.append({"file": str(path), "error": str(error)})
            if not as_json:
                tell(error)
            continue
        inspection = inspector.inspect(image)
        ranking = inspection.prediction.ranking
        result: dict[str, object] = {"file": str(path), "ranking": [[name, value] for name, value in ranking]}
        result |= mute_facts(inspector.mutes)
        score = known.score_of(inspection.activations) if known is not None else math.nan
        if known is not None and math.isfinite(score):
            result |= {"unfamiliar": score > known.threshold, "unfamiliarity": score, "threshold": known.threshold}
        calibrated = fitted.ranking(ranking) if fitted is not None else []
        if fitted is not None:
            result |= {"temperature": fitted.value, "calibrated": [[name, value] for name, value in calibrated]}
        results.append(result)
        if not as_json:
            classes = len(inspector.recipe.classes)
            said = [f"{path}: {_best(ranking)}"]
            said += [f"at temperature {fitted.value:.4g}: {_best(calibrated)}"] if fitted is not None else []
            said += [f"does not look like one of the {classes}"] if result.get("unfamiliar") else []
            say("; ".join(said))
    if as_json:
        give(results)
    refused = sum("error" in result for result in results)
    return DONE if not refused else WRONG if refused == len(results) else FAILED


def _best(ranking: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{short(name)} {100 * value:.2f}%" for name, value in ranking[:3])


def _found(given: Iterable[Path]) -> Iterator[tuple[Path, RequestError | None]]:
    """Every file that the given names mean; a name that means none comes with its error."""
    for one in given:
        try:
            yield from ((path, None) for path in files_of(one))
        except RequestError as error:
            yield one, error
