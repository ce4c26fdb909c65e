"""The data of a run, wherever they are now, and the commands that lead back to a run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli.arguments import Folders
from cnnviewer.cli.exit_codes import RequestError, tell, wrong
from cnnviewer.core.paths import default_data_dir
from cnnviewer.core.runs.read.repeating import in_words, program, quoted, with_options

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.errors import UserError
    from cnnviewer.core.runs.format.info import RunInfo
    from cnnviewer.core.runs.record.recorder import Recorder


def data_of_run(folders: Folders, folder: Path, info: RunInfo, dataset: str | None = None) -> DataSet:
    """The data set of a run.

    A path in the `run.json` of a run from elsewhere is read only after the user has named it.

    Args:
        folders: where data sets and runs are.
        folder: of the run.
        info: its description.
        dataset: the key that the user gives; None: that of the run.

    Raises:
        RequestError: the data are not there, or the user has to name the path.
    """
    from cnnviewer.core.data.registry import load

    key = dataset or info.config.dataset
    named = info.config.data_key
    path = named.path
    if path is not None and dataset is None:
        if not is_ours(folders, folder):
            raise RequestError(
                "{run} comes from elsewhere and names {path} as its data: say --dataset {key} if they may be read.",
                run=folder.name,
                path=path,
                key=key,
            )
        if not path.exists():
            raise RequestError(
                "The data of {run} are no longer in {path}: say where they are now, with --dataset {kind}:PATH.",
                run=info.id,
                path=path,
                kind=named.kind,
            )
    return wrong(load, key, data_dir_of(folders, folder, info), reading=info.recipe.reading)


def data_dir_of(folders: Folders, folder: Path, info: RunInfo) -> Path:
    """`--data-dir`; else the folder that the run was trained with, if its data set is still there."""
    from cnnviewer.core.data.registry import is_there

    remembered = info.source.data_dir
    if folders.data_dir is None and remembered and is_ours(folders, folder):
        usual = default_data_dir()
        if is_there(info.config.dataset, Path(remembered)) or not is_there(info.config.dataset, usual):
            return Path(remembered)
    return folders.data


def is_ours(folders: Folders, folder: Path) -> bool:
    """Whether a run lies in the folder of runs. One that lies elsewhere may be untrusted."""
    return os.path.realpath(folder.absolute().parent) == os.path.realpath(folders.runs)


def tell_changes(info: RunInfo, data: DataSet) -> tuple[UserError, ...]:
    """Print what has changed in a run's data since it was trained, and return it; another data set has not changed."""
    from cnnviewer.core.runs.read.changes import data_changes, in_one

    both_own = info.config.data_key.is_own and data.info.data_key.is_own
    if data.info.key != info.config.dataset and not both_own:
        return ()
    changes = data_changes(info, data)
    if changes:
        tell(f"The data changed since {info.id} was trained: {in_one(changes)}.")
    return changes


def tell_deviations(recording: Recorder) -> None:
    """Print why a run that resumes here is no longer exact."""
    for deviation in recording.info.deviations:
        if deviation.step == recording.training.step:
            tell(in_words(deviation))


def command_about(folders: Folders, words: str, folder: Path, info: RunInfo) -> str:
    """A command about a run, wherever it is, as the user types it.

    The run is named by its folder where it does not lie in the folder of runs.

    Args:
        folders: as they were given to this command; the new one gets them too.
        words: the command, such as `resume`.
        folder: of the run.
        info: its description.
    """
    ours = is_ours(folders, folder) and not folder.name.startswith("-")
    more: dict[str, object] = {}
    if folders.runs_dir is not None and ours:
        more["runs_dir"] = folders.runs_dir.absolute()
    if folders.data_dir is not None:
        more["data_dir"] = folders.data_dir.absolute()
    if not ours and info.config.data_key.is_own:
        more["dataset"] = info.config.dataset
    run = quoted(folder.name if ours else str(folder.absolute()))
    processes = int(info.versions.get("processes", "1")) if words == "resume" else 1
    return with_options(f"{program(processes)} {words} {run}", more, info.config.model_key.is_own)
