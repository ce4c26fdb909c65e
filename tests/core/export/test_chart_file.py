"""Charts as a file of their own: every program that shows SVG shows the same picture."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from cnnviewer.core.export.chart_file import side_by_side
from cnnviewer.core.export.line_chart import Curve, line_chart
from tests.ui.exported import edges, near, painted

SVG = "{http://www.w3.org/2000/svg}"
X = np.arange(1.0, 401)


@pytest.fixture
def made() -> bytes:
    """Loss and accuracy of four hundred steps, the loss with one wild batch."""
    loss = 2.4 / np.sqrt(X)
    faint = loss + 0.1 * (X % 3)
    faint[150] = 40.0
    curves = (
        Curve("training, each step", "training", "faint", X, faint),
        Curve("training, means", "training", "line", X, loss),
        Curve("validation, each epoch", "validation", "points", X[199::200], loss[199::200] + 0.2),
    )
    accuracy = Curve("validation, each epoch", "validation", "points", X[199::200], np.array([60.0, 80.0]))
    return side_by_side(
        [line_chart(curves, "step", "loss", ((1, 200.0), (2, 400.0))), line_chart([accuracy], "step", "accuracy (%)")],
        "LeNet, loss < 1",
    )


def test_a_program_without_css_shows_both_charts_in_their_colours(made: bytes, qapp: QApplication) -> None:
    root = ElementTree.fromstring(made)
    assert (root.attrib["width"], root.attrib["height"]) == ("1120", "412")
    picture = painted(made, "svg", 1120)
    assert picture.shape == (412, 1120, 3)
    assert near(edges(picture), "#ffffff").all()
    assert near(picture, "#ffffff").mean() > 0.85
    for colour, left, right in (("#2563c9", 0, 560), ("#b45f06", 0, 560), ("#b45f06", 560, 1120)):
        seen = near(picture[:340, left:right], colour)
        assert np.count_nonzero(seen) > 50
    assert near(picture, "#e4e4e4").any(axis=1).sum() >= 5, "lines of the grid"


def test_a_file_has_one_svg_element_and_needs_no_custom_property(made: bytes) -> None:
    root = ElementTree.fromstring(made)
    assert len(list(root.iter(f"{SVG}svg"))) == 1
    assert b"var(" not in made
    assert {each.get("aria-label") for each in root.iter(f"{SVG}g")} >= {"loss against step"}


def test_a_file_has_titles_numbers_legend_and_caption(made: bytes) -> None:
    words = {each.text for each in ElementTree.fromstring(made).iter(f"{SVG}text")}
    assert words >= {"step", "loss", "accuracy (%)", "0", "0.5", "400", "training, means", "LeNet, loss < 1"}


def test_a_browser_in_dark_mode_gets_dark_colours(made: bytes) -> None:
    sheet = ElementTree.fromstring(made).findtext(f"{SVG}style")
    assert sheet is not None
    assert sheet.startswith("@media (prefers-color-scheme: dark)")
    assert re.search(r"\.training \{ stroke: #6aa5ff", sheet)
    assert re.search(r"\.page \{ fill: #1b2027", sheet)
