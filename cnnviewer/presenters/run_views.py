"""What the presenters of comparing and sweeping need of their pages, as `views` says it of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.inspection.records import Kernels, Prediction
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.runs.compare import Compared, Verdicts
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.core.runs.sweep import SweepRow
from cnnviewer.core.runs.sweep_wish import SweepNow
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.views import Pixels, SignalLike

# ruff: noqa: D102 - each method is documented where a widget defines it


class CompareView(Protocol):
    """Runs, or moments of runs, side by side."""

    runs_wanted: SignalLike
    add_requested: SignalLike
    remove_requested: SignalLike
    moment_requested: SignalLike
    layer_selected: SignalLike
    judge_requested: SignalLike
    judge_cancelled: SignalLike
    image_requested: SignalLike
    curves_written: SignalLike
    table_wanted: SignalLike

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None: ...
    def set_columns(self, columns: tuple[Compared, ...]) -> None: ...
    def set_predictions(self, predictions: Mapping[int, Prediction], truth: str | None) -> None: ...
    def set_layers(self, layers: tuple[str, ...], current: str) -> None: ...
    def set_kernels(self, kernels: Mapping[int, Kernels | None]) -> None: ...
    def set_images(self, images: Pixels) -> None: ...
    def set_verdicts(self, verdicts: Verdicts | None) -> None: ...
    def set_judging(self, fraction: float | None) -> None: ...
    def set_judging_problem(self, sentence: str) -> None: ...


class SweepView(Protocol):
    """A sweep: its form, its table and its plot."""

    wish_changed: SignalLike
    start_requested: SignalLike
    continue_requested: SignalLike
    pause_requested: SignalLike
    resume_requested: SignalLike
    stop_requested: SignalLike
    sweep_selected: SignalLike
    run_selected: SignalLike
    table_wanted: SignalLike

    def set_models(self, models: tuple[ModelInfo, ...]) -> None: ...
    def set_sources(self, sources: tuple[DataSource, ...]) -> None: ...
    def set_base(self, config: TrainConfig) -> None: ...
    def set_plan(self, count: int, seconds: float | None, problems: Mapping[str, str]) -> None: ...
    def set_sweeps(self, names: tuple[str, ...], current: str) -> None: ...
    def set_rows(self, rows: tuple[SweepRow, ...], best: SweepRow | None) -> None: ...
    def set_now(self, now: SweepNow, training: bool) -> None: ...
