"""A tour through the states: pictures, and what is wrong with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.screens.contrast import contrast
from tests.screens.finding import Finding
from tests.screens.icons import small_icons
from tests.screens.known import unknown
from tests.screens.measures import cut_texts, overlaps, small_type
from tests.screens.placing import crowded, nested, outside, wide_tables
from tests.screens.screen import Screen
from tests.screens.state import State
from tests.screens.states import STATES, reached
from tests.screens.visitor import Visitor

_TRIES = 2
SIZES = ((1366, 768), (1440, 900), (1920, 1080), (2560, 1440))


@dataclass(frozen=True)
class Seen:
    """One state at one size.

    Attributes:
        name: of the state, with size, theme and language.
        findings: what is wrong with it.

    """

    name: str
    findings: list[Finding]


def tour(
    visitor: Visitor,
    sizes: Iterable[tuple[int, int]] = SIZES,
    states: Iterable[State] = STATES,
    out: Path | None = None,
) -> Iterator[Seen]:
    """Go through the states, all sizes at each; pictures are saved below `out`."""
    sizes = tuple(sizes)
    for state in states:
        try:
            with reached(state, visitor) as shown:
                for size in sizes if shown is visitor.window else (None,):
                    if size is not None:
                        visitor.size(*size)
                    yield _settled(visitor, state, shown, size, out)
        except (TimeoutError, LookupError, AttributeError) as error:  # the others are looked at all the same
            yield Seen(state.name, [Finding("unreached", "mainWindow", "", repr(error))])


def _settled(visitor: Visitor, state: State, shown: QWidget, size: tuple[int, int] | None, out: Path | None) -> Seen:
    """What is wrong and stays so: while a window settles, things are in each other's way for a moment."""
    seen = _look(visitor, state, shown, size, out)
    for _ in range(_TRIES):
        if not unknown(seen.findings):
            break
        visitor.sleep(0.4)
        seen = _look(visitor, state, shown, size, out)
    return seen


def _look(visitor: Visitor, state: State, shown: QWidget, size: tuple[int, int] | None, out: Path | None) -> Seen:
    screen = Screen(shown, shown.devicePixelRatioF())
    scale = "" if screen.ratio == 1 else f"@{screen.ratio:g}"
    wide = f"{shown.width()}x{shown.height()}"
    text = "" if visitor.text == 100 else f"-text{visitor.text}"
    name = f"{state.name}-{wide}{scale}{text}-{visitor.theme}-{visitor.language}"
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        screen.picture.save(str(out / f"{name}.png"))
    findings = measured(screen)
    if size is not None and (shown.width(), shown.height()) != size:
        findings.append(Finding("outside", "mainWindow", "", f"is {wide}, on a screen of {size[0]}x{size[1]}"))
    if visitor.text == 100:  # larger text scrolls where it has to
        findings += nested(shown)
        findings += wide_tables(shown)
    if state.measure is not None:
        findings += state.measure(shown)
    if state.workspace:
        findings += crowded(visitor.window.stage, state.workspace)
    return Seen(name, findings)


def measured(screen: Screen) -> list[Finding]:
    """Everything that is wrong with a screen."""
    return [
        *cut_texts(screen),
        *overlaps(screen),
        *outside(screen.widget),
        *contrast(screen),
        *small_type(screen),
        *small_icons(screen.widget),
    ]


def table(findings: list[Finding]) -> str:
    """One line a place and kind, with how often and an example."""
    counts = Counter((finding.kind, finding.where) for finding in findings)
    first = {(finding.kind, finding.where): finding for finding in reversed(findings)}
    return "\n".join(f"  {counts[key]:4} {first[key]}" for key in sorted(counts))
