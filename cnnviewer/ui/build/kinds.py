"""The kinds of layers as the builder calls them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.models.design import NUMBERS, Kind

KINDS: Final[tuple[Kind, ...]] = tuple(NUMBERS)
"""In the order in which they are offered."""


def kind_title(kind: Kind) -> str:
    """The kind's name as shown to the user, in the window's language."""
    return {
        "conv": QCoreApplication.translate("Builder", "Convolution"),
        "max_pool": QCoreApplication.translate("Builder", "Max-pooling"),
        "avg_pool": QCoreApplication.translate("Builder", "Average pooling"),
        "min_pool": QCoreApplication.translate("Builder", "Min-pooling"),
        "relu": QCoreApplication.translate("Builder", "ReLU"),
        "dropout": QCoreApplication.translate("Builder", "Dropout"),
        "batch_norm": QCoreApplication.translate("Builder", "Batch norm"),
        "flatten": QCoreApplication.translate("Builder", "Flatten"),
        "linear": QCoreApplication.translate("Builder", "Fully connected"),
    }[kind]
