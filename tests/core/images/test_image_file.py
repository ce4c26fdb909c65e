"""Untrusted pictures: read when they are one, a sentence when not."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.errors import UserError
from cnnviewer.core.images.image_file import MAX_PIXELS, fit, read_image

RGB = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_lossless_formats_come_back_pixel_by_pixel(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.bin"  # recognised by content, not by name
    Image.fromarray(RGB).save(path, kind)
    assert np.array_equal(read_image(path), RGB)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "F"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / f"x.{'tiff' if mode in ('F', 'I;16', 'CMYK') else 'png'}"
    if mode == "I;16":
        Image.fromarray(np.full((5, 5), 257 * 100, np.uint16)).save(path)
    elif mode == "F":
        Image.fromarray(np.linspace(0, 1, 25, dtype=np.float32).reshape(5, 5)).save(path)
    else:
        Image.fromarray(RGB).convert(mode).save(path)
    picture = read_image(path)
    assert picture.dtype == np.uint8
    assert picture.shape[2] == 3
    if mode == "I;16":
        assert (picture == 100).all()


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "x.png")
    assert (read_image(tmp_path / "x.png") == 255).all()


def png(colour: int, bits: int, row: bytes, clear: bytes) -> bytes:
    """A PNG of two pixels; `colour` 0 is grey, 2 is RGB; `clear` the transparent colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 2, 1, bits, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"tRNS", clear) + chunk(b"IDAT", zlib.compress(b"\0" + row))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("colour", "bits", "row", "clear", "second"),
    [
        (0, 1, b"\x40", (0,), 255),
        (0, 2, b"\x60", (1,), 170),
        (0, 4, b"\x51", (5,), 17),
        (0, 8, b"\x05\x40", (5,), 64),
        (0, 16, struct.pack(">HH", 1000, 60000), (1000,), 233),
        (2, 8, b"\1\2\3\7\7\7", (1, 2, 3), 7),
        (2, 16, struct.pack(">6H", 1000, 2000, 3000, 60000, 60000, 60000), (1000, 2000, 3000), 234),
    ],
)
def test_a_transparent_colour_is_white_at_every_depth(
    colour: int, bits: int, row: bytes, clear: tuple[int, ...], second: int
) -> None:
    data = png(colour, bits, row, struct.pack(f">{len(clear)}H", *clear))
    assert read_image(("x.png", data)).tolist() == [[[255] * 3, [second] * 3]]


def test_the_camera_orientation_is_obeyed(tmp_path: Path) -> None:
    picture = Image.fromarray(RGB)
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(tmp_path / "x.png", exif=exif)
    assert read_image(tmp_path / "x.png").shape == (30, 20, 3)


@pytest.mark.parametrize(("name", "content"), [("empty.png", b""), ("text.png", b"hello"), ("cut.png", None)])
def test_what_is_no_picture_gives_an_error_message_with_its_name(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    buffer = io.BytesIO()
    Image.fromarray(RGB).save(buffer, "PNG")
    (tmp_path / name).write_bytes(content if content is not None else buffer.getvalue()[:200])
    with pytest.raises(UserError, match=name):
        read_image(tmp_path / name)


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    side = int(MAX_PIXELS**0.5) + 1
    Image.new("1", (side, side)).save(tmp_path / "bomb.png")
    with pytest.raises(UserError, match=r"bomb\.png"):
        read_image(tmp_path / "bomb.png")


@pytest.mark.parametrize("seed", range(60))
def test_damaged_pictures_are_read_or_refused_and_nothing_else(seed: int) -> None:
    buffer = io.BytesIO()
    kind = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")[seed % 6]
    Image.fromarray(RGB).save(buffer, kind)
    data = bytearray(buffer.getvalue())
    rng = np.random.default_rng(seed)
    for place in rng.integers(0, len(data), 12):
        data[place] = rng.integers(0, 256)
    try:
        assert read_image(("x.img", bytes(data))).shape[2] == 3
    except UserError as error:
        assert "x.img" in str(error)


def test_an_image_of_the_models_size_passes_unchanged() -> None:
    grey = np.random.default_rng(1).integers(0, 256, (28, 28), dtype=np.uint8)
    fitted = fit(np.repeat(grey[..., None], 3, axis=2), (1, 28, 28))
    assert np.array_equal(fitted[0], grey.astype(np.float32) / np.float32(255))


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 32, 32), (3, 24, 48)])
def test_any_picture_is_fitted_to_the_models_input(shape: tuple[int, int, int]) -> None:
    fitted = fit(RGB, shape)
    assert fitted.shape == shape
    assert fitted.dtype == np.float32
    assert 0 <= fitted.min() <= fitted.max() <= 1
