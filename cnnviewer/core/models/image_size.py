"""The smallest images that a model can be built for."""

from cnnviewer.core.errors import UserError


def check_image_size(model: str, height: int, width: int, least: int) -> None:
    """Refuse images with a side shorter than `least` pixels, of which the pools of `model`, a title, leave nothing.

    Raises:
        UserError: they are too small.
    """
    if min(height, width) < least:
        raise UserError(
            "Images of {height}×{width} pixels are too small for {model}: it needs at least {least}×{least}.",
            field="dataset",
            model=model,
            height=height,
            width=width,
            least=least,
        )
