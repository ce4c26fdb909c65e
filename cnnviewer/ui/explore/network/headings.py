"""The header of a column: name, kind and size, in the fullest form that its room allows. Pure.

Everywhere the same gives way in the same order, each at the end of a word: the kind loses its numbers, then its words;
where it does not fit across it stands upright, and there the kind goes before the front of the name, and the size last.
The whole is said where the header is pointed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.blocks import Block
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.explore.network.labels import WideTexts, join_texts, shape_text, within

Role = Literal["name", "operation", "shape", "note"]
Measure = Callable[[str, Role], float]
SEPARATOR: Final = "  "
"""Between kind and size where they share a line."""
_LONGEST_NOTE: Final = 190.0  # pixels


class HeaderLine(NamedTuple):
    """One line of a header, or a part of an upright one."""

    text: str
    role: Role


@dataclass(frozen=True)
class Heading:
    """What stands over a column, each in its forms from the whole one to the shortest.

    Attributes:
        names: of the layer or the block.
        least_name: the shortest of these that may stand across: within a block, whose name stands above, `…conv1`.
        kinds: `Conv 3×3, stride 2, padding 1` to `Conv`; of a folded block how many layers it has.
        sizes: `64×16×16`; of a linear layer `320→50`, `50`.
        notes: what is joined, or how many parameters a block has; left out where none has room.

    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    sizes: tuple[str, ...]
    notes: tuple[str, ...] = ()
    least_name: str = ""

    @property
    def names_across(self) -> tuple[str, ...]:
        """The forms of the name that may stand across."""
        return tuple(dict.fromkeys((self.names[0], self.least_name or self.names[0])))

    def least_width(self, measure: Measure, whole_size: bool = True) -> float:
        """How wide a column must be for name, kind and size across; the size whole, or in its shortest form."""
        size = self.sizes[0 if whole_size else -1]
        kind = min(measure(kind, "operation") for kind in self.kinds)
        return max(measure(self.names_across[-1], "name"), kind, measure(size, "shape"))

    def roomy_width(self, measure: Measure) -> float:
        """How wide a column must be for all lines, of the kind what stands before its first comma."""
        kind = self.kinds[0].partition(",")[0]
        note = min(measure(self.notes[0], "note"), _LONGEST_NOTE) if self.notes else 0.0
        return max(self.least_width(measure), measure(kind, "operation"), note)

    def across(self, room: float, measure: Measure) -> tuple[HeaderLine, ...]:
        """A line each for name, kind, size and note, no wider than `room`; empty where one has no form so narrow."""
        lines: list[HeaderLine] = []
        wanted: tuple[tuple[Role, tuple[str, ...]], ...] = (
            ("name", self.names_across),
            ("operation", self.kinds),
            ("shape", self.sizes),
        )
        for role, forms in wanted:
            text = next((form for form in forms if measure(form, role) <= room), None)
            if text is None:
                return ()
            lines.append(HeaderLine(text, role))
        note = next((text for text in self.notes if measure(text, "note") <= room), None)
        return tuple(lines) if note is None else (*lines, HeaderLine(note, "note"))

    def upright(self, lines: int, length: float, measure: Measure) -> tuple[tuple[HeaderLine, ...], ...]:
        """So many lines, 1 to 3, of parts that follow one another, each line at most `length` long."""
        for parts in self._shorter():
            shown = _divided(self._once(*parts) if lines == 1 else parts, lines)
            if all(line_length(line, measure) <= length for line in shown):
                return shown
        name = shortened(self.names[0], length, lambda text: measure(text, "note"))
        return ((HeaderLine(name, "name"),),) if name else ()

    def shortest(self, lines: int, measure: Measure, kind: bool) -> tuple[tuple[HeaderLine, ...], ...]:
        """So many upright lines of the whole name, and of size and perhaps kind in their shortest forms."""
        text = min(self.kinds, key=lambda text: measure(text, "note"))
        said = (HeaderLine(text, "operation"),) if kind else ()
        parts = HeaderLine(self.names[0], "name"), *said, HeaderLine(self.sizes[-1], "shape")
        return _divided(self._once(*parts) if lines == 1 else parts, lines)

    def _once(self, *parts: HeaderLine) -> tuple[HeaderLine, ...]:
        """The parts of one upright line, without a kind that says no more than the name: `flatten  Flatten`."""
        name = _letters(self.names[0])
        return tuple(part for part in parts if part.role != "operation" or _letters(part.text) != name)

    def _shorter(self) -> Iterator[tuple[HeaderLine, ...]]:
        """All parts in ever shorter forms; the last is the end of the name."""
        name = HeaderLine(self.names[0], "name")
        for kind, size in (
            *((self.kinds[0], size) for size in self.sizes),
            *((kind, self.sizes[-1]) for kind in self.kinds[1:]),
        ):
            yield name, HeaderLine(kind, "operation"), HeaderLine(size, "shape")
        for size in self.sizes:
            yield name, HeaderLine(size, "shape")
        for text in self.names[1:]:
            yield HeaderLine(text, "name"), HeaderLine(self.sizes[-1], "shape")
        for text in self.names:
            yield (HeaderLine(text, "name"),)


def heading_of(
    layer: LayerInfo, folded: Block | None = None, block: str = "", texts: WideTexts | None = None
) -> Heading:
    """The header of a layer within a `block`, or of the folded block whose output the layer is.

    `texts` are the window's sentences; without them nothing is said of joins.
    """
    said = texts or WideTexts()
    if folded is None:
        kind, sizes = _kind_and_sizes(layer)
        notes = join_texts(layer, block) if texts else ()
        return Heading(name_forms(layer.name), kind_forms(kind), sizes, notes, within(layer.name, block))
    inside = (said.with_shortcuts, said.layers) if folded.additions else (said.layers,)
    counts = tuple(counted(text, count=len(folded.layers), n=folded.additions) for text in inside)
    note = counted(said.parameters, count=f"{folded.parameters:,}")
    return Heading(name_forms(folded.name), counts, (shape_text(layer),), (note,))


def described(layer: LayerInfo, parameters: str) -> str:
    """All that a header says and may have to leave out; `parameters`: how their number `{count}` is said."""
    parts = [layer.name, layer.operation, shape_text(layer)]
    if layer.parameters:
        parts.append(counted(parameters, count=f"{layer.parameters:,}"))
    return " · ".join(parts)


def line_length(line: tuple[HeaderLine, ...], measure: Measure) -> float:
    """How long the parts of an upright line are in small letters, with what stands between them."""
    return sum(measure(part.text, "note") for part in line) + (len(line) - 1) * measure(SEPARATOR, "shape")


def shortened(name: str, room: float, measure: Callable[[str], float]) -> str:
    """The beginning of a name, `probab…`; nothing where not two letters have room."""
    ends = (f"{name[:count]}…" for count in range(len(name) - 1, 1, -1))
    return next((text for text in ends if measure(text) <= room), "")


@cache
def kind_forms(kind: str) -> tuple[str, ...]:
    """`Max-pool 2×2`, `Max-pool`; `Dropout p 0.5, whole maps`, `Dropout p 0.5`, `Dropout`; `ReLU (2nd call)`, `ReLU`.

    A stride goes last, for it is why the next maps are smaller: `Conv 3×3, stride 2`, `Conv 3×3 /2`, `3×3 /2`, `Conv`.
    """
    whole, *rest = kind.split(", ")
    stride = next((part.removeprefix("stride ") for part in rest if part.startswith("stride ")), "")
    forms = [kind]
    if stride:
        forms += [f"{whole}, stride {stride}", f"{whole} /{stride}", f"{whole.rpartition(' ')[2]} /{stride}"]
    words = whole.partition(" (")[0].split(" ")
    while words:
        forms.append(_sentence(words))
        numbers = len(words) > 1 and (len(words[-1]) == 1 or any(sign.isdigit() for sign in words[-1]))
        words = words[:-1] if numbers else words[1:]
        if numbers and len(words) > 1 and (len(words[-1]) == 1 or words[-1] == "to"):  # `p` alone says nothing
            words = words[:-1]
    pool = ["Pool"] if forms[-1].endswith("-pool") else []
    return tuple(dict.fromkeys([*forms, forms[-1].replace("Average-", "Avg-"), *pool]))


@cache
def name_forms(name: str) -> tuple[str, ...]:
    """`blocks.0.conv1`, `…0.conv1`, `…conv1`: the front of a name tells least."""
    ends = (name[place + 1 :] for place, sign in enumerate(name[:-1]) if sign in "._")
    return (name, *(f"…{end}" for end in ends))


def _divided(parts: tuple[HeaderLine, ...], lines: int) -> tuple[tuple[HeaderLine, ...], ...]:
    """The name alone in the first of several lines, the others in the second where there is no third."""
    if lines <= 1 or len(parts) == 1:
        return (parts,)
    return (parts[:1], parts[1:]) if lines == 2 else tuple((part,) for part in parts)


def _kind_and_sizes(layer: LayerInfo) -> tuple[str, tuple[str, ...]]:
    """`Conv 5×5` and `10×24×24`; of a linear layer `Linear` and `320→50`, `50`."""
    kind, _, last = layer.operation.rpartition(" ")
    return (kind, (last, shape_text(layer))) if "→" in last else (layer.operation, (shape_text(layer),))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _sentence(words: list[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]
