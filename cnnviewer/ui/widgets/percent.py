"""Probabilities and shares in words: one way everywhere."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.percent_number import percent_number


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
