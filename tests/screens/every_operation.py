"""A model file with an operation of every kind that has arithmetic, and where to look at one number of each."""

from __future__ import annotations

from typing import Final

SOURCE: Final = '''
import torch
import torch.nn.functional as F
from torch import nn


class Every(nn.Module):
    """Each operation reads the maps, a sequence or a vector; all come together in the scores."""

    def __init__(self, num_classes=10):
        super().__init__()
        torch.manual_seed(0)
        self.stem = nn.Conv2d(1, 8, 7, padding=3, stride=2)
        self.wide = nn.Conv2d(1, 4, 11, padding=5, stride=4)
        self.pointwise_conv = nn.Conv2d(8, 8, 1)
        self.bn = nn.BatchNorm2d(8)
        self.prelu = nn.PReLU(8)
        self.pool = nn.MaxPool2d(3, 2, 1)
        self.average = nn.AvgPool2d(2)
        self.adaptive = nn.AdaptiveAvgPool2d(1)
        self.group_norm = nn.GroupNorm(2, 8)
        self.instance_norm = nn.InstanceNorm2d(8, affine=True)
        self.layer_norm = nn.LayerNorm([8, 7, 7])
        self.layer_norm_seq = nn.LayerNorm(16)
        self.rms_norm = nn.RMSNorm(16)
        self.lrn = nn.LocalResponseNorm(5)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear")
        self.transposed = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=2, dilation=2, groups=8)
        self.dropout2d = nn.Dropout2d(0.2)
        self.line = nn.Conv1d(8, 16, 5, padding=2)
        self.line_transposed = nn.ConvTranspose1d(16, 4, 3)
        self.volume = nn.Conv3d(1, 2, (2, 3, 3), padding=(0, 1, 1))
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.lstm = nn.LSTM(16, 12, batch_first=True)
        self.gru = nn.GRU(16, 12, batch_first=True)
        self.rnn = nn.RNN(16, 12, batch_first=True)
        self.table = nn.Embedding(10, 6)
        self.bilinear = nn.Bilinear(12, 12, 8)
        self.fc1 = nn.Linear(8 * 7 * 7, 64)
        self.dropout = nn.Dropout(0.5)
        self.fc2 = nn.Linear(64, num_classes)
        with torch.no_grad():
            self.bn.running_mean.uniform_(-0.3, 0.3)
            self.bn.running_var.uniform_(0.3, 2)
            for norm in (self.bn, self.group_norm, self.instance_norm, self.layer_norm, self.layer_norm_seq, self.rms_norm):
                norm.weight.uniform_(0.5, 1.5)
                if getattr(norm, "bias", None) is not None:
                    norm.bias.uniform_(-0.5, 0.5)

    def forward(self, x):
        big = self.wide(x)
        a = self.stem(x)
        a = self.bn(a)
        a = self.prelu(a)
        a = self.pool(a)
        low = -F.max_pool2d(-a, 3, 1, 1)
        residual = a + self.pointwise_conv(a)
        activated = F.gelu(residual) + F.silu(low) + F.leaky_relu(a, 0.1) + torch.sigmoid(a) * torch.tanh(a)
        normed = self.group_norm(activated) + self.instance_norm(activated) + self.layer_norm(activated) + self.lrn(activated)
        unit = F.normalize(activated, dim=1)
        joined = torch.cat([normed, unit], 1)
        gated = F.glu(joined, 1)
        up = self.up(gated)
        crops = F.interpolate(up, size=(7, 7), mode="bicubic")
        back = self.transposed(gated)
        deep = self.dropout2d(self.depthwise(gated))
        padded = F.pad(deep, (1, 1, 1, 1), mode="reflect")
        rolled = padded[:, :, 1:-1, 1:-1].flip(3)
        power = F.lp_pool2d(rolled, 2, 2)
        where = torch.where(rolled > 0, rolled, 0.1 * deep)
        clamped = where.clamp(-1, 1)
        seq = self.line(clamped.flatten(2)).transpose(1, 2)
        sharp = self.line_transposed(seq.transpose(1, 2))
        cubes = self.volume(clamped[:, None])
        seq = self.layer_norm_seq(seq)
        seq = self.rms_norm(seq)
        mixed, _ = self.attention(seq, seq, seq)
        attended = F.scaled_dot_product_attention(seq, seq, mixed)
        product = seq @ attended.transpose(1, 2)
        weights = product.softmax(-1)
        seq = weights @ attended
        remembered, _ = self.lstm(seq)
        gru, _ = self.gru(seq)
        rnn, _ = self.rnn(seq)
        both = self.bilinear(remembered[:, -1], gru[:, -1])
        looked = self.table((seq[:, :10].mean(-1) * 3).abs().long().clamp(max=9))
        average = self.average(clamped)
        small = self.adaptive(clamped)
        flat = torch.flatten(clamped, 1)
        hidden = self.fc1(flat)
        hidden = F.relu(hidden)
        hidden = self.dropout(hidden)
        extra = (
            big.mean((1, 2, 3)) + back.sum((1, 2, 3)) * 0.001 + crops.amax((1, 2, 3)) + power.flatten(1).norm(dim=1)
            + sharp.mean((1, 2)) + cubes.mean((1, 2, 3, 4)) + rnn.mean((1, 2)) + both.mean(1) + looked.mean((1, 2))
            + clamped.std(1).mean((1, 2)) + clamped.var((2, 3)).mean(1) + clamped.logsumexp(1).mean((1, 2))
            + clamped[:, :3].prod(1).mean((1, 2)) + clamped.median(1)[0].mean((1, 2))
            + torch.lerp(clamped, clamped.tanh(), 0.3).mean((1, 2, 3)) + average.mean((1, 2, 3)) + small.mean((1, 2, 3)) + torch.cumsum(hidden, 1)[:, -1] + torch.maximum(hidden, hidden * 0.5).mean(1)
        )
        scores = self.fc2(hidden) + extra[:, None] * 0.01
        return F.log_softmax(scores, dim=1)
'''
