"""Views without widgets: signals that call at once, and a record of every value they were given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnviewer.core.training.config import TrainConfig


class FakeSignal:
    """Connect and emit, at once and on the same thread."""

    def __init__(self) -> None:
        self._slots: list[Callable[..., object]] = []

    def connect(self, slot: Callable[..., object]) -> None:
        self._slots.append(slot)

    def emit(self, *values: object) -> None:
        for slot in self._slots:
            slot(*values)


class FakeView:
    """Any view: a setter's last arguments are read with `last("set_x")`, how often with `count("set_x")`."""

    signals: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        for name in self.signals:
            setattr(self, name, FakeSignal())

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)

        def record(*values: Any, **named: Any) -> None:
            self.calls.append((name, (*values, *named.values())))

        return record

    def last(self, name: str) -> Any:
        for called, values in reversed(self.calls):
            if called == name:
                return values[0] if len(values) == 1 else values
        raise AssertionError(f"{name} was never called; only {sorted({called for called, _ in self.calls})}")

    def count(self, name: str) -> int:
        return sum(called == name for called, _ in self.calls)


class FakePanel(FakeView):
    signals = (
        "model_selected",
        "dataset_selected",
        "train_requested",
        "step_requested",
        "pause_requested",
        "resume_requested",
        "stop_requested",
        "continue_requested",
        "branch_requested",
        "config_changed",
        "learning_rate_changed",
        "momentum_changed",
        "download_requested",
        "download_cancelled",
    )

    def __init__(self) -> None:
        super().__init__()
        self.chosen = TrainConfig()

    def set_config(self, config: TrainConfig) -> None:
        self.chosen = config
        self.calls.append(("set_config", (config,)))

    def config(self) -> TrainConfig:
        return self.chosen


class FakeNetwork(FakeView):
    signals = ("cell_hovered", "cell_selected")


class FakeKernels(FakeView):
    signals = ("layer_selected",)


class FakeCanvas(FakeView):
    signals = ("drawing_changed",)

    def raster(self) -> np.ndarray:
        return np.zeros((280, 280), np.uint8)


class FakeBrowser(FakeView):
    signals = ("sample_selected", "split_requested", "predictions_requested")


class FakeInputs(FakeView):
    signals = ("source_changed", "image_requested", "file_options_changed")

    def __init__(self) -> None:
        super().__init__()
        self.canvas = FakeCanvas()
        self.browser = FakeBrowser()
        self.lens = FakeView()
        self.prediction = FakeView()


class FakeTimeBar(FakeView):
    signals = (
        "step_chosen",
        "earlier_wished",
        "later_wished",
        "first_wished",
        "best_wished",
        "now_wished",
        "play_toggled",
        "speed_changed",
        "loop_toggled",
        "by_epoch_toggled",
        "mark_wished",
        "mark_removal_wished",
        "drawing_wished",
        "film_cancelled",
    )


class FakeCurves(FakeView):
    signals = ("step_chosen",)


class FakeEvaluation(FakeView):
    signals = ("seen_changed", "all_wished", "cell_chosen")
