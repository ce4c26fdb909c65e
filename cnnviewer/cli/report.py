"""Write a run as one HTML file that needs no network, light or dark as the reader's system is.

It has the configuration, the curves, the kernels, feature maps of chosen images, the confusion matrix on the test
images, the most confident wrong predictions and the command that repeats the run.
"""

from __future__ import annotations

import argparse
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders
from cnnviewer.cli.data_sets import matched
from cnnviewer.cli.exit_codes import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.image_files import all_files
from cnnviewer.cli.of_run import data_of_run, tell_changes
from cnnviewer.cli.predict import as_input
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.snapshots import run_folder, state_of
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.errors import UserError

HELP = "write a run as one HTML file"
EXAMPLES = """examples:
  cnnviewer report last
  cnnviewer report "my run" --step best --image seven.png photo.jpg --out report.html
  cnnviewer report last --open"""


@dataclass(frozen=True)
class _Request:
    """What the report is about and where it goes.

    Attributes:
        run: as its user names it.
        step: whose weights: a number, `best` or `last`.
        dataset: where the run's data are now; None: as before.
        images: files whose feature maps are shown; none: some test images.
        preparation: see `as_input`.
        by_position: match outputs and classes by their order.
        file: to write; None: in the run's folder.
        open: show it in the browser.
        json: print the result as JSON.
    """

    run: str
    step: str
    dataset: str | None
    images: Sequence[Path]
    preparation: str | None
    by_position: bool
    file: Path | None
    open: bool
    json: bool


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    shared.add_run(parser)
    shared.add_step(parser)
    shared.add_moved(parser)
    shared.add_data_dir(parser)
    parser.add_argument("--out", type=file_name, metavar="FILE.html", help="default: report.html in the run's folder")
    parser.add_argument(
        "--image",
        type=file_name,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="whose feature maps are shown (default: some test images)",
    )
    shared.add_preparation(parser)
    shared.add_by_position(parser)
    parser.add_argument("--open", action="store_true", help="show it in the browser afterwards")
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_json(parser, "where it is")


def run(options: argparse.Namespace) -> int:
    """Write the report that was asked for; the exit status."""
    request = _Request(
        run=options.run,
        step=options.step,
        dataset=options.dataset,
        images=options.image,
        preparation=options.preparation,
        by_position=options.by_position,
        file=options.out,
        open=options.open,
        json=options.json,
    )
    return _report(request, shared.folders_of(options), shared.consent_of(options))


def _report(request: _Request, folders: Folders, consent: Consent) -> int:
    from cnnviewer.core.runs.read.changes import code_changes
    from cnnviewer.core.runs.read.opened_run import OpenedRun
    from cnnviewer.core.runs.report.contents import gather
    from cnnviewer.core.runs.report.page import html

    folder = run_folder(folders, request.run)
    target = request.file or folder / "report.html"
    check_target(target, ".html", ".htm")
    state = state_of(folder, request.step, consent)
    opened = wrong(OpenedRun.read, folder)
    images = [(path.name, as_input(path, state.recipe, request.preparation)) for path in all_files(request.images)]
    data: DataSet | None = None
    changes: tuple[UserError, ...] = code_changes(opened.info)
    try:
        data = data_of_run(folders, folder, opened.info, request.dataset)
        for note in data.info.notes:
            tell(note)
        changes = (*changes, *tell_changes(opened.info, data))
        state, data, _ = matched(state, data, request.by_position)
    except RequestError as error:
        data = None
        tell(f"{error} The report says nothing about its test images.")
    with ProgressBar() as bar:
        report = gather(opened, state, data, images, lambda share: bar.reach(share, "report"), changes)
    write_atomically(target, html(report))
    if request.json:
        give({"run": opened.info.id, "file": str(target), "changes": [str(change) for change in changes]})
    else:
        say(f"The report is {target}.")
    if request.open:
        webbrowser.open(target.absolute().as_uri())
    return DONE
