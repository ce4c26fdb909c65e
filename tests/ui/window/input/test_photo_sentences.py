"""No digit and several digits are said in the window's language."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTranslator

from cnnviewer.core.errors import UserError, in_words
from cnnviewer.core.images.photographed_digit import as_digit


def sheet(*columns: int) -> np.ndarray:
    picture = np.full((200, 300, 3), 235, np.uint8)
    for column in columns:
        picture[50:150, column : column + 12] = 30
    return picture


@pytest.mark.parametrize(
    ("picture", "english", "korean"),
    [
        (sheet(), "There is no digit to be seen in this picture", "숫자가 보이지 않습니다"),
        (sheet(80, 200), "There are several digits in this picture", "숫자가 여러 개 있습니다"),
    ],
    ids=["no digit", "several digits"],
)
def test_what_is_wrong_with_a_photo_is_said_in_both_languages(
    picture: np.ndarray, english: str, korean: str, qapp: object
) -> None:
    with pytest.raises(UserError, match=english) as caught:
        as_digit(picture)
    translator = QTranslator()
    assert translator.load(str(Path(__file__).parents[4] / "resources" / "i18n" / "cnnviewer_ko.qm"))
    said = in_words(caught.value, lambda template: translator.translate("UserError", template) or template)
    assert korean in said
