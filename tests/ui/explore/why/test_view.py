"""The panel Why: its pages."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.explore.why.channels import ChannelsPage
from cnnviewer.ui.explore.why.flip.page import DRAWN, FlipPage
from cnnviewer.ui.explore.why.history.page import HistoryPage
from cnnviewer.ui.explore.why.maps import MapsPage
from cnnviewer.ui.explore.why.number_links import NumberLinks
from cnnviewer.ui.explore.why.trust.page import TrustPage
from cnnviewer.ui.explore.why.view import WhyView
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import LIGHT, style_sheet
from cnnviewer.ui.widgets.wrapping_row import WrappingRow


def tall() -> QWidget:
    return QLabel("\n" * 100)


def test_another_page_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    view = WhyView()
    qtbot.addWidget(view)
    for key in ("trust", "history"):
        view.add_page(key, tall)
    view.resize(460, 400)
    view.show()
    view.open_page("trust")
    area = view.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() >= 300)
    bar.setValue(300)
    assert bar.value() == 300
    view.open_page("trust")
    assert bar.value() == 300
    view.open_page("history")
    assert bar.value() == 0


def test_a_page_that_is_higher_beside_its_scroll_bar_comes_to_rest_at_every_height(qtbot: QtBot) -> None:
    view, resized = WhyView(), list[QSize]()

    class Page(QWidget):
        def __init__(self) -> None:
            super().__init__()
            column, row = QVBoxLayout(self), WrappingRow()
            for width in (200, 215):  # one line without the bar, two beside it
                part = QWidget()
                part.setFixedSize(width, 30)
                row.addWidget(part)
            column.addLayout(row)
            high = QWidget()
            high.setMinimumHeight(250)
            column.addWidget(high)

        def resizeEvent(self, event: QResizeEvent) -> None:
            resized.append(event.size())

    qtbot.addWidget(view)
    view.add_page("maps", Page)
    view.show()
    view.resize(472, 300)
    view.open_page("maps")
    lines = set()
    for height in range(300, 480):
        view.resize(472, height)
        QApplication.processEvents()
        lines.add(resized[-1].width())
    assert len(lines) == 2, "the bar comes and goes"
    assert len(resized) < 1000


@pytest.mark.parametrize(
    ("percent", "room"),
    [(100, 420), (125, 420), (150, 420), (175, 424), (200, 467)],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_page_needs_more_width_than_a_window_of_1366_pixels_has(
    qtbot: QtBot, language: str, percent: int, room: int
) -> None:
    usual = text_pixels()
    use_language(language)
    try:
        use_text_pixels(13 * percent / 100)
        flip, drawn = FlipPage(), FlipPage()
        drawn.open_mode(DRAWN)
        pages = (MapsPage(), ChannelsPage(), TrustPage(), flip, drawn, HistoryPage())
        for page in pages:
            page.setStyleSheet(style_sheet(LIGHT))
            qtbot.addWidget(page)
            page.resize(room, 900)
            page.show()
        trust = pages[2]
        assert isinstance(trust, TrustPage)
        trust.set_progress("cascade", 0.5)
        QApplication.processEvents()
        needed = {place: page.minimumSizeHint().width() for place, page in enumerate(pages)}
        assert {place: width for place, width in needed.items() if width > room} == {}
        assert trust.progress.cancel_button.x() >= trust.progress.bar.geometry().right()
    finally:
        use_language("en")
        use_text_pixels(usual)


@pytest.mark.parametrize("share", [1.0, 0.8, 0.5])
@pytest.mark.parametrize(("both", "count"), [(False, 1), (True, 2)])
def test_the_links_to_the_arithmetic_say_less_before_they_are_cut(
    qtbot: QtBot, share: float, both: bool, count: int
) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    links = NumberLinks(panel)
    links.set_names("automobile", "airplane", both)
    links.resize(round(share * links.sizeHint().width()), 24)
    panel.show()
    buttons = [button for button in links.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == count
    assert all(button.sizeHint().width() <= button.width() for button in buttons)
    assert all(button.text().endswith(" ▸") for button in buttons)
    assert (buttons[0].text() == f"{buttons[0].accessibleName()} ▸") == (share == 1.0)


def test_while_a_model_learns_it_says_of_which_step_it_is(qtbot: QtBot) -> None:
    view = WhyView()
    qtbot.addWidget(view)
    said = view.findChild(QLabel, "whyStep")
    assert said is not None
    view.resize(460, 400)
    view.show()
    view.set_step(1200)
    assert said.text() == "of step 1,200"
    assert "training stays fast" in said.toolTip()
    view.set_step(None)
    assert said.text() == ""
