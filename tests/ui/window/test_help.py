"""The help: the same topics in both languages, every command of the menus, search, pictures, one window that forgets."""

import re

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMainWindow
from pytestqt.qtbot import QtBot

from cnnviewer.core.resources import resource
from cnnviewer.ui.compare.runs import actions as run_actions
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.window.frame import WORKSPACES
from cnnviewer.ui.window.help_topics import LANGUAGES, TOPICS, matching, topics
from cnnviewer.ui.window.help_window import HelpPage, HelpWindow
from cnnviewer.ui.window.menus import Menus

PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
FILLED = {"shortcuts", "version"}


class Opened:
    """A main window with its menus, and the help on it."""

    def __init__(self, qtbot: QtBot, workspace: str = "train") -> None:
        self.main = QMainWindow()
        self.main.resize(400, 300)
        qtbot.addWidget(self.main)
        self.menus = Menus(self.main)
        self.menus.set_workspace(workspace)
        self.help = HelpWindow(self.menus.actions, self.main)
        self.help.show()
        qtbot.waitExposed(self.help)
        self.page = self.help.findChild(HelpPage, "helpPage")
        self.topics = self.help.findChild(QListWidget, "helpTopics")

    @property
    def offered(self) -> list[str]:
        return [self.topics.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.topics.count())]

    def search(self, words: str) -> None:
        self.help.findChild(QLineEdit, "helpSearch").setText(words)


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot)


def texts(language: str) -> str:
    return "\n".join(topic.text for topic in topics(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_topic_and_no_other_file(language: str) -> None:
    files = {path.stem for path in resource("help", language).iterdir()}
    assert files == set(TOPICS)
    assert all(topic.title and not topic.title.startswith("#") for topic in topics(language).values())


def test_topics_show_the_same_pictures_commands_and_links_in_both_languages() -> None:
    english, korean = (topics(language) for language in LANGUAGES)
    for key in TOPICS:
        assert PICTURE.findall(english[key].text) == PICTURE.findall(korean[key].text), key
        assert english[key].placeholders == korean[key].placeholders, key
        assert sorted(LINK.findall(english[key].text)) == sorted(LINK.findall(korean[key].text)), key
        assert english[key].text.count("\n## ") == korean[key].text.count("\n## "), key


def test_every_action_of_the_menus_is_named_in_a_topic(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    Menus(window)
    there = {action.objectName() for action in window.findChildren(QAction) if action.objectName()}
    named = {name.removeprefix("keys:") for topic in topics("en").values() for name in topic.placeholders}
    assert len(there) > 40
    assert there - named == set()
    assert named - there == FILLED


def test_every_link_leads_to_a_topic() -> None:
    for language in LANGUAGES:
        assert set(LINK.findall(texts(language))) <= set(TOPICS)


def test_every_workspace_has_a_topic() -> None:
    assert set(WORKSPACES) <= set(TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_of_the_list_of_runs_and_of_the_curves_are_listed(language: str, qtbot: QtBot) -> None:
    curves = CurvesView()
    qtbot.addWidget(curves)
    keys = {action.shortcut().toString() for action in curves.actions()} | set(run_actions._KEYS.values())
    listed = re.findall(r"\*\*([^*]+)\*\*", topics(language)["shortcuts"].text)
    assert keys - {""} - set(listed) == set()


def test_it_opens_at_the_workspace_in_front_and_remembers_nothing(opened: Opened) -> None:
    assert opened.help.key == "train"
    opened.search("kernel")
    opened.help.close()
    opened.menus.set_workspace("evaluate")
    opened.help.show()
    assert opened.help.key == "evaluate"
    assert opened.offered == list(TOPICS)


def test_f1_leads_to_the_workspace_while_the_help_is_open(opened: Opened) -> None:
    opened.menus.set_workspace("sandbox")
    opened.menus.actions["actionHelp"].trigger()
    assert opened.help.key == "sandbox"


def test_a_search_offers_the_topics_with_all_its_words_and_marks_them(opened: Opened) -> None:
    opened.search("confusion matrix")
    assert "evaluate" in opened.offered
    assert "sandbox" not in opened.offered
    opened.help.show_topic("evaluate")
    opened.search("recall")
    assert opened.offered == ["mutes", "evaluate"]
    marked = {extra.cursor.selectedText().lower() for extra in opened.page.extraSelections()}
    assert marked == {"recall"}


def test_a_word_of_the_other_language_finds_the_topic(opened: Opened) -> None:
    opened.search("혼동 행렬")
    assert "evaluate" in opened.offered


def test_a_search_without_an_answer_says_so_and_keeps_the_page(opened: Opened) -> None:
    before = opened.page.toPlainText()
    opened.search("xyzzy")
    assert opened.offered == []
    assert opened.page.toPlainText() == before
    opened.search("")
    assert opened.offered == list(TOPICS)


def test_titles_come_before_texts() -> None:
    found = {"a": "# Colour\nkernel", "b": "# Kernel\ncolour", "c": "# Text\nnothing"}
    assert matching("KERNEL", found) == ["b", "a"]
    assert matching("", found) == ["a", "b", "c"]


def test_arrow_keys_walk_through_the_topics_while_a_word_is_typed(opened: Opened) -> None:
    field = opened.help.focusWidget()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert opened.help.key == TOPICS[TOPICS.index("train") + 1]
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert opened.help.key == "train"


def test_a_link_opens_its_topic(opened: Opened) -> None:
    opened.page.anchorClicked.emit(QUrl("own"))
    assert opened.help.key == "own"
    opened.page.anchorClicked.emit(QUrl("https://example.org/train"))
    assert opened.help.key == "own"


def test_nothing_but_a_shipped_picture_is_loaded(opened: Opened) -> None:
    image = QTextDocument.ResourceType.ImageResource.value
    for name in ("https://example.org/a.png", "file:///etc/hostname", "../icons/app.png", "en/start.md", "absent.png"):
        assert opened.page.loadResource(image, QUrl(name)) is None, name


def test_the_names_and_keys_of_commands_are_those_of_the_menus(opened: Opened) -> None:
    opened.menus.actions["actionPreferences"].setText("A *new* name")
    opened.help.show_topic("look")
    assert "A *new* name (Ctrl+,)" in opened.page.toPlainText()
    opened.help.show_topic("shortcuts")
    assert "Ctrl+T" in opened.page.toPlainText()
    assert "{" not in opened.page.toPlainText()


def test_esc_closes_it_from_the_search_too(opened: Opened, qtbot: QtBot) -> None:
    QTest.keyClick(opened.help.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.help.isVisible())


def test_it_follows_the_language(opened: Opened) -> None:
    try:
        use_language("ko")
        QApplication.sendEvent(opened.main, QEvent(QEvent.Type.LanguageChange))
        opened.help.retranslate()
        assert topics("ko")["train"].title in opened.page.toPlainText()
        assert opened.topics.item(0).text() == topics("ko")[TOPICS[0]].title.partition(":")[0]
    finally:
        use_language("en")


def test_pictures_that_topics_show_are_there_and_all_that_are_there_are_shown() -> None:
    shipped = {path.name for path in resource("help").glob("*.png")}
    assert set(PICTURE.findall(texts("en"))) == shipped
    assert sum(path.stat().st_size for path in resource("help").glob("*.png")) < 600_000


@pytest.mark.parametrize("width", [620, 900])
def test_a_picture_is_as_wide_as_there_is_room(width: int, opened: Opened, qtbot: QtBot) -> None:
    opened.help.resize(width, 500)
    qtbot.waitUntil(lambda: opened.help.width() == width)
    opened.help.show_topic("train")
    assert opened.page.document().idealWidth() <= opened.page.viewport().width()
    assert opened.page.horizontalScrollBar().maximum() == 0
