"""Presets and the shrunk image a sandbox begins with."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.sandbox import SandboxSettings, slide
from cnnviewer.core.sandbox_inputs import PRESETS, SCALABLE, preset, resized_input, resized_kernel, shrunk


def step_edge() -> np.ndarray:
    """Dark above, bright below."""
    return np.repeat(np.array([[0.0], [0.0], [0.0], [1.0], [1.0], [1.0]]), 6, axis=1)


def answer(name: str, image: np.ndarray) -> np.ndarray:
    return slide(image, SandboxSettings(), preset(name)).output


def test_the_identity_gives_the_input_back_at_every_size() -> None:
    image = np.arange(36.0).reshape(6, 6)
    for size in range(1, 8):
        half = size // 2
        outcome = slide(
            image, SandboxSettings("conv", (size, size), padding=(half, half)), preset("identity", (size, size))
        )
        assert np.array_equal(outcome.output[:6, :6], image)


@pytest.mark.parametrize("name", ["blur", "gaussian"])
@pytest.mark.parametrize("size", range(1, 12))
def test_a_blur_keeps_the_mean_brightness(name: str, size: int) -> None:
    assert preset(name, (size, size)).sum() == pytest.approx(1.0, abs=1e-12)


def test_the_3x3_gaussian_is_the_binomial_one() -> None:
    assert np.array_equal(preset("gaussian") * 16, [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


def test_sobel_answers_to_its_own_direction_only() -> None:
    flat = step_edge()
    assert answer("sobel-horizontal", flat).max() == 4.0
    assert not answer("sobel-vertical", flat).any()
    assert answer("sobel-vertical", flat.T).max() == 4.0
    assert not answer("sobel-horizontal", flat.T).any()


@pytest.mark.parametrize("name", ["laplacian", "edge", "sobel-horizontal", "sobel-vertical"])
def test_edge_detectors_are_silent_on_an_even_area(name: str) -> None:
    assert not answer(name, np.full((5, 5), 7.0)).any()


@pytest.mark.parametrize("name", ["sharpen", "emboss", *SCALABLE])
def test_the_other_presets_keep_an_even_area(name: str) -> None:
    assert answer(name, np.full((5, 5), 7.0)) == pytest.approx(7.0)


def test_presets_are_3x3_unless_they_come_in_any_size() -> None:
    for name in PRESETS:
        assert preset(name, (4, 5)).shape == ((4, 5) if name in SCALABLE else (3, 3))


@pytest.mark.parametrize(("old", "new"), [((3, 3), (5, 5)), ((5, 5), (3, 3)), ((2, 4), (5, 3)), ((4, 4), (4, 4))])
def test_a_resized_kernel_keeps_its_centre(old: tuple[int, int], new: tuple[int, int]) -> None:
    resized = resized_kernel(preset("identity", old), new)
    assert np.array_equal(resized, preset("identity", new))


def test_growing_and_shrinking_back_gives_the_same_kernel() -> None:
    kernel = np.arange(1.0, 10.0).reshape(3, 3)
    for size in ((4, 4), (5, 6), (11, 11)):
        assert np.array_equal(resized_kernel(resized_kernel(kernel, size), (3, 3)), kernel)


@pytest.mark.parametrize("size", [3, 4, 7, 8, 12])
@pytest.mark.parametrize("side", [8, 28, 32])
def test_an_image_is_shrunk_as_area_interpolation_does_where_it_divides(size: int, side: int) -> None:
    image = np.random.default_rng(0).random((3, side, side), np.float32)
    cells = shrunk(image, size)
    assert cells.shape == (size, size)
    assert cells.mean() == pytest.approx(float(image.mean()), abs=1e-6)
    if side % size == 0:
        area = F.interpolate(torch.from_numpy(image.mean(0))[None, None], size=(size, size), mode="area")
        np.testing.assert_allclose(cells, area[0, 0].numpy(), atol=1e-6)


def test_an_oblong_image_gives_its_middle_square() -> None:
    image = np.zeros((1, 4, 8), np.float32)
    image[:, :, 2:6] = 1.0
    assert np.array_equal(shrunk(image, 3).round(12), np.ones((3, 3)))


def test_an_input_of_another_size_keeps_its_corner() -> None:
    values = np.arange(16.0).reshape(4, 4)
    assert np.array_equal(resized_input(values, 3), values[:3, :3])
    assert np.array_equal(resized_input(resized_input(values, 6), 4), values)
