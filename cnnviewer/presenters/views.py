"""View protocols of the presenters: values in, signals out. Widgets and the tests' fakes implement them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Protocol

import numpy as np
import numpy.typing as npt

from cnnviewer.core.context import Choices, Context
from cnnviewer.core.data.image_id import ImageIds
from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.core.inspection.explain.backward_records import (
    Backward,
    BackwardRequest,
    EarlyWeights,
    StepSettings,
    WeightCell,
)
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.inspection.mute_edits import Edits
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
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.recipe import ModelInfo, Normalisation
from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.core.runs.read.summary import RunLine
from cnnviewer.core.runs.read.timeline import SnapshotFacts, Timeline
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.core.training.steering import Steering
from cnnviewer.core.wording import Words

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int64]

# A signal of a widget, or of a fake; PySide6's stubs give a protocol no type that both fulfil. What it carries stands
# beside it, `Annotated[SignalLike, int]`; a test compares that with the widget's own signal.
SignalLike = Any

# ruff: noqa: D102 - each method is documented where a widget defines it


class LogLines(Protocol):
    """The log."""

    def append(self, line: str) -> None: ...


class Curves(Protocol):
    """Loss and accuracy over the training."""

    step_chosen: Annotated[SignalLike, int]

    def set_shown_step(self, step: int | None, soon: bool = False) -> None: ...
    def set_log(self, log: MetricLog | None) -> None: ...
    def refresh(self) -> None: ...
    def rest(self) -> None: ...
    def render(self, kind: str, size: tuple[int, int], dark: bool, caption: str) -> bytes: ...


class TrainView(Protocol):
    """The panel with the settings and buttons of a training."""

    model_selected: Annotated[SignalLike, str]
    dataset_selected: Annotated[SignalLike, str]
    train_requested: Annotated[SignalLike, TrainConfig]
    step_requested: Annotated[SignalLike, TrainConfig]
    pause_requested: SignalLike
    resume_requested: SignalLike
    stop_requested: SignalLike
    continue_requested: SignalLike
    branch_requested: SignalLike
    back_requested: SignalLike
    config_changed: SignalLike
    learning_rate_changed: Annotated[SignalLike, float]
    momentum_changed: Annotated[SignalLike, float]
    download_requested: Annotated[SignalLike, str]
    download_cancelled: SignalLike

    def set_models(self, models: tuple[ModelInfo, ...]) -> None: ...
    def set_sources(self, sources: tuple[DataSource, ...]) -> None: ...
    def set_devices(self, devices: tuple[tuple[str, str], ...]) -> None: ...
    def set_config(self, config: TrainConfig, changed_for: str = "") -> None: ...
    def config(self) -> TrainConfig: ...
    def set_steering(self, steering: Steering) -> None: ...
    def set_progress(self, progress: TrainProgress | None) -> None: ...
    def set_busy(self, sentence: Words | None, fraction: float | None = None) -> None: ...
    def set_field_error(self, field: str, sentence: Words) -> None: ...
    def clear_field_errors(self) -> None: ...
    def set_offer(self, source: DataSource | None) -> None: ...
    def set_download(self, progress: DownloadProgress | None) -> None: ...


class ContextView(Protocol):
    """The chip that says what is on the screen, and the choices below it."""

    opened: SignalLike
    language_changed: SignalLike
    model_chosen: Annotated[SignalLike, str]
    data_chosen: Annotated[SignalLike, str]
    weights_chosen: Annotated[SignalLike, str]
    run_chosen: Annotated[SignalLike, str]

    def set_context(self, context: Context) -> None: ...
    def set_busy(self, sentence: Words) -> None: ...
    def set_choices(self, choices: Choices) -> None: ...


class LearningPicture(Protocol):
    """Kernels and feature maps beside the curves."""

    seen_changed: Annotated[SignalLike, bool]
    layer_selected: Annotated[SignalLike, str]
    tile_chosen: Annotated[SignalLike, str, int]

    @property
    def seen(self) -> bool: ...
    def set_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_tiles(self, tiles: tuple[LearnedTiles, ...]) -> None: ...


class TimeView(Protocol):
    """The slider over a run's snapshots, with its buttons."""

    step_chosen: Annotated[SignalLike, int]
    earlier_requested: SignalLike
    later_requested: SignalLike
    first_requested: SignalLike
    best_requested: SignalLike
    now_requested: SignalLike
    back_requested: SignalLike
    play_toggled: Annotated[SignalLike, bool]
    pace_changed: Annotated[SignalLike, Pace]
    loop_toggled: Annotated[SignalLike, bool]
    by_epoch_toggled: Annotated[SignalLike, bool]
    mark_requested: Annotated[SignalLike, str, bool]
    mark_removal_requested: Annotated[SignalLike, int]
    drawing_requested: Annotated[SignalLike, int]
    undo_requested: SignalLike
    redo_requested: SignalLike
    film_cancelled: SignalLike

    def set_log(self, log: MetricLog) -> None: ...
    def set_timeline(self, timeline: Timeline) -> None: ...
    def set_place(self, facts: SnapshotFacts, at_now: bool) -> None: ...
    def set_away(self, run: str) -> None: ...
    def set_playing(self, playing: bool) -> None: ...
    def offer_undo(self, undoable: int, redoable: int) -> None: ...
    def set_film_progress(self, fraction: float | None) -> None: ...


class ErrorsView(Protocol):
    """The page Errors of Evaluate: the confusion matrix of the weights shown, and the images behind its cells."""

    all_requested: SignalLike
    cell_chosen: Annotated[SignalLike, int, int]
    image_chosen: Annotated[SignalLike, int]
    back_requested: SignalLike
    cancel_requested: SignalLike
    export_cancelled: SignalLike

    @property
    def exported(self) -> Labels: ...
    @property
    def table(self) -> Confusion | None: ...
    @property
    def difference(self) -> Difference | None: ...
    def set_images(self, images: Pixels, ids: ImageIds | None = None) -> None: ...
    def set_inspected(self, index: int, before: str) -> None: ...
    def show_wrong(self) -> None: ...
    def set_export_progress(self, fraction: float | None) -> None: ...
    def set_normalisation(self, used: Normalisation, note: Words = "") -> None: ...


class EvaluateView(Protocol):
    """The workspace Evaluate: its page Errors, and what several of its pages show."""

    seen_changed: Annotated[SignalLike, bool]
    reference_requested: Annotated[SignalLike, str]
    references_opened: SignalLike

    @property
    def errors(self) -> ErrorsView: ...
    def set_confusion(self, table: Confusion | None) -> None: ...
    def set_effect(self, effect: Effect | None, muted: int = 0) -> None: ...
    def set_error(self, sentence: Words) -> None: ...
    def set_progress(self, fraction: float | None) -> None: ...
    def set_reference(self, before: Confusion | None, words: str = "") -> None: ...
    def set_reference_choices(self, steps: tuple[tuple[str, int], ...], runs: tuple[tuple[str, str], ...]) -> None: ...
    def set_reference_progress(self, fraction: float | None) -> None: ...


class CalibrationView(Protocol):
    """The page Calibration of Evaluate."""

    seen_changed: Annotated[SignalLike, bool]
    measure_requested: SignalLike
    cancelled: SignalLike

    def set_calibrated(self, found: Calibrated | None, why_not: Words = "", why_unknown: Words = "") -> None: ...
    def set_notice(self, sentence: Words, can_measure: bool = False, must_choose: bool = False) -> None: ...
    def set_progress(self, fraction: float | None) -> None: ...


class UnfamiliarView(Protocol):
    """The prediction at the side, which says where an image looks like none of the classes."""

    def set_unfamiliar(self, classes: int, score: float = 0.0, threshold: float = 0.0) -> None: ...


class MutesPanel(Protocol):
    """The list of the channels that the user has muted."""

    mute_requested: Annotated[SignalLike, str, int, str]
    switch_requested: Annotated[SignalLike, str, int, bool]
    remove_requested: Annotated[SignalLike, str, int]
    clear_requested: SignalLike
    undo_requested: SignalLike
    redo_requested: SignalLike
    seen_changed: Annotated[SignalLike, bool]

    def set_edits(self, edits: Edits, waiting: Edits, undoable: int, redoable: int) -> None: ...
    def set_effect(self, effect: Effect | None) -> None: ...


class NetworkPicture(Protocol):
    """The network from image to class probabilities."""

    cell_hovered: Annotated[SignalLike, Cell | None]
    cell_selected: Annotated[SignalLike, Cell | None]
    layer_looked_at: Annotated[SignalLike, str]

    def set_architecture(self, architecture: Architecture) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_notes(self, notes: tuple[UserError, ...], untrained: bool) -> None: ...
    def set_inspection(self, inspection: Inspection | None) -> None: ...
    def set_waiting(self, waiting: bool) -> None: ...
    def set_expecting(self, expecting: bool) -> None: ...
    def set_refusal(self, sentence: Words) -> None: ...
    def set_mutes(self, mutes: Mutes) -> None: ...
    def set_hovered(self, highlight: Highlight | None) -> None: ...
    def set_explained(self, cell: Cell | None) -> None: ...
    def set_pinned(self, highlight: Highlight | None) -> None: ...
    def select(self, layer: str, channel: int | None, row: int | None, col: int | None) -> None: ...
    def layer_arrays(self) -> Mapping[str, FloatArray]: ...
    def to_svg(self, caption: str, dark: bool) -> bytes: ...
    def to_png(self, caption: str, dark: bool, width: int) -> bytes: ...
    def layer_to_png(self, layer: str, caption: str, dark: bool) -> bytes: ...


class ExplainPanel(Protocol):
    """The arithmetic of the selected value."""

    cell_requested: Annotated[SignalLike, Cell]
    preview_requested: Annotated[SignalLike, Cell | None]
    save_requested: SignalLike
    backward_requested: Annotated[SignalLike, BackwardRequest | None]
    early_requested: SignalLike

    @property
    def explanation(self) -> Explanation | None: ...
    def set_architecture(self, architecture: Architecture) -> None: ...
    def set_inspection(self, inspection: Inspection | None) -> None: ...
    def set_explanation(self, explanation: Explanation | None, pinned: Cell | None = None) -> None: ...
    def set_error(self, sentence: Words) -> None: ...
    def set_refusal(self, sentence: Words) -> None: ...
    def set_label_known(self, known: bool) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_rates(self, rates: StepSettings) -> None: ...
    def set_backward(self, backward: Backward | None) -> None: ...
    def set_backward_error(self, sentence: Words) -> None: ...
    def set_early(self, early: EarlyWeights) -> None: ...
    def show_weight(self, weight: WeightCell) -> None: ...
    def show_text_tab(self, name: str) -> None: ...


class SandboxView(Protocol):
    """The convolution sandbox."""

    def set_image(self, image: FloatArray | None) -> None: ...
    def set_kernels(self, kernels: Kernels | None) -> None: ...


class BuilderView(Protocol):
    """The builder: the list of layers of the user's design."""

    use_requested: Annotated[SignalLike, str]

    def is_seen(self) -> bool: ...
    def set_data(self, input_shape: tuple[int, int, int], classes: int) -> None: ...


class ArchitecturesView(Protocol):
    """The course's models side by side."""

    open_requested: Annotated[SignalLike, str]
    maps_requested: Annotated[SignalLike, str]

    def set_models(self, models: tuple[ArchitectureSummary, ...]) -> None: ...
    def set_image(self, image: FloatArray | None) -> None: ...
    def set_maps(
        self, key: str, early: tuple[str, FloatArray], middle: tuple[str, FloatArray], late: tuple[str, FloatArray]
    ) -> None: ...
    def clear_maps(self, key: str) -> None: ...


class RunsList(Protocol):
    """The list of runs."""

    seen_changed: Annotated[SignalLike, bool]
    open_requested: Annotated[SignalLike, Path]
    resume_requested: Annotated[SignalLike, Path]
    branch_form_requested: Annotated[SignalLike, Path]
    duplicate_requested: Annotated[SignalLike, Path]
    name_changed: Annotated[SignalLike, Path, str]
    note_changed: Annotated[SignalLike, Path, str]
    delete_requested: Annotated[SignalLike, Sequence[Path]]
    undo_requested: SignalLike
    redo_requested: SignalLike

    def set_runs_dir(self, folder: str) -> None: ...
    def set_runs(self, runs: tuple[RunLine, ...]) -> None: ...
    def set_damaged(self, sentences: tuple[str, ...]) -> None: ...
    def set_shown(self, folder: Path | None) -> None: ...
    def select(self, folders: Sequence[Path]) -> None: ...
    def offer_undo(self, undoable: int, redoable: int, deletions: tuple[bool, bool]) -> None: ...


class RunQuestions(Protocol):
    """Asks for a few numbers before a run is resumed or a branch begins."""

    more_epochs_requested: Annotated[SignalLike, Path, int]
    branch_requested: Annotated[SignalLike, Path, int, Mapping[str, Any]]

    def ask_for_epochs(self, folder: Path, name: str, epochs: int) -> None: ...
    def ask_for_branch(
        self, folder: Path, name: str, step: int, snapshots: Sequence[int], config: TrainConfig
    ) -> None: ...
    def set_name(self, name: str) -> None: ...
    def withdraw(self) -> None: ...


class KernelsView(Protocol):
    """The weights of one layer."""

    layer_selected: Annotated[SignalLike, str]
    weight_selected: Annotated[SignalLike, WeightCell]

    def set_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_kernels(self, kernels: Kernels | None) -> None: ...
    def set_channel(self, channel: int | None) -> None: ...
    def to_png(self, caption: str, dark: bool) -> bytes: ...


class Canvas(Protocol):
    """The drawing canvas."""

    drawing_changed: Annotated[SignalLike, Pixels]

    def raster(self) -> Pixels: ...
    def set_raster(self, raster: Pixels) -> None: ...


class Lens(Protocol):
    """The lens: the image as the model sees it."""

    def set_image(self, image: FloatArray | None) -> None: ...
    def set_steps(self, steps: DigitSteps | None) -> None: ...
    def set_region(self, region: Region | None) -> None: ...
    def set_normalisation(self, used: Normalisation | None) -> None: ...


class PredictionBars(Protocol):
    """The classes with their probabilities."""

    class_selected: Annotated[SignalLike, str]
    as_it_is_requested: SignalLike

    def set_prediction(
        self, prediction: Prediction, truth: str | None = None, refusal: Words = "", readable_as_it_is: bool = False
    ) -> None: ...
    def set_classes(self, classes: tuple[str, ...]) -> None: ...


class Browser(Protocol):
    """The data set's images."""

    sample_selected: Annotated[SignalLike, int]
    split_requested: Annotated[SignalLike, str]
    predictions_requested: SignalLike

    def set_samples(self, images: Pixels, labels: Labels, classes: tuple[str, ...], split: str, title: str) -> None: ...
    def set_predictions(self, predicted: Labels | None) -> None: ...
    def set_loading(self, loading: bool) -> None: ...
    def show_only(self, indices: Labels, words: Words) -> None: ...
    def set_busy(self, fraction: float | None) -> None: ...
    def select(self, index: int) -> object: ...


class PreprocessingView(Protocol):
    """Image size and normalisation, to see and change."""

    reading_asked: Annotated[SignalLike, tuple[int, int], tuple[float, ...], tuple[float, ...]]
    reading_reset: SignalLike

    def set_reading(self, shape: tuple[int, int, int], used: Normalisation, changeable: bool) -> None: ...


class InputView(Protocol):
    """The panel with the input image and the prediction."""

    image_requested: Annotated[SignalLike, str]
    file_options_changed: Annotated[SignalLike, bool]

    @property
    def canvas(self) -> Canvas: ...
    @property
    def browser(self) -> Browser: ...
    @property
    def lens(self) -> Lens: ...
    @property
    def prediction(self) -> PredictionBars: ...
    @property
    def source(self) -> str: ...

    def set_source(self, source: str) -> None: ...
    def set_shown(self, place: str) -> None: ...
    def set_example(self, pixels: Pixels) -> None: ...
    def set_file(self, name: str | None, picture: Pixels | None) -> None: ...
    def set_digit_option(self, offered: bool, on: bool) -> None: ...
    def set_file_refusal(self, sentence: Words) -> None: ...
    def set_known_classes(self, model: str, classes: tuple[str, ...]) -> None: ...


class TrainViews(Protocol):
    """The views of a training."""

    @property
    def train_panel(self) -> TrainView: ...
    @property
    def curves(self) -> Curves: ...
    @property
    def log_view(self) -> LogLines: ...


class TimeViews(Protocol):
    """The views of a run's steps: the timeline and the curves."""

    @property
    def timeline(self) -> TimeView: ...
    @property
    def curves(self) -> Curves: ...


class ExploreViews(Protocol):
    """The views of the network, its input, its arithmetic, and what may be exported of them."""

    @property
    def network_view(self) -> NetworkPicture: ...
    @property
    def kernel_view(self) -> KernelsView: ...
    @property
    def input_panel(self) -> InputView: ...
    @property
    def explain_view(self) -> ExplainPanel: ...
    @property
    def train_panel(self) -> TrainView: ...
    @property
    def curves(self) -> Curves: ...
    @property
    def is_dark(self) -> bool: ...
