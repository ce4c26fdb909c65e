"""What the page Maps says: names of methods, what each can and cannot say, and the numbers of a map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest, Method
from cnnviewer.ui.explore.network.labels import number
from cnnviewer.ui.widgets.class_words import class_word

translate = QCoreApplication.translate


def method_name(method: Method) -> str:
    """A method's name."""
    return {
        "gradient": translate("Attribution", "Gradient"),
        "gradient-x-input": translate("Attribution", "Gradient × input"),
        "integrated-gradients": translate("Attribution", "Integrated gradients"),
        "grad-cam": translate("Attribution", "Grad-CAM"),
        "occlusion": translate("Attribution", "Occlusion"),
    }[method]


def what_it_says(method: Method) -> str:
    """Two plain sentences: what a map of this method can say, and what it cannot."""
    return {
        "gradient": translate(
            "Attribution",
            "It says how fast the logit changes when a pixel changes a little. It cannot say what the pixel adds to "
            "the logit, and it shows nothing where the model no longer reacts to small changes.",
        ),
        "gradient-x-input": translate(
            "Attribution",
            "It says what each pixel would add to the logit if the model were linear around this image. It cannot show "
            "that a pixel with the mean value matters, because its input is 0 after normalisation.",
        ),
        "integrated-gradients": translate(
            "Attribution",
            "It divides the change of the logit, from the baseline to the image, among the pixels, and its sum can be "
            "checked. It cannot be read without its baseline: with another one the map is another.",
        ),
        "grad-cam": translate(
            "Attribution",
            "It says over which part of the image the maps of a layer raise the logit. It cannot show details smaller "
            "than a place of that layer, nor what lowers the logit when one class is asked about.",
        ),
        "occlusion": translate(
            "Attribution",
            "It says by how much the logit falls when a square of the image is covered. It cannot separate the missing "
            "pixels from what covers them, and misses evidence that is there twice.",
        ),
    }[method]


def score_name(classes: tuple[str, ...], request: AttributionRequest) -> str:
    """What is attributed."""
    name, opposite = class_word(classes[request.target]), request.opposite
    if opposite is None:
        return translate("Attribution", "logit of {name}").format(name=name)
    text = translate("Attribution", "logit of {name} − logit of {other}")
    if request.log_odds:
        text = translate("Attribution", "log-odds of {name} against {other}")
    return text.format(name=name, other=class_word(classes[opposite]))


def unit(method: Method) -> str:
    """Of a map's values."""
    return (
        translate("Attribution", "logits per unit of input")
        if method == "gradient"
        else translate("Attribution", "logits")
    )


def short_unit(method: Method) -> str:
    """Likewise, for a narrow place."""
    return translate("Attribution", "logits/unit") if method == "gradient" else translate("Attribution", "logits")


def facts(found: Attribution, classes: tuple[str, ...], final: bool) -> str:
    """The numbers of a map, in lines."""
    request = found.request
    lines = [f"{score_name(classes, request)} = {number(found.logit, 3)}"]
    if request.method == "integrated-gradients" and found.baseline_logit is not None:
        lines[0] += " · " + translate("Attribution", "of the baseline {before}").format(
            before=number(found.baseline_logit, 3)
        )
        lines += _completeness(found)
    elif request.method == "grad-cam" and found.peak is not None:
        lines += _peak(found)
    elif request.method == "occlusion":
        lines.append(
            translate("Attribution", "squares of {patch}×{patch} pixels, {stride} pixels apart").format(
                patch=request.patch, stride=request.stride
            )
        )
    if request.log_odds:
        lines.append(translate("Attribution", "This model gives one number for its two classes: these log-odds."))
    if not final:
        lines.append(translate("Attribution", "Coarse: a finer map is being computed."))
    return "\n".join(lines)


def _completeness(found: Attribution) -> list[str]:
    change = found.logit - (found.baseline_logit or 0.0)
    lines = [
        translate("Attribution", "sum of the map {sum} · change of the logit {change}").format(
            sum=number(float(found.map.sum(dtype="float64")), 3), change=number(change, 3)
        ),
        translate("Attribution", "completeness error {error} (allowed {allowed}) · nodes: {nodes}").format(
            error=number(found.completeness or 0.0, 3), nodes=found.nodes, allowed=number(found.allowed, 3)
        ),
    ]
    if not found.is_complete:
        lines.append(translate("Attribution", "Not reached: the sum of this map misses the change of the logit."))
    return lines


def _peak(found: Attribution) -> list[str]:
    largest, smallest = found.peak or (0.0, 0.0)
    values = translate("Attribution", "layer {layer}: largest value {largest}, smallest {smallest}").format(
        layer=found.request.layer, largest=number(largest, 3), smallest=number(smallest, 3)
    )
    if found.has_no_evidence:
        return [translate("Attribution", "The weighted sum of this layer's maps is nowhere above 0."), values]
    if found.request.against is not None:
        return [values, translate("Attribution", "Signed: between two classes nothing is left out.")]
    return [values]
