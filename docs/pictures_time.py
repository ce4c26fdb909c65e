"""Pictures of the timeline and the evaluation, for the user guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pictures import Camera


def through_time(camera: Camera) -> None:
    """The timeline early in a run that has ended; the confusion matrix of then, with its most frequent error chosen."""
    window, program = camera.window, camera.program
    machine = program.presenters.time_machine
    window.timeline.slider.setValue(machine.timeline.index_of(180))
    camera.until(lambda: program.presenters.inspection.inspection.step == machine.step)
    camera.sleep(0.5)
    camera.take("time", helps=True)
    window.show_workspace("evaluate")
    evaluation = program.presenters.evaluation
    camera.until(lambda: evaluation.table is not None and evaluation.table.complete)
    wrong = evaluation.table.counts.copy()
    np.fill_diagonal(wrong, 0)
    row, col = np.unravel_index(wrong.argmax(), wrong.shape)
    matrix = camera.find("confusionMatrix")
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_centre(int(row), int(col)).toPoint())
    camera.sleep(0.6)
    camera.take("evaluation", helps=True)
    window.show_workspace("explore")
    camera.find("timeNowButton").click()
    camera.settled()
