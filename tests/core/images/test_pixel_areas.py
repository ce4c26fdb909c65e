"""Window maxima, minima and sums, and connected components, against the plainest loops there are."""

import numpy as np
import pytest

from cnnviewer.core.images.pixel_areas import components, window_max, window_min, window_sum


def around(values: np.ndarray, radius: int, what) -> np.ndarray:
    rows, columns = values.shape
    return np.array(
        [
            [
                what(values[max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1])
                for x in range(columns)
            ]
            for y in range(rows)
        ]
    )


@pytest.mark.parametrize("radius", [0, 1, 2, 5, 8, 40])
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (13, 21)], ids=str)
def test_windows_hold_what_loops_find(radius: int, shape: tuple[int, int]) -> None:
    values = np.random.default_rng(radius).integers(0, 256, shape).astype(np.uint8)
    assert np.array_equal(window_max(values, radius), around(values, radius, np.max))
    assert np.array_equal(window_min(values, radius), around(values, radius, np.min))
    assert np.allclose(window_sum(values.astype(np.float32), radius), around(values.astype(float), radius, np.sum))


def test_a_small_sum_beside_a_large_one_is_exact() -> None:
    values = np.zeros((1, 4000), np.float32)
    values[0, :2000] = 1e6
    values[0, 3000] = 1e-3
    assert window_sum(values, 2)[0, 3000] == pytest.approx(1e-3, rel=1e-3)


def flooded(mask: np.ndarray) -> np.ndarray:
    labels, number = np.zeros(mask.shape, int), 0
    for start in zip(*np.nonzero(mask), strict=True):
        if labels[start]:
            continue
        number += 1
        front = [start]
        while front:
            y, x = front.pop()
            if 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1] and mask[y, x] and not labels[y, x]:
                labels[y, x] = number
                front += [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return labels


def spiral(side: int) -> np.ndarray:
    mask = np.zeros((side, side), bool)
    top, left, bottom, right = 0, 0, side - 1, side - 1
    while left < right and top < bottom:
        mask[top, left : right + 1] = mask[top : bottom + 1, right] = True
        mask[bottom, left + 2 : right + 1] = mask[top + 2 : bottom + 1, left + 2] = True
        mask[top + 2, left + 2] = True
        top, left, bottom, right = top + 2, left + 2, bottom - 2, right - 2
    return mask


@pytest.mark.parametrize(
    "mask",
    [
        *(np.random.default_rng(seed).random((17, 23)) < share for seed in range(4) for share in (0.1, 0.35, 0.6)),
        spiral(33),
        spiral(33).T[::-1],
        np.ones((5, 7), bool),
        np.eye(9, dtype=bool),
        np.eye(9, dtype=bool)[::-1],
        np.arange(40).reshape(1, 40) % 2 == 0,
    ],
)
def test_components_are_those_of_a_flood(mask: np.ndarray) -> None:
    found, expected = components(mask), flooded(mask)
    pairs = set(zip(found.labels[mask].tolist(), expected[mask].tolist(), strict=True))
    assert len(pairs) == len(found.areas) == expected.max(), "each part is one part of the flood"
    assert not found.labels[~mask].any()
    for number, (area, box) in enumerate(zip(found.areas, found.boxes, strict=True), 1):
        rows, columns = np.nonzero(found.labels == number)
        assert area == len(rows)
        assert box.tolist() == [rows.min(), columns.min(), rows.max() + 1, columns.max() + 1]


def test_an_empty_mask_has_no_components() -> None:
    found = components(np.zeros((4, 5), bool))
    assert len(found.areas) == 0
    assert found.boxes.shape == (0, 4)
