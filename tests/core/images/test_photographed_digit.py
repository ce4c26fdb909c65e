"""A photo is read as the digit on it, whatever else is on it; no digit and several digits are said."""

from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from cnnviewer.core.errors import UserError
from cnnviewer.core.images.photographed_digit import as_digit, canvas_of
from cnnviewer.core.images.stroke_width import stroke_width, with_usual_strokes
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled

Stroke = list[tuple[float, float]]
SEVEN: list[Stroke] = [[(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)]]
ONE: list[Stroke] = [[(0.5, 0.1), (0.48, 0.9)]]
ZERO: list[Stroke] = [
    [(0.5 + 0.28 * np.sin(t), 0.5 - 0.4 * np.cos(t)) for t in np.linspace(0, 2 * np.pi, 40)],
]
FOUR: list[Stroke] = [[(0.25, 0.1), (0.22, 0.52), (0.62, 0.5)], [(0.72, 0.12), (0.7, 0.9)]]  # two strokes that miss
STROKES = {"7": SEVEN, "1": ONE, "0": ZERO, "4": FOUR}


def ink(
    strokes: list[Stroke],
    height: int = 320,
    width: int = 420,
    *,
    size: float = 180,
    pen: float = 16,
    at: tuple[float, float] = (0.5, 0.5),
    turn: float = 0,
) -> np.ndarray:
    """Share of each pixel that ink covers, float32 `(height, width)`; the digit's middle lies at `at` (x, y)."""
    picture = Image.new("L", (2 * width, 2 * height))
    draw = ImageDraw.Draw(picture)
    angle = np.deg2rad(turn)
    for stroke in strokes:
        places = []
        for x, y in stroke:
            across, down = (x - 0.5) * size, (y - 0.5) * size
            places.append(
                (
                    2 * (at[0] * width + across * np.cos(angle) - down * np.sin(angle)),
                    2 * (at[1] * height + across * np.sin(angle) + down * np.cos(angle)),
                )
            )
        draw.line(places, fill=255, width=max(1, round(2 * pen)), joint="curve")
        for x, y in (places[0], places[-1]):
            draw.ellipse([x - pen, y - pen, x + pen, y + pen], fill=255)
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX), np.float32) / 255


def photo(
    cover: np.ndarray,
    *,
    paper: float = 220,
    pen: float = 45,
    light: np.ndarray | float = 1.0,
    noise: float = 2,
) -> np.ndarray:
    """uint8 `(H, W, 3)`: ink on paper in this light."""
    grey = (paper + cover * (pen - paper)) * light
    grey = grey + np.random.default_rng(0).normal(0, noise, grey.shape)
    return np.repeat(np.clip(np.rint(grey), 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@cache
def lenet() -> Inspector:
    return Inspector.from_state(bundled("lenet"))


def read(picture: np.ndarray) -> str:
    return lenet().inspect(as_digit(picture).centred[None]).prediction.ranking[0][0]


def ramp(height: int = 320, width: int = 420, darkest: float = 0.35) -> np.ndarray:
    return np.linspace(1, darkest, width, dtype=np.float32)[None] * np.ones((height, 1), np.float32)


def shadow(height: int = 320, width: int = 420, *, edge: float = 0.5, soft: float = 0.03) -> np.ndarray:
    x = np.arange(width, dtype=np.float32)[None] / width - edge + 0.1 * np.arange(height)[:, None] / height
    return 1 - 0.5 / (1 + np.exp(-4 * x / soft))


def specks(cover: np.ndarray) -> np.ndarray:
    spotted = Image.fromarray(np.rint(cover * 255).astype(np.uint8))
    draw = ImageDraw.Draw(spotted)
    height, width = cover.shape
    for x, y, radius in ((0.05, 0.07, 3), (0.95, 0.9, 3.5), (0.12, 0.9, 2), (0.9, 0.1, 3), (0.3, 0.04, 1.5)):
        draw.ellipse([x * width - radius, y * height - radius, x * width + radius, y * height + radius], fill=255)
    return np.asarray(spotted, np.float32) / 255


def framed(picture: np.ndarray, depth: int, level: int, sides: str) -> np.ndarray:
    picture = picture.copy()
    for side in sides:
        part = {"t": np.s_[:depth], "b": np.s_[-depth:], "l": np.s_[:, :depth], "r": np.s_[:, -depth:]}[side]
        picture[part] = level
    return picture


def blurred(cover: np.ndarray, radius: float) -> np.ndarray:
    picture = Image.fromarray(np.rint(cover * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(picture, np.float32) / 255


def enlarged(cover: np.ndarray) -> np.ndarray:
    """As a viewer shows a picture of few pixels: smooth, without a sharp edge."""
    small = Image.fromarray(np.rint(cover * 255).astype(np.uint8)).resize((42, 32), Image.Resampling.BOX)
    return np.asarray(small.resize((840, 640), Image.Resampling.BICUBIC), np.float32) / 255


FAULTS = {
    "plain paper": lambda cover: photo(cover),
    "light from one side": lambda cover: photo(cover, light=ramp(*cover.shape)),
    "a shadow across it": lambda cover: photo(cover, light=shadow(*cover.shape)),
    "noise": lambda cover: photo(cover, noise=22),
    "specks": lambda cover: photo(specks(cover)),
    "a strip at the edge": lambda cover: framed(photo(cover), 14, 40, "l"),
    "two strips": lambda cover: framed(photo(cover), 10, 70, "tr"),
    "a frame": lambda cover: framed(photo(cover), 12, 30, "tblr"),
    "chalk on a board": lambda cover: photo(cover, paper=40, pen=210),
    "a frame around a board": lambda cover: framed(photo(cover, paper=40, pen=210), 12, 170, "tblr"),
    "pale ink": lambda cover: photo(cover, pen=170),
    "out of focus": lambda cover: photo(blurred(cover, 6)),
    "out of focus, light from one side": lambda cover: photo(blurred(cover, 5), light=ramp(*cover.shape)),
    "enlarged": lambda cover: photo(enlarged(cover)),
    "all of it": lambda cover: framed(
        photo(specks(cover), light=ramp(*cover.shape, darkest=0.6) * shadow(*cover.shape), noise=6), 10, 25, "tblr"
    ),
}


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_photo_is_read_whatever_else_is_on_it(fault: str, digit: str) -> None:
    assert read(FAULTS[fault](ink(STROKES[digit], turn=-6))) == digit


@pytest.mark.parametrize("width", [(3000, 2000), (1500, 1100), (700, 900)], ids=str)
def test_a_line_as_thin_as_a_pencils_is_drawn_as_broad_as_a_pens(width: tuple[int, int]) -> None:
    cover = ink(SEVEN, *width, size=0.5 * min(width), pen=0.004 * min(width))
    picture = photo(cover, pen=120)
    assert read(picture) == "7"
    assert 0.05 < stroke_width(as_digit(picture).cropped > 127) < 0.15


BLANKS = {
    "even paper": lambda: np.full((320, 420, 3), 240, np.uint8),
    "black": lambda: np.zeros((60, 40, 3), np.uint8),
    "one pixel": lambda: np.zeros((1, 1, 3), np.uint8),
    "a gradient": lambda: photo(np.zeros((320, 420)), light=ramp()),
    "a steep gradient": lambda: photo(np.zeros((320, 420)), light=ramp(darkest=0.05)),
    "a shadow": lambda: photo(np.zeros((320, 420)), light=shadow()),
    "a finger's shadow": lambda: photo(blurred(ink(ONE, size=220, pen=12), 7), pen=150),
    "noise": lambda: photo(np.zeros((320, 420)), noise=25),
    "noise in a shadow": lambda: photo(np.zeros((320, 420)), light=shadow(), noise=10),
    "specks": lambda: photo(specks(np.zeros((320, 420), np.float32))),
    "a strip": lambda: framed(photo(np.zeros((320, 420))), 14, 40, "l"),
    "a frame": lambda: framed(photo(np.zeros((320, 420))), 12, 30, "tblr"),
    "a board in its frame": lambda: framed(photo(np.zeros((320, 420)), paper=40), 12, 170, "tblr"),
}


@pytest.mark.parametrize("sheet", BLANKS)
def test_a_sheet_without_a_digit_gives_an_error_message(sheet: str) -> None:
    with pytest.raises(UserError, match="There is no digit to be seen"):
        as_digit(BLANKS[sheet]())


@pytest.mark.parametrize("fault", ["plain paper", "a shadow across it", "a frame", "chalk on a board"])
@pytest.mark.parametrize("digits", [("1", "7"), ("4", "0"), ("1", "1", "1")], ids="".join)
def test_several_digits_are_said(digits: tuple[str, ...], fault: str) -> None:
    places = np.linspace(0.25, 0.75, len(digits))
    cover = sum(ink(STROKES[digit], size=130, pen=11, at=(x, 0.5)) for digit, x in zip(digits, places, strict=True))
    with pytest.raises(UserError, match="There are several digits in this picture"):
        as_digit(FAULTS[fault](cover))


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Mean difference of the images made of both; where the middle is rounded the other way, one pixel apart."""
    first, second = as_digit(one).centred, as_digit(other).centred
    moves = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return min(float(np.abs(first - np.roll(second, move, (0, 1))).mean()) for move in moves)


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("brightness", [0.35, 0.6, 1.1])
def test_brightness_does_not_matter(digit: str, brightness: float) -> None:
    cover = ink(STROKES[digit])
    assert difference(photo(cover), photo(cover, light=brightness)) < 0.01


@pytest.mark.parametrize("digit", STROKES)
def test_dark_on_light_and_light_on_dark_are_alike(digit: str) -> None:
    picture = photo(ink(STROKES[digit]))
    assert difference(picture, 255 - picture) < 0.01


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("scale", [0.4, 0.7, 1.6, 3.0])
def test_size_does_not_matter(digit: str, scale: float) -> None:
    large = ink(STROKES[digit], round(320 * scale), round(420 * scale), size=180 * scale, pen=16 * scale)
    assert difference(photo(ink(STROKES[digit])), photo(large)) < 0.04


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("at", [(0.3, 0.35), (0.7, 0.65), (0.5, 0.4)], ids=str)
def test_place_does_not_matter(digit: str, at: tuple[float, float]) -> None:
    assert difference(photo(ink(STROKES[digit])), photo(ink(STROKES[digit], at=at))) < 0.01


@pytest.mark.parametrize("digit", STROKES)
@pytest.mark.parametrize("turn", [-15, -8, 8, 15])
def test_a_digit_may_be_turned_a_little(digit: str, turn: float) -> None:
    assert read(photo(ink(STROKES[digit], turn=turn))) == digit


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_turning_the_photo_turns_what_is_made_of_it(quarter: int) -> None:
    picture = photo(ink(FOUR), noise=0)
    straight, turned = as_digit(picture).scaled, as_digit(np.ascontiguousarray(np.rot90(picture, quarter))).scaled
    assert np.abs(np.rot90(straight, quarter).astype(int) - turned).mean() < 3


@pytest.mark.parametrize("digit", STROKES)
def test_a_picture_cut_close_around_the_digit_is_read(digit: str) -> None:
    cover = ink(STROKES[digit], pen=14)
    rows, columns = np.flatnonzero((cover > 0.5).any(axis=1)), np.flatnonzero((cover > 0.5).any(axis=0))
    for margin in (0, 3):
        cut = cover[rows[0] - margin : rows[-1] + 1 + margin, columns[0] - margin : columns[-1] + 1 + margin]
        assert read(photo(cut)) == digit, f"{margin} pixels around it"


def test_widths_of_pens_stay_as_they_are() -> None:
    cover = ink(SEVEN, pen=22)
    before = stroke_width(cover > 0.5)
    assert 0.085 < before < 0.18
    assert stroke_width(with_usual_strokes(cover) > 127) == pytest.approx(before, rel=0.1)


def test_a_width_is_that_of_a_bar() -> None:
    bar = np.zeros((30, 220), bool)
    bar[10:15, 10:210] = True
    assert stroke_width(bar) == pytest.approx(2 * 5 * 200 / (2 * 205) / 200)
    assert stroke_width(np.zeros((4, 4), bool)) == 0


def test_a_photo_of_25_megapixels_is_looked_at_in_small() -> None:
    picture = np.full((4000, 6000, 3), 230, np.uint8)
    picture[1500:2500, 2900:3100] = 30
    assert read(picture) == "1"
    assert max(as_digit(picture).cropped.shape) <= 240


def test_a_drawing_of_another_size_keeps_all_of_its_ink() -> None:
    two = ink(ONE, at=(0.3, 0.5)) + ink(ONE, at=(0.7, 0.5))
    canvas = canvas_of(photo(two), (280, 280))
    assert canvas[:, :140].max() == canvas[:, 140:].max() == 255
