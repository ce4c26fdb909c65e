"""The parts of a report as HTML: everything inside the file, and readable in light and dark. Free of torch."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import numpy.typing as npt

import cnnviewer
from cnnviewer.core.export.arrays import png_bytes
from cnnviewer.core.export.line_chart import COLOURS_DARK, COLOURS_LIGHT, STYLE
from cnnviewer.core.palettes import PaletteName, Range, table

Pixels = npt.NDArray[np.uint8]
Counts = npt.NDArray[np.int64]

_CSS = """
:root { color-scheme: light dark; --page: #f3f5f8; --card: #fff; --ink: #1b222c; --muted: #566172; --line: #d5dae1;
  --accent: #2563c9; --soft: 37 99 201; --miss: 217 102 10; LIGHT }
@media (prefers-color-scheme: dark) { :root { --page: #14181e; --card: #1b2027; --ink: #e6eaf0; --muted: #a3aebd;
  --line: #343c48; --accent: #6aa5ff; --soft: 106 165 255; --miss: 255 157 77; DARK } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans KR", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 0 0 12px; } h3 { font-size: 16px; margin: 0 0 8px; }
header p { margin: 0 0 4px; color: var(--muted); } .note { font-size: 17px; color: var(--ink); white-space: pre-line; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 20px 24px; margin-top: 20px; }
section > p { margin: 0 0 12px; color: var(--muted); } .hint { color: var(--muted); font-size: 14px; margin: 12px 0 0; }
nav { margin: 20px 0 0; font-size: 14px; } nav a { color: var(--accent); margin-right: 16px; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin-top: 20px; }
.cards div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; }
.cards b { display: block; font-size: 24px; line-height: 1.3; } .cards span { color: var(--muted); font-size: 14px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 24px; }
figure { margin: 0 0 6px; overflow-x: auto; } figcaption { font-size: 14px; margin-bottom: 6px; }
figure + figure { margin-top: 0; } img { image-rendering: pixelated; max-width: none; display: block; }
.wide { margin-top: 18px; }
.wide figcaption { display: flex; flex-wrap: wrap; gap: 4px 32px; align-items: center; }
.legend { display: flex; align-items: center; gap: 8px; font-size: 12px; color: var(--muted); }
.legend i { width: 160px; height: 10px; border-radius: 2px; border: 1px solid var(--line); }
article { border-top: 1px solid var(--line); padding-top: 16px; margin-top: 16px; }
article:first-of-type { border: 0; padding: 0; margin: 0; }
.asked { display: flex; gap: 28px; align-items: center; flex-wrap: wrap; }
.bars { display: grid; grid-template-columns: auto 220px auto; gap: 4px 10px; align-items: center; font-size: 14px; }
.bars i { height: 12px; background: var(--accent); border-radius: 2px; min-width: 1px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th { font-weight: 600; text-align: left; } td, th { padding: 4px 10px; border-bottom: 1px solid var(--line); }
.confusion td, .confusion th { text-align: center; padding: 6px 4px; min-width: 44px; border: 1px solid var(--card); }
.confusion th { white-space: nowrap; padding: 6px 8px; } .confusion tbody th { text-align: right; }
.zero { color: var(--muted); opacity: .6; } .number { text-align: right; }
td .bar { display: block; width: 180px; height: 10px; background: var(--page); border-radius: 2px; }
td .bar i { display: block; height: 10px; background: var(--accent); border-radius: 2px; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(124px, 1fr)); gap: 14px; }
.mistakes figcaption { font-size: 13px; line-height: 1.35; margin: 4px 0 0; overflow-wrap: anywhere; }
.pairs { width: 100%; } .pairs td { overflow-wrap: anywhere; }
caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
pre { background: var(--page); border-radius: 6px; padding: 12px 16px; margin: 0; white-space: pre-wrap;
  overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
footer { margin-top: 24px; color: var(--muted); font-size: 13px; }
@media print { body { background: none; } section, figure, article { break-inside: avoid; } nav { display: none; } }
"""
_SECTIONS = (
    ("curves", "Curves"),
    ("kernels", "Kernels"),
    ("maps", "Feature maps"),
    ("confusion", "Confusion"),
    ("classes", "Classes"),
    ("mistakes", "Mistakes"),
    ("configuration", "Configuration"),
    ("repeat", "Repeat it"),
)


def document(title: str, body: str) -> bytes:
    """The whole file, UTF-8; links to the parts that `body` has go behind its header."""
    style = _CSS.replace("LIGHT", COLOURS_LIGHT).replace("DARK", COLOURS_DARK) + STYLE
    links = "".join(f'<a href="#{name}">{words}</a>' for name, words in _SECTIONS if f'id="{name}"' in body)
    body = body.replace("</header>", f"</header><nav>{links}</nav>", 1)
    made = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{style}</style></head>\n'
        f"<body><main>{body}<footer>Written by cnnviewer {escape(cnnviewer.__version__)}.</footer></main></body>"
        "</html>\n"
    )
    return made.encode("utf-8", "replace")


def cards(facts: Iterable[tuple[str, str]]) -> str:
    """A few numbers to be seen first, each with what it is."""
    return (
        '<div class="cards">'
        + "".join(f"<div><b>{escape(a)}</b><span>{escape(b)}</span></div>" for a, b in facts)
        + "</div>"
    )


def image(pixels: Pixels, words: str) -> str:
    """A picture at its own size; `words` say what it is to who cannot see it."""
    data = base64.b64encode(png_bytes(pixels)).decode()
    height, width = pixels.shape[:2]
    return f'<img width="{width}" height="{height}" alt="{escape(words)}" src="data:image/png;base64,{data}">'


def figure(pixels: Pixels, caption: str, words: str, palette: PaletteName, bounds: Range) -> str:
    """A picture with a caption and its palette above it; wide ones scroll."""
    head = f"<figcaption><span>{escape(caption)}</span>{legend(palette, bounds)}</figcaption>"
    return f'<figure class="wide">{head}{image(pixels, words)}</figure>'


def small(pixels: Pixels, caption: str, words: str) -> str:
    """A picture with its caption below."""
    return f"<figure>{image(pixels, words)}<figcaption>{escape(caption)}</figcaption></figure>"


def legend(palette: PaletteName, bounds: Range) -> str:
    """The palette with the numbers its ends stand for."""
    stops = ", ".join(f"rgb({r} {g} {b})" for r, g, b, _ in table(palette)[::17].tolist())
    return (
        f'<div class="legend">{bounds.low:.3g}<i style="background: linear-gradient(90deg, {stops})"></i>'
        f"{bounds.high:.3g}</div>"
    )


def bars(ranking: Iterable[tuple[str, float]]) -> str:
    """Classes with their probabilities as bars."""
    lines = (
        f'<span>{escape(name)}</span><i style="width: {100 * value:.2f}%"></i><span>{percent(value)}</span>'
        for name, value in ranking
    )
    return f'<div class="bars">{"".join(lines)}</div>'


def confusion(counts: Counts, classes: Sequence[str]) -> str:
    """The matrix as a table, deeper where more: the diagonal in the accent colour, mistakes in another."""
    totals = counts.sum(1)
    worst = max(1, int((counts - np.diag(np.diag(counts))).max()))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in classes)
    rows = []
    for true, name in enumerate(classes):
        cells = []
        for read, count in enumerate(counts[true].tolist()):
            right = true == read
            share = count / max(1, int(totals[true])) if right else count / worst
            colour = f' style="background: rgb(var(--{"soft" if right else "miss"}) / {0.06 + 0.5 * share:.2f})"'
            words = f"{name} read as {classes[read]}: {count}"
            cells.append(f'<td title="{escape(words)}"{colour if count else " class=zero"}>{count}</td>')
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>')
    return (
        '<div class="scroll"><table class="confusion"><thead><tr><th scope="col">true \\ read</th>'
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def confusion_picture(counts: Counts) -> str:
    """The matrix of many classes as a picture, a square of some pixels each."""
    shares = (counts / np.maximum(1, counts.sum(1, keepdims=True))).astype(np.float32)
    side = max(2, 720 // len(counts))
    pixels = table("sequential")[np.rint(255 * shares).astype(np.uint8)]
    picture = image(pixels.repeat(side, 0).repeat(side, 1), "confusion matrix, share of each true class")
    return f'<figure class="wide">{legend("sequential", Range(0.0, 1.0))}{picture}</figure>'


def class_table(counts: Counts, classes: Sequence[str]) -> str:
    """Accuracy of each class, and what it is most often taken for."""
    rows = []
    for place, name in enumerate(classes):
        total, right = int(counts[place].sum()), int(counts[place, place])
        others = counts[place].copy()
        others[place] = 0
        most = int(others.argmax())
        taken = f"{escape(classes[most])} ({int(others[most])})" if others[most] else "–"
        share = right / total if total else 0.0
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td class="number">{percent(share) if total else "no images"}</td>'
            f'<td><span class="bar"><i style="width: {100 * share:.1f}%"></i></span></td>'
            f'<td class="number">{right:,} of {total:,}</td><td>{taken}</td></tr>'
        )
    head = "".join(
        f'<th scope="col">{words}</th>' for words in ("Class", "Accuracy", "", "Right", "Most often taken for")
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def pairs(caption: str, facts: Iterable[tuple[str, object]]) -> str:
    """Names and values as a table of two columns."""
    rows = "".join(
        f'<tr><th scope="row">{escape(a.replace("_", " "))}</th><td>{escape(str(b))}</td></tr>' for a, b in facts
    )
    return f'<table class="pairs"><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>'


def percent(share: float) -> str:
    """0..1 for a person."""
    return f"{100 * share:.2f} %"


def duration(seconds: float) -> str:
    """A time for a person."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
