"""Files: opening pictures and weights, saving weights and drawings, exporting what is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from cnnviewer.core import handwriting, images
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npy_bytes, npz_bytes, png_bytes
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.export.tables import metrics_csv, metrics_json
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.resolve import caption_of
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import Curves, InputView, KernelsView, NetworkPicture, Pixels
from cnnviewer.runtime.jobs import Jobs

CURVES_SIZE = (1600, 600)
NETWORK_WIDTH = 2400


class FilesPresenter(Attempts):
    """Every command that takes a path. Each returns whether it was done; a problem is told, never raised."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        looking: LookingPresenter,
        network: NetworkPicture,
        kernels: KernelsView,
        curves: Curves,
        inputs: InputView,
        is_dark: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._choosing = choosing
        self._looking = looking
        self._network = network
        self._kernels = kernels
        self._curves = curves
        self._inputs = inputs
        self._is_dark = is_dark

    # opening

    def open_image(self, path: PathLike) -> bool:
        """Look at the picture in this file."""

        def work() -> bool:
            picture = self._in_thread(images.read_image, Path(path))
            self.show_picture(picture, Path(path).name)
            return True

        return self._attempt(work)

    def show_picture(self, picture: Pixels, name: str) -> None:
        """Look at a picture that is already here (pasted): uint8 `(H, W, 3)`."""
        self._inputs.set_file(name, picture)
        self._looking.show_picture(picture)

    def open_weights(self, path: PathLike) -> bool:
        """Show the weights in this file; the model follows them."""

        def work() -> bool:
            if self._session.training:
                raise UserError("Stop the training first: it is changing the weights that would be replaced.")
            state = self._in_thread(self._load_weights, Path(path))
            self._choosing.show_weights(state)
            count = len(state.tensors)
            loaded = count if state.read_as == "weights" else state.provenance.get("loaded", count)
            self.told.emit(
                self.tr("The weights in {file} are on the screen: {loaded} of {count} tensors loaded.").format(
                    file=Path(path).name, loaded=loaded, count=count
                )
            )
            return True

        return self._attempt(work)

    def _load_weights(self, path: Path) -> ModelState:
        """The weights of the model on the screen, if they are; else of whichever they are."""
        current, data = self._session.state, self._session.data
        info = data.info if data is not None else None
        if current is None:
            return load_weights(path, None, info)
        try:
            return load_weights(path, current.recipe.model, info)
        except UserError as first:
            try:
                return load_weights(path, None, info)
            except UserError:
                raise first from None

    def open_drawing(self, path: PathLike) -> bool:
        """Put a saved drawing back on the canvas."""

        def work() -> bool:
            picture = self._in_thread(images.read_image, Path(path))
            canvas = self._inputs.canvas
            canvas.set_raster(handwriting.canvas_of(picture, canvas.raster().shape))
            self._inputs.set_source("draw")
            return True

        return self._attempt(work)

    # saving

    def save_weights(self, path: PathLike) -> bool:
        """Save the weights on the screen as `.safetensors`."""

        def work() -> bool:
            state = self._session.shown
            if state is None:
                raise UserError("There are no weights to save yet.")
            target = _with_ending(path, ".safetensors")
            self._in_thread(save_weights, target, state)
            return self._say_written(target)

        return self._attempt(work)

    def save_drawing(self, path: PathLike) -> bool:
        """Save the canvas as a grey PNG, ink white on black."""

        def work() -> bool:
            target = _with_ending(path, ".png")
            write_atomically(target, png_bytes(self._inputs.canvas.raster()))
            return self._say_written(target)

        return self._attempt(work)

    # exporting

    def export_plot(self, path: PathLike, size: tuple[int, int] = CURVES_SIZE, dark: bool | None = None) -> bool:
        """Export the curves as shown: `.png`, `.svg` or `.pdf`, of `size` pixels; `dark` None: as the window."""

        def work() -> bool:
            kind = _ending(path, ("png", "svg", "pdf"))
            if self._session.run is None:
                raise UserError("There are no curves to export yet: train a model first.")
            in_dark = self._is_dark() if dark is None else dark
            return self._write(path, self._curves.render(kind, size, in_dark, self.caption()))

        return self._attempt(work)

    def export_data(self, path: PathLike) -> bool:
        """Export the numbers of the training, every digit kept: `.csv` or `.json`."""

        def work() -> bool:
            kind = _ending(path, ("csv", "json"))
            run = self._session.run
            if run is None:
                raise UserError("There are no numbers to export yet: train a model first.")
            table = metrics_csv if kind == "csv" else metrics_json
            data = self._in_thread(table, run.log, self._facts())
            return self._write(path, data)

        return self._attempt(work)

    def export_network(self, path: PathLike) -> bool:
        """Export the picture of the whole network: `.svg` or `.png`."""

        def work() -> bool:
            kind = _ending(path, ("svg", "png"))
            if kind == "svg":
                data = self._network.to_svg(self.caption(), self._is_dark())
            else:
                data = self._network.to_png(self.caption(), self._is_dark(), NETWORK_WIDTH)
            return self._write(path, data)

        return self._attempt(work)

    def export_maps(self, path: PathLike, layer: str | None = None) -> bool:
        """Export the feature maps: `.npz` all layers; `.npy` or `.png` one layer (the pinned one or the first)."""

        def work() -> bool:
            kind = _ending(path, ("npy", "npz", "png"))
            arrays = dict(self._network.layer_arrays())
            if not arrays:
                raise UserError("There are no feature maps to export: choose an image first.")
            if kind == "npz":
                return self._write(path, npz_bytes(arrays))
            name = layer if layer in arrays else self._looking.selected_layer
            data = (
                npy_bytes(arrays[name])
                if kind == "npy"
                else self._network.layer_to_png(name, f"{self.caption()} · {name}", self._is_dark())
            )
            return self._write(path, data)

        return self._attempt(work)

    def export_kernels(self, path: PathLike) -> bool:
        """Export the kernels shown: `.png` the picture, `.npy` the numbers."""

        def work() -> bool:
            kind = _ending(path, ("png", "npy"))
            shown = self._looking.kernels
            if shown is None:
                raise UserError("There are no kernels to export: choose a layer with weights first.")
            if kind == "npy":
                return self._write(path, npy_bytes(shown.weight))
            return self._write(path, self._kernels.to_png(f"{self.caption()} · {shown.layer}", self._is_dark()))

        return self._attempt(work)

    # shared

    def caption(self) -> str:
        """One line that says what is on the screen: model, data, step and seed."""
        state = self._session.state
        if state is None:
            return ""
        step = self._looking.inspection.step if self._looking.inspection is not None else 0
        follows = self._session.training and self._session.moment is None
        running = self._session.run.config if follows and self._session.run is not None else None
        return caption_of(state, step, running)

    def _facts(self) -> dict[str, object]:
        run = self._session.run
        if run is None:
            return {}
        config = run.config
        return {
            "model": config.model,
            "dataset": config.dataset,
            "device": config.device,
            "epochs": config.epochs,
            "batch_size": config.batch_size,
            "seed": config.seed,
            "weight_decay": config.weight_decay,
            "schedule": config.schedule,
            "augmentation": config.augmentation,
        }


def _ending(path: PathLike, offered: tuple[str, ...]) -> str:
    """The path's ending, one of those offered; an export's ending picks its format."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in offered:
        raise UserError(
            "{file} was not written: its name must end in {endings}.",
            file=Path(path).name,
            endings=", ".join(f".{one}" for one in offered),
        )
    return ending


def _with_ending(path: PathLike, ending: str) -> Path:
    """The path, with `ending` added where a person left it out."""
    return Path(path) if Path(path).suffix else Path(path).with_suffix(ending)
