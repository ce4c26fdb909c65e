"""Whatever the clipboard holds: a picture, a file, or one sentence at once."""

import io
import struct
import time
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.images.image_file import in_bytes, read_image
from cnnviewer.ui.widgets.clipboard import clipped
from tests.core.images.test_image_file import png as made

NOISE = np.random.default_rng(0).integers(0, 256, (60, 60), dtype=np.uint8)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def huge_png() -> bytes:
    """A header that promises 20,000 × 20,000 pixels, and a little of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(60_001)))
        + chunk(b"IEND", b"")
    )


def holding(kind: str, data: bytes) -> QMimeData:
    mime = QMimeData()
    mime.setData(kind, QByteArray(data))
    return mime


def with_image(image: object) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def with_urls(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def looked_at(mime: QMimeData) -> np.ndarray:
    read = clipped(mime)
    assert callable(read)
    return read()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        pytest.param(QMimeData, "no picture in the clipboard", id="nothing"),
        pytest.param(lambda: with_image(None), "no picture", id="null data"),
        pytest.param(lambda: with_image(QImage()), "no picture", id="null image"),
        pytest.param(with_urls, "no picture", id="an empty list"),
        pytest.param(lambda: holding("text/uri-list", b""), "no picture", id="an empty list of files"),
        pytest.param(lambda: with_urls("https://example.org/x.png"), "no picture", id="an address"),
        pytest.param(lambda: holding("image/png", b""), "no picture", id="no bytes"),
        pytest.param(lambda: holding("text/plain", b"words"), "no picture", id="text"),
        pytest.param(lambda: holding("image/png", b"no picture"), "is not an image", id="no PNG"),
        pytest.param(lambda: holding("image/png", png(NOISE)[:2000]), "damaged", id="a cut PNG"),
        pytest.param(lambda: holding("image/png", huge_png()), "up to 25 megapixels", id="a huge PNG"),
        pytest.param(
            lambda: with_image(QImage(20_000, 20_000, QImage.Format.Format_Mono)),
            "up to 25 megapixels",
            id="a huge image",
        ),
    ],
)
def test_what_cannot_be_looked_at_gives_an_error_message_at_once(
    qtbot: QtBot, made: Callable[[], QMimeData], said: str
) -> None:
    mime = made()
    begun = time.thread_time()
    with pytest.raises(UserError, match=said):
        looked_at(mime)
    assert time.thread_time() - begun < 0.05


def test_encoded_or_not_a_picture_is_laid_on_white(qtbot: QtBot) -> None:
    rgba = np.zeros((2, 3, 4), np.uint8)
    rgba[0] = (10, 20, 30, 255)
    rgba[1, 1] = (0, 0, 0, 128)
    image = QImage(rgba.tobytes(), 3, 2, 12, QImage.Format.Format_RGBA8888).copy()
    for mime in (holding("image/png", png(rgba)), with_image(image)):
        pixels = looked_at(mime)
        assert pixels.shape == (2, 3, 3)
        assert pixels[0].tolist() == [[10, 20, 30]] * 3
        assert pixels[1, 0].tolist() == [255, 255, 255]
        assert pixels[1, 1].tolist() == [127, 127, 127]


def test_a_copied_file_is_opened_and_its_icon_is_not(qtbot: QtBot) -> None:
    mime = with_urls("https://example.org/x.png", "file:///tmp/a%20b.png")
    mime.setImageData(QImage(16, 16, QImage.Format.Format_RGB32))
    assert clipped(mime) == "/tmp/a b.png"


def test_sixteen_bit_grey_with_transparency_is_pasted_as_its_file_is_read(qtbot: QtBot) -> None:
    data = made(0, 16, struct.pack(">HH", 1000, 60000), struct.pack(">H", 1000))
    pasted = in_bytes(looked_at(holding("image/png", data)))
    assert np.array_equal(pasted, read_image(("x.png", data)))
    assert pasted[0].tolist() == [[255] * 3, [233] * 3]
