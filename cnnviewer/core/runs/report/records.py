"""What a report says, before it is HTML. Free of torch.

Texts stand here as they are: the page escapes them. Shares and probabilities are 0..1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.palettes import PaletteName, Range

Pixels = npt.NDArray[np.uint8]  # (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA


@dataclass(frozen=True)
class Picture:
    """Pixels that are shown at their own size; `description` is for readers who cannot see them."""

    pixels: Pixels
    description: str


@dataclass(frozen=True)
class Legend:
    """A palette and the values at its two ends."""

    palette: PaletteName
    bounds: Range


@dataclass(frozen=True)
class Figure:
    """A picture with its caption and the legend of its colours."""

    picture: Picture
    caption: str
    legend: Legend


@dataclass(frozen=True)
class Fact:
    """A number that is seen first, and what it means."""

    number: str
    meaning: str


@dataclass(frozen=True)
class Charts:
    """Loss and accuracy as SVG elements, see `core.export.line_chart`."""

    loss: str
    accuracy: str


@dataclass(frozen=True)
class ImageMaps:
    """What one image becomes in the layers.

    Attributes:
        caption: which image it is.
        picture: the image itself.
        ranking: the five most probable classes with their probabilities, the highest first.
        layers: the feature maps of each layer.

    """

    caption: str
    picture: Picture
    ranking: tuple[tuple[str, float], ...]
    layers: tuple[Figure, ...]


@dataclass(frozen=True)
class ConfusionCell:
    """A cell of the confusion matrix.

    Attributes:
        count: images of the row's class that are predicted as the column's.
        correct: on the diagonal.
        shade: how deep its colour is: of a correct cell the share of its row, of another the share of the largest such.
        title: the cell as a phrase.

    """

    count: int
    correct: bool
    shade: float
    title: str


@dataclass(frozen=True)
class ClassRow:
    """A class in numbers.

    Attributes:
        name: of the class.
        correct: its images that are predicted correctly.
        total: its images.
        mistaken_for: the class it is most often mistaken for, and how many times; None without a mistake.

    """

    name: str
    correct: int
    total: int
    mistaken_for: tuple[str, int] | None

    @property
    def accuracy(self) -> float:
        """0..1; 0 without an image."""
        return self.correct / self.total if self.total else 0.0


@dataclass(frozen=True)
class MistakeMap:
    """A wrongly predicted image, and which of its pixels raised the wrong class above the true one.

    Attributes:
        picture: the image.
        map: its attribution map, a square for each pixel.
        caption: what it is and what was predicted.
        legend: of the map's colours, in logits.
        note: how far the map adds up to what it explains.

    """

    picture: Picture
    map: Picture
    caption: str
    legend: Legend
    note: str


@dataclass(frozen=True)
class CalibrationPart:
    """How far the probabilities can be taken at their word.

    Attributes:
        chart: the reliability diagram as an SVG element, see `core.export.reliability_chart`.
        sentences: what was measured.

    """

    chart: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """What the model predicts for the test images.

    Attributes:
        classes: their names.
        cells: the confusion matrix, a row for each true class; None where there are too many classes for a table.
        matrix: the same as a picture, where there is no table.
        class_rows: a row for each class.
        mistake_count: of all mistakes.
        mistakes: the images of the worst ones, each with its caption.
        mistake_maps: of the first of them, which pixels the answer rests on.
        calibration: how far probabilities can be taken at their word.

    """

    classes: tuple[str, ...]
    cells: tuple[tuple[ConfusionCell, ...], ...] | None
    matrix: tuple[Picture, Legend] | None
    class_rows: tuple[ClassRow, ...]
    mistake_count: int
    mistakes: tuple[tuple[Picture, str], ...]
    mistake_maps: tuple[MistakeMap, ...] = ()
    calibration: CalibrationPart | None = None


@dataclass(frozen=True)
class PairTable:
    """Names and values in two columns."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """Everything that the page says.

    Attributes:
        title: the run's name, else its id.
        note: what the user wrote about the run; may be empty.
        about: model, data set, date and where the run comes from.
        facts: a few numbers.
        hints: what a reader of the numbers must know: another step, changed data or code, a problem of the run.
        charts: the curves; None before the first step.
        kernels: the kernels of each layer that has some.
        maps: the feature maps of each chosen image.
        evaluation: None where the data set was not at hand.
        dataset: key of the data set.
        configuration: tables of the hyperparameters and of what they were used with.
        commands: the command lines that repeat the run.
        inexact: why they do not repeat it to the last bit, a sentence each.

    """

    title: str
    note: str
    about: str
    facts: tuple[Fact, ...]
    hints: tuple[str, ...]
    charts: Charts | None
    kernels: tuple[Figure, ...]
    maps: tuple[ImageMaps, ...]
    evaluation: Evaluation | None
    dataset: str
    configuration: tuple[PairTable, ...]
    commands: tuple[str, ...]
    inexact: tuple[str, ...]
