"""Designs: their text, their arithmetic against PyTorch's, what is refused and why, and the Python they become."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import fx, nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.design import NUMBERS, PRESETS, Design, LayerSpec, parse
from cnnviewer.core.models.design_check import check, require
from cnnviewer.core.models.design_code import to_python
from cnnviewer.core.models.design_module import build
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.pooling import MinPool2d

EXAMPLE = (
    "design:conv 16 k3 s1 p1, batchnorm, relu, maxpool 2, conv 32 k3 p1 d1 g1, avgpool 2 s2 p0, minpool 2, "
    "dropout 0.25, flatten, linear 64, relu, linear classes"
)
RGB = (3, 32, 32)


def random_layer(rng: random.Random) -> LayerSpec:
    kernel = rng.randint(1, 5)
    numbers: dict[str, Any] = {
        "out": rng.choice([0, 4, 6, 8]),
        "kernel": kernel,
        "stride": rng.randint(1, 3),
        "padding": rng.randint(0, 3),
        "dilation": rng.randint(1, 3),
        "groups": rng.choice([1, 1, 2, 4]),
        "p": rng.choice([0.0, 0.25, 0.3333, 0.99]),
    }
    kind = rng.choice(list(NUMBERS))
    return LayerSpec(kind, **{number: numbers[number] for number in NUMBERS[kind]})


# -- text -----------------------------------------------------------------------------------------------------------


def test_the_canonical_text_leaves_out_what_pytorch_would_take_anyway() -> None:
    assert parse(EXAMPLE).text == (
        "design:conv 16 k3 p1, batchnorm, relu, maxpool 2, conv 32 k3 p1, avgpool 2, minpool 2, "
        "dropout 0.25, flatten, linear 64, relu, linear classes"
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_design_is_read_back_from_its_text(seed: int) -> None:
    rng = random.Random(seed)
    design = Design(tuple(random_layer(rng) for _ in range(12)))
    pools = [layer for layer in design.layers if layer.kind in ("max_pool", "avg_pool", "min_pool")]
    assert parse(design.text).layers == design.layers
    assert all(f"s{layer.stride}" in layer.text for layer in pools if layer.stride != layer.kernel)


def test_case_spaces_and_the_prefix_do_not_matter() -> None:
    assert parse("  Conv 16 K3 ,relu,  LINEAR Classes ") == parse("design:conv 16 k3, relu, linear classes")


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("conv 16 k3, foo 3", "foo 3"),
        ("conv 16", "conv 16"),
        ("conv 16 k3 x7", "x7"),
        ("conv 16 k3 k5", "k5"),
        ("conv 16 k-3", "k-3"),
        ("conv 16 k3 p1.5", "p1.5"),
        ("conv 0 k3", "0"),
        ("conv 99999 k3", "99999"),
        ("maxpool 2 g2", "g2"),
        ("avgpool 2 d2", "d2"),
        ("dropout 1", "1"),
        ("dropout 2e-1", "2e-1"),
        ("relu 2", "2"),
        ("linear 64 k3", "k3"),
        ("relu, , relu", "“”"),
        ("linear ١٢", "١٢"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, piece: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(text)
    assert piece in str(refused.value)


def test_a_design_of_endless_layers_is_refused() -> None:
    with pytest.raises(UserError, match="101 layers"):
        parse(", ".join(["relu"] * 101))


# -- the arithmetic -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("shape", [(1, 28, 28), RGB], ids=str)
def test_names_shapes_parameters_and_work_are_those_of_the_module(name: str, shape: tuple[int, int, int]) -> None:
    rows, model = require(PRESETS[name], shape, 10), build(PRESETS[name], shape, 10).eval()
    values = torch.rand(2, *shape)
    for row, (module_name, module) in zip(rows, model.named_children(), strict=True):
        values = module(values)
        assert row.name == module_name
        assert row.shape == tuple(values.shape[1:])
        assert row.parameters == sum(p.numel() for p in module.parameters())
        if row.parameters:
            assert eval(row.parameter_text.split("=")[0].replace("×", "*")) == row.parameters
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            assert row.multiply_adds == module.weight.numel() * values[0, 0].numel()
    assert values.shape == (2, 10)


def test_the_preset_like_lenet_has_the_layers_of_lenet() -> None:
    ours, course = build(PRESETS["lenet"], (1, 28, 28), 10), LeNet()
    assert {k: v.shape for k, v in ours.state_dict().items()} == {k: v.shape for k, v in course.state_dict().items()}
    course.load_state_dict(ours.state_dict())
    image = torch.rand(3, 1, 28, 28)
    assert torch.equal(course.eval()(image), torch.log_softmax(ours.eval()(image), 1))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_accepted_runs_and_what_is_refused_does_not(seed: int) -> None:
    """Random windows: ours against PyTorch's own opinion of them."""
    rng = random.Random(seed)
    shape = (rng.choice([1, 3, 4]), rng.randint(3, 14), rng.randint(3, 14))
    for _ in range(20):
        spec = random_layer(rng)
        (row,) = check(Design((spec,)), shape, 4)
        if spec.kind not in ("conv", "max_pool", "avg_pool", "min_pool"):
            continue
        if row.shape is None:
            with pytest.raises((RuntimeError, ValueError)):
                torch_layer(spec, shape[0])(torch.zeros(1, *shape))
        else:
            assert tuple(torch_layer(spec, shape[0])(torch.zeros(1, *shape)).shape[1:]) == row.shape


def torch_layer(spec: LayerSpec, channels: int) -> nn.Module:
    if spec.kind == "conv":
        size = (spec.kernel, spec.stride, spec.padding, spec.dilation, spec.groups)
        return nn.Conv2d(channels, spec.out or 4, *size)
    if spec.kind == "avg_pool":
        return nn.AvgPool2d(spec.kernel, spec.stride, spec.padding)
    kind = nn.MaxPool2d if spec.kind == "max_pool" else MinPool2d
    return kind(spec.kernel, spec.stride, spec.padding, spec.dilation)


@pytest.mark.parametrize(
    ("text", "layer", "reason"),
    [
        ("conv 4 k9, flatten, linear classes", "conv1", "window of 9×9 is larger than the 8×8"),
        ("conv 4 k3 d4 p0, flatten, linear classes", "conv1", "window of 9×9"),
        ("maxpool 2 p2, flatten, linear classes", "pool1", "at most half"),
        ("conv 4 k3 g2, flatten, linear classes", "conv1", "2 groups cannot share 3 input and 4 output"),
        ("linear classes", "fc1", "put a flatten before it"),
        ("flatten, conv 4 k3, linear classes", "conv1", "only a vector"),
        ("flatten, maxpool 2, linear classes", "pool1", "only a vector"),
        ("flatten, flatten, linear classes", "flatten2", "already"),
        ("conv 4 k3, relu", "relu1", "ends in maps"),
        ("flatten, linear 7", "fc1", "gives 7 values, but there are 5 classes"),
        ("flatten, linear 16384, linear 16384, linear classes", "fc2", "parameters"),
        ("conv 16384 k1 p40, flatten, linear classes", "conv1", "values for one image"),
    ],
)
def test_what_cannot_be_says_why_at_its_layer(text: str, layer: str, reason: str) -> None:
    rows = check(parse(text), (3, 8, 8), 5)
    wrong = [row for row in rows if row.error is not None]
    assert [row.name for row in wrong] == [layer]
    assert reason in str(wrong[0].error)
    assert all(row.shape is None for row in rows[rows.index(wrong[0]) + 1 :])
    with pytest.raises(UserError, match=layer):
        build(parse(text), (3, 8, 8), 5)


def test_an_empty_design_is_refused() -> None:
    assert check(parse("design:"), RGB, 10) == ()
    with pytest.raises(UserError, match="no layers"):
        build(parse(""), RGB, 10)


def test_a_convolution_may_give_the_classes_itself() -> None:
    assert require(parse("conv classes k1, avgpool 32, flatten"), RGB, 10)[-1].shape == (10,)


def test_the_module_can_be_traced_layer_by_layer() -> None:
    names = [node.name for node in fx.symbolic_trace(build(PRESETS["vgg"], RGB, 10)).graph.nodes]
    assert names[1:4] == ["conv1", "relu1", "conv2"]


# -- minimum pooling ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kernel", "stride", "padding", "dilation"), [(2, None, 0, 1), (3, 2, 1, 1), (3, 1, 1, 2)])
def test_minimum_pooling_takes_the_smallest_value(kernel: int, stride: int | None, padding: int, dilation: int) -> None:
    image = torch.randn(2, 3, 9, 8)
    padded = nn.functional.pad(image, [padding] * 4, value=torch.inf)
    got = MinPool2d(kernel, stride, padding, dilation)(image)
    step = stride or kernel
    for row in range(got.shape[2]):
        for col in range(got.shape[3]):
            rows = slice(row * step, row * step + dilation * (kernel - 1) + 1, dilation)
            cols = slice(col * step, col * step + dilation * (kernel - 1) + 1, dilation)
            assert torch.equal(got[:, :, row, col], padded[:, :, rows, cols].amin((2, 3)))


# -- the Python file ------------------------------------------------------------------------------------------------

LONG = "conv 512 k3 p1, conv 512 k3 s2 p2 d2 g2, batchnorm, relu, dropout 0.3, maxpool 3 s2 p1 d1, relu, relu, flatten, linear 8, batchnorm, linear classes"
WRITTEN = {**PRESETS, "long": parse(LONG), "short": parse("flatten, linear classes")}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_exported_class_takes_the_weights_and_gives_the_same_numbers(name: str) -> None:
    model = build(WRITTEN[name], RGB, 10)
    with torch.no_grad():
        model(torch.rand(8, *RGB))  # so that batch normalisation has statistics of its own
    scope: dict[str, Any] = {"__name__": "network"}
    exec(compile(to_python(WRITTEN[name], RGB, 10, "Mine"), "network.py", "exec"), scope)
    copy = scope["Mine"]()
    copy.load_state_dict(model.state_dict())
    image = torch.rand(4, *RGB)
    assert torch.equal(copy.eval()(image), model.eval()(image))


def test_the_exported_file_runs_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "network.py"
    file.write_text(to_python(PRESETS["every_kind"], RGB, 10), encoding="utf-8")
    said = subprocess.run([sys.executable, "-I", file], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "44,394 parameters" in said.stdout
    assert "torch.Size([1, 10])" in said.stdout


@pytest.mark.parametrize("name", WRITTEN)
def test_the_exported_file_is_formatted_and_says_the_shapes(name: str, tmp_path: Path) -> None:
    source = to_python(WRITTEN[name], RGB, 10)
    for row in require(WRITTEN[name], RGB, 10):
        assert row.shape is not None
        assert f"-> {'x'.join(map(str, row.shape))}" in source
    file = tmp_path / "network.py"
    file.write_text(source, encoding="utf-8")
    rules = ["check", "--isolated", "--select", "E,F,I,UP,B"]
    for arguments in (["format", "--isolated", "--check"], rules):
        done = subprocess.run([sys.executable, "-m", "ruff", *arguments, file], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_class_needs_a_name_that_can_be_one() -> None:
    for name in ("", "my net", "class", "1st", "A): import os #"):
        with pytest.raises(ValueError, match="no name"):
            to_python(PRESETS["lenet"], RGB, 10, name)
