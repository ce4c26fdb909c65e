"""Numbers as the user writes them."""

import math
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.sweep.number_list import decimals, whole_numbers
from cnnviewer.core.typed_number import real, whole, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-5", 1e-5),
        ("5e-4", 5e-4),
        ("5E-4", 5e-4),
        ("1e+2", 100.0),
        ("0,001", 0.001),
        ("0,9", 0.9),
        ("1,5e-3", 1.5e-3),
        ("1,25", 1.25),
        ("0.0125", 0.0125),
        ("0.1234567890123", 0.1234567890123),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("+3", 3.0),
        ("-0,25", -0.25),
        ("−2", -2.0),
        ("1e−5", 1e-5),
        (" 0.01\n", 0.01),
        ("０．０１", 0.01),
        ("１ｅ－５", 1e-5),
        ("0,000", 0.0),
        ("0e-999", 0.0),
        ("1.000", 1.0),
        ("007", 7.0),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, value: float) -> None:
    assert real(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "nan",
        "inf",
        "-",
        ".",
        ",",
        "e5",
        "1e",
        "1e-",
        "1e5.5",
        "1.2.3",
        "1,2,3",
        "1.000,5",
        "1,000.5",
        "1 000",
        "1_000",
        "0x10",
        "1%",
        "½",
        "10²",
        "٣",
        "1e400",
        "1e-400",
        "",
        "  ",
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        real(text)


@pytest.mark.parametrize(("read", "text"), [(real, "1,000"), (real, "-12,345"), (whole, "1.000"), (whole, "12.345")])
def test_a_group_of_three_that_could_be_thousands_or_decimals_is_refused_with_both(read, text: str) -> None:
    with pytest.raises(UserError, match="can mean"):
        read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("32", 32),
        ("1,000", 1000),
        ("60,000", 60_000),
        ("1 000", 1000),
        ("1\u202f000\u202f000", 1_000_000),
        ("1e3", 1000),
        ("-3", -3),
        ("−3", -3),
        ("３２", 32),
        (" 7\n", 7),
        ("007", 7),
    ],
)
def test_a_whole_number_is_read_as_it_is_written(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize(
    "text", ["1.5", "0,9", "1,00", "1,0000", "10,00", "1e-3", "1e999", "1_000", "2²", "abc", "", "1 00"]
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        whole(text)


def test_any_number_is_read_back_from_every_way_to_write_it() -> None:
    chance = random.Random(7)
    for _ in range(2_000):
        value = chance.choice((chance.random(), 10 ** chance.uniform(-12, 12), chance.randrange(10**6) / 1000))
        for text in (repr(value), written(value), f"{value:.17e}", f"{value:.6g}", f"{value:.4f}"):
            assert real(text) == float(text)
            head = text.partition(".")[2].partition("e")[0]
            if head and len(head) != 3:
                assert real(text.replace(".", ",")) == float(text)
        assert float(written(value)) == value


_SIGNS = st.characters(codec="utf-8") | st.sampled_from("0123456789.,-+eE 　０１．，−–;")


@given(st.text(_SIGNS, max_size=30))
def test_any_text_is_a_finite_number_or_refused_in_a_sentence(text: str) -> None:
    for read in (real, whole):
        try:
            value = read(text)
        except UserError as error:
            assert str(error).endswith(".")
        else:
            assert math.isfinite(value)
            assert read(f"  {text}\n") == value, "spaces around it change nothing"


@given(
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False).filter(lambda value: abs(value) > 1e-300)
)
def test_a_number_that_the_program_writes_is_read_as_that_number(value: float) -> None:
    assert real(written(value)) == value


@given(st.integers(-(10**18), 10**18))
def test_a_whole_number_is_read_with_and_without_commas_and_spaces(value: int) -> None:
    assert whole(str(value)) == whole(f"{value:,}") == whole(f"{value:,}".replace(",", " ")) == value


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=8), st.sampled_from([", ", "; ", " ", ";", " ,  "]))
def test_a_list_of_numbers_is_read_whatever_stands_between_them(values: list[float], between: str) -> None:
    assert decimals(between.join(map(written, values)), "learning_rate") == tuple(dict.fromkeys(values))


@given(st.lists(st.floats(1e-9, 1e9).filter(lambda value: "." in written(value)), min_size=2, max_size=8))
def test_a_list_with_decimal_commas_takes_semicolons(values: list[float]) -> None:
    text = "; ".join(written(value).replace(".", ",") for value in values)
    try:
        assert decimals(text, "learning_rate") == tuple(dict.fromkeys(values))
    except UserError:
        assert re.search(r"(^|\s)[1-9]\d{0,2},\d{3}($|;)", text), "only what can be thousands is refused"


@given(st.text(_SIGNS, max_size=30))
def test_any_text_is_a_list_of_numbers_or_refused_in_a_sentence(text: str) -> None:
    for read in (decimals, whole_numbers):
        try:
            found = read(text, "seed")
        except UserError as error:
            assert error.field == "seed"
        else:
            assert len(set(found)) == len(found)
            assert all(math.isfinite(value) for value in found)
