"""How a report calls an image and a wrong prediction of it."""

from __future__ import annotations

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.evaluation.test_predictions import Mistake
from cnnviewer.core.plain_text import short
from cnnviewer.core.runs.report.number_text import percent


def image_name(data: DataSet, index: int) -> str:
    """Such as `test image 94`, with its file or the row of its array where the images are the user's own."""
    file = data.ids("test").of(index).file
    return f"test image {index} ({short(file)})" if file else f"test image {index}"


def mistake_caption(data: DataSet, mistake: Mistake) -> str:
    """Such as `#94 (cat/12.png): cat predicted as dog, 91.40 %`."""
    classes, file = data.info.classes, data.ids("test").of(mistake.index).file
    which = f"#{mistake.index} ({short(file)})" if file else f"#{mistake.index}"
    return f"{which}: {classes[mistake.label]} predicted as {classes[mistake.read]}, {percent(mistake.probability)}"
