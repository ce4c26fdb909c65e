"""Help: topics with a search, pictures and every shortcut, in a window that does not stand in the way."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from cnnviewer import __version__
from cnnviewer.core.resources import resource
from cnnviewer.ui.widgets.escape import close_with_escape
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.help_topics import LANGUAGES, TOPICS, asked, matching, topics

_MARGIN: Final = 20
_PICTURE: Final = "\ufffc"  # stands in a text where a picture is
_LIST_WIDTH, _PAGE_WIDTH, _HEIGHT = 240, 760, 720
_LINES: Final = 130  # percent of a line's height
_IN_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


class HelpPage(QTextBrowser):
    """Shows the text of a topic; its pictures are the shipped ones, and nothing else is loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self._marked: tuple[str, ...] = ()
        self._room = 0  # pixels that the pictures were made for
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(0)
        self._resized.timeout.connect(self._fit_pictures)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(_MARGIN)

    def show_text(self, markdown: str, marked: tuple[str, ...] = ()) -> None:
        """Show Markdown from its beginning, or from the first of the words that are marked; HTML in it is text."""
        self._markdown, self._marked, self._room = markdown, marked, self.viewport().width()
        dialect = QTextDocument.MarkdownFeature
        self.document().setMarkdown(markdown, dialect.MarkdownDialectGitHub | dialect.MarkdownNoHTML)
        usual = QTextCharFormat()
        usual.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            shape = QTextBlockFormat(block.blockFormat())
            if _PICTURE not in block.text():
                shape.setLineHeight(_LINES, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if shape.headingLevel():
                shape.setTopMargin(4 if shape.headingLevel() == 1 else 16)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(shape)
            if not shape.headingLevel():  # Qt gives a bold word behind a headline the headline's size
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(usual)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark()

    def _mark(self) -> None:
        """Lay a colour under the words, wherever they stand; show the first of them."""
        found = []
        for word in self._marked:
            place = self.document().find(word, 0)
            while not place.isNull():
                extra = QTextEdit.ExtraSelection()
                extra.cursor = place
                extra.format.setBackground(QColor(theme().tokens.highlight))
                extra.format.setForeground(QColor("#000000"))
                found.append(extra)
                place = self.document().find(word, place)
        self.setExtraSelections(found)
        if found:
            first = QTextCursor(min((extra.cursor for extra in found), key=QTextCursor.selectionStart))
            first.clearSelection()
            self.setTextCursor(first)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture beside the topics; of anything else nothing."""
        name = QUrl(name)
        path = resource("help", name.fileName())
        inside = name.isRelative() and name.toString() == name.fileName() and path.suffix == ".png"
        if not inside or not path.is_file():
            return None
        picture = QImage(str(path))
        room = max(100, self.viewport().width() - 2 * _MARGIN - 4)
        smooth = Qt.TransformationMode.SmoothTransformation
        return picture.scaledToWidth(room, smooth) if picture.width() > room else picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are as wide as there is room."""
        super().resizeEvent(event)
        if self.viewport().width() != self._room:
            self._resized.start()  # not now: Qt lays the text out at this moment

    def _fit_pictures(self) -> None:
        if self.viewport().width() != self._room:
            place = self.verticalScrollBar().value()
            self.show_text(self._markdown, self._marked)
            self.verticalScrollBar().setValue(place)


class HelpWindow(Translated, QWidget):
    """Topics at the left, the text of one at the right; opens at the workspace in front, and remembers nothing.

    Attributes:
        key: of the topic shown, one of `TOPICS`.
    """

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        # a window of its own that closes with the main window
        self.setWindowFlag(Qt.WindowType.Window, True)
        self.setObjectName("helpWindow")
        self.key: str = TOPICS[0]
        self._main = parent
        self._search = QLineEdit(self)
        self._search.setObjectName("helpSearch")
        self._search.setClearButtonEnabled(True)
        self._search.installEventFilter(self)
        self._topics = QListWidget(self)
        self._topics.setObjectName("helpTopics")
        self._topics.setSpacing(3)
        self._topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = PlainLabel(self)
        self._nothing.setProperty("role", "caption")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        self._page = HelpPage(self)
        self._page.setObjectName("helpPage")
        self._build()
        close_with_escape(self)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._search.setFocus)
        self._search.textChanged.connect(self._on_searched)
        self._topics.currentItemChanged.connect(self._on_topic_chosen)
        self._page.anchorClicked.connect(self._on_link)
        actions["actionHelp"].triggered.connect(self._follow_workspace)
        theme().changed.connect(self._show)
        self.retranslate()

    def _build(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 0, 12)
        column.setSpacing(8)
        for widget in (self._search, self._nothing, self._topics):
            column.addWidget(widget, 1 if widget is self._topics else 0)
        GrowingSize(left, fixed_width=_LIST_WIDTH)
        GrowingSize(self._page, minimum_width=_PAGE_WIDTH // 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self._page, 1)
        wanted = QSize(grown(_LIST_WIDTH) + max(grown(_PAGE_WIDTH), _PAGE_WIDTH), grown(_HEIGHT))
        self.resize(wanted.boundedTo(self.screen().availableSize() * 0.95))

    # what is shown

    @property
    def language(self) -> str:
        """In which of `LANGUAGES` the topics are shown."""
        return "ko" if QLocale().language() == QLocale.Language.Korean else "en"

    def show_topic(self, key: str) -> None:
        """Show one of `TOPICS`, and all of them in the list."""
        self.key = key
        self._search.clear()
        self._list()
        self._show()

    def _list(self) -> None:
        """Offer the topics that have what is searched, in whichever language."""
        texts = {
            key: "\n".join([topics(self.language)[key].text, *(topics(other)[key].text for other in LANGUAGES)])
            for key in TOPICS
        }
        found = matching(self._search.text(), texts)
        self._topics.blockSignals(True)
        self._topics.clear()
        for key in found:
            title = topics(self.language)[key].title
            item = QListWidgetItem(_short(title))
            item.setToolTip(tool_tip(title))
            item.setData(Qt.ItemDataRole.UserRole, key)
            self._topics.addItem(item)
        if found:
            self.key = self.key if self.key in found and not self._search.text() else found[0]
            self._topics.setCurrentRow(found.index(self.key))
        self._topics.blockSignals(False)
        self._nothing.setVisible(not found)

    def _show(self) -> None:
        text = topics(self.language)[self.key].filled(self._words)
        self._page.show_text(text, asked(self._search.text()))

    def _words(self, name: str) -> str:
        """What stands in the place of a name in braces."""
        if name == "version":
            return __version__
        actions = {action.objectName(): action for action in self._main.findChildren(QAction)}
        if name == "shortcuts":
            return self._shortcuts(list(actions.values()))
        action = actions.get(name.removeprefix("keys:"))
        if action is None:
            return ""
        keys = f"({_keys(action)})" if _keys(action) else ""
        return keys if name.startswith("keys:") else f"**{_safe(action.text())}** {keys}".rstrip()

    def _shortcuts(self, actions: list[QAction]) -> str:
        """A table of every action that has keys in the whole window."""
        heads = (self.tr("Keys"), self.tr("What they do"))  # outside the braces of a text, where `lupdate` looks
        rows = [f"| {heads[0]} | {heads[1]} |", "|---|---|"]
        for action in actions:
            keys = _keys(action)
            if keys and action.shortcutContext() is Qt.ShortcutContext.WindowShortcut:
                does = _safe(action.statusTip() or action.text())
                rows += [f"| **{keys}** | {does} |"]
        return "\n".join(dict.fromkeys(rows))

    # what the user does

    def _on_searched(self, _query: str) -> None:
        self._list()
        self._show()

    def _on_topic_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.key = item.data(Qt.ItemDataRole.UserRole)
            self._show()

    def _on_link(self, link: QUrl) -> None:
        if link.toString() in TOPICS:
            self.show_topic(link.toString())

    def _follow_workspace(self) -> None:
        """Show the topic of the workspace in front."""
        names = [action.data() for action in self._main.actions() if action.isChecked()]
        self.show_topic(next((name for name in names if name in TOPICS), TOPICS[0]))

    # Qt's overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the workspace in front, ready to search."""
        self._follow_workspace()
        self._search.setFocus()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk through the topics while a word is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.matches(QKeySequence.StandardKey.MoveToNextLine)
            step = down - event.matches(QKeySequence.StandardKey.MoveToPreviousLine)
            row = self._topics.currentRow() + step
            if step and 0 <= row < self._topics.count():
                self._topics.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setWindowTitle(self.tr("cnnviewer help"))
        self._page.setAccessibleName(self.windowTitle())
        self._topics.setAccessibleName(self.tr("Topics"))
        self._search.setPlaceholderText(self.tr("Search the help"))
        self._search.setAccessibleName(self.tr("Search the help"))
        self._nothing.setText(self.tr("No topic has these words."))
        self._list()
        self._show()


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _safe(words: str) -> str:
    """Words of an action as Markdown shows them: nothing in them has a meaning."""
    return _IN_MARKDOWN.sub(r"\\\1", words.replace("&&", "\0").replace("&", "").replace("\0", "&").replace("\n", " "))


def _short(title: str) -> str:
    """What stands before the colon: `Explore` of `Explore: look inside`."""
    return re.split(": ?", title, maxsplit=1)[0]
