"""Write a run as one HTML file that needs no network, light or dark as the reader's system is.

It has the configuration, the curves, the kernels, feature maps of chosen images, the confusion matrix on the test
images, the worst mistakes and the command that repeats the run.
"""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.predict import add_preparation, as_input
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.export.atomic import write_atomically

HELP = "write a run as one HTML file"
EXAMPLES = """examples:
  cnnviewer report last
  cnnviewer report "my run" --step best --image seven.png photo.jpg --out report.html
  cnnviewer report last --open"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_report)
    shared.add_run(parser)
    shared.add_step(parser)
    shared.add_data_dir(parser)
    parser.add_argument("--out", type=Path, metavar="FILE.html", help="default: report.html in the run's folder")
    parser.add_argument(
        "--image",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="whose feature maps are shown (default: some test images)",
    )
    add_preparation(parser)
    parser.add_argument("--open", action="store_true", help="show it in the browser afterwards")
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_json(parser, "where it is")


def _report(options: argparse.Namespace) -> int:
    from cnnviewer.core.runs.opened import OpenedRun
    from cnnviewer.core.runs.report import report

    folder = shared.run_folder(options)
    target: Path = options.out or folder / "report.html"
    if target.suffix.lower() not in (".html", ".htm"):
        raise RequestError("{file} cannot be written: its name must end in .html.", file=target.name)
    state = shared.state_of(options, folder)
    run = wrong(OpenedRun, folder)
    images = [(path.name, as_input(path, state.recipe, options.preparation)) for path in options.image]
    data = None
    try:
        data = shared.load_data(options, run.info.config.dataset)
        shared.check_fits(data.info, state.recipe)
    except RequestError as error:
        data = None
        tell(f"{error} The report says nothing about its test images.")
    with ProgressBar() as bar:
        made = report(run, state, data, images, lambda share: bar.reach(share, "report"))
    write_atomically(target, made)
    if options.json:
        give({"run": run.info.id, "file": str(target)})
    else:
        print(f"The report is {target}.")
    if options.open:
        webbrowser.open(target.absolute().as_uri())
    return DONE
