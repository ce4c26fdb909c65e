"""Download MNIST or CIFAR-10: checked, and gone on with where it was interrupted."""

from __future__ import annotations

import argparse
import sys

from cnnviewer.cli.options import add_data_dir, data_dir
from cnnviewer.cli.outcome import DONE
from cnnviewer.cli.progress_bar import ProgressBar

HELP = "download MNIST or CIFAR-10"
EXAMPLES = """example:
  cnnviewer download mnist"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_download)
    parser.add_argument("dataset", choices=("mnist", "cifar10"))
    add_data_dir(parser)


def _download(options: argparse.Namespace) -> int:
    from cnnviewer.core.data.download import download

    with ProgressBar(unit="B") as bar:
        download(options.dataset, data_dir(options), bar.show, lambda: False)
    print(f"{options.dataset} is complete and checked.", file=sys.stderr)
    return DONE
