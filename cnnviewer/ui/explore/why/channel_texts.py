"""The sentences of the page Channels."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.inspection.attribution.channel_records import Contributions
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.widgets.class_words import class_word


def title(found: Contributions, classes: tuple[str, ...]) -> str:
    """`What the logit of 9 (8.42) loses without each channel of conv2`."""
    request = found.request
    if found.log_odds:
        text = QCoreApplication.translate(
            "Channels", "What the log-odds of {target} against {against} ({score}) lose without a channel of {layer}"
        )
        return text.format(
            target=class_word(classes[request.target]),
            against=class_word(classes[1 - request.target]),
            score=number(found.score),
            layer=request.layer,
        )
    if request.against is None:
        text = QCoreApplication.translate(
            "Channels", "What the logit of {target} ({score}) loses without a channel of {layer}"
        )
        return text.format(target=class_word(classes[request.target]), score=number(found.score), layer=request.layer)
    text = QCoreApplication.translate(
        "Channels", "What logit {target} minus logit {against} ({score}) loses without a channel of {layer}"
    )
    return text.format(
        target=class_word(classes[request.target]),
        against=class_word(classes[request.against]),
        score=number(found.score),
        layer=request.layer,
    )


def sums(found: Contributions) -> str:
    """Whether the bars add up to what all channels carry together."""
    if found.adds_up:
        text = QCoreApplication.translate(
            "Channels",
            "The bars add up: their sum is {total}, and without all channels of the layer at once {together} is lost.",
        )
    else:
        text = QCoreApplication.translate(
            "Channels",
            "The bars do not add up: their sum is {total}, but without all channels of the layer at once {together} "
            "is lost. What lies behind the layer is not linear, so that channels stand in for one another or need one "
            "another.",
        )
    return text.format(total=_signed(found.total), together=_signed(found.together))


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)
