"""What a model is, without its weights. Free of torch: the window shows these."""

from dataclasses import dataclass
from typing import Final, Literal

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.images.decoding import NOW, Decoding
from cnnviewer.core.models.key import ModelKey

ReadAs = Literal["weights", "dataset", "model", "asked"]
"""Who says how images are fed to weights: they themselves, the data set chosen, the model's usual data, or the user."""

WEIGHTS_ENDINGS = (".safetensors", ".pt", ".pth", ".ckpt", ".bin", ".pth.tar", ".pt.tar")
"""Of weights files; what is in one, its content says."""


OWN_DATASET: Final = "cifar10"
"""What a user's own model is trained on where nothing else is chosen."""


@dataclass(frozen=True)
class ModelInfo:
    """A model that can be chosen.

    Attributes:
        key: registry key, e.g. `"lenet"`.
        title: as shown to the user, e.g. `"LeNet"`.
        dataset: key of the data set it is usually trained on.
        input_shape: `(C, H, W)` of the input it is usually built for.
        resizes: whether any image is brought to that input, instead of the model being built for the images.
        classes: how many it tells apart, whatever the data set has; 0: as many as the data set.

    """

    key: str
    title: str
    dataset: str
    input_shape: tuple[int, int, int]
    resizes: bool = False
    classes: int = 0


@dataclass(frozen=True)
class ModelRecipe:
    """Everything needed to build a model and to feed it an image.

    Attributes:
        model: registry key; `design:…` and `file:…` describe models that are not in the list.
        input_shape: `(C, H, W)`.
        classes: class names in the order of the outputs.
        mean: normalisation per channel, of pixels in 0..1.
        std: likewise.
        dataset: key of the data set it was or will be trained on, `""` when unknown.
        reading: by which rules its training images were read.

    """

    model: str
    input_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    dataset: str = ""
    reading: Decoding = NOW

    @property
    def model_key(self) -> ModelKey:
        """The parts of `model`."""
        return ModelKey.parse(self.model)

    @property
    def data_key(self) -> DataKey:
        """The parts of `dataset`."""
        return DataKey.parse(self.dataset)

    @property
    def reading_of_images(self) -> Decoding:
        """How images of the data set are read for such weights; the rules are about the user's own alone."""
        return self.reading if self.data_key.is_own else NOW

    @property
    def reading_of_photos(self) -> Decoding:
        """How a photo is read for such weights: as the images they were trained on, if these were a folder's."""
        return self.reading if self.data_key.kind == "folder" else NOW


@dataclass(frozen=True)
class Normalisation:
    """The normalisation in use: `(pixel / 255 - mean) / std`.

    Attributes:
        mean: per channel, of pixels in 0..1.
        std: likewise.
        by: who says so.
        dataset: key of the data set the weights were trained on, where they record one.

    """

    mean: tuple[float, ...]
    std: tuple[float, ...]
    by: ReadAs
    dataset: str = ""
