"""A model of a person's own: a Python file with an `nn.Module`. It is code, so it runs only after a clear yes.

Its registry key is `file:PATH::CLASS`. `look` reads the file without running it and says which classes it might be;
`agree` runs it; from then on, in this process, `agreed` knows the key.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from cnnviewer.core.errors import UserError

PREFIX: Final = "file:"
_LARGEST = 2**20  # bytes of a Python file
_SIZES = ("num_classes", "classes", "n_classes", "out_features", "num_outputs", "output_size")
_CHANNELS = ("in_channels", "channels", "input_channels", "in_chans")
_agreed: dict[str, OwnModel] = {}
Shape = tuple[int, ...]


@dataclass(frozen=True)
class OwnModel:
    """A class that was agreed to.

    Attributes:
        title: its name for a person: the class, and the file.
        build: `(input_shape, num_classes)` -> a module; `UserError` naming the layer that does not fit.

    """

    title: str
    build: Callable[[tuple[int, int, int], int], nn.Module]


def look(path: Path) -> tuple[str, ...]:
    """The classes of a Python file that have a `forward` or derive from a `Module`. Nothing in it is run.

    Raises:
        UserError: it cannot be read, is no Python, or has no such class.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("{file} is too large for a Python file with a model.", file=path.name)
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    except SyntaxError as error:
        raise UserError(
            "{file} is not Python that this program understands: line {line}: {reason}.",
            file=path.name,
            line=error.lineno,
            reason=error.msg,
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("{file} cannot be read: {reason}.", file=path.name, reason=reason.lower()) from error
    found = tuple(node.name for node in tree.body if isinstance(node, ast.ClassDef) and _may_be_model(node))
    if not found:
        raise UserError("{file} has no class derived from torch.nn.Module.", file=path.name)
    return found


def agree(path: Path, name: str) -> str:
    """Run the file and remember its class `name`; the registry key. To be called only after a person's yes.

    Raises:
        UserError: the file fails when it is run, or the class is no `nn.Module`.
    """
    key = f"{PREFIX}{path.resolve()}::{name}"
    kind = getattr(_run(path), name, None)
    if not (inspect.isclass(kind) and issubclass(kind, nn.Module)):
        raise UserError("{name} in {file} is not derived from torch.nn.Module.", name=name, file=path.name)
    _agreed[key] = OwnModel(f"{name} ({path.name})", _builder(kind, path.name))
    return key


def agreed(key: str) -> OwnModel:
    """The model of a key that was agreed to in this process; `UserError` for any other."""
    if key not in _agreed:
        path, _, name = key.removeprefix(PREFIX).rpartition("::")
        raise UserError(
            "{name} is a model of your own: open {file} first, so that you can agree to run it.",
            field="model",
            name=name,
            file=Path(path).name,
        )
    return _agreed[key]


def _may_be_model(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    forward = any(isinstance(part, ast.FunctionDef) and part.name == "forward" for part in node.body)
    return bool(bases) and (forward or "Module" in bases or "Sequential" in bases)


def _run(path: Path) -> Any:
    # its own name: two files called model.py do not get into each other's way, nor into a package's
    name = f"cnnviewer_own_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}"
    found = importlib.util.spec_from_file_location(name, path)
    if found is None or found.loader is None:
        raise UserError("{file} is not a Python file.", file=path.name)
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    sys.path.insert(0, str(path.resolve().parent))  # it may import its neighbours
    try:
        found.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise UserError(
            "{file} fails when it is run: {reason}.",
            file=path.name,
            reason=_reason(error),
        ) from error
    finally:
        sys.path.remove(str(path.resolve().parent))
    return module


def _builder(kind: type[nn.Module], file: str) -> Callable[[tuple[int, int, int], int], nn.Module]:
    def build(input_shape: tuple[int, int, int], num_classes: int) -> nn.Module:
        try:
            model = kind(**_arguments(kind, input_shape, num_classes))
        except UserError:
            raise
        except Exception as error:  # a stranger's code
            raise UserError(
                "{name} in {file} cannot be built: {reason}.",
                field="model",
                name=kind.__name__,
                file=file,
                reason=_reason(error),
            ) from error
        if next(model.parameters(), torch.empty(0)).device.type != "meta":
            check_fit(model, kind.__name__, input_shape, num_classes)
        return model

    return build


def _arguments(kind: type[nn.Module], shape: tuple[int, int, int], classes: int) -> dict[str, Any]:
    """What its `__init__` asks for, as far as the usual names tell."""
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(kind).parameters.items():
        if name in _SIZES:
            given[name] = classes
        elif name in _CHANNELS:
            given[name] = shape[0]
        elif name in ("input_shape", "image_shape"):
            given[name] = shape
        elif parameter.default is inspect.Parameter.empty and parameter.kind not in (
            inspect.Parameter.VAR_POSITIONAL,
            inspect.Parameter.VAR_KEYWORD,
        ):
            raise UserError(
                "{name} wants {argument}, which this program does not know: give it a default value.",
                field="model",
                name=kind.__name__,
                argument=name,
            )
    return given


@dataclass
class _Entered:
    """A layer that an image went into: `taken` is its shape there, `given` behind the layer, None if it failed."""

    path: str
    module: nn.Module
    taken: Shape
    given: Shape | None = None


def check_fit(model: nn.Module, name: str, input_shape: tuple[int, int, int], num_classes: int) -> None:
    """Run two images through the model before anything else, and say which layer does not fit them.

    Raises:
        UserError: one sentence with the layer, and the shapes expected and found.
    """
    entered: list[_Entered] = []
    paths = {module: path for path, module in model.named_modules() if path}

    def note(module: nn.Module, taken: tuple[Any, ...]) -> None:
        entered.append(_Entered(paths[module], module, _shape(taken[0] if taken else None)))

    def note_end(_module: nn.Module, _taken: tuple[Any, ...], given: Any) -> None:
        entered[-1].given = _shape(given)

    leaves = [module for module in paths if not list(module.children())]
    handles = [module.register_forward_pre_hook(note) for module in leaves]
    handles += [module.register_forward_hook(note_end) for module in leaves]
    was_training = model.training
    try:
        with torch.no_grad():
            output = model.eval()(torch.zeros(2, *input_shape))
    except Exception as error:  # a stranger's code
        raise _misfit(name, entered, error) from error
    finally:
        for handle in handles:
            handle.remove()
        model.train(was_training)
    while not torch.is_tensor(output) and isinstance(output, (tuple, list, dict)) and output:
        output = next(iter(output.values() if isinstance(output, dict) else output))
    if torch.is_tensor(output) and output.ndim == 2 and len(output) != 2:
        raise UserError(
            "{model} gives {found} numbers for 2 images, expected are {expected}: "
            "a size in view(-1, …) or reshape(-1, …) does not fit.",
            field="model",
            model=name,
            found=_by(tuple(output.shape)),
            expected=_by((2, num_classes)),
        )
    shape = _shape(output)
    if shape != (num_classes,):
        raise UserError(
            "{model} gives {found} numbers for an image, but the data set has {expected} classes.",
            field="model",
            model=name,
            found=_by(shape) or "no",
            expected=num_classes,
        )


def _misfit(name: str, entered: list[_Entered], error: Exception) -> UserError:
    last = entered[-1] if entered else None
    if last is not None and last.given is not None:  # what follows it in `forward` failed
        return UserError(
            "{model} fails behind {layer}, which gives {found}: {reason}.",
            field="model",
            model=name,
            layer=last.path,
            found=_by(last.given) or "?",
            reason=_reason(error),
        )
    expected = _expected(last.module, last.taken) if last is not None else ""
    if last is not None and last.taken and expected:
        return UserError(
            "{layer} of {model} does not fit: it expects {expected}, but gets {found}.",
            field="model",
            layer=last.path,
            model=name,
            expected=expected,
            found=_by(last.taken),
        )
    return UserError("{model} cannot read such images: {reason}.", field="model", model=name, reason=_reason(error))


def _expected(module: nn.Module, taken: Shape) -> str:
    """The shape that a layer takes, as far as it is known; for maps that are too small, how large they must be."""
    if isinstance(module, nn.Linear):
        return str(module.in_features)
    if isinstance(module, nn.Conv2d):
        fits = len(taken) == 3 and taken[0] == module.in_channels
        return f"{module.in_channels}×{_at_least(module) if fits else 'H×W'}"
    if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)):
        return f"C×{_at_least(module)}"
    features = getattr(module, "num_features", None)
    return f"{features}×H×W" if isinstance(module, nn.BatchNorm2d) else str(features or "")


def _at_least(module: nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d) -> str:
    """`H×W` with the smallest sizes that the window fits into."""
    kernel, padding, dilation = (
        value if isinstance(value, tuple) else (value, value)
        for value in (module.kernel_size, module.padding, getattr(module, "dilation", 1))
    )
    if isinstance(padding[0], str):  # "same" and "valid" as a pair of themselves
        padding = (0, 0)
    least = [max(1, d * (k - 1) + 1 - 2 * p) for k, p, d in zip(kernel, padding, dilation, strict=True)]
    return f"H×W, H ≥ {least[0]}, W ≥ {least[1]}"


def _shape(value: Any) -> Shape:
    """For one image."""
    return tuple(value.shape[1:]) if torch.is_tensor(value) else ()


def _by(shape: Shape) -> str:
    return "×".join(str(size) for size in shape)


def _reason(error: BaseException) -> str:
    return ((str(error) or type(error).__name__).splitlines()[0])[:200].rstrip(".")
