"""Weights files: ours is safetensors with the recipe, where it comes from and a checksum; others are read safely."""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.images.decoding import recorded
from cnnviewer.core.json_text import json_text
from cnnviewer.core.mistaken import HEAD, mistaken
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.fitting import LARGEST, MOST_CLASSES, checked
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.mutes import Mutes, as_plain, from_plain
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.own.own_file import agreed, opening_of
from cnnviewer.core.models.recipe import WEIGHTS_ENDINGS, ModelRecipe
from cnnviewer.core.models.recognising import recognise
from cnnviewer.core.models.registry import spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.state_dicts import Tensors, found_flat
from cnnviewer.core.models.temperature import Temperature
from cnnviewer.core.models.torch_file import is_torch_file, plain, tensors_of_torch_file
from cnnviewer.core.resources import resource

FORMAT = "cnnviewer-weights"
VERSION = 1
_WITH_MUTES = 2
"""Of a file with muted channels: a program that knows none must not give other numbers without a word."""
BUNDLED = ("lenet", "simplecnn", "alexnet32", "vgg32", "resnet32")
"""Models whose weights ship with the program."""
_LONGEST_HEADER = 2**20
_LARGE = 64 * 2**20  # bytes from which a file is read by name, not first as a whole
_LARGEST_IMAGE = 65_536  # pixels a side


def load_weights(
    path: str | os.PathLike[str],
    model: str | None = None,
    info: DataInfo | None = None,
    size: tuple[int, int] | None = None,
) -> ModelState:
    """Read weights: this program's own `.safetensors`, or whatever a script saved with `torch.save` or safetensors.

    Args:
        path: the file. Which kind it is, its content says.
        model: registry key. Needed for files without our metadata whose shapes do not tell.
        info: the data set chosen. It decides on the images of weights that record nothing, where they fit.
        size: `(H, W)` of the images, in place of those that weights which record nothing would be tried with.

    Returns:
        The weights as float32, to the last bit those of the file. Without our metadata the recipe's input and
        classes follow from the shapes, then from the data set chosen, then from what is usual for the model.

    Raises:
        UserError: one sentence that names the file and says why it cannot be used. Nothing in it is run.
    """
    file = Path(path)
    if not file.name.lower().endswith(WEIGHTS_ENDINGS) and not file.is_dir():
        raise _other_ending(file)
    data = _read(file)
    if not data or is_torch_file(data[:HEAD]):
        found = tensors_of_torch_file(file.name, data or file)
    else:
        tensors, metadata = _read_safetensors(file.name, data)
        if _is_own(metadata):
            return replace(_own_state(file.name, tensors, metadata, model), file=file.name)
        found = found_flat(tensors)
    known = recognise(file.name, found, model, info, size)
    whole = checked(file.name, known.tensors, known.recipe)
    facts: dict[str, str | int | float] = {"file": file.name, "loaded": sum(name in known.tensors for name in whole)}
    if known.prefix:
        facts["prefix"] = known.prefix
    if known.others:
        facts["left"] = ", ".join(known.others)
    return for_data(ModelState(known.recipe, whole, facts, read_as="model", named=False, file=file.name), info)


def recorded_model(path: Path) -> ModelKey | None:
    """The model that a file of `save_weights` names, read from its header; None where nothing names one."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        with path.open("rb") as file:
            header = file.read(min(int.from_bytes(file.read(8), "little"), _LONGEST_HEADER))
        return ModelKey.parse(json.loads(json.loads(header)["__metadata__"]["recipe"])["model"])
    except Exception:  # the file may be anything: `load_weights` says what is wrong with it
        return None


def save_weights(path: str | os.PathLike[str], state: ModelState, half: bool = False) -> None:
    """Write weights with their recipe, provenance and checksum to a `.safetensors` file, atomically.

    The weights are written as they are; channels that are muted are named beside them.

    Args:
        path: the file.
        state: what to save.
        half: round to 16 bits, for half the size; loading gives float32 again.

    Raises:
        UserError: another ending, weights that are not finite, or a file that cannot be written.
    """
    file = Path(path)
    if file.suffix.lower() != ".safetensors":
        raise UserError("{file} was not written: weights are saved in files ending in .safetensors.", file=file.name)
    write_atomically(file, weights_bytes(file.name, state, half))


def rounded(state: ModelState) -> ModelState:
    """The weights as a file of 16 bits gives them back: float32 again, each rounded to float16 before."""
    tensors = {
        name: tensor.half().float() if tensor.is_floating_point() else tensor for name, tensor in state.tensors.items()
    }
    return replace(state, tensors=tensors)


def weights_bytes(name: str, state: ModelState, half: bool = False) -> bytes:
    """What `save_weights` writes, for a file called `name`.

    Raises:
        UserError: weights that are not finite.
    """
    precision = torch.float16 if half else torch.float32
    tensors = {
        name: tensor.detach().cpu().to(precision if tensor.is_floating_point() else tensor.dtype).contiguous()
        for name, tensor in state.tensors.items()
    }
    seen: set[int] = set()
    for layer, tensor in tensors.items():
        if tensor.data_ptr() in seen:  # of tied weights, each under its own name: safetensors wants them apart
            tensors[layer] = tensor.clone()
        seen.add(tensor.data_ptr())
        if not torch.isfinite(tensor).all():
            raise UserError(
                "{file} was not written: {layer} holds numbers that are not finite.", file=name, layer=layer
            )
    metadata = {
        "format": FORMAT,
        "version": str(_WITH_MUTES if state.mutes else VERSION),
        "precision": "float16" if half else "float32",
        "recipe": json_text(asdict(state.recipe)),
        "provenance": json_text(dict(state.provenance)),
    }
    if state.mutes:
        metadata["mutes"] = json_text(as_plain(state.mutes))
    metadata["sha256"] = checksum = _checksum(tensors, metadata)
    if not state.mutes:  # these are measured without any, and name the weights they are about
        for key, known in (("familiarity", state.familiarity), ("temperature", state.temperature)):
            if known is not None:
                metadata[key] = known.to_text(checksum)
    return safetensors.torch.save(tensors, metadata)


def bundled(model: str) -> ModelState:
    """The trained weights that ship with the program for `model`, a registry key.

    Raises:
        UserError: there are none for this model, or their file is missing or damaged.
    """
    info = spec(model).info
    if info.key not in BUNDLED:
        raise UserError("No weights of {model} come with the program: open a file with some.", model=info.title)
    return replace(load_weights(resource("weights", f"{info.key}.safetensors"), model), file="")


def _other_ending(file: Path) -> UserError:
    """What a file with another ending is, where its name or its beginning tells."""
    if file.suffix.lower() == ".pt2":
        return UserError(
            "{file} is an exported PyTorch program (.pt2), which runs code when it is opened: "
            "open the model's state_dict() instead.",
            file=file.name,
        )
    if not file.exists():
        return UserError("{file} does not exist.", file=file.name)
    return mistaken(file.name, b"") or UserError(
        "{file} is not opened: weights are files ending in {endings}.",
        file=file.name,
        endings=", ".join(WEIGHTS_ENDINGS),
    )


def _read(file: Path) -> bytes:
    """The file's bytes; nothing of a large one of PyTorch's, which need not be read as a whole."""
    try:
        about = file.stat()  # before opening: a pipe would be waited for
        if stat.S_ISDIR(about.st_mode):
            raise UserError("{file} is a folder, not a weights file.", file=file.name)
        if not stat.S_ISREG(about.st_mode):
            raise UserError("{file} is not a file.", file=file.name)
        if about.st_size > LARGEST:
            raise UserError(
                "{file} is too large for a weights file: {size} MB, at most {limit} MB.",
                file=file.name,
                size=about.st_size // 2**20,
                limit=LARGEST // 2**20,
            )
        with file.open("rb") as opened:
            data = opened.read(HEAD)
            if about.st_size > _LARGE and is_torch_file(data):
                return b""
            data += opened.read(LARGEST)
    except FileNotFoundError as error:
        raise UserError("{file} does not exist.", file=file.name) from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise UserError(
            "{file} cannot be read: {reason}.", file=plain(file.name), reason=system_reason(error)
        ) from error
    if not data:
        raise UserError("{file} is empty.", file=file.name)
    return data


def _read_safetensors(name: str, data: bytes) -> tuple[Tensors, dict[str, str]]:
    """The tensors and the header's metadata, which may be empty."""
    if (error := mistaken(name, data[:HEAD])) is not None:
        raise error
    length = int.from_bytes(data[:8], "little")
    try:
        if not 2 <= length <= min(_LONGEST_HEADER, len(data) - 8):
            raise ValueError("the header does not fit the file")
        header = json.loads(data[8 : 8 + length])
        metadata = header.get("__metadata__", {})
        return safetensors.torch.load(data), {str(key): str(value) for key, value in metadata.items()}
    except Exception as error:  # json and safetensors raise whatever a broken file makes them raise
        if _is_cut_short(data, length):
            raise UserError("{file} is cut short: copy or download it again.", file=name) from error
        if not name.lower().endswith(".safetensors"):
            raise UserError("{file} is not a PyTorch weights file.", file=name) from error
        raise UserError("{file} is damaged, cut short or not a safetensors file.", file=name) from error


def _is_cut_short(data: bytes, header: int) -> bool:
    """Whether a safetensors file ends before its header, or before the numbers that the header tells of."""
    if data[8:9] != b"{" or not 2 <= header <= _LONGEST_HEADER:
        return False
    try:
        entries = json.loads(data[8 : 8 + header])
        ends = [entry["data_offsets"][1] for name, entry in entries.items() if name != "__metadata__"]
        return max(ends, default=0) > len(data) - 8 - header
    except (ValueError, KeyError, TypeError, IndexError):
        return len(data) < 8 + header


def _is_own(metadata: Mapping[str, str]) -> bool:
    """By more than one sign: a changed byte in one must not turn our file into one without a checksum."""
    return metadata.get("format") == FORMAT or "sha256" in metadata or "recipe" in metadata


def _own_state(name: str, tensors: Tensors, metadata: Mapping[str, str], model: str | None) -> ModelState:
    if metadata.get("version") not in (str(VERSION), str(_WITH_MUTES)):
        raise UserError("{file} was written by a newer version of this program: update it.", file=name)
    try:
        if metadata["sha256"] != _checksum(tensors, metadata):
            raise ValueError("checksum")
        fields = json.loads(metadata["recipe"])
        fields["model"] = _model_now(name, str(fields["model"]), model)
        recipe = _recipe(fields)
        provenance = _provenance(json.loads(metadata["provenance"]))
        mutes = _mutes(metadata)
        known, fitted = metadata.get("familiarity"), metadata.get("temperature")
        familiarity = Familiarity.from_text(known, metadata["sha256"]) if known is not None else None
        temperature = Temperature.from_text(fitted, metadata["sha256"]) if fitted is not None else None
        result = checked(name, tensors, recipe)
    except UserError as error:
        if error.field is None or ModelKey.parse(str(fields["model"])).is_own:
            raise
        raise UserError("{file} is damaged: it describes a model that cannot exist.", file=name) from error
    except Exception as error:  # the metadata may be anything
        raise UserError("{file} is damaged: its checksum or its description is wrong.", file=name) from error
    if model is not None and (wanted := spec(model).info).key != recipe.model:
        raise UserError(
            "{file} holds the weights of {found}, not of {model}.",
            file=name,
            found=spec(recipe.model).info.title,
            model=wanted.title,
        )
    return ModelState(recipe, result, provenance, familiarity=familiarity, temperature=temperature, mutes=mutes)


def _model_now(name: str, recorded_key: str, model: str | None) -> str:
    """The registry key for weights recorded with `recorded_key`: a Python file may have moved since, to `model`."""
    then = ModelKey.parse(recorded_key)
    if not then.is_own or opening_of(recorded_key) is not None:
        return recorded_key
    now = ModelKey.parse(model or "")
    if now.is_own and now.text == then.text and not os.path.lexists(then.path):
        return str(now)
    if model is None:
        agreed(recorded_key)  # raises: it has to be opened first
    found, wanted = (plain(key.nearby) if key.is_own else key.rest for key in (then, now))
    raise UserError("{file} holds the weights of {found}, not of {model}.", file=name, found=found, model=wanted)


def _checksum(tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str]) -> str:
    """SHA-256 of names, shapes, numbers, recipe and provenance: all that a changed byte could change unseen."""
    digest = hashlib.sha256()
    for key in ("format", "version", "precision", "recipe", "provenance", *(["mutes"] if "mutes" in metadata else [])):
        digest.update(f"{key}={metadata[key]}\n".encode())
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)  # no copy: it may be 400 MB
    return digest.hexdigest()


def _recipe(fields: dict[str, Any]) -> ModelRecipe:
    """The recipe of a file's metadata, every part of it checked; ValueError, KeyError or TypeError otherwise."""
    shape = tuple(fields["input_shape"])
    classes = tuple(fields["classes"])
    mean, std = (tuple(float(v) for v in fields[key]) for key in ("mean", "std"))
    good = (
        len(shape) == 3
        and all(type(size) is int and 0 < size <= _LARGEST_IMAGE for size in shape)
        and 0 < len(classes) <= MOST_CLASSES
        and all(isinstance(name, str) for name in classes)
        and len(mean) == len(std) == shape[0]
        and all(math.isfinite(v) for v in mean + std)
        and all(v > 0 for v in std)
        and isinstance(fields["dataset"], str)
    )
    if not good:
        raise ValueError("recipe")
    return ModelRecipe(spec(fields["model"]).info.key, shape, classes, mean, std, fields["dataset"], recorded(fields))


def _mutes(metadata: Mapping[str, str]) -> Mutes:
    """The channels that a file mutes; ValueError where its version and they do not belong together."""
    mutes = from_plain(json.loads(metadata["mutes"])) if "mutes" in metadata else ()
    if bool(mutes) != (metadata["version"] == str(_WITH_MUTES)):
        raise ValueError("mutes")
    return mutes


def _provenance(fields: dict[str, Any]) -> dict[str, str | int | float]:
    if not all(isinstance(value, (str, int, float)) for value in fields.values()):
        raise ValueError("provenance")
    return dict(fields)
