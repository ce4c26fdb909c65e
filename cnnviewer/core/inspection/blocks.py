"""Blocks of a large network, such as `layer1.0`: which layers belong together, and what goes in and comes out.

Found by the modules' paths alone, so that every recorded model has them. Pure: free of torch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from cnnviewer.core.inspection.records import LayerInfo

Path = tuple[str, ...]
JOINS: Final = frozenset({"add", "cat", "concat", "stack", "mul", "sub", "maximum", "minimum"})
"""Kinds of operations that put several layers together."""
_CELL_BY_CELL: Final = frozenset({"add", "sub", "mul", "div", "maximum", "minimum"})
_ACTIVATIONS: Final = frozenset({"relu", "relu6", "gelu", "silu", "leaky_relu", "hardswish", "elu", "tanh"})
_FITTING: Final = ("conv", "batch_norm", "avg_pool", "max_pool", "pad", "identity")
_FEW = 3  # layers: fewer are no block where nothing is joined


@dataclass(frozen=True)
class Block:
    """Layers of one module that run one after the other.

    Attributes:
        name: the module's path, e.g. `layer1.0`; `layer1.0#2` for a second run of layers.
        layers: names of its layers, in the order in which they run.
        inputs: layers outside that it reads.
        output: the layer whose value it gives.
        parameters: how many numbers are learned in it.
        additions: how often it adds two of its layers: around the layers between runs a shortcut.

    """

    name: str
    layers: tuple[str, ...]
    inputs: tuple[str, ...]
    output: str
    parameters: int
    additions: int = 0


def joins(layer: LayerInfo) -> bool:
    """Whether a layer puts the values of several layers together."""
    return len(layer.inputs) > 1


@dataclass(frozen=True)
class Shortcut:
    """Two layers of which an addition adds the one to what the layers beside it made.

    Attributes:
        name: the layer that comes along the shortcut.
        other: the layer at the end of the longer way.
        start: the layer that both ways begin at; empty where they have none in common.
        around: the layers of the longer way, in order.
        along: the layers that the shortcut has of its own, in order; none where it leads to the addition as it is.

    """

    name: str
    other: str
    start: str
    around: tuple[str, ...]
    along: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether nothing is computed along it."""
        return not self.along


def shortcuts(layers: Sequence[LayerInfo]) -> dict[str, Shortcut]:
    """For each addition of two layers of which one leads around layers of the other, which one that is.

    Along the shortcut nothing is computed, or the input's size is fitted by a convolution or a pooling.
    """
    places: dict[str, int] = {}
    before: list[int] = []  # of each layer those that lead to it and itself, a bit each: sets would take 30 ms
    depths: list[int] = []
    found: dict[str, Shortcut] = {}
    for place, layer in enumerate(layers):
        read = [places[name] for name in layer.inputs if name in places]
        before.append(reduce(or_, (before[each] for each in read), 1 << place))
        depths.append(1 + max((depths[each] for each in read), default=-1))
        places[layer.name] = place
        if layer.kind != "add" or len(layer.inputs) != 2 or len(read) != 2:
            continue
        short, long = sorted(read, key=depths.__getitem__)
        common = before[short] & before[long]
        along, around = (_layers_of(before[each] & ~common, layers) for each in (short, long))
        if depths[short] < depths[long] and all(each.kind.startswith(_FITTING) for each in along):
            start = layers[common.bit_length() - 1].name if common else ""
            ways = (tuple(each.name for each in way) for way in (around, along))
            found[layer.name] = Shortcut(layers[short].name, layers[long].name, start, *ways)
    return found


def _layers_of(bits: int, layers: Sequence[LayerInfo]) -> list[LayerInfo]:
    return [layers[place] for place in range(bits.bit_length()) if bits >> place & 1]


def joined_maps(layers: Sequence[LayerInfo]) -> dict[str, tuple[str, ...]]:
    """For each layer the others whose map `c` meets its map `c` in an addition or the like, in order, and itself.

    `bn2`, `maxpool` and `add` of a residual block belong together; a layer that is joined to none is left out.
    """
    groups: dict[str, list[str]] = {}
    known = {layer.name: layer for layer in layers}
    for layer in layers:
        alike = [name for name in layer.inputs if name in known and known[name].shape[:1] == layer.shape[:1]]
        if layer.kind in _CELL_BY_CELL and len(layer.shape) == 3 and joins(layer) and alike:
            merged = dict.fromkeys(each for name in (*alike, layer.name) for each in groups.get(name, [name]))
            groups |= {name: list(merged) for name in merged}
    return {name: tuple(group) for name, group in groups.items()}


def blocks_of(layers: Sequence[LayerInfo]) -> tuple[Block, ...]:
    """The blocks of a network in order: of each layer the innermost module in which layers are joined.

    Beside these, modules that lie as deep in the same part of the network are blocks too, and where a network joins
    nothing, numbered modules of three layers and more. No two blocks overlap.
    """
    owners = _owners(layers)
    joined = {
        owner for layer, owner in zip(layers, owners, strict=True) if joins(layer) and layer.kind in JOINS and owner
    }
    depths = {owner[0]: len(owner) for owner in joined}
    sizes = Counter(owner[:length] for owner in owners for length in range(1, len(owner) + 1))
    chosen = [_block_path(owner, joined, depths, sizes) for owner in owners]
    found: list[Block] = []
    begin = 0
    for at in range(1, len(layers) + 1):
        if at == len(layers) or chosen[at] != chosen[begin]:
            if chosen[begin] and at - begin > 1:
                found.append(_block(".".join(chosen[begin]), layers[begin:at], layers, found))
            begin = at
    return tuple(found)


def _block(name: str, inside: Sequence[LayerInfo], layers: Sequence[LayerInfo], before: Sequence[Block]) -> Block:
    names = tuple(layer.name for layer in inside)
    own = frozenset(names)
    calls = 1 + sum(each.name.partition("#")[0] == name for each in before)
    read = dict.fromkeys(source for layer in inside for source in layer.inputs if source not in own)
    needed = {source for layer in layers if layer.name not in own for source in layer.inputs}
    output = next((each for each in reversed(names) if each in needed), names[-1])
    parameters = sum(layer.parameters for layer in inside)
    additions = sum(layer.kind == "add" and joins(layer) for layer in inside)
    return Block(name if calls == 1 else f"{name}#{calls}", names, tuple(read), output, parameters, additions)


def _block_path(owner: Path, joined: set[Path], depths: dict[str, int], sizes: Counter[Path]) -> Path:
    """The path of the block that a layer of a module at `owner` belongs to; empty for none."""
    for length in range(len(owner), 0, -1):
        if owner[:length] in joined:
            return owner[:length]
    if owner and owner[0] in depths:
        beside = owner[: depths[owner[0]]]
        return beside if len(beside) == depths[owner[0]] else ()
    if joined:
        return ()
    for length in range(1, len(owner) + 1):
        if owner[length - 1][-1:].isdigit() and sizes[owner[:length]] >= _FEW:
            return owner[:length]
    return ()


def _owners(layers: Sequence[LayerInfo]) -> list[Path]:
    """For each layer the path of the module that it lies in; a function's follows from what runs around it."""
    named = [_path(layer) for layer in layers]
    owners: list[Path] = []
    following: list[Path | None] = [None] * len(layers)
    behind: Path | None = None
    for at in range(len(layers) - 1, -1, -1):
        following[at] = behind
        behind = named[at] if named[at] is not None else behind
    last: Path = ()
    places = {layer.name: at for at, layer in enumerate(layers)}
    for at, layer in enumerate(layers):
        own = named[at]
        if own is not None:
            last = own
        else:
            around = _common(last, following[at] or ())
            own = around
            if len(around) < len(last):
                own = _trailing(layer, last, around, layers, owners, places)
        owners.append(own)
    return owners


def _path(layer: LayerInfo) -> Path | None:
    """Where the module lies that a layer is; None for a function."""
    called, _, _ = layer.name.partition("#")
    path = called.partition("[")[0] if "." in called else layer.module
    return tuple(path.split(".")[:-1]) if path else None


def _trailing(
    layer: LayerInfo,
    last: Path,
    around: Path,
    layers: Sequence[LayerInfo],
    owners: Sequence[Path],
    places: dict[str, int],
) -> Path:
    """The module of a function that runs behind its last layer: `relu(out + x)` at the end of a block."""
    read = [places[name] for name in layer.inputs if name in places]
    if len(read) == 1 and layer.kind in _ACTIVATIONS:
        return owners[-1] if read[0] == len(owners) - 1 else around
    if len(read) < 2:
        return around
    for length in range(len(last), len(around), -1):
        path = last[:length]
        inside = {at for at, owner in enumerate(owners) if owner[:length] == path}
        feeding = {places[name] for at in inside for name in layers[at].inputs if name in places}
        if inside.intersection(read) and all(at in inside or at in feeding for at in read):
            return path
    return around


def _common(first: Path, second: Path) -> Path:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return first[:length]
