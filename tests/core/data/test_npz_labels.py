"""Labels and scales of `.npz` files that are not as one would wish: read as they are meant, or named."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from tests.core.data.test_own_npz import GREY, LABELS, load


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.npz"


def notes(data: DataSet) -> list[str]:
    return [str(note) for note in data.info.notes]


def test_parts_of_different_scales_become_the_same_bytes(path: Path) -> None:
    data = load(path, x_train=GREY.astype(np.float32) / 255, y_train=LABELS, x_test=GREY, y_test=LABELS)
    assert np.array_equal(data.train.images.numpy(), data.test.images.numpy())
    assert np.array_equal(data.train.images.numpy()[:, 0], GREY)
    assert notes(data) == ["The parts of mine.npz differ in scale: 1 is white in train, 255 in the others."]


@pytest.mark.parametrize("kind", ["uint8", "int8", "uint16", "int32", "int64", "bool", "float32", "float64"])
def test_images_of_0_and_1_are_black_and_white_whatever_their_type(kind: str, path: Path) -> None:
    images = (GREY > 100).astype(kind)
    data = load(path, x_train=images, y_train=LABELS, x_test=images[:4], y_test=LABELS[:4])
    assert np.array_equal(data.train.images.numpy()[:, 0], (GREY > 100) * 255)


@pytest.mark.parametrize("kind", ["uint8", "int64"])
def test_dark_test_images_of_bytes_are_not_taken_for_0_and_1_but_named(kind: str, path: Path) -> None:
    data = load(path, x_train=GREY, y_train=LABELS, x_test=(GREY[:4] % 2).astype(kind), y_test=LABELS[:4])
    assert data.test.images.max() == 1
    assert notes(data) == [
        "No pixel of test in mine.npz is above 1, and 255 is white: multiply them by 255 if 1 is to be white."
    ]


@pytest.mark.parametrize(
    ("labels", "classes", "said"),
    [
        (list(range(1, 11)), [str(n) for n in range(1, 11)], "1 to 10"),
        ([*range(10), 255], [*(str(n) for n in range(10)), "255"], "0 to 9, 255"),
        ([0, 1, 2, 3, 4, 500], ["0", "1", "2", "3", "4", "500"], "0 to 4, 500"),
        ([0, 1, 2], ["0", "1", "2"], None),
    ],
)
def test_only_labels_of_training_images_are_classes(
    labels: list[int], classes: list[str], said: str | None, path: Path
) -> None:
    numbers = np.repeat(labels, 3)
    data = load(path, x_train=np.zeros((len(numbers), 4, 4), np.uint8), y_train=numbers)
    assert list(data.info.classes) == classes
    assert data.train.labels.max() == len(classes) - 1
    assert notes(data) == ([f"The classes of mine.npz are the labels of its training images: {said}."] if said else [])


@pytest.mark.parametrize("words", [False, True])
def test_a_label_that_only_test_images_have_is_refused(words: bool, path: Path) -> None:
    labels, other = LABELS, LABELS + 1
    if words:
        labels, other = np.array(["a", "b", "c"])[labels], np.array(["a", "b", "c"])[other]
    with pytest.raises(UserError, match=f"no training image has the labels {'c' if words else 2} of the test split"):
        load(path, x_train=GREY, y_train=labels, x_test=GREY, y_test=other)


@pytest.mark.parametrize(
    "names",
    [np.array(["no", "yes"]), np.array([b"no", b"yes"]), np.array(["no", "yes"], dtype="U20")],
    ids=["text", "bytes", "wide text"],
)
@pytest.mark.parametrize("key", ["class_names", "label_names", "classes"])
def test_names_may_be_text_or_bytes(names: np.ndarray, key: str, path: Path) -> None:
    assert load(path, x_train=GREY, y_train=LABELS, **{key: names}).info.classes == ("no", "yes")


def test_labels_given_as_words_are_numbered_in_the_order_of_the_class_names(path: Path) -> None:
    words = np.array([b"dog", b"cat"])[LABELS]
    data = load(path, x_train=GREY, y_train=words, class_names=np.array(["dog", "cat"]), x_test=GREY, y_test=words)
    assert (data.info.classes, data.test.labels.tolist()) == (("dog", "cat"), LABELS.tolist())


@pytest.mark.parametrize(
    "names", [np.array("cat, dog"), np.eye(2), np.array([["a", "b"]])], ids=["one text", "table", "rows"]
)
def test_what_is_no_list_of_names_is_said(names: np.ndarray, path: Path) -> None:
    data = load(path, x_train=GREY, y_train=LABELS, class_names=names)
    assert data.info.classes == ("0", "1")
    assert notes(data) == ["The array class_names of mine.npz is no list of names: the classes keep their labels."]


def test_a_name_without_a_training_image_is_said(path: Path) -> None:
    data = load(path, x_train=GREY, y_train=LABELS, class_names=np.array(["no", "yes", "perhaps"]))
    assert data.info.classes == ("no", "yes", "perhaps")
    assert notes(data) == ["mine.npz has no training image of these classes: perhaps."]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class_names": np.array(["caf\u00e9", "cafe\u0301"])}, "mine.npz has two classes called café"),
        ({"class_names": np.array(["a", "a"])}, "mine.npz has two classes called a"),
        ({"class_names": np.array(["a", " "])}, "mine.npz has a class without a name"),
        ({"y_train": np.array(["x", ""])[LABELS]}, "mine.npz has a class without a name"),
        (
            {"y_train": np.array(["x", "y"])[LABELS], "class_names": np.array(["x", "z"])},
            "labels y, which are not among",
        ),
    ],
)
def test_names_that_cannot_be_told_apart_are_refused(changes: dict[str, Any], words: str, path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(path, **{"x_train": GREY, "y_train": LABELS, **changes})
    assert words in str(caught.value)
