"""A report as an HTML page: the templates in `resources/report`, filled in by Jinja2. Free of torch.

Every text is escaped, and its control characters are made visible (`core.plain_text`), wherever a template writes it.
"""

from __future__ import annotations

import base64
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import cnnviewer
from cnnviewer.core.export import line_chart
from cnnviewer.core.export.arrays import png_bytes
from cnnviewer.core.palettes import PaletteName, table
from cnnviewer.core.plain_text import short, visible_lines
from cnnviewer.core.resources import resource
from cnnviewer.core.runs.report.number_text import percent
from cnnviewer.core.runs.report.records import Pixels, Report


def html(report: Report) -> bytes:
    """The whole file, UTF-8."""
    template = _environment().get_template("page.html.jinja")
    return template.render(report=report).encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("report")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, short=short, png=_png, gradient=_gradient)
    environment.globals.update(chart=line_chart, version=cnnviewer.__version__)
    return environment


def _finalized(value: object) -> object:
    """What a template writes for a value; markup (an SVG chart, a macro's result) stays as it is."""
    return visible_lines(value) if type(value) is str else value


def _png(pixels: Pixels) -> str:
    """Pixels as the address of a PNG that lies in the address itself."""
    return f"data:image/png;base64,{base64.b64encode(png_bytes(pixels)).decode()}"


def _gradient(palette: PaletteName) -> str:
    """A palette as the colours of a CSS gradient."""
    return ", ".join(f"rgb({r} {g} {b})" for r, g, b, _ in table(palette)[::17].tolist())
