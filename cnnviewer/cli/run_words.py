"""A run as text: as a row of a table, as a page, and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from cnnviewer.core.counting import counted
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.mutes import as_plain, listed
from cnnviewer.core.plain_text import as_text
from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.format.metrics_file import read_steps
from cnnviewer.core.runs.format.snapshot_steps import kept_steps
from cnnviewer.core.runs.read.repeating import commands, why_not_exact
from cnnviewer.core.runs.read.summary import RunSummary, in_bytes
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog


def row(run: RunSummary) -> tuple[str, ...]:
    """A table's cells: name, model, data, state, accuracy, epochs, date, size, note."""
    info = run.info
    return (
        run.title,
        _short_model(info.config.model_key),
        as_text(info.config.data_key.title),
        run.state,
        accuracy(run),
        f"{run.epochs_done}/{info.config.epochs}",
        local(info.created)[:16],
        in_bytes(run.size),
        run.notes.note,
    )


def accuracy(run: RunSummary) -> str:
    """The accuracy on the test images, else that of the last validation, marked `val`."""
    if run.accuracy is None:
        return "–"
    return f"{100 * run.accuracy:.2f}%" + ("" if run.tested else " val")


def _short_model(model: ModelKey) -> str:
    """A model's key as a column shows it: the file name of a path, `design` of a design."""
    return as_text(Path(model.rest).name) if model.is_own else model.short


def facts(run: RunSummary) -> dict[str, object]:
    """Everything that is known about a run, for JSON; the keys are a contract."""
    info = run.info
    return {
        "id": info.id,
        "name": run.notes.name,
        "note": run.notes.note,
        "folder": str(run.folder),
        "model": info.config.model,
        "dataset": info.config.dataset,
        "state": run.state,
        "accuracy": run.accuracy,
        "accuracy_of": "test" if run.tested else info.validation_name,
        "validation_accuracy": run.validation_accuracy,
        "epochs": info.config.epochs,
        "epochs_done": run.epochs_done,
        "step": run.step,
        "seconds": run.seconds,
        "created": info.created,
        "size": run.size,
        "moments": run.snapshots,
        "sweep": info.sweep,
        "parent": asdict(info.parent) if info.parent else None,
        **({"muted": as_plain(info.mutes)} if info.mutes else {}),
        "problem": info.problem,
        "config": asdict(info.config),
        "counts": dict(info.counts),
        "data_notes": list(info.data_notes),
        "result": dict(info.result) if info.result is not None else None,
        "marks": [asdict(mark) for mark in run.notes.marks],
        "commands": list(commands(info, run.folder)),
        "not_exact": [str(reason) for reason in why_not_exact(info)],
        "versions": dict(info.versions),
        "deviations": [asdict(deviation) for deviation in info.deviations],
    }


def description(run: RunSummary) -> Iterator[str]:
    """The lines of a page about a run."""
    info = run.info
    yield run.title
    if run.notes.note:
        yield from (f"  {line}" for line in run.notes.note.splitlines())
    lines = [
        ("id", info.id),
        ("folder", str(run.folder)),
        ("created", local(info.created)),
        ("state", f"{run.state}: {info.problem}" if info.problem else run.state),
        ("epochs", f"{run.epochs_done} of {info.config.epochs}, {counted('{n:step|steps}', n=run.step)}{_time(run)}"),
        ("accuracy", _accuracy_in_words(run)),
        ("size", in_bytes(run.size)),
        ("snapshots", _snapshots(run)),
    ]
    if run.is_copy:
        lines.append(("copy", f"or renamed: it was {info.id}"))
    if info.parent is not None:
        lines.append(("branched", f"from {info.parent.run} after step {info.parent.step}"))
    if info.mutes:
        lines.append(("muted", listed(info.mutes)))
    if info.sweep:
        lines.append(("sweep", info.sweep))
    lines += [("data", note) for note in info.data_notes]
    lines += [("mark", f"step {mark.step}: {mark.text}") for mark in run.notes.marks]
    yield from _pairs(lines)
    yield "configuration"
    yield from _pairs([(name, str(getattr(info.config, name))) for name in TrainConfig.__dataclass_fields__])
    yield "made with"
    yield from _pairs(list(info.versions.items()))
    yield "repeat it with"
    yield from (f"  {command}" for command in commands(info, run.folder))
    yield from (f"  not exact: {reason}" for reason in why_not_exact(info, _log(run.folder)))


def _log(folder: Path) -> MetricLog:
    log = MetricLog()
    log.extend_steps(read_steps(folder)[0])
    return log


def _accuracy_in_words(run: RunSummary) -> str:
    said = []
    if run.info.result is not None and run.accuracy is not None:
        said.append(f"{100 * run.accuracy:.2f}% of {counted('{n:test image|test images}', n=run.info.result['total'])}")
    if run.validation_accuracy is not None:
        said.append(f"{100 * run.validation_accuracy:.2f}% in the last validation")
    return ", ".join(said) or ("none: its loss is not a finite number" if run.epochs_done else "none yet")


def _time(run: RunSummary) -> str:
    return f", {run.seconds:.1f} s of training" if run.seconds else ""


def _snapshots(run: RunSummary) -> str:
    steps = kept_steps(run.folder)
    return f"{len(steps)}, from step {steps[0]} to step {steps[-1]}" if steps else "none"


def _pairs(pairs: list[tuple[str, str]]) -> Iterator[str]:
    wide = max((len(name) for name, _ in pairs), default=0)
    return (f"  {name:<{wide}}  {value}" for name, value in pairs)
