"""View protocols of the comparison and sweep pages, see `views` for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Protocol

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.runs.compare.comparison import ComparedRun, SnapshotChoice
from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.core.runs.sweep.request import SweepProgress, SweepRequest
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.wording import Words
from cnnviewer.presenters.views import Pixels, SignalLike

# ruff: noqa: D102 - each method is documented where a widget defines it


class CompareView(Protocol):
    """Runs, or snapshots of runs, side by side."""

    add_requested: Annotated[SignalLike, Sequence[Path]]
    remove_requested: Annotated[SignalLike, int]
    move_requested: Annotated[SignalLike, int, int]
    snapshot_requested: Annotated[SignalLike, int, SnapshotChoice]
    layer_selected: Annotated[SignalLike, str]
    map_layer_selected: Annotated[SignalLike, str]
    maps_seen_changed: Annotated[SignalLike, bool]
    evaluate_requested: SignalLike
    evaluate_cancelled: SignalLike
    image_requested: Annotated[SignalLike, int]
    curves_written: Annotated[SignalLike, str, bytes]
    table_requested: Annotated[SignalLike, str]

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None: ...
    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None: ...
    def set_predictions(self, predictions: Mapping[int, Prediction], truth: str | None) -> None: ...
    def set_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_kernels(self, kernels: Mapping[int, Kernels | None]) -> None: ...
    def set_map_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_maps(self, maps: Mapping[int, ComparedMaps | None]) -> None: ...
    def set_images(self, images: Pixels) -> None: ...
    def set_test_predictions(self, predictions: ModelPredictions | None) -> None: ...
    def set_evaluating(self, fraction: float | None) -> None: ...
    def set_evaluation_obstacle(self, sentence: Words) -> None: ...
    def set_evaluation_error(self, sentence: Words) -> None: ...


class SweepView(Protocol):
    """A sweep: its form, its table and its plot."""

    request_changed: Annotated[SignalLike, SweepRequest]
    start_requested: Annotated[SignalLike, SweepRequest]
    continue_requested: SignalLike
    pause_requested: SignalLike
    resume_requested: SignalLike
    stop_requested: SignalLike
    sweep_selected: Annotated[SignalLike, str]
    run_selected: Annotated[SignalLike, Path]
    table_requested: Annotated[SignalLike, str]

    def set_models(self, models: tuple[ModelInfo, ...]) -> None: ...
    def set_sources(self, sources: tuple[DataSource, ...]) -> None: ...
    def set_base(self, config: TrainConfig) -> None: ...
    def set_usual(self, config: TrainConfig) -> None: ...
    def set_plan(self, count: int, seconds: float | None, problems: Mapping[str, Words]) -> None: ...
    def set_sweeps(self, titles: Mapping[str, str], current: str) -> None: ...
    def set_rows(self, rows: tuple[SweepRow, ...], best: tuple[SweepRow, ...]) -> None: ...
    def set_now(self, now: SweepProgress, training: bool) -> None: ...
