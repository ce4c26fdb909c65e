"""A picture opened for a model that knows no digits is, to the last bit, the row it would be in the model's data set."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.cli.predict import as_input
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import load
from cnnviewer.core.images import read_image
from cnnviewer.core.models.registry import recipe_for
from cnnviewer.runtime.questions import Picture, model_input


def grey(rng: np.random.Generator, height: int, width: int) -> Image.Image:
    coarse = Image.fromarray(rng.integers(0, 256, (7, 5), dtype=np.uint8))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


def turned(picture: Image.Image, path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(path, exif=exif)


def half_clear(picture: Image.Image, path: Path) -> None:
    picture = picture.convert("LA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(path)


KINDS = {
    "own size.png": lambda picture, path: picture.resize((28, 28)).save(path),
    "larger.png": lambda picture, path: picture.save(path),
    "wide.bmp": lambda picture, path: picture.resize((91, 40)).save(path),
    "tall.jpg": lambda picture, path: picture.resize((33, 120)).save(path),
    "small.png": lambda picture, path: picture.resize((9, 12)).save(path),
    "turned.jpg": turned,
    "colour mode.png": lambda picture, path: picture.convert("RGB").save(path),
    "palette.gif": lambda picture, path: picture.save(path),
    "sixteen bits.png": lambda picture, path: Image.fromarray(np.asarray(picture).astype(np.uint16) * 251).save(path),
    "half clear.png": half_clear,
    "lossless.webp": lambda picture, path: picture.convert("RGB").save(path, lossless=True),
    "whole numbers.tif": lambda picture, path: picture.save(path),
}


@pytest.fixture(scope="module")
def clothes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(0)
    root = tmp_path_factory.mktemp("clothes")
    for part, names in (("train", ("shirt", "boot")), ("test", ("shirt", "boot"))):
        for name in names:
            folder = root / part / name
            folder.mkdir(parents=True)
            for number in range(12):
                grey(rng, 28, 28).save(folder / f"usual {number}.png")
            if part == "train":
                for file, save in KINDS.items():
                    save(grey(rng, 70, 53), folder / file)
    return root


def row_of(data: DataSet, root: Path, file: Path) -> np.ndarray:
    files = [path for name in data.info.classes for path in sorted((root / "train" / name).iterdir())]
    return data.train.images[files.index(file)].numpy()


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_becomes_the_row_of_the_folder(kind: str, clothes: Path) -> None:
    data = load(f"folder:{clothes}", clothes)
    assert data.info.shape == (1, 28, 28)
    recipe = recipe_for("lenet", data.info)
    for name in data.info.classes:
        file = clothes / "train" / name / kind
        row = row_of(data, clothes, file).astype(np.float32) / np.float32(255)
        assert np.array_equal(as_input(file, recipe), row), "on the command line"
        image, steps = model_input(Picture(read_image(file)), recipe)
        assert np.array_equal(image, row), "in the window"
        assert steps is None


@pytest.mark.parametrize("size", [(28, 28), (100, 100), (90, 70)], ids=str)
def test_a_photo_becomes_the_row_of_an_npz(size: tuple[int, int], tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    images = np.stack([np.asarray(grey(rng, *size)) for _ in range(20)])
    labels = np.arange(20) % 10
    np.savez(tmp_path / "fashion.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    data = load(f"npz:{tmp_path / 'fashion.npz'}", tmp_path)
    recipe = recipe_for("lenet", data.info)
    for place in range(0, 20, 6):
        file = tmp_path / "photo.png"
        Image.fromarray(images[place]).save(file)
        row = data.train.images[place].numpy().astype(np.float32) / np.float32(255)
        assert np.array_equal(as_input(file, recipe), row)
        assert np.array_equal(model_input(Picture(read_image(file)), recipe)[0], row)
