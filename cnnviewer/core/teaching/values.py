"""Questions about a value: what the operation makes of the numbers shown.

The user reads four significant digits of each number, so half a percent of the largest one is no mistake.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Exponentials,
    GivenValue,
    Loss,
    Normalised,
    Pointwise,
    Pooling,
)
from cnnviewer.core.teaching.question import Fact, Question, bracketed, make, shown

ROUNDED = 0.005
"""Part of the largest number that an answer may be off."""
_SHOWN = 0.0006
"""Part that is lost by showing four significant digits."""
_MOST_CELLS = 9
"""So many values of a window can be averaged by hand; of more, the sum is given."""
_MOST_TO_READ = 16


def pooling(work: Pooling) -> Iterator[Question | None]:
    """What the pool keeps of the window, and which cell it is; nothing where all its values are the same."""
    inside = work.patch[~work.outside]
    if inside.size == 0 or not np.isfinite(inside).all() or inside.min() == inside.max():
        return
    facts: dict[str, Fact] = {
        "window": tuple(tuple(float(v) for v in row) for row in work.patch),
        "outside": tuple(tuple(bool(flag) for flag in row) for row in work.outside),
        "rows": tuple(int(row) for row in work.rows),
        "cols": tuple(int(col) for col in work.cols),
    }
    tolerance = ROUNDED * float(np.abs(inside).max())
    if work.mode == "average":
        yield _average(work, facts, tolerance)
        return
    if inside.size > _MOST_TO_READ:
        return
    largest, smallest, mean = float(inside.max()), float(inside.min()), float(inside.mean())
    best, other = (largest, smallest) if work.mode == "max" else (smallest, largest)
    strongest = float(inside[np.abs(inside).argmax()] if work.mode == "max" else inside[np.abs(inside).argmin()])
    lead = float(np.sort(np.abs(inside - best))[1])  # over the next best; 0 in a tie
    tolerance = max(_SHOWN * abs(best), min(tolerance, 0.4 * lead))
    numbers = ", ".join(shown(float(v)) for v in inside)
    mistakes = (
        ("took_other_pooling", (other,)),
        ("took_other_pooling", (mean,)),
        ("took_padding", (0.0 if work.outside.any() else math.nan,)),
        ("compared_sizes", (strongest,)),
        ("compared_sizes", (abs(strongest),)),
        ("took_sum", (float(inside.sum()),)),
    )
    yield make(f"{work.mode}_pool", facts, (best,), (f"{work.mode}({numbers}) = {shown(best)}",), mistakes, tolerance)
    if lead > 2 * _SHOWN * float(np.abs(inside).max()):  # else the numbers shown do not tell which one wins
        yield _winner(work, facts, best)


def _average(work: Pooling, facts: dict[str, Fact], tolerance: float) -> Question | None:
    inside = work.patch[~work.outside]
    total, divisor, read = float(inside.sum()), work.divisor, int(inside.size)
    mistakes = [
        ("took_other_pooling", (float(inside.max()),)),
        ("took_other_pooling", (float(inside.min()),)),
        ("took_sum", (total,)),
        ("forgot_padding", (total / read,)),
        ("divided_by_window", (total / work.patch.size,)),
        ("divided_by_side", (total / work.patch.shape[0],)),
    ]
    mean = total / divisor
    if divisor not in (read, work.patch.size):  # of its own making
        return None
    facts["padding_counts"] = int(divisor == work.patch.size)
    if inside.size > _MOST_CELLS:
        working = f"{shown(total)} / {shown(divisor)} ≈ {shown(mean)}"
        facts |= {"sum": total, "size": work.patch.shape, "padded": int(work.outside.sum())}
        return make("average_of_sum", facts, (mean,), (working,), mistakes[2:], ROUNDED * abs(mean))
    numbers = " + ".join(bracketed(float(v)) for v in inside)
    working = f"({numbers}) / {shown(divisor)} ≈ {shown(mean)}"
    return make("average_pool", facts, (mean,), (working,), mistakes, tolerance)


def _winner(work: Pooling, facts: dict[str, Fact], best: float) -> Question | None:
    row, col = (int(place) for place in np.argwhere(work.winners)[0])
    other = np.where(work.outside, np.nan, work.patch)
    beaten = np.nanargmin(other) if work.mode == "max" else np.nanargmax(other)
    lost_row, lost_col = (int(place) for place in np.unravel_index(int(beaten), other.shape))
    place = (int(work.rows[row]), int(work.cols[col]))
    return make(
        f"{work.mode}_winner",
        facts,
        place,
        (f"arg {work.mode} = ({place[0]}, {place[1]}),  {work.mode} = {shown(best)}",),
        (
            ("place_in_window", (row, col)),
            ("place_in_window", (row + 1, col + 1)),
            ("swapped_row_and_column", (place[1], place[0])),
            ("took_other_pooling", (int(work.rows[lost_row]), int(work.cols[lost_col]))),
            ("counted_from_one", (place[0] + 1, place[1] + 1)),
        ),
    )


def pointwise(work: Pointwise) -> Question | None:
    """What ReLU makes of x, or the exponential of a log-probability."""
    x = work.x
    if work.function == "exp" and x <= 0:
        share = math.exp(x)
        mistakes = (("in_percent", (100 * share,)), ("took_logarithm", (x,)), ("wrong_sign", (math.exp(-x),)))
        return make("exp", {"x": x}, (share,), (f"exp({shown(x)}) ≈ {shown(share)}",), mistakes, 2 * ROUNDED * share)
    if work.function != "relu":
        return None
    y = max(0.0, x)
    mistakes = (("forgot_relu", (x,)), ("zeroed_positive", (0.0,)), ("took_size", (-x,)))
    return make("relu", {"x": x}, (y,), (f"max(0, {shown(x)}) = {shown(y)}",), mistakes, ROUNDED * abs(x))


def dropout(work: Dropped) -> Iterator[Question | None]:
    """What dropout makes of x while predicting, and of an x that is kept while training."""
    x, p = work.x, work.p
    if not 0 < p < 1:
        return
    tolerance = ROUNDED * abs(x)
    scaled, shrunk = x / (1 - p), x * (1 - p)
    if x:
        yield make(
            "dropout_predicting",
            {"x": x, "p": p},
            (x,),
            (f"y = x = {shown(x)}",),
            (("scaled_when_predicting", (scaled,)), ("shrunk_when_predicting", (shrunk,)), ("dropped", (0.0,))),
            tolerance,
        )
        yield make(
            "dropout_training",
            {"x": x, "p": p},
            (scaled,),
            (f"x / (1 − p) = {shown(x)} / (1 − {shown(p)}) ≈ {shown(scaled)}",),
            (
                ("forgot_scaling", (x,)),
                ("multiplied_instead", (shrunk,)),
                ("divided_by_p", (x / p,)),
                ("dropped", (0.0,)),
            ),
            tolerance / (1 - p),
        )


def batch_norm(work: Normalised) -> Question | None:
    """What batch normalisation makes of x."""
    variance = work.variance + work.epsilon
    deviation = math.sqrt(variance) if variance > 0 else math.nan
    centred = work.x - work.mean
    value = centred / deviation * work.weight + work.bias
    largest = max(abs(work.x), abs(work.mean)) * abs(work.weight) / deviation
    return make(
        "batch_norm",
        {"x": work.x, "mean": work.mean, "deviation": deviation, "weight": work.weight, "bias": work.bias},
        (value,),
        (
            "(x − μ) / √(σ² + ε) · γ + β",
            f"({shown(work.x)} − {bracketed(work.mean)}) / {shown(deviation)} · {bracketed(work.weight)}"
            f" + {bracketed(work.bias)} ≈ {shown(value)}",
        ),
        (
            ("forgot_bias", (centred / deviation * work.weight,)),
            ("forgot_weight", (centred / deviation + work.bias,)),
            ("forgot_weight", (centred / deviation,)),
            ("forgot_mean", (work.x / deviation * work.weight + work.bias,)),
            ("divided_by_variance", (centred / variance * work.weight + work.bias,)),
            ("forgot_deviation", (centred * work.weight + work.bias,)),
        ),
        ROUNDED * max(abs(value), abs(work.bias), largest),
    )


def total(work: Convolution | Dense) -> Question | None:
    """The products' sum and the bias."""
    if work.bias is None:
        return None
    products = work.products if isinstance(work, Convolution) else work.inputs * work.weights
    partial = float(products.sum())
    largest = max(abs(partial), abs(work.bias))
    return make(
        "total",
        {"sum": partial, "bias": work.bias, "terms": int(products.size)},
        (partial + work.bias,),
        (f"{shown(partial)} + {bracketed(work.bias)} ≈ {shown(partial + work.bias)}",),
        (
            ("forgot_bias", (partial,)),
            ("subtracted_bias", (partial - work.bias,)),
            ("multiplied", (partial * work.bias,)),
        ),
        max(2 * _SHOWN * largest, min(ROUNDED * largest, 0.4 * abs(work.bias))),
    )


def share(work: Exponentials) -> Question | None:
    """A softmax share of the exponent and the sum; a log-softmax of the score, the largest score and the sum."""
    exponential, whole, score = float(work.exponentials[work.index]), work.total, float(work.inputs[work.index])
    part = exponential / whole
    if not work.log:
        return make(
            "softmax",
            {"exponential": exponential, "total": whole},
            (part,),
            (f"{shown(exponential)} / {shown(whole)} ≈ {shown(part)}",),
            (
                ("took_exponential", (exponential,)),
                ("upside_down", (whole / exponential if exponential else math.nan,)),
                ("left_itself_out", (exponential / (whole - exponential) if whole > exponential else math.nan,)),
                ("in_percent", (100 * part,)),
            ),
            2 * ROUNDED * part,
        )
    logarithm = math.log(whole)
    value = score - work.shift - logarithm
    return make(
        "log_softmax",
        {"score": score, "largest": work.shift, "log_total": logarithm},
        (value,),
        (f"{shown(score)} − {bracketed(work.shift)} − {bracketed(logarithm)} ≈ {shown(value)}",),
        (
            ("forgot_shift", (score - logarithm,)),
            ("forgot_sum", (score - work.shift,)),
            ("added_logarithm", (score - work.shift + logarithm,)),
            ("forgot_logarithm", (part,)),
            ("wrong_sign", (-value,)),
        ),
        ROUNDED * max(abs(score), abs(work.shift), logarithm),
    )


def loss(work: Loss) -> Question | None:
    """The loss, of the class's log-probability, or of the score, the largest score and the sum."""
    scores = work.scores
    score = float(scores.inputs[scores.index])
    if work.name == "nll":
        return make(
            "nll",
            {"log_probability": score},
            (-score,),
            (f"−log p = −({shown(score)}) = {shown(-score)}",),
            (("wrong_sign", (score,)), ("took_probability", (math.exp(score) if score <= 0 else math.nan,))),
            ROUNDED * abs(score),
        )
    logarithm = math.log(scores.total)
    value = -score + scores.shift + logarithm
    return make(
        "cross_entropy",
        {"score": score, "largest": scores.shift, "log_total": logarithm},
        (value,),
        (f"−{bracketed(score)} + {bracketed(scores.shift)} + {bracketed(logarithm)} ≈ {shown(value)}",),
        (
            ("wrong_sign", (-value,)),
            ("forgot_shift", (-score + logarithm,)),
            ("forgot_sum", (-score + scores.shift,)),
            ("took_probability", (math.exp(-value),)),
        ),
        ROUNDED * max(abs(score), abs(scores.shift), logarithm),
    )


def combined(work: Combined) -> Question | None:
    """Two values added, subtracted, multiplied or divided; None for another operator."""
    if work.operator not in ("+", "−", "×", "÷"):
        return None
    a, b = (part.value for part in work.parts)
    results: dict[str, float] = {"+": a + b, "−": a - b, "×": a * b, "÷": a / b if b else math.nan}
    value = results[work.operator]
    others = (("took_other_operator", (results[operator],)) for operator in results if operator != work.operator)
    scale = max(abs(a), abs(b)) if work.operator in "+−" else abs(value)
    return make(
        "combined",
        {"a": a, "b": b, "operator": work.operator},
        (value,),
        (f"{shown(a)} {work.operator} {bracketed(b)} ≈ {shown(value)}",),
        others,
        ROUNDED * scale,
    )


def normalised_pixel(work: GivenValue) -> Question | None:
    """What the model sees of a pixel."""
    value = (work.pixel - work.mean) / work.std
    return make(
        "pixel",
        {"pixel": work.pixel, "mean": work.mean, "std": work.std},
        (value,),
        ("(x − μ) / σ", f"({shown(work.pixel)} − {shown(work.mean)}) / {shown(work.std)} ≈ {shown(value)}"),
        (
            ("forgot_mean", (work.pixel / work.std,)),
            ("forgot_deviation", (work.pixel - work.mean,)),
            ("multiplied_instead", ((work.pixel - work.mean) * work.std,)),
            ("wrong_sign", (-value,)),
        ),
        ROUNDED * max(work.pixel, work.mean) / work.std,
    )
