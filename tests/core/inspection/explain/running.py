"""Runs the code of explanations where nothing of this program is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.snippet import file_stem

# Runs each file as a program of its own, in an empty namespace; one process for all saves PyTorch's second each.
_RUNNER = """
import contextlib, io, json, os, pathlib, sys
root, printed = pathlib.Path().resolve(), {}
for file in sorted(root.rglob("*.py")):
    out = io.StringIO()
    os.chdir(file.parent)
    with contextlib.redirect_stdout(out):
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), {"__name__": "__main__"})
    printed[file.relative_to(root).with_suffix("").as_posix()] = out.getvalue()
assert not any(name.startswith("cnnviewer") for name in sys.modules)
print(json.dumps(printed))
"""


def written(explanation: Explanation, folder: Path) -> str:
    """Write the code and the numbers that it reads; the file's name without its ending."""
    stem = file_stem(explanation)
    (folder / f"{stem}.py").write_text(explanation.snippet, encoding="utf-8")
    if explanation.tensors:
        np.savez(folder / f"{stem}.npz", **explanation.tensors)
    return stem


def printed_in(folder: Path) -> dict[str, str]:
    """What each file in the folder and below it prints."""
    run = subprocess.run(
        [sys.executable, "-I", "-c", _RUNNER], cwd=folder, capture_output=True, text=True, timeout=250, check=False
    )
    assert run.returncode == 0, run.stderr
    printed: dict[str, str] = json.loads(run.stdout)
    return printed
