"""A drawing becomes what MNIST's makers would have made of it, wherever and however large it is drawn."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.drawn_digit import prepare
from cnnviewer.core.images.photographed_digit import as_digit, canvas_of
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled

SEVEN = [(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)]


def drawn(
    points: list[tuple[float, float]], side: int = 280, left: int = 20, top: int = 20, size: int = 200
) -> np.ndarray:
    picture = Image.new("L", (side, side))
    places = [(left + x * size, top + y * size) for x, y in points]
    ImageDraw.Draw(picture).line(places, fill=255, width=max(2, size // 10), joint="curve")
    return np.asarray(picture)


def test_no_ink_is_no_digit() -> None:
    assert prepare(np.zeros((280, 280), np.uint8)) is None


def test_the_longest_side_becomes_20_pixels_and_the_proportions_stay() -> None:
    raster = np.zeros((280, 280), np.uint8)
    raster[40:240, 100:150] = 255
    steps = prepare(raster)
    assert steps.box == (40, 100, 240, 150)
    assert steps.scaled.shape == (20, 5)


@pytest.mark.parametrize("seed", range(20))
def test_the_centre_of_mass_lies_in_the_middle(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = [tuple(point) for point in rng.random((5, 2))]
    image = prepare(drawn(points)).centred
    rows, columns = np.mgrid[:28, :28]
    centre = (rows * image).sum() / image.sum(), (columns * image).sum() / image.sum()
    assert centre == pytest.approx((13.5, 13.5), abs=1.01)


@pytest.mark.parametrize(("left", "top", "size"), [(0, 0, 100), (150, 170, 100), (10, 10, 260), (120, 5, 150)])
def test_place_and_size_do_not_matter(left: int, top: int, size: int) -> None:
    reference = prepare(drawn(SEVEN)).centred
    other = prepare(drawn(SEVEN, left=left, top=top, size=size)).centred
    assert np.abs(reference - other).mean() < 0.03


def test_a_single_dot_is_prepared() -> None:
    raster = np.zeros((280, 280), np.uint8)
    raster[7, 9] = 255
    assert prepare(raster).centred.max() == 1.0


@pytest.mark.realdata
def test_mnist_digits_blown_up_and_prepared_again_are_read_as_before(real_data_dir: Path) -> None:
    data = load("mnist", real_data_dir)
    rng = np.random.default_rng(0)
    inspector = Inspector.from_state(bundled("lenet"))
    right = 0
    for index in range(200):
        scale = int(rng.integers(4, 9))
        digit = Image.fromarray(data.test.images[index, 0].numpy()).resize(
            (28 * scale, 28 * scale), Image.Resampling.BICUBIC
        )
        raster = np.zeros((280, 280), np.uint8)
        top, left = rng.integers(0, 281 - 28 * scale, 2)
        raster[top : top + 28 * scale, left : left + 28 * scale] = np.where(np.asarray(digit) > 30, digit, 0)
        best = inspector.inspect(prepare(raster).centred[None]).prediction.ranking[0][0]
        right += best == data.info.classes[int(data.test.labels[index])]
    assert right >= 194


@pytest.mark.parametrize("dark_ink", [True, False], ids=["ink on paper", "chalk on a board"])
@pytest.mark.parametrize("shadow", [0, 90], ids=["even light", "shadow"])
def test_a_photo_of_a_digit_is_read(dark_ink: bool, shadow: int) -> None:
    ink = drawn(SEVEN, side=400, left=90, top=90, size=220).astype(np.float32) / 255
    light = 225 - np.linspace(0, shadow, 400, dtype=np.float32)[None, :] * np.ones((400, 1), np.float32)
    grey = light * (1 - 0.75 * ink) if dark_ink else 250 - light * (1 - 0.75 * ink)
    noise = np.random.default_rng(0).normal(0, 3, grey.shape)
    photo = np.repeat(np.clip(grey + noise, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    image = as_digit(photo).centred
    assert Inspector.from_state(bundled("lenet")).inspect(image[None]).prediction.ranking[0][0] == "7"


def test_a_blank_sheet_gives_an_error_message() -> None:
    with pytest.raises(UserError, match="no digit"):
        as_digit(np.full((100, 100, 3), 240, np.uint8))


def test_a_saved_drawing_comes_back_as_it_was() -> None:
    raster = drawn(SEVEN)
    assert np.array_equal(canvas_of(np.repeat(raster[..., None], 3, axis=2), (280, 280)), raster)
