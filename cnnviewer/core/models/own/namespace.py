"""The code of the user's file, loaded into a namespace of its own each time it is opened. Free of torch.

Python keeps every module under its plain name for the whole process: a file opened again would be the old one, and two
folders' `blocks.py` would be one. Here the file and the neighbours that it imports, now or later, become modules of
one unique package (`cnnviewer_own_3.net`, `cnnviewer_own_3.blocks`); installed packages are shared as usual. The code
is always compiled from its source: bytecode files, valid by the second, can be older than an edit.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import importlib
import itertools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    PathFinder,
    SourceFileLoader,
)
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

PREFIX: Final = "cnnviewer_own_"
Instrument = Callable[[ast.Module, Path], ast.Module]
_numbers = itertools.count(1)
_spaces: dict[str, ModuleNamespace] = {}


class ModuleNamespace:
    """One opening of a file: its modules, and what they were made of.

    Attributes:
        file: the file.
        name: of the package that all modules are in.
        sources: every file that was loaded so far -> the hash of its content.

    Args:
        file: a Python file.
        instrument: changes a module's syntax tree before it is compiled.
    """

    def __init__(self, file: Path, instrument: Instrument | None = None) -> None:
        self.file = file.resolve()
        self.name = f"{PREFIX}{next(_numbers)}"
        self.sources: dict[Path, str] = {}
        self._instrument = instrument
        self._known_path = tuple(sys.path)
        self._roots: list[str] = []
        self._added: list[str] = []  # folders that the code has put into sys.path
        self._importlib = _OwnImportlib(self)
        self.builtins = {**vars(builtins), "__import__": self._import, "input": _no_input}

    def load(self) -> ModuleType:
        """Run the file; whatever it raises comes through."""
        parts = _package_parts(self.file)
        roots = (self.file.parent, _outside_packages(self.file), self.file.parents[len(parts)])
        self._roots = list(dict.fromkeys(map(str, roots)))
        root = ModuleType(self.name)
        root.__path__ = list(self._roots)
        sys.modules[self.name] = root
        _spaces[self.name] = self
        if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
            sys.meta_path.insert(0, _Finder())
        parent = ".".join((self.name, *parts))
        importlib.import_module(parent)
        stem = self.file.parent.name if self.file.stem == "__init__" else self.file.stem
        name = f"{parent}.{''.join(c if c.isidentifier() or c.isdigit() else '_' for c in stem)}"
        if name in sys.modules:  # its package has imported it already
            return sys.modules[name]
        spec = spec_from_file_location(
            name,
            self.file,
            loader=_Loader(self, name, str(self.file)),
            submodule_search_locations=[str(self.file.parent)] if self.file.stem == "__init__" else None,
        )
        if spec is None or spec.loader is None:
            raise ImportError(f"{self.file.name} is not a Python file")
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return sys.modules[name]

    def code(self) -> dict[str, str]:
        """The hash of every file loaded so far, by its path as seen from the file's folder."""
        return {shown_path(path, self.file.parent): digest for path, digest in self.sources.items()}

    def plain(self, text: str) -> str:
        """A text without the package that nobody but this program knows of."""
        return text.replace(f"{self.name}.", "")

    def find(self, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
        """Where a module of this namespace is, in the folders of its package."""
        portions: list[str] = []
        for folder in path or ():
            finder = FileFinder(folder, (ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceFileLoader, SOURCE_SUFFIXES))
            spec = finder.find_spec(name)
            if spec is not None and isinstance(spec.loader, SourceFileLoader):
                spec.loader = _Loader(self, name, str(spec.origin))
            if spec is not None and spec.loader is not None:
                return spec
            portions += (spec.submodule_search_locations or ()) if spec is not None else ()
        if not portions:
            return None
        spec = ModuleSpec(name, None, is_package=True)  # a folder without an __init__.py
        spec.submodule_search_locations = portions
        return spec

    def compile(self, data: bytes, path: Path) -> CodeType:
        """A source as code; its hash is remembered."""
        self.sources[path] = digest_of(data)
        tree = ast.parse(data, filename=str(path))
        if self._instrument is not None:
            tree = self._instrument(tree, path)
        code: CodeType = compile(tree, str(path), "exec", dont_inherit=True)
        return code

    # imports out of the code

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        """`__import__` for the code of this namespace: neighbours first, as a script's own folder comes first."""
        top = name.partition(".")[0]
        if level == 0 and top == "importlib" and (not fromlist or "import_module" in fromlist):
            builtins.__import__(name, globals, locals, fromlist or (), 0)
            return self._importlib if name == "importlib" or not fromlist else sys.modules[name]
        if level != 0 or not self.has(top, str((globals or {}).get("__name__", ""))):
            return builtins.__import__(name, globals, locals, fromlist or (), level)
        if fromlist:
            return builtins.__import__(f"{self.name}.{name}", globals, locals, fromlist, 0)
        importlib.import_module(f"{self.name}.{name}")
        return sys.modules[f"{self.name}.{top}"]

    def has(self, top: str, importer: str) -> bool:
        """Whether `import top` in the module `importer` means a neighbour."""
        own = f"{self.name}.{top}"
        if not top or own == importer or top in sys.builtin_module_names:
            return False  # own: a file called torch.py that imports torch
        if own in sys.modules:
            return True
        spec = self.find(own, self._roots)
        if spec is not None and spec.loader is not None:
            return True
        self._added += [entry for entry in sys.path if entry not in self._known_path and entry not in self._added]
        sys.modules[self.name].__path__ = [*self._roots, *map(os.path.abspath, self._added)]
        # a folder without an __init__.py, and what is in a folder put behind the installed packages, come after these
        return (spec is not None or self.find(own, self._added) is not None) and not _is_installed(
            top, self._known_path
        )


class _Finder(MetaPathFinder):
    """Finds the modules of every namespace."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        space = _spaces.get(fullname.partition(".")[0])
        return space.find(fullname, path) if space is not None else None


class _Loader(SourceFileLoader):
    """Compiles from the source, and gives the module the namespace's own `import`."""

    def __init__(self, space: ModuleNamespace, fullname: str, path: str) -> None:
        super().__init__(fullname, path)
        self._space = space

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        return self._space.compile(path.read_bytes(), path)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__builtins__"] = self._space.builtins
        super().exec_module(module)


class _OwnImportlib(ModuleType):
    """`importlib` for the code of a namespace: its `import_module` knows the neighbours too."""

    def __init__(self, space: ModuleNamespace) -> None:
        super().__init__("importlib")
        self._space = space

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib, name)

    def import_module(self, name: str, package: str | None = None) -> ModuleType:
        """See `importlib.import_module`."""
        if not name.startswith(".") and self._space.has(name.partition(".")[0], ""):
            return importlib.import_module(f"{self._space.name}.{name}")
        return importlib.import_module(name, package)


def digest_of(data: bytes) -> str:
    """SHA-256 of a source; the same for every kind of line ending."""
    return hashlib.sha256(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()


def shown_path(path: Path, folder: Path) -> str:
    """`path` as seen from `folder`, with forward slashes; the whole path where it is on another drive."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("input() waits for a keyboard that a model does not have")


def _outside_packages(file: Path) -> Path:
    """The folder that the outermost package around the file is in."""
    folder = file.parent
    while (folder / "__init__.py").exists() and folder.parent != folder:
        folder = folder.parent
    return folder


def _package_parts(file: Path) -> tuple[str, ...]:
    """The packages that the file has to be a part of: none unless it imports relatively (`from ..blocks import …`)."""
    tree = ast.parse(file.read_bytes(), filename=str(file))
    level = max((node.level for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)), default=0)
    if file.stem == "__init__":
        level = max(0, level - 1)  # a package's own level is inside it
    folder = file.parent.parent if file.stem == "__init__" else file.parent
    parts: list[str] = []
    while level and ((folder / "__init__.py").exists() or len(parts) < level - 1) and folder.parent != folder:
        parts.insert(0, folder.name)
        folder = folder.parent
    return tuple(parts)


def _is_installed(top: str, path: Sequence[str]) -> bool:
    return top in sys.modules or top in sys.stdlib_module_names or PathFinder.find_spec(top, list(path)) is not None
