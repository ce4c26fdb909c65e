"""Painters paint what the reference pictures show. `make references` paints those again, to be looked at and committed."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.ui.pictures.scenes import SCENES, plain_surroundings

FOLDER = Path(__file__).parent
WRITES = "CNNVIEWER_WRITE_PICTURES" in os.environ
BLOCK = 5
"""Pixels of a reference picture that are compared as one: smoothing differs between systems, colours do not."""
MEAN, LARGEST = 0.15, 16.0
"""How far from the reference the whole picture and a single block may be, of 255."""


def halved(image: QImage) -> np.ndarray:
    """Half as wide and high, `(H, W, 3)`: what is kept."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    picture = Image.fromarray(rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3))
    return np.asarray(picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX))


def blocks(picture: np.ndarray) -> np.ndarray:
    """The mean colour of each block, `(H', W', 3)`."""
    height, width = (size // BLOCK * BLOCK for size in picture.shape[:2])
    cut = picture[:height, :width].astype(float)
    return cut.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))


@pytest.mark.parametrize("name", SCENES)
def test_a_painter_paints_what_its_reference_shows(qapp: QApplication, name: str, tmp_path: Path) -> None:
    if qapp.devicePixelRatio() != 1:
        pytest.skip("the references show a screen of one device pixel a pixel")
    with plain_surroundings():
        painted = halved(SCENES[name]())
    path = FOLDER / f"{name}.png"
    if WRITES:
        Image.fromarray(painted).save(path, optimize=True)
    with Image.open(path) as image:
        reference = np.asarray(image.convert("RGB"))
    assert painted.shape == reference.shape
    difference = np.abs(blocks(painted) - blocks(reference)).mean(axis=-1)
    Image.fromarray(painted).save(tmp_path / f"{name}.png")
    assert difference.mean() < MEAN, f"see {tmp_path / name}.png"
    assert difference.max() < LARGEST, f"see {tmp_path / name}.png"


def test_the_references_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 200_000
    assert {path.stem for path in FOLDER.glob("*.png")} == set(SCENES)
