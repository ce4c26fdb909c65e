"""Operations with many operands: every number is PyTorch's, its operands are where they are said to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Divided,
    Extreme,
    Gated,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Explanation,
    Exponentials,
    FilledValue,
    MovedValue,
    OfSeveral,
    Opaque,
    Pointwise,
    Pooling,
    SelectedValue,
)
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import Cell
from tests.core.inspection.explain.one_operation import SHAPE, Call, explained
from tests.core.inspection.explain.running import printed_in, written

Case = tuple[str, Callable[[], nn.Module], str, type | tuple[type, ...]]


def call(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[], nn.Module]:
    return lambda: Call(function)


def rows(x: torch.Tensor) -> torch.Tensor:
    """`(1, 4, 9, 11)` -> `(1, 36, 11)`: a sequence."""
    return x.flatten(1, 2)


def learned(module: nn.Module) -> nn.Module:
    """With weights and biases that are neither 1 nor 0."""
    for parameter in module.parameters():
        nn.init.uniform_(parameter, -1.5, 1.5)
    return module


class Before(nn.Module):
    """A function, then a module."""

    def __init__(self, function: Callable[[torch.Tensor], torch.Tensor], module: nn.Module) -> None:
        super().__init__()
        self.function, self.module = function, module

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.module(self.function(x))


NORMS: list[Case] = [
    ("layer norm", lambda: learned(nn.LayerNorm(11)), "layer_norm", Standardised),
    ("layer norm over three", lambda: learned(nn.LayerNorm(SHAPE, eps=1e-3)), "layer_norm", Standardised),
    ("layer norm, no affine", lambda: nn.LayerNorm((9, 11), elementwise_affine=False), "layer_norm", Standardised),
    ("layer norm, no bias", lambda: learned(nn.LayerNorm(11, bias=False)), "layer_norm", Standardised),
    ("F.layer_norm", call(lambda x: F.layer_norm(x, (11,), torch.arange(11.0))), "layer_norm", Standardised),
    ("layer norm of features", lambda: Before(lambda x: x.flatten(1), nn.LayerNorm(396)), "layer_norm", Standardised),
    ("rms norm", lambda: learned(nn.RMSNorm(11)), "rms_norm", Standardised),
    ("rms norm over two", lambda: learned(nn.RMSNorm((9, 11), eps=1e-2)), "rms_norm", Standardised),
    ("F.rms_norm", call(lambda x: F.rms_norm(x, [11])), "rms_norm", Standardised),
    ("group norm", lambda: learned(nn.GroupNorm(2, 4)), "group_norm", Standardised),
    ("group norm of one", lambda: learned(nn.GroupNorm(1, 4, eps=1e-2)), "group_norm", Standardised),
    ("group norm, no affine", lambda: nn.GroupNorm(4, 4, affine=False), "group_norm", Standardised),
    ("group norm of a sequence", lambda: Before(rows, learned(nn.GroupNorm(6, 36))), "group_norm", Standardised),
    ("F.group_norm", call(lambda x: F.group_norm(x, 2)), "group_norm", Standardised),
    ("instance norm", lambda: nn.InstanceNorm2d(4), "instance_norm", Standardised),
    ("instance norm, affine", lambda: learned(nn.InstanceNorm2d(4, affine=True)), "instance_norm", Standardised),
    ("instance norm 1d", lambda: Before(rows, nn.InstanceNorm1d(36, eps=1e-3)), "instance_norm", Standardised),
    ("F.instance_norm", call(lambda x: F.instance_norm(x, eps=1e-2)), "instance_norm", Standardised),
]  # fmt: skip
RESIZING: list[Case] = [
    ("nearest", lambda: nn.Upsample(scale_factor=2), "interpolate", MovedValue),
    ("nearest, smaller", call(lambda x: F.interpolate(x, size=(5, 4))), "interpolate", MovedValue),
    ("nearest-exact", call(lambda x: F.interpolate(x, scale_factor=1.7, mode="nearest-exact")), "interpolate", MovedValue),
    ("UpsamplingNearest2d", lambda: nn.UpsamplingNearest2d(scale_factor=3), "interpolate", MovedValue),
    ("bilinear", lambda: nn.Upsample(scale_factor=2, mode="bilinear"), "interpolate", (Weighted, MovedValue)),
    ("bilinear, corners", lambda: nn.Upsample((13, 17), mode="bilinear", align_corners=True), "interpolate",
     (Weighted, MovedValue)),
    ("bilinear, oblong", call(lambda x: F.interpolate(x, scale_factor=(1.5, 0.6), mode="bilinear")), "interpolate",
     (Weighted, MovedValue)),
    ("bilinear, antialias", call(lambda x: F.interpolate(x, size=(4, 5), mode="bilinear", antialias=True)),
     "interpolate", (Weighted, MovedValue)),
    ("bicubic", call(lambda x: F.interpolate(x, size=(12, 8), mode="bicubic")), "interpolate", Weighted),
    ("area", call(lambda x: F.interpolate(x, size=(4, 5), mode="area")), "interpolate", Weighted),
    ("linear", call(lambda x: F.interpolate(rows(x), size=17, mode="linear")), "interpolate", (Weighted, MovedValue)),
]  # fmt: skip
CONVOLUTIONS: list[Case] = [
    ("transposed", lambda: nn.ConvTranspose2d(4, 3, 2, stride=2), "conv_transpose2d", Convolution),
    ("transposed, overlapping", lambda: nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1),
     "conv_transpose2d", Convolution),
    ("transposed, oblong", lambda: nn.ConvTranspose2d(4, 6, (2, 5), stride=(3, 2), padding=(0, 2), dilation=(1, 2)),
     "conv_transpose2d", Convolution),
    ("transposed, groups", lambda: nn.ConvTranspose2d(4, 6, 3, groups=2, bias=False), "conv_transpose2d", Convolution),
    ("transposed with holes", lambda: nn.ConvTranspose2d(4, 2, 1, stride=3), "conv_transpose2d", Convolution),
    ("transposed with holes, no bias", lambda: nn.ConvTranspose2d(4, 2, 2, stride=3, bias=False),
     "conv_transpose2d", Convolution),
    ("F.conv_transpose2d", call(lambda x: F.conv_transpose2d(x, WEIGHT, None, 2, 1, 0, 2, 2)), "conv_transpose2d",
     Convolution),
    ("one dimension", lambda: Before(rows, nn.Conv1d(36, 5, 3)), "conv1d", Convolution),
    ("one dimension, strided", lambda: Before(rows, nn.Conv1d(36, 6, 4, stride=3, padding=2, groups=3)), "conv1d",
     Convolution),
    ("one dimension, dilated", lambda: Before(rows, nn.Conv1d(36, 6, 3, dilation=2, padding="same", bias=False)),
     "conv1d", Convolution),
    ("one dimension, circular", lambda: Before(rows, nn.Conv1d(36, 2, 3, padding=1, padding_mode="circular")),
     "conv1d", Convolution),
    ("three dimensions", lambda: Before(lambda x: x[:, None], nn.Conv3d(1, 2, 3, padding=1)), "conv3d", Weighted),
    ("transposed, one dimension", lambda: Before(rows, nn.ConvTranspose1d(36, 3, 3, stride=2)), "conv_transpose1d",
     Weighted),
]  # fmt: skip
WEIGHT = torch.linspace(-1, 1, 4 * 3 * 2 * 3).reshape(4, 3, 2, 3)
PRODUCTS: list[Case] = [
    ("matmul", call(lambda x: x @ (x * 2).transpose(2, 3)), "matmul", Weighted),
    ("matmul, broadcast", call(lambda x: torch.matmul(x, (x[:, :1] * 3).mT)), "matmul", Weighted),
    ("matmul with itself", call(lambda x: torch.matmul(x[..., :9], x[..., :9])), "matmul", Weighted),
    ("matmul with a constant", call(lambda x: x @ torch.linspace(-1, 1, 33).reshape(11, 3)), "matmul", Weighted),
    ("a constant first", call(lambda x: torch.linspace(-1, 1, 27).reshape(3, 9) @ x), "matmul", Weighted),
    ("a vector", call(lambda x: x @ (x[0, 0, 0] * 2)), "matmul", Weighted),
    ("bmm", call(lambda x: torch.bmm(x[0], x[0].transpose(1, 2) + 1)[None]), "bmm", Weighted),
    ("baddbmm", call(lambda x: torch.baddbmm(torch.ones(1, 9, 9), x[0], x[0].mT * 2)[None]), "baddbmm", Weighted),
    ("einsum", call(lambda x: torch.einsum("bchw,bdhw->bcd", x, x * 0.5)), "einsum", Weighted),
    ("einsum, heads", call(lambda x: torch.einsum("bchw,bciw->bchi", x, x * 0.5)), "einsum", Weighted),
    ("einsum of three", call(lambda x: torch.einsum("bchw,bdhw,bchw->bcd", x, x * 0.5, x - 1)), "einsum", Weighted),
    ("einsum of four", call(lambda x: torch.einsum("...hw,w,...iw,...->...hi", x, torch.arange(11.0), x * 2, x[..., 0, 0])),
     "einsum", Weighted),
    ("einsum without an arrow", call(lambda x: torch.einsum("bchw,wv", x, torch.linspace(-1, 1, 33).reshape(11, 3))),
     "einsum", Weighted),
    ("einsum on a diagonal", call(lambda x: torch.einsum("bcii->bci", x[..., :9])), "einsum", Weighted),
    ("addmm", call(lambda x: torch.addmm(x[0, 0, :, :9], x[0, 0], x[0, 1].mT, beta=0.5, alpha=2)[None]), "addmm", Weighted),
    ("a dot product", call(lambda x: torch.dot(x[0, 0, 0], x[0, 0, 1]).reshape(1, 1)), "dot", Weighted),
    ("a weight that is computed", call(lambda x: F.linear(x, x[0, 0] * 2, torch.arange(9.0))), "linear", Weighted),
    ("bilinear form", lambda: Call(Twice(learned(nn.Bilinear(11, 11, 3)))), "bilinear", Weighted),
    ("einsum of one", call(lambda x: torch.einsum("bchw->bwc", x)), "einsum", Weighted),
]  # fmt: skip


class Twice(nn.Module):
    """A module that is given a value and its square."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.module(x, x * x)


POWERS: list[Case] = [
    ("lp_pool2d", lambda: nn.LPPool2d(2, (2, 3), stride=(2, 1)), "lp_pool2d", Power),
    ("lp_pool2d, cut", lambda: Before(torch.relu, nn.LPPool2d(1.5, 4, ceil_mode=True)), "lp_pool2d", Power),
    ("lp_pool1d", call(lambda x: F.lp_pool1d(rows(x), 2, 3, 2)), "lp_pool1d", Power),
    ("lp_pool3d", call(lambda x: F.lp_pool3d(x, 2.0, 2)), "lp_pool3d", Power),
    ("norm", call(lambda x: x.norm(dim=(2, 3))), "norm", Power),
    ("norm, kept", call(lambda x: torch.norm(x, 3, dim=1, keepdim=True)), "norm", Power),
    ("normalize", call(lambda x: F.normalize(x)), "normalize", Divided),
    ("normalize, p and dim", call(lambda x: F.normalize(x, p=1.5, dim=-1, eps=1e-3)), "normalize", Divided),
    ("normalize nothing", call(lambda x: F.normalize(x * 1e-9, eps=1e-2)), "normalize", Divided),
    ("response", lambda: nn.LocalResponseNorm(3, alpha=0.5, beta=0.6, k=2.0), "local_response_norm", Divided),
    ("F.local_response_norm", call(lambda x: F.local_response_norm(x, 2, 0.1)), "local_response_norm", Divided),
    ("response of a sequence", lambda: Before(rows, nn.LocalResponseNorm(4, alpha=1.0)), "local_response_norm", Divided),
    ("glu", lambda: nn.GLU(1), "glu", Combined),
    ("F.glu", call(lambda x: F.glu(x[..., :10])), "glu", Combined),
    ("embedding", lambda: Before(lambda x: (x * 3).long().clamp(-4, 3) + 4, nn.Embedding(8, 2)), "embedding", FilledValue),
]  # fmt: skip
REDUCING: list[Case] = [
    ("sum", call(lambda x: x.sum(1)), "sum", Weighted),
    ("sum, negative and kept", call(lambda x: torch.sum(x, dim=(-1, -3), keepdim=True)), "sum", Weighted),
    ("mean over channels", call(lambda x: x.mean(1, keepdim=True)), "mean", Weighted),
    ("mean over rows", call(lambda x: x.mean(-2)), "mean", Weighted),
    ("mean over columns", call(lambda x: x[..., :4].mean((1, 2))), "mean", Weighted),
    ("cumsum", call(lambda x: x.cumsum(-1)), "cumsum", Weighted),
    ("avg_pool1d", lambda: Before(rows, nn.AvgPool1d(3, stride=2, padding=1)), "avg_pool1d", Weighted),
    ("amax", call(lambda x: x.amax((2, 3))), "amax", Extreme),
    ("amax, kept", call(lambda x: torch.amax(x, dim=1, keepdim=True)), "amax", Extreme),
    ("amin, negative", call(lambda x: x.amin(-1)), "amin", Extreme),
    ("max along a dimension", call(lambda x: x.max(1)[0]), "max", Extreme),
    ("min along a dimension", call(lambda x: torch.min(x, dim=-1, keepdim=True).values), "min", Extreme),
    ("softmax over channels", call(lambda x: F.softmax(x, 1)), "softmax", Exponentials),
    ("global mean", call(lambda x: x.mean((2, 3))), "adaptive_avg_pool2d", Pooling),
]  # fmt: skip
CHOOSING: list[Case] = [
    ("clamp", call(lambda x: x.clamp(-0.3, 0.9)), "clamp", Pointwise),
    ("clamp from below", call(lambda x: torch.clamp(x, min=0.25)), "clamp", Pointwise),
    ("clamp from above", call(lambda x: x.clip(max=0.25)), "clamp", Pointwise),
    ("clamp_min", call(lambda x: x.clamp_min(0.1)), "clamp_min", Pointwise),
    ("maximum", call(lambda x: torch.maximum(x, x.flip(3))), "maximum", Combined),
    ("minimum, broadcast", call(lambda x: torch.minimum(x, x.mean(1, keepdim=True))), "minimum", Combined),
    ("max of two", call(lambda x: torch.max(x, x.flip(3))), "max", Combined),
    ("where", call(lambda x: torch.where(x > 0.2, x, x * 0.1)), "where", SelectedValue),
    ("where, constant", call(lambda x: torch.where(x > 0.2, x, -1.5)), "where", SelectedValue),
    ("where, broadcast", call(lambda x: torch.where(x[:, :1] > 0, x, x.mean((2, 3), keepdim=True))), "where", SelectedValue),
    ("masked_fill", call(lambda x: x.masked_fill(x < 0, -2.0)), "masked_fill", SelectedValue),
    ("pow", call(lambda x: x**2), "pow", Combined),
    ("pow of a half", call(lambda x: x.abs().pow(0.5)), "pow", Combined),
    ("pow of a layer", call(lambda x: x.abs() ** x), "pow", Combined),
    ("pow of a number", call(lambda x: 2.0**x), "pow", Combined),
    ("pad", call(lambda x: F.pad(x, (1, 2, 0, 3))), "pad", (MovedValue, FilledValue)),
    ("pad with a value", call(lambda x: F.pad(x, (2, -1), value=0.7)), "pad", (MovedValue, FilledValue)),
    ("pad channels", call(lambda x: F.pad(x, (0, 0, 0, 0, 1, 1))), "pad", (MovedValue, FilledValue)),
    ("chunk", call(lambda x: torch.cat([part * 2 for part in x.chunk(2, 1)], 3)), "chunk", MovedValue),
    ("split", call(lambda x: torch.stack([part.mean(1) for part in x.split([1, 3], 1)], 1)), "split", MovedValue),
    ("unbind", call(lambda x: sum(part for part in x.unbind(2))), "unbind", MovedValue),
    ("ZeroPad2d", lambda: nn.ZeroPad2d((1, 0, 2, 1)), "pad", (MovedValue, FilledValue)),
    ("reflect", lambda: nn.ReflectionPad2d(3), "pad", MovedValue),
    ("replicate", call(lambda x: F.pad(x, (2, 1, 3, 0), mode="replicate")), "pad", MovedValue),
    ("circular", call(lambda x: F.pad(x, (2, 1, 3, 0), mode="circular")), "pad", MovedValue),
]  # fmt: skip
POINTWISE: list[Case] = [
    ("prelu", lambda: nn.PReLU(init=0.1), "prelu", Pointwise),
    ("prelu by channel", lambda: learned(nn.PReLU(4)), "prelu", Pointwise),
    ("F.prelu", call(lambda x: F.prelu(x, torch.tensor([0.1, -0.2, 0.3, 2.0]))), "prelu", Pointwise),
    ("gelu tanh", lambda: nn.GELU("tanh"), "gelu", Pointwise),
    ("gelu far out", call(lambda x: F.gelu(x * 3)), "gelu", Pointwise),
    ("tanhshrink", lambda: nn.Tanhshrink(), "tanhshrink", Pointwise),
    ("softshrink", lambda: nn.Softshrink(0.3), "softshrink", Pointwise),
    ("hardshrink", lambda: nn.Hardshrink(0.3), "hardshrink", Pointwise),
    ("threshold", lambda: nn.Threshold(0.2, -7.0), "threshold", Pointwise),
    ("logsigmoid", lambda: nn.LogSigmoid(), "logsigmoid", Pointwise),
    ("softplus, beta", lambda: nn.Softplus(beta=2.0), "softplus", Pointwise),
    ("silu where exp overflows", call(lambda x: F.silu(x * 60)), "silu", Pointwise),
    ("hardswish", call(lambda x: F.hardswish(x * 2)), "hardswish", Pointwise),
    *(
        (name, call(lambda x, name=name: getattr(torch.special, name, getattr(torch, name, None))(x)), name, Pointwise)
        for name in ("exp2", "trunc", "frac", "atan", "sinh", "cosh", "asinh", "erfc", "sinc", "rad2deg", "i0")
    ),
    *(
        (name, call(lambda x, name=name: getattr(torch, name)(x.sigmoid() * 0.9 + 0.05)), name, Pointwise)
        for name in ("log2", "log10", "tan", "asin", "acos", "atanh", "logit", "erfinv", "lgamma", "digamma", "deg2rad")
    ),
    ("acosh", call(lambda x: torch.acosh(x.abs() + 1.1)), "acosh", Pointwise),
    ("entr", call(lambda x: torch.special.entr(x.abs() + 0.1)), "entr", Pointwise),
    ("expit", call(lambda x: torch.special.expit(x)), "sigmoid", Pointwise),
    ("rrelu", lambda: nn.RReLU(0.1, 0.3), "rrelu", Pointwise),
    ("dropout1d", lambda: Before(rows, nn.Dropout1d()), "dropout1d", Pointwise),
    ("alpha dropout", lambda: nn.AlphaDropout(), "alpha_dropout", Pointwise),
]  # fmt: skip


def heads(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    return x, x.flip(2) * 1.3, x * x


def causal(x: torch.Tensor) -> torch.Tensor:
    return F.scaled_dot_product_attention(*heads(x), is_causal=True)


def masked(x: torch.Tensor) -> torch.Tensor:
    allowed = torch.eye(9, dtype=torch.bool) | (torch.arange(81).reshape(9, 9) % 3 == 0)
    return F.scaled_dot_product_attention(*heads(x), attn_mask=allowed)


ATTENTION: list[Case] = [
    ("attention", call(lambda x: F.scaled_dot_product_attention(*heads(x))), "scaled_dot_product_attention", AttentionTerm),
    ("attention, causal", call(causal), "scaled_dot_product_attention", AttentionTerm),
    ("attention, masked", call(masked), "scaled_dot_product_attention", AttentionTerm),
    ("attention, added mask", call(lambda x: F.scaled_dot_product_attention(*heads(x), torch.linspace(-1, 1, 81).view(9, 9))),
     "scaled_dot_product_attention", AttentionTerm),
    ("attention, scale", call(lambda x: F.scaled_dot_product_attention(x, x[:, :, :5], x[:, :, :5, :3], scale=0.7)),
     "scaled_dot_product_attention", AttentionTerm),
]  # fmt: skip


class Heads(nn.Module):
    """Attention with many heads: the rows of the channels look at each other, or at some other rows."""

    def __init__(self, module: nn.MultiheadAttention, others: bool = False, **given: object) -> None:
        super().__init__()
        self.module, self.others, self.given = module, others, given

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.pad(x[0], (0, 1))
        y = x.flip(1)[:, :5] * 1.5 if self.others else x
        if self.module.kdim != 12:
            y = y[..., : self.module.kdim]
        return self.module(x, y, y, **self.given)[0][None]


HIDDEN = torch.arange(81).reshape(9, 9) % 4 == 1
MANY_HEADED: list[Case] = [
    ("many heads", lambda: Heads(learned(nn.MultiheadAttention(12, 3, batch_first=True))), "multihead_attention", ManyHeaded),
    ("many heads, no shares wanted", lambda: Heads(nn.MultiheadAttention(12, 4, batch_first=True), need_weights=False),
     "multihead_attention", ManyHeaded),
    ("many heads, time first", lambda: Heads(nn.MultiheadAttention(12, 2)), "multihead_attention", ManyHeaded),
    ("many heads, no biases", lambda: Heads(nn.MultiheadAttention(12, 1, bias=False, batch_first=True)), "multihead_attention", ManyHeaded),
    ("many heads, other keys", lambda: Heads(nn.MultiheadAttention(12, 3, kdim=7, vdim=7, batch_first=True), True),
     "multihead_attention", ManyHeaded),
    ("many heads, masked", lambda: Heads(nn.MultiheadAttention(12, 3, batch_first=True), attn_mask=HIDDEN), "multihead_attention", ManyHeaded),
    ("many heads, keys hidden", lambda: Heads(nn.MultiheadAttention(12, 3, batch_first=True),
     key_padding_mask=torch.arange(36).reshape(4, 9) % 5 == 2), "multihead_attention", ManyHeaded),
]  # fmt: skip


class Recurrent(nn.Module):
    """A cell that takes the rows of an image one after another."""

    def __init__(self, cell: nn.RNNCellBase | nn.RNNBase, state: bool) -> None:
        super().__init__()
        self.cell, self.state = cell, state

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x[0, 0]
        if isinstance(self.cell, nn.RNNBase):
            return self.cell(x[None])[0]
        if isinstance(self.cell, nn.LSTMCell):
            return torch.cat(self.cell(x, (x[:, :7], x[:, 2:9])), 1)[None]
        return (self.cell(x, torch.cat([x, x], 1)[:, :7]) if self.state else self.cell(x))[None]


RECURRENT: list[Case] = [
    ("gru cell", lambda: Recurrent(nn.GRUCell(11, 7), True), "grucell", Gated),
    ("gru cell without a state", lambda: Recurrent(nn.GRUCell(11, 7), False), "grucell", Gated),
    ("gru cell without biases", lambda: Recurrent(nn.GRUCell(11, 7, bias=False), True), "grucell", Gated),
    ("lstm cell", lambda: Recurrent(nn.LSTMCell(11, 7), True), "lstmcell", Gated),
    ("lstm", lambda: Recurrent(nn.LSTM(11, 7, 2, batch_first=True), False), "lstm", Gated),
    ("gru", lambda: Recurrent(nn.GRU(11, 7, batch_first=True), False), "gru", Gated),
    ("gru both ways", lambda: Recurrent(nn.GRU(11, 7, 2, batch_first=True, bidirectional=True), False), "gru", Gated),
    ("rnn cell", lambda: Recurrent(nn.RNNCell(11, 7), True), "rnncell", Gated),
    ("rnn cell, relu", lambda: Recurrent(nn.RNNCell(11, 7, nonlinearity="relu"), True), "rnncell", Gated),
]  # fmt: skip
SPREADS: list[Case] = [
    ("std", call(lambda x: x.std(1)), "std", Spread),
    ("std over two, kept", call(lambda x: x.std((2, 3), keepdim=True)), "std", Spread),
    ("std, biased", call(lambda x: torch.std(x, (2, 3), False)), "std", Spread),
    ("std of all", call(lambda x: x - x.std()), "std", Spread),
    ("std of all, biased", call(lambda x: x - x.std(False)), "std", Spread),
    ("var", call(lambda x: x.var(-1)), "var", Spread),
    ("var, corrected", call(lambda x: torch.var(x, dim=1, correction=2, keepdim=True)), "var", Spread),
    ("var_mean", call(lambda x: torch.var_mean(x, dim=1)[0]), "var_mean", Spread),
    ("mean of std_mean", call(lambda x: torch.std_mean(x, dim=(1, 2), keepdim=True)[1]), "std_mean", Weighted),
    ("logsumexp", call(lambda x: x.logsumexp(1)), "logsumexp", LogSum),
    ("logsumexp of large values", call(lambda x: torch.logsumexp(x * 80, (2, 3), True)), "logsumexp", LogSum),
    ("logcumsumexp", call(lambda x: x.logcumsumexp(2)), "logcumsumexp", LogSum),
    ("prod", call(lambda x: x.prod(1)), "prod", Product),
    ("prod of all", call(lambda x: x * x[..., :2, :2].prod()), "prod", Product),
    ("cumprod", call(lambda x: x.cumprod(3)), "cumprod", Product),
    ("median", call(lambda x: x.median(1)[0]), "median", Extreme),
    ("median of all", call(lambda x: x - x.median()), "median", Extreme),
    ("kthvalue", call(lambda x: x.kthvalue(3, -1, keepdim=True)[0]), "kthvalue", Extreme),
    ("topk", call(lambda x: x.topk(2, 1)[0]), "topk", Extreme),
    ("topk, smallest", call(lambda x: torch.topk(x, 3, dim=2, largest=False).values), "topk", Extreme),
    ("sort", call(lambda x: x.sort()[0]), "sort", Extreme),
    ("sort, falling", call(lambda x: x.sort(1, descending=True)[0]), "sort", Extreme),
    ("cummax", call(lambda x: x.cummax(3)[0]), "cummax", Extreme),
    ("largest of aminmax", call(lambda x: torch.aminmax(x, dim=1)[1]), "aminmax", Extreme),
    ("max_pool1d", lambda: Before(rows, nn.MaxPool1d(3, 2, padding=1, dilation=2)), "max_pool1d", Extreme),
    ("max_pool3d", call(lambda x: F.max_pool3d(x, (2, 3, 2), stride=(1, 2, 2), padding=1)), "max_pool3d", Extreme),
    ("adaptive_max_pool1d", lambda: Before(rows, nn.AdaptiveMaxPool1d(4)), "adaptive_max_pool1d", Extreme),
    ("linalg.norm", call(lambda x: torch.linalg.norm(x, dim=1)), "linalg_norm", Power),
    ("vector_norm", call(lambda x: torch.linalg.vector_norm(x, 3, dim=(2, 3))), "linalg_vector_norm", Power),
    ("matrix_norm", call(lambda x: torch.linalg.matrix_norm(x)), "linalg_matrix_norm", Power),
    ("quantile", call(lambda x: x.quantile(0.3, 1)), "quantile", Weighted),
    ("diff", call(lambda x: x.diff(dim=3)), "diff", Weighted),
    ("scatter_add", call(lambda x: torch.zeros(1, 4, 9, 5).scatter_add(3, (torch.arange(11) % 5).expand(1, 4, 9, 11), x)),
     "scatter_add", Weighted),
    ("index_add", call(lambda x: torch.ones(1, 4, 9, 3).index_add(3, torch.arange(11) % 3, x)), "index_add", Weighted),
    ("tensordot", call(lambda x: torch.tensordot(x, x.sigmoid(), dims=([1, 3], [1, 3]))), "tensordot", Weighted),
    ("tensordot by number", call(lambda x: torch.tensordot(x, torch.ones(9, 11, 2) / 7, 2)), "tensordot", Weighted),
    ("fold", call(lambda x: F.fold(F.unfold(x, 3), (9, 11), 3)), "fold", Weighted),
    ("grid_sample", call(lambda x: F.grid_sample(x, torch.linspace(-1, 1, 24).view(1, 4, 3, 2), align_corners=False)),
     "grid_sample", Weighted),
    ("outer", call(lambda x: torch.outer(x[0, 0, 0], x[0, 0, 1])[None]), "outer", Weighted),
    ("inner", call(lambda x: torch.inner(x[0], x[0] * 2)[None]), "inner", Weighted),
    ("addbmm", call(lambda x: torch.addbmm(x[0, 0, :, :9], x[0], x[0].mT, alpha=0.5)[None]), "addbmm", Weighted),
    ("gather", call(lambda x: x.gather(1, torch.arange(4).flip(0).view(1, 4, 1, 1).expand(1, 4, 9, 11))), "gather",
     MovedValue),
    ("softmin", lambda: nn.Softmin(1), "softmin", Exponentials),
]  # fmt: skip
SEVERAL: list[Case] = [
    ("a scaled sum", call(lambda x: torch.add(x, x.flip(3), alpha=0.5)), "add", OfSeveral),
    ("a scaled difference", call(lambda x: torch.sub(x, x.flip(3), alpha=-2)), "sub", OfSeveral),
    ("rsub", call(lambda x: torch.rsub(x, x.flip(3), alpha=3)), "rsub", OfSeveral),
    ("lerp", call(lambda x: torch.lerp(x, x.flip(3), 0.3)), "lerp", OfSeveral),
    ("lerp by a layer", call(lambda x: torch.lerp(x, x.flip(3), x.sigmoid())), "lerp", OfSeveral),
    ("addcmul", call(lambda x: torch.addcmul(x, x.flip(3), x, value=-0.5)), "addcmul", OfSeveral),
    ("addcdiv", call(lambda x: torch.addcdiv(x, x.flip(3), x.abs() + 1)), "addcdiv", OfSeveral),
    ("logaddexp", call(lambda x: torch.logaddexp(x, x.flip(3))), "logaddexp", OfSeveral),
    ("atan2", call(lambda x: torch.atan2(x, x.flip(3))), "atan2", OfSeveral),
    ("hypot", call(lambda x: torch.hypot(x, x.flip(3))), "hypot", OfSeveral),
    ("remainder", call(lambda x: x % 0.25), "remainder", OfSeveral),
    ("fmod", call(lambda x: torch.fmod(x, 0.25)), "fmod", OfSeveral),
    ("floor_divide", call(lambda x: x // 0.25), "floor_divide", OfSeveral),
    ("rounded down", call(lambda x: torch.div(x, 0.25, rounding_mode="floor")), "div", OfSeveral),
    ("rounded to 0", call(lambda x: torch.div(x, 0.25, rounding_mode="trunc")), "div", OfSeveral),
    ("copysign", call(lambda x: torch.copysign(x, x.flip(3))), "copysign", OfSeveral),
    ("xlogy", call(lambda x: torch.xlogy(x, x.flip(3).abs() + 0.1)), "xlogy", OfSeveral),
    ("clamp by layers", call(lambda x: torch.clamp(x, x * 0.5, x.abs())), "clamp", OfSeveral),
    ("clamp by one layer", call(lambda x: torch.clamp(x, max=x.flip(3))), "clamp", OfSeveral),
    ("heaviside", call(lambda x: torch.heaviside(x, torch.tensor(0.5))), "heaviside", OfSeveral),
    ("kron", call(lambda x: torch.kron(x[:, 0, :3, :2], x[:, 1, :2, :3])), "kron", OfSeveral),
    ("kron with a matrix", call(lambda x: torch.kron(x[:, 0, :3, :2], torch.ones(2, 2) / 3)), "kron", OfSeveral),
    ("cross", call(lambda x: torch.cross(x[:, :3], x.sigmoid()[:, :3], dim=1)), "cross", OfSeveral),
    ("linalg.cross", call(lambda x: torch.linalg.cross(x[..., :3], x.flip(3)[..., :3])), "linalg_cross", OfSeveral),
]  # fmt: skip
CASES = [
    *NORMS, *SPREADS, *SEVERAL, *RESIZING, *CONVOLUTIONS, *PRODUCTS, *POWERS, *REDUCING, *CHOOSING, *POINTWISE, *ATTENTION, *MANY_HEADED,
    *RECURRENT,
]  # fmt: skip


@cache
def numbers(name: str) -> list[Explanation]:
    """Fifty explained numbers of a case."""
    _, make, kind, _ = next(case for case in CASES if case[0] == name)
    torch.manual_seed(1)
    return explained(make(), kind, most=50)


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_number_is_pytorchs(case: Case) -> None:
    explanations = numbers(case[0])
    for explanation in explanations:
        assert isinstance(explanation.work, case[3]), explanation.work
        assert not isinstance(explanation.work, Opaque)
        assert explanation.agrees, (explanation.cell, explanation.value, explanation.torch_value)
        assert explanation.terms.sum() == pytest.approx(explanation.value)
        assert explanation.formula
        assert explanation.snippet
    if case[0] == "gelu far out":  # 1 + erf(x/√2) is rounded to 6e-8 where it is hardly more than that
        return
    off = sum(explanation.relative_difference > 1e-4 for explanation in explanations)
    assert off <= 0.02 * len(explanations), off


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_number_that_is_wrong_is_flagged(case: Case) -> None:
    for explanation in numbers(case[0]):
        size = max(float(np.abs(explanation.terms).sum()), explanation.rounded, 1e-6)
        for wrong in (explanation.value + 5e-6 * size, explanation.value - 1e-3 * size, -explanation.value - size):
            if abs(wrong - explanation.value) > 2e-4 * abs(wrong):
                assert not replace(explanation, torch_value=wrong).agrees


def test_near_zero_float32_may_round_what_cancels_and_no_more() -> None:
    """Tanhshrink, `x − tanh(x)`: near 0 it is far smaller than either."""
    explanations = explained(Call(lambda x: F.tanhshrink(x * 0.01)), "tanhshrink")
    assert sum(explanation.relative_difference > 1e-4 for explanation in explanations) > 20
    for explanation in explanations:
        assert isinstance(explanation.work, Pointwise)
        assert explanation.agrees
        x = explanation.work.x
        wrong = x - np.sin(x)  # half of what it should be, x³/6 instead of x³/3
        if abs(x) > 0.015:
            assert not replace(explanation, torch_value=float(wrong)).agrees


def test_the_code_prints_the_same_number_by_itself(tmp_path: Path) -> None:
    by_stem = {}
    for name, *_ in CASES:
        for number, explanation in enumerate(numbers(name)[:12]):
            (folder := tmp_path / f"{name}-{number}".replace(" ", "_")).mkdir()
            by_stem[f"{folder.name}/{written(explanation, folder)}"] = explanation
    printed = printed_in(tmp_path)
    assert printed.keys() == by_stem.keys()
    wrong = {
        stem: (text, by_stem[stem].torch_value)
        for stem, text in printed.items()
        if not replace(by_stem[stem], torch_value=float(text)).agrees
    }
    assert not wrong


class Known(nn.Module):
    """An operation on two copies of the image, of which the second one is named."""

    def __init__(self, function: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.copy, self.function = nn.Identity(), function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.function(x, self.copy(x))


def test_rows_and_columns_of_a_product_are_named_cell_by_cell() -> None:
    for explanation in explained(Known(lambda a, b: a @ b.transpose(-1, -2)), "matmul", most=20):
        work, (channel, row, col) = explanation.work, cell_of(explanation)
        assert isinstance(work, Weighted)
        (other,) = work.others
        assert [work.cells.cell(i) for i in range(11)] == [Cell("input", channel, row, i) for i in range(11)]
        assert [other.cell(i) for i in range(11)] == [Cell("transpose", channel, i, col) for i in range(11)]


def test_the_factors_of_a_product_of_three_are_named_cell_by_cell() -> None:
    three = Call(lambda x: torch.einsum("bchw,bdhw,bchw->bcd", x, x * 0.5, x - 1))
    for explanation in explained(three, "einsum", most=6):
        work, (_, row, col) = explanation.work, cell_of(explanation)
        assert isinstance(work, Weighted)
        assert len(work.cells) == 99
        for term in (0, 40, 98):
            place = divmod(term, 11)
            assert work.cells.cell(term) == Cell("input", row, *place)
            assert [other.cell(term) for other in work.others] == [Cell("mul", col, *place), Cell("sub", row, *place)]


def test_the_keys_that_a_head_may_not_look_at_have_no_share() -> None:
    masked = Heads(nn.MultiheadAttention(12, 3, batch_first=True), attn_mask=HIDDEN)
    for explanation in explained(masked, "multihead_attention", most=20):
        work = explanation.work
        assert isinstance(work, ManyHeaded)
        assert not work.shares[:, HIDDEN[work.row].numpy()].any()
        np.testing.assert_allclose(work.shares.sum(1), 1)


def test_a_resized_cell_is_made_of_its_neighbours_with_the_weights_of_the_geometry() -> None:
    for explanation in explained(nn.Upsample(scale_factor=2, mode="bilinear"), "interpolate", most=40):
        work, (channel, row, col) = explanation.work, cell_of(explanation)
        expected = {}
        for r, down in linear_weights(row, 2, 9):
            for c, over in linear_weights(col, 2, 11):
                expected[Cell("input", channel, r, c)] = expected.get(Cell("input", channel, r, c), 0) + down * over
        if isinstance(work, MovedValue):
            assert expected == {work.origin: 1.0}
            continue
        assert isinstance(work, Weighted)
        found = {work.cells.cell(i): float(work.weights[i]) for i in range(len(work.cells))}
        assert found == pytest.approx(expected)
        assert sum(found.values()) == pytest.approx(1.0)


def linear_weights(place: int, scale: int, size: int) -> list[tuple[int, float]]:
    """Cells along one direction and their weights: `(place + 0.5) / scale - 0.5`, clipped, as PyTorch has it."""
    at = max(0.0, (place + 0.5) / scale - 0.5)
    low = min(int(at), size - 1)
    return [(low, 1 - (at - low)), (min(low + 1, size - 1), at - low)] if at > low else [(low, 1.0)]


@pytest.mark.parametrize("name", [case[0] for case in NORMS])
def test_a_normalised_value_names_its_group(name: str) -> None:
    for explanation in numbers(name)[:10]:
        work = explanation.work
        assert isinstance(work, Standardised)
        place = work.cells.cell(work.index)
        assert place is not None
        assert (place.channel, place.row, place.col) == cell_of(explanation)
        assert work.variance == pytest.approx(
            work.cells.values.var() + (0 if work.centred else work.cells.values.mean() ** 2)
        )


def test_padding_is_a_constant_even_where_a_value_is_the_same() -> None:
    for explanation in explained(Call(lambda x: F.pad(x.relu(), (1, 1))), "pad", most=60):
        _, _, col = cell_of(explanation)
        if col in (0, 12):
            assert explanation.work == FilledValue(0.0)
        else:
            assert isinstance(explanation.work, MovedValue)
            assert explanation.work.origin.col == col - 1


def test_a_transposed_convolution_reads_what_was_written_to_its_place() -> None:
    conv = nn.ConvTranspose2d(4, 3, (3, 4), stride=(2, 3), padding=(1, 0), output_padding=(1, 0))
    for explanation in explained(conv, "conv_transpose2d", most=60):
        work, (channel, row, col) = explanation.work, cell_of(explanation)
        assert isinstance(work, Convolution)
        met = [(int(r), int(c), row + 1 - 2 * int(r), col - 3 * int(c)) for r in work.rows for c in work.cols]
        assert all(0 <= a < 3 and 0 <= b < 4 for _, _, a, b in met)
        expected = [float(conv.weight[2, channel, a, b].detach()) for _, _, a, b in met]
        assert work.kernel[2].ravel().tolist() == pytest.approx(expected)


def test_the_keys_that_a_mask_hides_have_no_share() -> None:
    for explanation in explained(Call(causal), "scaled_dot_product_attention", most=30):
        work = explanation.work
        assert isinstance(work, AttentionTerm)
        _, row, col = cell_of(explanation)
        assert not work.shares[row + 1 :].any()
        assert work.shares.sum() == pytest.approx(1)
        assert work.values.cell(0) == Cell("mul_1", explanation.cell.channel, 0, col)


def cell_of(explanation: Explanation) -> tuple[int | None, int | None, int | None]:
    return explanation.cell.channel, explanation.cell.row, explanation.cell.col
