"""The data that a measurement trains on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.desk import data_dir

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet


def data_of(model: str) -> DataSet:
    from cnnviewer.core.data.registry import load, sources

    usual, spare = {"lenet": ("mnist", "builtin-digits"), "simplecnn": ("cifar10", "builtin-shapes")}[model]
    ready = {source.key for source in sources(data_dir()) if source.availability != "missing"}
    return load(usual if usual in ready else spare, data_dir())
