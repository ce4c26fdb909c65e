"""The user's own .npz: every layout that is read, and a sentence for everything else."""

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from cnnviewer.core.data import archive, registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError

GREY = np.arange(10 * 12 * 12, dtype=np.int64).astype(np.uint8).reshape(10, 12, 12)
RGB = np.random.default_rng(5).integers(0, 256, (10, 12, 14, 3), np.uint8)
LABELS = np.arange(10) % 2


def load(path: Path, **arrays: Any) -> DataSet:
    np.savez_compressed(path, **arrays)
    return registry.load(f"npz:{path}", path.parent)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.npz"


def test_keras_keys_are_read(path: Path) -> None:
    data = load(path, x_train=RGB, y_train=LABELS, x_test=RGB[:4], y_test=LABELS[:4])
    assert np.array_equal(data.train.images.numpy(), RGB.transpose(0, 3, 1, 2))
    assert data.test.labels.tolist() == [0, 1, 0, 1]
    assert data.info.key == f"npz:{path}"
    assert (data.info.title, data.info.shape, data.info.classes) == ("mine", (3, 12, 14), ("0", "1"))
    assert data.info.mean == data.info.std == (0.5, 0.5, 0.5)
    assert data.info.notes == ()


def test_medmnist_keys_are_read_and_its_validation_part_validates(path: Path) -> None:
    parts = {f"{part}_images": GREY for part in ("train", "val", "test")}
    data = load(path, **parts, **{f"{part}_labels": LABELS[:, None] for part in ("train", "val", "test")})
    assert data.info.shape == (1, 12, 12)
    assert data.validation is not None
    assert [len(part) for part in (data.train, data.validation, data.test)] == [10, 10, 10]
    assert np.array_equal(data.validation.images.numpy()[:, 0], GREY)


def test_without_a_test_part_a_fifth_of_every_class_is_held_out_the_same_every_time(path: Path) -> None:
    labels = np.repeat([0, 1, 2], [50, 30, 20])
    images = np.arange(100, dtype=np.uint8)[:, None, None] * np.ones((1, 8, 8), np.uint8)
    data, again = (load(path, x_train=images, y_train=labels) for _ in range(2))
    assert torch.bincount(data.test.labels).tolist() == [10, 6, 4]
    assert torch.equal(data.test.images, again.test.images)
    everything = torch.cat([data.train.images, data.test.images])[:, 0, 0, 0]
    assert sorted(everything.tolist()) == list(range(100))


@pytest.mark.parametrize(
    "images",
    [
        GREY,
        GREY[..., None],
        GREY[:, None],
        GREY.astype(np.int32),
        GREY.astype(np.float32),
        GREY.astype(np.float64) / 255,
        np.asfortranarray(GREY),
    ],
    ids=["NHW", "NHWC", "NCHW", "int32", "float 0..255", "float 0..1", "columns first"],
)
def test_grey_images_of_every_kind_become_the_same_bytes(path: Path, images: np.ndarray) -> None:
    data = load(path, x_train=images, y_train=LABELS, x_test=images, y_test=LABELS)
    assert np.array_equal(data.test.images.numpy()[:, 0], GREY)


def test_bilevel_images_become_black_and_white(path: Path) -> None:
    data = load(path, x_train=GREY > 100, y_train=LABELS, x_test=GREY > 100, y_test=LABELS)
    assert np.array_equal(data.train.images.numpy()[:, 0], (GREY > 100) * 255)


def test_words_as_labels_name_the_classes(path: Path) -> None:
    words = np.array(["dog", "cat"])[LABELS]
    data = load(path, x_train=RGB, y_train=words, x_test=RGB[:1], y_test=np.array(["dog"]))
    assert data.info.classes == ("cat", "dog")
    assert data.test.labels.tolist() == [1]


def test_an_array_of_class_names_names_the_classes(path: Path) -> None:
    data = load(path, x_train=RGB, y_train=LABELS, class_names=np.array(["no", "yes", "perhaps"]))
    assert data.info.classes == ("no", "yes", "perhaps")


@pytest.mark.parametrize("channels", [1, 3])
def test_large_images_are_scaled_down_and_the_notes_say_so(path: Path, channels: int) -> None:
    large = np.full((10, 64, 128, channels), 90, np.uint8)
    data = load(path, x_train=large, y_train=LABELS)
    assert data.info.shape == (channels, 32, 64)
    assert bool((data.train.images == 90).all())
    assert [str(note) for note in data.info.notes] == [
        "The images of mine.npz are 64×128 pixels; they are scaled down to 32×64."
    ]


NAN = np.full((10, 8, 8), np.nan, np.float32)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x_train": None}, "lacks the arrays x_train and y_train"),
        ({"x_train": GREY[:0], "y_train": LABELS[:0]}, "no images"),
        ({"y_train": LABELS[:9]}, "10 images but 9 labels"),
        ({"y_train": LABELS - 1}, "negative label: -1"),
        ({"y_train": LABELS * 5000}, "label 5000, but there are only 1,000 classes"),
        ({"y_train": LABELS, "class_names": np.array(["only"])}, "label 1, but there are only 1 class"),
        ({"y_train": LABELS + 0.5}, "not one whole number"),
        ({"y_train": np.eye(2)[LABELS]}, "several columns"),
        ({"y_train": LABELS * 0}, "one class only"),
        ({"y_train": np.arange(10)}, "one image of each class only"),
        ({"x_train": NAN}, "not a number"),
        ({"x_train": NAN * 0 + np.inf}, "not a number"),
        ({"x_train": GREY.astype(np.int16) - 300}, "pixels run from -300"),
        ({"x_train": GREY.astype(np.uint16) * 4}, "they must lie in 0 to 255"),
        ({"x_train": np.zeros((10, 8, 8, 8), np.uint8)}, "10×8×8×8 is not a series"),
        ({"x_train": np.zeros(10, np.uint8)}, "is not a series"),
        ({"x_train": np.zeros((10, 0, 8), np.uint8)}, "is not a series"),
        ({"x_train": np.full((10, 2, 2), "x")}, "not numbers"),
        ({"x_train": np.full((10, 8, 8), 1j)}, "not numbers"),
        ({"x_test": RGB, "y_test": LABELS}, "differ in size"),
        ({"x_test": GREY}, "only one of x_test and y_test"),
        ({"y_train": np.array([{}] * 10, dtype=object)}, "Python objects"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_arrays_that_cannot_be_learned_from_give_an_error_message(
    path: Path, changes: dict[str, Any], words: str
) -> None:
    arrays = {"x_train": GREY, "y_train": LABELS} | changes
    with pytest.raises(UserError, match=words) as caught:
        load(path, **{key: array for key, array in arrays.items() if array is not None})
    assert "mine.npz" in str(caught.value)


def test_files_of_another_kind_give_an_error_message(tmp_path: Path) -> None:
    (tmp_path / "empty.npz").touch()
    (tmp_path / "text.npz").write_text("hello")
    (tmp_path / "folder.npz").mkdir()
    np.save(tmp_path / "single.npy", GREY)
    with zipfile.ZipFile(tmp_path / "photos.npz", "w") as photos:
        photos.writestr("a.png", b"x")
    for name in ("empty.npz", "text.npz", "folder.npz", "single.npy", "photos.npz", "nowhere.npz"):
        with pytest.raises(UserError, match=name):
            registry.load(f"npz:{tmp_path / name}", tmp_path)


def npy(shape: tuple[int, ...], content: bytes) -> bytes:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|u1", "fortran_order": False, "shape": shape})
    return header.getvalue() + content


def test_a_header_that_claims_terabytes_asks_for_no_memory(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x_train.npy", npy((1 << 40,), b"few"))
        made.writestr("y_train.npy", npy((1,), b"0"))
    with pytest.raises(UserError, match=r'mine\.npz is damaged: the array "x_train"'):
        registry.load(f"npz:{path}", path.parent)


def test_an_archive_that_unpacks_to_too_much_is_refused_by_its_directory(path: Path) -> None:
    np.savez_compressed(path, x_train=np.zeros((200, 100, 100), np.uint8), y_train=np.zeros(200, np.uint8))
    with pytest.raises(UserError, match=r"mine\.npz unpacks to 1 MB, more than the 0 MB"):
        archive.read(path, ("x_train",), limit=1 << 19)


def test_a_directory_that_lies_about_the_size_is_found_out(path: Path) -> None:
    """The entry says 200 bytes; 2 MB come out of it."""
    content = npy((100,), bytes(2_000_000))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("x_train.npy", content)
    raw = path.read_bytes()
    lied = raw.replace(struct.pack("<I", len(content)), struct.pack("<I", len(content) - 2_000_000 + 100))
    path.write_bytes(lied)
    with pytest.raises(UserError, match=r"mine\.npz"):
        archive.read(path, ("x_train",))


def test_no_cut_and_no_flipped_byte_ever_gives_other_images(path: Path) -> None:
    load(path, x_train=RGB, y_train=LABELS, x_test=RGB, y_test=LABELS)
    whole, rng = path.read_bytes(), np.random.default_rng(0)
    for trial in range(300):
        content = bytearray(whole)
        if trial % 2:
            content = content[: rng.integers(len(content))]
        else:
            content[rng.integers(len(content))] ^= 1 << rng.integers(8)
        path.write_bytes(content)
        try:
            data = registry.load(f"npz:{path}", path.parent)
        except UserError as error:
            assert "mine.npz" in str(error)
        else:
            assert np.array_equal(data.train.images.numpy(), RGB.transpose(0, 3, 1, 2))
