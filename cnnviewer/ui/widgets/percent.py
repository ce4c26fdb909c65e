"""Probabilities and shares in words: one way everywhere."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication


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


def percent(share: float) -> str:
    """The same with the sign, as the window's language writes it: `93.1 %`, `<0.1 %`."""
    if not math.isfinite(share):
        return percent_number(share)
    return QCoreApplication.translate("Percent", "{number} %").format(number=percent_number(share))


def exact_percent(share: float) -> str:
    """With two decimals, as accuracies of thousands of images are compared: `98.27 %`."""
    if not math.isfinite(share):
        return "–"
    return QCoreApplication.translate("Percent", "{number} %").format(number=f"{100 * share:.2f}")


def whole_percent(share: float) -> str:
    """Without decimals, where there is little room: `93 %`, `>99 %`; never a 100 that is not one."""
    if not math.isfinite(share):
        return "–"
    number = ">99" if 0.995 <= share < 1 else f"{share * 100:.0f}"
    return QCoreApplication.translate("Percent", "{number} %").format(number=number)
