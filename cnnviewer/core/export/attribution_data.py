"""An attribution as a file: its numbers, its picture, and the line that says what it is. Free of torch and Qt."""

from __future__ import annotations

import json
from typing import Final

from cnnviewer.core.export.arrays import npy_bytes, png_bytes
from cnnviewer.core.export.attribution_picture import attribution_picture
from cnnviewer.core.inspection.attribution.records import Attribution
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.plain_text import short

ENDINGS: Final = ("png", "npy", "json")


def attribution_bytes(kind: str, image: FloatArray, found: Attribution, classes: tuple[str, ...], words: str) -> bytes:
    """A file of a kind in `ENDINGS`: image and map as a picture, the map alone, or the map with what it was made with.

    Args:
        kind: the ending.
        image: `(C, H, W)` in 0..1.
        found: the attribution.
        classes: their names.
        words: said in the picture behind what the map is, such as the model and its step.
    """
    if kind == "npy":
        return npy_bytes(found.map)
    if kind == "json":
        return (json.dumps(attribution_facts(found, classes), ensure_ascii=False) + "\n").encode()
    caption = " · ".join(filter(None, (caption_of(found, classes), words)))
    return png_bytes(attribution_picture(image, found.map, caption, unit_of(found)))


def attribution_facts(found: Attribution, classes: tuple[str, ...]) -> dict[str, object]:
    """The map and what it was made with, ready for JSON."""
    request = found.request
    facts: dict[str, object] = {
        "method": request.method,
        "target": classes[request.target],
        "against": classes[request.against] if request.against is not None else None,
        "logit": found.logit,
        "map": found.map.tolist(),
    }
    if request.method == "grad-cam" and found.peak is not None:
        facts |= {"layer": request.layer, "largest": found.peak[0], "smallest": found.peak[1]}
    if request.method == "integrated-gradients":
        facts |= {
            "baseline": request.baseline,
            "baseline_logit": found.baseline_logit,
            "completeness": found.completeness,
            "allowed": found.allowed,
            "nodes": found.nodes,
        }
    if request.method == "occlusion":
        facts |= {"baseline": request.baseline, "patch": request.patch, "stride": request.stride}
    return facts


def caption_of(found: Attribution, classes: tuple[str, ...]) -> str:
    """What the map is, in a line."""
    request, name = found.request, short(classes[found.request.target])
    what = f"logit of {name}: {found.logit:.4g}"
    if request.against is not None:
        what = f"logit of {name} minus that of {short(classes[request.against])}: {found.logit:.4g}"
    return f"{request.method}{f' of {request.layer}' if request.layer else ''} · {what}"


def unit_of(found: Attribution) -> str:
    """Of the map's values."""
    return "logits per unit" if found.request.method == "gradient" else "logits"
