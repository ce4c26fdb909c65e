"""Tensors as NumPy's arrays."""

from __future__ import annotations

import numpy as np
import torch

from cnnviewer.core.inspection.records import FloatArray


def array_of(tensor: torch.Tensor) -> FloatArray:
    """The tensor's own numbers, read-only. NumPy has no bfloat16: float32 holds these numbers exactly."""
    plain = tensor.detach()
    array: FloatArray = (plain.float() if plain.dtype == torch.bfloat16 else plain).contiguous().numpy()
    array = array.view()
    array.flags.writeable = False
    return array


def doubles_of(tensor: torch.Tensor) -> np.ndarray:
    """The tensor's numbers in float64."""
    array: np.ndarray = tensor.detach().cpu().double().numpy()
    return array


def coarseness(tensor: torch.Tensor) -> float:
    """How much coarser than float32 its numbers are rounded: 1 but for those of 16 bits, as autocast makes them."""
    is_short = tensor.dtype in (torch.float16, torch.bfloat16)
    return torch.finfo(tensor.dtype).eps / torch.finfo(torch.float32).eps if is_short else 1.0
