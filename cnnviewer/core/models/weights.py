"""Weights files: ours is safetensors with the recipe, where it comes from and a checksum; others are read safely."""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.models.fitting import LARGEST, MOST_CLASSES, checked, recognise
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.torch_file import Tensors, plain, tensors_of_torch_file
from cnnviewer.core.resources import resource

FORMAT = "cnnviewer-weights"
VERSION = 1
BUNDLED = ("lenet", "simplecnn", "alexnet32", "vgg32")
"""Models whose weights ship with the program."""
_LONGEST_HEADER = 2**20
_LARGE = 64 * 2**20  # bytes from which a file is read by name, not first as a whole
_LARGEST_IMAGE = 65_536  # pixels a side


def load_weights(path: str | os.PathLike[str], model: str | None = None) -> ModelState:
    """Read weights from `.safetensors`, or from the `.pt`/`.pth` of a script's `torch.save(model.state_dict(), …)`.

    Args:
        path: the file.
        model: registry key. Needed for files without our metadata whose shapes do not tell.

    Returns:
        The weights as float32, to the last bit those of the file. Without our metadata the recipe's input and
        classes follow from the shapes, its normalisation from the model's usual data set.

    Raises:
        UserError: one sentence that names the file and says why it cannot be used. Nothing in it is run.
    """
    file = Path(path)
    ending = file.suffix.lower()
    data = _read(file, whole=ending not in (".pt", ".pth"))
    if ending == ".safetensors":
        tensors, metadata = _read_safetensors(file.name, data)
        if _is_own(metadata):
            return _own_state(file.name, tensors, metadata, model)
    elif ending in (".pt", ".pth"):
        tensors = tensors_of_torch_file(file.name, data or file)
    elif ending == ".pt2":
        raise UserError(
            "{file} is an exported PyTorch program (.pt2), which runs code when it is opened: "
            "open the model's state_dict() instead.",
            file=file.name,
        )
    else:
        raise UserError("{file} is not opened: weights are files ending in .safetensors, .pt or .pth.", file=file.name)
    recipe = recognise(file.name, tensors, model)
    return ModelState(recipe, checked(file.name, tensors, recipe), {"file": file.name}, read_as="model")


def save_weights(path: str | os.PathLike[str], state: ModelState, half: bool = False) -> None:
    """Write weights with their recipe, provenance and checksum to a `.safetensors` file, atomically.

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
    for layer, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            raise UserError(
                "{file} was not written: {layer} holds numbers that are not finite.", file=name, layer=layer
            )
    metadata = {
        "format": FORMAT,
        "version": str(VERSION),
        "precision": "float16" if half else "float32",
        "recipe": json.dumps(asdict(state.recipe)),
        "provenance": json.dumps(dict(state.provenance)),
    }
    metadata["sha256"] = _checksum(tensors, metadata)
    return safetensors.torch.save(tensors, metadata)


def bundled(model: str) -> ModelState:
    """The trained weights that ship with the program for `model`, a registry key.

    Raises:
        UserError: there are none for this model, or their file is missing or damaged.
    """
    info = spec(model).info
    if info.key not in BUNDLED:
        raise UserError("No weights of {model} come with the program: open a file with some.", model=info.title)
    return load_weights(resource("weights", f"{info.key}.safetensors"), model)


def _read(file: Path, whole: bool = True) -> bytes:
    """The file's bytes; nothing of a large one that need not be read as a whole."""
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
        if about.st_size > _LARGE and not whole:
            return b""
        with file.open("rb") as opened:
            data = opened.read(LARGEST)
    except FileNotFoundError as error:
        raise UserError("{file} does not exist.", file=file.name) from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("{file} cannot be read: {reason}.", file=plain(file.name), reason=reason.lower()) from error
    if not data:
        raise UserError("{file} is empty.", file=file.name)
    return data


def _read_safetensors(name: str, data: bytes) -> tuple[Tensors, dict[str, str]]:
    """The tensors and the header's metadata, which may be empty."""
    if data[:4] == b"PK\x03\x04":
        raise UserError("{file} is not a safetensors file: its ending should be .pt or .zip.", file=name)
    try:
        length = int.from_bytes(data[:8], "little")
        if not 2 <= length <= min(_LONGEST_HEADER, len(data) - 8):
            raise ValueError("the header does not fit the file")
        metadata = json.loads(data[8 : 8 + length]).get("__metadata__", {})
        return safetensors.torch.load(data), {str(key): str(value) for key, value in metadata.items()}
    except Exception as error:  # json and safetensors raise whatever a broken file makes them raise
        raise UserError("{file} is damaged, cut short or not a safetensors file.", file=name) from error


def _is_own(metadata: Mapping[str, str]) -> bool:
    """By more than one sign: a changed byte in one must not turn our file into one without a checksum."""
    return metadata.get("format") == FORMAT or "sha256" in metadata or "recipe" in metadata


def _own_state(name: str, tensors: Tensors, metadata: Mapping[str, str], model: str | None) -> ModelState:
    if metadata.get("version") != str(VERSION):
        raise UserError("{file} was written by a newer version of this program: update it.", file=name)
    try:
        if metadata["sha256"] != _checksum(tensors, metadata):
            raise ValueError("checksum")
        recipe = _recipe(json.loads(metadata["recipe"]))
        provenance = _provenance(json.loads(metadata["provenance"]))
        result = checked(name, tensors, recipe)
    except UserError as error:
        if error.field is None:
            raise
        raise UserError("{file} is damaged: it describes a model that cannot exist.", file=name) from error
    except Exception as error:  # the metadata may be anything
        raise UserError("{file} is damaged: its checksum or its description is wrong.", file=name) from error
    if model is not None and spec(model).info.key != recipe.model:
        raise UserError(
            "{file} holds the weights of {found}, not of {model}.",
            file=name,
            found=spec(recipe.model).info.title,
            model=spec(model).info.title,
        )
    return ModelState(recipe, result, provenance)


def _checksum(tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str]) -> str:
    """SHA-256 of names, shapes, numbers, recipe and provenance: all that a changed byte could change unseen."""
    digest = hashlib.sha256()
    for key in ("format", "version", "precision", "recipe", "provenance"):
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
    return ModelRecipe(spec(fields["model"]).info.key, shape, classes, mean, std, fields["dataset"])


def _provenance(fields: dict[str, Any]) -> dict[str, str | int | float]:
    if not all(isinstance(value, (str, int, float)) for value in fields.values()):
        raise ValueError("provenance")
    return dict(fields)
