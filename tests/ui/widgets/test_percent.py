"""Probabilities are written in one way everywhere."""

import math

import pytest

from cnnviewer.core.percent_number import percent_number
from cnnviewer.ui.widgets.percent import percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.931, "93.1 %"),
        (0.0, "0.0 %"),
        (0.00049, "<0.1 %"),
        (0.0005, "0.1 %"),
        (0.9994, "99.9 %"),
        (0.9996, ">99.9 %"),
        (math.nextafter(1.0, 0.0), ">99.9 %"),
        (1.0, "100.0 %"),
        (math.nan, "NaN"),
    ],
)
def test_no_share_is_rounded_to_nothing_or_to_all(share: float, text: str, qapp: object) -> None:
    assert percent(share) == text
    assert percent_number(share) == text.removesuffix(" %")
