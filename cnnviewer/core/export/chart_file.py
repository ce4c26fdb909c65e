"""Charts as an SVG file of its own that every program shows alike: colours as attributes, one `svg` element.

Browsers know custom properties, media queries and `svg` elements inside one another; drawing and office programs know
few or none of them, and paint black what they do not understand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cnnviewer.core.export.line_chart import COLOURS_DARK, COLOURS_LIGHT, HEIGHT, STYLE, WIDTH
from cnnviewer.core.plain_text import markup, short

_PAGE_LIGHT, _PAGE_DARK = "#fff", "#1b2027"
_ABOVE: Final = 16
_LOOK: Final = {
    "grid": 'stroke="var(--chart-grid)" stroke-width="1"',
    "axis": 'stroke="var(--chart-axis)" stroke-width="1" fill="none"',
    "epoch": 'stroke="var(--chart-axis)" stroke-width="1" stroke-dasharray="2 4" stroke-opacity="0.55"',
    "diagonal": 'stroke="var(--chart-ink)" stroke-width="1.5" stroke-dasharray="6 4"',
    "faint": 'stroke-width="1" stroke-opacity="0.35"',
}
"""Attributes of the elements of a class, besides those of a curve."""


def side_by_side(charts: Sequence[str], caption: str) -> bytes:
    """Charts (`line_chart`, `reliability_chart`) with a caption: light, dark where a browser's system is; UTF-8."""
    wide, high = len(charts) * WIDTH, HEIGHT + 92
    placed = "".join(_placed(chart, WIDTH * place) for place, chart in enumerate(charts))
    foot = f'<text x="{wide / 2:.1f}" y="{high - 14}" text-anchor="middle">{markup(short(caption, 150))}</text>'
    dark = f"{_in_colours(STYLE, COLOURS_DARK)} .page {{ fill: {_PAGE_DARK}; }}"
    drawn = _in_colours(_with_attributes(placed + foot), COLOURS_LIGHT)
    made = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'class="chart"><style>@media (prefers-color-scheme: dark) {{{dark}}}</style>'
        f'<rect class="page" width="{wide}" height="{high}" fill="{_PAGE_LIGHT}"/>{drawn}</svg>\n'
    )
    return made.encode("utf-8", "replace")


def _placed(chart: str, left: float) -> str:
    """A chart as a group at its place: what stands inside its `svg` element, with the element's name for a reader."""
    start, _, inside = chart.removesuffix("</svg>").partition(">")
    role = start[start.index("role=") :]
    return f'<g transform="translate({left} {_ABOVE})" {role}>{inside}</g>'


def _with_attributes(drawn: str) -> str:
    """What the style sheet says of each element, as attributes of the element."""

    def polyline(found: re.Match[str]) -> str:
        kind, faint = found[1], found[2]
        width = _LOOK["faint"] if faint else 'stroke-width="2"'
        return (
            f'<polyline class="{kind}{faint}" fill="none" stroke="var(--chart-{kind})" stroke-linejoin="round" {width}'
        )

    drawn = re.sub(r'<polyline class="(\w+)( faint|)"', polyline, drawn)
    drawn = drawn.replace('<rect class="bar"', '<rect class="bar" fill="var(--chart-training)" fill-opacity="0.45"')
    drawn = re.sub(r'<circle class="(\w+)"', r'<circle class="\1" fill="var(--chart-\1)"', drawn)
    drawn = re.sub(r'<line class="(\w+)"', lambda found: f"{found[0]} {_LOOK[found[1]]}", drawn)
    return drawn.replace("<text ", '<text font-family="sans-serif" font-size="12" fill="var(--chart-ink)" ')


def _in_colours(written: str, colours: str) -> str:
    """`written` with each `var(--name)` replaced by its value."""
    values = dict(re.findall(r"(--[\w-]+): (#\w+);", colours))
    return re.sub(r"var\((--[\w-]+)\)", lambda found: values[found[1]], written)
