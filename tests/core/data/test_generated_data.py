"""Data sets of the user's own, generated: every pixel and label is what was written, or the file is refused."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cnnviewer.core.data import folder, npz
from cnnviewer.core.errors import UserError

_NAMES = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs"), exclude_characters="/\\."),
        min_size=1,
        max_size=8,
    ),
    min_size=2,
    max_size=4,
    unique=True,
)
_SHAPES = st.tuples(st.integers(4, 9), st.integers(4, 9))
_KINDS = st.sampled_from(["uint8", "int16", "int64", "0..1", "0..255", "bool"])


def _written(pixels: np.ndarray, kind: str) -> np.ndarray:
    """Pixels 0..255 as the user may keep them."""
    match kind:
        case "0..1":
            return (pixels / 255).astype(np.float32)
        case "0..255":
            return pixels.astype(np.float64)
        case "bool":
            return pixels > 127
        case _:
            return pixels.astype(kind)


def _pixels(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """Bytes with both ends of the scale, so that no reading can mistake one scale for another."""
    made = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    made[:, 0, 0], made[:, -1, -1] = 0, 255
    return made


@st.composite
def _archives(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, np.ndarray], dict[str, list[str]]]:
    """Arrays of a file; the bytes that its parts hold; the classes' names of each label."""
    height, width = draw(_SHAPES)
    channels = draw(st.sampled_from([(), (1,), (3,)]))
    labels = draw(st.lists(st.integers(0, 300), min_size=2, max_size=4, unique=True))
    words = draw(st.none() | _NAMES.map(lambda names: names[: len(labels)]))
    if words is not None:
        labels = labels[: len(words)]
    arrays: dict[str, Any] = {}
    bytes_of: dict[str, np.ndarray] = {}
    names_of: dict[str, list[str]] = {}
    for part in draw(st.sampled_from([("train", "test"), ("train", "val", "test"), ("train", "val")])):
        count = len(labels) * draw(st.integers(2, 4))
        pixels = _pixels((count, height, width, *channels), draw(st.integers(0, 99)))
        kind = draw(_KINDS)
        of_part = np.arange(count) % len(labels)
        arrays[f"x_{part}"] = _written(pixels, kind)
        arrays[f"y_{part}"] = np.array(words)[of_part] if words else np.array(labels)[of_part]
        bytes_of[part] = np.where(pixels > 127, 255, 0).astype(np.uint8) if kind == "bool" else pixels
        names_of[part] = [words[i] if words else str(labels[i]) for i in of_part]
    return arrays, bytes_of, names_of


@given(_archives())
@settings(max_examples=60)
def test_an_archive_of_any_usual_form_gives_the_pixels_and_labels_that_were_written(
    made: tuple[dict[str, Any], dict[str, np.ndarray], dict[str, list[str]]],
) -> None:
    arrays, bytes_of, names_of = made
    with TemporaryDirectory() as place:
        path = Path(place) / "own.npz"
        np.savez(path, **arrays)
        data = npz.load(path)
    parts = {"train": data.train, "test": data.test}
    if "val" in bytes_of:
        parts["val" if "test" in bytes_of else "test"] = data.validation if "test" in bytes_of else data.test
    written_as = {"test": "val"} if "test" not in bytes_of else {}
    for part, split in parts.items():
        pixels, names = bytes_of[written_as.get(part, part)], names_of[written_as.get(part, part)]
        pixels = pixels[..., None] if pixels.ndim == 3 else pixels
        assert torch.equal(split.images, torch.from_numpy(pixels).permute(0, 3, 1, 2))
        assert [data.info.classes[label] for label in split.labels.tolist()] == names


@given(
    _NAMES,
    _SHAPES,
    st.sampled_from([None, ("train", "test"), ("train", "val", "test")]),
    st.booleans(),
    st.integers(0, 99),
)
@settings(max_examples=25)
def test_a_folder_of_any_names_gives_the_pixels_that_lie_in_the_folder_of_each_class(
    names: list[str], size: tuple[int, int], parts: tuple[str, ...] | None, grey: bool, seed: int
) -> None:
    with TemporaryDirectory() as place:
        root = Path(place) / "own"
        pixels = _pixels((3, *size) if grey else (3, *size, 3), seed)
        kept: dict[str, set[bytes]] = {}
        for at, name in enumerate(names):
            for part in parts or ("",):
                held = root / part / name
                held.mkdir(parents=True)
                for number, picture in enumerate(pixels):
                    picture = picture ^ np.uint8(at)  # each class has pictures of its own
                    picture[..., 1, 1] = number
                    Image.fromarray(picture).save(held / f"{number}.png")
                    kept.setdefault(name, set()).add(picture.tobytes())
        try:
            data = folder.load(root)
        except UserError as error:  # a name that differs only by its form or its case, or is no class
            assert any(word in str(error) for word in ("name", "class", "folder")), error
            return
    splits = [data.train, data.test, *([data.validation] if data.validation is not None else [])]
    assert sum(map(len, splits)) == 3 * len(names) * len(parts or ("",))
    for split in splits:
        for image, label in zip(split.images, split.labels.tolist(), strict=True):
            found = image.permute(1, 2, 0).contiguous().numpy().tobytes()
            assert any(found in held for name, held in kept.items() if data.info.classes[label] == _nfc(name))


def _nfc(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", name)
