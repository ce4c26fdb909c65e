"""The sandbox's arithmetic against PyTorch: every size, stride, padding and dilation, refusals included."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.errors import UserError
from cnnviewer.core.sandbox import Axis, Operation, SandboxSettings, SlidingResult, axes, check, slide

Pair = tuple[int, int]
OPERATIONS: tuple[Operation, ...] = ("conv", "max", "avg", "min")


def numbers(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(np.float64)


def by_torch(x: np.ndarray, setup: SandboxSettings, kernel: np.ndarray, bias: float) -> np.ndarray:
    """What PyTorch computes for a batch `(N, H, W)`; RuntimeError for what it refuses."""
    batch = torch.from_numpy(x)[:, None]
    size, stride, padding, dilation = setup.kernel_size, setup.stride, setup.padding, setup.dilation
    computed: dict[str, Callable[[], torch.Tensor]] = {
        "conv": lambda: F.conv2d(
            batch,
            torch.from_numpy(kernel)[None, None],
            torch.tensor([bias], dtype=batch.dtype),
            stride,
            padding,
            dilation,
        ),
        "max": lambda: F.max_pool2d(batch, size, stride, padding, dilation),
        "min": lambda: -F.max_pool2d(-batch, size, stride, padding, dilation),
        "avg": lambda: F.avg_pool2d(batch, size, stride, padding),
    }
    return computed[setup.operation]()[:, 0].numpy()


def ours(x: np.ndarray, setup: SandboxSettings, kernel: np.ndarray, bias: float) -> SlidingResult:
    return slide(x, setup, kernel if setup.operation == "conv" else None, bias)


def agree(x: np.ndarray, setup: SandboxSettings, kernel: np.ndarray, bias: float) -> bool:
    """Compare one setup with PyTorch; True when it was computed, False when both refused."""
    try:
        expected = by_torch(x[None], setup, kernel, bias)[0]
    except RuntimeError:
        with pytest.raises(UserError):
            ours(x, setup, kernel, bias)
        return False
    outcome = ours(x, setup, kernel, bias)
    assert outcome.output.shape == expected.shape, setup
    np.testing.assert_allclose(outcome.output, expected, rtol=1e-12, atol=1e-12, err_msg=str(setup))
    return True


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_square_setup_is_pytorchs(operation: Operation) -> None:
    torch.set_num_threads(1)
    dilations = (1,) if operation == "avg" else (1, 2)
    computed = refused = 0
    for size, k, s, p, d in product(range(3, 13), range(1, 6), range(1, 5), range(4), dilations):
        setup = SandboxSettings(operation, (k, k), (s, s), (p, p), (d, d))
        if agree(numbers(size, size, seed=size), setup, numbers(k, k, seed=k), 0.5):
            computed += 1
        else:
            refused += 1
    assert computed > 400
    assert refused > 20


@pytest.mark.parametrize("operation", OPERATIONS)
def test_setups_that_differ_between_rows_and_columns_are_pytorchs(operation: Operation) -> None:
    draw = np.random.default_rng(1)
    for _ in range(1500):
        pairs = [tuple(int(n) for n in draw.integers(low, high, 2)) for low, high in ((1, 6), (1, 5), (0, 4), (1, 3))]
        size, stride, padding, dilation = pairs
        setup = SandboxSettings(operation, size, stride, padding, (1, 1) if operation == "avg" else dilation)  # type: ignore[arg-type]
        agree(numbers(*draw.integers(3, 13, 2)), setup, numbers(*size), -1.25)


def test_the_winner_is_the_place_whose_gradient_pytorch_passes_on() -> None:
    for operation, sign in (("max", 1.0), ("min", -1.0)):
        x = np.random.default_rng(2).integers(0, 3, (7, 7)).astype(np.float64)  # many ties
        outcome = slide(x, SandboxSettings(operation, (3, 3), (2, 2), (1, 1)))  # type: ignore[arg-type]
        _, places = F.max_pool2d(sign * torch.from_numpy(x)[None, None], 3, 2, 1, return_indices=True)
        for row, col in np.ndindex(outcome.output.shape):
            i, j = outcome.winners(row, col)[0]
            place = (outcome.rows[row, i] - 1) * 7 + outcome.cols[col, j] - 1
            assert place == places[0, 0, row, col]
        assert any(len(outcome.winners(*cell)) > 1 for cell in np.ndindex(outcome.output.shape))


def test_products_and_bias_add_up_to_the_output() -> None:
    outcome = slide(numbers(8, 8), SandboxSettings("conv", (3, 2), (2, 1), (1, 1), (2, 1)), numbers(3, 2), 0.75)
    for row, col in np.ndindex(outcome.output.shape):
        assert outcome.products(row, col).sum() + outcome.bias == pytest.approx(outcome.output[row, col], abs=1e-12)


def test_a_pooling_has_no_products_and_a_convolution_no_winner() -> None:
    with pytest.raises(ValueError, match="products"):
        slide(numbers(4, 4), SandboxSettings("max", (2, 2))).products(0, 0)
    assert slide(numbers(4, 4), SandboxSettings("conv", (2, 2)), numbers(2, 2)).winners(0, 0) == ()


def test_cells_are_left_out_exactly_where_the_gradient_of_the_sum_is_zero() -> None:
    for size, k, s, p, d in product((5, 8), (1, 2, 3), (1, 2, 3, 4), (0, 1), (1, 2)):
        setup = SandboxSettings("conv", (k, k), (s, s), (p, p), (d, d))
        x = F.pad(torch.zeros(1, 1, size, size, dtype=torch.float64), (p,) * 4).requires_grad_()
        try:
            outcome = slide(numbers(size, size), setup, np.ones((k, k)))
        except UserError:
            continue
        F.conv2d(x, torch.ones(1, 1, k, k, dtype=torch.float64), None, s, 0, d).sum().backward()
        assert x.grad is not None
        assert np.array_equal(outcome.left_out, (x.grad[0, 0] == 0).numpy()), setup


def test_the_readers_of_a_cell_are_the_windows_that_hold_it() -> None:
    outcome = slide(numbers(7, 6), SandboxSettings("conv", (3, 2), (2, 1), (1, 0), (1, 2)), numbers(3, 2))
    for row, col in np.ndindex(outcome.padded.shape):
        holds = [
            (i, j) for i, j in np.ndindex(outcome.output.shape) if row in outcome.rows[i] and col in outcome.cols[j]
        ]
        assert list(outcome.readers(row, col)) == holds


@pytest.mark.parametrize(
    ("axis", "symbols", "numbers", "quotient", "result"),
    [
        (
            Axis("W", 8, 3, 2, 1, 1),
            "floor((W − K + 2P) / S) + 1",
            "floor((8 − 3 + 2·1) / 2) + 1",
            "floor(7 / 2) + 1",
            4,
        ),
        (
            Axis("H", 9, 3, 1, 0, 2),
            "floor((H − D·(K − 1) − 1 + 2P) / S) + 1",
            "floor((9 − 2·(3 − 1) − 1 + 2·0) / 1) + 1",
            "floor(4 / 1) + 1",
            5,
        ),
        (
            Axis("W", 3, 5, 2, 0, 1),
            "floor((W − K + 2P) / S) + 1",
            "floor((3 − 5 + 2·0) / 2) + 1",
            "floor(−2 / 2) + 1",
            0,
        ),
    ],
    ids=["divides not", "dilated", "does not fit"],
)
def test_the_formula_shows_its_numbers(axis: Axis, symbols: str, numbers: str, quotient: str, result: int) -> None:
    formula = axis.formula()
    assert (formula.symbols, formula.numbers, formula.quotient, formula.result) == (symbols, numbers, quotient, result)


def test_every_formula_evaluates_to_its_result() -> None:
    for size, k, s, p, d in product(range(3, 13), range(1, 6), range(1, 5), range(4), (1, 2)):
        for axis in axes(SandboxSettings("conv", (k, k), (s, s), (p, p), (d, d)), (size, size)):
            formula = axis.formula()
            letters = {axis.letter: size, "K": k, "S": s, "P": p, "D": d, "floor": np.floor}
            for text in (formula.symbols.replace("2P", "2·P"), formula.numbers, formula.quotient):
                assert eval(text.replace("−", "-").replace("·", "*"), {}, letters) == formula.result, text


def test_a_remainder_is_what_the_last_step_does_not_reach() -> None:
    assert Axis("W", 8, 3, 2, 0, 1).remainder == 1
    assert slide(numbers(8, 8), SandboxSettings("max", (3, 3), (2, 2))).left_out_cols == (7,)
    assert slide(numbers(7, 7), SandboxSettings("max", (3, 3), (2, 2))).left_out_cols == ()


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        (SandboxSettings("conv", (5, 5)), ("5×5", "3×3")),
        (SandboxSettings("conv", (3, 3), dilation=(2, 2)), ("3×3", "2×2", "5×5")),
        (SandboxSettings("max", (3, 3), padding=(2, 2)), ("2×2", "3×3", "1×1")),
        (SandboxSettings("avg", (2, 2), dilation=(2, 2)), ("no dilation",)),
    ],
    ids=["kernel too large", "dilated kernel too large", "padding more than half", "dilated average"],
)
def test_a_refusal_names_the_numbers_that_do_not_fit(setup: SandboxSettings, words: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as refused:
        check(setup, (3, 3))
    for word in words:
        assert word in str(refused.value)


def test_wrong_arguments_are_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="slides"):
        SandboxSettings(stride=(0, 1))
    with pytest.raises(ValueError, match="kernel"):
        slide(numbers(4, 4), SandboxSettings("conv", (3, 3)), numbers(2, 2))
    with pytest.raises(ValueError, match="matrix"):
        slide(numbers(4), SandboxSettings("max", (2, 2)))


def test_the_callers_arrays_are_neither_changed_nor_kept() -> None:
    x, kernel = numbers(4, 4), numbers(3, 3)
    outcome = slide(x, SandboxSettings(), kernel)
    x[:], kernel[:] = 0, 0
    assert outcome.products(0, 0).any()
    with pytest.raises(ValueError, match="read-only"):
        outcome.output[0, 0] = 1
