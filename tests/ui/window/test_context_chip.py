"""The context chip says what is on the screen, in words, by a sign, and to readers of the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.context import Context
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.window.context_chip import ContextChip


class Home(QWidget):
    """A window with room for long names; another button has the keyboard at first."""

    def __init__(self) -> None:
        super().__init__()
        self.beside = QPushButton("beside")
        self.chip = ContextChip()
        row = QHBoxLayout(self)
        row.addWidget(self.beside)
        row.addWidget(self.chip)
        row.addStretch(1)


@pytest.fixture
def home(qtbot: QtBot) -> Home:
    home = Home()
    qtbot.addWidget(home)
    home.resize(900, 60)
    home.show()
    qtbot.waitExposed(home)
    home.beside.setFocus()
    return home


@pytest.fixture
def chip(home: Home) -> ContextChip:
    return home.chip


@pytest.mark.parametrize(
    ("context", "words"),
    [
        (Context("LeNet", "MNIST", "bundled", accuracy=0.9947), "LeNet · MNIST · bundled, 99.47 %"),
        (Context("SimpleCNN", "CIFAR-10", "bundled", accuracy=0.836), "SimpleCNN · CIFAR-10 · bundled, 83.6 %"),
        (
            Context("LeNet", "Built-in digits", "bundled", learned="MNIST"),
            "LeNet · Built-in digits · bundled, trained on MNIST",
        ),
        (Context("LeNet", "MNIST", "bundled"), "LeNet · MNIST · bundled"),
        (Context("LeNet", "MNIST", "untrained"), "LeNet · MNIST · untrained"),
        (Context("VGG16", "CIFAR-10", "imagenet"), "VGG16 · CIFAR-10 · trained on ImageNet"),
        (Context("LeNet", "MNIST", "file", name="my.pt"), "LeNet · MNIST · file my.pt"),
        (Context("LeNet", "MNIST", "run", name="rate 0.05", step=4800), "LeNet · MNIST · run “rate 0.05”, step 4,800"),
        (Context("LeNet", "MNIST", "run", step=25), "LeNet · MNIST · run, step 25"),
        (
            Context("Net", "CIFAR-10", "run", step=172, learned="MNIST", muted=1),
            "Net · CIFAR-10 · run, step 172, trained on MNIST · 1 channel muted",
        ),
        (Context("LeNet", "MNIST", "training", step=320), "LeNet · MNIST · training, step 320"),
        (Context("LeNet", "MNIST", "training", step=3, paused=True), "LeNet · MNIST · training paused, step 3"),
        (
            Context("LeNet", "MNIST", "run", step=3, newest=False, training=True, paused=True),
            "LeNet · MNIST · run, step 3 · training paused",
        ),
        (Context("LeNet", "MNIST", "trained"), "LeNet · MNIST · trained"),
        (Context("LeNet", "CIFAR-10", "untrained", loaded=False), "LeNet · CIFAR-10 (not loaded) · untrained"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_says_what_is_on_the_screen(chip: ContextChip, context: Context, words: str) -> None:
    chip.set_context(context)
    assert chip.text() == words
    assert chip.accessibleName() == words
    assert chip.toolTip().startswith(words)


def test_an_ampersand_is_shown_and_is_no_shortcut(chip: ContextChip) -> None:
    chip.set_context(Context("LeNet", "cats & dogs", "untrained"))
    assert chip.accessibleName() == "LeNet · cats & dogs · untrained"
    assert chip.shortcut().isEmpty()


def painted(chip: ContextChip, qtbot: QtBot) -> list[PaintedText]:
    qtbot.waitUntil(lambda: chip.width() == min(chip.sizeHint().width(), chip.maximumWidth()))
    found: list[PaintedText] = []
    with record_texts(found.append):
        chip.grab()
    return found


def test_model_and_data_stand_before_the_weights_each_with_its_whole_text(chip: ContextChip, qtbot: QtBot) -> None:
    chip.set_context(Context("LeNet", "MNIST", "bundled", accuracy=0.9947))
    subject, weights = painted(chip, qtbot)
    assert (subject.text, weights.text) == ("LeNet · MNIST", "bundled, 99.47 %")
    assert subject.covers.right() <= weights.covers.left()


def test_without_room_the_end_gives_way_first_after_a_word_and_the_tool_tip_has_it_whole(
    chip: ContextChip, qtbot: QtBot
) -> None:
    chip.set_context(Context("LeNet", "MNIST", "bundled", accuracy=0.9947))
    chip.setMaximumWidth(chip.sizeHint().width() - 8)
    subject, weights = painted(chip, qtbot)
    assert (subject.text, weights.text) == ("LeNet · MNIST", "bundled…")
    chip.set_context(Context("A model of a very long name", "MNIST", "file", name="weights of yesterday evening.pt"))
    chip.setMaximumWidth(260)
    subject, weights = painted(chip, qtbot)
    assert "A model of a very long name · MNIST".startswith(subject.text.removesuffix("…"))
    assert weights.text == "file…"
    assert weights.covers.right() <= chip.width()
    assert "A model of a very long name · MNIST · file weights of yesterday evening.pt" in chip.toolTip()


@pytest.mark.parametrize(
    ("context", "sign"),
    [
        (Context("LeNet", "MNIST", "bundled"), "good"),
        (Context("LeNet", "MNIST", "untrained"), "muted"),
        (Context("LeNet", "MNIST", "run", step=3, newest=False), "highlight"),
        (Context("LeNet", "MNIST", "run", step=3), "good"),
    ],
    ids=["bundled", "untrained", "the past", "the newest"],
)
def test_a_coloured_sign_tells_trained_untrained_and_past_apart(chip: ContextChip, context: Context, sign: str) -> None:
    chip.set_context(context)
    image = chip.grab().toImage()
    ratio, colour = image.devicePixelRatio(), theme().color(sign)
    left = [
        image.pixelColor(x, y)
        for x in range(int(14 * ratio), int(23 * ratio))
        for y in range(image.height() // 3, 2 * image.height() // 3)
    ]
    nearest = min(
        abs(c.red() - colour.red()) + abs(c.green() - colour.green()) + abs(c.blue() - colour.blue()) for c in left
    )
    assert nearest < 60


def test_a_step_of_the_past_is_explained(chip: ContextChip) -> None:
    chip.set_context(Context("LeNet", "MNIST", "run", step=3, newest=False))
    assert "An earlier step of this run" in chip.toolTip()


def test_it_says_what_is_being_prepared_until_it_is_there(chip: ContextChip) -> None:
    chip.set_context(Context("LeNet", "MNIST", "bundled"))
    before = chip.grab().toImage()
    chip.set_busy("Loading the data set…")
    assert "Loading the data set…" in chip.toolTip()
    assert chip.text() == "LeNet · MNIST · bundled"
    assert chip.grab().toImage() != before
    chip.set_busy("")
    assert "Loading" not in chip.toolTip()
    assert chip.grab().toImage() == before


def test_it_asks_for_choices_when_it_is_clicked_and_builds_them_then(chip: ContextChip, qtbot: QtBot) -> None:
    chip.set_context(Context("LeNet", "MNIST", "untrained"))
    assert chip.popover is None
    with qtbot.waitSignal(chip.opened):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chip.popover is not None
    assert chip.popover.isVisible()
    chip.popover.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_the_keyboard_reaches_it_and_opens_it(chip: ContextChip, qtbot: QtBot, key: Qt.Key) -> None:
    chip.set_context(Context("LeNet", "MNIST", "untrained"))
    before = chip.grab().toImage()
    chip.setFocus()
    assert chip.grab().toImage() != before  # it has a ring
    qtbot.keyClick(chip, key)
    assert chip.popover is not None
    assert chip.popover.isVisible()
    chip.popover.close()
