"""Image files: read safely, or fitted to a model's input. No torch, no Qt.

Grey images of more than eight bits are kept as they are (`DeepPixels`): the data set decides which of their values are
black and white.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.decoding import NOW, Decoding, Scale
from cnnviewer.core.mistaken import HEAD, mistaken

_FIRST_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")

MAX_PIXELS = 25_000_000
MAX_BYTES = 256 * 1024 * 1024
"""Room for 25 megapixels uncompressed at ten bytes a pixel."""

RGB = NDArray[np.uint8]
_SIXTEEN_BITS: Scale = (0.0, 65535.0)


@dataclass(frozen=True, eq=False)
class DeepPixels:
    """A grey picture of more than eight bits as its file has it.

    Attributes:
        values: `(H, W)`: uint16, int32 or float32; finite or NaN.
        clear: `(H, W)`: where it is transparent; None: nowhere.

    """

    values: NDArray[np.generic]
    clear: NDArray[np.bool_] | None = None

    @property
    def needs_scale(self) -> bool:
        """Whether its own values do not say what is white, as those of 16 bits do."""
        return self.values.dtype != np.uint16


def read_image(source: Path | str | tuple[str, bytes], reading: Decoding = NOW, name: str = "") -> RGB:
    """Read one picture as uint8 `(H, W, 3)`, turned as its EXIF says, transparency laid on white.

    Args:
        source: a path, or `(name, bytes)` for a picture that was pasted or dropped.
        reading: by which rules. Without a scale a wide grey picture has its own.
        name: what sentences call it, in place of the file's name.

    Raises:
        UserError: a sentence with the file's name and why it cannot be read.

    """
    return in_bytes(open_picture(source, reading, name), reading)


def formats(reading: Decoding = NOW) -> tuple[str, ...]:
    """What is read, recognised by content and not by the file's name; Pillow's names."""
    return _FIRST_FORMATS if reading.is_first else (*_FIRST_FORMATS, "PPM", "AVIF")


def in_bytes(opened: RGB | DeepPixels, reading: Decoding = NOW) -> RGB:
    """What was opened as uint8 `(H, W, 3)`; the rest as for `read_image`."""
    if not isinstance(opened, DeepPixels):
        return opened
    values, clear = opened.values.astype(np.float64), opened.clear
    if reading.is_first:
        values, clear = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0), None
    own = joint_scale([values_of(DeepPixels(values.astype(opened.values.dtype)))])
    low, high = reading.scale if reading.scale is not None and opened.needs_scale else own
    grey = (values - low) * (255 / (high - low)) if high > low else np.zeros_like(values)
    grey = np.rint(np.clip(np.nan_to_num(grey, nan=0.0), 0, 255)).astype(np.uint8)
    if clear is not None:
        grey[clear] = 255
    return np.repeat(grey[:, :, None], 3, axis=2)


def values_of(picture: DeepPixels) -> tuple[float, float, bool]:
    """The lowest and the highest value of a picture, NaN left out, and whether its values are whole numbers."""
    values = picture.values
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    whole = values.dtype.kind in "iu"
    return (float(known.min()), float(known.max()), whole) if known.size else (0.0, 0.0, whole)


def joint_scale(found: Sequence[tuple[float, float, bool]]) -> Scale:
    """The one scale of pictures with these values, see `values_of`.

    Whole numbers up to 65535 count as 16 bits (65535 = 257 * 255). Floats in 0..1 are taken by that range. Everything
    else is stretched from the smallest to the largest value of all.
    """
    low, high = min(low for low, _, _ in found), max(high for _, high, _ in found)
    if low >= 0 and high <= 65535 and all(whole for _, _, whole in found):
        return _SIXTEEN_BITS
    if low >= 0 and high <= 1 and not any(whole for _, _, whole in found):
        return 0.0, 1.0
    return low, high


def on_white(rgba: NDArray[np.uint8]) -> RGB:
    """Lay uint8 `(H, W, 4)` on white: `(H, W, 3)`."""
    picture = Image.fromarray(rgba)
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    return np.array(Image.alpha_composite(white, picture).convert("RGB"))


def open_picture(source: Path | str | tuple[str, bytes], reading: Decoding = NOW, name: str = "") -> RGB | DeepPixels:
    """Open one picture: uint8 `(H, W, 3)`, or its own values where these are greys of more than eight bits.

    Raises:
        UserError: as `read_image`.
    """
    path, data = _read_bytes(Path(source), name) if isinstance(source, (str, Path)) else source
    name = name or path
    if not data:
        raise UserError("{file} is empty.", file=name)
    if len(data) > MAX_BYTES:
        raise UserError("{file} is too large: images up to {limit} MB are read.", file=name, limit=MAX_BYTES >> 20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(name, data, reading)
    except UserError:
        raise
    except UnidentifiedImageError:
        if (error := mistaken(name, data[:HEAD])) is not None:
            raise error from None
        raise UserError(
            "{file} is not an image in PNG, JPEG, BMP, GIF, WEBP, TIFF, PPM or AVIF format.", file=name
        ) from None
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
        raise UserError("The model takes {channels:channel|channels}; an image has 1 or 3.", channels=channels)
    picture = _crop_to_aspect(picture, width, height)
    if picture.size != (width, height):
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    pixels = np.asarray(picture, np.float32) / np.float32(255)
    return np.ascontiguousarray(pixels.reshape(height, width, channels).transpose(2, 0, 1))


def check_size(name: str, width: int, height: int) -> None:
    """Refuse a picture by what its header says, before its pixels take memory and time.

    Raises:
        UserError: it has too many pixels, or none.
    """
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(name)
    if width < 1 or height < 1:
        raise UserError("{file} has no pixels.", file=name)


def _read_bytes(path: Path, name: str = "") -> tuple[str, bytes]:
    name = name or path.name or str(path)
    try:
        if path.is_dir():
            raise UserError("{file} is a folder, not an image.", file=name)
        if not path.exists():
            raise UserError("{file} does not exist.", file=name)
        if not path.is_file():  # a pipe or a device would be read for ever
            raise UserError("{file} is not a file.", file=name)
        with path.open("rb") as file:
            return name, file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UserError("{file} cannot be opened: {reason}.", file=name, reason=system_reason(error)) from error


def _too_many_pixels(name: str) -> UserError:
    return UserError(
        "{file} is too large: images up to {limit} megapixels are read.", file=name, limit=MAX_PIXELS // 1_000_000
    )


def _decode(name: str, data: bytes, reading: Decoding) -> RGB | DeepPixels:
    with Image.open(io.BytesIO(data), formats=formats(reading)) as opened:
        check_size(name, opened.width, opened.height)
        if not reading.is_first:
            _scale_clear_colour(opened)
        opened.load()
        picture: Image.Image = opened
        try:
            picture = ImageOps.exif_transpose(opened)
        except Exception:  # a broken EXIF block does not spoil the pixels
            picture = opened
        if is_wide(picture.mode):
            return _wide(name, picture, reading)
        return _to_rgb(picture)


def _scale_clear_colour(picture: Image.Image) -> None:
    """Bring a PNG's transparent colour to the eight bits of its pixels, where Pillow leaves it in the file's bits."""
    tiles, found = getattr(picture, "tile", ()), picture.info.get("transparency")
    raw = str(tiles[0][3]) if picture.format == "PNG" and tiles else ""
    if raw in ("L;2", "L;4") and isinstance(found, int):
        picture.info["transparency"] = found * (85 if raw == "L;2" else 17)
    elif raw == "RGB;16B" and isinstance(found, tuple):
        picture.info["transparency"] = tuple(value >> 8 for value in found)


def is_wide(mode: str) -> bool:
    """Whether pictures of this mode of Pillow are grey with more than eight bits."""
    return mode.startswith("I") or mode == "F"


def _wide(name: str, picture: Image.Image, reading: Decoding) -> DeepPixels:
    values = np.array(picture)
    if values.dtype.kind in "iu":
        values = values.astype(np.uint16 if picture.mode.startswith("I;16") else np.int32)
    elif not reading.is_first and np.isinf(values).any():
        raise UserError("{file} holds infinite values.", file=name)
    clear = picture.info.get("transparency")
    return DeepPixels(values, values == clear if isinstance(clear, int) and clear in values else None)


def _to_rgb(picture: Image.Image) -> RGB:
    if picture.has_transparency_data:
        return on_white(np.array((picture.convert("LA") if picture.mode == "La" else picture).convert("RGBA")))
    return np.array(picture.convert("RGB"))


def _crop_to_aspect(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The largest centred part with the proportions `width : height`."""
    crop_width = min(picture.width, max(1, round(picture.height * width / height)))
    crop_height = min(picture.height, max(1, round(picture.width * height / width)))
    left, top = (picture.width - crop_width) // 2, (picture.height - crop_height) // 2
    return picture.crop((left, top, left + crop_width, top + crop_height))
