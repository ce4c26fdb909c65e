"""What a Python file defines as a model, found out by reading it: nothing in it is run. Free of torch."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.syntax import nodes_in, parse, statements, texts

_DEEPEST: Final = 8  # neighbours that import neighbours
Kind = Literal["class", "function", "model"]

CLASSES: Final = (
    *("num_classes", "n_classes", "nb_classes", "classes", "num_class", "n_class", "nclass", "nclasses", "class_num"),
    *("out_features", "num_outputs", "n_outputs", "output_size", "output_dim", "out_dim"),
)
"""Names of arguments that are the number of classes."""
CHANNELS: Final = (
    *("in_channels", "input_channels", "in_chans", "in_ch", "n_channels", "num_channels", "img_channels"),
    *("image_channels", "channels"),
)
"""Names of arguments that are the channels of the images."""
SHAPES: Final = ("input_shape", "image_shape", "img_shape", "in_shape")
"""Names of arguments that are the images' shape, `(C, H, W)`."""
SIDES: Final = ("image_size", "img_size", "input_resolution", "resolution")
"""Names of arguments that are the height of square images."""
FLAT: Final = ("in_features", "input_size", "input_dim", "in_dim", "n_inputs", "num_inputs")
"""Names of arguments that are the number of values of an image."""
KNOWN: Final = frozenset((*CLASSES, *CHANNELS, *SHAPES, *SIDES, *FLAT))


@dataclass(frozen=True)
class DefinedModel:
    """Something of a file that may be a model.

    Attributes:
        name: of the class, the function or the model.
        kind: which of them it is.
        missing: arguments without a default whose values the program cannot tell.
        optional: arguments that have one.

    """

    name: str
    kind: Kind
    missing: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def defined_models(path: Path) -> tuple[DefinedModel, ...]:
    """What of a Python file may be a model: the likely ones first.

    Classes that have a `forward`, or inherit one; functions that return a model; models made when the file is run.

    Raises:
        UserError: it cannot be read, is no Python, or has nothing of the kind.
    """
    source = _Source(path, parse(path))
    found = [defined_model for name in source.own_names() if (defined_model := source.defined_model(name)) is not None]
    if not found:  # a file that only collects what its neighbours define
        found = [defined_model for name in source.imported if (defined_model := source.defined_model(name)) is not None]
    if not found:
        raise UserError("{file} has no class derived from torch.nn.Module.", file=path.name)
    used = source.names_used()
    public = source.public
    return tuple(
        sorted(found, key=lambda one: (bool(one.missing), one.name in used, public and one.name not in public))
    )


@dataclass
class _Source:
    """One file's syntax tree, and its neighbours' as far as they are asked for."""

    path: Path
    tree: ast.Module
    depth: int = 0
    seen: set[str] = field(default_factory=set)  # names being looked up: classes may derive from each other by mistake

    def __post_init__(self) -> None:
        self.defined: dict[str, ast.stmt] = {}
        self.values: dict[str, ast.expr] = {}
        self.imported: dict[str, tuple[int, str, str]] = {}  # name -> level, module, name in it ("" for the module)
        self.stars: list[tuple[int, str]] = []
        self.neighbours: dict[tuple[int, str], _Source | None] = {}
        for node in statements(self.tree.body):
            self._take(node)
        self.public = texts(self.values.get("__all__"))

    def own_names(self) -> list[str]:
        """Names that the file itself gives something, in its order."""
        return [*self.defined, *(name for name in self.values if name not in self.defined)]

    def names_used(self) -> set[str]:
        """Names that are read inside classes and functions, and as base classes: parts of something else."""
        used: set[str] = set()
        for name, node in self.defined.items():
            used |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and part.id != name}
        return used

    def defined_model(self, name: str) -> DefinedModel | None:
        """What is defined under this name; None where it is no model."""
        if name.startswith("__"):
            return None
        where, node = self._find(name)
        if isinstance(node, ast.ClassDef):
            if not where._is_model_class(node.name):
                return None
            missing, optional = _arguments(where._constructor(node.name), method=True)
            return DefinedModel(name, "class", missing, optional)
        if isinstance(node, ast.FunctionDef) and where._gives_model(node):
            return DefinedModel(name, "function", *_arguments(node.args, method=False))
        value = where.values.get(name)
        if isinstance(value, ast.Lambda) and where._is_model(value.body, {}):
            return DefinedModel(name, "function", *_arguments(value.args, method=False))
        if value is not None and where._is_model(value, {}):
            return DefinedModel(name, "model")
        return None

    # names

    def _take(self, node: ast.stmt) -> None:
        match node:
            case ast.ClassDef() | ast.FunctionDef():
                self.defined[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.values[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.values[name] = value
            case ast.Import():
                for alias in node.names:
                    top = alias.name if alias.asname else alias.name.partition(".")[0]
                    self.imported[alias.asname or top] = (0, top, "")
            case ast.ImportFrom():
                for alias in node.names:
                    if alias.name == "*":
                        self.stars.append((node.level, node.module or ""))
                    else:
                        self.imported[alias.asname or alias.name] = (node.level, node.module or "", alias.name)
            case _:
                pass

    def _find(self, name: str) -> tuple[_Source, ast.stmt | None]:
        """The file and the statement that define a name, here or in a neighbour."""
        if name in self.defined or name in self.values:
            return self, self.defined.get(name)
        if name in self.imported:
            level, module, inside = self.imported[name]
            neighbour = self._neighbour(level, module)
            if neighbour is not None and inside:
                return neighbour._find(inside)
        for level, module in self.stars:
            neighbour = self._neighbour(level, module)
            if neighbour is not None and (found := neighbour._find(name))[1] is not None:
                return found
        return self, None

    def _neighbour(self, level: int, module: str) -> _Source | None:
        key = (level, module)
        if key not in self.neighbours:
            self.neighbours[key] = self._read(level, module) if self.depth < _DEEPEST else None
        return self.neighbours[key]

    def _read(self, level: int, module: str) -> _Source | None:
        folder = self.path.parent
        for _ in range(level - 1):
            folder = folder.parent
        base = folder.joinpath(*module.split(".")) if module else folder
        for file in (base / "__init__.py", base.with_name(f"{base.name}.py")):
            try:
                if file.is_file() and file.resolve() != self.path.resolve():
                    return _Source(file, parse(file), self.depth + 1)
            except (UserError, OSError):  # it says so itself when it is run; OSError: a name that no file can have
                return None
        return None

    def _origin(self, node: ast.expr) -> str:
        """A dotted name with its first part as it was imported: `nn.Module` -> `torch.nn.Module`."""
        text = ast.unparse(node)
        first, _, rest = text.partition(".")
        if first in self.imported:
            _, module, inside = self.imported[first]
            text = ".".join(part for part in (module, inside, rest) if part)
        elif isinstance(self.values.get(first), (ast.Name, ast.Attribute)) and first not in self.seen:
            self.seen.add(first)
            text = ".".join(part for part in (self._origin(self.values[first]), rest) if part)
            self.seen.discard(first)
        return text

    def _resolve(self, node: ast.expr) -> tuple[_Source, ast.stmt | None]:
        """The file and the statement behind `Name` or `module.Name`."""
        if isinstance(node, ast.Name):
            value = self.values.get(node.id)
            if isinstance(value, (ast.Name, ast.Attribute)) and node.id not in self.seen:
                self.seen.add(node.id)
                try:
                    return self._resolve(value)
                finally:
                    self.seen.discard(node.id)
            return self._find(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.imported:
            level, module, inside = self.imported[node.value.id]
            neighbour = self._neighbour(level, f"{module}.{inside}".strip("."))
            if neighbour is not None:
                return neighbour._find(node.attr)
        return self, None

    # models

    def _is_model_class(self, name: str) -> bool:
        node = self.defined.get(name)
        if not isinstance(node, ast.ClassDef) or name in self.seen:
            return False
        own_forward = any(
            (isinstance(part, ast.FunctionDef) and part.name == "forward")
            or (isinstance(part, ast.Assign) and any(ast.unparse(target) == "forward" for target in part.targets))
            for part in statements(node.body)
        )
        self.seen.add(name)
        try:
            return any(self._is_model_base(base, own_forward) for base in node.bases)
        finally:
            self.seen.discard(name)

    def _is_model_base(self, base: ast.expr, own_forward: bool) -> bool:
        base = base.value if isinstance(base, ast.Subscript) else base  # Generic[T]
        where, node = self._resolve(base)
        if isinstance(node, ast.ClassDef):
            return where._is_model_class(node.name) or (own_forward and where._derives_from_unknown(node.name))
        origin = self._origin(base)
        last = origin.rpartition(".")[2]
        if last in ("Function", "InplaceFunction"):  # of torch.autograd: its forward is another one
            return False
        return own_forward or _is_known_module(origin)

    def _derives_from_unknown(self, name: str) -> bool:
        """Whether a class has bases at all: what they are is not known without running them."""
        node = self.defined.get(name)
        return isinstance(node, ast.ClassDef) and bool(node.bases)

    def _constructor(self, name: str, depth: int = 0) -> ast.arguments | None:
        """The arguments of the class's `__init__`, its own or inherited; None where they are not known."""
        node = self.defined.get(name)
        if not isinstance(node, ast.ClassDef) or depth > _DEEPEST:
            return None
        for part in statements(node.body):
            if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                return part.args
        for base in node.bases:
            where, found = self._resolve(base)
            if isinstance(found, ast.ClassDef) and (inherited := where._constructor(found.name, depth + 1)) is not None:
                return inherited
        return None

    def _gives_model(self, function: ast.FunctionDef) -> bool:
        if function.name in self.seen:
            return False
        self.seen.add(function.name)
        try:
            annotation = function.returns
            if annotation is not None and self._annotates_model(annotation):
                return True
            inside = list(nodes_in(function))
            local: dict[str, ast.expr | ast.ClassDef] = {}
            for node in inside:
                if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                    local.setdefault(node.targets[0].id, node.value)
                elif isinstance(node, ast.ClassDef):
                    local[node.name] = node
            returned = [node.value for node in inside if isinstance(node, ast.Return) and node.value is not None]
            return any(self._is_model(value, local) for value in returned)
        finally:
            self.seen.discard(function.name)

    def _annotates_model(self, annotation: ast.expr) -> bool:
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return False
        where, node = self._resolve(annotation)
        if isinstance(node, ast.ClassDef):
            return where._is_model_class(node.name)
        return _is_known_module(self._origin(annotation))

    def _is_model(self, value: ast.expr, local: Mapping[str, ast.expr | ast.ClassDef]) -> bool:
        """Whether an expression is a model: a call that makes one, or a name of one."""
        match value:
            case ast.IfExp():
                return self._is_model(value.body, local) or self._is_model(value.orelse, local)
            case ast.Name(id=name) if name in local:
                rest = {other: node for other, node in local.items() if other != name}
                known = local[name]
                return isinstance(known, ast.expr) and self._is_model(known, rest)
            case ast.Call(func=ast.Attribute(attr="to" | "eval" | "train" | "apply", value=inner)):
                return self._is_model(inner, local)
            case ast.Call(func=ast.Name(id=name)) if isinstance(local.get(name), ast.ClassDef):
                node = local[name]
                return isinstance(node, ast.ClassDef) and any(self._is_model_base(base, True) for base in node.bases)
            case ast.Call(func=ast.Name() | ast.Attribute() as called):
                return self._makes_model(called)
            case _:
                return False

    def _makes_model(self, called: ast.expr) -> bool:
        where, node = self._resolve(called)
        if isinstance(node, ast.ClassDef):
            return where._is_model_class(node.name)
        if isinstance(node, ast.FunctionDef):
            return where._gives_model(node)
        origin = self._origin(called)
        # a single layer is a part, not a model: conv3x3() is not listed
        return (
            origin.startswith(("torchvision.models.", "timm.create_model")) or origin.rpartition(".")[2] == "Sequential"
        )


def _is_known_module(origin: str) -> bool:
    """Whether an installed class of this dotted name is surely a module."""
    last = origin.rpartition(".")[2]
    return (
        (last.endswith("Module") and not last.endswith("DataModule"))
        or last == "Sequential"
        or origin.startswith("torchvision.models.")
    )


def _arguments(arguments: ast.arguments | None, method: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Arguments that have to be given because nothing tells their values, and those that may be."""
    if arguments is None:
        return (), ()
    places = [*arguments.posonlyargs, *arguments.args][1 if method else 0 :]
    needed = places[: max(0, len(places) - len(arguments.defaults))]
    needed += [arg for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default is None]
    missing = tuple(arg.arg for arg in needed if arg.arg not in KNOWN)
    every = [arg.arg for arg in (*places, *arguments.kwonlyargs)]
    return missing, tuple(name for name in every if name not in missing)
