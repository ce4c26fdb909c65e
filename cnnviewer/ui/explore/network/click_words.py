"""What a click on a value shows: its multiplications, its maximum, its sum, by the kind of its operation."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cnnviewer.core.inspection.records import LayerInfo

_MULTIPLYING = ("conv", "linear", "bilinear", "matmul", "mm", "bmm", "addmm", "einsum")
_NORMALISING = ("batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm")
_ATTENDING = ("scaled_dot_product_attention", "multihead_attention")
_MOVING = ("cat", "stack", "flatten", "reshape", "permute", "transpose", "getitem", "pad", "identity", "chunk", "split")


class ClickWords(QObject):
    """Words in the window's language."""

    def of(self, layer: LayerInfo) -> str:
        """`click: the window and its maximum`; empty for the image."""
        kind = layer.kind
        if not layer.inputs:
            return ""
        if kind.startswith(_NORMALISING):
            return self.tr("click: mean, variance, scale and shift")
        if kind.startswith(_MULTIPLYING):
            return self.tr("click: every multiplication")
        if "max_pool" in kind or "min_pool" in kind:
            return self.tr("click: the window and the value that is taken")
        if "avg_pool" in kind or kind in ("mean", "nanmean"):
            return self.tr("click: the values and their average")
        if kind.startswith("dropout"):
            return self.tr("click: what training would drop")
        if "softmax" in kind or kind == "softmin":
            return self.tr("click: every exponential and their sum")
        if kind in ("add", "sub", "mul", "div") and len(layer.inputs) > 1:
            return self.tr("click: both values and how they are combined")
        if kind in _ATTENDING:
            return self.tr("click: what the value attends to")
        if kind in _MOVING:
            return self.tr("click: where the value comes from")
        return self.tr("click: its arithmetic")
