"""Find a small change of an image that changes the answer.

Every value of the picture, as the model takes it in eight bits, changes by at most epsilon of its 255 grey levels.
  fgsm  one step in the sign of the gradient of the loss (Goodfellow and others, 2015)
  pgd   many small steps within epsilon, the best of which is kept (Madry and others, 2018); never worse than fgsm
A smaller change than the one found may exist. The answer is that to the picture as --out writes it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.class_names import class_index
from cnnviewer.cli.exit_codes import DONE, RequestError, give, wrong
from cnnviewer.cli.muted import facts as mute_facts
from cnnviewer.cli.option_types import whole_number
from cnnviewer.cli.predict import as_input, inspector_of
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.inspection.adversarial.records import ATTACKS, LARGEST, STEPS, Answered, Flip, FlipRequest
from cnnviewer.core.plain_text import as_text, short
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    from cnnviewer.core.inspection.adversarial.records import Pixels

HELP = "find a small change of an image that changes the answer"
EXAMPLES = """examples:
  cnnviewer flip digit.png
  cnnviewer flip --attack pgd --towards 4 --out changed.png --json digit.png
  cnnviewer flip --epsilon 8 --model simplecnn frog.jpg"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    parser.add_argument("--attack", choices=ATTACKS, default="fgsm", help="how the change is found (default: fgsm)")
    parser.add_argument(
        "--epsilon",
        type=whole_number,
        metavar="N",
        help="grey levels by which a value may change, 0 to 255 (default: the fewest found)",
    )
    parser.add_argument(
        "--towards", type=as_text, metavar="CLASS", help="the class to be predicted (default: any other)"
    )
    parser.add_argument("--steps", type=whole_number, default=STEPS, metavar="N", help=f"of pgd (default: {STEPS})")
    parser.add_argument("--out", type=file_name, metavar="FILE", help="write the changed picture (.png)")
    shared.add_about_image(parser, "the change and both answers")


def run(options: argparse.Namespace) -> int:
    """Find the change; the exit status."""
    if options.epsilon is not None and not 0 <= options.epsilon <= LARGEST:
        raise RequestError("--epsilon must be 0 to {most}.", most=LARGEST)
    if options.steps < 1:
        raise RequestError("--steps must be at least 1.")
    if options.out is not None:
        check_target(options.out, ".png")
    request, folders = shared.weights_request_of(options), shared.folders_of(options)
    inspector = inspector_of(request, options.dataset, folders, shared.consent_of(options))
    classes = inspector.recipe.classes
    towards = None if options.towards is None else class_index(options.towards, classes)
    asked = FlipRequest(options.attack, options.epsilon, towards, options.steps)
    image = as_input(options.image, inspector.recipe, options.preparation)
    from cnnviewer.core.inspection.adversarial.flip import flip

    with ProgressBar() as bar:
        found = wrong(flip, inspector, image, asked, lambda share: bar.reach(share, options.attack))
    if options.out is not None:
        _write(options.out, found.after.picture)
    if options.json:
        give(_described(found, classes) | mute_facts(inspector.mutes))
        return DONE
    say(_sentence(found, classes))
    if options.out is not None:
        say(f"Written to {options.out}.", to=sys.stderr)
    return DONE


def _described(found: Flip, classes: tuple[str, ...]) -> dict[str, object]:
    towards = found.request.towards
    return {
        "attack": found.request.attack,
        "towards": classes[towards] if towards is not None else None,
        "epsilon": found.epsilon,
        "flipped": found.flipped,
        "before": _answer(found.before, classes),
        "after": _answer(found.after, classes),
        "largest_change": found.largest_change,
        "changed_pixels": found.changed_pixels,
        "tried": [list(each) for each in found.tried],
    }


def _answer(answered: Answered, classes: tuple[str, ...]) -> dict[str, object]:
    return {
        "label": classes[answered.label],
        "ranking": [list(each) for each in answered.prediction.ranking],
        "logits": dict(zip(classes, answered.logits.tolist(), strict=True)),
    }


def _sentence(found: Flip, classes: tuple[str, ...]) -> str:
    before, after = (short(classes[each.label]) for each in (found.before, found.after))
    share = f"{100 * found.after.prediction.ranking[0][1]:.1f} %"
    levels = f"{found.epsilon} grey level{'' if found.epsilon == 1 else 's'}"
    size = f"{found.changed_pixels} of {found.before.picture[0].size} pixels changed, by at most {found.largest_change}"
    if found.without_slope:
        return "The gradient is 0 everywhere: no direction is better than another."
    if not found.flipped and found.request.epsilon is None:
        return f"No change found. Nearest: {levels}, predicted {after} ({share}); {size}."
    if not found.flipped:
        return f"{levels}: not enough, predicted {after} ({share}); {size}."
    if found.before.label == found.request.towards == found.after.label and not found.epsilon:
        return f"The image is predicted as {before} already ({share})."
    fewest = " (the fewest found)" if found.request.epsilon is None else ""
    return f"{levels}{fewest}: {before} -> {after} ({share}); {size}."


def _write(path: Path, picture: Pixels) -> None:
    import numpy as np

    from cnnviewer.core.export.arrays import png_bytes

    if len(picture) not in (1, 3):
        raise RequestError("A PNG file holds 1 or 3 channels; this picture has {count}.", count=len(picture))
    write_atomically(path, png_bytes(picture[0] if len(picture) == 1 else np.moveaxis(picture, 0, -1)))
