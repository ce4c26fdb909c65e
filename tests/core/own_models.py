"""Models of the user's own for tests: their code is written to a file, which is agreed to."""

from pathlib import Path

from cnnviewer.core.models.own.own_file import agree

HEAD = """import random
import torch
from torch import nn
import torch.nn.functional as F

"""


def own_model(folder: Path, code: str, name: str = "Net", file: str = "net.py") -> str:
    """The registry key of the class `name` in `code`, which may use torch, nn, F and random."""
    path = folder / file
    path.write_text(HEAD + code, encoding="utf-8")
    return agree(path, name)


def line_of(folder: Path, text: str, file: str = "net.py") -> int:
    """The number of the line of the file that holds `text`."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
