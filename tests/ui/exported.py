"""Exported files as a reader of them sees them: the picture, its size and its text."""

import io
import xml.etree.ElementTree as ET

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtSvg import QSvgRenderer

DOTS_PER_INCH = 96


def size_of(data: bytes, kind: str) -> tuple[float, float]:
    """Width and height in pixels at 96 to the inch, as the file says."""
    if kind == "png":
        return Image.open(io.BytesIO(data)).size
    if kind == "svg":
        root = ET.fromstring(data)
        width, height = (root.attrib[name] for name in ("width", "height"))
        scale = DOTS_PER_INCH / 25.4 if width.endswith("mm") else 1.0
        return float(width.removesuffix("mm")) * scale, float(height.removesuffix("mm")) * scale
    page = _pdf(data)[0].pagePointSize(0)
    return page.width() / 72 * DOTS_PER_INCH, page.height() / 72 * DOTS_PER_INCH


def painted(data: bytes, kind: str, width: int = 0) -> np.ndarray:
    """The picture, `(H, W, 3)` of 0 to 255, `width` pixels wide or as wide as it says; what it leaves free is magenta."""
    if kind == "png":
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    across, down = size_of(data, kind)
    scale = width / across if width else 1.0
    image = QImage(round(across * scale), round(down * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    painter = QPainter(image)
    if kind == "svg":
        drawing = QSvgRenderer(QByteArray(data))
        assert drawing.isValid()
        drawing.render(painter, QRectF(0, 0, image.width(), image.height()))
    else:
        document, _source = _pdf(data)
        painter.drawImage(0, 0, document.render(0, image.size()))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


def words_in(data: bytes, kind: str) -> str:
    """All text of an SVG or PDF file without white space: a reader may break it anywhere."""
    if kind == "svg":
        text = "".join(ET.fromstring(data).itertext())
    else:
        document, _source = _pdf(data)
        assert document.pageCount() == 1
        text = document.getAllText(0).text()
    return "".join(text.split())


def near(picture: np.ndarray, colour: str) -> np.ndarray:
    """Where the picture has this colour, but for a few shades; `(H, W)` of bool."""
    wanted = QColor(colour)
    distance = np.abs(picture.astype(int) - (wanted.red(), wanted.green(), wanted.blue()))
    return distance.max(axis=-1) <= 12


def edges(picture: np.ndarray) -> np.ndarray:
    """The outermost pixels, `(N, 3)`: nothing but the ground where nothing is cut off."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def coarse(picture: np.ndarray, size: int) -> np.ndarray:
    """The picture made small enough that a font's or a renderer's own way does not show; `(size, size, 3)`."""
    return np.asarray(Image.fromarray(picture).resize((size, size), Image.Resampling.BOX)).astype(float)


def _pdf(data: bytes) -> tuple[QPdfDocument, QBuffer]:
    """The document, and what it reads from for as long as it is used."""
    source = QBuffer()
    source.setData(data)
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.load(source)
    assert document.status() == QPdfDocument.Status.Ready
    return document, source
