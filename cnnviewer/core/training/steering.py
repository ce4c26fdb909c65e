"""What each button that steers a training will do, decided before it is pressed. Free of torch: the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cnnviewer.core.training.progress import RunState

Ending = Literal["under way", "interrupted", "stopped", "finished", "failed"]

Obstacle = Literal["", "unsaved", "elsewhere", "checkpoint", "model", "data", "device"]
"""Why a run cannot be resumed: it is in memory only, another process trains it, its checkpoint is missing
or damaged, or the model, the images or the device that it needs are not here."""

Lack = Literal["", "refused", "data"]
"""Why no training can begin: the model or the data set chosen cannot be used, which is said beside them, or the images
are not on this computer."""


@dataclass(frozen=True)
class ShownRun:
    """The run that is shown, as far as the buttons depend on it.

    Attributes:
        name: as shown to the user.
        step: steps learned where it was left; it resumes with the next one.
        epochs: how many it was to have.
        epochs_done: whole epochs.
        ending: how the last training of it ended.
        obstacle: why it cannot be resumed.
        on_screen: whether its weights are on the screen; else nothing but the way back to it is offered.
        chosen: whether the model and the data set that are chosen are its own, too.
        all_learned: whether every batch of its epochs is learned, though the last of them may not be evaluated yet.

    """

    name: str
    step: int
    epochs: int
    epochs_done: int
    ending: Ending
    obstacle: Obstacle = ""
    on_screen: bool = True
    chosen: bool = True
    all_learned: bool = False


@dataclass(frozen=True)
class Situation:
    """Everything that the buttons depend on.

    Attributes:
        state: of the training under way here.
        model: title of the model that is chosen.
        epochs: the number that is chosen.
        run: the run that is shown; None before the first.
        shown_step: the step of its past whose weights are on the screen; None: another step or other weights.
        others: whether weights are on the screen that are neither random, nor the program's own, nor the run's.
        trained: whether the weights on the screen have learned something, and read the images of the data set.
        sweeping: whether the training under way is one of a sweep.
        lack: why nothing can be trained with the model and the data set chosen.

    """

    state: RunState = "idle"
    model: str = ""
    epochs: int = 1
    run: ShownRun | None = None
    shown_step: int | None = None
    others: bool = False
    trained: bool = False
    sweeping: bool = False
    lack: Lack = ""


@dataclass(frozen=True)
class Steering:
    """What stands on the buttons and which of them are enabled.

    Attributes:
        state: of the training under way here.
        model: title of the model that a new run trains.
        run: name of the run shown; empty without one.
        can_train: a new run can be started. It begins with random weights, always.
        can_train_from: a new run can begin with the weights on the screen.
        anew: whether other weights than the program's own are on the screen, which a new run does not begin with.
        can_step: one batch can be learned; of a training that waits after its last one none is left.
        next_step: the step of the run shown that it is; None: the first one of a new run.
        can_resume: the run shown can be resumed.
        at_step: the step that it resumes with; None: everything is learned, only its test images are left.
        to_epoch: up to which epoch it is trained.
        more_epochs: how many are added to a finished run; 0 for one that has not come to its end.
        failed: whether it ended because its numbers did.
        obstacle: why it cannot be resumed.
        can_go_back: the run was left for other weights, and can be shown again.
        branch_step: the step of the past from which a branch is offered; None: none is.
        branch_waits: an earlier step is shown, but a training is under way, which must end before a branch begins.
        can_pause, can_stop: of the training under way.
        primary: the button that is most likely used next: a run of another data set than the chosen one is not
            resumed by default.
        sweeping: whether Stop ends a sweep.
        lack: why nothing can be trained with the model and the data set chosen.

    """

    state: RunState = "idle"
    model: str = ""
    run: str = ""
    can_train: bool = True
    can_train_from: bool = False
    anew: bool = False
    can_step: bool = True
    next_step: int | None = None
    can_resume: bool = False
    at_step: int | None = None
    to_epoch: int = 0
    more_epochs: int = 0
    failed: bool = False
    obstacle: Obstacle = ""
    can_go_back: bool = False
    branch_step: int | None = None
    branch_waits: bool = False
    can_pause: bool = False
    can_stop: bool = False
    primary: Literal["pause", "resume_run", "train"] = "train"
    sweeping: bool = False
    lack: Lack = ""


def steer(now: Situation) -> Steering:
    """What the buttons do in this situation.

    Train always begins a new run. Step learns the next batch of the run shown if that has one left and the model and
    the data set chosen are its own; else the first batch of a new run. A finished run is offered as many epochs as are
    chosen, where those are more than it has, else as many again as it has. A run that was left for other weights is
    neither resumed nor branched from: only the way back to it is offered.
    """
    idle, left = now.state == "idle", now.state == "idle" and now.run is not None and not now.run.on_screen
    run = None if left else now.run
    lack: Lack = now.lack if idle else ""
    needs_refused = lack == "refused" and run is not None and run.chosen
    can_resume = idle and run is not None and not run.obstacle and run.ending != "under way" and not needs_refused
    to_epoch = _to_epoch(run, now.epochs) if run is not None else 0
    more = run is not None and _has_more(run, to_epoch)
    return Steering(
        state=now.state,
        model=now.model,
        run=now.run.name if now.run is not None else "",
        can_train=idle and not lack,
        can_train_from=idle and now.trained and not lack,
        anew=now.run is not None or now.others,
        can_step=(idle and not lack) or (now.state == "paused" and not (run is not None and run.all_learned)),
        next_step=_next_step(now, can_resume and more),
        can_resume=can_resume,
        at_step=run.step + 1 if run is not None and (run.ending == "finished" or more) else None,
        to_epoch=to_epoch,
        more_epochs=to_epoch - run.epochs if run is not None and run.ending == "finished" else 0,
        failed=run is not None and run.ending == "failed",
        obstacle=run.obstacle if run is not None else "",
        can_go_back=left,
        branch_step=now.shown_step if idle and run is not None and _can_branch(run) and not needs_refused else None,
        branch_waits=not idle and now.shown_step is not None,
        can_pause=now.state in ("running", "paused"),
        can_stop=now.state in ("preparing", "running", "paused"),
        primary=_primary(now, can_resume),
        sweeping=now.sweeping and not idle,
        lack=lack,
    )


def _primary(now: Situation, can_resume: bool) -> Literal["pause", "resume_run", "train"]:
    if now.state in ("running", "paused"):
        return "pause"
    return "resume_run" if can_resume and now.run is not None and now.run.chosen else "train"


def _next_step(now: Situation, has_next: bool) -> int | None:
    run = now.run
    if run is None:
        return None
    if now.state != "idle":
        return run.step + 1
    return run.step + 1 if has_next and run.chosen else None


def _has_more(run: ShownRun, to_epoch: int) -> bool:
    """Whether steps up to this epoch are left of a run that has not come to its end."""
    learned = run.epochs if run.all_learned else run.epochs_done
    return run.ending != "finished" and learned < to_epoch


def _to_epoch(run: ShownRun, epochs: int) -> int:
    """Up to which epoch the run is trained: the number chosen where it is for it and leaves something to learn."""
    done = run.epochs if run.ending == "finished" else run.epochs_done
    if run.chosen and epochs > done:
        return epochs
    return 2 * run.epochs if run.ending == "finished" else run.epochs


def _can_branch(run: ShownRun) -> bool:
    """A branch needs the snapshot, the model and the images; the device may be another."""
    return run.obstacle not in ("unsaved", "model", "data")
