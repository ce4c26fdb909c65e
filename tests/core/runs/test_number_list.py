"""Lists of numbers as the user types them."""

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.sweep.number_list import decimals, whole_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0.001, 0.01, 0.1", (0.001, 0.01, 0.1)),
        ("1e-3;0.01  0.1", (0.001, 0.01, 0.1)),
        ("0.1, 0.1", (0.1,)),
        ("0.1,0.01,1e-5", (0.1, 0.01, 1e-5)),
        ("0,0.9", (0.0, 0.9)),
        ("1, 2, 3", (1.0, 2.0, 3.0)),
        ("0.1,0.03", (0.1, 0.03)),
        ("0.1,1", (0.1, 1.0)),
        ("1e-3,1e-2", (1e-3, 1e-2)),
        ("0,1;0,03", (0.1, 0.03)),
        ("0,001; 0,01", (0.001, 0.01)),
        ("0,9;", (0.9,)),
        ("5e−4 １ｅ－５", (5e-4, 1e-5)),
        ("  ", ()),
    ],
)
def test_decimals_are_separated_by_commas_semicolons_or_spaces(text, numbers) -> None:
    assert decimals(text, "learning_rate") == numbers


@pytest.mark.parametrize(("text", "numbers"), [("16, 64", (16, 64)), ("1-3 7", (1, 2, 3, 7)), ("2,1", (2, 1))])
def test_whole_numbers_may_be_ranges(text, numbers) -> None:
    assert whole_numbers(text, "seed") == numbers


@pytest.mark.parametrize("text", ["0.1, abc", "nan", "0,1x", "1.000,5", "1,000.5", "1_0"])
def test_what_is_no_number_is_named_with_its_field(text) -> None:
    with pytest.raises(UserError) as caught:
        decimals(text, "momentum")
    assert caught.value.field == "momentum"


@pytest.mark.parametrize("text", ["0,001", "0,9", ",5", "0,1e-3", "0,1 0,2", "0.1, 0,2", "1,000", "0.1,0,2"])
def test_a_comma_that_can_be_a_decimal_comma_or_part_two_numbers_is_refused(text) -> None:
    with pytest.raises(UserError, match="read in two ways") as caught:
        decimals(text, "learning_rate")
    assert caught.value.field == "learning_rate"


@pytest.mark.parametrize(
    ("text", "points", "apart"),
    [
        ("0,1", "0.1", "0, 1"),
        ("0,1,0,03", "0.1, 0.03", "0, 1, 0, 03"),
        ("1,2,3", "1.2, 3", "1, 2, 3"),
        ("0.1,0,2", "0.1, 0.2", "0.1, 0, 2"),
        ("0,1e-3", "0.1e-3", "0, 1e-3"),
        ("-0,5", "-0.5", "-0, 5"),
        (",5", "0.5", "5"),
    ],
)
def test_both_readings_are_suggested_and_both_are_read(text: str, points: str, apart: str) -> None:
    with pytest.raises(UserError) as caught:
        decimals(text, "")
    assert str(caught.value).endswith(f"write “{points}” or “{apart}”.")
    for suggestion in (points, apart):
        assert decimals(suggestion, "")


@pytest.mark.parametrize("text", ["1,000", "1 000", "16, 064", "1.000", "1.5", "3-1", "-2", "1-9999999"])
def test_what_is_no_whole_number_is_refused(text) -> None:
    with pytest.raises(UserError, match="not a whole number"):
        whole_numbers(text, "seed")
