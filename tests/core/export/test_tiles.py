"""Kernels and maps as tiles: every value is a square of its colour."""

import numpy as np
import pytest

from cnnviewer.core.export.tiles import GAP, image_pixels, kernel_tiles, tiles
from cnnviewer.core.palettes import colourise


def test_every_kernel_is_a_column_and_every_input_channel_a_row() -> None:
    weight = np.random.default_rng(0).normal(size=(3, 2, 5, 5)).astype(np.float32)
    picture, bounds = kernel_tiles(weight)
    assert bounds.high == -bounds.low == pytest.approx(np.abs(weight).max())
    tile = (picture.shape[1] + GAP) // 3
    scale = (tile - GAP) // 5
    assert picture.shape == (2 * tile - GAP, 3 * tile - GAP, 4)
    for out in range(3):
        for row in range(2):
            expected = colourise(weight[out, row], "kernel", bounds)
            found = picture[row * tile : row * tile + 5 * scale : scale, out * tile : out * tile + 5 * scale : scale]
            np.testing.assert_array_equal(found, expected)
    assert not picture[:, 5 * scale : tile].any(), "between tiles one sees through"


@pytest.mark.parametrize(("count", "side"), [(1, 28), (20, 8), (64, 32), (64, 1), (10, 24), (5, 224)])
def test_maps_fit_a_page_in_rows_of_equal_length(count: int, side: int) -> None:
    picture, _ = tiles(np.ones((count, side, side), np.float32), "sequential")
    assert picture.shape[1] <= 1100
    assert (picture[:1, :, 3] > 0).any()


def test_large_maps_are_shown_by_means() -> None:
    maps = np.kron(np.array([[[0.0, 1.0], [1.0, 0.0]]], np.float32), np.ones((1, 112, 112), np.float32))
    picture, bounds = tiles(maps, "sequential")
    assert max(picture.shape[:2]) < 120
    assert (bounds.low, bounds.high) == (0.0, 1.0)
    np.testing.assert_array_equal(picture[0, 0], colourise(np.zeros(1, np.float32), "sequential", bounds)[0])


def test_images_keep_their_pixels() -> None:
    image = np.linspace(0, 1, 3 * 4 * 4, dtype=np.float32).reshape(3, 4, 4)
    pixels = image_pixels(image, 8)
    np.testing.assert_array_equal(pixels[::2, ::2], np.rint(image.transpose(1, 2, 0) * 255).astype(np.uint8))
    grey = image_pixels(image[:1], 8)
    assert (grey[..., 0] == grey[..., 2]).all()
