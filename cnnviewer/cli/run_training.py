"""Run a recorded training on the command line: print its log and progress, stop it on a signal."""

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

from cnnviewer.cli.exit_codes import INTERRUPTED, tell
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.errors import UserError
from cnnviewer.core.paths import usual_runs_dir
from cnnviewer.core.runs.read.repeating import quoted, with_options

if TYPE_CHECKING:
    from cnnviewer.core.runs.record.recorder import Recorder
    from cnnviewer.core.training.controls import Controls
    from cnnviewer.core.training.events import Finished, TrainEvent


def run_training(recording: Recorder, words: TextIO, resume_with: str, tensorboard: bool = False) -> Finished | None:
    """Train to the end and print the log to `words`; None where it was interrupted at a step boundary.

    When the run's folder can no longer be written to, one sentence on standard error says so; the training continues.

    Args:
        recording: not begun yet.
        words: where the lines go.
        resume_with: the command that resumes the run.
        tensorboard: whether to write TensorBoard's event files too.

    Raises:
        TrainingFailed: the training stopped by itself; the run is kept up to there.
    """
    from cnnviewer.core.runs.record.tensorboard import FOLDER, logged_to_tensorboard
    from cnnviewer.core.training.events import Finished, Started, StepDone
    from cnnviewer.core.training.log_text import LogText

    text = LogText(recording.info.config)
    runs_dir = recording.folder.parent if recording.folder is not None else None
    finished: Finished | None = None
    with ProgressBar() as bar, interruptible(recording.training.controls):

        def show_error(problem: UserError | None) -> None:
            words = f"The run is recorded on disk again, in {recording.folder}." if problem is None else problem
            bar.write(f"cnnviewer: {words}", sys.stderr)

        recording.on_error = recording.on_info = show_error
        if recording.problem is not None:
            show_error(recording.problem)
        else:
            bar.write(f"Recorded in {recording.folder}", words)
        events: Iterator[TrainEvent] = recording.events()
        if tensorboard and recording.folder is not None:
            events = logged_to_tensorboard(events, recording.folder / FOLDER, recording.training.step, show_error)
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
        if kept:
            tell(f"{place}; everything is saved. Resume with:", f"  {resume_with}")
        else:
            tell(f"{place}; the run is not saved.")
    return finished


def say_where(recording: Recorder, runs_dir: Path) -> bool:
    """Whether the run is in a folder after its end. One in memory is written to `runs_dir` if possible.

    Prints where it is now, or what the user can do.
    """
    if recording.folder is not None:
        return True
    try:
        recording.save_elsewhere(runs_dir)
    except UserError as error:
        tell(error)
        if (runs_dir / recording.info.id).is_dir():
            where = {"runs_dir": runs_dir.absolute()} if runs_dir.absolute() != usual_runs_dir().absolute() else {}
            command = with_options(f"cnnviewer resume {quoted(recording.info.id)}", where)
            tell(f"What was recorded before is there: {command} resumes from it.")
        return False
    tell(f"The run could be saved after all, in {recording.folder}.")
    return True


@contextmanager
def interruptible(controls: Controls) -> Iterator[None]:
    """While entered: the first SIGINT or SIGTERM ends the training at the next step, the second one ends the process.

    A signal that was ignored before, as under `nohup`, is still ignored.
    """
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            # nothing is lost: a run's folder is valid at any instant
            os._exit(INTERRUPTED)
        asked = True
        controls.abandon = True
        # not print: the signal may have interrupted one
        os.write(2, b"\nStopping after this step; Ctrl+C again stops at once.\n")

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
