"""Show which pixels of an image an answer rests on.

Every method attributes the logit of a class (not its probability), or with --against the difference of two logits.
A model that gives one number for two classes has no two logits: with --against or without, the log-odds of the target
against the other class are attributed.
  gradient              how much the logit changes with each number of the input; noisy, and blind to what is saturated
  gradient-x-input      the same times the input; a pixel of the mean's value counts nothing
  integrated-gradients  the mean gradient on the way from a baseline to the image; it adds up to the logit's change, and
                        depends on the baseline
  grad-cam              maps of a layer, weighted by how much the logit rises with them; coarse, the place and no detail
  occlusion             how far the logit falls when a square is covered; what it is covered with is an input of its own
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import channel_drops
from cnnviewer.cli import options as shared
from cnnviewer.cli.class_names import class_index
from cnnviewer.cli.data_sets import load_data
from cnnviewer.cli.exit_codes import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.map_tests import described, sentences, tested
from cnnviewer.cli.muted import facts as mute_facts
from cnnviewer.cli.option_types import whole_number
from cnnviewer.cli.predict import as_input, inspector_of
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.inspection.attribution.facts import attribution_facts, map_caption, unit_of
from cnnviewer.core.inspection.attribution.records import BASELINES, METHODS, Attribution, AttributionRequest
from cnnviewer.core.models.mutes import HOWS
from cnnviewer.core.plain_text import as_text, short
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    from cnnviewer.core.inspection.records import FloatArray

HELP = "show which pixels of an image an answer rests on"
EXAMPLES = """examples:
  cnnviewer explain --method integrated-gradients digit.png
  cnnviewer explain --method grad-cam --layer conv2 --target 7 --json digit.png
  cnnviewer explain --method occlusion --target 4 --against 9 --out why.png digit.png
  cnnviewer explain --method gradient-x-input --test-map digit.png
  cnnviewer explain --method gradient --channels conv2 --target 4 --against 9 digit.png
  cnnviewer explain --run last --step best --method gradient photo.jpg"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    parser.add_argument("--method", choices=METHODS, required=True, help="how the pixels are found; see above")
    parser.add_argument(
        "--target",
        type=as_text,
        metavar="CLASS",
        help="name of the class whose logit is attributed, or its number where classes have no names of their own "
        "(default: predicted)",
    )
    parser.add_argument(
        "--against", type=as_text, metavar="CLASS", help="another class: attribute the difference of the two logits"
    )
    parser.add_argument(
        "--layer", type=as_text, metavar="LAYER", help="whose maps grad-cam reads (default: the last with maps)"
    )
    parser.add_argument(
        "--baseline",
        choices=BASELINES,
        default="black",
        help="what integrated-gradients begins with and occlusion covers with: black pixels, the mean of the data, or "
        "the image blurred (default: black)",
    )
    parser.add_argument(
        "--patch",
        type=whole_number,
        metavar="N",
        help="side of the square of occlusion, in pixels (default: a seventh)",
    )
    parser.add_argument(
        "--stride", type=whole_number, metavar="N", help="pixels between two squares (default: half a square)"
    )
    parser.add_argument(
        "--test-map",
        action="store_true",
        help="test the map too: randomise the layers one after another (ten seeds), and remove and show its largest "
        "pixels first (beside ten random orders)",
    )
    parser.add_argument(
        "--channels",
        type=as_text,
        metavar="LAYER",
        help="what the logit loses without each channel of this layer, too, one channel at a time",
    )
    parser.add_argument(
        "--removed-by",
        choices=HOWS,
        help="what stands in place of a channel for --channels: 0, or its mean over training images of --dataset "
        "(default: zero)",
    )
    parser.add_argument("--out", type=file_name, metavar="FILE", help="write image and map as a picture (.png)")
    shared.add_about_image(parser, "the map and what it was made with")


def run(options: argparse.Namespace) -> int:
    """Explain the answer to an image; the exit status."""
    if options.layer is not None and options.method != "grad-cam":
        raise RequestError("--layer is for the method grad-cam.")
    if (options.patch is not None or options.stride is not None) and options.method != "occlusion":
        raise RequestError("--patch and --stride are for the method occlusion.")
    if options.removed_by is not None and options.channels is None:
        raise RequestError("--removed-by is for --channels.")
    for size in (options.patch, options.stride):
        if size is not None and size < 1:
            raise RequestError("--patch and --stride must be at least 1.")
    if options.out is not None:
        check_target(options.out, ".png")
    request, folders = shared.weights_request_of(options), shared.folders_of(options)
    inspector = inspector_of(request, options.dataset, folders, shared.consent_of(options))
    classes = inspector.recipe.classes
    image = as_input(options.image, inspector.recipe, options.preparation)
    inspector.inspect(image)
    asked = AttributionRequest(
        options.method,
        inspector.predicted if options.target is None else class_index(options.target, classes),
        None if options.against is None else class_index(options.against, classes),
        options.layer,
        options.baseline,
        options.patch or 0,
        options.stride or 0,
    )
    with ProgressBar() as bar:
        found = wrong(inspector.attribute, asked, lambda share: bar.reach(share, options.method))
    if found.request.log_odds and found.request.opposite is not None:
        tell(
            UserError(
                "This model gives one number for its two classes: the log-odds of {target} against {other} are "
                "explained.",
                target=short(classes[found.request.target]),
                other=short(classes[found.request.opposite]),
            )
        )
    if found.has_no_evidence:
        tell(
            UserError(
                "The weighted sum of the maps of {layer} is nowhere above 0: its largest value is {peak}.",
                layer=found.request.layer,
                peak=f"{found.peak[0]:.3g}" if found.peak else "",
            )
        )
    if not found.is_complete:
        tell(
            UserError(
                "The sum of the map misses the logit's change by {error}, more than the allowed {allowed}.",
                error=f"{found.completeness:.3g}",
                allowed=f"{found.allowed:.3g}",
            )
        )
    if options.out is not None:
        _write(options.out, image, found, classes)
    tests = tested(inspector, found) if options.test_map else None
    channels = None
    if options.channels is not None:
        data = load_data(folders.data, options.dataset, logged=True) if options.dataset else None
        channels = channel_drops.drops(inspector, asked, options.channels, options.removed_by or "zero", image, data)
    if options.json:
        more = mute_facts(inspector.mutes) | ({"tests": described(*tests)} if tests is not None else {})
        more |= {"channels": channel_drops.described(channels)} if channels is not None else {}
        give(attribution_facts(found, classes) | more)
    else:
        said = (*(sentences(*tests) if tests is not None else ()),)
        for line in (_sentence(found, classes), *said, *(channel_drops.lines(channels) if channels else ())):
            say(line)
        if options.out is not None:
            say(f"Written to {options.out}.", to=sys.stderr)
    return DONE


def _sentence(found: Attribution, classes: tuple[str, ...]) -> str:
    flat = found.map.sum(0) if found.map.ndim == 3 else found.map
    row, column = divmod(int(abs(flat).argmax()), flat.shape[1])
    parts = [map_caption(found, classes), f"largest at row {row}, column {column}: {float(flat[row, column]):+.3g}"]
    if found.completeness is not None:
        parts.append(
            f"sum {float(flat.sum()):.4g}, completeness error {found.completeness:.2g} with {found.nodes} nodes"
        )
    return " · ".join(parts)


def _write(path: Path, image: FloatArray, found: Attribution, classes: tuple[str, ...]) -> None:
    from cnnviewer.core.export.arrays import png_bytes
    from cnnviewer.core.export.attribution_picture import attribution_picture

    picture = attribution_picture(image, found.map, map_caption(found, classes), unit_of(found))
    write_atomically(path, png_bytes(picture))
