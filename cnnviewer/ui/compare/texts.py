"""Snapshots, configurations and outcomes in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.compare.comparison import BranchPoint, ComparedRun, Titled
from cnnviewer.core.runs.compare.live_setting import LiveSetting
from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.ui.widgets.percent import exact_percent


def snapshot_text(column: ComparedRun) -> str:
    """Which snapshot of its run a column is, with the step once it is known."""
    if isinstance(column.snapshot, int):
        return step_text(column, column.snapshot)
    last, best = QCoreApplication.translate("Compare", "last"), QCoreApplication.translate("Compare", "best")
    word = last if column.snapshot == "last" else best
    if column.step is None:
        return word
    return f"{word} · {step_text(column, column.step)}"


def step_text(column: ComparedRun, step: int) -> str:
    """A step, with the epoch where it ends one."""
    per_epoch = column.steps_per_epoch
    if per_epoch and step and step % per_epoch == 0:
        text = QCoreApplication.translate("Compare", "step {step} (epoch {epoch})")
        return text.format(step=f"{step:,}", epoch=f"{step // per_epoch:,}")
    return QCoreApplication.translate("Compare", "step {step}").format(step=f"{step:,}")


def column_text(column: ComparedRun) -> str:
    """A column's full name: its run and its snapshot."""
    return f"{column.title} · {snapshot_text(column)}"


def run_text(run: RunSummary) -> str:
    """A run of the list in one line: what it is called, its settings, how good it is, when it began."""
    config = run.info.config
    parts = [run.notes.name] if run.notes.name else []
    parts += [config.model, config.dataset]
    parts += [setting_text(name, getattr(config, name)) for name in ("learning_rate", "momentum", "batch_size", "seed")]
    if run.accuracy is not None:
        parts.append(exact_percent(run.accuracy))
    parts.append(local(run.info.created)[:16])
    return " · ".join(parts)


def setting_text(name: str, value: float) -> str:
    """A setting that a sweep can vary, in a few words: `rate 0.1`, `20 epochs`."""
    match name:
        case "learning_rate":
            return QCoreApplication.translate("RunName", "rate {value}").format(value=f"{value:g}")
        case "momentum":
            return QCoreApplication.translate("RunName", "momentum {value}").format(value=f"{value:g}")
        case "batch_size":
            return QCoreApplication.translate("RunName", "batch {count}").format(count=f"{value:,}")
        case "epochs":
            return counted(QCoreApplication.translate("RunName", "{count:epoch|epochs}"), count=int(value))
    return QCoreApplication.translate("RunName", "seed {value}").format(value=value)


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
        "freeze": QCoreApplication.translate("Compare", "Frozen layers"),
        "threads": QCoreApplication.translate("Compare", "Threads"),
        "images": QCoreApplication.translate("Compare", "Images (fingerprint)"),
        "parent": QCoreApplication.translate("Compare", "Branched off"),
        "start": QCoreApplication.translate("Compare", "Began with"),
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
        "train_accuracy": QCoreApplication.translate("Compare", "Training accuracy, mean of the last epoch"),
        "train_loss": QCoreApplication.translate("Compare", "Training loss, mean of the last epoch"),
        "test_accuracy": QCoreApplication.translate("Compare", "Test accuracy at the last step"),
        "test_loss": QCoreApplication.translate("Compare", "Test loss at the last step"),
        "seconds": QCoreApplication.translate("Compare", "Time training"),
    }
    return titles.get(name, name)


def value_text(name: str, value: object) -> str:
    """A value of the table as shown to the user."""
    if value == "" and name == "freeze":
        return "–"
    if value is None:
        return _nothing_text(name)
    if name.endswith("accuracy"):
        return exact_percent(float(str(value)))
    if name == "seconds":
        return duration(float(str(value)))
    if name == "state":
        return state_text(str(value))
    if isinstance(value, BranchPoint):
        return QCoreApplication.translate("Compare", "{run}, step {step}").format(
            run=value.title, step=f"{value.step:,}"
        )
    if isinstance(value, Titled):
        return value.title
    if isinstance(value, LiveSetting):
        return live_setting_text(value, 3)
    if isinstance(value, tuple):  # steps that are equally good
        return " = ".join(f"{step:,}" for step in value)
    if isinstance(value, float):
        return f"{value:.4g}" if name.endswith("loss") else f"{value:g}"
    return f"{value:,}" if isinstance(value, int) and name != "seed" else str(value)


def _nothing_text(name: str) -> str:
    """What stands for a value that a run has not, or not yet."""
    if name == "dropout":
        return QCoreApplication.translate("Compare", "the model's")
    if name.startswith("test_"):
        return QCoreApplication.translate("Compare", "not tested yet")
    if name == "best_step" or name.endswith(("accuracy", "loss")):
        return QCoreApplication.translate("Compare", "no epoch yet")
    return "–"


def live_setting_text(setting: LiveSetting, most: int) -> str:
    """A changed setting: `0.01 → 0.1 from step 120`; of more than `most` changes the last alone."""
    shown = setting.changes if len(setting.changes) <= most else setting.changes[-1:]
    text = QCoreApplication.translate("Compare", "{value} from step {step}")
    left_out = ["…"] if len(shown) < len(setting.changes) else []
    changes = [text.format(value=f"{value:g}", step=f"{step:,}") for step, value in shown]
    return " → ".join([f"{setting.first:g}", *left_out, *changes])


def state_text(state: str) -> str:
    """How a run stands, in a word."""
    words = {
        "waiting": QCoreApplication.translate("Compare", "waiting"),
        "running": QCoreApplication.translate("Compare", "running"),
        "paused": QCoreApplication.translate("Compare", "paused"),
        "interrupted": QCoreApplication.translate("Compare", "interrupted"),
        "stopped": QCoreApplication.translate("Compare", "stopped"),
        "finished": QCoreApplication.translate("Compare", "finished"),
        "failed": QCoreApplication.translate("Compare", "failed"),
    }
    return words.get(state, state)


def duration(seconds: float) -> str:
    """Seconds as one says them: `48 s`, `3:05`, `1:02:09`."""
    if not math.isfinite(seconds):
        return "–"
    if seconds < 60:
        text = QCoreApplication.translate("Compare", "{n} s")
        return text.format(n=f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
