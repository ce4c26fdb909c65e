"""Write parts of a run as files for other programs: metrics, curves, weights, kernels, feature maps, a video.

`pandas.read_csv(FILE)` reads the metrics in one line, `numpy.load(FILE)` the kernels and maps. A name without an
extension is a folder, which gets a picture and an array for each layer.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders
from cnnviewer.cli.exit_codes import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.image_files import all_files
from cnnviewer.cli.option_types import frame_rate, video_seconds
from cnnviewer.cli.predict import as_input
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.snapshots import run_folder, state_of
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.cli.trusted_models import trust_run
from cnnviewer.core.files.atomic import why_not_written, write_atomically
from cnnviewer.core.models.mutes import listed
from cnnviewer.core.runs.read.playback import USUAL_SECONDS
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cnnviewer.core.inspection.records import FloatArray
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    Pixels = npt.NDArray[np.uint8]

HELP = "write metrics, curves, weights, kernels, feature maps or a video of a run"
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


@dataclass(frozen=True)
class _Request:
    """What to write, and of what.

    Attributes:
        run: as its user names it.
        targets: the file or folder for each kind that is asked for, a key of `_ENDINGS` each.
        step: of weights, kernels and maps: a number, `best` or `last`.
        half: store weights as float16.
        images: whose maps and video are meant.
        preparation: see `as_input`.
        seconds: length of the video.
        fps: its frames per second; None: the usual number for its format.
        json: print the names of the files as JSON.
    """

    run: str
    targets: Mapping[str, Path]
    step: str
    half: bool
    images: Sequence[Path]
    preparation: str | None
    seconds: float
    fps: int | None
    json: bool


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    shared.add_run(parser)
    group = parser.add_argument_group("what to write")
    for name, words in (
        ("metrics", "every step and epoch as one table: FILE.csv or FILE.json"),
        ("curves", "loss and accuracy as a picture: FILE.svg"),
        ("weights", "the weights at --step: FILE.safetensors"),
        ("kernels", "kernels and biases at --step: FILE.npz, or a folder with PNG and NPY for each layer"),
        ("maps", "every layer's values for --image at --step: FILE.npz, or a folder with PNG and NPY for each layer"),
        ("film", "a video of kernels, maps and prediction for --image over the training: FILE.gif, .mp4 or .webm"),
    ):
        group.add_argument(f"--{name}", type=file_name, metavar="PATH", help=words)
    shared.add_step(parser)
    parser.add_argument("--half", action="store_true", help="of --weights: store them as float16, half the size")
    parser.add_argument(
        "--image", type=file_name, nargs="+", action="extend", default=[], metavar="FILE", help="of --maps and --film"
    )
    parser.add_argument(
        "--seconds", type=video_seconds, default=USUAL_SECONDS, metavar="S", help="of --film: its length (default: 12)"
    )
    parser.add_argument(
        "--fps", type=frame_rate, metavar="N", help="of --film: frames per second (default: 12 for GIF, else 25)"
    )
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_preparation(parser)
    shared.add_json(parser, "the files written")


def run(options: argparse.Namespace) -> int:
    """Write what was asked for; the exit status."""
    request = _Request(
        run=options.run,
        targets={name: getattr(options, name) for name in _ENDINGS if getattr(options, name) is not None},
        step=options.step,
        half=options.half,
        images=options.image,
        preparation=options.preparation,
        seconds=options.seconds,
        fps=options.fps,
        json=options.json,
    )
    return _export(request, shared.folders_of(options), shared.consent_of(options))


def _export(request: _Request, folders: Folders, consent: Consent) -> int:
    from cnnviewer.core.runs.read.opened_run import OpenedRun

    if not request.targets:
        raise RequestError("Say what to write: {all}.", all=", ".join(f"--{name}" for name in _ENDINGS))
    for name, path in request.targets.items():
        check_target(path, *_ENDINGS[name])
    images = all_files(request.images)
    if not images and {"maps", "film"} & set(request.targets):
        raise RequestError("Say which image: --image FILE.")
    folder = run_folder(folders, request.run)
    opened = wrong(OpenedRun.read, folder)
    if opened.info.mutes and {"weights", "maps", "film"} & set(request.targets):
        tell(f"Muted in this run: {listed(opened.info.mutes)}.")
    written: list[str] = []
    if {"weights", "kernels", "maps"} & set(request.targets):
        state = state_of(folder, request.step, consent)
    for name, path in request.targets.items():
        if name == "metrics":
            written += _write(path, _metrics(opened, path.suffix))
        elif name == "curves":
            written += _write(path, _curves(opened))
        elif name == "weights":
            written += _weights(path, state, request.half)
        elif name == "kernels":
            written += _layers(path, list(_kernels(state)))
        elif name == "maps":
            written += _maps(path, state, images, request.preparation)
        else:
            written += _film(path, opened, images, request, consent)
    if request.json:
        give({"run": opened.info.id, "files": written})
    else:
        say(*written)
    return DONE


def _write(path: Path, data: bytes | Iterable[bytes]) -> list[str]:
    write_atomically(path, data)
    return [str(path)]


def _metrics(run: OpenedRun, ending: str) -> bytes | Iterable[bytes]:
    from cnnviewer.core.export.tables import metrics_csv, metrics_json
    from cnnviewer.core.runs.format.info import exported_facts

    facts = exported_facts(run.info, run.notes)
    return (metrics_csv if ending.lower() == ".csv" else metrics_json)(run.log, facts)


def _curves(run: OpenedRun) -> bytes:
    from cnnviewer.core.export.chart_file import side_by_side
    from cnnviewer.core.export.line_chart import line_chart
    from cnnviewer.core.runs.read.curves import accuracy_curves, epoch_ends, loss_curves

    if not run.log.step_count:
        raise RequestError("The run {folder} has no steps yet: there are no curves.", folder=run.folder.name)
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
    """An entry `NAME` with the weight of each layer that has kernels, and `NAME.bias` with its bias."""
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


def _maps(path: Path, state: ModelState, images: Sequence[Path], preparation: str | None) -> list[str]:
    """Write one image's maps to `path`, or those of several images to a folder each in it."""
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
    """Write one `.npz`, or a folder with a PNG and an NPY for each layer."""
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


def _film(path: Path, opened: OpenedRun, images: Sequence[Path], request: _Request, consent: Consent) -> list[str]:
    from cnnviewer.core.runs.video.video import export_video

    if len(images) > 1:
        raise RequestError("A video needs one image.")
    trust_run(consent, opened.info)
    image = as_input(images[0], opened.info.recipe, request.preparation)
    with ProgressBar() as bar:
        export_video(
            opened,
            image,
            path,
            seconds=request.seconds,
            fps=request.fps,
            report=lambda share: bar.reach(share, "video"),
            tell=lambda words: bar.write(f"cnnviewer: {words}", sys.stderr),
        )
    return [str(path)]
