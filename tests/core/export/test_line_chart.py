"""Curves as SVG: ticks, gaps, and no more points than a picture can show."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from cnnviewer.core.export.line_chart import WIDTH, Curve, bins, line_chart, number, ticks

SVG = "{http://www.w3.org/2000/svg}"


def chart(*curves: Curve, epochs: tuple[tuple[int, float], ...] = ()) -> ElementTree.Element:
    return ElementTree.fromstring(line_chart(curves, "step", "loss", epochs))


def curve(y: list[float], style: str = "line", name: str = "a & b") -> Curve:
    values = np.array(y, dtype=np.float64)
    return Curve(name, "training", style, np.arange(1.0, len(values) + 1), values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.0, 100.0, [0, 20, 40, 60, 80, 100]),
        (0.0, 2.4, [0, 0.5, 1, 1.5, 2]),
        (0.0, 3438.0, [0, 1000, 2000, 3000]),
        (-1.0, 1.0, [-1, -0.5, 0, 0.5, 1]),
        (0.0, 1e-6, [0, 2e-7, 4e-7, 6e-7, 8e-7, 1e-6]),
    ],
)
def test_ticks_are_round_numbers_within_the_range(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


@pytest.mark.parametrize(("value", "said"), [(0.0, "0"), (0.05, "0.05"), (2500, "2500"), (20_000, "20k"), (3e6, "3M")])
def test_numbers_are_said_shortly(value: float, said: str) -> None:
    assert number(value) == said


def test_what_is_not_finite_leaves_a_gap() -> None:
    lines = [
        each
        for each in chart(curve([3, 2, np.nan, np.inf, 1, 0])).iter(f"{SVG}polyline")
        if "," in each.get("points", "")
    ]
    drawn = [each.get("points", "").split() for each in lines if len(each.get("points", "").split()) == 2]
    assert len(drawn) == 3, "two pieces, and the line of the legend"


def test_nothing_finite_is_still_a_picture() -> None:
    assert chart(curve([np.nan, np.nan])).tag == f"{SVG}svg"


def test_a_million_points_become_what_can_be_seen_and_no_peak_is_lost() -> None:
    y = np.zeros(1_000_000)
    y[123_456] = 1.0
    root = chart(Curve("a", "training", "line", np.arange(1.0, 1_000_001), y))
    points = max((each.get("points", "") for each in root.iter(f"{SVG}polyline")), key=len).split()
    assert len(points) < 2000
    heights = [float(point.partition(",")[2]) for point in points]
    assert min(heights) < max(heights) - 200


def test_means_are_those_of_the_stretches() -> None:
    x, y, length = bins(np.arange(1.0, 8.0), np.array([1.0, 2, 3, 4, 5, 6, 9]), 3)
    assert length == 3
    np.testing.assert_allclose(x, [2, 5, 7])
    np.testing.assert_allclose(y, [2, 5, 9])


def test_a_single_wild_batch_does_not_flatten_the_rest() -> None:
    wild = [1.0] * 999 + [1e6]
    words = [each.text or "" for each in chart(curve(wild, "faint"), curve([1.0, 0.5])).iter(f"{SVG}text")]
    assert "1" in words
    assert not any(word.endswith(("k", "M")) and word[0].isdigit() and word != "1k" for word in words)


def test_epochs_are_lines_and_names_are_escaped() -> None:
    root = chart(curve([1, 2, 3]), epochs=((1, 2.0), (2, 3.0)))
    assert sum(each.get("class") == "epoch" for each in root.iter(f"{SVG}line")) == 2
    assert "a & b" in [each.text for each in root.iter(f"{SVG}text")]


def test_a_line_that_leaves_the_picture_ends_at_its_edge_and_no_point_is_cut_in_half() -> None:
    wild = curve([1.0] * 500 + [1e6] + [1.0] * 500, "faint")
    root = chart(wild, curve([1.0, 1.0], "points"))
    assert not list(root.iter(f"{SVG}clipPath")), "few programs know it"
    lines = [
        each.get("points", "").split()
        for each in root.iter(f"{SVG}polyline")
        if each.get("class", "").endswith("faint")
    ]
    pieces = [[tuple(map(float, point.split(","))) for point in line] for line in lines[:-1]]
    assert len(pieces) == 2
    assert min(y for piece in pieces for _, y in piece) == 12.0, "up to the upper edge"
    assert len(list(root.iter(f"{SVG}circle"))) == 3, "two points, and that of the legend"


def test_the_last_number_of_an_axis_has_room_within_the_picture() -> None:
    texts = [each for each in chart(curve([1.0] * 5000)).iter(f"{SVG}text") if each.text == "5000"]
    assert float(texts[0].attrib["x"]) + 2.5 * 7 <= WIDTH
