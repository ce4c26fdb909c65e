"""A data set as the user keeps it: PNG files in a folder for each class, inside `train` and `test`."""

from pathlib import Path

from PIL import Image

from cnnviewer.core.data.dataset import DataSet, Split


def save_as_png(data: DataSet, path: Path) -> str:
    """Write every grey image losslessly; the key of the folder as a data set."""
    for part, split in (("train", data.train), ("test", data.test)):
        _write(split, data.info.classes, path / part)
    return f"folder:{path}"


def _write(split: Split, classes: tuple[str, ...], part: Path) -> None:
    for name in classes:
        (part / name).mkdir(parents=True)
    for index, (image, label) in enumerate(zip(split.images, split.labels.tolist(), strict=True)):
        Image.fromarray(image[0].numpy()).save(part / classes[label] / f"{index:05}.png")


def pictures_of(path: Path) -> list[tuple[Path, str]]:
    """Every test picture with its class, in the order in which the program reads them."""
    return [(file, folder.name) for folder in sorted((path / "test").iterdir()) for file in sorted(folder.iterdir())]
