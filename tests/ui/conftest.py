"""What every test of a widget is held to."""

from tests.leftovers import nothing_is_left_behind  # noqa: F401  - for every test here
