"""What a presenter needs of each view: values in, signals out. Widgets fulfil these; so do the fakes of the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.core.digits import DigitSteps
from cnnviewer.core.inspection.confusion import Confusion
from cnnviewer.core.inspection.explain.backward_records import Backward, Hyperparameters, WeightCell
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.ladder import LadderModel
from cnnviewer.core.inspection.records import (
    Architecture,
    Cell,
    FloatArray,
    Highlight,
    Inspection,
    Kernels,
    Prediction,
    Region,
)
from cnnviewer.core.models.recipe import ModelInfo, Normalisation
from cnnviewer.core.runs.summary import RunLine
from cnnviewer.core.runs.timeline import MomentFacts, Timeline
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.core.training.steering import Steering

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]

# A signal of a widget, or of a fake; PySide6's stubs give a protocol no type that both fulfil.
SignalLike = Any

# ruff: noqa: D102 - each method is documented where a widget defines it


class MessageView(Protocol):
    """Where a person is told something in one sentence, with a button that helps."""

    action_triggered: SignalLike

    def show_message(self, sentence: str, kind: str, action: str = "") -> None: ...
    def dismiss(self) -> None: ...


class LogLines(Protocol):
    """The log."""

    def append(self, line: str) -> None: ...


class Curves(Protocol):
    """Loss and accuracy over the training."""

    step_chosen: SignalLike

    def set_moment(self, step: int | None, soon: bool = False) -> None: ...
    def set_log(self, log: MetricLog | None) -> None: ...
    def refresh(self) -> None: ...
    def rest(self) -> None: ...
    def render(self, kind: str, size: tuple[int, int], dark: bool, caption: str) -> bytes: ...


class TrainView(Protocol):
    """The panel in which a training is described and steered."""

    model_selected: SignalLike
    dataset_selected: SignalLike
    train_requested: SignalLike
    step_requested: SignalLike
    pause_requested: SignalLike
    resume_requested: SignalLike
    stop_requested: SignalLike
    continue_requested: SignalLike
    branch_requested: SignalLike
    config_changed: SignalLike
    learning_rate_changed: SignalLike
    momentum_changed: SignalLike
    download_requested: SignalLike
    download_cancelled: SignalLike

    def set_models(self, models: tuple[ModelInfo, ...]) -> None: ...
    def set_sources(self, sources: tuple[DataSource, ...]) -> None: ...
    def set_devices(self, devices: tuple[tuple[str, str], ...]) -> None: ...
    def set_config(self, config: TrainConfig) -> None: ...
    def config(self) -> TrainConfig: ...
    def set_steering(self, steering: Steering) -> None: ...
    def set_progress(self, progress: TrainProgress | None) -> None: ...
    def set_busy(self, sentence: str | None, fraction: float | None = None) -> None: ...
    def set_field_error(self, field: str, sentence: str) -> None: ...
    def clear_field_errors(self) -> None: ...
    def set_offer(self, source: DataSource | None) -> None: ...
    def set_download(self, progress: DownloadProgress | None) -> None: ...


class TimeView(Protocol):
    """The slider over a run's moments, with its buttons."""

    step_chosen: SignalLike
    earlier_wished: SignalLike
    later_wished: SignalLike
    first_wished: SignalLike
    best_wished: SignalLike
    now_wished: SignalLike
    play_toggled: SignalLike
    speed_changed: SignalLike
    loop_toggled: SignalLike
    by_epoch_toggled: SignalLike
    mark_wished: SignalLike
    mark_removal_wished: SignalLike
    drawing_wished: SignalLike
    film_cancelled: SignalLike

    def set_timeline(self, timeline: Timeline) -> None: ...
    def set_place(self, facts: MomentFacts | None, at_now: bool) -> None: ...
    def set_playing(self, playing: bool) -> None: ...
    def set_film_progress(self, fraction: float | None) -> None: ...


class EvaluationTable(Protocol):
    """The confusion matrix of the weights shown."""

    seen_changed: SignalLike
    all_wished: SignalLike
    cell_chosen: SignalLike

    def set_confusion(self, table: Confusion) -> None: ...
    def set_normalisation(self, used: Normalisation) -> None: ...
    def set_problem(self, sentence: str) -> None: ...
    def set_progress(self, fraction: float | None) -> None: ...


class NetworkPicture(Protocol):
    """The network from image to class probabilities."""

    cell_hovered: SignalLike
    cell_selected: SignalLike

    def set_architecture(self, architecture: Architecture) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_note(self, note: str, untrained: bool) -> None: ...
    def set_inspection(self, inspection: Inspection | None) -> None: ...
    def set_hovered(self, highlight: Highlight | None) -> None: ...
    def set_pinned(self, highlight: Highlight | None) -> None: ...
    def select(self, layer: str, channel: int | None, row: int | None, col: int | None) -> None: ...
    def layer_arrays(self) -> Mapping[str, FloatArray]: ...
    def to_svg(self, caption: str, dark: bool) -> bytes: ...
    def to_png(self, caption: str, dark: bool, width: int) -> bytes: ...
    def layer_to_png(self, layer: str, caption: str, dark: bool) -> bytes: ...


class ExplainPanel(Protocol):
    """The arithmetic of the selected number."""

    cell_requested: SignalLike
    preview_requested: SignalLike
    save_requested: SignalLike
    closed: SignalLike
    backward_wished: SignalLike

    @property
    def explanation(self) -> Explanation | None: ...
    def set_architecture(self, architecture: Architecture) -> None: ...
    def set_inspection(self, inspection: Inspection | None) -> None: ...
    def set_explanation(self, explanation: Explanation | None, pinned: Cell | None = None) -> None: ...
    def set_problem(self, sentence: str) -> None: ...
    def set_loss_offered(self, offered: bool) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_rates(self, rates: Hyperparameters) -> None: ...
    def set_backward(self, backward: Backward | None) -> None: ...
    def set_backward_problem(self, sentence: str) -> None: ...
    def show_weight(self, weight: WeightCell) -> None: ...


class SandboxView(Protocol):
    """The convolution sandbox."""

    def set_image(self, image: FloatArray | None) -> None: ...
    def set_kernels(self, kernels: Kernels | None) -> None: ...


class BuilderView(Protocol):
    """The list of layers of a model of one's own."""

    use_requested: SignalLike

    def set_data(self, input_shape: tuple[int, int, int], classes: int) -> None: ...


class LadderView(Protocol):
    """The course's models side by side."""

    open_requested: SignalLike
    maps_requested: SignalLike

    def set_models(self, models: tuple[LadderModel, ...]) -> None: ...
    def set_image(self, image: FloatArray | None) -> None: ...
    def set_maps(
        self, key: str, early: tuple[str, FloatArray], middle: tuple[str, FloatArray], late: tuple[str, FloatArray]
    ) -> None: ...
    def clear_maps(self, key: str) -> None: ...


class RunsList(Protocol):
    """The list of runs."""

    seen_changed: SignalLike
    open_requested: SignalLike
    go_on_requested: SignalLike
    more_epochs_requested: SignalLike
    branch_wished: SignalLike
    branch_requested: SignalLike
    duplicate_requested: SignalLike
    name_changed: SignalLike
    note_changed: SignalLike
    delete_requested: SignalLike
    undo_requested: SignalLike

    def set_runs(self, runs: tuple[RunLine, ...]) -> None: ...
    def set_shown(self, folder: Path | None) -> None: ...
    def select(self, folders: Sequence[Path]) -> None: ...
    def ask_for_epochs(self, folder: Path, name: str, epochs: int) -> None: ...
    def ask_for_branch(
        self, folder: Path, name: str, step: int, moments: Sequence[int], config: TrainConfig
    ) -> None: ...


class KernelsView(Protocol):
    """The weights of one layer."""

    layer_selected: SignalLike
    weight_selected: SignalLike

    def set_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_kernels(self, kernels: Kernels | None) -> None: ...
    def set_channel(self, channel: int | None) -> None: ...
    def to_png(self, caption: str, dark: bool) -> bytes: ...


class Canvas(Protocol):
    """Where a digit is drawn."""

    drawing_changed: SignalLike

    def raster(self) -> Pixels: ...
    def set_raster(self, raster: Pixels) -> None: ...


class Lens(Protocol):
    """What the model really sees."""

    def set_image(self, image: FloatArray | None) -> None: ...
    def set_steps(self, steps: DigitSteps | None) -> None: ...
    def set_region(self, region: Region | None) -> None: ...
    def set_normalisation(self, used: Normalisation | None) -> None: ...


class PredictionBars(Protocol):
    """The classes with their probabilities."""

    class_selected: SignalLike

    def set_prediction(self, prediction: Prediction, truth: str | None = None) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...


class Browser(Protocol):
    """The data set's images."""

    sample_selected: SignalLike
    split_requested: SignalLike
    predictions_requested: SignalLike

    def set_samples(self, images: Pixels, labels: Labels, classes: tuple[str, ...], split: str, title: str) -> None: ...
    def set_predictions(self, predicted: Labels | None) -> None: ...
    def show_only(self, indices: Labels, words: str) -> None: ...
    def set_busy(self, fraction: float | None) -> None: ...
    def select(self, index: int) -> object: ...


class ReadingView(Protocol):
    """Where a person sees and changes how the model reads an image."""

    reading_asked: SignalLike
    reading_reset: SignalLike

    def set_reading(self, shape: tuple[int, int, int], used: Normalisation, changeable: bool) -> None: ...


class InputView(Protocol):
    """The panel of the image that goes in and the prediction that comes out."""

    image_requested: SignalLike
    file_options_changed: SignalLike

    @property
    def canvas(self) -> Canvas: ...
    @property
    def browser(self) -> Browser: ...
    @property
    def lens(self) -> Lens: ...
    @property
    def prediction(self) -> PredictionBars: ...

    def set_source(self, source: str) -> None: ...
    def set_shown(self, place: str) -> None: ...
    def set_file(self, name: str | None, picture: Pixels | None) -> None: ...
    def set_digit_option(self, offered: bool, on: bool) -> None: ...
    def set_drawing_offered(self, offered: bool, reason: str = "") -> None: ...
