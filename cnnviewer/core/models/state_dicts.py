"""Finds a model's tensors in what a script saved: in any wrapper, under any stack of prefixes.

`{"epoch": 3, "state_dict": {"module.net.conv1.weight": …}}` has the dotted path `state_dict.module.net.conv1.weight`.
The model wants `conv1.weight`, so everything before that is a prefix, whatever its parts are called; one prefix must
hold every tensor of the model.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

Tensors = dict[str, torch.Tensor]

#: Types of the numbers in a weights file: weights, and the counts in buffers.
KINDS = (torch.float32, torch.float64, torch.float16, torch.bfloat16)
COUNTS = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)

_DEEPEST = 8
_MOST = 200_000  # tensors: of a hostile file that refers to itself
# Between a module's name and those of its parts, where a part was compiled or shared by itself.
_INSERTED = ("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "module")
# Copies that average the weights over the training: taken where there are no others.
_AVERAGED = ("ema", "swa", "averag", "shadow", "teacher", "momentum_encoder")
# What profilers and averaging leave beside the weights, in the same dictionary.
_BESIDE = ("n_averaged", "total_ops", "total_params")


def load_into(model: nn.Module, tensors: Mapping[str, torch.Tensor], assign: bool = False) -> None:
    """`model.load_state_dict`, with the versions that classes of the user's own ask for (`_version`), as now.

    PyTorch's own layers get none, for then they take what older scripts saved: counters may be missing.
    """
    given: Any = OrderedDict(tensors)
    given._metadata = {
        path: {"version": module._version}
        for path, module in model.named_modules()
        if not type(module).__module__.startswith("torch.nn")
    }
    model.load_state_dict(given, assign=assign)


@dataclass(frozen=True)
class FoundTensors:
    """Tensors by dotted path, as a file holds them.

    Attributes:
        tensors: by path, wrappers included.
        holders: for each path that of the dictionary that holds it, with its dot; empty for the outermost.

    """

    tensors: Mapping[str, torch.Tensor]
    holders: Mapping[str, str]

    def of_model(self, wanted: Iterable[str], optional: Iterable[str] = ()) -> tuple[Tensors, str]:
        """The tensors that belong to a model with the names `wanted`, by these names, and the prefix they had.

        What stands beside them under the same prefix comes along, so that it can be named; `optional` names may lack.
        Where no prefix holds every name, it is the one that holds most; without any, everything under its own path.
        """
        names = list(wanted)
        needed = set(names) - set(optional)
        best: tuple[int, Tensors, str] = (0, {}, "")
        for paths in self._spellings(names):
            for prefix, there in _prefixes(paths, names):
                if needed <= there:
                    return self._under(prefix, paths, names), prefix
                if len(there) > best[0]:
                    best = (len(there), self._under(prefix, paths, names), prefix)
        return (best[1], best[2]) if best[0] else (dict(self.tensors), "")

    def others(self, wanted: Iterable[str], taken: str) -> tuple[str, ...]:
        """Other prefixes than the one `taken` under which every one of these names stands too."""
        names = list(wanted)
        for paths in self._spellings(names):
            whole = [prefix for prefix, there in _prefixes(paths, names) if len(there) == len(names)]
            if taken in whole:
                return tuple(prefix for prefix in whole if prefix != taken)
        return ()

    def _under(self, prefix: str, paths: Mapping[str, str], names: list[str]) -> Tensors:
        """By name behind the prefix: the model's, and what is held by the same dictionaries."""
        places = {self.holders[paths[prefix + name]] for name in names if prefix + name in paths}
        return {
            path.removeprefix(prefix): self.tensors[original]
            for path, original in paths.items()
            if path.startswith(prefix) and self.holders[original] in places and path.rpartition(".")[2] not in _BESIDE
        }

    def _spellings(self, names: list[str]) -> Iterable[dict[str, str]]:
        """Spelling of each path -> the path: as it is, and without what wrappers inserted into it."""
        yield {path: path for path in self.tensors}
        there = {part for name in names for part in name.split(".")}
        for count in (3, 4):
            inserted = {part for part in _INSERTED[:count] if part not in there}
            plain = {".".join(part for part in path.split(".") if part not in inserted): path for path in self.tensors}
            if len(plain) == len(self.tensors):
                yield plain


def found_in(content: Any) -> FoundTensors:
    """Every tensor in nested dictionaries and lists, by the path to it."""
    tensors: Tensors = {}
    holders: dict[str, str] = {}
    if isinstance(content, (dict, list, tuple)):
        _find(content, "", 0, tensors, holders, set())
    return FoundTensors(tensors, holders)


def _find(node: Any, path: str, depth: int, tensors: Tensors, holders: dict[str, str], seen: set[int]) -> None:
    """Add the tensors in `node`, which lies at `path`, to `tensors` and `holders`."""
    if id(node) in seen:  # a file can refer to the same a million times
        return
    seen.add(id(node))
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if len(tensors) >= _MOST:
            return
        if isinstance(value, torch.Tensor):
            tensors[f"{path}{key}"] = value.detach()
            holders[f"{path}{key}"] = path
        elif isinstance(value, (dict, list, tuple)) and depth < _DEEPEST:
            _find(value, f"{path}{key}.", depth + 1, tensors, holders, seen)


def found_flat(tensors: Tensors) -> FoundTensors:
    """Tensors that lie in one dictionary."""
    return FoundTensors(tensors, dict.fromkeys(tensors, ""))


def _prefixes(paths: Mapping[str, str], names: list[str]) -> list[tuple[str, set[str]]]:
    """What stands before a model's names, with the names behind it.

    The likeliest first: weights before averages of them, short before long.
    """
    wanted = set(names)
    seen: dict[str, set[str]] = {}
    for path in paths:
        start = 0
        while True:
            if path[start:] in wanted:
                seen.setdefault(path[:start], set()).add(path[start:])
            start = path.find(".", start) + 1
            if not start:
                break
    return sorted(seen.items(), key=lambda item: (_is_averaged(item[0]), item[0].count(".")))


def _is_averaged(prefix: str) -> bool:
    return any(sign in prefix.lower() for sign in _AVERAGED)
