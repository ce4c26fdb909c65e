"""The user's own folder of images."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data import registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled, UserError


def picture(path: Path, colour: tuple[int, ...] | int = (200, 30, 30), size: tuple[int, int] = (20, 16)) -> None:
    """Write a plain picture of `size` (width, height)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L" if isinstance(colour, int) else "RGB", size, colour).save(path)


def pets(root: Path, cats: int = 10, dogs: int = 10, size: tuple[int, int] = (20, 16)) -> Path:
    for index in range(cats):
        picture(root / "cat" / f"{index:03}.png", (10, 20, index), size)
    for index in range(dogs):
        picture(root / "dog" / f"{index:03}.png", (90, 20, index), size)
    return root


def load(root: Path) -> DataSet:
    return registry.load(f"folder:{root}", root.parent)


def notes(data: DataSet) -> list[str]:
    return [str(note) for note in data.info.notes]


def test_sub_folders_are_the_classes_and_a_fifth_is_held_out(tmp_path: Path) -> None:
    data = load(pets(tmp_path / "pets", cats=20))
    assert (data.info.title, data.info.classes, data.info.shape) == ("pets", ("cat", "dog"), (3, 16, 20))
    assert data.info.mean == data.info.std == (0.5, 0.5, 0.5)
    assert data.test.labels.bincount().tolist() == [4, 2]
    assert data.train.labels.bincount().tolist() == [16, 8]
    red = data.train.images[:, 0, 0, 0]
    assert ((red == 90) == (data.train.labels == 1)).all()
    assert notes(data) == []


@pytest.mark.parametrize("test_name", ["test", "Test", "val", "validation"])
def test_train_and_test_folders_are_taken_as_they_are(tmp_path: Path, test_name: str) -> None:
    root = tmp_path / "pets"
    pets(root / "train", 6, 4)
    pets(root / test_name, 2, 3)
    data = load(root)
    assert data.train.labels.tolist() == [0] * 6 + [1] * 4
    assert data.test.labels.tolist() == [0] * 2 + [1] * 3


def test_beside_a_test_folder_the_validation_folder_validates(tmp_path: Path) -> None:
    root = tmp_path / "pets"
    for part, count in (("train", 6), ("val", 2), ("test", 3)):
        pets(root / part, count, count)
    data = load(root)
    assert data.validation is not None
    assert (len(data.train), len(data.validation), len(data.test)) == (12, 4, 6)


def test_grey_pictures_make_a_grey_data_set(tmp_path: Path) -> None:
    for index in range(5):
        picture(tmp_path / "0" / f"{index}.png", 40 + index)
        picture(tmp_path / "1" / f"{index}.jpg", 200)
    data = load(tmp_path)
    assert data.info.shape == (1, 16, 20)
    assert data.info.mean == (0.5,)


def test_one_coloured_picture_makes_a_colour_data_set(tmp_path: Path) -> None:
    for index in range(5):
        picture(tmp_path / "0" / f"{index}.png", 40)
        picture(tmp_path / "1" / f"{index}.png", 200)
    picture(tmp_path / "1" / "9.png", (9, 99, 9))
    assert load(tmp_path).info.shape == (3, 16, 20)


def test_pictures_of_other_sizes_are_fitted_to_the_commonest(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets")
    picture(root / "cat" / "wide.png", (10, 20, 0), (300, 40))
    data = load(root)
    assert data.info.shape == (3, 16, 20)
    assert notes(data) == ["Images were cropped and scaled to 16×20 pixels."]


def test_large_pictures_are_scaled_to_64_pixels(tmp_path: Path) -> None:
    data = load(pets(tmp_path / "pets", size=(200, 100)))
    assert data.info.shape == (3, 32, 64)
    assert "32×64" in notes(data)[0]


def test_a_turned_photograph_counts_as_it_is_seen(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for index in range(3):
            Image.new("RGB", (20, 10), "red").save(tmp_path / name / f"{index}.jpg", exif=exif)
    data = load(tmp_path)
    assert data.info.shape == (3, 20, 10)
    assert notes(data) == []


def test_what_is_no_image_is_passed_over(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 5, 5)
    (root / "cat" / "notes.txt").write_text("cute")
    (root / "cat" / "._000.png").write_bytes(b"what macOS leaves")
    (root / ".git").mkdir()
    (root / "__MACOSX").mkdir()
    (root / "readme.md").write_text("pets")
    data = load(root)
    assert data.info.classes == ("cat", "dog")
    assert len(data.train) + len(data.test) == 10


def test_an_unreadable_picture_is_left_out_and_named(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 20, 20)
    (root / "dog" / "004.png").write_bytes(b"")
    data = load(root)
    assert len(data.train) + len(data.test) == 39
    assert notes(data) == [
        "Images that cannot be read were left out: 1 of 40 (2.5 %), dog/004.png. The first: dog/004.png is empty."
    ]


def test_many_unreadable_pictures_are_refused_with_the_first_one_named(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 20, 20)
    for index in range(3):
        (root / "dog" / f"{index:03}.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    with pytest.raises(UserError) as caught:
        load(root)
    assert str(caught.value) == (
        "pets: 3 of 40 images (7.5 %) cannot be read, more than 5 %: dog/000.png, dog/001.png, dog/002.png. "
        "The first: dog/000.png is not an image in PNG, JPEG, BMP, GIF, WEBP, TIFF, PPM or AVIF format."
    )


def test_folders_that_cannot_be_learned_from_give_an_error_message(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    picture(tmp_path / "flat" / "0.png")
    picture(tmp_path / "single" / "cat" / "0.png")
    picture(tmp_path / "single" / "cat" / "1.png")
    pets(tmp_path / "hollow", 3, 3)
    (tmp_path / "hollow" / "fish").mkdir()
    (tmp_path / "file").touch()
    pets(tmp_path / "stray" / "train", 3, 3)
    picture(tmp_path / "stray" / "test" / "fish" / "0.png")
    pets(tmp_path / "few", 1, 1)
    pets(tmp_path / "part" / "train", 3, 3)
    (tmp_path / "part" / "test").mkdir()
    for name, words in {
        "nowhere": "nowhere does not exist",
        "file": "file is not a folder",
        "empty": "empty has no sub-folders",
        "flat": "flat has no sub-folders",
        "single": "single holds one class only",
        "hollow": "class folder fish holds no images",
        "stray": "test holds the class fish, which the training split lacks",
        "few": "one image of each class only",
        "part": "test holds no images",
    }.items():
        with pytest.raises(UserError, match=words):
            load(tmp_path / name)


def test_progress_rises_to_one_and_cancel_is_heard(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets")
    heard: list[float] = []
    registry.load(f"folder:{root}", tmp_path, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    with pytest.raises(Cancelled):
        registry.load(f"folder:{root}", tmp_path, cancelled=lambda: True)


def test_the_pixels_are_those_of_a_picture_opened_for_prediction(tmp_path: Path) -> None:
    from cnnviewer.core.images.image_file import fit, read_image

    rng = np.random.default_rng(2)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for index in range(2):
            Image.fromarray(rng.integers(0, 256, (100, 120, 3), np.uint8)).save(tmp_path / name / f"{index}.png")
    data = load(tmp_path)
    opened = fit(read_image(tmp_path / "a" / f"{0}.png"), data.info.shape)
    closest = min(np.abs(opened - image.numpy() / 255).max() for image in (*data.train.images, *data.test.images))
    assert closest <= 0.5 / 255 + 1e-6
