"""Words from outside stay plain text; nothing in the window goes past the place that makes them so."""

import ast
import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import cnnviewer.ui
from cnnviewer.core.errors import UserError
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.plain_text import (
    ElidedLabel,
    PlainLabel,
    RichLabel,
    caption,
    elided,
    escaped,
    one_line,
    tool_tip,
    window_title,
)
from cnnviewer.ui.window.messages import Messages

HOSTILE = (
    "<h1>big</h1>",
    "<img src=file:///etc/hostname>",
    "<?xml version='1.0'?>",
    "&lt;b&gt; & &File",
    "x" * 120,
    "two\nlines\r\n\x1b[31m",
    "\u202egnp.exe\u2066",
)
FILES = sorted(Path(cnnviewer.ui.__file__).parent.rglob("*.py"))


def as_read(text: str) -> str:
    """What the user reads in a tool tip: Qt guesses whether it is rich text."""
    document = QTextDocument()
    # a QToolTip is a QLabel whose text format is guessed
    document.setHtml(text) if text.startswith("<") else document.setPlainText(text)
    return document.toPlainText()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_tool_tip_reads_as_the_words_that_it_was_given(words: str) -> None:
    shown = as_read(tool_tip(f"Class {words}"))
    assert shown.replace("\n", " ").startswith("Class " + words[:9].splitlines()[0].replace("\u202e", "\\u202e")[:9])
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    if "<" in words or "&" in words:
        assert shown == f"Class {words}"


def test_a_long_tool_tip_is_wrapped_and_an_endless_one_ends() -> None:
    assert tool_tip("short") == "short"
    assert tool_tip("a word " * 40).startswith("<p>")
    assert len(tool_tip("y" * 1_000_000)) < 200
    assert tool_tip("line\n" * 1000).count("line") <= 40


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_is_plain_text_and_asks_for_little_room(qtbot: QtBot, words: str) -> None:
    for label in (PlainLabel(text=words), PlainLabel()):
        qtbot.addWidget(label)
        label.setText(f"The class {words} is chosen")
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.minimumSizeHint().width() < 700
        label.setWordWrap(True)
        assert label.minimumSizeHint().width() < 500
        assert not set("\x1b\r\u202e\u2066") & set(label.text())


@pytest.mark.parametrize("words", HOSTILE)
def test_an_elided_label_asks_for_no_width_and_has_the_whole_name_as_its_tool_tip(qtbot: QtBot, words: str) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    label.show_text(words)
    assert label.minimumSizeHint().width() <= 90
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 90
    assert label.whole == words
    assert label.toolTip() == tool_tip(words)
    assert label.accessibleName() == words


def test_a_name_gives_way_to_its_value_which_is_whole_or_alone_or_not_there(qtbot: QtBot) -> None:
    label = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.show()
    seen = set()
    label.show_text("conv1[3] (12, 7) = −19.4341", ending="[3] (12, 7) = −19.4341")
    for width in range(300, 10, -5):
        label.resize(width, 20)
        text = label.text()
        seen.add(text)
        assert text == "" or text.endswith("−19.4341")
        assert label.fontMetrics().horizontalAdvance(text) <= width
    assert {"conv1[3] (12, 7) = −19.4341", "[3] (12, 7) = −19.4341", "−19.4341", ""} <= seen
    assert any(text.startswith("…") and text.endswith("1[3] (12, 7) = −19.4341") for text in seen)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_in_rich_text_of_our_own_are_text(words: str) -> None:
    document = QTextDocument()
    document.setHtml(f"<b>{escaped(words)}</b>")
    assert document.toPlainText() == document.toPlainText().strip()
    assert document.toPlainText().replace("\n", "").startswith(one_line(words.split("\n")[0])[:20])


def test_paths_stay_whole_and_other_long_words_keep_both_ends() -> None:
    path = "/home/somebody/" + "/".join(["a folder of the usual length"] * 6) + "/file.npz"
    assert one_line(path) == path
    name = "begin" + "x" * 120 + "end.png"
    assert one_line(name).startswith("begin")
    assert one_line(name).endswith("end.png")
    assert len(one_line(name)) == 48


def test_buttons_and_titles_have_no_mnemonic_and_no_placeholder(qtbot: QtBot) -> None:
    button = QPushButton(caption("&File & more"))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.text() == "&&File && more"
    button.setWindowTitle(window_title("run [*] 1"))
    assert button.windowTitle() == "run [*][*] 1"


@pytest.mark.parametrize("kind", [QFontMetrics, QFontMetricsF])
def test_what_is_painted_is_one_line_that_fits(qtbot: QtBot, kind: type[QFontMetrics] | type[QFontMetricsF]) -> None:
    metrics = kind(QApplication.font())
    for words in HOSTILE:
        shown = elided(metrics, words, 80)
        assert metrics.horizontalAdvance(shown) <= 80
        assert "\n" not in shown
    assert elided(metrics, "x" * 10_000_000, 80).endswith("…"), "and is soon known"
    assert elided(metrics, "abc", -5) in ("", "…")


@pytest.mark.parametrize("words", HOSTILE)
def test_an_error_keeps_a_name_on_its_line(qtbot: QtBot, words: str) -> None:
    bar = Messages()
    qtbot.addWidget(bar)
    bar.show_message(translate_error(UserError("{file} is empty.", file=words)), "error")
    assert bar.property("text").isprintable()
    assert bar.property("text").endswith(" is empty.")
    assert bar.minimumSizeHint().width() < 300


def test_a_sentence_of_ten_thousand_letters_takes_no_more_than_a_few_lines(qtbot: QtBot) -> None:
    bar = Messages()
    qtbot.addWidget(bar)
    bar.show_message("word " * 2000 + "is on the screen.", "success")
    lines = bar.heightForWidth(760) / bar.fontMetrics().lineSpacing()
    assert lines < 9
    shown = max((label.text() for label in bar.findChildren(PlainLabel)), key=len)
    assert shown.endswith("is on the screen.")
    assert bar.property("text").startswith("word word")


# nothing goes past it


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in FILES:
        if path.name != "plain_text.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(FILES[0].parent)}:{node.lineno}", node


def of(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def is_ours(node: ast.AST) -> bool:
    """A text that stands in the source, translated or not, or one that was made plain."""
    if isinstance(node, ast.IfExp):
        return is_ours(node.body) and is_ours(node.orelse)
    if isinstance(node, ast.Call):
        return of(node.func) in ("tool_tip", "toolTip") or (of(node.func) == "tr" and len(node.args) == 1)
    return isinstance(node, ast.Constant) or of(node) == "_tip"  # a tool tip put back


def test_every_label_of_the_window_is_one_of_the_plain_ones() -> None:
    assert [place for place, call in calls() if of(call.func) == "QLabel"] == []
    derived = [
        f"{path.name}: {node.name}"
        for path in FILES
        if path.name != "plain_text.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(of(base) == "QLabel" for base in node.bases)
    ]
    assert derived == []


def test_every_tool_tip_is_made_plain() -> None:
    loose = [place for place, call in calls() if of(call.func) == "setToolTip" and not is_ours(call.args[0])]
    loose += [
        place
        for place, call in calls()
        if of(call.func) == "showText" and of(getattr(call.func, "value", call)) == "QToolTip"
        if not is_ours(call.args[1])
    ]
    assert loose == []


def test_names_are_elided_in_one_place() -> None:
    assert [place for place, call in calls() if of(call.func) == "elidedText"] == []


def test_rich_text_of_our_own_says_so(qtbot: QtBot) -> None:
    label = RichLabel()
    qtbot.addWidget(label)
    label.setText(f"<b>{escaped(HOSTILE[0])}</b>")
    assert label.textFormat() == Qt.TextFormat.RichText
    assert html.unescape(label.text()) == f"<b>{HOSTILE[0]}</b>"


def test_no_line_of_a_sentence_begins_with_the_sign_of_percent(qtbot: QtBot) -> None:
    wrapped, line = PlainLabel(), PlainLabel()
    wrapped.setWordWrap(True)
    for label in (wrapped, line):
        qtbot.addWidget(label)
        label.setText("181 of 200 are correct: 90.5 %.")
        assert label.text() == "181 of 200 are correct: 90.5 %."
    assert QLabel.text(wrapped).endswith("90.5\N{NO-BREAK SPACE}%.")
