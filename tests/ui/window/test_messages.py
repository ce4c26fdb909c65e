"""Messages float over the stage, stack, and go when they are no longer needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.app.notifications import Notifications
from cnnviewer.core.errors import UserError
from cnnviewer.presenters.action_message import Action, ActionMessage
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.window import messages as module
from cnnviewer.ui.window.free_place import free_place
from cnnviewer.ui.window.message_card import MessageCard
from cnnviewer.ui.window.messages import Messages
from tests.patience import wait_until

LONG = "The training has finished after many epochs, and this sentence says so in more words than one line takes. "


@dataclass
class Window:
    whole: QWidget
    stage: QLineEdit
    messages: Messages

    @property
    def shown(self) -> list[MessageCard]:
        """Cards that are visible, the newest lowest."""
        cards = [card for card in self.messages.findChildren(MessageCard) if card.isVisible()]
        return sorted(cards, key=lambda card: card.y())

    def button(self, name: str = "messageAction", card: int = -1) -> QWidget:
        found = self.shown[card].findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return found


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    whole = QWidget()
    stage, below = QLineEdit(), QWidget()
    below.setFixedHeight(40)
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(stage, 1)
    column.addWidget(below)
    stage.setSizePolicy(stage.sizePolicy().Policy.Expanding, stage.sizePolicy().Policy.Expanding)
    messages = Messages()
    messages.stand_over(stage)
    whole.resize(900, 640)
    qtbot.addWidget(whole)
    whole.show()
    qtbot.waitExposed(whole)
    return Window(whole, stage, messages)


@pytest.fixture
def own_font() -> Iterator[None]:
    """What a test does to the size of text ends with it."""
    before = QFont(QApplication.font())
    yield
    QApplication.setFont(before)


def test_a_message_floats_at_the_lower_right_and_moves_nothing(window: Window) -> None:
    before = window.stage.geometry()
    window.messages.show_message(LONG * 2, "success")
    assert window.stage.geometry() == before
    assert window.messages.geometry().right() == 900 - 16 - 1
    assert window.messages.geometry().bottom() == 600 - 16 - 1
    assert window.messages.width() == 420
    (card,) = window.shown
    assert card.height() > 3 * card.fontMetrics().lineSpacing()  # it is wrapped


def test_it_follows_the_stage(window: Window) -> None:
    window.messages.show_message(LONG, "error")
    window.whole.resize(1200, 500)
    assert window.messages.geometry().right() == 1200 - 16 - 1
    assert window.messages.geometry().bottom() == 460 - 16 - 1
    window.whole.resize(320, 500)
    assert window.messages.geometry().left() == 16
    assert window.messages.geometry().right() == 320 - 16 - 1


def test_two_stand_at_once_and_older_ones_are_behind_a_button(window: Window) -> None:
    for number in range(5):
        window.messages.show_message(f"Error {number}", "error")
    assert [card.sentence for card in window.shown] == ["Error 3", "Error 4"]
    more = window.messages.findChild(QWidget, "moreMessages")
    assert more is not None
    assert more.property("text") == "+3 more messages"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert [card.sentence for card in window.shown] == [f"Error {number}" for number in range(5)]
    for _ in range(3):
        window.messages.dismiss()
    assert [card.sentence for card in window.shown] == ["Error 0", "Error 1"]
    assert not more.isVisible()


def test_no_more_stand_than_the_stage_has_room_for(window: Window) -> None:
    window.whole.resize(900, 40 + 32 + 60)
    for number in range(3):
        window.messages.show_message(f"Error {number}", "error")
    assert [card.sentence for card in window.shown] == ["Error 2"]


def test_good_news_and_offers_with_another_place_go_once_another_workspace_is_shown_and_questions_stay(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PASSING_MS", 1)
    window.messages.show_message("Training finished.", "success", ["Compare"], passing=False)
    window.messages.show_message("A run was interrupted.", "info", ["Continue"], passing=False, elsewhere=True)
    window.messages.show_message("Read a stranger's data?", "info", ["Read them"], passing=False)
    assert not any(card.passes for card in window.shown)
    window.messages.on_workspace_shown(waits=True)
    qtbot.waitUntil(lambda: [card.sentence for card in window.shown] == ["Read a stranger's data?"])
    assert not window.shown[0].passes


@pytest.mark.parametrize("waits", [True, False], ids=["in Train", "in Build, whose buttons it covers"])
def test_the_end_of_a_training_waits_for_an_answer_only_where_trainings_are_watched(
    window: Window, waits: bool
) -> None:
    window.messages.on_workspace_shown(waits)
    window.messages.show_message("Training finished.", "success", ["Compare"], passing=False)
    assert window.shown[0].passes is not waits


def test_good_news_go_and_errors_and_offers_stay(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PASSING_MS", 1)
    monkeypatch.setattr(module, "PASSING_WITH_ACTIONS_MS", 1)
    messages = window.messages
    messages.show_message("Something is wrong.", "error")
    messages.show_message("A run was interrupted.", "info", ["Continue"])
    messages.show_message("a.png is written.", "success", ["Show file"], passing=True)
    messages.show_message("It is done.", "success")
    qtbot.waitUntil(lambda: messages.sentences == ("Something is wrong.", "A run was interrupted."))


def test_what_is_read_at_a_glance_goes_sooner(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    stays: list[int] = []
    monkeypatch.setattr(MessageCard, "pass_after", lambda _card, milliseconds: stays.append(milliseconds))
    window.messages.show_message("LeNet on MNIST is on the screen.", "info")
    window.messages.show_message("The digits of the drawing are read one after another. " * 3, "info")
    assert stays == [3000, 6000]


def test_nothing_goes_while_the_pointer_is_on_a_message(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PASSING_MS", 20)
    messages = window.messages
    messages.show_message("It is done.", "success")
    at = QPointF(5, 5)
    QApplication.sendEvent(messages, QEnterEvent(at, at, at))
    with qtbot.assertNotEmitted(messages.closed, wait=60):
        pass
    QApplication.sendEvent(messages, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: messages.sentences == ())
    assert messages.isHidden()


def test_the_same_message_stands_there_once_and_as_the_newest(window: Window) -> None:
    for sentence in ("a is gone.", "b is gone.", "a is gone."):
        window.messages.show_message(sentence, "error")
    assert window.messages.sentences == ("b is gone.", "a is gone.")


def test_esc_closes_the_message_that_has_the_focus_and_the_stage_gets_it(window: Window) -> None:
    for number in range(2):
        window.messages.show_message(f"Error {number}", "error")
    window.button("messageClose", 0).setFocus()
    QTest.keyClick(window.button("messageClose", 0), Qt.Key.Key_Escape)
    assert window.messages.sentences == ("Error 1",)
    assert window.stage.hasFocus()


def test_every_message_is_announced_and_errors_at_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []

    class Accessible:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            said.append((event.message(), event.politeness().name))

    monkeypatch.setattr(module, "QAccessible", Accessible)
    window.messages.show_message("It is done.", "success")
    window.messages.show_message("Something is wrong.", "error")
    assert said == [("Done: It is done.", "Polite"), ("Error: Something is wrong.", "Assertive")]
    assert window.shown[1].accessibleDescription() == "Something is wrong."


def test_buttons_that_have_no_room_beside_one_another_stand_below_one_another(window: Window) -> None:
    window.messages.show_message("Finished.", "success", ["See", "Play", "Compare"])
    tops = {window.button(name).y() for name in ("messageAction", "messageAction1", "messageAction2")}
    assert len(tops) == 1
    window.messages.show_message(
        "Finished.", "info", ["A button with many words on it", "And another one of them", "X"]
    )
    tops = {window.button(name).y() for name in ("messageAction", "messageAction1", "messageAction2")}
    assert len(tops) == 3
    assert window.button().geometry().right() < window.shown[-1].width()


@pytest.mark.usefixtures("own_font")
def test_with_larger_letters_a_message_takes_the_room_that_it_needs(window: Window, qtbot: QtBot) -> None:
    window.messages.show_message(LONG, "success", ["See the 322 wrong", "Play the run", "Compare"])
    before = window.messages.height()
    use_text_pixels(2 * text_pixels())
    (card,) = window.shown
    label = max(card.findChildren(QLabel), key=lambda each: len(each.text()))
    names = ("messageAction", "messageAction1", "messageAction2")

    def has_room() -> bool:
        buttons = [window.button(name) for name in names]
        wide = all(button.width() >= button.sizeHint().width() for button in buttons)
        high = all(button.height() >= button.sizeHint().height() for button in buttons)
        return wide and high and label.height() >= label.heightForWidth(label.width())

    qtbot.waitUntil(lambda: window.messages.height() > before and has_room())
    assert window.messages.geometry().bottom() == 600 - 16 - 1
    assert window.messages.width() > 420


# what is said, and when it goes


@pytest.fixture
def told(window: Window) -> Notifications:
    return Notifications(window.messages, window.whole)


def test_an_error_goes_with_its_cause_and_others_stay(window: Window, told: Notifications) -> None:
    gone = UserError("{file} is gone.", file="a.png")
    told.show_error(gone)
    told.show_error(UserError("{file} is gone.", file="b.png"))
    told.withdraw_error(UserError("{file} is gone.", file="a.png"))
    assert window.messages.sentences == ("b.png is gone.",)


def test_each_button_does_what_it_says_and_takes_the_message_away(window: Window, told: Notifications) -> None:
    done: list[str] = []
    for taken in (0, 1):
        more = (Action("Play", lambda: done.append("play")),)
        told.show_action(ActionMessage("Finished.", "See", lambda: done.append("see"), "success", more))
        told.show_info("Something else.")
        QTest.mouseClick(window.button(("messageAction", "messageAction1")[taken], 0), Qt.MouseButton.LeftButton)
        assert window.messages.sentences == ("Something else.",)
        window.messages.dismiss()
    assert done == ["see", "play"]


def test_what_was_written_can_be_shown_where_it_lies(
    window: Window, told: Notifications, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "cnnviewer.app.notifications.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    told.show_written("curves.png is written.", tmp_path / "curves.png")
    assert window.button().property("text") == "Show file"
    QTest.mouseClick(window.button(), Qt.MouseButton.LeftButton)
    assert [Path(folder) for folder in opened] == [tmp_path]


def test_an_offer_that_no_longer_holds_goes(window: Window, told: Notifications) -> None:
    offers = [ActionMessage(f"Run {number} was interrupted.", "Continue", list) for number in range(2)]
    for offer in offers:
        told.show_action(offer)
    told.withdraw(offers[0])
    assert window.messages.sentences == ("Run 1 was interrupted.",)
    told.withdraw(offers[0])
    assert window.messages.sentences == ("Run 1 was interrupted.",)


def test_in_another_language_a_message_with_buttons_says_the_same_in_that(window: Window, told: Notifications) -> None:
    language = ["en"]

    def words(english: str, korean: str) -> Callable[[], str]:
        return lambda: english if language[0] == "en" else korean

    more = (Action(words("Play", "재생"), list),)
    told.show_action(
        ActionMessage(words("It was interrupted.", "중단되었습니다."), words("Continue", "계속"), list, more=more)
    )
    language[0] = "ko"
    QApplication.sendEvent(window.messages, QEvent(QEvent.Type.LanguageChange))
    assert window.messages.sentences == ("중단되었습니다.",)
    for name, label in (("messageAction", "계속"), ("messageAction1", "재생")):
        assert (window.button(name).property("text"), window.button(name).accessibleName()) == (label, label)


def test_in_another_language_an_error_is_said_again(
    window: Window, told: Notifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.show_error(UserError("{file} is gone.", file="a.png"))
    monkeypatch.setattr("cnnviewer.app.notifications.translate_error", lambda error: f"{error} (in other words)")
    QApplication.sendEvent(window.messages, QEvent(QEvent.Type.LanguageChange))
    assert window.messages.sentences == ("a.png is gone. (in other words)",)
    assert window.shown[0].accessibleDescription() == "a.png is gone. (in other words)"


def test_in_another_language_good_news_is_said_again(window: Window, told: Notifications, tmp_path: Path) -> None:
    language = ["en"]

    def words() -> str:
        return {"en": "It is done.", "ko": "완료되었습니다."}[language[0]]

    for show in (told.show_info, lambda words: told.show_written(words, tmp_path / "a.png")):
        show(words)
        for language[0], said in (("ko", "완료되었습니다."), ("en", "It is done.")):
            QApplication.sendEvent(window.messages, QEvent(QEvent.Type.LanguageChange))
            assert window.messages.sentences == (said,)
        window.messages.dismiss()


class _Counted(QObject):
    """Counts how often its widget is asked to lay itself out."""

    layouts = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.layouts += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_message_that_stands_is_not_laid_out_again_and_again(window: Window) -> None:
    counted = _Counted()
    window.messages.installEventFilter(counted)
    window.messages.show_message("The file is gone.", "error", ["Show"])
    for _ in range(50):
        QApplication.processEvents()
    assert counted.layouts < 10


def test_a_message_hides_no_control_and_comes_back_to_its_corner(window: Window) -> None:
    home = lambda: window.messages.geometry().bottomRight()  # noqa: E731
    window.messages.show_message("Done.", "info", passing=False)
    corner = home()
    button = QPushButton("Use this model", window.stage)
    button.setGeometry(window.stage.rect().adjusted(500, 520, -10, -10))
    button.show()
    wait_until(lambda: not window.messages.geometry().intersects(button.geometry()), 5)
    assert window.stage.geometry().contains(window.messages.geometry())
    button.hide()
    window.messages.show_message("Done once more.", "info", passing=False)
    assert home() == corner


def test_what_is_looked_at_is_covered_rather_than_a_control() -> None:
    room, size, plot = QRect(0, 0, 400, 300), [QSize(400, 100)], QRect(0, 100, 400, 200)
    assert not free_place(room, size, (), shown=(plot,)).intersects(plot)
    button = QRect(0, 0, 400, 100)
    assert free_place(room, size, (button,), shown=(plot,)) == QRect(0, 200, 400, 100)


def test_where_no_place_is_free_the_one_is_taken_that_hides_least() -> None:
    room, size = QRect(0, 0, 400, 300), [QSize(200, 100)]
    assert free_place(room, size, ()) == QRect(200, 200, 200, 100)
    assert free_place(room, size, (QRect(380, 290, 10, 5),)) == QRect(200, 184, 200, 100), "above it"
    assert free_place(room, size, (QRect(380, 0, 20, 300),)) == QRect(0, 200, 200, 100), "beside it"
    full = (QRect(0, 0, 400, 300), QRect(0, 150, 400, 150))
    assert free_place(room, size, full).bottom() < 150
    here = QRect(100, 50, 200, 100)
    assert free_place(room, size, (), here) == here
    column, narrower = (QRect(0, 0, 240, 300),), [QSize(200, 100), QSize(160, 140)]
    assert free_place(room, narrower, column) == QRect(240, 160, 160, 140), "narrower, where it hides less by that"
