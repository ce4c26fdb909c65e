"""The line that names what is on the screen: the window's title, and the caption of everything exported."""

from __future__ import annotations

from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.resolve import title_of
from cnnviewer.presenters.run_names import data_title


def caption_of(state: ModelState, step: int, running: TrainConfig | None = None) -> str:
    """One line that names model, data, step and seed of the weights shown.

    The data are those the weights were trained on, whatever is chosen beside them, and it says so.

    While a training runs (`running`) the weights shown are its own, not those of `state`.
    """
    recipe, facts = state.recipe, state.provenance
    about = running or recipe
    data = data_title(about.data_key) if about.dataset else "unknown data"
    if not running and not facts.get("untrained"):
        data = f"trained on {data}"
    parts = [title_of(about.model_key), data]
    if running:
        parts += [f"step {step:,}", f"seed {running.seed}"]
    elif facts.get("untrained"):
        parts.append("untrained")
    else:
        parts += [f"step {int(step or facts.get('step', 0)):,}", f"seed {facts.get('seed', 'unknown')}"]
    return " · ".join(parts)
