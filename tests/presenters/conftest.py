"""Tests of presenters: their jobs and threads end with the test, and so do the windows that some of them open."""

from tests.leftovers import nothing_is_left_behind  # noqa: F401  - for every test here
