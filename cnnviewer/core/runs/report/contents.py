"""Gather what a report says: run the model on the test images and on some chosen ones, read the run's numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

import numpy as np

from cnnviewer.core.counting import counted
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.test_predictions import TestPredictions, predict_test_images
from cnnviewer.core.export.line_chart import line_chart
from cnnviewer.core.export.tiles import image_pixels, kernel_tiles, tiles
from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.records import FloatArray, Inspection, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import listed
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.read.changes import in_one
from cnnviewer.core.runs.read.curves import accuracy_curves, epoch_ends, loss_curves
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.read.repeating import commands, in_words, why_not_exact
from cnnviewer.core.runs.report.classes import class_rows, confusion_cells, confusion_picture
from cnnviewer.core.runs.report.mistake_text import image_name, mistake_caption
from cnnviewer.core.runs.report.number_text import duration, percent
from cnnviewer.core.runs.report.records import (
    Charts,
    Evaluation,
    Fact,
    Figure,
    ImageMaps,
    Legend,
    PairTable,
    Picture,
    Report,
)
from cnnviewer.core.runs.report.trust import calibration_part, mistake_maps
from cnnviewer.core.training.calibrated import calibrate

MISTAKES = 24
"""Mistakes that are shown."""
_CHANNELS = 64  # tiles of a layer that are shown
_TABLE_CLASSES = 30  # of more classes the confusion matrix is a picture
_UNCHANGED = ("dropout", "dropout2d", "flatten")  # show nothing that the layer before does not
InputImage = tuple[str, FloatArray]  # a caption, and the model's input (C, H, W) in 0..1


def gather(
    run: OpenedRun,
    state: ModelState,
    data: DataSet | None,
    images: Sequence[InputImage] = (),
    progress: Callable[[float], None] = lambda _: None,
    changes: Sequence[UserError] = (),
) -> Report:
    """What the report of a run says.

    Args:
        run: the run.
        state: its weights at the step that is shown.
        data: its data set; without one the parts about test images are left out, and the page says so.
        images: whose feature maps are shown; some test images where none are given.
        progress: hears how much is done, 0 to 1.
        changes: of data and code since the run was trained, see `core.runs.changes`.
    """
    inspector = Inspector.from_state(state)
    answers, evaluation = None, None
    if data is not None:
        answers = predict_test_images(inspector, data.test, lambda share: progress(0.3 * share))
        evaluation = _evaluation(inspector, state, data, answers, lambda share: progress(0.3 + 0.6 * share))
    if not images and data is not None and answers is not None:
        images = chosen_images(data, answers)
    info, notes = run.info, run.notes
    report = Report(
        title=notes.name or info.id,
        note=notes.note,
        about=_about(run),
        facts=tuple(_facts(run, state, answers)),
        hints=tuple(_hints(run, state, changes)),
        charts=_charts(run) if run.log.step_count else None,
        kernels=tuple(_kernels(inspector, state)),
        maps=tuple(_maps(inspector, caption, image) for caption, image in images),
        evaluation=evaluation,
        dataset=info.config.dataset,
        configuration=_configuration(run),
        commands=tuple(commands(info, run.folder)),
        inexact=tuple(str(reason) for reason in why_not_exact(info, run.log)),
    )
    progress(1.0)
    return report


def chosen_images(data: DataSet, answers: TestPredictions) -> list[InputImage]:
    """Three test images that tell something: one of each of two classes, and the surest mistake."""
    labels = data.test.labels.tolist()
    picked = [labels.index(label) for label in sorted(set(labels))[:2]]
    picked += [mistake.index for mistake in answers.mistakes[:1] if mistake.index not in picked]
    return [
        (f"{image_name(data, index)}, {data.info.classes[labels[index]]}", _test_image(data, index)) for index in picked
    ]


def _about(run: OpenedRun) -> str:
    info = run.info
    about = f"{info.config.model} on {info.config.dataset}, begun {local(info.created)[:16]}"
    if info.parent is not None:
        about += f", branched from {info.parent.run} after step {info.parent.step}"
    if info.mutes:
        about += f", with muted channels ({listed(info.mutes)})"
    if info.sweep:
        about += f", part of the sweep {info.sweep}"
    return f"{about}."


def _facts(run: OpenedRun, state: ModelState, answers: TestPredictions | None) -> Iterator[Fact]:
    info, log = run.info, run.log
    correct = "of {n:test image|test images} correct"
    if answers is not None:
        yield Fact(percent(answers.confusion.accuracy), counted(correct, n=answers.confusion.total))
    elif info.result is not None:
        yield Fact(percent(info.result["accuracy"]), counted(correct, n=info.result["total"]))
    if best := log.best_epochs():
        numbers = " and ".join(f"{int(log.epochs('epoch')[row]):,}" for row in best)
        yield Fact(percent(log.epochs("validation_accuracy")[best[0]]), f"best in validation, epoch {numbers}")
    yield Fact(f"{sum(tensor.numel() for tensor in state.tensors.values()):,}", "learned numbers in the model")
    steps = counted("epochs done, {n:step|steps}", n=log.step_count)
    yield Fact(f"{log.epoch_count} of {info.config.epochs}", steps)
    seconds = float(log.steps("seconds")[-1]) if log.step_count else 0.0
    yield Fact(duration(seconds), f"of training on {info.config.device}")


def _hints(run: OpenedRun, state: ModelState, changes: Sequence[UserError]) -> Iterator[str]:
    step = state.provenance.get("step", 0)
    if step != run.log.step_count:
        yield f"Kernels, maps and answers are those after step {step} of {run.log.step_count}."
    for deviation in run.info.deviations:
        yield str(in_words(deviation))
    if changes:
        yield f"Changed since the run was trained: {in_one(changes)}. What is shown is of the data and the code of now."
    if run.info.problem:
        yield run.info.problem


def _charts(run: OpenedRun) -> Charts:
    ends = epoch_ends(run.log)
    name = run.info.validation_name
    return Charts(
        loss=line_chart(loss_curves(run.log, name), "step", "loss", ends),
        accuracy=line_chart(accuracy_curves(run.log, name), "step", "accuracy (%)", ends),
    )


def _kernels(inspector: Inspector, state: ModelState) -> Iterator[Figure]:
    layers = [inspector.architecture.layer(name) for name in kernel_layers(inspector.architecture)]
    for layer in [layer for layer in layers if layer.kind == "conv2d"] or layers:
        made = kernels(state.tensors, layer)
        if made is None:
            continue
        # a linear layer is one picture of all its weights
        weight = made.weight if layer.kind == "conv2d" else made.weight.transpose(2, 3, 0, 1)
        cut = weight[:_CHANNELS, :32] if layer.kind == "conv2d" else weight[..., :512, :512]
        pixels, bounds = kernel_tiles(np.ascontiguousarray(cut))
        left_out = "" if cut.shape == weight.shape else f" The first {cut.shape[0]} × {cut.shape[1]} are shown."
        caption = f"{_title(layer)} {layer.parameter_text}{left_out}"
        yield Figure(Picture(pixels, f"kernels of {layer.name}"), caption, Legend("kernel", bounds))


def _maps(inspector: Inspector, caption: str, image: FloatArray) -> ImageMaps:
    inspection = inspector.inspect(image)
    shown = [
        layer
        for layer in inspector.architecture.layers
        if len(layer.shape) == 3 and layer.kind not in ("input", *_UNCHANGED)
    ]
    return ImageMaps(
        caption=caption,
        picture=Picture(image_pixels(image), caption),
        ranking=tuple(inspection.prediction.ranking[:5]),
        layers=tuple(_layer(layer, inspection) for layer in shown),
    )


def _layer(layer: LayerInfo, inspection: Inspection) -> Figure:
    values = inspection.activations[layer.name]
    pixels, bounds = tiles(values[:_CHANNELS], layer.palette)
    size = "×".join(map(str, layer.shape))
    more = f" The first {_CHANNELS} of {len(values)} are shown." if len(values) > _CHANNELS else ""
    picture = Picture(pixels, f"feature maps of {layer.name}")
    return Figure(picture, f"{_title(layer)} {size}{more}", Legend(layer.palette, bounds))


def _evaluation(
    inspector: Inspector,
    state: ModelState,
    data: DataSet,
    answers: TestPredictions,
    progress: Callable[[float], None],
) -> Evaluation:
    classes, counts = data.info.classes, answers.confusion.counts
    mistakes = []
    for mistake in answers.mistakes[:MISTAKES]:
        caption = mistake_caption(data, mistake)
        pixels = image_pixels(_test_image(data, mistake.index), 84)
        mistakes.append((Picture(pixels, f"test image {mistake.index}"), caption))
    as_table = len(classes) <= _TABLE_CLASSES
    return Evaluation(
        classes=tuple(classes),
        cells=confusion_cells(counts, classes) if as_table else None,
        matrix=None if as_table else confusion_picture(counts),
        class_rows=class_rows(counts, classes),
        mistake_count=len(answers.mistakes),
        mistakes=tuple(mistakes),
        mistake_maps=tuple(
            mistake_maps(
                inspector,
                data,
                answers.mistakes,
                lambda index: _test_image(data, index),
                lambda share: progress(0.5 * share),
            )
        ),
        calibration=calibration_part(calibrate(state, data, inspector, lambda share: progress(0.5 + 0.5 * share))),
    )


def _configuration(run: OpenedRun) -> tuple[PairTable, PairTable]:
    info = run.info
    chosen = [(name, value) for name, value in asdict(info.config).items() if value is not None]
    shape = "×".join(map(str, info.recipe.input_shape))
    reading = [("input", shape), ("mean", info.recipe.mean), ("std", info.recipe.std), ("data", info.fingerprint[:12])]
    notes = [("how images were read", note) for note in info.data_notes]
    return (
        _table("Training", [*chosen, *info.counts.items()]),
        _table("Made with", [*info.versions.items(), *reading, *notes, ("run", info.id)]),
    )


def _table(caption: str, rows: Sequence[tuple[str, object]]) -> PairTable:
    return PairTable(caption, tuple((name.replace("_", " "), str(value)) for name, value in rows))


def _test_image(data: DataSet, index: int) -> FloatArray:
    image: FloatArray = data.test.images[index].numpy().astype(np.float32) / np.float32(255)
    return image


def _title(layer: LayerInfo) -> str:
    return f"{layer.name}: {layer.operation}."
