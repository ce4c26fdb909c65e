"""The words for what is on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.context import Context
from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.language import translate_title


def context_text(context: Context) -> str:
    """Such as `LeNet · MNIST · bundled, 99.47 %`, or `LeNet · MNIST · bundled · 2 channels muted`."""
    return f"{subject_text(context)} · {weights_text(context)}"


def subject_text(context: Context) -> str:
    """Model and data set, such as `LeNet · MNIST`."""
    data = translate_title(context.data)
    if context.loaded:
        return f"{context.model} · {data}"
    missing = QCoreApplication.translate("Context", "{data} (not loaded)").format(data=data)
    return f"{context.model} · {missing}"


def weights_text(context: Context) -> str:
    """The weights, such as `run “rate 0.05”, step 4,800`, whether a training is under way, and how many are muted."""
    parts = [_weights(context)]
    if context.learned:
        learned = QCoreApplication.translate("Context", "trained on {data}")
        parts[0] += ", " + learned.format(data=translate_title(context.learned))
    if context.training:
        parts.append(_training(context))
    if context.muted:
        muted = QCoreApplication.translate("Context", "{count:channel|channels} muted")
        parts.append(counted(muted, count=context.muted))
    return " · ".join(parts)


def _training(context: Context) -> str:
    translate = QCoreApplication.translate
    return translate("Context", "training paused") if context.paused else translate("Context", "training")


def _weights(context: Context) -> str:
    translate = QCoreApplication.translate
    match context.kind:
        case "bundled" if context.accuracy is not None:
            return translate("Context", "bundled, {percent} %").format(percent=percent(context.accuracy))
        case "bundled":
            return translate("Context", "bundled")
        case "imagenet":
            return translate("Context", "trained on ImageNet")
        case "untrained":
            return translate("Context", "untrained")
        case "file":
            return translate("Context", "file {file}").format(file=context.name)
        case "run" if context.name:
            return _at_step(translate("Context", "run “{run}”").format(run=context.name), context)
        case "run":
            return _at_step(translate("Context", "run"), context)
        case "training":
            return _at_step(_training(context), context)
        case "trained":
            return _at_step(translate("Context", "trained"), context)


def weights_tip(context: Context) -> str:
    """A sentence about what the colour of the chip's dot means."""
    translate = QCoreApplication.translate
    if context.muted:
        return translate("Context", "Channels are muted: what is computed now is not what the weights alone give.")
    if not context.newest:
        return translate("Context", "An earlier step of this run is on the screen.")
    if context.kind == "untrained":
        return translate("Context", "These weights are random: they have learned nothing.")
    return ""


def percent(share: float) -> str:
    """A share of 0 to 1 as percent with at most two decimals: `99.47`, `83.6`."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")


def _at_step(words: str, context: Context) -> str:
    if context.step is None:
        return words
    return QCoreApplication.translate("Context", "{weights}, step {step}").format(
        weights=words, step=f"{context.step:,}"
    )
