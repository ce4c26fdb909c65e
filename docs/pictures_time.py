"""Pictures of the time machine and the evaluation, for the user guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pictures import Camera


def through_time(camera: Camera) -> None:
    """The bar in the middle of a run that has ended, and what its weights read then."""
    window, program = camera.window, camera.program
    machine = program.run_parts.time.machine
    camera.tab("curvesDock")
    window.time_bar.slider.setValue(machine.timeline.index_of(180))
    camera.until(lambda: program.looking.inspection.step == machine.step)
    camera.sleep(0.5)
    camera.take("time")
    camera.tab("evaluationDock")
    evaluating = program.run_parts.time.evaluating
    camera.until(lambda: evaluating.table is not None and evaluating.table.complete)
    camera.take("evaluation", camera.find("evaluationDock"))
    camera.tab("curvesDock")
    camera.find("timeNowButton").click()
    camera.settled()
