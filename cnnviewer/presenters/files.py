"""Files: opening pictures and weights, saving weights and drawings, exporting what is on the screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npy_bytes, npz_bytes, png_bytes
from cnnviewer.core.export.attribution_picture import attribution_picture
from cnnviewer.core.export.tables import metrics_csv, metrics_json
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.images import image_file, photographed_digit
from cnnviewer.core.inspection.attribution.facts import attribution_facts, map_caption, unit_of
from cnnviewer.core.inspection.attribution.records import Attribution
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.models.class_match import class_note
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.runs.format.info import exported_facts
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.caption import caption_of
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.screen import MutedSubject
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import ExploreViews
from cnnviewer.runtime.requests import InputSource, PictureInput

CURVES_SIZE = (1600, 600)
NETWORK_WIDTH = 2400


class FilesPresenter(CommandPresenter):
    """Every command that takes a path. Each returns whether it was done; an error is reported, never raised."""

    def __init__(
        self,
        services: Services,
        selection: SelectionPresenter,
        inspection: InspectionPresenter,
        views: ExploreViews,
    ) -> None:
        super().__init__(services)
        self._selection = selection
        self._inspection_presenter = inspection
        self._network = views.network_view
        self._kernels = views.kernel_view
        self._curves = views.curves
        self._inputs = views.input_panel
        self._views = views
        self._refused_file: UserError | None = None
        # what was looked at when the file was refused, and with which weights
        self._refused_beside: tuple[InputSource | None, MutedSubject | None] = None, None
        inspection.inspected.connect(self._on_inspected)

    # opening

    def open_image(self, path: PathLike) -> bool:
        """Inspect the picture in this file."""

        def work() -> bool:
            self.show_picture(self._newest("image", image_file.open_picture, Path(path)), Path(path).name)
            return True

        return self._attempt_picture(work)

    def paste(self, read: Callable[[], image_file.RGB | image_file.DeepPixels], name: str) -> bool:
        """Inspect a pasted picture; `read` may be slow and runs in a thread."""

        def work() -> bool:
            self.show_picture(self._newest("image", read), name)
            return True

        return self._attempt_picture(work)

    def refuse_paste(self, error: UserError) -> None:
        """Report that the clipboard holds no picture, beside the preview too."""

        def work() -> bool:
            raise error

        self._attempt_picture(work)

    def _attempt_opening(self, work: Callable[[], bool]) -> bool:
        """Like `_attempt`; the reason of a failure stands until another image or other weights are looked at."""
        done = self._attempt(work)
        if self._refusal is not None:
            self._refused_file = self._refusal
            self._refused_beside = self._inspection_presenter.source, self._session.screen.muted
        return done

    def _attempt_picture(self, work: Callable[[], bool]) -> bool:
        """Likewise; the reason stands beside the preview too."""
        done = self._attempt_opening(work)
        self._show_refused_picture()
        return done

    def _show_refused_picture(self) -> None:
        if self._refusal is not None:
            self._inputs.set_file_refusal(self._refusal)

    def _on_inspected(self) -> None:
        """Another image or other weights are looked at: that a file was refused concerns nobody any more."""
        if self._refused_file is None:
            return
        source, weights = self._refused_beside
        now = self._session.screen.muted
        stays = now is weights or (now is not None and now.is_same(weights))
        if self._inspection_presenter.source is not source or not stays:
            refused, self._refused_file = self._refused_file, None
            self._inputs.set_file_refusal("")
            if self._refusal is refused:
                self._withdraw_refusal()

    def show_picture(
        self, opened: image_file.RGB | image_file.DeepPixels, name: str, as_digit: bool | None = None
    ) -> None:
        """Inspect a picture that is already in memory; `as_digit` as in `PictureInput`."""
        wide = opened if isinstance(opened, image_file.DeepPixels) else None
        picture = PictureInput(image_file.in_bytes(opened), as_digit, wide)
        self._inputs.set_file(name, picture.pixels)
        self._inspection_presenter.show_picture(picture)

    def open_weights(self, path: PathLike) -> bool:
        """Show the weights in this file and switch to their model."""

        def work() -> bool:
            self._refuse_while_training()
            state = self._newest("weights", self._load_weights, Path(path))
            self._refuse_while_training()  # a training may have started while the file was read
            self._selection.show_weights(state)
            data = self._session.data
            note = class_note(state, data.info) if data is not None and not state.named else None
            self.informed.emit(partial(self._loaded_text, Path(path), state, note))
            return True

        return self._attempt_opening(work)

    def _loaded_text(self, path: Path, state: ModelState, note: UserError | None) -> str:
        """What was loaded of the weights in a file; `note`: about class names, for weights that record none."""
        count = len(state.tensors)
        said = counted(
            self.tr("The weights in {file} are on the screen: {loaded} of {count:tensor|tensors} loaded."),
            file=path.name,
            loaded=count if state.read_as == "weights" else state.provenance.get("loaded", count),
            count=count,
        )
        if "left" in state.provenance:
            left = self.tr("The file holds others of the same model too, which were left: {left}.")
            said += " " + left.format(left=state.provenance["left"])
        return said if note is None else f"{said} {error_text(note)}"

    def _refuse_while_training(self) -> None:
        if self._session.training:
            raise UserError("Stop the training first: it is changing the weights that would be replaced.")

    def _load_weights(self, path: Path) -> ModelState:
        """Load the weights as those of the model on the screen, else as those of any model."""
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
            picture = self._newest("image", image_file.read_image, Path(path))
            canvas = self._inputs.canvas
            canvas.set_raster(photographed_digit.canvas_of(picture, canvas.raster().shape))
            self._inputs.set_source("draw")
            return True

        return self._attempt_opening(work)

    # saving

    def save_weights(self, path: PathLike) -> bool:
        """Save the weights on the screen as `.safetensors`."""

        def work() -> bool:
            state = self._session.shown
            if state is None:
                raise UserError("There are no weights to save yet.")
            target = _with_ending(path, ".safetensors")
            mutes, known = self._session.mutes, self._session.familiarity_of(state)
            whole = replace(state, mutes=mutes, familiarity=known, temperature=self._session.temperature_of(state))
            self._in_thread(save_weights, target, whole)
            if mutes:
                self.informed.emit(partial(self._muted_text, target.name, len(mutes)))
            return self._say_written(target)

        return self._attempt(work)

    def _muted_text(self, file: str, count: int) -> str:
        said = self.tr("{file} notes {count:muted channel|muted channels} beside the weights.")
        return counted(said, file=file, count=count)

    def save_drawing(self, path: PathLike) -> bool:
        """Save the canvas as a grey PNG, ink white on black."""

        def work() -> bool:
            target = _with_ending(path, ".png")
            write_atomically(target, png_bytes(self._inputs.canvas.raster()))
            return self._say_written(target)

        return self._attempt(work)

    def save_picture(self, path: PathLike, planes: npt.NDArray[np.uint8]) -> bool:
        """Save a picture, uint8 `(C, H, W)` of one or three channels, as a PNG without any loss."""

        def work() -> bool:
            target = _with_ending(path, ".png")
            write_atomically(target, png_bytes(planes[0] if len(planes) == 1 else np.moveaxis(planes, 0, -1)))
            return self._say_written(target)

        return self._attempt(work)

    # exporting

    def export_plot(self, path: PathLike, size: tuple[int, int] = CURVES_SIZE, dark: bool | None = None) -> bool:
        """Export the curves as shown: `.png`, `.svg` or `.pdf`, of `size` pixels; `dark` None: as the window."""

        def work() -> bool:
            kind = _ending(path, ("png", "svg", "pdf"))
            self._require_curves()
            in_dark = self._views.is_dark if dark is None else dark
            return self._write(path, self._curves.render(kind, size, in_dark, self.caption()), self._words())

        return self._attempt(work)

    def has_curves(self) -> bool:
        """Whether a run is on the screen whose curves and numbers can be exported; False, with an error message."""

        def work() -> bool:
            self._require_curves()
            return True

        return self._attempt(work)

    def _require_curves(self) -> MetricLog:
        log = self._session.screen.log
        if log is None:
            raise UserError("There are no curves and numbers to export yet: train a model, or open a run.")
        return log

    def export_data(self, path: PathLike) -> bool:
        """Export the numbers of the training, every digit kept: `.csv` or `.json`."""

        def work() -> bool:
            kind = _ending(path, ("csv", "json"))
            log = self._require_curves()
            if kind == "csv":
                return self._write(path, metrics_csv(log, self._facts()))
            return self._write(path, self._in_thread(metrics_json, log, self._facts()))

        return self._attempt(work)

    def export_network(self, path: PathLike) -> bool:
        """Export the picture of the whole network: `.svg` or `.png`."""

        def work() -> bool:
            kind = _ending(path, ("svg", "png"))
            if kind == "svg":
                data = self._network.to_svg(self.caption(), self._views.is_dark)
            else:
                data = self._network.to_png(self.caption(), self._views.is_dark, NETWORK_WIDTH)
            return self._write(path, data, self._words())

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
            name = layer if layer in arrays else self._inspection_presenter.selected_layer
            data = (
                npy_bytes(arrays[name])
                if kind == "npy"
                else self._network.layer_to_png(name, f"{self.caption()} · {name}", self._views.is_dark)
            )
            return self._write(path, data)

        return self._attempt(work)

    def export_kernels(self, path: PathLike) -> bool:
        """Export the kernels shown: `.png` the picture, `.npy` the numbers."""

        def work() -> bool:
            kind = _ending(path, ("png", "npy"))
            shown = self._inspection_presenter.kernels
            if shown is None:
                raise UserError("There are no kernels to export: choose a layer with weights first.")
            if kind == "npy":
                return self._write(path, npy_bytes(shown.weight))
            return self._write(path, self._kernels.to_png(f"{self.caption()} · {shown.layer}", self._views.is_dark))

        return self._attempt(work)

    def export_attribution(
        self, path: PathLike, image: FloatArray, found: Attribution, classes: tuple[str, ...]
    ) -> bool:
        """Export a map of Why: `.png` beside its image, `.npy` the numbers, `.json` with what it was made with."""

        def work() -> bool:
            kind = _ending(path, ("png", "npy", "json"))
            if kind == "npy":
                return self._write(path, npy_bytes(found.map))
            if kind == "json":
                facts = json.dumps(attribution_facts(found, classes), ensure_ascii=False)
                return self._write(path, f"{facts}\n".encode())
            caption = " · ".join(filter(None, (map_caption(found, classes), self.caption())))
            picture = attribution_picture(image, found.map, caption, unit_of(found))
            return self._write(path, png_bytes(picture))

        return self._attempt(work)

    # shared

    def caption(self, step: int | None = None) -> str:
        """One line that says what is on the screen: model, data, step and seed.

        `step`: that of the window; None: that of the maps, for what is exported with them.
        """
        state, inspection = self._session.state, self._inspection_presenter.inspection
        if state is None:
            return ""
        if step is None:
            step = inspection.step if inspection is not None else 0
        follows = self._session.training and self._session.shown_step is None
        running = self._session.run.config if follows and self._session.run is not None else None
        caption, muted = caption_of(state, step, running), self.tr("{count:channel|channels} muted")
        count = len(self._session.mutes)
        return f"{caption} · {counted(muted, count=count)}" if count else caption

    def _words(self) -> list[str]:
        """The texts in an exported picture."""
        state = self._session.state
        return [self.caption(), *(state.recipe.classes if state is not None else ())]

    def _facts(self) -> dict[str, object]:
        run = self._session.run
        if run is None:
            return {}
        known = run.opened or run.recording
        return exported_facts(known.info, known.notes) if known is not None else asdict(run.config)


def _ending(path: PathLike, offered: tuple[str, ...]) -> str:
    """The path's ending, which picks an export's format. UserError unless it is one of `offered`."""
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in offered:
        raise UserError(
            "{file} was not written: its name must end in {endings}.",
            file=Path(path).name,
            endings=", ".join(f".{one}" for one in offered),
        )
    return ending


def _with_ending(path: PathLike, ending: str) -> Path:
    """The path, with `ending` added where it has none. UserError where it has another ending."""
    if not Path(path).suffix:
        return Path(path).with_suffix(ending)
    _ending(path, (ending.removeprefix("."),))
    return Path(path)
