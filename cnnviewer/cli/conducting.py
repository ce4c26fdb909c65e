"""A recorded training on the command line: its lines, its progress, and how it is interrupted."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from cnnviewer.cli.outcome import INTERRUPTED, tell
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.errors import UserError

if TYPE_CHECKING:
    from cnnviewer.core.runs.recording import Recording
    from cnnviewer.core.training.controls import Controls
    from cnnviewer.core.training.events import Finished


def conduct(recording: Recording, words: TextIO, go_on_with: str, tensorboard: bool = False) -> Finished | None:
    """Train to the end, printing the course's log to `words`; None when it was interrupted at a step boundary.

    A folder that can no longer be written to is told of once, on standard error; the training goes on.

    Args:
        recording: not begun yet.
        words: where the lines go.
        go_on_with: the command that goes on with the run.
        tensorboard: whether to write TensorBoard's event files too.

    Raises:
        TrainingFailed: the training stopped by itself; the run is kept as far as it came.
    """
    from cnnviewer.core.runs.tensorboard import FOLDER, told_to_tensorboard
    from cnnviewer.core.training.events import Finished, Started, StepDone
    from cnnviewer.core.training.log_text import LogText

    text = LogText(recording.info.config)
    runs_dir = recording.folder.parent if recording.folder is not None else None
    finished: Finished | None = None
    with ProgressBar() as bar, interruptible(recording.training.controls):

        def tell_problem(problem: UserError) -> None:
            bar.write(f"cnnviewer: {problem}", sys.stderr)

        recording.on_problem = tell_problem
        if recording.problem is not None:
            tell_problem(recording.problem)
        else:
            bar.write(f"Recorded in {recording.folder}", words)
        events = recording.events()
        if tensorboard and recording.folder is not None:
            events = told_to_tensorboard(events, recording.folder / FOLDER, recording.training.step)
        for event in events:
            for line in text.lines(event):
                bar.write(line, words)
            if isinstance(event, Started):
                bar.begin(event.total_steps, recording.training.step)
            elif isinstance(event, StepDone):
                bar.advance(event.loss)
            elif isinstance(event, Finished):
                finished = event
    if finished is None:
        kept = recording.folder is not None or (runs_dir is not None and say_where(recording, runs_dir))
        place = f"Interrupted after step {recording.training.step} of {recording.training.total_steps}"
        tell(f"{place}; everything is kept. Go on with:\n  {go_on_with}" if kept else f"{place}; it is not kept.")
    return finished


def say_where(recording: Recording, runs_dir: Path) -> bool:
    """After the end: whether the run is in a folder, if need be in `runs_dir` after all; says so where it is not."""
    if recording.folder is not None:
        return True
    try:
        recording.save_elsewhere(runs_dir)
    except UserError as error:
        tell(error)
        if (runs_dir / recording.info.id).is_dir():
            tell(f"What was recorded before is there: cnnviewer resume {recording.info.id} goes on from it.")
        return False
    tell(f"The run could be kept after all, in {recording.folder}.")
    return True


@contextmanager
def interruptible(controls: Controls) -> Iterator[None]:
    """The first SIGINT or SIGTERM ends the training at the next step boundary, the second one the process at once.

    A signal that was being ignored, as `nohup` does, stays so.
    """
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            # nothing is lost: a run's folder is whole at any instant
            os._exit(INTERRUPTED)
        asked = True
        controls.abandon = True
        # not print: the signal may have come in the midst of one
        os.write(2, b"\nStopping at the end of this step; once more stops at once.\n")

    before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
