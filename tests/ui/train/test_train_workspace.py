"""Train: one large button at a time, curves or log, what it is learning where there is room; calm in every state."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.core.training.steering import ShownRun, Situation, steer
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.train.log_view import LogView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.train.workspace import TrainWorkspace
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.text_size import grown, text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import LIGHT, theme
from tests.screens.placing import controls_on, crowded

STOPPED = ShownRun("LeNet on MNIST", 12_345, 10, 1, "stopped")
FINISHED = ShownRun("LeNet on MNIST", 17_190, 10, 10, "finished")
STATES = {
    "empty": Situation(),
    "preparing": Situation("preparing", run=STOPPED),
    "running": Situation("running", run=STOPPED),
    "paused": Situation("paused", run=STOPPED),
    "stopping": Situation("stopping", run=STOPPED),
    "stopped": Situation(run=STOPPED),
    "finished": Situation(run=FINISHED, epochs=10),
    "past": Situation(run=FINISHED, shown_step=12_345),
    "another model": Situation(run=ShownRun("LeNet on MNIST", 87, 3, 1, "stopped", chosen=False)),
}


class Train(TrainWorkspace):
    """The workspace with its parts at hand."""

    def __init__(self) -> None:
        self.panel, self.curves, self.log = TrainPanel(), CurvesView(), LogView()
        super().__init__(self.panel, self.curves, self.log)

    def enter(self, state: str) -> None:
        self.panel.set_steering(steer(STATES[state]))
        if state != "empty":
            log = MetricLog()
            for step in range(1, 20):
                log.add_step(StepDone(step, 1, step, 2.0 / step, 16, 32, 0.01, 0.0, step))
            self.curves.set_log(log)
            self.panel.set_progress(TrainProgress(1, 10, 12_345, 17_190, 8000.0, 60.0))
        QApplication.processEvents()

    def drawn(self) -> dict[str, QPushButton]:
        return {key: button for key, button in self.panel.buttons.by_key.items() if button.isVisible()}


@pytest.fixture
def train(qtbot: QtBot) -> Iterator[Train]:
    made = Train()
    qtbot.addWidget(made)
    made.panel.set_config(TrainConfig())
    made.resize(1208, 740)
    made.show()
    yield made
    use_language("en")


@pytest.mark.parametrize(
    ("state", "large", "beside"),
    [
        ("empty", "train", {"step"}),
        ("preparing", "pause", {"step", "stop"}),
        ("running", "pause", {"step", "stop"}),
        ("paused", "pause", {"step", "stop"}),
        ("stopping", "pause", {"step", "stop"}),
        ("stopped", "resume_run", {"step", "train"}),
        ("finished", "resume_run", {"step", "train"}),
        ("past", "branch", {"resume_run", "train"}),
        ("another model", "train", {"step", "resume_run"}),
    ],
)
def test_one_button_is_large_and_few_stand_beside_it(train: Train, state: str, large: str, beside: set[str]) -> None:
    train.enter(state)
    drawn = train.drawn()
    assert set(drawn) == {large, *beside}
    assert [key for key, button in drawn.items() if button.property("primary")] == [large]
    assert all(drawn[large].width() >= drawn[key].width() for key in beside)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("state", STATES)
def test_no_word_on_a_button_is_cut(train: Train, state: str, language: str) -> None:
    use_language(language)
    train.enter(state)
    for key, button in train.drawn().items():
        assert button.width() >= button.minimumSizeHint().width(), (key, button.text())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [868, 1208, 1688])
def test_in_every_state_few_controls_stand_on_the_stage(train: Train, state: str, width: int) -> None:
    train.resize(width, 560 if width < 1000 else 800)
    train.enter(state)
    assert crowded(train, "train") == []
    assert len(controls_on(train)) >= 10


def test_before_the_first_training_one_sentence_and_a_button_stand_in_place_of_empty_plots(
    train: Train, qtbot: QtBot
) -> None:
    train.enter("empty")
    assert not train.curves.loss_plot.isVisible()
    assert train.findChild(QWidget, "curvesEmpty").isVisible()
    with qtbot.waitSignal(train.panel.train_requested):
        qtbot.mouseClick(train.findChild(QPushButton, "curvesEmptyButton"), Qt.MouseButton.LeftButton)
    train.enter("running")
    assert train.curves.loss_plot.isVisible()
    assert not train.findChild(QWidget, "curvesEmpty").isVisible()


def test_the_log_is_one_click_away_and_so_are_the_curves(train: Train, qtbot: QtBot) -> None:
    train.enter("running")
    for name, log in (("trainLogButton", True), ("trainCurvesButton", False)):
        qtbot.mouseClick(train.findChild(QWidget, name), Qt.MouseButton.LeftButton)
        assert train.log.isVisible() == log
        assert train.curves.loss_plot.isVisible() == train.curves.bar.isVisible() == (not log)


def test_what_it_is_learning_is_shown_smaller_or_folded_where_there_is_little_room(train: Train, qtbot: QtBot) -> None:
    fold = train.findChild(QToolButton, "learningFoldButton")
    strip = grown(40)
    for width, taken in ((1200, 300), (1134, 220), (1079, strip), (668, strip), (1134, 220)):
        train.resize(width, 740)
        assert (train.learning.isVisible(), train.learning.width(), train.learning.seen) == (True, taken, taken > 40)
    train.resize(1000, 740)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        train.learning.grab()
    assert [text.text for text in texts] == ["What it is learning"]
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert (train.learning.width(), train.learning.seen) == (220, True)
    train.resize(990, 740)
    assert train.learning.seen, "whoever unfolded it wants to see it"


def test_the_settings_keep_their_width_while_the_window_grows(train: Train) -> None:
    train.resize(1900, 900)
    assert train.panel.width() == 280
    assert train.curves.width() > 1000


def test_fields_keep_room_for_larger_letters(train: Train, qtbot: QtBot) -> None:
    before = text_pixels()
    theme().use(LIGHT)  # its style sheet has least heights for letters of the usual size
    try:
        use_text_pixels(32)
        train.resize(1400, 700)
        combo = train.findChild(QWidget, "modelCombo")
        qtbot.waitUntil(lambda: combo.height() >= 32)
        assert train.panel.width() > 400
        QApplication.processEvents()
        train.resize(1006, 620)
        assert train.panel.width() <= 0.5 * train.width(), "nothing lies over the curves"
        assert train.panel.geometry().right() < train.curves.mapTo(train, QPoint()).x()
        inside = train.panel.findChild(QScrollArea)
        room = inside.viewport().width()
        assert inside.widget().width() - 10 <= room, "no field is cut, only what is kept free for the scroll bar"
        assert all(button.height() >= 32 for button in train.drawn().values())
    finally:
        use_text_pixels(before)


@pytest.mark.parametrize("percent", [150, 200, 250])
def test_curves_stay_high_enough_to_be_read_in_larger_letters(train: Train, qtbot: QtBot, percent: int) -> None:
    before = text_pixels()
    try:
        use_text_pixels(before * percent / 100)
        train.resize(1134, 600)
        train.enter("finished")
        qtbot.waitUntil(lambda: train.curves.loss_plot.height() >= grown(120))
        for plot in (train.curves.loss_plot, train.curves.accuracy_plot):
            assert plot.view.height() >= 80
    finally:
        use_text_pixels(before)


def test_the_card_whose_plot_has_the_keys_shows_it(train: Train, qtbot: QtBot) -> None:
    train.enter("running")
    train.activateWindow()
    for plot, other in (
        (train.curves.loss_plot, train.curves.accuracy_plot),
        (train.curves.accuracy_plot, train.curves.loss_plot),
    ):
        plot.setFocus()
        qtbot.waitUntil(plot.hasFocus)
        assert plot.parentWidget().property("focused")
        assert not other.parentWidget().property("focused")


def test_in_large_text_buttons_without_room_beside_one_another_stand_below_one_another(train: Train) -> None:
    before = text_pixels()
    try:
        use_text_pixels(32.5)
        train.resize(1134, 700)
        train.enter("past")
        QApplication.processEvents()
        shown = list(train.drawn().values())
        assert len({button.y() for button in shown}) == len(shown) == 3
        assert all(button.width() >= button.sizeHint().width() for button in shown[1:])
    finally:
        use_text_pixels(before)
