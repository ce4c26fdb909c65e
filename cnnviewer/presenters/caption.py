"""The line that names what is on the screen: the window's title, and the caption of everything exported."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

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
    data = data_title(about.data_key) if about.dataset else QCoreApplication.translate("Caption", "unknown data")
    if not running and not facts.get("untrained"):
        data = QCoreApplication.translate("Caption", "trained on {data}").format(data=data)
    parts = [title_of(about.model_key), data]
    if running:
        parts += [_step(step), _seed(running.seed)]
    elif facts.get("untrained"):
        parts.append(QCoreApplication.translate("Caption", "untrained"))
    else:
        parts += [
            _step(int(step or facts.get("step", 0))),
            _seed(facts.get("seed", QCoreApplication.translate("Caption", "unknown"))),
        ]
    return " · ".join(parts)


def _step(step: int) -> str:
    return QCoreApplication.translate("Caption", "step {step}").format(step=f"{step:,}")


def _seed(seed: object) -> str:
    return QCoreApplication.translate("Caption", "seed {seed}").format(seed=seed)
