"""Names of layers: the module's path, or the function's name with a number behind it."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Set as AbstractSet
from typing import Final

INPUT: Final = "input"
PROBABILITIES: Final = "probabilities"


class Names:
    """Gives every layer of one forward pass a name of its own, the same in every pass that goes the same way.

    They are those that `torch.fx` gives, so that saved choices and recorded marks keep naming the same layers. A
    module's second call is `path#2`.
    """

    def __init__(self, paths: AbstractSet[str]) -> None:
        """`paths` are the modules', which no function is called."""
        self._paths = paths
        self._taken = {INPUT, PROBABILITIES}
        self._counts: dict[str, int] = {}
        self._calls: dict[str, int] = {}

    def of_function(self, word: str) -> str:
        """`relu`, `relu_1`, …; what is also a name of Python's own begins at 1: `sum_1`."""
        return self._numbered(word, self._paths)

    def of_module(self, path: str) -> str:
        """`layer1.0.conv1`, and `layer1.0.conv1#2` when it is called again."""
        self._numbered(path.replace(".", "_"), frozenset())
        calls = self._calls[path] = self._calls.get(path, 0) + 1
        return f"{path}#{calls}" if calls > 1 or path in (INPUT, PROBABILITIES) else path

    def _numbered(self, word: str, avoided: AbstractSet[str]) -> str:
        base, _, number = word.rpartition("_")
        if not (base and number.isdecimal()):
            base = word
        name, count = word, self._counts.get(base, 0)
        while name in self._taken or name in avoided or keyword.iskeyword(name) or hasattr(builtins, name):
            count += 1
            name = f"{base}_{count}"
        self._counts[base] = count
        self._taken.add(name)
        return name
