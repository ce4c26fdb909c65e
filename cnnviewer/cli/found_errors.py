"""Worst errors and calibration of evaluated weights: as JSON, in words, as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from cnnviewer.cli.exit_codes import RequestError, wrong
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.table import table
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.percent_number import percent_number
from cnnviewer.core.plain_text import short

if TYPE_CHECKING:
    import numpy.typing as npt

    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.evaluation.calibrated import Calibrated
    from cnnviewer.core.evaluation.calibration import Reliability
    from cnnviewer.core.evaluation.test_predictions import Mistake
    from cnnviewer.core.models.state import ModelState

ERRORS_PICTURE: Final = "errors.png"
RELIABILITY_PICTURE: Final = "reliability.svg"


@dataclass(frozen=True)
class Found:
    """What was found beside the accuracy.

    Attributes:
        classes: their names.
        mistakes: the worst wrong predictions; None where none were asked for.
        files: of each of these images its file, or its row in an array; empty texts where the index says it all.
        wrong: how many wrong ones there are.
        found: None where it was not asked for.

    """

    classes: tuple[str, ...]
    mistakes: tuple[Mistake, ...] | None = None
    files: tuple[str, ...] = ()
    wrong: int = 0
    found: Calibrated | None = None

    def facts(self) -> dict[str, object]:
        """For JSON: keys for what was asked for alone."""
        facts: dict[str, object] = {}
        if self.mistakes is not None:
            facts["errors"] = [
                {
                    "index": each.index,
                    "label": self.classes[each.label],
                    "predicted": self.classes[each.read],
                    "probability": each.probability,
                    **({"file": file} if file else {}),
                }
                for each, file in zip(self.mistakes, self.files, strict=True)
            ]
        return facts if self.found is None else {**facts, **calibration_facts(self.found)}

    def lines(self) -> Iterator[str]:
        """The same in words."""
        if self.mistakes is not None:
            yield from _error_lines(self.mistakes, self.files, self.classes, self.wrong)
        if self.found is not None:
            yield from calibration_lines(self.found)

    def write_pictures(self, folder: Path, data: DataSet) -> list[Path]:
        """Write pictures of what was asked for into a folder; the files."""
        from cnnviewer.core.export.arrays import png_bytes
        from cnnviewer.core.export.chart_file import side_by_side

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RequestError(
                "{folder} cannot be made: {reason}.", folder=folder, reason=system_reason(error)
            ) from error
        written = []
        if self.mistakes:
            write_atomically(folder / ERRORS_PICTURE, png_bytes(_errors_drawn(self.mistakes, data)))
            written.append(folder / ERRORS_PICTURE)
        if self.found is not None:
            write_atomically(
                folder / RELIABILITY_PICTURE, side_by_side(*_reliability_drawn(self.found, data.info.title))
            )
            written.append(folder / RELIABILITY_PICTURE)
        return written

    def write_weights(self, file: Path, state: ModelState, half: bool) -> Path:
        """Write the weights with the threshold of unfamiliar images and the temperature, what there is; the file."""
        from cnnviewer.core.models.weights import save_weights

        assert self.found is not None
        known, fitted = self.found.familiarity, self.found.calibration.fitted
        if known is None and fitted is None:
            assert self.found.why_unknown is not None
            raise self.found.why_unknown
        save_weights(file, replace(state, familiarity=known, temperature=fitted), half=half)
        return file


def find_errors(state: ModelState, data: DataSet, errors: int | None, calibration: bool) -> Found:
    """Find the worst errors and measure the calibration, where asked for, on this processor."""
    from cnnviewer.core.evaluation.test_predictions import predict_test_images
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.training.calibrated import calibrate

    result = Found(state.recipe.classes)
    if errors is None and not calibration:
        return result
    inspector = wrong(Inspector.from_state, state)
    with ProgressBar() as bar:
        if errors is not None:
            answers = predict_test_images(inspector, data.test, lambda share: bar.reach(share, "errors"))
            worst, ids = answers.mistakes[:errors], data.ids("test")
            files = tuple(ids.of(each.index).file for each in worst)
            result = replace(result, mistakes=worst, files=files, wrong=len(answers.mistakes))
        if calibration:
            found = calibrate(state, data, inspector, lambda share: bar.reach(share, "calibration"))
            result = replace(result, found=found)
    return result


def _error_lines(
    mistakes: Sequence[Mistake], files: Sequence[str], classes: Sequence[str], count: int
) -> Iterator[str]:
    if not mistakes:
        yield "No test image is predicted wrongly."
        return
    yield f"Of {count:,} wrong predictions those with the highest probability:"
    rows = [
        (str(each.index), classes[each.label], classes[each.read], f"{100 * each.probability:.2f}%", file)
        for each, file in zip(mistakes, files, strict=True)
    ]
    heads = ("image", "true class", "predicted", "probability", "file")
    shown = len(heads) if any(files) else -1
    yield from table(heads[:shown], [row[:shown] for row in rows], frozenset({"image"}))


def calibration_facts(found: Calibrated) -> dict[str, object]:
    """Reliability, temperature, and the threshold of unfamiliar images."""
    measured, known = found.calibration, found.familiarity
    facts: dict[str, object] = {
        "ece": measured.before.ece,
        "loss": measured.loss,
        "bins": _bins(measured.before),
        "temperature": measured.temperature,
        "fitted_on": measured.fitted_on,
        "ece_after": measured.after.ece if measured.after is not None else None,
        "loss_after": measured.loss_after,
    }
    if measured.why_not is not None:
        facts["why_no_temperature"] = str(measured.why_not)
    unfamiliar: dict[str, object] | None = None
    if known is not None:
        unfamiliar = {
            "threshold": known.threshold,
            "allowed": known.allowed,
            "images": known.images,
            "from": known.split,
            "above": found.above,
        }
    return {"calibration": facts, "unfamiliar": unfamiliar}


def _bins(shown: Reliability) -> list[dict[str, object]]:
    columns = shown.counts.tolist(), shown.confidences.tolist(), shown.accuracies.tolist()
    return [
        {"above": shown.edges[place], "to": shown.edges[place + 1], "count": n, "probability": p, "accuracy": a}
        for place, (n, p, a) in enumerate(zip(*columns, strict=True))
    ]


def calibration_lines(found: Calibrated) -> Iterator[str]:
    """The same in sentences."""
    measured, known = found.calibration, found.familiarity
    shown = measured.before
    where = f"{len(shown.counts)} bins" + (f", {shown.empty} of them empty" if shown.empty else "")
    yield f"Calibration error (ECE, {where}): {100 * shown.ece:.2f}%"
    than = "higher" if shown.gap >= 0 else "lower"
    yield f"Probabilities are on average {100 * abs(shown.gap):.2f} percentage points {than} than the accuracy."
    if measured.temperature is not None and measured.after is not None:
        yield (
            f"Temperature {measured.temperature:.4f}, fitted on {measured.fitted_on:,} validation images: "
            f"ECE {100 * measured.after.ece:.2f}%, loss {measured.loss:.4f} -> {measured.loss_after:.4f}."
        )
    elif measured.why_not is not None:
        yield f"{measured.why_not} So no temperature is fitted."
    if known is not None:
        yield (
            f"Unfamiliar: a score above {known.threshold:.4f}, as {100 * known.allowed:g}% of {known.images:,} "
            f"{known.split} images have; {found.above:,} of {len(found.scores):,} test images do."
        )
    elif found.why_unknown is not None:
        yield f"{found.why_unknown} So nothing is called unfamiliar."


def _errors_drawn(mistakes: Sequence[Mistake], data: DataSet) -> npt.NDArray[np.uint8]:
    from cnnviewer.core.export.error_picture import error_picture

    classes = [short(name) for name in data.info.classes]
    images = [data.test.images[each.index].numpy().astype(np.float32) / np.float32(255) for each in mistakes]
    captions = [
        (
            f"{classes[each.label]}, predicted {classes[each.read]}",
            f"#{each.index}, {percent_number(each.probability)} %",
        )
        for each in mistakes
    ]
    return error_picture(images, captions)


def _reliability_drawn(found: Calibrated, title: str) -> tuple[list[str], str]:
    """The charts and the caption of a picture."""
    from cnnviewer.core.export.reliability_chart import reliability_chart

    measured = found.calibration
    words = f"{title}: ECE {100 * measured.before.ece:.2f} %"
    if measured.after is None:
        return [reliability_chart(measured.before)], words
    words += f", {100 * measured.after.ece:.2f} % at temperature {measured.temperature:.3g}"
    return [reliability_chart(measured.before, measured.after, measured.temperature or 1.0)], words
