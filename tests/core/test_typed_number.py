"""Numbers as a person writes them."""

import random

import pytest

from cnnviewer.core.errors import UserError
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
