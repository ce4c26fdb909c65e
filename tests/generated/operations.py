"""The operations that generated models are made of, each as the Python lines that a user would write.

An operation takes the values `x`, maps of `(N, C, H, W)`, and leaves values of the same rank in `x`. It adds lines to
the `__init__` and to the `forward` of the model that is being written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Shape = tuple[int, int, int]


@dataclass
class Writer:
    """A model while it is being written.

    Attributes:
        draw: Hypothesis's `draw`.
        shape: of `x` at this point, `(C, H, W)`.
        init: lines of `__init__`.
        body: lines of `forward`.
        viewable: whether `x` lies in memory as `view` needs it.
        tags: what else is in the model: `residual`, `shared`, `tied`, `in-place`, …

    """

    draw: Callable[[st.SearchStrategy], object]
    shape: Shape
    init: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    viewable: bool = True
    tags: list[str] = field(default_factory=list)

    def any(self, *choices: T) -> T:
        """One of the choices."""
        return self.draw(st.sampled_from(choices))  # type: ignore[return-value]

    def layer(self, code: str) -> str:
        """A new attribute of the model, made by `code`; its name as `forward` writes it."""
        name = f"self.m{len(self.init)}"
        self.init.append(f"{name} = {code}")
        return name

    def forward(self, *lines: str) -> None:
        """Add lines to `forward`."""
        self.body.extend(lines)

    def moved(self) -> None:
        """From here on `x` may lie in memory in another order: what is computed from it keeps that."""
        self.viewable = False


Operation = Callable[[Writer], None]
OPERATIONS: dict[str, Operation] = {}


def operation(write: Operation) -> Operation:
    """Put a function into `OPERATIONS` under its name."""
    OPERATIONS[write.__name__] = write
    return write


def simple(name: str, line: str, *, viewable: bool = True) -> None:
    """An operation of one line of `forward` that keeps the shape."""

    def write(w: Writer) -> None:
        w.forward(line)
        w.viewable = w.viewable and viewable

    OPERATIONS[name] = write


@operation
def conv(w: Writer) -> None:
    c, height, width = w.shape
    out = w.any(2, 4)
    kernel = w.any(*[k for k in (1, 2, 3) if k <= min(height, width)])
    stride, padding = w.any(1, 1, 2), w.any(0, kernel // 2)
    dilation = w.any(1, 2) if (kernel - 1) * 2 + 1 <= min(height, width) else 1
    groups = c if c in (2, 4) and out % c == 0 and w.any(False, True) else 1
    bias = w.any(True, False)
    name = w.layer(
        f"nn.Conv2d({c}, {out}, {kernel}, stride={stride}, padding={padding}, dilation={dilation}, "
        f"groups={groups}, bias={bias})"
    )
    w.forward(f"x = {name}(x)")
    size = [(n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1 for n in (height, width)]
    w.shape = (out, size[0], size[1])


def _same_conv(w: Writer, out: int | None = None) -> str:
    return w.layer(f"nn.Conv2d({w.shape[0]}, {out or w.shape[0]}, 3, padding=1)")


@operation
def conv_padding_mode(w: Writer) -> None:
    mode = w.any("reflect", "replicate", "circular")
    name = w.layer(f"nn.Conv2d({w.shape[0]}, {w.shape[0]}, 3, padding=1, padding_mode={mode!r})")
    w.forward(f"x = {name}(x)")


@operation
def conv_functional(w: Writer) -> None:
    c = w.shape[0]
    weight = w.layer(f"nn.Parameter(torch.randn({c}, {c}, 3, 3) * 0.2)")
    w.forward(f"x = F.conv2d(x, {weight}, padding=1)")


@operation
def conv_transpose(w: Writer) -> None:
    c, height, width = w.shape
    if max(height, width) > 12:
        return conv(w)
    kernel, stride = w.any(2, 3), w.any(1, 2)
    name = w.layer(f"nn.ConvTranspose2d({c}, 2, {kernel}, stride={stride})")
    w.forward(f"x = {name}(x)")
    w.shape = (2, (height - 1) * stride + kernel, (width - 1) * stride + kernel)
    return None


@operation
def conv1d(w: Writer) -> None:
    c, height, width = w.shape
    name = w.layer(f"nn.Conv1d({c}, {c}, 3, padding=1)")
    w.forward(f"x = {name}(x.flatten(2)).unflatten(2, ({height}, {width}))")


@operation
def conv3d(w: Writer) -> None:
    """The channels as a third direction."""
    name = w.layer(f"nn.Conv3d(1, 1, ({w.any(1, 3)}, 3, {w.any(1, 3)}), padding='same')")
    w.forward(f"x = {name}(x.unsqueeze(1)).squeeze(1)")


@operation
def conv_transpose_of_rows(w: Writer) -> None:
    c, height, width = w.shape
    if width > 12:
        return conv1d(w)
    name = w.layer(f"nn.ConvTranspose1d({c * height}, {c * height}, 2, groups={c}, dilation={w.any(1, 2)})")
    w.forward(f"x = {name}(x.flatten(1, 2))", f"x = x.view(x.size(0), {c}, {height}, -1)")
    w.shape = (c, height, width + int(w.init[-1].rpartition("=")[2].rstrip(")")))
    return None


@operation
def embedding(w: Writer) -> None:
    name = w.layer("nn.Embedding(4, 1)")
    w.forward(f"x = x + {name}((x.detach() * 2).long().clamp(0, 3)).squeeze(-1)")


@operation
def bilinear(w: Writer) -> None:
    width = w.shape[2]
    name = w.layer(f"nn.Bilinear({width}, {width}, {width}, bias={w.any(True, False)})")
    w.forward(f"x = x + 0.2 * {name}(torch.tanh(x), torch.tanh(x.flip(2)))")


@operation
def batch_norm(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.BatchNorm2d({w.shape[0]})')}(x)")


@operation
def batch_norm_of_the_batch(w: Writer) -> None:
    if w.shape[1] * w.shape[2] < 4:
        return batch_norm(w)
    w.forward(f"x = {w.layer(f'nn.BatchNorm2d({w.shape[0]}, track_running_stats=False)')}(x)")
    return None


@operation
def group_norm(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.GroupNorm(1, {w.shape[0]})')}(x)")


@operation
def instance_norm(w: Writer) -> None:
    if w.shape[1] * w.shape[2] < 4:
        return group_norm(w)
    w.forward(f"x = {w.layer(f'nn.InstanceNorm2d({w.shape[0]}, affine=True)')}(x)")
    return None


@operation
def layer_norm(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.LayerNorm({list(w.shape)})')}(x)")


@operation
def layer_norm_of_channels(w: Writer) -> None:
    if w.shape[0] < 4:  # of two numbers only the order is left: rounding decides
        return layer_norm(w)
    name = w.layer(f"nn.LayerNorm({w.shape[0]})")
    w.forward(f"x = {name}(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)")
    w.moved()
    return None


@operation
def rms_norm(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.RMSNorm({w.shape[2]})')}(x)")


@operation
def prelu(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.PReLU({w.shape[0]})')}(x)")


@operation
def relu(w: Writer) -> None:
    w.forward(f"x = {w.layer('nn.ReLU()')}(x)")


@operation
def relu_in_place(w: Writer) -> None:
    w.tags.append("in-place")
    first = _same_conv(w)
    w.forward(f"x = {first}(x)", f"x = {w.layer('nn.ReLU(inplace=True)')}(x)")


@operation
def relu_in_place_beside(w: Writer) -> None:
    """What the shortcut adds is what the ReLU left behind."""
    w.tags += ["in-place", "residual"]
    first, second = _same_conv(w), _same_conv(w)
    relu = w.layer("nn.ReLU(inplace=True)")
    w.forward(f"x = {first}(x)", f"x = {second}({relu}(x)) + x")


@operation
def relu_statement(w: Writer) -> None:
    w.tags.append("in-place")
    name = _same_conv(w)
    w.forward(f"x = {name}(x)", w.any("x.relu_()", "F.relu(x, inplace=True)", "torch.relu_(x)"))


@operation
def arithmetic_in_place(w: Writer) -> None:
    w.tags.append("in-place")
    name = _same_conv(w)
    line = w.any("x.mul_(0.5)", "x.add_(1)", "x.clamp_(-1, 1)", "x *= 0.5", "x[:, 0] = 0", "x[:, :1].mul_(2)")
    w.forward(f"x = {name}(x)", line)


@operation
def masked_fill_in_place(w: Writer) -> None:
    w.tags.append("in-place")
    w.forward("x = x * 1", "x.masked_fill_(x < 0, 0.25)")


@operation
def max_pool(w: Writer) -> None:
    c, height, width = w.shape
    if min(height, width) < 2:
        return relu(w)
    w.forward(w.any("x = F.max_pool2d(x, 2)", f"x = {w.layer('nn.MaxPool2d(2)')}(x)"))
    w.shape = (c, height // 2, width // 2)
    return None


@operation
def avg_pool(w: Writer) -> None:
    if min(w.shape[1:]) < 2:
        return relu(w)
    w.forward(f"x = {w.layer('nn.AvgPool2d(3, stride=1, padding=1)')}(x)")
    return None


@operation
def min_pool(w: Writer) -> None:
    w.forward("x = -F.max_pool2d(-x, 3, stride=1, padding=1)")


@operation
def adaptive_pool(w: Writer) -> None:
    kind = w.any("Avg", "Max")
    w.forward(f"x = {w.layer(f'nn.Adaptive{kind}Pool2d((3, 2))')}(x)")
    w.shape = (w.shape[0], 3, 2)


@operation
def upsample(w: Writer) -> None:
    c, height, width = w.shape
    if max(height, width) > 8:
        return avg_pool(w)
    mode = w.any("mode='nearest'", "mode='bilinear', align_corners=False", "mode='bilinear', align_corners=True")
    w.forward(f"x = F.interpolate(x, scale_factor=2, {mode})")
    w.shape = (c, 2 * height, 2 * width)
    return None


@operation
def pad(w: Writer) -> None:
    c, height, width = w.shape
    if not 2 <= min(height, width) <= max(height, width) <= 12:
        return relu(w)
    mode = w.any("mode='constant', value=0.5", "mode='reflect'", "mode='replicate'", "mode='circular'")
    w.forward(f"x = F.pad(x, (1, 0, 1, 1), {mode})")
    w.shape = (c, height + 2, width + 1)
    return None


@operation
def residual(w: Writer) -> None:
    w.tags.append("residual")
    w.forward(f"x = x + F.relu({_same_conv(w)}(x))")


@operation
def gate(w: Writer) -> None:
    """Squeeze and excitation: a factor for each map."""
    w.forward(f"x = x * torch.sigmoid({_same_conv(w)}(x).mean((2, 3), keepdim=True))")


@operation
def concatenate(w: Writer) -> None:
    if w.shape[0] > 4:
        return residual(w)
    w.forward(f"x = torch.cat([x, {_same_conv(w)}(x)], 1)")
    w.shape = (2 * w.shape[0], *w.shape[1:])
    return None


@operation
def stack(w: Writer) -> None:
    w.forward(f"x = torch.stack([x, {_same_conv(w)}(x)]).mean(0)")
    w.moved()


@operation
def chunk(w: Writer) -> None:
    if w.shape[0] % 2:
        return residual(w)
    w.forward("a, b = x.chunk(2, 1)", "x = torch.cat([b, F.relu(a)], 1)")
    return None


@operation
def split(w: Writer) -> None:
    if w.shape[0] < 2:
        return residual(w)
    w.forward("first, *others = torch.split(x, 1, dim=1)", "x = torch.cat([*others, first.tanh()], 1)")
    return None


@operation
def unbind(w: Writer) -> None:
    w.forward("x = torch.stack([part * (i + 1) for i, part in enumerate(x.unbind(1))], 1)")


@operation
def transpose(w: Writer) -> None:
    c, height, width = w.shape
    w.forward("x = x.transpose(2, 3)")
    w.shape = (c, width, height)
    w.moved()


@operation
def shared(w: Writer) -> None:
    """One module, called twice."""
    w.tags.append("shared")
    name = _same_conv(w)
    w.forward(f"x = {name}(F.relu({name}(x)))")


@operation
def tied(w: Writer) -> None:
    """Two modules with one weight."""
    w.tags.append("tied")
    first, second = _same_conv(w), _same_conv(w)
    w.init.append(f"{second}.weight = {first}.weight")
    w.forward(f"x = {second}(torch.tanh({first}(x)))")


@operation
def unused(w: Writer) -> None:
    """A layer that learns nothing, for it is never called."""
    w.tags.append("no gradient")
    w.layer("nn.Linear(3, 3)")
    relu(w)


@operation
def frozen(w: Writer) -> None:
    w.tags.append("no gradient")
    name = _same_conv(w)
    w.init.append(f"{name}.weight.requires_grad_(False)")
    w.forward(f"x = {name}(x)")


@operation
def without_gradient(w: Writer) -> None:
    w.tags.append("no gradient")
    name = _same_conv(w)
    w.forward("with torch.no_grad():", f"    y = {name}(x)", "x = x + y")


# PyTorch 2.14's batch normalisation of one image gives wrong gradients on the CPU where the strides are those of a
# transposed sequence, (2, 1, 10, 2): attention is followed by `contiguous()`.


@operation
def attention(w: Writer) -> None:
    """Every pixel looks at every pixel."""
    c, height, width = w.shape
    if height * width > 81:
        return avg_pool(w)
    query = w.layer(f"nn.Linear({c}, {c})")
    w.forward(
        "t = x.flatten(2).transpose(1, 2)",
        f"t = torch.softmax({query}(t) @ t.transpose(1, 2) / {c} ** 0.5, dim=-1) @ t",
        f"x = t.transpose(1, 2).reshape(-1, {c}, {height}, {width}).contiguous()",  # see below
    )
    return None


@operation
def scaled_dot_product_attention(w: Writer) -> None:
    c, height, width = w.shape
    if height * width > 81:
        return avg_pool(w)
    w.forward(
        "t = x.flatten(2).transpose(1, 2)",
        "t = F.scaled_dot_product_attention(t, t * 0.5, t)",
        f"x = t.transpose(1, 2).reshape(-1, {c}, {height}, {width}).contiguous()",  # see below
    )
    return None


@operation
def einsum(w: Writer) -> None:
    c = w.shape[0]
    weight = w.layer(f"nn.Parameter(torch.randn({c}, {c}) * 0.3)")
    w.forward(f"x = torch.einsum('nchw,cd->ndhw', x, {weight})")
    w.moved()


@operation
def einsum_of_three(w: Writer) -> None:
    c = w.shape[0]
    weight = w.layer(f"nn.Parameter(torch.randn({c}, {c}) * 0.3)")
    w.forward(f"x = x + torch.einsum('nchw,cd,nchw->ndhw', torch.tanh(x), {weight}, torch.sigmoid(x))")
    w.moved()


@operation
def bmm(w: Writer) -> None:
    c, height, width = w.shape
    weight = w.layer(f"nn.Parameter(torch.randn({width}, {width}) * 0.3)")
    w.forward(
        f"x = torch.bmm(x.flatten(0, 1), {weight}.expand(x.size(0) * {c}, -1, -1)).view(-1, {c}, {height}, {width})"
    )


@operation
def matmul(w: Writer) -> None:
    weight = w.layer(f"nn.Parameter(torch.randn({w.shape[2]}, {w.shape[2]}) * 0.3)")
    w.forward(f"x = torch.matmul(x, {weight})")


@operation
def recurrent_both_ways(w: Writer) -> None:
    """The rows as a sequence."""
    c, _, width = w.shape
    kind, layers = w.any("LSTM", "GRU", "RNN"), w.any(1, 2)
    name = w.layer(f"nn.{kind}({c * width}, 3, {layers}, batch_first=True, bidirectional=True)")
    w.forward(f"t = {name}(x.transpose(1, 2).flatten(2))[0]", "x = x + t.mean(2)[:, None, :, None]")


@operation
def multihead_attention(w: Writer) -> None:
    """The rows look at each other."""
    c, height, width = w.shape
    if width % 2:
        return lstm_cell(w)
    name = w.layer(f"nn.MultiheadAttention({width}, 2, bias={w.any(True, False)}, batch_first=True)")
    w.forward("t = x.flatten(1, 2)", f"x = x + {name}(t, t, t)[0].reshape(-1, {c}, {height}, {width}).contiguous()")
    return None


@operation
def glu(w: Writer) -> None:
    w.forward(f"x = F.glu({_same_conv(w, 2 * w.shape[0])}(x), dim=1)")


@operation
def local_response_norm(w: Writer) -> None:
    w.forward(f"x = {w.layer(f'nn.LocalResponseNorm({w.any(2, 3)}, alpha=0.5, k=2.0)')}(x)")


@operation
def power_pool(w: Writer) -> None:
    if min(w.shape[1:]) < 2:
        return relu(w)
    w.forward("x = F.lp_pool2d(F.relu(x) + 0.1, 2.0, 2, stride=1)")
    w.shape = (w.shape[0], w.shape[1] - 1, w.shape[2] - 1)
    return None


@operation
def normalize(w: Writer) -> None:
    w.forward(f"x = F.normalize(x + 0.5, p={w.any(2.0, 3.0)}, dim={w.any(2, 3)})")


@operation
def lstm_cell(w: Writer) -> None:
    """The rows one after the other."""
    width = w.shape[2]
    name = w.layer(f"nn.{w.any('LSTMCell', 'GRUCell')}({width}, {width})")
    hidden = "h[0]" if "LSTM" in w.init[-1] else "h"
    w.forward(
        "h = None",
        "rows = []",
        "for row in range(x.size(2)):",
        f"    h = {name}(x[:, 0, row], h)",
        f"    rows.append({hidden})",
        "x = x + torch.stack(rows, 1).unsqueeze(1)",
    )


@operation
def branch_on_the_size(w: Writer) -> None:
    w.forward("assert x.dim() == 4, x.shape", "if x.size(2) > 7:", "    x = F.relu(x)", "else:", "    x = x.tanh()")


@operation
def branch_on_the_values(w: Writer) -> None:
    w.tags.append("data-dependent")
    w.forward("x = F.relu(x) if float(x.detach()[0].sum()) >= 0 else F.leaky_relu(x, 0.2)")


@operation
def constant_made_in_forward(w: Writer) -> None:
    w.forward("x = x + torch.ones(x.size(0), 1, 1, 1) * torch.arange(x.size(3)) / 10")


@operation
def dropout(w: Writer) -> None:
    w.tags.append("dropout")
    w.forward(w.any(f"x = {w.layer('nn.Dropout(0.3)')}(x)", "x = F.dropout(x, 0.3, training=self.training)"))


@operation
def dropout_of_maps(w: Writer) -> None:
    w.tags.append("dropout")
    w.forward(f"x = {w.layer('nn.Dropout2d(0.3)')}(x)")


_POINTWISE: Mapping[str, str] = {
    "leaky_relu": "F.leaky_relu(x, 0.1)",
    "elu": "F.elu(x)",
    "gelu": "F.gelu(x)",
    "gelu_tanh": "F.gelu(x, approximate='tanh')",
    "silu": "F.silu(x)",
    "sigmoid": "torch.sigmoid(x)",
    "tanh": "x.tanh()",
    "tanhshrink": "F.tanhshrink(x)",
    "softplus": "F.softplus(x)",
    "hardswish": "F.hardswish(x)",
    "absolute": "x.abs()",
    "exponential": "torch.exp(-x.abs())",
    "power": "x.abs().clamp(0.1, 4) ** 1.5",
    "clamp": "x.clamp(-0.5, 1)",
    "minimum": "torch.minimum(x, torch.tensor(0.5))",
    "maximum": "torch.maximum(x, x.flip(3))",
    "where": "torch.where(x > 0, x, 0.1 * x)",
    "centre": "x - x.mean()",
    "mean_of_maps": "x + x.mean(1, keepdim=True)",
    "sum_of_rows": "x + x.sum(2, keepdim=True) / 8",
    "largest_of_maps": "x - x.amax((2, 3), keepdim=True)",
    "largest_along": "x - x.max(1, keepdim=True)[0]",
    "softmax_of_channels": "x + torch.softmax(x, dim=1)",
    "roll": "x + x.roll(1, 2)",
    "standard_deviation": "x / (x.std((2, 3), keepdim=True) + 1)",
    "variance": "x - x.var(1, keepdim=True, correction=0)",
    "log_of_a_sum": "x - x.logsumexp(1, keepdim=True) / 4",
    "norm_of_maps": "x / (x.norm(dim=1, keepdim=True) + 1)",
    "product_along": "x + x.tanh().prod(1, keepdim=True)",
    "median_along": "x - x.median(1, keepdim=True)[0]",
    "cumulative_sum": "x.cumsum(2) / 4",
    "scaled_sum": "torch.add(x, x.flip(3), alpha=0.5)",
    "interpolated": "torch.lerp(x, x.tanh(), 0.3)",
    "log_add": "torch.logaddexp(x, x.flip(2)) - 0.5",
    "arc_tangent": "x.atan()",
}
for _name, _code in _POINTWISE.items():
    simple(_name, f"x = {_code}", viewable=_name in ("leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh"))
