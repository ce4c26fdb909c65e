"""The weights that a command is about: a snapshot of a run, a file, or the bundled ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli.arguments import Consent, Folders, WeightsRequest
from cnnviewer.cli.exit_codes import RequestError, tell, wrong
from cnnviewer.cli.trusted_models import trust_run, trusted
from cnnviewer.core.counting import counted
from cnnviewer.core.models.trial.trial import Fit
from cnnviewer.core.runs.read.library import find_run

if TYPE_CHECKING:
    from cnnviewer.core.data.info import DataInfo
    from cnnviewer.core.models.key import ModelKey
    from cnnviewer.core.models.state import ModelState


def run_folder(folders: Folders, run: str) -> Path:
    """The folder of the run that the user names.

    Raises:
        RequestError: there is no such run, or several.
    """
    return wrong(find_run, folders.runs, run)


def kept_step(folder: Path, requested: str) -> int:
    """The step whose snapshot `requested` means: a number, `best` or `last`.

    Raises:
        RequestError: there is no such snapshot; the sentence names the nearest ones.
    """
    from cnnviewer.core.runs.read.history import steps_at_hand
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    run = wrong(OpenedRun.read, folder)
    steps = steps_at_hand(folder)
    if not steps:
        raise RequestError("The run {folder} has no snapshots.", folder=folder.name)
    if requested == "last":
        return steps[-1]
    if requested == "best":
        if run.best_step is None:
            raise RequestError("The run {folder} has no best snapshot yet: no epoch is done.", folder=folder.name)
        return run.best_step
    if not requested.isascii() or not requested.isdigit():
        raise RequestError("{step} is no step: write a number, best or last.", step=requested)
    step = int(requested)
    if step not in steps and step != run.best_step:
        near = sorted(sorted(steps, key=lambda kept: abs(kept - step))[:2])
        raise RequestError(
            "There is no snapshot after step {step}; the nearest are {near}.",
            step=step,
            near=" and ".join(map(str, near)),
        )
    return step


def state_of(folder: Path, step: str, consent: Consent) -> ModelState:
    """The weights of the run in `folder` at `step`: a step with a snapshot, `best`, or `last`, where it ended.

    Raises:
        RequestError: there is no such snapshot, or the run's own model must not be run.
    """
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    run = wrong(OpenedRun.read, folder)
    trust_run(consent, run.info)
    snapshot = wrong(run.end) if step == "last" else wrong(run.snapshot, kept_step(folder, step))
    if not snapshot.exact:
        tell(f"The snapshot after step {snapshot.step} has eight bits per weight; best and last are exact.")
    return snapshot.state


def chosen_weights(
    request: WeightsRequest, folders: Folders, consent: Consent, info: DataInfo | None = None
) -> ModelState:
    """The weights that `request` means, which read images as it says; `info` is about the chosen data set.

    Raises:
        RequestError: they cannot be read, or the request contradicts itself.
    """
    from cnnviewer.core.models.normalisation import as_asked, for_data

    state = for_data(_weights(request, folders, consent, info), info)
    if (request.input_size, request.mean, request.std) != (None, None, None):
        state = wrong(as_asked, state, request.input_size, request.mean, request.std)
    return state


def own_model_of(file: Path) -> ModelKey | None:
    """The user's own model that a weights file names; None where it names none.

    Raises:
        RequestError: its Python file is not where it was.
    """
    from cnnviewer.core.models.weights import recorded_model

    recorded = recorded_model(file)
    if recorded is None or not recorded.is_own:
        return None
    code, call = wrong(recorded.own_code)
    if not code.is_file():
        raise RequestError(
            "{file} holds weights of {name}, whose file {code} is not there: say where it is now, with "
            "--model file:PATH::{name} --trust.",
            file=file.name,
            name=call.text,
            code=code,
        )
    return recorded


def _weights(request: WeightsRequest, folders: Folders, consent: Consent, info: DataInfo | None) -> ModelState:
    from cnnviewer.core.models.weights import bundled, load_weights

    if request.run is not None:
        if request.file is not None or request.model is not None:
            raise RequestError("A run has its own weights and model: leave --weights and --model out.")
        return state_of(run_folder(folders, request.run), request.step, consent)
    if request.step != "last":
        raise RequestError("--step is about a run: say --run RUN.")
    # the weights say which images they read: here it is only tried whether the model can be built
    tried = Fit(info.shape, len(info.classes)) if info is not None else Fit((3, 32, 32), 10)
    model = trusted(consent, request.model, tried, fits=False) if request.model is not None else None
    if request.file is None:
        return wrong(bundled, model or "lenet")
    if model is None and (recorded := own_model_of(request.file)) is not None:
        trusted(consent, recorded, tried, fits=False)
    state = wrong(load_weights, request.file, model, info, request.input_size)
    if state.read_as != "weights":
        under = f', found under "{state.provenance["prefix"]}"' if "prefix" in state.provenance else ""
        if "left" in state.provenance:
            under += f"; those under {state.provenance['left']} were left out"
        tensors = counted("{n:tensor|tensors}", n=len(state.tensors))
        tell(f"{request.file.name}: {state.provenance['loaded']} of {tensors} loaded{under}.")
    return state
