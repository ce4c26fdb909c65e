"""Moments, configurations and outcomes in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.runs.compare import Compared
from cnnviewer.core.runs.summary import RunSummary


def moment_text(column: Compared) -> str:
    """Which moment of its run a column is, with the step once it is known."""
    if isinstance(column.moment, int):
        return step_text(column, column.moment)
    last, best = QCoreApplication.translate("Compare", "last"), QCoreApplication.translate("Compare", "best")
    word = last if column.moment == "last" else best
    if column.step is None:
        return word
    return f"{word} · {step_text(column, column.step)}"


def step_text(column: Compared, step: int) -> str:
    """A step, with the epoch where it ends one."""
    per_epoch = column.steps_per_epoch
    if per_epoch and step and step % per_epoch == 0:
        text = QCoreApplication.translate("Compare", "step {step} (epoch {epoch})")
        return text.format(step=f"{step:,}", epoch=f"{step // per_epoch:,}")
    return QCoreApplication.translate("Compare", "step {step}").format(step=f"{step:,}")


def column_text(column: Compared) -> str:
    """A column's full name: its run and its moment."""
    return f"{column.title} · {moment_text(column)}"


def run_text(run: RunSummary) -> str:
    """A run of the list in one line: what it is called, its settings, how good it is, when it began."""
    config = run.info.config
    parts = [run.notes.name] if run.notes.name else []
    parts += [config.model, config.dataset, f"lr {config.learning_rate:g}", f"m {config.momentum:g}"]
    parts += [f"batch {config.batch_size}", f"seed {config.seed}"]
    if run.accuracy is not None:
        parts.append(f"{100 * run.accuracy:.2f} %")
    parts.append(run.info.created[:16].replace("T", " "))
    return " · ".join(parts)


def row_title(name: str) -> str:
    """What a row of the table is about."""
    titles = {
        "model": QCoreApplication.translate("Compare", "Model"),
        "dataset": QCoreApplication.translate("Compare", "Data set"),
        "device": QCoreApplication.translate("Compare", "Device"),
        "epochs": QCoreApplication.translate("Compare", "Epochs"),
        "batch_size": QCoreApplication.translate("Compare", "Batch size"),
        "learning_rate": QCoreApplication.translate("Compare", "Learning rate"),
        "momentum": QCoreApplication.translate("Compare", "Momentum"),
        "seed": QCoreApplication.translate("Compare", "Seed"),
        "weight_decay": QCoreApplication.translate("Compare", "Weight decay"),
        "schedule": QCoreApplication.translate("Compare", "Schedule"),
        "augmentation": QCoreApplication.translate("Compare", "Augmentation"),
        "dropout": QCoreApplication.translate("Compare", "Dropout"),
        "validation_fraction": QCoreApplication.translate("Compare", "Validation share"),
        "threads": QCoreApplication.translate("Compare", "Threads"),
        "images": QCoreApplication.translate("Compare", "Images (fingerprint)"),
        "parent": QCoreApplication.translate("Compare", "Branched off"),
        "sweep": QCoreApplication.translate("Compare", "Sweep"),
        "torch": QCoreApplication.translate("Compare", "PyTorch"),
        "system": QCoreApplication.translate("Compare", "System"),
        "state": QCoreApplication.translate("Compare", "State"),
        "compared_step": QCoreApplication.translate("Compare", "Step compared"),
        "steps_done": QCoreApplication.translate("Compare", "Steps done"),
        "epochs_done": QCoreApplication.translate("Compare", "Epochs done"),
        "best_step": QCoreApplication.translate("Compare", "Best step"),
        "best_validation_accuracy": QCoreApplication.translate("Compare", "Best validation accuracy"),
        "validation_accuracy": QCoreApplication.translate("Compare", "Last validation accuracy"),
        "validation_loss": QCoreApplication.translate("Compare", "Last validation loss"),
        "train_accuracy": QCoreApplication.translate("Compare", "Last training accuracy"),
        "train_loss": QCoreApplication.translate("Compare", "Last training loss"),
        "test_accuracy": QCoreApplication.translate("Compare", "Test accuracy"),
        "test_loss": QCoreApplication.translate("Compare", "Test loss"),
        "seconds": QCoreApplication.translate("Compare", "Time training"),
    }
    return titles.get(name, name)


def value_text(name: str, value: object) -> str:
    """A value of the table for a person."""
    if value is None:
        return QCoreApplication.translate("Compare", "the model's") if name == "dropout" else "–"
    if name.endswith("accuracy"):
        return f"{100 * float(str(value)):.2f} %"
    if name == "seconds":
        return duration(float(str(value)))
    if name == "state":
        return state_text(str(value))
    if isinstance(value, float):
        return f"{value:.4g}" if name.endswith("loss") else f"{value:g}"
    return f"{value:,}" if isinstance(value, int) and name != "seed" else str(value)


def state_text(state: str) -> str:
    """How a run stands, in a word."""
    words = {
        "waiting": QCoreApplication.translate("Compare", "waiting"),
        "running": QCoreApplication.translate("Compare", "running"),
        "interrupted": QCoreApplication.translate("Compare", "interrupted"),
        "stopped": QCoreApplication.translate("Compare", "stopped"),
        "finished": QCoreApplication.translate("Compare", "finished"),
        "failed": QCoreApplication.translate("Compare", "failed"),
    }
    return words.get(state, state)


def duration(seconds: float) -> str:
    """Seconds as a person says them: `48 s`, `3:05`, `1:02:09`."""
    if not math.isfinite(seconds):
        return "–"
    if seconds < 60:
        text = QCoreApplication.translate("Compare", "{n} s")
        return text.format(n=f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
