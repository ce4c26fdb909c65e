"""Pictures a person hands in: read safely, or fitted to a model's input. No torch, no Qt."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from cnnviewer.core.errors import UserError
from cnnviewer.core.mistaken import HEAD, mistaken

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")
"""What is read, recognised by content and not by the file's name."""

MAX_PIXELS = 25_000_000
MAX_BYTES = 256 * 1024 * 1024
"""Room for 25 megapixels uncompressed at ten bytes a pixel."""

RGB = NDArray[np.uint8]


def read_image(source: Path | str | tuple[str, bytes]) -> RGB:
    """Read one picture as uint8 `(H, W, 3)`, turned as its EXIF says, transparency laid on white.

    Args:
        source: a path, or `(name, bytes)` for a picture that was pasted or dropped.

    Raises:
        UserError: a sentence with the file's name and why it cannot be read.

    """
    name, data = _read_bytes(Path(source)) if isinstance(source, (str, Path)) else source
    if not data:
        raise UserError("{file} is empty.", file=name)
    if len(data) > MAX_BYTES:
        raise UserError("{file} is too large: images up to {limit} MB are read.", file=name, limit=MAX_BYTES >> 20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(name, data)
    except UserError:
        raise
    except UnidentifiedImageError:
        if (error := mistaken(name, data[:HEAD])) is not None:
            raise error from None
        raise UserError("{file} is not an image in PNG, JPEG, BMP, GIF, WEBP or TIFF format.", file=name) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name) from None
    except MemoryError as error:
        raise UserError("{file} needs more memory than there is.", file=name) from error
    except Exception as error:  # a broken PNG can raise SyntaxError, a broken TIFF almost anything
        raise UserError("{file} is damaged or cut off and cannot be read as an image.", file=name) from error


def fit(image: RGB, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    """Centre-crop `(H, W, 3)` to the proportions of `shape` `(C, H, W)` and scale it there: float32 in 0..1.

    One channel is the Rec. 601 luma (grey pixels keep their value). An image of that size already stays as it is.
    """
    channels, height, width = shape
    picture = Image.fromarray(image)
    if channels == 1:
        picture = picture.convert("L")
    elif channels != 3:
        raise UserError("The model takes {channels} channels; an image has 1 or 3.", channels=channels)
    picture = _crop_to_aspect(picture, width, height)
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    pixels = np.asarray(picture, np.float32) / np.float32(255)
    return np.ascontiguousarray(pixels.reshape(height, width, channels).transpose(2, 0, 1))


def _read_bytes(path: Path) -> tuple[str, bytes]:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise UserError("{file} is a folder, not an image.", file=name)
        if not path.exists():
            raise UserError("{file} is not there any more.", file=name)
        if not path.is_file():  # a pipe or a device would be read for ever
            raise UserError("{file} is not a file.", file=name)
        with path.open("rb") as file:
            return name, file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("{file} cannot be opened: {reason}.", file=name, reason=reason) from error


def _too_many_pixels(name: str) -> UserError:
    return UserError(
        "{file} is too large: images up to {limit} megapixels are read.", file=name, limit=MAX_PIXELS // 1_000_000
    )


def _decode(name: str, data: bytes) -> RGB:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_many_pixels(name)
        if opened.width < 1 or opened.height < 1:
            raise UserError("{file} has no pixels.", file=name)
        opened.load()
        picture: Image.Image = opened
        try:
            picture = ImageOps.exif_transpose(opened)
        except Exception:  # a broken EXIF block does not spoil the pixels
            picture = opened
        return _to_rgb(picture)


def _to_rgb(picture: Image.Image) -> RGB:
    if picture.mode.startswith("I") or picture.mode == "F":
        grey = _wide_to_bytes(np.asarray(picture))
        return np.repeat(grey[:, :, None], 3, axis=2)
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        return np.array(Image.alpha_composite(white, rgba).convert("RGB"))
    return np.array(picture.convert("RGB"))


def _wide_to_bytes(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Scale 16-bit, 32-bit and float greys to 0..255; Pillow's own conversion would clip them.

    Whole numbers up to 65535 count as 16 bits (65535 = 257 * 255). Floats in 0..1 are taken by that range.
    Everything else is stretched from its smallest to its largest value.
    """
    grey = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(grey.min()), float(grey.max())
    if values.dtype.kind in "iu" and low >= 0 and high <= 65535:
        scaled = grey / 257
    elif values.dtype.kind == "f" and low >= 0 and high <= 1:
        scaled = grey * 255
    else:
        scaled = (grey - low) * (255 / (high - low)) if high > low else np.zeros_like(grey)
    return np.rint(scaled).astype(np.uint8)


def _crop_to_aspect(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The largest centred part with the proportions `width : height`."""
    crop_width = min(picture.width, max(1, round(picture.height * width / height)))
    crop_height = min(picture.height, max(1, round(picture.width * height / width)))
    left, top = (picture.width - crop_width) // 2, (picture.height - crop_height) // 2
    return picture.crop((left, top, left + crop_width, top + crop_height))
