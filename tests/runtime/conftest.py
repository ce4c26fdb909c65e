"""Tests of threads: none of them outlives its test."""

from tests.leftovers import nothing_is_left_behind  # noqa: F401  - for every test here
