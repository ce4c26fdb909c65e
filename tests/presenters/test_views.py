"""Presenters are tested with fakes of the view protocols: every real widget must offer what its protocol says."""

import inspect
from typing import Any, get_type_hints

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.presenters import run_views, views, why_views
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.ui.build.architectures.view import ArchitecturesPage
from cnnviewer.ui.build.view import BuilderPage
from cnnviewer.ui.compare.page import ComparePage
from cnnviewer.ui.compare.runs.view import RunsView
from cnnviewer.ui.compare.sweep.page import SweepPage
from cnnviewer.ui.evaluate.calibration.page import CalibrationPage
from cnnviewer.ui.evaluate.errors_page import ErrorsPage
from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace
from cnnviewer.ui.explore.explain.view import ExplainView
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.mutes_view import MutesView
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.explore.why.channels import ChannelsPage
from cnnviewer.ui.explore.why.flip.page import FlipPage
from cnnviewer.ui.explore.why.history.page import HistoryPage
from cnnviewer.ui.explore.why.maps import MapsPage
from cnnviewer.ui.explore.why.trust.line import TrustLine
from cnnviewer.ui.explore.why.trust.page import TrustPage
from cnnviewer.ui.explore.why.view import WhyView
from cnnviewer.ui.sandbox.page import SandboxPage
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.train.learning.view import LearningView
from cnnviewer.ui.train.log_view import LogView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.window.context_chip import ContextChip
from cnnviewer.ui.window.continue_form import ContinueForm
from cnnviewer.ui.window.input.browser import SampleBrowser
from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.lens import InputLens
from cnnviewer.ui.window.input.panel import InputPanel
from cnnviewer.ui.window.input.prediction import PredictionView
from cnnviewer.ui.window.main_window import MainWindow
from cnnviewer.ui.window.timeline.timeline import TimelineBar
from tests.presenters.fakes import fake, signals

WIDGETS: dict[type, type[QWidget]] = {
    run_views.CompareView: ComparePage,
    run_views.SweepView: SweepPage,
    views.Browser: SampleBrowser,
    views.BuilderView: BuilderPage,
    views.CalibrationView: CalibrationPage,
    views.Canvas: DrawCanvas,
    views.ContextView: ContextChip,
    views.Curves: CurvesView,
    views.ErrorsView: ErrorsPage,
    views.EvaluateView: EvaluateWorkspace,
    views.ExplainPanel: ExplainView,
    views.InputView: InputPanel,
    views.KernelsView: KernelView,
    why_views.FlipView: FlipPage,
    why_views.HistoryView: HistoryPage,
    why_views.MapsView: MapsPage,
    why_views.WhyPanel: WhyView,
    why_views.ChannelsView: ChannelsPage,
    why_views.TrustView: TrustPage,
    why_views.TrustLineView: TrustLine,
    views.ArchitecturesView: ArchitecturesPage,
    views.LearningPicture: LearningView,
    views.Lens: InputLens,
    views.LogLines: LogView,
    views.MutesPanel: MutesView,
    views.NetworkPicture: NetworkView,
    views.PredictionBars: PredictionView,
    views.PreprocessingView: InputPanel,
    views.RunQuestions: ContinueForm,
    views.RunsList: RunsView,
    views.SandboxView: SandboxPage,
    views.TimeView: TimelineBar,
    views.TrainView: TrainPanel,
    views.ExploreViews: MainWindow,
    views.TimeViews: MainWindow,
    views.TrainViews: MainWindow,
    views.UnfamiliarView: PredictionView,
}
QT_TYPES = (bool, int, float, str)


def differences(protocol: type, widget: type) -> list[str]:
    """What the protocol promises and the widget does not keep."""
    found = []
    for name, member in vars(protocol).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            found += _of_method(name, member, getattr(widget, name, None))
    declared = signals(widget)
    for name, carried in signals(protocol).items():
        asked = [kind if kind in QT_TYPES else object for kind in carried]
        if name not in declared:
            found.append(f"no signal {name}")
        elif list(declared[name]) != asked:
            found.append(f"{name} carries {declared[name]}, not {asked}")
    return found


def _of_method(name: str, promised: Any, offered: Any) -> list[str]:
    if not callable(offered):
        return [f"no method {name}"]
    asked = list(inspect.signature(promised).parameters.values())
    given = list(inspect.signature(offered).parameters.values())
    if [each.name for each in asked] != [each.name for each in given[: len(asked)]]:
        return [f"{name} takes {[each.name for each in given]}, not {[each.name for each in asked]}"]
    empty = inspect.Parameter.empty
    needed = [each.name for each in given[len(asked) :] if each.default is empty]
    needed += [a.name for a, g in zip(asked, given, strict=False) if a.default is not empty and g.default is empty]
    return [f"{name} needs {needed}"] if needed else []


def protocols() -> list[type]:
    return [
        kind
        for module in (views, run_views, why_views)
        for kind in vars(module).values()
        if getattr(kind, "_is_protocol", False) and kind.__module__ == module.__name__
    ]


def part_kinds(protocol: type) -> dict[str, type]:
    """What kind each property of the protocol has."""
    properties = {name: member for name, member in vars(protocol).items() if isinstance(member, property)}
    return {name: get_type_hints(member.fget)["return"] for name, member in properties.items()}


def test_every_protocol_has_its_widget() -> None:
    assert set(protocols()) == set(WIDGETS)


@pytest.mark.parametrize("protocol", protocols(), ids=lambda protocol: protocol.__name__)
def test_a_widget_has_the_methods_and_signals_of_its_protocol(protocol: type) -> None:
    assert differences(protocol, WIDGETS[protocol]) == []


def test_the_parts_of_the_input_panel_are_the_widgets_of_their_protocols(qtbot: QtBot) -> None:
    panel = InputPanel()
    qtbot.addWidget(panel)
    for name, part in part_kinds(views.InputView).items():
        assert isinstance(getattr(panel, name), WIDGETS.get(part, part)), name


def test_the_parts_of_the_window_are_the_widgets_of_their_protocols(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    for group in (views.ExploreViews, views.TimeViews, views.TrainViews):
        for name, part in part_kinds(group).items():
            assert isinstance(getattr(window, name), WIDGETS.get(part, part)), name


def test_a_renamed_method_another_argument_and_another_signal_are_differences() -> None:
    class Renamed(TimelineBar):
        set_timeline = None  # type: ignore[assignment]

        def set_place(self, facts: object) -> None: ...  # type: ignore[override]

        def set_playing(self, playing: bool, since: float) -> None: ...  # type: ignore[override]

    assert differences(views.TimeView, Renamed) == [
        "no method set_timeline",
        "set_place takes ['self', 'facts'], not ['self', 'facts', 'at_now']",
        "set_playing needs ['since']",
    ]
    assert "no signal step_chosen" in differences(views.TimeView, LogView)


# the fakes themselves


def test_a_fake_takes_only_the_calls_that_its_protocol_takes() -> None:
    bar = fake(views.TimeView)
    bar.set_place(None, at_now=True)
    assert bar.last("set_place") == (None, True)
    assert bar.count("set_playing") == 0
    with pytest.raises(TypeError, match="missing a required argument"):
        bar.set_place(None)
    with pytest.raises(TypeError, match="too many"):
        bar.set_playing(True, True)
    with pytest.raises(AttributeError, match="set_position"):
        bar.set_position(1)
    with pytest.raises(AssertionError, match="set_position is not a method"):
        bar.count("set_position")
    with pytest.raises(AssertionError, match="set_playing was never called"):
        bar.last("set_playing")


def test_a_fake_s_signals_are_qt_s_and_carry_what_the_protocol_says() -> None:
    bar = fake(views.TimeView)
    heard: list[object] = []
    bar.mark_requested.connect(lambda words, drawn: heard.append((words, drawn)))
    bar.mark_requested.emit("first", True)
    assert heard == [("first", True)]
    with pytest.raises(TypeError, match="needs 2 argument"):
        bar.mark_requested.emit("first")


def test_a_fake_of_a_presenter_has_its_methods_signals_and_attributes() -> None:
    selection = fake(SelectionPresenter, refusal=None, loading=True, where=lambda key: key.upper())
    assert selection.where("mnist") == "MNIST"
    assert selection.loading is True
    selection.ready.emit()
    with pytest.raises(TypeError, match="only accepts 0 argument"):
        selection.ready.emit(1)
    with pytest.raises(AttributeError, match="has no \\['busy'\\]"):
        fake(SelectionPresenter, busy=True)
