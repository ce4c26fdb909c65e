"""Models that are Python files of a user: their code runs only with `--trust`, first in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviewer.cli.arguments import Consent
from cnnviewer.cli.exit_codes import RequestError, tell, wrong
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.own.code import check_code
from cnnviewer.core.models.trial.trial import Fit, Trial

if TYPE_CHECKING:
    from cnnviewer.core.runs.format.info import RunInfo


def check_trust(consent: Consent, model: ModelKey) -> None:
    """Refuse the user's own model without explicit consent.

    Raises:
        RequestError: the key cannot be read, or `--trust` is missing.
    """
    path, _ = wrong(model.own_code)
    if not consent.trust:
        raise RequestError("{file} is code that would be run: say --trust if you trust it.", file=path.name)


def trusted(consent: Consent, model: ModelKey, fit: Fit, fits: bool = True) -> str:
    """The registry key of `model`. A file of the user's own is run first, if the user has agreed.

    Its first run is in a process of its own, which also builds the model for the images of `fit`.

    Args:
        consent: what the user has agreed to.
        model: its key.
        fit: shape and number of classes of the images.
        fits: the model must be able to read them; False where it may be made for others.

    Raises:
        RequestError: the user has not agreed, or the file must not be run in this process.
    """
    if not model.is_own:
        return str(model)
    check_trust(consent, model)
    path, call = model.own_code()
    tell(f"Running {path.name} in a process of its own first …")
    with Trial() as trial:
        from cnnviewer.core.models.own.own_file import agree  # imports torch while the other process does

        notes = wrong(trial.run, path, call.text, fit, limit=consent.trust_seconds, fits=fits)
    for note in notes:
        tell(note)
    return wrong(agree, path, call.text)


def trust_run(consent: Consent, info: RunInfo) -> None:
    """Run the file of a run's own model first, if it is one; its code must be unchanged.

    Raises:
        RequestError: as `trusted`; or the code has changed, and `--changed-code` is missing.
    """
    model = info.config.model_key
    if not model.is_own:
        return
    check_trust(consent, model)
    changed = wrong(check_code, info.id, model, info.code, consent.changed_code)
    if changed:
        tell(f"{', '.join(changed)} changed since {info.id} was trained: the code is used as it is now.")
    trusted(consent, model, Fit(info.recipe.input_shape, len(info.recipe.classes)))
