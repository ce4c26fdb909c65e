"""The workspace Evaluate: a row of pages, and whether anybody sees it."""

import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace


@pytest.fixture
def view(qtbot: QtBot) -> EvaluateWorkspace:
    made = EvaluateWorkspace()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def test_it_tells_whether_it_is_seen(view: EvaluateWorkspace) -> None:
    seen: list[bool] = []
    view.seen_changed.connect(seen.append)
    view.hide()
    view.show()
    assert seen == [False, True]


def test_a_page_is_built_when_its_tab_is_first_opened_and_the_workspace_stays_seen(view: EvaluateWorkspace) -> None:
    built: list[QWidget] = []
    seen: list[bool] = []
    view.seen_changed.connect(seen.append)

    def build() -> QWidget:
        built.append(QLabel("reliability"))
        return built[-1]

    view.offer("calibration", build)
    assert built == []
    tab = view.findChild(QToolButton, "evaluateCalibrationTab")
    assert tab is not None
    tab.click()
    assert view.pages.page == "calibration"
    assert built[0].isVisible()
    assert seen == []
    view.open("errors")
    assert view.parts.current == "errors"
    assert view.errors.isVisible()


def test_the_page_classes_says_how_far_predicting_is_and_cancels_it(view: EvaluateWorkspace) -> None:
    view.set_progress(0.25)  # before the page is built
    view.open("classes")
    page, given_up = view.classes_page, []
    view.errors.cancel_requested.connect(lambda: given_up.append(True))
    assert page.progress.isVisible()
    assert page.progress.words.whole == "Predicting all test images: 25 %"
    page.progress.cancel_button.click()
    assert given_up == [True]
    view.set_progress(None)
    assert not page.progress.isVisible()
