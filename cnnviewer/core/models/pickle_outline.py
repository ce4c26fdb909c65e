"""What a pickle would make, read from its instructions without making anything: to name what cannot be opened safely.

Only names and plain values are kept. Whatever the pickle would import or call stays a `Made` with the name of it.
"""

from __future__ import annotations

import pickletools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_DEEPEST = 40  # dictionaries within each other
_TENSOR = ("torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter")
_DICTIONARIES = ("collections.OrderedDict", "collections.defaultdict")
_READABLE = {"__builtin__": "", "builtins": "", "pathlib._local": "pathlib."}
_MODELS = ("model", "net", "network", "module", "ema")
_MARK = object()

Path = tuple[Any, ...]  # keys, from the outermost on


@dataclass(frozen=True)
class Made:
    """Something that the pickle would import, or make by calling it."""

    name: str

    @property
    def is_tensor(self) -> bool:
        """Whether it is one of a network's numbers."""
        return self.name in _TENSOR


def outline(operations: Iterable[tuple[pickletools.OpcodeInfo, Any, int | None]]) -> Any:
    """Dictionaries, lists and plain values as the pickle has them, with a `Made` for everything else.

    Raises:
        ValueError, IndexError, KeyError, TypeError: it is no pickle that PyTorch writes.
    """
    stack: list[Any] = []
    memo: dict[int, Any] = {}

    def above_mark() -> list[Any]:
        at = len(stack) - 1 - stack[::-1].index(_MARK)
        taken = stack[at + 1 :]
        del stack[at:]
        return taken

    for opcode, argument, _ in operations:
        match opcode.name:
            case "PROTO" | "FRAME":
                pass
            case "MARK":
                stack.append(_MARK)
            case "EMPTY_DICT":
                stack.append({})
            case "EMPTY_LIST" | "EMPTY_TUPLE":
                stack.append([])
            case "EMPTY_SET":
                stack.append(Made("set"))
            case "TUPLE" | "LIST":
                stack.append(above_mark())
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                count = int(opcode.name[-1])
                taken = stack[-count:]
                del stack[-count:]
                stack.append(taken)
            case "SETITEM":
                value, key = stack.pop(), stack.pop()
                _put(stack[-1], [key, value])
            case "SETITEMS":
                pairs = above_mark()
                _put(stack[-1], pairs)
            case "APPEND":
                value = stack.pop()
                _add(stack[-1], [value])
            case "APPENDS" | "ADDITEMS":
                values = above_mark()
                _add(stack[-1], values)
            case "GLOBAL":
                stack.append(Made(_dotted(*str(argument).split(" ", 1))))
            case "STACK_GLOBAL":
                name, module = stack.pop(), stack.pop()
                stack.append(Made(_dotted(str(module), str(name))))
            case "REDUCE" | "NEWOBJ":
                del stack[-1]
                stack[-1] = {} if isinstance(stack[-1], Made) and stack[-1].name in _DICTIONARIES else stack[-1]
            case "BUILD":
                del stack[-1]
            case "BINPERSID":
                stack[-1] = None
            case "BINPUT" | "LONG_BINPUT" | "PUT":
                memo[int(argument)] = stack[-1]
            case "MEMOIZE":
                memo[len(memo)] = stack[-1]
            case "BINGET" | "LONG_BINGET" | "GET":
                stack.append(memo[int(argument)])
            case "NONE":
                stack.append(None)
            case "NEWTRUE" | "NEWFALSE":
                stack.append(opcode.name == "NEWTRUE")
            case "STOP":
                return stack[-1]
            case _ if argument is not None:
                stack.append(argument)
            case _:
                raise ValueError(opcode.name)
    raise ValueError("no STOP")


def obstacles(node: Any, harmless: frozenset[str]) -> Iterator[tuple[Path, str]]:
    """Path and name of every `Made` that is not among the `harmless` names, the outermost first."""
    for path, one in _breadth_first(node):
        if isinstance(one, Made) and one.name not in harmless:
            yield path, one.name


def saving_line(node: Any, file: str, harmless: frozenset[str]) -> str:
    """The line of Python that saves the weights alone; it runs what is in the file, so its author must be trusted."""
    load = f'torch.load("{file}", weights_only=False)'
    path, weights = _most_tensors(node)
    if weights:
        inner = load + "".join(f"[{_literal(key)}]" for key in path)
        if all(isinstance(value, Made) and value.is_tensor for value in weights.values()):
            return f'torch.save({inner}, "weights.pt")'
        return f'torch.save({{k: v for k, v in {inner}.items() if torch.is_tensor(v)}}, "weights.pt")'
    models = [path for path, _ in obstacles(node, harmless) if path and str(path[-1]).lower() in _MODELS]
    inner = load + "".join(f"[{_literal(key)}]" for key in (models[0] if models else ()))
    return f'torch.save({inner}.state_dict(), "weights.pt")'


def _most_tensors(node: Any) -> tuple[Path, dict[Any, Any]]:
    """The path to the dictionary with the most tensors by name, and it; the outermost of equals."""
    best: tuple[Path, dict[Any, Any]] = ((), {})
    most = 0
    for path, one in _breadth_first(node):
        if isinstance(one, dict):
            count = sum(isinstance(v, Made) and v.is_tensor and isinstance(k, str) for k, v in one.items())
            if count > most:
                best, most = (path, one), count
    return best


def _breadth_first(node: Any) -> Iterator[tuple[Path, Any]]:
    """Everything in nested dictionaries and lists, each once, however often the pickle refers to it."""
    level: list[tuple[Path, Any]] = [((), node)]
    seen: set[int] = set()
    for _ in range(_DEEPEST):
        inside: list[tuple[Path, Any]] = []
        for path, one in level:
            yield path, one
            if isinstance(one, (dict, list)) and id(one) not in seen:
                seen.add(id(one))
                pairs = one.items() if isinstance(one, dict) else enumerate(one)
                inside += [((*path, key), value) for key, value in pairs]
        level = inside


def _put(target: Any, pairs: list[Any]) -> None:
    if isinstance(target, dict):
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            target[key if isinstance(key, (str, int, float, bool, type(None))) else repr(type(key))] = value


def _add(target: Any, values: list[Any]) -> None:
    if isinstance(target, list):
        target.extend(values)


def _dotted(module: str, name: str) -> str:
    return _READABLE.get(module, module + ".") + name


def _literal(key: Any) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(key, str) else repr(key)
