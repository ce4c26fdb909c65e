"""A run as one HTML file that needs nothing else: no network, no script, light or dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from html import escape

import numpy as np

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.export.line_chart import line_chart
from cnnviewer.core.export.tiles import image_pixels, kernel_tiles, tiles
from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.records import FloatArray, Inspection, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs import report_page as page
from cnnviewer.core.runs.curves import accuracy_curves, epoch_ends, loss_curves
from cnnviewer.core.runs.judged import Judged, judged
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.repeating import commands, turned

MISTAKES = 24
"""Mistakes that are shown."""
_CHANNELS = 64  # tiles of a layer that are shown
_UNCHANGED = ("dropout", "dropout2d", "flatten")  # show nothing that the layer before does not
Picture = tuple[str, FloatArray]  # a caption, and the model's input (C, H, W) in 0..1


def report(
    run: OpenedRun,
    state: ModelState,
    data: DataSet | None,
    images: Sequence[Picture] = (),
    progress: Callable[[float], None] = lambda _: None,
) -> bytes:
    """The report as a UTF-8 file.

    Args:
        run: the run.
        state: its weights at the moment that is shown.
        data: its data set; without one the parts about test images are left out, and the page says so.
        images: whose feature maps are shown; some test images where none are given.
        progress: hears how much is done, 0 to 1.
    """
    inspector = Inspector.from_state(state)
    answers = judged(inspector, data.test, lambda share: progress(0.8 * share)) if data is not None else None
    if not images and data is not None and answers is not None:
        images = chosen_images(data, answers)
    parts = [
        *_head(run, state, answers),
        *_curves(run),
        *_kernels(inspector, state),
        *_maps(inspector, images),
        *_answers(run, data, answers),
        *_configuration(run),
    ]
    progress(1.0)
    title = run.notes.name or run.info.id
    return page.document(title, "\n".join(parts))


def chosen_images(data: DataSet, answers: Judged) -> list[Picture]:
    """Three test images that tell something: one of each of two classes, and the surest mistake."""
    labels = data.test.labels.tolist()
    picked = [labels.index(label) for label in sorted(set(labels))[:2]]
    picked += [mistake.index for mistake in answers.mistakes[:1] if mistake.index not in picked]
    return [(f"test image {index}, {data.info.classes[labels[index]]}", _test_image(data, index)) for index in picked]


def _head(run: OpenedRun, state: ModelState, answers: Judged | None) -> Iterator[str]:
    info, notes = run.info, run.notes
    step = state.provenance.get("step", 0)
    yield f"<header><h1>{escape(notes.name or info.id)}</h1>"
    if notes.note:
        yield f'<p class="note">{escape(notes.note)}</p>'
    about = f"{info.config.model} on {info.config.dataset}, begun {info.created[:16].replace('T', ' ')}"
    if info.parent is not None:
        about += f", branched from {info.parent.run} after step {info.parent.step}"
    if info.sweep:
        about += f", part of the sweep {info.sweep}"
    yield f"<p>{escape(about)}.</p></header>"
    facts = []
    if answers is not None:
        read = answers.confusion
        facts.append((page.percent(read.accuracy), f"of {read.total:,} test images read rightly"))
    elif info.result is not None:
        facts.append((page.percent(info.result["accuracy"]), f"of {info.result['total']:,} test images read rightly"))
    validated = run.log.epochs("validation_accuracy")
    if len(validated):
        best = int(validated.argmax())
        facts.append((page.percent(validated[best]), f"best in validation, epoch {int(run.log.epochs('epoch')[best])}"))
    facts.append((f"{sum(t.numel() for t in state.tensors.values()):,}", "learned numbers in the model"))
    facts.append((f"{run.log.epoch_count} of {info.config.epochs}", f"epochs done, {run.log.step_count:,} steps"))
    seconds = float(run.log.steps("seconds")[-1]) if run.log.step_count else 0.0
    facts.append((page.duration(seconds), f"of training on {info.config.device}"))
    yield page.cards(facts)
    if step != run.log.step_count:
        yield f'<p class="hint">Kernels, maps and answers are those after step {step} of {run.log.step_count}.</p>'
    for change in info.code_changes:
        files = escape(", ".join(change.files))
        yield f'<p class="hint">From step {change.step} on with changed code ({files}): no command repeats this.</p>'
    if info.problem:
        yield f'<p class="hint">{escape(info.problem)}</p>'


def _curves(run: OpenedRun) -> Iterator[str]:
    yield '<section id="curves"><h2>Curves</h2>'
    if not run.log.step_count:
        yield "<p>Nothing has been learned yet.</p></section>"
        return
    ends = epoch_ends(run.log)
    name = run.info.validation_name
    loss = line_chart(loss_curves(run.log, name), "step", "loss", ends)
    accuracy = line_chart(accuracy_curves(run.log, name), "step", "accuracy (%)", ends)
    yield f'<div class="pair"><figure>{loss}</figure><figure>{accuracy}</figure></div>'
    yield '<p class="hint">Dashed lines are the ends of epochs.</p></section>'


def _kernels(inspector: Inspector, state: ModelState) -> Iterator[str]:
    layers = [inspector.architecture.layer(name) for name in kernel_layers(inspector.architecture)]
    shown = [layer for layer in layers if layer.kind == "conv2d"] or layers
    yield '<section id="kernels"><h2>Kernels</h2><p>A column for each kernel, a row for each of its input channels.</p>'
    for layer in shown:
        made = kernels(state.tensors, layer)
        if made is None:
            continue
        weight = made.weight if layer.kind == "conv2d" else made.weight.transpose(2, 3, 0, 1)
        cut = weight[:_CHANNELS, :32] if layer.kind == "conv2d" else weight[..., :512, :512]
        picture, bounds = kernel_tiles(np.ascontiguousarray(cut))
        left_out = "" if cut.shape == weight.shape else f" The first {cut.shape[0]} × {cut.shape[1]} are shown."
        yield page.figure(
            picture, f"{_title(layer)} {layer.parameter_text}{left_out}", f"kernels of {layer.name}", "kernel", bounds
        )
    yield "</section>"


def _maps(inspector: Inspector, images: Sequence[Picture]) -> Iterator[str]:
    if not images:
        return
    yield '<section id="maps"><h2>Feature maps</h2>'
    for caption, image in images:
        inspection = inspector.inspect(image)
        yield f'<article><h3>{escape(caption)}</h3><div class="asked">'
        yield page.image(image_pixels(image), caption)
        yield page.bars([(name, value) for name, value in inspection.prediction.ranking[:5]])
        yield "</div>"
        for layer in inspector.architecture.layers:
            if len(layer.shape) == 3 and layer.kind not in ("input", *_UNCHANGED):
                yield from _layer(layer, inspection)
        yield "</article>"
    yield "</section>"


def _layer(layer: LayerInfo, inspection: Inspection) -> Iterator[str]:
    values = inspection.activations[layer.name]
    picture, bounds = tiles(values[:_CHANNELS], layer.palette)
    size = "×".join(map(str, layer.shape))
    more = f" The first {_CHANNELS} of {len(values)} are shown." if len(values) > _CHANNELS else ""
    yield page.figure(picture, f"{_title(layer)} {size}{more}", f"feature maps of {layer.name}", layer.palette, bounds)


def _answers(run: OpenedRun, data: DataSet | None, answers: Judged | None) -> Iterator[str]:
    if data is None or answers is None:
        yield (
            f'<p class="hint">The data set {escape(run.info.config.dataset)} was not at hand when this was written: '
            "there is nothing here about the test images.</p>"
        )
        return
    classes = data.info.classes
    yield '<section id="confusion"><h2>What is taken for what</h2>'
    yield "<p>A row for each true class, a column for what was read. The diagonal is right.</p>"
    counts = answers.confusion.counts
    yield page.confusion(counts, classes) if len(classes) <= 30 else page.confusion_picture(counts)
    yield '</section><section id="classes"><h2>Each class</h2>'
    yield page.class_table(counts, classes)
    yield '</section><section id="mistakes"><h2>Worst mistakes</h2>'
    if not answers.mistakes:
        yield "<p>There are none.</p></section>"
        return
    yield f"<p>Of {len(answers.mistakes):,} mistakes those of which the model is surest.</p><div class='mistakes'>"
    for mistake in answers.mistakes[:MISTAKES]:
        read, label = classes[mistake.read], classes[mistake.label]
        words = f"{label} read as {read}, {page.percent(mistake.probability)}"
        yield page.small(image_pixels(_test_image(data, mistake.index), 84), words, f"test image {mistake.index}")
    yield "</div></section>"


def _configuration(run: OpenedRun) -> Iterator[str]:
    info = run.info
    yield '<section id="configuration"><h2>Configuration</h2><div class="pair">'
    values = {name.replace("_", " "): value for name, value in asdict(info.config).items() if value is not None}
    yield page.pairs("Training", [*values.items(), *info.counts.items()])
    shape = "×".join(map(str, info.recipe.input_shape))
    reading = [("input", shape), ("mean", info.recipe.mean), ("std", info.recipe.std), ("data", info.fingerprint[:12])]
    yield page.pairs("Made with", [*info.versions.items(), *reading, ("run", info.id)])
    yield '</div></section><section id="repeat"><h2>Repeat it</h2><pre><code>'
    yield escape("\n".join(commands(info)))
    yield "</code></pre>"
    if turned(run.log, info.config):
        yield '<p class="hint">Rate or momentum were turned while it trained, which no command repeats.</p>'
    yield "</section>"


def _test_image(data: DataSet, index: int) -> FloatArray:
    image: FloatArray = data.test.images[index].numpy().astype(np.float32) / np.float32(255)
    return image


def _title(layer: LayerInfo) -> str:
    return f"{layer.name}: {layer.operation}."
