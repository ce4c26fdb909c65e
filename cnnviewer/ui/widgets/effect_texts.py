"""The sentences about muted channels."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent


def effect_text(effect: Effect) -> str:
    """What the mutes do to the predictions: `Sample of 1,200 test images: 4 became wrong, 2 became correct`."""
    translate, after = QCoreApplication.translate, effect.after
    if after.complete:
        images = translate("Mutes", "{count:test image|test images}")
    else:
        images = translate("Mutes", "Sample of {count:test image|test images}")
    worse, better = len(effect.became_wrong), len(effect.became_correct)
    if not worse and not better:
        change = translate("Mutes", "none changes between correct and wrong")
    else:
        change = translate("Mutes", "{worse} became wrong, {better} became correct").format(
            worse=f"{worse:,}", better=f"{better:,}"
        )
    return f"{counted(images, count=f'{after.total:,}')}: {change}"


def class_texts(effect: Effect, most: int | None = None) -> list[str]:
    """Recall and precision of the classes that changed, before → after, the largest change first."""
    return [class_text(effect, index) for index in effect.classes_by_change[:most]]


def class_text(effect: Effect, index: int) -> str:
    """`4: recall 98.1 % → 92.4 %, precision 97.0 % → 99.2 %`."""
    before, after = effect.before, effect.after
    text = QCoreApplication.translate("Mutes", "{name}: recall {recall}, precision {precision}")
    return text.format(
        name=class_word(after.classes[index]),
        recall=_change(before.recall[index], after.recall[index]),
        precision=_change(before.precision[index], after.precision[index]),
    )


def _change(before: float, after: float) -> str:
    if before == after or (math.isnan(before) and math.isnan(after)):
        return _share(after)
    return f"{_share(before)} → {_share(after)}"


def _share(share: float) -> str:
    return percent(share) if math.isfinite(share) else "–"
