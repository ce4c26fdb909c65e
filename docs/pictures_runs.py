"""Pictures of a sweep, of two runs compared and of the list of runs, for the user guide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.core.runs.library import list_runs

if TYPE_CHECKING:
    from pictures import Camera

RATES = "0.003, 0.01, 0.03, 0.1"


def swept(runs_dir: Path) -> list[Path]:
    """The sweep's runs that have ended."""
    return [run.folder for run in list_runs(runs_dir) if run.info.sweep and run.state == "finished"]


def runs(camera: Camera) -> None:
    """A sweep of learning rates from its form to its plot; its best and its worst run side by side; all in a list."""
    window, program = camera.window, camera.program
    centre = window.centre
    centre.open("sweep")
    camera.find("sweepLearningRatesEdit").setText(RATES)
    camera.find("sweepEpochsSpin").setValue(1)
    camera.until(lambda: camera.find("sweepStartButton").isEnabled())
    camera.find("sweepStartButton").click()
    camera.until(lambda: len(swept(program.runs_dir)) == RATES.count(",") + 1, 300)
    camera.until(lambda: not program.session.training)
    camera.sleep(1)
    camera.take("sweep", centre)
    folders = sorted(swept(program.runs_dir))
    program.run_parts.compare([folders[0], folders[-1]])
    camera.sleep(3)
    camera.take("compare", centre)
    centre.open("network")
    window.show_runs()
    camera.sleep(2)
    camera.take("runs", camera.find("runsDock"))
    camera.tab("curvesDock")
