"""Checkpoints and moments as bytes: safetensors with the place in the training in its metadata.

A checkpoint keeps every bit. A moment of a small model does too; of a large one the matrices are kept to eight bits a
weight and without momentum: enough to look at, a quarter of the size.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import safetensors.torch
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.moments import SMALL
from cnnviewer.core.training.checkpoint import Checkpoint, Place

_MATRIX = 2**16  # numbers from which a tensor is kept to eight bits
_VELOCITY, _SCALE = "velocity/", "scale/"
_FORMAT = "cnnviewer-checkpoint"


def encode(checkpoint: Checkpoint, compact: bool = False) -> bytes:
    """A checkpoint as the bytes of a file.

    Args:
        checkpoint: what to keep.
        compact: keep the matrices of a large model to eight bits, each row by its own scale (the largest weight of
            a row is ±127 steps), and leave the momentum out.

    """
    state = checkpoint.state
    compact = compact and size_of(state) > SMALL
    tensors: dict[str, torch.Tensor] = {}
    for name, tensor in state.tensors.items():
        if compact and tensor.is_floating_point() and tensor.dim() >= 2 and tensor.numel() >= _MATRIX:
            tensors[name], tensors[_SCALE + name] = _to_eight_bits(tensor)
        else:
            tensors[name] = tensor.contiguous()
    if not compact:
        tensors |= {_VELOCITY + name: tensor.contiguous() for name, tensor in state.velocity.items()}
    facts = {
        "step": checkpoint.step,
        "place": asdict(checkpoint.place),
        "learning_rate": checkpoint.learning_rate,
        "momentum": checkpoint.momentum,
        "seconds": checkpoint.seconds,
        "judged": checkpoint.judged,
        "epochs": checkpoint.epochs,
        "exact": checkpoint.exact and not compact,
        "provenance": dict(state.provenance),
    }
    text = json.dumps(facts)
    check = zlib.crc32(text.encode())
    for name in sorted(tensors):
        check = zlib.crc32(tensors[name].reshape(-1).view(torch.uint8).numpy().data, check)
    return safetensors.torch.save(tensors, {"format": _FORMAT, "facts": text, "crc32": str(check)})


def decode(data: bytes, recipe: ModelRecipe, name: str) -> Checkpoint:
    """The checkpoint in `data`, of a model of `recipe`; matrices kept to eight bits are float32 again.

    Raises:
        UserError: the file called `name` is damaged.
    """
    try:
        tensors, metadata = _read(data)
        facts = json.loads(metadata["facts"])
        check = zlib.crc32(metadata["facts"].encode())
        for key in sorted(tensors):
            check = zlib.crc32(tensors[key].reshape(-1).view(torch.uint8).numpy().data, check)
        if metadata["format"] != _FORMAT or str(check) != metadata["crc32"]:
            raise ValueError("checksum")
        return _checkpoint(tensors, facts, recipe)
    except Exception as error:  # safetensors and json raise whatever a broken file makes them raise
        raise UserError("{file} is damaged or cut short.", file=name) from error


def size_of(state: ModelState) -> int:
    """Bytes of the weights."""
    return sum(tensor.numel() * tensor.element_size() for tensor in state.tensors.values())


def _read(data: bytes) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    length = int.from_bytes(data[:8], "little")
    metadata = json.loads(data[8 : 8 + length])["__metadata__"]
    return safetensors.torch.load(data), metadata


def _checkpoint(tensors: Mapping[str, torch.Tensor], facts: dict[str, Any], recipe: ModelRecipe) -> Checkpoint:
    weights: dict[str, torch.Tensor] = {}
    velocity: dict[str, torch.Tensor] = {}
    for name, tensor in tensors.items():
        if name.startswith(_VELOCITY):
            velocity[name.removeprefix(_VELOCITY)] = tensor
        elif not name.startswith(_SCALE):
            scale = tensors.get(_SCALE + name)
            weights[name] = tensor if scale is None else _from_eight_bits(tensor, scale)
    return Checkpoint(
        ModelState(recipe, weights, facts["provenance"], velocity),
        int(facts["step"]),
        Place(**facts["place"]),
        float(facts["learning_rate"]),
        float(facts["momentum"]),
        float(facts["seconds"]),
        {str(name): float(value) for name, value in facts["judged"].items()},
        tuple(tuple(float(value) for value in row) for row in facts["epochs"]),
        bool(facts["exact"]),
    )


def _to_eight_bits(tensor: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """`(out, …)` -> int8 of the same shape and the step of each row, float32 `(out,)`."""
    rows = tensor.reshape(len(tensor), -1)
    step = rows.abs().amax(1).div_(127).clamp_(min=torch.finfo(torch.float32).tiny)
    return rows.div(step[:, None]).round_().clamp_(-127, 127).to(torch.int8).reshape(tensor.shape), step


def _from_eight_bits(tensor: torch.Tensor, step: torch.Tensor) -> torch.Tensor:
    return (tensor.reshape(len(tensor), -1).float() * step[:, None]).reshape(tensor.shape)
