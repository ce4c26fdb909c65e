"""A reliability diagram as SVG: how often predictions of each probability are correct, and how many there are."""

from __future__ import annotations

from typing import Final

import numpy as np

from cnnviewer.core.evaluation.calibration import Reliability
from cnnviewer.core.export.line_chart import HEIGHT, WIDTH
from cnnviewer.core.plain_text import markup

_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 20, 12, 70
_FLOOR: Final = HEIGHT - _BOTTOM


def reliability_chart(before: Reliability, after: Reliability | None = None, temperature: float = 1.0) -> str:
    """An SVG element as `line_chart` makes them, of the same size, for the same page.

    A bar's height is the accuracy of the images in the bin, the number below it how many there are. Where bars end on
    the dashed diagonal, probabilities mean what they say.
    """
    legend = [
        ("training", "correct"),
        *([("validation", f"correct at temperature {temperature:.3g}")] if after else []),
    ]
    parts = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 22}" role="img" '
        f'aria-label="accuracy (%) against probability (%)">'
    ]
    for tick in range(0, 101, 20):
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_y(tick)}" y2="{_y(tick)}"/>')
        parts.append(_text(_LEFT - 8, _up(tick / 100) + 4, str(tick), "end"))
        parts.append(_text(_across(tick / 100), _FLOOR + 36, str(tick), "middle"))
    parts.append(_text(_LEFT - 8, _FLOOR + 18, "images", "end"))
    parts += _bars(before)
    parts.append(_line("diagonal", _across(0), _up(0), _across(1), _up(1)))
    if after is not None:
        parts += _points(after)
    parts.append(_line("axis", _LEFT, _FLOOR, WIDTH - _RIGHT, _FLOOR))
    parts.append(_line("axis", _LEFT, _TOP, _LEFT, _FLOOR))
    parts.append(_text((_LEFT + WIDTH - _RIGHT) / 2, _FLOOR + 58, "probability of the prediction (%)", "middle"))
    middle = (_TOP + _FLOOR) / 2
    parts.append(
        f'<text x="14" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 14 {middle:.0f})">correct (%)</text>'
    )
    for place, (kind, words) in enumerate(legend):
        x, y = _LEFT + 250 * place, HEIGHT + 10
        parts.append(
            f'<rect class="bar" x="{x}" y="{y - 10}" width="20" height="12"/>'
            if kind == "training"
            else f'<circle class="{kind}" cx="{x + 10}" cy="{y - 4}" r="3.5"/>'
        )
        parts.append(_text(x + 28, y, words, "start"))
    return "".join([*parts, "</svg>"])


def _bars(shown: Reliability) -> list[str]:
    parts = []
    for place, count in enumerate(shown.counts.tolist()):
        low, high = shown.edges[place], shown.edges[place + 1]
        middle = (_across(low) + _across(high)) / 2
        if not count:
            parts.append(_text(middle, _FLOOR + 18, "–", "middle"))
            continue
        share = shown.accuracies[place]
        title = f"above {100 * low:.3g} % to {100 * high:.3g} %: {100 * share:.1f} % of {count:,} correct"
        parts.append(
            f'<rect class="bar" x="{_across(low) + 1:.1f}" y="{_up(share):.1f}" '
            f'width="{_across(high) - _across(low) - 2:.1f}" height="{_FLOOR - _up(share):.1f}">'
            f"<title>{markup(title)}</title></rect>"
        )
        parts.append(_text(middle, _FLOOR + 18, short_count(count), "middle"))
    return parts


def _points(shown: Reliability) -> list[str]:
    filled = np.flatnonzero(shown.counts)
    return [
        f'<circle class="validation" cx="{_across(shown.confidences[place]):.1f}" '
        f'cy="{_up(shown.accuracies[place]):.1f}" r="3.5"/>'
        for place in filled.tolist()
    ]


def short_count(count: int) -> str:
    """A count in at most four characters: 987, 9.9k, 60k."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9950 else f"{round(count / 1000)}k"


def _across(share: float) -> float:
    return _LEFT + share * (WIDTH - _RIGHT - _LEFT)


def _up(share: float) -> float:
    return _FLOOR - share * (_FLOOR - _TOP)


def _y(percent: int) -> str:
    return f"{_up(percent / 100):.1f}"


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{markup(words)}</text>'
