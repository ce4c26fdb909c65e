"""What the window asks for: handed over once, when the program is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviewer.ui.window.file_dialogs import Commands, PathLike
from cnnviewer.ui.window.images_dialogs import ImagesCommands
from cnnviewer.ui.window.model_dialogs import ModelCommands


@dataclass(frozen=True)
class WindowCommands:
    """Who carries out each command. Those that return a bool say whether it was done; none raises.

    Attributes:
        files: images, weights, drawings and exports.
        models: the user's own models.
        open_run: shows the run in a folder.
        save_run: saves the run shown in a folder.
        train_from_shown: asks what to freeze, then trains from the weights on the screen.
        resume_newest: resumes the newest run of the list.
        export_film: exports the run shown as a video.
        images: saves the images selected or listed in Evaluate.

    """

    files: Commands
    models: ModelCommands
    open_run: Callable[[PathLike], bool]
    save_run: Callable[[PathLike], bool]
    train_from_shown: Callable[[], None]
    resume_newest: Callable[[], None]
    export_film: Callable[[PathLike], bool]
    images: ImagesCommands
