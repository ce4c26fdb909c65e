"""A model of the user's own: a Python file with an `nn.Module`. It is code, so it runs only after a clear yes.

Its registry key is `file:PATH::NAME`, see `key.py`. `look` reads the file without running it and says what it
defines; `own/trial.py` runs it in another process first; `agree` runs it in this one, in a namespace of its own; from
then on, in this process, `agreed` knows the key.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.call import Call, parse_call
from cnnviewer.core.models.copying import copy_of
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.output import OutputHead
from cnnviewer.core.models.own import source
from cnnviewer.core.models.own.failures import failure_of, place_of, reason_of
from cnnviewer.core.models.own.fit import check_fit
from cnnviewer.core.models.own.namespace import Instrument, ModuleNamespace
from cnnviewer.core.models.own.process_state import run_of, state_kept
from cnnviewer.core.models.randomness import own_randomness
from cnnviewer.core.models.state_dicts import load_into

_agreed: dict[str, OwnModel] = {}
Shape = tuple[int, ...]
Build = Callable[[tuple[int, int, int], int], nn.Module]


@dataclass(frozen=True)
class OwnModel:
    """What was agreed to.

    Attributes:
        title: its name as shown to the user: the class, and the file.
        build: `(input_shape, num_classes)` -> a module; `UserError` naming the layer that does not fit.
        written: the same as the file has it: no image has gone through it, and what it gives is its own.
        code: the hash of every file that it is made of so far, by its path as seen from the file's folder.
        reads: the images it was found to read, where it cannot read those of the data set: `(C, H, W)`, classes.

    """

    title: str
    build: Build
    written: Build
    code: Callable[[], Mapping[str, str]] = field(default=dict)
    reads: tuple[tuple[int, int, int], int] | None = None


def look(path: Path) -> tuple[str, ...]:
    """The names of a Python file that may be models, the likely ones first. Nothing in it is run.

    Raises:
        UserError: it cannot be read, is no Python, or has no such class.
    """
    return tuple(defined.name for defined in source.defined_models(path))


def agree(path: Path, name: str, instrument: Instrument | None = None) -> str:
    """Run the file and remember what `name` is there; the registry key. To be called only after the user's yes.

    Args:
        path: of the Python file.
        name: of a class, a function or a model, with arguments where it needs some: `Net(depth=2)`.
        instrument: see `ModuleNamespace`.

    Raises:
        UserError: the file fails when it is run, or there is no model of that name.
    """
    call = parse_call(name)
    space = ModuleNamespace(path, instrument)
    with run_of(space.file):
        try:
            made = getattr(space.load(), call.name, None)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # untrusted code
            raise failure_of(error, space) from error
    key = str(ModelKey.of_file(path, call))
    written = _as_written(_maker(made, call, path.name), call, space)
    _agreed[key] = OwnModel(f"{call.text} ({path.name})", _builder(written, call), written, space.code)
    return key


def agreed(key: str) -> OwnModel:
    """The model of a key that was agreed to in this process; `UserError` for any other."""
    if key not in _agreed:
        path, call = ModelKey.parse(key).own_code()
        raise UserError(
            "{name} is a model of your own: open {file} first, so that you can agree to run it.",
            field="model",
            name=call.name,
            file=path.name,
        )
    return _agreed[key]


def set_reads(key: str, shape: tuple[int, int, int], classes: int) -> None:
    """Remember that a model that was agreed to reads images of this `shape` only, and tells so many classes apart."""
    _agreed[key] = replace(_agreed[key], reads=(shape, classes))


def code_of(key: str) -> Mapping[str, str]:
    """The hashes of the code that a model agreed to is made of; empty for every other model."""
    return dict(_agreed[key].code()) if key in _agreed else {}


def opening_of(key: str) -> object:
    """Another object each time that the user's own file is opened; None for every other model."""
    return _agreed.get(key)


def known_code(path: Path, name: str) -> Mapping[str, str]:
    """The same for what `agree` was given; empty where it has not been agreed to."""
    return code_of(str(ModelKey.of_file(path, parse_call(name))))


def _maker(made: object, call: Call, file: str) -> Callable[..., Any]:
    """What gives a new model: the class, the function, or copies of the model that the file has made."""
    if isinstance(made, nn.Module):
        if call.positional or call.named:
            raise UserError("{name} in {file} is a model already: it takes no arguments.", name=call.name, file=file)
        return lambda: copy_of(made)
    if inspect.isclass(made) and not issubclass(made, nn.Module):
        raise UserError("{name} in {file} is not derived from torch.nn.Module.", name=call.name, file=file)
    if not callable(made) or isinstance(made, ModuleType):
        raise UserError("{file} has no model {name} after it was run.", name=call.name, file=file)
    return made


def _as_written(maker: Callable[..., Any], call: Call, space: ModuleNamespace) -> Build:
    def written(input_shape: tuple[int, int, int], num_classes: int) -> nn.Module:
        try:
            with state_kept():
                model = _made(maker, call, input_shape, num_classes)
        except (UserError, KeyboardInterrupt):
            raise
        except BaseException as error:  # untrusted code
            file, line = place_of(error.__traceback__, space)
            raise UserError(
                "{name} cannot be built: {reason} (line {line} of {file}).",
                field="model",
                name=call.name,
                file=file,
                line=line,
                reason=space.plain(reason_of(error)),
            ) from error
        if not isinstance(model, nn.Module):
            raise UserError(
                "{name} in {file} gives no torch.nn.Module, but {found}.",
                field="model",
                name=call.name,
                file=space.file.name,
                found=type(model).__name__,
            )
        if isinstance(model, torch.jit.ScriptModule):
            raise UserError(
                "{name} in {file} is a TorchScript program, into which nobody can look: leave out torch.jit.script.",
                field="model",
                name=call.name,
                file=space.file.name,
            )
        return model

    return written


def _builder(written: Build, call: Call) -> Build:
    known: dict[tuple[tuple[int, int, int], int], tuple[OutputHead, bool]] = {}

    def build(input_shape: tuple[int, int, int], num_classes: int) -> nn.Module:
        model = written(input_shape, num_classes)
        if next(model.parameters(), torch.empty(0)).device.type != "meta":
            place = (input_shape, num_classes)
            with state_kept():
                if place not in known:
                    known[place] = _fitted(model, call.name, *place)
                head, makes_layers = known[place]
                if makes_layers:
                    _make_layers(model, input_shape)
            model.register_forward_hook(head)
        return model

    return build


def _fitted(
    model: nn.Module, name: str, input_shape: tuple[int, int, int], num_classes: int
) -> tuple[OutputHead, bool]:
    """What makes the model give scores, and whether it is to be shown an image before it has all its layers.

    The images go through a copy: what a model counts or keeps begins with the training.
    """
    makes_layers = bool(_unfinished(model))
    if makes_layers:
        with suppress(Exception, SystemExit):  # what fails here fails again below, where it is explained
            _make_layers(model, input_shape)
    try:
        trial = copy_of(model)
    except Exception:  # untrusted code; such as tensors computed from the weights
        with suppress(Exception, SystemExit):
            _make_layers(model, input_shape)
        kept = {layer: tensor.clone() for layer, tensor in model.state_dict().items() if not is_lazy(tensor)}
        with own_randomness():
            head = check_fit(model, name, input_shape, num_classes)
        _check_finished(model, name)
        load_into(model, kept)
        return head, True
    with own_randomness():
        head = check_fit(trial, name, input_shape, num_classes)
    return head, makes_layers or _names(trial) != _names(model)


def _names(model: nn.Module) -> list[str]:
    tensors = (*model.named_parameters(remove_duplicate=False), *model.named_buffers(remove_duplicate=False))
    return [name for name, _ in tensors]


def _unfinished(model: nn.Module) -> list[str]:
    """Names of the weights and buffers that lazy layers have not made yet."""
    return [name for name, tensor in (*model.named_parameters(), *model.named_buffers()) if is_lazy(tensor)]


def _make_layers(model: nn.Module, input_shape: tuple[int, int, int]) -> None:
    """Show the model an image, so that it has all its weights before they are counted, loaded or trained.

    What it uses only while it learns is made in training mode; what that changes in its buffers is put back.
    """
    was_training = model.training
    with torch.no_grad():
        model.eval()(torch.zeros(2, *input_shape))
        if _unfinished(model):
            kept = [(buffer, buffer.clone()) for buffer in model.buffers() if not is_lazy(buffer)]
            model.train()(torch.zeros(2, *input_shape))
            for buffer, value in kept:
                buffer.copy_(value)
    model.train(was_training)


def _check_finished(model: nn.Module, name: str) -> None:
    if unfinished := _unfinished(model):
        raise UserError(
            "{layer} of {model} is a lazy layer that no image goes through, so it has no weights: leave it out.",
            field="model",
            layer=unfinished[0].rpartition(".")[0],
            model=name,
        )


def _made(maker: Callable[..., Any], call: Call, shape: tuple[int, int, int], classes: int) -> Any:
    positional, named, takes_more = _arguments(maker, call, shape, classes)
    if takes_more:  # def resnet18(**options): return ResNet(Block, [2, 2, 2, 2], **options)
        try:
            return maker(*positional, **named, num_classes=classes)
        except TypeError as error:
            if "num_classes" not in str(error):
                raise
    return maker(*positional, **named)


def _arguments(
    maker: Callable[..., Any], call: Call, shape: tuple[int, int, int], classes: int
) -> tuple[tuple[Any, ...], dict[str, Any], bool]:
    """What was given and what else is asked for, as far as usual names tell; whether it may take `num_classes` too."""
    try:
        signature = inspect.signature(maker)
    except (TypeError, ValueError):  # of a class written in C
        return call.positional, dict(call.named), False
    try:
        given = signature.bind_partial(*call.positional, **call.named).arguments
    except TypeError as error:
        raise UserError(
            "{name} does not take these arguments: {reason}.", field="model", name=call.name, reason=reason_of(error)
        ) from error
    named = dict(call.named)
    missing: list[str] = []
    for name, parameter in signature.parameters.items():
        if name in given or parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            continue
        value = _usual(name, parameter.default, shape, classes)
        if value is not None:
            named[name] = value
        elif parameter.default is inspect.Parameter.empty:
            missing.append(name)
    if missing:
        wanted = Call(call.name, call.positional).text.removesuffix(")")
        raise UserError(
            "{name} wants {arguments}, which this program does not know: write for example {example}.",
            field="model",
            name=call.name,
            arguments=", ".join(missing),
            example=f"{wanted}{', ' if call.positional else '('}{', '.join(f'{name}=2' for name in missing)})",
        )
    takes_more = any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in signature.parameters.values())
    return call.positional, named, takes_more and not set(source.CLASSES) & {*signature.parameters, *named}


def _usual(name: str, default: object, shape: tuple[int, int, int], classes: int) -> Any:
    """The value of an argument of a usual name; None where nothing tells it, or its default says more."""
    needed = default is inspect.Parameter.empty
    if name in source.CLASSES:
        return classes
    if name in source.CHANNELS:  # channels=64 is the width of a block, not the images' channels
        return shape[0] if needed or name != "channels" or default in (1, 3) else None
    if name in source.SHAPES:
        return shape
    if name in source.SIDES and needed:
        return shape[1]
    if name in source.FLAT and needed:
        return shape[0] * shape[1] * shape[2]
    return None
