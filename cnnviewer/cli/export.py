"""Write parts of a run as files for other programs: numbers, curves, weights, kernels, feature maps, a film.

`pandas.read_csv(FILE)` reads the numbers in one line, `numpy.load(FILE)` the kernels and maps. A name without an
ending is a folder, which gets a picture and an array for each layer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import DONE, RequestError, give, wrong
from cnnviewer.cli.predict import add_preparation, as_input
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.export.atomic import why_not_written, write_atomically

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cnnviewer.core.inspection.records import FloatArray
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.runs.opened import OpenedRun

    Pixels = npt.NDArray[np.uint8]

HELP = "write numbers, curves, weights, kernels, feature maps or a film of a run"
EXAMPLES = """examples:
  cnnviewer export last --metrics numbers.csv --curves curves.svg
  cnnviewer export last --weights best.safetensors --step best
  cnnviewer export last --kernels kernels/ --maps maps/ --image seven.png
  cnnviewer export last --kernels kernels.npz --step 0
  cnnviewer export last --film film.mp4 --image seven.png"""
_ENDINGS = {
    "metrics": (".csv", ".json"),
    "curves": (".svg",),
    "weights": (".safetensors",),
    "kernels": (".npz", ""),
    "maps": (".npz", ""),
    "film": (".gif", ".mp4", ".webm"),
}
Entry = tuple[str, "Pixels | None", Any]  # a name, a picture of it, its values


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_export)
    shared.add_run(parser)
    group = parser.add_argument_group("what to write")
    for name, words in (
        ("metrics", "every step and epoch as one table: FILE.csv or FILE.json"),
        ("curves", "loss and accuracy as a picture: FILE.svg"),
        ("weights", "the weights at --step: FILE.safetensors"),
        ("kernels", "kernels and biases at --step: FILE.npz, or a folder with PNG and NPY for each layer"),
        ("maps", "every layer's values for --image at --step: FILE.npz, or a folder with PNG and NPY for each layer"),
        ("film", "kernels, maps and prediction for --image over the whole training: FILE.gif, .mp4 or .webm"),
    ):
        group.add_argument(f"--{name}", type=Path, metavar="PATH", help=words)
    shared.add_step(parser)
    parser.add_argument("--half", action="store_true", help="of --weights: store them as float16, half the size")
    parser.add_argument(
        "--image", type=Path, nargs="+", action="extend", default=[], metavar="FILE", help="of --maps and --film"
    )
    parser.add_argument(
        "--seconds", type=_positive, default=10.0, metavar="S", help="of --film: its length (default: 10)"
    )
    parser.add_argument(
        "--fps", type=_pace, metavar="N", help="of --film: pictures a second (default: 12 for GIF, else 25)"
    )
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    add_preparation(parser)
    shared.add_json(parser, "the files written")


def _positive(text: str) -> float:
    value = shared.number(text)
    if not 0.1 <= value <= 600:
        raise argparse.ArgumentTypeError("from 0.1 to 600")
    return value


def _pace(text: str) -> int:
    value = shared.whole_number(text)
    if not 1 <= value <= 60:
        raise argparse.ArgumentTypeError("from 1 to 60")
    return value


def _export(options: argparse.Namespace) -> int:
    from cnnviewer.core.runs.opened import OpenedRun

    wanted = {name: getattr(options, name) for name in _ENDINGS if getattr(options, name) is not None}
    if not wanted:
        raise RequestError("Say what to write: {all}.", all=", ".join(f"--{name}" for name in _ENDINGS))
    for name, path in wanted.items():
        _check(name, path)
    if not options.image and {"maps", "film"} & set(wanted):
        raise RequestError("Say which image: --image FILE.")
    folder = shared.run_folder(options)
    run = wrong(OpenedRun, folder)
    written: list[str] = []
    if {"weights", "kernels", "maps"} & set(wanted):
        state = shared.state_of(options, folder)
    for name, path in wanted.items():
        if name == "metrics":
            written += _write(path, _metrics(run, path.suffix))
        elif name == "curves":
            written += _write(path, _curves(run))
        elif name == "weights":
            written += _weights(path, state, options.half)
        elif name == "kernels":
            written += _layers(path, list(_kernels(state)))
        elif name == "maps":
            written += _maps(path, state, options.image, options.preparation)
        else:
            written += _film(path, run, options)
    if options.json:
        give({"run": run.info.id, "files": written})
    else:
        print("\n".join(written))
    return DONE


def _check(name: str, path: Path) -> None:
    """Refuse a file that cannot be written before anything is."""
    if path.suffix.lower() not in _ENDINGS[name]:
        endings = " or ".join(ending or "nothing, a folder" for ending in _ENDINGS[name])
        raise RequestError("{file} cannot be written: its name must end in {endings}.", file=path.name, endings=endings)
    parent = path.absolute().parent
    if not parent.is_dir():
        raise RequestError(
            "{file} cannot be written: the folder {folder} does not exist.", file=path.name, folder=parent
        )
    if not path.suffix and path.is_file():
        raise RequestError("{file} is a file, and a folder is to be written.", file=path.name)


def _write(path: Path, data: bytes) -> list[str]:
    write_atomically(path, data)
    return [str(path)]


def _metrics(run: OpenedRun, ending: str) -> bytes:
    from cnnviewer.core.export.tables import metrics_csv, metrics_json

    config = {name: value for name, value in asdict(run.info.config).items() if value is not None}
    facts: Mapping[str, object] = {"run": run.info.id, "name": run.notes.name, **config}
    return (metrics_csv if ending.lower() == ".csv" else metrics_json)(run.log, facts)


def _curves(run: OpenedRun) -> bytes:
    from cnnviewer.core.export.line_chart import line_chart, side_by_side
    from cnnviewer.core.runs.curves import accuracy_curves, epoch_ends, loss_curves

    if not run.log.step_count:
        raise RequestError("The run {folder} has learned nothing yet: there are no curves.", folder=run.folder.name)
    ends, name = epoch_ends(run.log), run.info.validation_name
    charts = (
        line_chart(loss_curves(run.log, name), "step", "loss", ends),
        line_chart(accuracy_curves(run.log, name), "step", "accuracy (%)", ends),
    )
    return side_by_side(
        charts, f"{run.notes.name or run.info.id}: {run.info.config.model} on {run.info.config.dataset}"
    )


def _weights(path: Path, state: ModelState, half: bool) -> list[str]:
    from cnnviewer.core.models.weights import save_weights

    save_weights(path, state, half)
    return [str(path)]


def _kernels(state: ModelState) -> Iterator[Entry]:
    """`NAME` is the weight of each layer with kernels, `NAME.bias` its bias."""
    import numpy as np

    from cnnviewer.core.export.tiles import kernel_tiles
    from cnnviewer.core.inspection.kernels import kernel_layers, kernels

    architecture = _inspector(state).architecture
    for name in kernel_layers(architecture):
        made = kernels(state.tensors, architecture.layer(name))
        if made is None:
            continue
        flat = made.weight.shape[2:] == (1, 1)
        shown = np.ascontiguousarray(made.weight.transpose(2, 3, 0, 1)) if flat else made.weight
        yield name, kernel_tiles(shown)[0], made.weight[:, :, 0, 0] if flat else made.weight
        if made.bias is not None:
            yield f"{name}.bias", None, made.bias


def _maps(path: Path, state: ModelState, images: list[Path], preparation: str | None) -> list[str]:
    """One image's maps where `path` says; a folder in it for each of several."""
    inspector = _inspector(state)
    if path.suffix and len(images) > 1:
        raise RequestError("{file} holds the maps of one image: name a folder for several.", file=path.name)
    written = []
    for number, file in enumerate(images, 1):
        entries = list(_values(inspector, as_input(file, inspector.recipe, preparation)))
        written += _layers(path if len(images) == 1 else _made(path) / f"{number}-{file.stem}", entries)
    return written


def _values(inspector: Inspector, image: FloatArray) -> Iterator[Entry]:
    from cnnviewer.core.export.tiles import tiles

    inspection = inspector.inspect(image)
    for layer in inspector.architecture.layers:
        values = inspection.activations[layer.name]
        palette = "signed" if layer.palette == "image" else layer.palette  # the input's values are normalised
        yield layer.name, tiles(values, palette)[0] if values.ndim == 3 else None, values


def _layers(path: Path, entries: list[Entry]) -> list[str]:
    """One `.npz`, or a folder with a PNG and an NPY for each layer."""
    from cnnviewer.core.export.arrays import npy_bytes, npz_bytes, png_bytes

    if path.suffix:
        return _write(path, npz_bytes({name: values for name, _, values in entries}))
    folder, written = _made(path), []
    for name, picture, values in entries:
        written += _write(folder / f"{name}.npy", npy_bytes(values))
        if picture is not None:
            written += _write(folder / f"{name}.png", png_bytes(picture))
    return written


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise why_not_written(error, folder) from error
    return folder


def _inspector(state: ModelState) -> Inspector:
    from cnnviewer.core.inspection.trace import Inspector

    make: Callable[[ModelState], Inspector] = Inspector.from_state
    return wrong(make, state)


def _film(path: Path, run: OpenedRun, options: argparse.Namespace) -> list[str]:
    from cnnviewer.core.runs.film import film

    if len(options.image) > 1:
        raise RequestError("A film is about one image: name one.")
    shared.trusted_run(options, run.info)
    image = as_input(options.image[0], run.info.recipe, options.preparation)
    with ProgressBar() as bar:
        film(run, image, path, seconds=options.seconds, fps=options.fps, report=lambda share: bar.reach(share, "film"))
    return [str(path)]
