"""How photos of digits are read by the bundled LeNet: `python -m benchmarks.read_photos` prints one table.

Needs MNIST in `CNNVIEWER_DATA_DIR`. Whoever changes the preparation works on `--seeds 1` and reports the other seeds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from benchmarks import photos
from benchmarks.desk import data_dir
from benchmarks.photos import Photo
from cnnviewer.core.data import builtin_digits
from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import UserError
from cnnviewer.core.images import drawn_digit, photographed_digit
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled

_CANVAS = 280


@dataclass
class Row:
    """Counts of one kind of photo."""

    name: str
    right: int = 0
    wrong: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.right + self.wrong + sum(self.refused.values())

    def line(self) -> str:
        refusals = "; ".join(f"{count} {sentence[:46]}" for sentence, count in self.refused.items())
        share = 100 * self.right / max(self.total, 1)
        return f"{self.name:12} {self.total:5} {self.right:5} {share:7.2f}% {self.wrong:6}  {refusals}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(photos.REPORT_SEEDS))
    parser.add_argument("--each", type=int, default=30, help="photos of each kind and seed")
    parser.add_argument("--kinds", nargs="+", default=["single", "clean", "several", "blank", "canvas"])
    options = parser.parse_args()
    data = load("mnist", data_dir())
    images, labels = data.test.images[:, 0].numpy(), data.test.labels.numpy()
    read = _reader()

    def singles(kind: str) -> Iterable[Photo]:
        for seed in options.seeds:
            chosen = np.random.default_rng([seed, 1000 + photos.SINGLE.index(kind)]).permutation(len(images))
            for index, place in enumerate(chosen[: options.each]):
                yield photos.single(kind, images[place], int(labels[place]), seed, index)

    def cleans() -> Iterable[Photo]:
        for seed in options.seeds:
            for index, place in enumerate(np.random.default_rng([seed, 2000]).permutation(len(images))[:1000]):
                yield photos.clean(images[place], int(labels[place]), seed, index)

    def severals() -> Iterable[Photo]:
        for seed in options.seeds:
            rng = np.random.default_rng([seed, 3000])
            for index in range(100):
                yield photos.several([images[i] for i in rng.integers(0, len(images), rng.integers(2, 5))], seed, index)

    def blanks() -> Iterable[Photo]:
        return (photos.blank(seed, index) for seed in options.seeds for index in range(100))

    print(f"{'photos':12} {'count':>5} {'right':>5} {'':>8} {'wrong':>6}  not read, and why")
    if "single" in options.kinds:
        every = Row("one digit")
        for kind in photos.SINGLE:
            row = _counted(kind, singles(kind), read)
            print(row.line(), flush=True)
            every.right, every.wrong = every.right + row.right, every.wrong + row.wrong
            every.refused = {k: every.refused.get(k, 0) + row.refused.get(k, 0) for k in every.refused | row.refused}
        print(every.line(), flush=True)
    for name, series in (("clean", cleans), ("several", severals), ("blank", blanks)):
        if name in options.kinds:
            print(_counted(name, series(), read).line(), flush=True)
    if "canvas" in options.kinds:
        print(_canvas(read).line(), flush=True)


def _reader() -> Callable[[drawn_digit.DigitSteps], str]:
    """What LeNet says to a prepared digit."""
    inspector = Inspector.from_state(bundled("lenet"))
    return lambda steps: inspector.inspect(steps.centred[None]).prediction.ranking[0][0]


def _counted(name: str, series: Iterable[Photo], read: Callable[[drawn_digit.DigitSteps], str]) -> Row:
    row = Row(name)
    for photo in series:
        try:
            answer = read(photographed_digit.as_digit(photo.pixels))
        except UserError as error:
            row.refused[str(error)] = row.refused.get(str(error), 0) + 1
        else:
            right = answer == str(photo.label)
            row.right, row.wrong = row.right + right, row.wrong + (not right)
    return row


def _canvas(read: Callable[[drawn_digit.DigitSteps], str]) -> Row:
    """2,000 pen digits that the program writes itself, drawn somewhere on the canvas and prepared as drawings are."""
    row = Row("canvas")
    test = builtin_digits.generate(seed=0, train=0, test=2000).test
    for index, (image, label) in enumerate(zip(test.images[:, 0].numpy(), test.labels.tolist(), strict=True)):
        steps = drawn_digit.prepare(photos.drawn(image, _CANVAS, index))
        right = steps is not None and read(steps) == str(label)
        row.right, row.wrong = row.right + right, row.wrong + (not right)
    return row


if __name__ == "__main__":
    main()
