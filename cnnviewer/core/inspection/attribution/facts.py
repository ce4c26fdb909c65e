"""What an attribution was made with, as plain values and in a line. Free of torch."""

from __future__ import annotations

from cnnviewer.core.inspection.attribution.records import Attribution
from cnnviewer.core.plain_text import short


def attribution_facts(found: Attribution, classes: tuple[str, ...]) -> dict[str, object]:
    """The map and what it was made with, ready for JSON."""
    request = found.request
    facts: dict[str, object] = {
        "method": request.method,
        "target": classes[request.target],
        "against": classes[request.against] if request.against is not None else None,
        "logit": found.logit,
        "log_odds": request.log_odds,
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


def map_caption(found: Attribution, classes: tuple[str, ...]) -> str:
    """What the map is, in a line."""
    request, name = found.request, short(classes[found.request.target])
    what = f"logit of {name}: {found.logit:.4g}"
    if request.log_odds and request.opposite is not None:
        what = f"log-odds of {name} against {short(classes[request.opposite])}: {found.logit:.4g}"
    elif request.against is not None:
        what = f"logit of {name} minus that of {short(classes[request.against])}: {found.logit:.4g}"
    return f"{request.method}{f' of {request.layer}' if request.layer else ''} · {what}"


def unit_of(found: Attribution) -> str:
    """Of the map's values."""
    return "logits per unit" if found.request.method == "gradient" else "logits"
