"""Which normalisation the images get, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.models.recipe import Normalisation


def normalisation_short(used: Normalisation) -> str:
    """Who says how images are normalised, in a few words."""
    return {
        "weights": QCoreApplication.translate("Normalisation", "normalised as the weights record"),
        "dataset": QCoreApplication.translate("Normalisation", "normalised as the data set says"),
        "model": QCoreApplication.translate("Normalisation", "normalised as usual for the model"),
        "asked": QCoreApplication.translate("Normalisation", "normalised as you chose"),
    }[used.by]


def normalisation_text(used: Normalisation) -> str:
    """The same in a sentence, with the numbers."""
    text = {
        "weights": QCoreApplication.translate(
            "Normalisation", "Images are normalised as the weights record: mean {mean}, standard deviation {std}."
        ),
        "dataset": QCoreApplication.translate(
            "Normalisation",
            "The weights record no normalisation. Images get that of the data set: mean {mean}, standard deviation "
            "{std}.",
        ),
        "model": QCoreApplication.translate(
            "Normalisation",
            "The weights record no normalisation. Images get the usual one of the model: mean {mean}, standard "
            "deviation {std}.",
        ),
        "asked": QCoreApplication.translate(
            "Normalisation", "Images are normalised as you chose: mean {mean}, standard deviation {std}."
        ),
    }[used.by]
    return text.format(mean=_listed(used.mean), std=_listed(used.std))


def normalisation_meaning() -> str:
    """What it means that images are normalised, in a sentence."""
    return QCoreApplication.translate(
        "Normalisation",
        "Normalised: of each pixel, 0 to 1, the mean is subtracted and the rest divided by the standard deviation.",
    )


def _listed(values: tuple[float, ...]) -> str:
    """One number where all channels have the same."""
    return ", ".join(f"{value:.4g}" for value in dict.fromkeys(values))
