"""Words of any script in a picture."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cnnviewer.core.export import picture_text
from cnnviewer.core.export.picture_text import fitted, missing, why_boxes, width, write
from cnnviewer.core.plain_text import short


def drawn(words: str, anchor: str = "la") -> np.ndarray:
    picture = Image.new("RGB", (400, 80))
    write(ImageDraw.Draw(picture), (200, 40) if anchor == "rm" else (10, 20), words, "#fff", 28, anchor)
    return np.asarray(picture).max(2)


def box(pixels: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(pixels.max(1)), np.flatnonzero(pixels.max(0))
    return columns[0], rows[0], columns[-1], rows[-1]


@pytest.mark.parametrize("letter", ["한", "글", "ï", "é", "日"])
def test_a_letter_is_drawn_as_itself_or_said_to_be_missing(letter: str) -> None:
    is_sign_of_a_missing_letter = np.array_equal(drawn(letter), drawn("\uffff"))
    assert is_sign_of_a_missing_letter == (missing([letter]) == letter)


def test_characters_that_no_font_has_are_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_text, "_fonts", lambda: ())
    picture_text._source.cache_clear()
    try:
        assert missing(["a 한글", "한 b"]) == "한글"
        assert missing(["plain", "\x1b"]) == ""
        assert "한: the picture" in str(why_boxes(["한"]))
        assert why_boxes(["plain"]) is None
        assert drawn("한").any()
    finally:
        picture_text._source.cache_clear()


def test_korean_in_parts_as_macos_names_files_is_written_as_whole_letters() -> None:
    assert np.array_equal(drawn("\u1112\u1161\u11ab"), drawn("한"))


def test_text_of_several_scripts_stands_on_one_line_and_is_cut_at_the_width_given() -> None:
    if missing("한"):
        pytest.skip("no font with Korean here")
    left, _, right, _ = box(drawn("xx 한 xx"))
    assert (left, right - left) == pytest.approx((10, width("xx 한 xx", 28)), abs=3)
    _, _, right, _ = box(drawn("x 한 12 %", "rm"))
    assert right == pytest.approx(200, abs=3)
    assert box(drawn("xx"))[3] == pytest.approx(box(drawn("한xx")[:, 45:])[3], abs=1)


@pytest.mark.parametrize("words", ["a" * 10_000, "한" * 10_000, "short"])
def test_a_title_of_any_length_fits_its_room(words: str) -> None:
    cut = fitted(words, 28, 300)
    assert width(cut, 28) <= 300
    assert cut == words or cut.endswith("…")
    assert len(short(words, 9)) <= 9
