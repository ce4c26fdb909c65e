"""A picture opened for a model that knows no digits is, to the last bit, the row it would be in the model's data set."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.cli.predict import as_input
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import load
from cnnviewer.core.images.decoding import FIRST, LATEST, Decoding
from cnnviewer.core.images.image_file import DeepPixels, in_bytes, open_picture, read_image
from cnnviewer.core.models.registry import recipe_for
from cnnviewer.runtime.requests import PictureInput, model_input


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


@pytest.fixture(scope="module")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of many proportions, some of them float TIFFs of other brightness, some with transparency."""
    rng = np.random.default_rng(2)
    root = tmp_path_factory.mktemp("leaves")
    for part, count in (("train", 9), ("val", 3), ("test", 3)):
        for place, name in enumerate(("ash", "oak")):
            folder = root / part / name
            folder.mkdir(parents=True)
            for number in range(count):
                picture = grey(rng, int(rng.integers(30, 90)), int(rng.integers(40, 120)))
                picture.save(folder / f"{number}.png")
                values = np.asarray(picture, np.float32) / 255 * 40 + 20 + 180 * place
                Image.fromarray(values).save(folder / f"float {number}.tif")
                Image.fromarray(values.astype(np.int32) * 900).save(folder / f"whole {number}.tif")
                half_clear(picture, folder / f"clear {number}.png")
    return root


@pytest.mark.parametrize("version", [FIRST, LATEST])
def test_a_photo_becomes_the_row_of_a_folder_of_any_proportions(version: int, leaves: Path) -> None:
    data = load(f"folder:{leaves}", leaves, reading=Decoding(version))
    recipe = recipe_for("lenet", data.info)
    assert data.info.shape[1] != data.info.shape[2]
    checked = 0
    for name in data.info.classes:
        for file in sorted((leaves / "train" / name).iterdir()):
            row = row_of(data, leaves, file).astype(np.float32) / np.float32(255)
            assert np.array_equal(as_input(file, recipe), row), f"{file.name} on the command line"
            opened = open_picture(file)
            picture = PictureInput(in_bytes(opened), wide=opened if isinstance(opened, DeepPixels) else None)
            assert np.array_equal(model_input(picture, recipe)[0], row), f"{file.name} in the window"
            checked += 1
    assert checked == 72


def test_a_float_picture_beside_the_scale_of_the_images_is_black_or_white(leaves: Path, tmp_path: Path) -> None:
    data = load(f"folder:{leaves}", leaves)
    for value, expected in ((-5.0, 0.0), (1e9, 1.0)):
        Image.fromarray(np.full((40, 50), value, np.float32)).save(tmp_path / "x.tif")
        assert (as_input(tmp_path / "x.tif", recipe_for("lenet", data.info)) == expected).all()


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
        image, steps = model_input(PictureInput(read_image(file)), recipe)
        assert np.array_equal(image, row), "in the window"
        assert steps is None


@pytest.mark.parametrize("size", [(28, 28), (100, 100), (90, 70)], ids=str)
@pytest.mark.parametrize("kind", ["bytes", "0 to 1", "0 and 1"])
def test_a_photo_becomes_the_row_of_an_npz(size: tuple[int, int], kind: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    images = np.stack([np.asarray(grey(rng, *size)) for _ in range(20)])
    labels = np.arange(20) % 10
    stored = images
    if kind == "0 to 1":
        stored = images.astype(np.float32) / 255
    elif kind == "0 and 1":
        images, stored = (images > 127).astype(np.uint8) * 255, (images > 127).astype(np.int16)
    np.savez(tmp_path / "fashion.npz", x_train=stored, y_train=labels, x_test=stored, y_test=labels)
    data = load(f"npz:{tmp_path / 'fashion.npz'}", tmp_path)
    recipe = recipe_for("lenet", data.info)
    for place in range(0, 20, 6):
        file = tmp_path / "photo.png"
        Image.fromarray(images[place]).save(file)
        row = data.train.images[place].numpy().astype(np.float32) / np.float32(255)
        assert np.array_equal(as_input(file, recipe), row)
        assert np.array_equal(model_input(PictureInput(read_image(file)), recipe)[0], row)
