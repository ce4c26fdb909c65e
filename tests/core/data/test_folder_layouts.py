"""Folders as people and archives leave them: read as they are meant, or named."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data import registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.folder import listing
from cnnviewer.core.errors import UserError
from tests.core.data.test_own_folder import load, notes, pets, picture


@pytest.mark.parametrize(
    ("train", "test"),
    [("training_set", "test_set"), ("Training Set", "Test Set"), ("train-set", "testing"), ("trainset", "testset")],
)
def test_parts_are_known_by_their_usual_names(train: str, test: str, tmp_path: Path) -> None:
    pets(tmp_path / "pets" / train, 6, 4)
    pets(tmp_path / "pets" / test, 2, 3)
    data = load(tmp_path / "pets")
    assert (data.info.classes, len(data.train), len(data.test)) == (("cat", "dog"), 10, 5)


def test_parts_inside_folders_of_the_same_name_are_found(tmp_path: Path) -> None:
    """As an archive of Kaggle's has them: `training_set/training_set/cats`."""
    pets(tmp_path / "pets" / "training_set" / "training_set", 6, 4)
    pets(tmp_path / "pets" / "test_set" / "test_set", 2, 0)
    data = load(tmp_path / "pets")
    assert (len(data.train), data.test.labels.tolist()) == (10, [0, 0])


@pytest.mark.parametrize("inside", ["pets", "archive/pets"])
@pytest.mark.parametrize("parts", [True, False], ids=["parts", "classes"])
def test_one_folder_too_high_is_no_matter(inside: str, parts: bool, tmp_path: Path) -> None:
    root = tmp_path / "download"
    pets(root / inside / "train" if parts else root / inside, 6, 4)
    if parts:
        pets(root / inside / "test", 2, 3)
    (root / "docs").mkdir()
    data = load(root)
    assert data.info.classes == ("cat", "dog")
    assert len(data.train) + len(data.test) == (15 if parts else 10)
    assert notes(data) == [f"The images are those of {inside}."]


def test_a_folder_above_several_data_sets_is_refused_with_their_names(tmp_path: Path) -> None:
    for name in ("birds", "pets"):
        pets(tmp_path / name / "train", 3, 3)
    with pytest.raises(UserError, match="holds data sets of its own in birds, pets: choose one"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("seg_train/seg_train", "seg_test/seg_test"),
        ("train_images", "test_images"),
        ("학습", "시험"),
        ("train-set 1", "val 1"),
    ],
)
def test_parts_under_other_names_are_not_taken_for_classes(train: str, test: str, tmp_path: Path) -> None:
    pets(tmp_path / train, 3, 3)
    pets(tmp_path / test, 2, 2)
    one, other = Path(train).parts[0], Path(test).parts[0]
    with pytest.raises(UserError, match=f"{one} and {other} in .* call them train and test"):
        load(tmp_path)


def test_classes_with_the_same_folders_inside_are_classes(tmp_path: Path) -> None:
    for name in ("trainers", "boots"):
        for side in ("left", "right"):
            pets(tmp_path / name / side, 2, 2)
    assert load(tmp_path).info.classes == ("boots", "trainers")


def test_images_to_evaluate_on_without_images_to_learn_from_are_refused(tmp_path: Path) -> None:
    pets(tmp_path / "pets" / "val", 3, 3)
    pets(tmp_path / "pets" / "test", 3, 3)
    with pytest.raises(UserError, match=r"pets holds test \+ val, but no folder train"):
        load(tmp_path / "pets")


def test_two_folders_for_the_training_images_are_refused(tmp_path: Path) -> None:
    pets(tmp_path / "pets" / "train", 3, 3)
    pets(tmp_path / "pets" / "training_set", 3, 3)
    with pytest.raises(UserError, match="pets holds both train and training_set"):
        load(tmp_path / "pets")


def test_parts_without_classes_are_no_classes(tmp_path: Path) -> None:
    for part in ("train", "test"):
        picture(tmp_path / part / "cat.0.png")
    with pytest.raises(UserError, match="test has no sub-folders"):
        load(tmp_path)


def test_a_class_may_be_called_as_a_part_is(tmp_path: Path) -> None:
    for index in range(4):
        picture(tmp_path / "train" / f"{index}.png")
        picture(tmp_path / "plane" / f"{index}.png")
    assert load(tmp_path).info.classes == ("plane", "train")


def test_beside_a_test_part_the_validation_part_is_not_learned(tmp_path: Path) -> None:
    for part, count in (("train", 6), ("valid", 2), ("test", 3)):
        pets(tmp_path / part, count, count)
    data = load(tmp_path)
    assert data.validation is not None
    assert [len(split) for split in (data.train, data.validation, data.test)] == [12, 4, 6]


def test_without_a_test_part_the_validation_part_is_that_and_a_note_says_so(tmp_path: Path) -> None:
    for part in ("train", "val"):
        pets(tmp_path / part, 4, 4)
    data = load(tmp_path)
    assert (data.validation, len(data.test)) == (None, 8)
    assert notes(data) == ["There is no test split: the validation images are the test images."]


@pytest.mark.parametrize("odd", [(64, 64), (640, 20), (9, 64)], ids=str)
def test_one_odd_picture_does_not_decide_the_size(odd: tuple[int, int], tmp_path: Path) -> None:
    for index in range(6):  # every size is there once: by the commonest one the largest would decide
        picture(tmp_path / "cat" / f"{index}.png", size=(40 + 4 * index, 30 + 3 * index))
    picture(tmp_path / "cat" / "odd.png", size=odd)
    for index in range(6):
        picture(tmp_path / "dog" / f"{index}.png", size=(42 + 4 * index, 31 + 3 * index))
    _, height, width = load(tmp_path).info.shape
    assert width / height == pytest.approx(4 / 3, abs=0.03)
    assert 48 <= width <= 54


def test_half_wide_and_half_tall_pictures_are_cut_to_squares(tmp_path: Path) -> None:
    pets(tmp_path, 6, 0, (40, 30))
    pets(tmp_path, 0, 6, (30, 40))
    assert load(tmp_path).info.shape == (3, 40, 40)


@pytest.mark.parametrize("ending", ["jfif", "jpe", "ppm", "pgm", "pnm", "avif"])
def test_less_usual_endings_are_read(ending: str, tmp_path: Path) -> None:
    pets(tmp_path, 4, 4)
    kind = {"jfif": "JPEG", "jpe": "JPEG", "avif": "AVIF"}.get(ending, "PPM")
    Image.new("RGB", (20, 16), (9, 200, 9)).save(tmp_path / "cat" / f"other.{ending}", kind)
    data = load(tmp_path)
    assert len(data.train) + len(data.test) == 9
    assert notes(data) == []


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


def test_photos_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    pets(tmp_path / "pets", 20, 20)
    (tmp_path / "pets" / "cat" / "phone.HEIC").write_bytes(HEIC)
    (note,) = notes(load(tmp_path / "pets"))
    assert "1 of 41 (2.44 %), cat/phone.HEIC. The first: cat/phone.HEIC is a HEIC photo" in note
    for index in range(20):
        (tmp_path / "pets" / "dog" / f"{index}.heic").write_bytes(HEIC)
    with pytest.raises(UserError, match=r"pets: 21 of 61 images \(34.4 %\) cannot be read, more than 5 %: cat/phone"):
        load(tmp_path / "pets")


def test_what_is_left_out_is_named_and_what_systems_leave_is_not(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 5, 5)
    picture(root / "cover.png")
    (root / "cat" / "drawing.svg").write_text("<svg/>")
    for folder in ("@eaDir", "__MACOSX", "#recycle"):
        picture(root / folder / "a.png")
        picture(root / "cat" / folder / "000.png" / "SYNOPHOTO_THUMB_M.jpg")
    data = load(root)
    assert (data.info.classes, len(data.train) + len(data.test)) == (("cat", "dog"), 10)
    assert notes(data) == [
        "Images beside the class folders are left out: cover.png.",
        "Files of these kinds are not read: .svg (1).",
    ]


def test_a_folder_beside_the_parts_is_named(tmp_path: Path) -> None:
    for part in ("train", "test"):
        pets(tmp_path / part, 3, 3)
    picture(tmp_path / "samples" / "0.png")
    picture(tmp_path / "train" / "stray.png")
    assert notes(load(tmp_path)) == [
        "Folders beside the training split are left out: samples.",
        "Images beside the class folders are left out: train/stray.png.",
    ]


def test_parts_inside_the_classes_are_named(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        for part, count in (("train", 6), ("test", 3)):
            for number in range(count):
                picture(tmp_path / name / part / f"{number}.png")
    data = load(tmp_path)
    assert len(data.train) + len(data.test) == 18
    assert notes(data) == ["Images in test, train inside the class folders are read together, as one part."]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_linked_folders_are_read_once_and_broken_links_named(tmp_path: Path) -> None:
    pets(tmp_path / "elsewhere", 3, 5)
    root = tmp_path / "pets"
    root.mkdir()
    (root / "cat").symlink_to(tmp_path / "elsewhere" / "cat")
    picture(root / "dog" / "0.png")
    (root / "dog" / "more").symlink_to(tmp_path / "elsewhere" / "dog")
    (root / "dog" / "round").symlink_to(root / "dog")
    (root / "eel").symlink_to(tmp_path / "nowhere")
    data = load(root)
    assert (len(data.train) + len(data.test), data.info.classes) == (9, ("cat", "dog"))
    assert notes(data) == [
        "Links that lead nowhere are left out: eel.",
        "Links that lead back to a folder above them are left out: dog/round.",
    ]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
@pytest.mark.parametrize(("link", "target"), [("train/dogs", ".."), ("train/cat/more", "/"), ("loop", ".")])
def test_links_that_lead_back_are_no_classes_and_bring_no_images(link: str, target: str, tmp_path: Path) -> None:
    pets(tmp_path / "pets" / "train", 6, 4)
    pets(tmp_path / "pets" / "test", 2, 3)
    (tmp_path / "pets" / link).symlink_to(target)
    data = load(tmp_path / "pets")
    assert (data.info.classes, len(data.train), len(data.test)) == (("cat", "dog"), 10, 5)
    assert notes(data) == [f"Links that lead back to a folder above them are left out: {link}."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_class_or_a_part_is_named(tmp_path: Path) -> None:
    pets(tmp_path / "pets" / "train", 6, 4)
    os.mkfifo(tmp_path / "pets" / "train" / "eel")
    os.mkfifo(tmp_path / "pets" / "test")
    data = load(tmp_path / "pets")
    assert data.info.classes == ("cat", "dog")
    assert "What is neither a file nor a folder is left out: test, train/eel." in notes(data)


def test_a_file_is_not_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "pets").write_text("a list of pets")
    with pytest.raises(UserError, match=r"pets is not a folder\."):
        load(tmp_path / "pets")


@pytest.mark.skipif(os.name != "posix", reason="macOS and Windows see one folder")
def test_two_folders_of_one_name_are_refused(tmp_path: Path) -> None:
    picture(tmp_path / "caf\u00e9" / "0.png")
    picture(tmp_path / "cafe\u0301" / "0.png")
    with pytest.raises(UserError, match="two classes called café"):
        load(tmp_path)


def test_a_folder_that_grew_is_not_the_one_at_hand(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 5, 5)
    data = load(root)
    assert registry.is_current(data, f"folder:{root}")
    picture(root / "cat" / "new.png")
    assert not registry.is_current(data, f"folder:{root}")
    assert registry.is_current(load(root), f"folder:{root}")


# wide grey pictures


def wide(path: Path, low: float, high: float) -> np.ndarray:
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.linspace(low, high, 16 * 20, dtype=np.float32).reshape(16, 20)
    Image.fromarray(values).save(path)
    return values


def test_float_pictures_share_one_scale_which_is_said(tmp_path: Path) -> None:
    for index in range(5):
        wide(tmp_path / "dim" / f"{index}.tif", 20, 60)
        wide(tmp_path / "lit" / f"{index}.tif", 200, 240)
    data = load(tmp_path)
    dim, lit = (data.train.images[data.train.labels == label].float() for label in (0, 1))
    assert (dim.min(), dim.max()) == (0, round(40 / 220 * 255))
    assert (lit.min(), lit.max()) == (round(180 / 220 * 255), 255)
    assert data.info.reading.scale == (20, 240)
    assert notes(data) == ["Grey images with more than eight bits share one scale: 20 is black, 240 is white."]


@pytest.mark.parametrize(("low", "high", "scale"), [(0.1, 0.4, (0, 1)), (-3, 5, (-3, 5)), (0, 70000, (0, 70000))])
def test_the_scale_follows_from_the_values(low: float, high: float, scale: tuple[float, float], tmp_path: Path) -> None:
    for name in ("a", "b"):
        for index in range(3):
            wide(tmp_path / name / f"{index}.tif", low, high)
    assert load(tmp_path).info.reading.scale == scale


def test_infinite_values_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        for index in range(10):
            wide(tmp_path / name / f"{index}.tif", 20, 60)
    values = np.full((16, 20), 5, np.float32)
    values[3, 3] = np.inf
    Image.fromarray(values).save(tmp_path / "b" / "3.tif")
    data: DataSet = load(tmp_path)
    assert "b/3.tif holds infinite values." in notes(data)[0]
    assert data.info.reading.scale == (20, 60)


def test_a_listing_needs_no_pixels(tmp_path: Path) -> None:
    root = pets(tmp_path / "pets", 2, 3)
    assert [len(part.files) for part in listing(root).parts] == [5]
