"""Classes have names in the window's language; those of the user's own keep theirs."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.builtin_digits import INFO as DIGITS
from cnnviewer.core.data.builtin_shapes import INFO as SHAPES
from cnnviewer.core.data.cifar10 import INFO as CIFAR10
from cnnviewer.ui.widgets.class_words import class_word, class_words
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.window.input.browser import SampleBrowser


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    use_language("ko")
    yield
    use_language("en")


@pytest.mark.usefixtures("qapp")
def test_in_english_a_class_is_called_as_its_data_set_calls_it() -> None:
    assert class_words(CIFAR10.classes) == CIFAR10.classes


@pytest.mark.usefixtures("korean")
def test_the_classes_of_the_shapes_and_of_cifar_10_have_korean_names() -> None:
    assert class_words(SHAPES.classes)[:3] == ("원", "사각형", "삼각형")
    assert class_words(CIFAR10.classes)[3] == "고양이(cat)"
    assert not set(class_words((*SHAPES.classes, *CIFAR10.classes))) & {*SHAPES.classes, *CIFAR10.classes}


@pytest.mark.usefixtures("korean")
def test_a_class_of_the_users_own_and_a_digit_keep_their_names() -> None:
    assert [class_word(name) for name in ("7", "my cat", "")] == ["7", "my cat", ""]


@pytest.mark.usefixtures("korean")
def test_the_images_of_a_built_in_data_set_are_titled_in_korean(qtbot: QtBot) -> None:
    browser = SampleBrowser()
    qtbot.addWidget(browser)
    images = np.zeros((2, 1, 28, 28), np.uint8)
    browser.set_samples(images, np.zeros(2, np.int64), DIGITS.classes, "test", DIGITS.title)
    assert browser.title.whole == "내장 숫자"
