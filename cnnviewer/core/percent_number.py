"""A share as the number of a percentage that is never rounded to nothing or to everything."""

from __future__ import annotations

import math


def percent_number(share: float) -> str:
    """A share in 0..1 as a percentage with one decimal, without the sign.

    Never a 0.0 or a 100.0 that is not one: `<0.1`, `>99.9`. NaN where there is no number.
    """
    if not math.isfinite(share):
        return "NaN"
    if 0 < share < 0.0005:
        return "<0.1"
    if 0.9995 <= share < 1:
        return ">99.9"
    return f"{share * 100:.1f}"
