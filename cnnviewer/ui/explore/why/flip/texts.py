"""What a change of the image did, in sentences."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.adversarial.records import LARGEST, Flip
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent


def coarse_text(flip: Flip, classes: tuple[str, ...]) -> str:
    """What one step does, while a better change is searched."""
    found = flip_text(replace(flip, request=replace(flip.request, epsilon=flip.epsilon)), classes)
    return counted(QCoreApplication.translate("Flip", "One step, while more is tried: {found}"), found=found)


def found_text(flip: Flip, classes: tuple[str, ...]) -> str:
    """How the change was found, as another way may be chosen while it is shown, and what it does."""
    one = flip.request.attack == "fgsm"
    template = (
        QCoreApplication.translate("Flip", "One step: {found}")
        if one
        else QCoreApplication.translate("Flip", "Many steps: {found}")
    )
    return template.format(found=flip_text(flip, classes))


def flip_text(flip: Flip, classes: tuple[str, ...]) -> str:
    """Whether the answer changes, by how much the picture does, and what is predicted then."""
    before, after = (class_word(classes[each.label]) for each in (flip.before, flip.after))
    share = percent(flip.after.prediction.ranking[0][1])
    wanted = class_word(classes[flip.request.towards]) if flip.request.towards is not None else ""
    if flip.without_slope:
        return counted(
            QCoreApplication.translate(
                "Flip", "The gradient is 0 everywhere: these methods find no direction in which to change the image."
            )
        )
    if flip.request.towards == flip.before.label and flip.flipped and flip.epsilon == 0:
        return counted(QCoreApplication.translate("Flip", "The image is predicted as {name} already."), name=wanted)
    if flip.flipped and flip.request.epsilon is None:
        first = counted(
            QCoreApplication.translate(
                "Flip",
                "{before} becomes {after} ({share}) with {count:grey level|grey levels} of {all}, the fewest found.",
            ),
            count=flip.epsilon,
            all=LARGEST,
            before=before,
            after=after,
            share=share,
        )
    elif flip.flipped:
        first = counted(
            QCoreApplication.translate(
                "Flip", "{before} becomes {after} ({share}) with up to {count:grey level|grey levels}."
            ),
            count=flip.epsilon,
            before=before,
            after=after,
            share=share,
        )
    elif flip.request.epsilon is None:
        first = counted(
            QCoreApplication.translate(
                "Flip",
                "No change found, however large. Nearest: {count:grey level|grey levels}, predicted {after} ({share}).",
            ),
            count=flip.epsilon,
            after=after,
            share=share,
        )
    elif wanted:
        first = counted(
            QCoreApplication.translate(
                "Flip", "With up to {count:grey level|grey levels} the answer is not {name}, but {after} ({share})."
            ),
            count=flip.epsilon,
            name=wanted,
            after=after,
            share=share,
        )
    else:
        first = counted(
            QCoreApplication.translate(
                "Flip", "With up to {count:grey level|grey levels} the answer stays {after} ({share})."
            ),
            count=flip.epsilon,
            after=after,
            share=share,
        )
    pixels = flip.before.picture[0].size
    second = counted(
        QCoreApplication.translate("Flip", "{changed} of {count:pixel|pixels} changed, none by more than {most}."),
        changed=f"{flip.changed_pixels:,}",
        count=f"{pixels:,}",
        most=flip.largest_change,
    )
    return f"{first} {second}"
