"""Download MNIST or CIFAR-10. Files are checked, and a download that was interrupted continues where it stopped."""

from __future__ import annotations

import argparse
import sys

from cnnviewer.cli.exit_codes import DONE
from cnnviewer.cli.options import add_data_dir, folders_of
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.terminal import say

HELP = "download MNIST or CIFAR-10"
EXAMPLES = """example:
  cnnviewer download mnist"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    parser.add_argument("dataset", choices=("mnist", "cifar10"))
    add_data_dir(parser)


def run(options: argparse.Namespace) -> int:
    """Download what was asked for; the exit status."""
    from cnnviewer.core.data.download import download

    with ProgressBar(unit="B") as bar:
        download(options.dataset, folders_of(options).data, bar.show, lambda: False)
    say(f"{options.dataset} is complete and checked.", to=sys.stderr)
    return DONE
