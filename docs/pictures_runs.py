"""Pictures of a sweep, of two runs compared and of the list of runs, for the user guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.core.runs.read.library import list_runs

if TYPE_CHECKING:
    from pictures import Camera

RATES = "0.003, 0.01, 0.03, 0.1"


def swept(runs_dir: Path) -> list[Path]:
    """The sweep's runs that have ended."""
    return [run.folder for run in list_runs(runs_dir) if run.info.sweep and run.state == "finished"]


def runs(camera: Camera) -> None:
    """A sweep of learning rates from its form to its plot; its best and its worst run side by side; all in a list."""
    window, program = camera.window, camera.program
    window.show_workspace("compare", "sweep")
    camera.find("sweepLearningRatesEdit").setText(RATES)
    camera.find("sweepEpochsSpin").setValue(1)
    camera.until(lambda: camera.find("sweepStartButton").isEnabled())
    camera.find("sweepStartButton").click()
    camera.until(lambda: len(swept(program.settings.runs_dir)) == RATES.count(",") + 1, 1800)
    camera.until(lambda: not program.session.training)
    camera.sleep(1)
    camera.dismiss()
    camera.take("sweep", helps=True)
    folders = sorted(swept(program.settings.runs_dir))
    program.window.runs_view.compare_requested.emit([folders[0], folders[-1]])
    camera.sleep(3)
    camera.take("compare", helps=True)
    camera.sleep(2)
    camera.find("runsTableButton").click()
    camera.sleep(0.6)
    camera.take("runs", camera.find("runsView"))
    camera.find("runsTableButton").click()
    window.show_workspace("explore")
