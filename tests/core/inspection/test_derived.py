"""Of values that are computed when they are asked for, a part costs a part."""

import numpy as np
import torch

from cnnviewer.core.inspection.derived import Derived, part_of
from cnnviewer.core.inspection.explain.pointwise import _extremes


def test_a_part_is_computed_without_the_rest() -> None:
    computed: list[tuple[int, ...]] = []

    def positive(values: np.ndarray) -> np.ndarray:
        computed.append(values.shape)
        return np.maximum(values, 0)

    conv = np.arange(-4, 4, dtype=np.float32).reshape(2, 2, 2)
    values = Derived({"conv": conv}, {"relu": "conv"}, positive, ("conv", "relu"))
    np.testing.assert_array_equal(part_of(values, "relu", lambda maps: maps[1:]), np.maximum(conv, 0)[1:])
    np.testing.assert_array_equal(part_of({"relu": conv}, "relu", lambda maps: maps[1:]), conv[1:])
    assert computed == [(1, 2, 2)]


def test_the_extremes_of_a_layer_leave_out_what_is_no_number() -> None:
    values = torch.tensor([[1.5, float("nan"), -2.0], [float("inf"), 0.0, -float("inf")]])
    assert _extremes(values) == (-2.0, 1.5)
    assert _extremes(torch.tensor([3.0, -1.0])) == (-1.0, 3.0)
    assert _extremes(torch.full((2,), float("nan"))) == (-1.0, 1.0)
    assert _extremes(torch.empty(0)) == (-1.0, 1.0)
