"""A design as a Python file that a student can read, run and change."""

from __future__ import annotations

import keyword
from typing import Final

from cnnviewer.core.models.design import Design
from cnnviewer.core.models.design_check import InputShape, LayerCheck, Shape, out_features, require

_WIDTH: Final = 88  # the usual line length of formatters
_NESTED: Final = 4  # so many calls in one line can still be read

_IMPORTS: Final = "import torch\nfrom torch import nn\n"
_MIN_POOL: Final = '''class MinPool2d(nn.MaxPool2d):
    """The smallest value of every window: the maximum of the negatives, negated."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return -super().forward(-x)
'''


def to_python(design: Design, input_shape: InputShape, classes: int, class_name: str = "Network") -> str:
    """The source of a module with `class_name`, which builds the network for images of `input_shape`, `(C, H, W)`.

    The file needs PyTorch alone. Its layers have the names and shapes of `design_module.build`, so that weights fit
    both.

    Raises:
        UserError: the design cannot be built for such images.
        ValueError: `class_name` is no name of a class.
    """
    if not class_name.isidentifier() or keyword.iskeyword(class_name):
        raise ValueError(f"{class_name!r} is no name of a class")
    rows = require(design, input_shape, classes)
    parts = [f'"""A convolutional network for images of {_by(input_shape)} and {classes} classes."""\n\n{_IMPORTS}']
    if any(row.spec.kind == "min_pool" for row in rows):
        parts.append(_MIN_POOL)
    parts.append(_class(rows, classes, class_name))
    parts.append(_main(class_name, input_shape))
    return "\n\n".join(parts)


def _class(rows: tuple[LayerCheck, ...], classes: int, class_name: str) -> str:
    before = rows[0].before
    assert before is not None
    lines = [
        f"class {class_name}(nn.Module):",
        f'    """Images `(N, {", ".join(map(str, before))})` -> logits `(N, {classes})`.',
        "",
        "    Train it with the cross-entropy.",
        '    """',
        "",
        "    def __init__(self) -> None:",
        "        super().__init__()",
        *(_declaration(row, classes, place == 0) for place, row in enumerate(rows)),
        "",
        "    def forward(self, x: torch.Tensor) -> torch.Tensor:",
        *_calls(rows),
        "        return x",
    ]
    return "\n".join(lines) + "\n"


def _declaration(row: LayerCheck, classes: int, first: bool) -> str:
    """`self.conv1 = nn.Conv2d(3, 16, kernel_size=3)  # 3x32x32 -> 16x30x30`, in more lines where it is long."""
    assert row.before is not None
    assert row.shape is not None
    name, arguments = _call(row, classes)
    code = f"        self.{row.name} = {name}({', '.join(arguments)})"
    comment = f"# {_by(row.before)} -> {_by(row.shape)}" if first else f"# -> {_by(row.shape)}"
    if len(f"{code}  {comment}") <= _WIDTH:
        return f"{code}  {comment}"
    if len(code) > _WIDTH:
        code = f"        self.{row.name} = {name}(\n            {', '.join(arguments)}\n        )"
    return f"        {comment}\n{code}"


def _call(row: LayerCheck, classes: int) -> tuple[str, list[str]]:
    spec, before = row.spec, row.before
    assert before is not None
    inputs, outputs = str(before[0]), str(out_features(spec, classes))
    if spec.kind == "conv":
        return "nn.Conv2d", [
            inputs,
            outputs,
            f"kernel_size={spec.kernel}",
            *_said(stride=(spec.stride, 1), padding=(spec.padding, 0), dilation=(spec.dilation, 1)),
            *_said(groups=(spec.groups, 1)),
        ]
    if spec.kind in ("max_pool", "avg_pool", "min_pool"):
        name = {"max_pool": "nn.MaxPool2d", "avg_pool": "nn.AvgPool2d", "min_pool": "MinPool2d"}[spec.kind]
        return name, [
            str(spec.kernel),
            *_said(stride=(spec.stride, spec.kernel), padding=(spec.padding, 0), dilation=(spec.dilation, 1)),
        ]
    if spec.kind == "linear":
        return "nn.Linear", [inputs, outputs]
    if spec.kind == "dropout":
        return "nn.Dropout", [repr(spec.p)]
    if spec.kind == "batch_norm":
        return f"nn.BatchNorm{2 if len(before) == 3 else 1}d", [inputs]
    return {"relu": "nn.ReLU", "flatten": "nn.Flatten"}[spec.kind], []


def _said(**numbers: tuple[int, int]) -> list[str]:
    """The arguments that are not what PyTorch takes anyway: `name=(value, usual)` -> `["name=value"]`."""
    return [f"{name}={value}" for name, (value, usual) in numbers.items() if value != usual]


def _calls(rows: tuple[LayerCheck, ...]) -> list[str]:
    """The forward pass as a course script writes it: a line begins at each layer with weights, and at flatten."""
    lines: list[str] = []
    inner, depth = "x", 0
    for row in rows:
        line = f"self.{row.name}({inner})"
        begins = row.spec.kind in ("conv", "linear", "flatten") or depth == _NESTED
        if inner != "x" and (begins or len(f"        x = {line}") > _WIDTH):
            lines.append(f"        x = {inner}")
            line, depth = f"self.{row.name}(x)", 0
        inner, depth = line, depth + 1
    return [*lines, f"        x = {inner}"]


def _main(class_name: str, input_shape: InputShape) -> str:
    size = ", ".join(str(n) for n in (1, *input_shape))
    return (
        'if __name__ == "__main__":\n'
        f"    model = {class_name}()\n"
        "    print(model)\n"
        '    print(f"{sum(p.numel() for p in model.parameters()):,} parameters")\n'
        f"    print(model.eval()(torch.zeros({size})).shape)\n"
    )


def _by(shape: Shape) -> str:
    return "x".join(str(size) for size in shape)
