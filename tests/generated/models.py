"""Models that Hypothesis writes: small networks of everything that `operations.py` knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.generated.operations import OPERATIONS, Writer

CLASSES = 10
_SHAPES = ((1, 8, 8), (3, 8, 8), (2, 9, 7))
_HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n"


@dataclass(frozen=True)
class Generated:
    """A model as a user's file.

    Attributes:
        source: the file.
        shape: of an image, `(C, H, W)`.
        operations: what it is made of, in order.
        tags: what else is in it: `residual`, `shared`, `tied`, `in-place`, `dropout`, …
        output: how it returns its scores.

    """

    source: str
    shape: tuple[int, int, int]
    operations: tuple[str, ...]
    tags: tuple[str, ...]
    output: str

    @property
    def log_probabilities(self) -> bool:
        """Whether its outputs are log-probabilities rather than scores."""
        return self.output == "log-softmax"

    def write(self, folder: Path) -> Path:
        """The file, in `folder`."""
        path = folder / "net.py"
        path.write_text(self.source, encoding="utf-8")
        return path

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        """The file itself: Hypothesis prints this when it found something."""
        printer.text(f"{', '.join(self.operations)} -> {self.output}\n{self.source}")


_OUTPUTS = {
    "scores": ["return x"],
    "log-softmax": ["return F.log_softmax(x, dim=1)"],
    "dict": ["return {'out': x}"],
    "tuple": ["return x, x.detach() * 2"],
    "list": ["return [x]"],
    "auxiliary": ["if self.training:", "    return x, x * 0.5", "return x"],
    "1x1 maps": ["return x[:, :, None, None]"],
}


@st.composite
def models(draw: st.DrawFn, with_operation: str | None = None, most: int = 5) -> Generated:
    """A model that has `with_operation` in it, at least a convolution and at most `most` operations more."""
    shape = draw(st.sampled_from(_SHAPES))
    names = ["conv", *draw(st.lists(st.sampled_from(sorted(OPERATIONS)), max_size=most))]
    if with_operation is not None:
        names.insert(draw(st.integers(1, len(names))), with_operation)
    writer = Writer(draw, shape)
    for name in names:
        OPERATIONS[name](writer)
    size = writer.shape[0] * writer.shape[1] * writer.shape[2]
    flat = ["x = torch.flatten(x, 1)", "x = x.flatten(1)", "x = x.reshape(x.size(0), -1)"]
    if writer.viewable:
        flat += ["x = x.view(x.size(0), -1)", f"x = x.view(-1, {size})"]
    writer.forward(draw(st.sampled_from(flat)), f"x = {writer.layer(f'nn.Linear({size}, {CLASSES})')}(x)")
    output = draw(st.sampled_from(list(_OUTPUTS)))
    writer.forward(*_OUTPUTS[output])
    init = "".join(f"        {line}\n" for line in ("super().__init__()", *writer.init))
    body = "".join(f"        {line}\n" for line in writer.body)
    source = f"{_HEAD}class Net(nn.Module):\n    def __init__(self):\n{init}\n    def forward(self, x):\n{body}"
    return Generated(source, shape, tuple(names), tuple(writer.tags), output)


class Distribution:
    """How often what was in the models that were tried."""

    def __init__(self) -> None:
        self.models = 0
        self._counts: Counter[str] = Counter()

    def add(self, model: Generated) -> None:
        """Count a model."""
        self.models += 1
        self._counts.update(set(model.operations))
        self._counts.update(f"({tag})" for tag in set(model.tags))
        self._counts[f"-> {model.output}"] += 1

    def unknown(self, kind: str) -> None:
        """Count a weight of which the program says that it does not know how it learns."""
        self._counts[f"weight of {kind} without terms"] += 1

    def __str__(self) -> str:
        """A table, most frequent first."""
        rows = "\n".join(f"{count:6d}  {name}" for name, count in self._counts.most_common())
        return f"{self.models} models\n{rows}"
