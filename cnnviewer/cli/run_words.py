"""A run in words: as a line of a table, as a page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from cnnviewer.core.runs.moments import kept_steps
from cnnviewer.core.runs.repeating import commands
from cnnviewer.core.runs.summary import RunSummary, in_bytes
from cnnviewer.core.training.config import TrainConfig


def row(run: RunSummary) -> tuple[str, ...]:
    """Name, model, data, state, accuracy, epochs, date, size, note."""
    info = run.info
    return (
        run.title,
        short_key(info.config.model),
        short_key(info.config.dataset),
        run.state,
        accuracy(run),
        f"{run.epochs_done}/{info.config.epochs}",
        info.created[:16].replace("T", " "),
        in_bytes(run.size),
        run.notes.note,
    )


def accuracy(run: RunSummary) -> str:
    """Of the test images, else of the last validation, which is said then."""
    if run.accuracy is None:
        return "–"
    return f"{100 * run.accuracy:.2f}%" + ("" if run.tested else " val")


def short_key(key: str) -> str:
    """A registry key as a column shows it: of a path its end, of a design that it is one."""
    kind, _, rest = key.partition(":")
    if not rest:
        return key
    return "design" if kind == "design" else Path(rest).name


def facts(run: RunSummary) -> dict[str, object]:
    """All that is known of a run, for programs."""
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
        "moments": run.moments,
        "sweep": info.sweep,
        "parent": asdict(info.parent) if info.parent else None,
        "problem": info.problem,
        "config": asdict(info.config),
        "counts": dict(info.counts),
        "result": dict(info.result) if info.result is not None else None,
        "marks": [asdict(mark) for mark in run.notes.marks],
        "commands": list(commands(info)),
        "versions": dict(info.versions),
        "code_changes": [{"step": change.step, "files": list(change.files)} for change in info.code_changes],
    }


def description(run: RunSummary) -> Iterator[str]:
    """A page about a run, line by line."""
    info = run.info
    yield run.title
    if run.notes.note:
        yield from (f"  {line}" for line in run.notes.note.splitlines())
    lines = [
        ("id", info.id),
        ("folder", str(run.folder)),
        ("created", info.created),
        ("state", f"{run.state}: {info.problem}" if info.problem else run.state),
        ("epochs", f"{run.epochs_done} of {info.config.epochs}, {run.step} steps{_time(run)}"),
        ("accuracy", _accuracy_in_words(run)),
        ("size", in_bytes(run.size)),
        ("moments", _moments(run)),
    ]
    if info.parent is not None:
        lines.append(("branched", f"from {info.parent.run} after step {info.parent.step}"))
    lines += [
        ("not exact", f"changed code from step {change.step} on: {', '.join(change.files)}")
        for change in info.code_changes
    ]
    if info.sweep:
        lines.append(("sweep", info.sweep))
    lines += [("mark", f"step {mark.step}: {mark.text}") for mark in run.notes.marks]
    yield from _pairs(lines)
    yield "configuration"
    yield from _pairs([(name, str(getattr(info.config, name))) for name in TrainConfig.__dataclass_fields__])
    yield "made with"
    yield from _pairs(list(info.versions.items()))
    yield "repeat it with"
    yield from (f"  {command}" for command in commands(info))


def _accuracy_in_words(run: RunSummary) -> str:
    said = []
    if run.info.result is not None:
        said.append(f"{100 * run.info.result['accuracy']:.2f}% of {run.info.result['total']} test images")
    if run.validation_accuracy is not None:
        said.append(f"{100 * run.validation_accuracy:.2f}% in the last validation")
    return ", ".join(said) or "none yet"


def _time(run: RunSummary) -> str:
    return f", {run.seconds:.1f} s of training" if run.seconds else ""


def _moments(run: RunSummary) -> str:
    steps = kept_steps(run.folder)
    return f"{len(steps)}, from step {steps[0]} to step {steps[-1]}" if steps else "none"


def _pairs(pairs: list[tuple[str, str]]) -> Iterator[str]:
    wide = max(len(name) for name, _ in pairs)
    return (f"  {name:<{wide}}  {value}" for name, value in pairs)
