"""Try an installed cnnviewer: `python try_installed.py [VERSION]` with the Python of the environment it is in.

Asks its version, trains one step from the command line, writes the report of that run, and opens the window, which
predicts a digit and learns one batch. Everything is written into a temporary folder. The exit status is 1 when one of
these does not work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TRAINING_IMAGES = 10_800
"""Of the built-in digits, without those held out for validation: one batch of them all is an epoch of one step."""
PATIENCE = 120.0  # seconds that the window may take for a thing


def command(*arguments: str) -> str:
    """What the installed command prints to standard output."""
    program = Path(sys.executable).with_name("cnnviewer.exe" if sys.platform == "win32" else "cnnviewer")
    done = subprocess.run([program, *arguments], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"cnnviewer {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def try_version(expected: str | None) -> None:
    """The command and the package tell one version: the expected one."""
    import cnnviewer

    place = Path(cnnviewer.__file__).resolve()
    if not place.is_relative_to(Path(sys.prefix).resolve()):
        raise SystemExit(f"{place} is not in the environment {sys.prefix}: this would try a checkout.")
    told = command("--version").strip()
    print(told)
    if told != f"cnnviewer {cnnviewer.__version__}" or expected not in (None, cnnviewer.__version__):
        raise SystemExit(f"cnnviewer --version says {told!r}; expected {expected or cnnviewer.__version__}.")


def try_training(folder: Path) -> None:
    """One step from the command line gives weights that are evaluated, and a run that is reported."""
    weights = folder / "weights.safetensors"
    batch = ("--epochs", "1", "--batch-size", str(TRAINING_IMAGES))
    where = ("--data-dir", str(folder), "--runs-dir", str(folder / "runs"), "--out", str(weights))
    command("train", "--model", "lenet", "--dataset", "builtin-digits", *batch, *where)
    evaluated = json.loads(
        command(
            "evaluate", "--weights", str(weights), "--dataset", "builtin-digits", "--data-dir", str(folder), "--json"
        )
    )
    print(f"one step: {evaluated['correct']} of {evaluated['total']} test images right")
    report = folder / "report.html"
    command("report", "last", "--runs-dir", str(folder / "runs"), "--data-dir", str(folder), "--out", str(report))
    print(f"report: {report.stat().st_size:,} bytes")


def try_window(folder: Path) -> None:
    """The window shows what the bundled LeNet predicts, learns one batch and closes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from cnnviewer.app import launch  # first of all that imports Qt: it settles the order of torch and Qt

    app, window = launch(["--data-dir", str(folder), "--settings", str(folder / "settings.ini")])
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

    def wait(what: str, reached: object) -> None:
        until = time.monotonic() + PATIENCE
        while not reached():  # type: ignore[operator]
            if time.monotonic() > until:
                raise SystemExit(f"After {PATIENCE:.0f} seconds {what}.")
            app.processEvents()
            time.sleep(0.01)

    prediction = window.findChild(QWidget, "predictionView")
    wait("the window predicts nothing", lambda: len(prediction.property("ranking") or ()) == 10)
    print(f"window: predicted {prediction.property('ranking')[0][0]}")
    data = window.findChild(QComboBox, "datasetCombo")
    data.setCurrentIndex(data.findData("builtin-digits"))
    step = window.findChild(QAbstractButton, "stepButton")
    runs = folder / "runs"
    before = set(runs.iterdir())
    wait("no step can be taken", step.isEnabled)
    step.click()
    wait("no run was begun", lambda: set(runs.iterdir()) - before)
    window.close()
    app.processEvents()
    print("window: learned a batch, closed")


def main() -> int:
    """Try one after the other."""
    try_version(sys.argv[1] if len(sys.argv) > 1 else None)
    with tempfile.TemporaryDirectory(prefix="cnnviewer-try-", ignore_cleanup_errors=True) as folder:
        try_training(Path(folder))
        try_window(Path(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
