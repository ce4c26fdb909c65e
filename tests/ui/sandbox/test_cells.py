"""Cells: how numbers are written where there is little room, how they are typed, and what their colours say."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.sandbox_inputs import preset
from cnnviewer.ui.sandbox.cells import cell_texts, exact, fitting, shading
from cnnviewer.ui.sandbox.grid import typed_value, with_sign
from cnnviewer.ui.sandbox.page import SandboxPage
from cnnviewer.ui.sandbox.sandbox_state import SandboxHistory, SandboxState


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (-0.0, "0"), (-0.25, "−0.25"), (4 / 3, "1.3333"), (np.inf, "∞"), (-np.inf, "−∞"), (100.0, "100")],
)
def test_a_number_is_written_with_no_more_digits_than_it_has(value: float, text: str) -> None:
    assert exact(value) == text


def test_numbers_are_written_shorter_where_there_is_less_room() -> None:
    written = [list(texts[0]) for texts in cell_texts(np.array([[1 / 3, -1.74, 12.34, 0.001, 2.0]]))]
    assert written[0][:3] == ["0.33", "−1.74", "12.3"]
    assert written[1][:2] == [".33", "−1.74"]
    assert written[2] == [".33", "−1.7", "12", "≈0", "2"]


def test_what_is_next_to_nothing_is_never_written_as_zero() -> None:
    for texts in cell_texts(np.array([[0.001, -1e-9]])):
        assert "0" not in texts[0].tolist()
        assert "−0" not in texts[0].tolist()


def test_numbers_are_left_away_where_they_do_not_fit(qtbot: QtBot) -> None:
    assert fitting(np.array([[1.0]]), 30) is not None
    assert fitting(np.array([[0.125]]), 12) is None


def test_colours_diverge_about_zero_only_where_values_can_be_negative() -> None:
    assert shading(np.array([[0.0, 0.5]])).palette == "image"
    assert shading(np.array([[0.0, -0.5]])).palette == "signed"
    signed = shading(np.array([[0.0, 3.0]]), signed=True)
    assert (signed.palette, signed.bounds.low, signed.bounds.high) == ("signed", -3.0, 3.0)


@pytest.mark.parametrize(
    ("keys", "text", "value"),
    [
        ("12", "12", 12.0),
        ("1-", "-1", -1.0),
        ("--5", "5", 5.0),
        ("0.5", "0.5", 0.5),
        (",5", ",5", 0.5),
        ("0,001", "0,001", 0.001),
        ("1e-5", "1e-5", 1e-5),
        ("5e-4-", "-5e-4", -5e-4),
        ("−2", "-2", -2.0),
        ("１．５", "1.5", 1.5),
        ("1.2.3", "1.2.3", None),
        ("1,000", "1,000", None),
        ("1e", "1e", None),
        ("-", "-", None),
    ],
)
def test_keys_typed_into_a_cell_make_a_number(keys: str, text: str, value: float | None) -> None:
    typed = ""
    for key in keys:
        typed = with_sign(typed, key)
    assert typed == text
    assert typed_value(typed) == value


def test_pooled_values_keep_the_colours_of_the_input(qtbot: QtBot) -> None:
    page = SandboxPage()
    qtbot.addWidget(page)
    page._on_random()
    page._on_operation("max")
    assert page.grids.output._shade == page.grids.input._shade


def test_convolution_and_pooling_keep_their_own_geometry() -> None:
    state = SandboxState().with_part("kernel_size", (5, 5))
    assert state.kernel.shape == (5, 5)
    pooled = SandboxState(operation="max").with_part("kernel_size", (3, 3))
    assert pooled.setup.kernel_size == (3, 3)
    assert pooled.conv == SandboxState().conv


def test_an_average_is_never_dilated_and_the_other_poolings_remember() -> None:
    state = SandboxState(operation="max").with_part("dilation", (2, 2))
    average = SandboxState(operation="avg", pool=state.pool)
    assert average.setup.dilation == (1, 1)
    assert SandboxState(operation="min", pool=average.pool).setup.dilation == (2, 2)


def test_a_preset_of_any_size_follows_the_size_and_another_kernel_keeps_its_numbers() -> None:
    blurred = SandboxState().with_preset("blur").with_part("kernel_size", (5, 5))
    assert blurred.preset == "blur"
    assert np.array_equal(blurred.kernel, preset("blur", (5, 5)))
    sobel = SandboxState().with_part("kernel_size", (5, 5))
    assert sobel.preset == "own"
    assert np.array_equal(sobel.kernel[1:4, 1:4], preset("sobel-vertical"))


def test_changes_of_one_kind_in_a_row_are_taken_back_together() -> None:
    history, first = SandboxHistory(), SandboxState()
    history.remember(first, "stroke")
    history.remember(SandboxState(), "stroke")
    history.end()
    second = SandboxState()
    history.remember(second, "stroke")
    third = SandboxState()
    assert history.back(third) is second
    assert history.back(second) is first
    assert history.back(first) is None
    assert history.forward(first) is second
    assert history.forward(second) is third
    assert history.forward(third) is None


def test_a_new_change_leaves_nothing_to_make_again() -> None:
    history = SandboxHistory()
    history.remember(SandboxState(), None)
    assert history.back(SandboxState()) is not None
    assert history.steps[1] == 1
    history.remember(SandboxState(), None)
    assert history.steps[1] == 0
