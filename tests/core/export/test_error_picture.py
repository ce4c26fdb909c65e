"""Wrongly predicted images as one picture."""

import numpy as np
import pytest

from cnnviewer.core.export import error_picture, picture_text

IMAGES = [np.zeros((3, 32, 32), np.float32)] * 10


def test_captions_of_usual_length_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(picture_text, "write", lambda _draw, _place, words, *_: written.append(words))
    captions = [("automobile, predicted airplane", "#247, >99.9 %")] * 10
    picture = error_picture.error_picture(IMAGES, captions)
    assert written == [words for lines in captions for words in lines]
    assert picture.shape[1] < 1300


def test_a_very_long_caption_is_cut_and_stays_in_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(picture_text, "write", lambda _draw, _place, words, *_: written.append(words))
    error_picture.error_picture(IMAGES[:2], [("word " * 200, "#1, 50.0 %")] * 2)
    assert max(picture_text.width(words, 13) for words in written) < 340
