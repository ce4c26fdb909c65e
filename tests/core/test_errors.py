"""A sentence for the user is one line that can be read, whatever the values in it are."""

import traceback
import weakref
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError, in_words, without_frames

_SENTENCE = "{file} cannot be read."


@pytest.mark.parametrize(
    "value", ["a\nb", "\x1b[2Jx", "\u202ex", "a\udcff", Path("a\tb"), OSError("first\nsecond")], ids=ascii
)
def test_control_characters_of_a_value_are_seen_and_do_nothing(value: object) -> None:
    error = UserError(_SENTENCE, file=value)
    for text in (str(error), in_words(error, lambda template: template)):
        assert text.encode()
        assert not any(sign in text for sign in "\n\t\x1b\u202e")
        assert text.endswith(" cannot be read.")


def test_the_middle_of_a_name_of_ten_thousand_letters_is_left_out() -> None:
    text = str(UserError(_SENTENCE, file="start" + "x" * 10_000 + "end.png"))
    assert text.startswith("startx")
    assert text.endswith("end.png cannot be read.")
    assert len(text) < 500


def test_the_values_of_a_sentence_stay_as_they_were_given() -> None:
    name = "a\n" + "x" * 1000
    assert UserError(_SENTENCE, file=name).values["file"] == name


class Large:
    """Stands for a picture that a function has in its hands when it fails."""


def _fail(seen: list[weakref.ref[Large]], within: type[Exception]) -> None:
    large = Large()
    seen.append(weakref.ref(large))
    try:
        raise within("inside")
    except Exception as error:
        raise UserError(_SENTENCE, file=error) from error


def test_an_error_that_is_kept_holds_nothing_of_what_was_in_hand_when_it_was_raised() -> None:
    seen: list[weakref.ref[Large]] = []
    try:
        _fail(seen, ValueError)
    except UserError as error:
        kept = without_frames(error)
    assert seen[0]() is None
    assert str(kept) == "inside cannot be read."
    assert kept.__traceback__ is kept.__cause__ is kept.__context__ is None


def test_an_error_that_nobody_expected_keeps_in_words_where_it_was_raised() -> None:
    try:
        raise KeyError("key")
    except KeyError as error:
        kept = without_frames(error)
    assert kept.__traceback__ is None
    assert 'raise KeyError("key")' in "".join(traceback.format_exception(kept))
    assert str(kept) == "'key'"
