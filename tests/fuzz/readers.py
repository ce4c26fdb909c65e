"""Everything of the program that reads a file, with sound files to begin from and how such files are changed."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from PIL import Image

from cnnviewer.core.data import cifar10, folder, idx, npz
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.image_file import read_image
from cnnviewer.core.models import design, weights
from cnnviewer.core.models.own.source import defined_models
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import tensors_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format import checkpoint_file, info, metrics_file
from cnnviewer.core.runs.format.marks import kept_drawings, read_drawing
from cnnviewer.core.runs.format.notes import Mark, Notes
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.runs.sweep import plan as sweep
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import STEP_COLUMNS
from tests.fuzz import mutations as change
from tests.small_data import GREY, tiny

Files = dict[str, bytes]
MODEL = "design:conv 2 k3, relu, maxpool 4, flatten, linear classes"
NAME = "sample"  # of every file that is read


@dataclass(frozen=True)
class Reader:
    """One kind of file and how the program reads it.

    Attributes:
        samples: sound files, each as the files of a folder.
        changed: the same files after a change.
        read: what the program makes of the folder; `UserError` refuses it.
        check: raises `AssertionError` for a result that is not whole.
        told: whether the format tells its own length, so that a file that was cut short is never read as if it were
            whole.
    """

    samples: Callable[[], list[Files]]
    changed: Callable[[random.Random, Files], Files]
    read: Callable[[Path], object]
    check: Callable[[object], None] = lambda value: None
    told: bool = True


def _one(ending: str, mutation: change.Mutation) -> Callable[[random.Random, Files], Files]:
    """Changes the only file, or any one file of several."""

    def changed(draw: random.Random, files: Files) -> Files:
        name = draw.choice([name for name in files if name.endswith(ending)])
        return files | {name: mutation(draw, files[name])}

    return changed


def _only(place: Path) -> Path:
    return next(file for file in place.iterdir() if file.is_file())


# data sets


def _idx_files() -> list[Files]:
    images = np.arange(5 * 4 * 3, dtype=np.uint8)
    raw = struct.pack(">4B3I", 0, 0, 8, 3, 5, 4, 3) + images.tobytes()
    return [{NAME: raw}, {f"{NAME}.gz": gzip.compress(raw)}]


def _change_idx(draw: random.Random, files: Files) -> Files:
    ((name, data),) = files.items()
    return {name: change.of_gzip(draw, data, change.of_bytes) if name.endswith(".gz") else change.of_bytes(draw, data)}


def _npz_files() -> list[Files]:
    draw = np.random.default_rng(0)
    images, labels = draw.integers(0, 256, (12, 6, 5), dtype=np.uint8), np.arange(12) % 3
    return [
        {f"{NAME}.npz": _saved(x_train=images, y_train=labels, x_test=images[:6], y_test=labels[:6])},
        {
            f"{NAME}.npz": _saved(
                train_images=images[..., None].repeat(3, 3) / np.float32(255),
                train_labels=labels.astype(np.uint8)[:, None],
                val_images=images[..., None].repeat(3, 3) / np.float32(255),
                val_labels=labels.astype(np.uint8)[:, None],
                class_names=np.array(["a", "b", "c"]),
            )
        },
        {f"{NAME}.npz": _saved(x_train=images, y_train=np.array(["a", "b", "c"])[labels])},
    ]


def _saved(**arrays: np.ndarray) -> bytes:
    made = io.BytesIO()
    np.savez(made, **arrays)
    return made.getvalue()


def _is_whole_data(data: object) -> None:
    assert isinstance(data, DataSet)
    for split in (data.train, data.test):
        assert split.images.dtype == torch.uint8
        assert len(split.images) == len(split.labels) > 0, "images without labels"
        assert tuple(split.images.shape[1:]) == data.info.shape
        assert 0 <= int(split.labels.min()) <= int(split.labels.max()) < len(data.info.classes), "labels of no class"
    assert len(data.info.classes) >= 2, "one class"
    assert len(set(data.info.classes)) == len(data.info.classes), "two classes of one name"


def _tar_files() -> list[Files]:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", compresslevel=1) as archive:
        for name in (*cifar10.BATCHES, cifar10.META):
            entry = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
            entry.size = 40
            archive.addfile(entry, io.BytesIO(bytes(range(40))))
    return [{f"{NAME}.tar.gz": made.getvalue()}]


def _read_archive(place: Path) -> object:
    return [(name, raw) for name, raw in cifar10.members(_only(place)) if name != cifar10.META]


def _picture(form: str, mode: str = "RGB", size: tuple[int, int] = (7, 5)) -> bytes:
    pixels = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    picture, made = Image.fromarray(pixels).convert("L" if mode in ("I;16", "F") else mode), io.BytesIO()
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)
    if mode == "F":
        picture = Image.fromarray(np.asarray(picture).astype(np.float32) / 255)
    picture.save(made, form)
    return made.getvalue()


def _pictures() -> list[Files]:
    kinds = [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
        *(("TIFF", mode) for mode in ("RGB", "F", "I;16", "1")),
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *((form, "RGB") for form in ("BMP", "WEBP", "GIF", "PPM")),
    ]
    return [{f"{NAME}.{form.lower()}": _picture(form, mode)} for form, mode in kinds]


def _change_picture(draw: random.Random, files: Files) -> Files:
    ((name, data),) = files.items()
    return {name: (change.of_png if name.endswith("png") else change.of_bytes)(draw, data)}


def _is_whole_picture(value: object) -> None:
    assert isinstance(value, np.ndarray)
    assert value.dtype == np.uint8
    assert value.ndim == 3
    assert value.shape[2] == 3
    assert value.size


def _folders() -> list[Files]:
    png, jpeg, grey = _picture("PNG"), _picture("JPEG"), _picture("TIFF", "F")
    flat = {f"{name}/{number}.png": png for name in ("ant", "bee") for number in range(2)}
    parts = {f"{part}/{name}": data for part in ("train", "val", "test") for name, data in flat.items()}
    mixed = {f"{name}/{number}.{end}": data for name in "ab" for number, (end, data) in enumerate((("tif", grey),) * 2)}
    return [flat, parts, mixed, {name.replace("png", "jpg"): jpeg for name in flat}]


def _change_folder(draw: random.Random, files: Files) -> Files:
    name = draw.choice(list(files))
    rest = {other: data for other, data in files.items() if other != name}
    match draw.randrange(6):
        case 0:
            return rest
        case 1:
            strange = draw.choice(
                ("x.png", "é/1.png", "train/1.png", ".a/1.png", "@eaDir/a/1.png", "a\tb/1.png", "c/d/1.png")
            )
            return rest | {strange: files[name]}
        case 2:
            return {other: data for other, data in files.items() if not other.startswith(name.split("/")[0])} or files
        case _:
            return files | {name: _change_picture(draw, {name: files[name]})[name]}


# weights


def _state() -> ModelState:
    recipe = ModelRecipe(MODEL, (1, 12, 12), ("a", "b", "c"), (0.5,), (0.5,), "npz:x")
    tensors = {
        name: torch.linspace(-1, 1, empty.numel()).reshape(empty.shape) for name, empty in tensors_of(recipe).items()
    }
    return ModelState(recipe, tensors, {"epochs": 3})


def _torch_files() -> list[Files]:
    tensors = dict(_state().tensors)
    wrapped = {
        "epoch": 3,
        "state_dict": {f"module.{name}": tensor.half() for name, tensor in tensors.items()},
        "a": [1.5],
    }
    return [{f"{NAME}.pt": _torch_saved(content)} for content in (tensors, wrapped)]


def _torch_saved(content: object, new: bool = True) -> bytes:
    made = io.BytesIO()
    torch.save(content, made, _use_new_zipfile_serialization=new)
    return made.getvalue()


def _old_torch_files() -> list[Files]:
    return [{f"{NAME}.pth": _torch_saved(dict(_state().tensors), new=False)}]


def _own_weights() -> list[Files]:
    return [{f"{NAME}.safetensors": weights.weights_bytes(NAME, _state(), half)} for half in (False, True)]


def _strange_weights() -> list[Files]:
    return [
        {f"{NAME}.safetensors": safetensors.torch.save(dict(_state().tensors), metadata) for metadata in (None, {})}
    ]


def _resealed(data: bytes) -> bytes:
    """Our own weights file with the checksum of what is in it now."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"]["sha256"] = weights._checksum(safetensors.torch.load(data), header["__metadata__"])
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data[8 + length :]


def _read_weights(place: Path) -> object:
    return weights.load_weights(_only(place), model=MODEL)


def _is_whole_state(value: object) -> None:
    assert isinstance(value, ModelState)
    shapes = {name: tensor.shape for name, tensor in value.tensors.items()}
    assert shapes == tensors_of_shapes(value.recipe)
    for tensor in value.tensors.values():
        assert torch.isfinite(tensor).all()


def tensors_of_shapes(recipe: ModelRecipe) -> Mapping[str, torch.Size]:
    """The tensors that a model of this recipe has."""
    return {name: empty.shape for name, empty in tensors_of(recipe).items()}


# runs


def _run_files() -> list[Files]:
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        config = TrainConfig(MODEL, "tiny-grey", epochs=2, batch_size=20, momentum=0.5, threads=1)
        recording = begin(tiny(GREY, 60, 20), config, Path(made))
        for _ in recording.events():
            pass
        run = list_runs(Path(made))[0].folder
        files = {str(file.relative_to(run)): file.read_bytes() for file in run.rglob("*") if file.is_file()}
    files.pop(".lock", None)
    snapshots = sorted(name for name in files if name.startswith("moments"))
    for name in snapshots[1:]:  # two files fewer to write, thousands of times
        del files[name]
    notes = Notes("a name", "a note", (Mark(3, "here"),))
    return [files | {"notes.json": notes.to_json(), "drawings/3.png": _picture("PNG", "L", (28, 28))}]


def _change_run(draw: random.Random, files: Files) -> Files:
    name = draw.choice(["run.json"] * 4 + [name for name in files if name != "weights.safetensors"])
    data = files[name]
    if draw.random() < 0.03:
        return {other: held for other, held in files.items() if other != name}
    if name == "run.json":
        return files | {name: change.of_json(draw, data, _sealed_run)}
    if name.endswith(".json"):
        return files | {name: change.of_json(draw, data)}
    if name.endswith(".csv"):
        fast = name.replace(".csv", ".f64")
        alone = files if draw.random() < 0.5 else {other: held for other, held in files.items() if other != fast}
        return alone | {name: change.of_csv(draw, data)}
    if name.endswith(".png"):
        return files | {name: change.of_png(draw, data)}
    if name.endswith(".f64"):
        return files | {name: (_sealed_rows if draw.random() < 0.6 else change.of_bytes)(draw, data)}
    return files | {name: change.of_safetensors(draw, data, _sealed_checkpoint)}


def _sealed_run(document: object) -> object:
    if isinstance(document, dict) and "check" in document:
        document = {key: value for key, value in document.items() if key != "check"}
        try:
            return document | {"check": info._check(document)}
        except (ValueError, RecursionError, TypeError):
            return document
    return document


def _sealed_rows(draw: random.Random, data: bytes) -> bytes:
    """Rows of the checksummed copy with strange numbers and right checksums."""
    width = len(STEP_COLUMNS) + 2
    if len(data) % (8 * width):
        return change.of_bytes(draw, data)
    bits = np.frombuffer(data, "<u8").reshape(-1, width).copy()
    row, column = draw.randrange(len(bits)), draw.randrange(width - 1)
    if draw.random() < 0.5:
        bits[row, column] = draw.choice(change.NUMBERS) % 2**64
    else:
        bits[row, column : column + 1].view("<f8")[0] = draw.choice(change.FLOATS)
    bits[:, -1] = metrics_file._check(bits)
    return bits.tobytes()


def _sealed_checkpoint(data: bytes) -> bytes:
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    metadata = header["__metadata__"]
    metadata["crc32"] = str(checkpoint_file._check(metadata["facts"], safetensors.torch.load(data)))
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data[8 + length :]


def _read_run(place: Path) -> object:
    listed = list_runs(place.parent)
    opened = OpenedRun.read(place)
    assert any(run.folder == place for run in listed), "it opens and is not listed"
    pieces: list[object] = [
        opened.info,
        opened.notes,
        opened.log.step_rows().tobytes(),
        opened.log.epoch_rows().tobytes(),
    ]
    for read in (opened.checkpoint, *(partial(opened.snapshot, step) for step in opened.snapshots[:2])):
        try:
            found = read()
        except UserError:
            continue
        shapes = {name: tensor.shape for name, tensor in found.state.tensors.items()}
        assert shapes == tensors_of_shapes(opened.info.recipe)
        pieces.append(found.step)
    for step in sorted(kept_drawings(place))[:1]:
        try:
            _is_whole_picture(read_drawing(place, step))
        except UserError:
            continue
    rows = opened.log.step_rows()
    assert np.array_equal(rows[:, 0], np.arange(1, len(rows) + 1)), "steps that do not follow one another"
    return repr(pieces)


def _plans() -> list[Files]:
    import tempfile

    config = TrainConfig("lenet", "mnist", epochs=2)
    with tempfile.TemporaryDirectory() as made:
        path = sweep.write_plan(Path(made), NAME, [replace(config, learning_rate=rate) for rate in (0.1, 0.01)])
        return [{f"{sweep.FOLDER}/{NAME}.json": path.read_bytes()}]


# texts


def _design_files() -> list[Files]:
    texts = (
        MODEL,
        "design:conv 8 k3 p1, batchnorm, relu, avgpool 2, dropout 0.5, minpool 2, flatten, linear 10, linear classes",
    )
    return [{NAME: text.encode()} for text in texts]


def _read_design(place: Path) -> object:
    made = design.parse(_only(place).read_text("utf-8", "surrogateescape"))
    assert design.parse(made.text) == made, "what it says of itself is another design"
    return made


_SOURCE = b'''\
"""A model."""
import torch.nn as nn
from torch import relu
from .blocks import *

class Block(nn.Module):
    def __init__(self, a, b=3):
        super().__init__()
        self.conv = nn.Conv2d(a, b, 3)

    def forward(self, x):
        return relu(self.conv(x))

class Net(Block):
    pass

def net(num_classes=10):
    return nn.Sequential(Block(1), nn.Flatten(), nn.Linear(4, num_classes))

model = net()
__all__ = ["Net", "net"]
'''


def _read_source(place: Path) -> object:
    found = defined_models(_only(place))
    assert found
    return found


READERS: dict[str, Reader] = {
    "IDX": Reader(_idx_files, _change_idx, lambda place: idx.read(_only(place), 3)),
    "npz": Reader(
        _npz_files,
        _one(".npz", partial(change.of_zip, member={".npy": change.of_npy})),
        lambda place: npz.load(_only(place)),
        _is_whole_data,
    ),
    "CIFAR-10 archive": Reader(
        _tar_files,
        _one(".gz", partial(change.of_tar, member=change.of_bytes)),
        _read_archive,
    ),
    "picture": Reader(
        _pictures, _change_picture, lambda place: read_image(_only(place)), _is_whole_picture, told=False
    ),
    "folder": Reader(_folders, _change_folder, folder.load, _is_whole_data, told=False),
    "PyTorch weights": Reader(
        _torch_files,
        _one(".pt", partial(change.of_zip, member={".pkl": change.of_pickle}, compressed=False)),
        _read_weights,
        _is_whole_state,
    ),
    "old PyTorch weights": Reader(_old_torch_files, _one(".pth", change.of_bytes), _read_weights, _is_whole_state),
    "own weights": Reader(
        _own_weights, _one("", partial(change.of_safetensors, seal=_resealed)), _read_weights, _is_whole_state
    ),
    "safetensors": Reader(_strange_weights, _one("", change.of_safetensors), _read_weights, _is_whole_state),
    "run": Reader(_run_files, _change_run, _read_run, told=False),
    "sweep": Reader(_plans, _one(".json", change.of_json), lambda place: sweep.read_plan(place, NAME)),
    "design": Reader(_design_files, _one("", change.of_text), _read_design, told=False),
    "Python source": Reader(lambda: [{f"{NAME}.py": _SOURCE}], _one(".py", change.of_text), _read_source, told=False),
}
