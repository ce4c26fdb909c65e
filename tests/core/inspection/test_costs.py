"""What layers cost and how far they see, against counting, gradients and the numbers everybody knows."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.architectures import architecture_summary, early_middle_late, strongest
from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.models.design import PRESETS, parse
from cnnviewer.core.models.design_check import check
from cnnviewer.core.models.design_module import build
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.simplecnn import SimpleCNN


def traced(model: nn.Module, shape: tuple[int, int, int]) -> Architecture:
    return Architecture("", Recorder(model.eval()).record(torch.rand(1, *shape)).layers)


@pytest.fixture
def large() -> Callable[[str], Architecture]:
    """torchvision's models by name, on 224×224 images, without a single number computed: on the meta device."""
    import torchvision

    def of(name: str) -> Architecture:
        with torch.device("meta"):
            model = getattr(torchvision.models, name)(weights=None).eval()
            return Architecture(name, Recorder(model).record(torch.empty(1, 3, 224, 224)).layers)

    return of


def counted(model: nn.Module, shape: tuple[int, int, int]) -> dict[str, int]:
    """Multiply-adds of every convolution and fully connected layer, counted by unfolding what it really reads."""
    found: dict[str, int] = {}

    def count(name: str) -> Callable[..., None]:
        def hook(module: nn.Module, taken: tuple[torch.Tensor, ...], given: torch.Tensor) -> None:
            if isinstance(module, nn.Conv2d):
                patches = F.unfold(taken[0], module.kernel_size, module.dilation, module.padding, module.stride)
                found[name] = patches[0].numel() // module.groups * module.out_channels
            else:
                found[name] = taken[0].numel() * given.numel()

        return hook

    handles = [
        m.register_forward_hook(count(name))
        for name, m in model.named_modules()
        if isinstance(m, (nn.Conv2d, nn.Linear))
    ]
    with torch.inference_mode():
        model.eval()(torch.rand(1, *shape))
    for handle in handles:
        handle.remove()
    return found


MODELS: dict[str, tuple[Callable[[], nn.Module], tuple[int, int, int]]] = {
    "lenet": (LeNet, (1, 28, 28)),
    "simplecnn": (SimpleCNN, (3, 32, 32)),
    "every kind": (lambda: build(PRESETS["every_kind"], (3, 32, 32), 10), (3, 32, 32)),
    "oblong": (lambda: build(parse("conv 6 k3 s2 p1, conv 8 k5 p2 g2, flatten, linear classes"), (3, 17, 9), 4), (3, 17, 9)),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_multiply_adds_are_those_that_are_counted(name: str) -> None:
    make, shape = MODELS[name]
    model = make()
    found = costs(traced(model, shape))
    expected = counted(model, shape)
    assert {k: c.multiply_adds for k, c in found.layers.items() if c.multiply_adds} == expected
    assert found.multiply_adds == sum(expected.values())
    assert found.unknown == ()


@pytest.mark.parametrize("name", MODELS)
def test_memory_and_parameters_are_those_of_the_tensors(name: str) -> None:
    make, shape = MODELS[name]
    model = make().eval()
    recording = Recorder(model).record(torch.rand(1, *shape))
    values = recording.values
    found = costs(Architecture("", recording.layers))
    assert {k: c.memory for k, c in found.layers.items()} == {k: v.nbytes for k, v in values.items()}
    assert found.memory == sum(v.nbytes for v in values.values())
    assert found.parameter_bytes == sum(p.nbytes for p in model.parameters())


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds", "pool5", "layers"),
    [
        ("alexnet", 61_100_840, 714_188_480, 195, 23),
        ("vgg16", 138_357_544, 15_470_264_320, 212, 41),
        ("vgg19", 143_667_240, 19_632_062_464, 268, 47),
    ],
)
def test_parameters_and_multiply_adds_of_the_large_models_are_the_published_ones(
    large: Callable[[str], Architecture], name: str, parameters: int, multiply_adds: int, pool5: int, layers: int
) -> None:
    architecture = large(name)
    found = costs(architecture)
    assert (found.parameters, found.multiply_adds, len(architecture.layers)) == (parameters, multiply_adds, layers)
    assert found.layers["avgpool"].receptive == (pool5, pool5)
    assert found.layers["avgpool"].jump == (32, 32)


@pytest.mark.parametrize(
    "text",
    [
        "conv 2 k3, conv 2 k3, maxpool 2, conv 2 k5 d2",
        "conv 2 k3 s2 p1, conv 2 k3 p1, avgpool 3 s2",
        "avgpool 2, conv 2 k3 d3 p3, relu, minpool 3 s1 p1",
    ],
)
def test_the_receptive_field_is_where_the_gradient_is_not_zero(text: str) -> None:
    shape = (1, 61, 57)
    model = nn.Sequential(*build(parse(f"{text}, flatten, linear classes"), shape, 2).children())[:-2]
    for parameter in model.parameters():
        nn.init.uniform_(parameter, 0.1, 1.0)  # nothing may cancel
    smooth = nn.Sequential(
        *(m if isinstance(m, nn.Conv2d) else nn.AvgPool2d(m.kernel_size, m.stride, m.padding)  # all of a window counts
          for m in model if not isinstance(m, nn.ReLU))
    )  # fmt: skip
    architecture = traced(model, shape)
    last = architecture.layers[-1]
    found = costs(architecture).layers[last.name]
    seen = []
    middle_row, middle_col = last.shape[1] // 2, last.shape[2] // 2
    for row, col in ((middle_row, middle_col), (middle_row + 1, middle_col)):
        image = torch.rand(1, *shape, requires_grad=True)
        smooth(image)[0, 0, row, col].backward()
        assert image.grad is not None
        rows, cols = image.grad[0, 0].nonzero().unbind(1)
        seen.append((int(rows.min()), int(rows.max()), int(cols.min()), int(cols.max())))
    assert found.receptive == (seen[0][1] - seen[0][0] + 1, seen[0][3] - seen[0][2] + 1)
    assert found.jump[0] == seen[1][0] - seen[0][0]
    field = architecture_summary("", "", architecture).fields[last.name]
    assert (field.top, field.bottom - 1, field.left, field.right - 1) == seen[0]


def test_a_fully_connected_layer_sees_what_all_its_inputs_see_together() -> None:
    found = costs(traced(LeNet(), (1, 28, 28)))
    assert found.layers["pool2"].receptive == (16, 16)
    assert found.layers["flatten"].receptive == (16, 16)
    assert found.layers["fc1"].receptive == (28, 28)
    assert found.layers["fc2"].receptive == (28, 28)


def test_adaptive_pooling_that_does_not_divide_has_its_largest_window() -> None:
    found = costs(traced(nn.Sequential(nn.Conv2d(1, 1, 3), nn.AdaptiveAvgPool2d(3)), (1, 12, 12)))
    assert found.layers["1"].receptive == (6, 6)  # of ten rows, four or so, and the kernel's two
    assert found.layers["1"].jump == (Fraction(10, 3), Fraction(10, 3))


class Shortcut(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv1(x)
        return x * self.scale + self.conv2(x)


def test_a_shortcut_sees_what_its_widest_branch_sees() -> None:
    found = costs(traced(Shortcut(), (3, 8, 8)))
    assert found.layers["add"].receptive == (5, 5)
    assert found.unknown == ()


def test_work_that_is_not_known_is_said_and_not_called_nothing() -> None:
    class Contracting(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.rand(1, 4))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.einsum("bchw,cd->bdhw", x, self.weight)

    model = nn.Sequential(Contracting(), nn.Upsample(scale_factor=2), nn.Conv2d(4, 1, 1))
    found = costs(traced(model, (1, 4, 4)))
    assert found.unknown == ("einsum",)
    assert found.layers["einsum"].multiply_adds is None
    assert found.multiply_adds == 8 * 8 * 4


def test_early_middle_and_late_are_activations_in_order(large: Callable[[str], Architecture]) -> None:
    assert early_middle_late(traced(LeNet(), (1, 28, 28))) == ("conv1", "relu1", "relu2")
    assert early_middle_late(large("vgg16")) == ("features.1", "features.15", "features.29")
    with pytest.raises(ValueError, match="maps"):
        early_middle_late(Architecture("", (LayerInfo("input", "input", "", (), (3, 4, 4)),)))


def test_the_strongest_maps_come_first() -> None:
    maps = np.zeros((4, 2, 2), np.float32)
    maps[1], maps[3], maps[2] = -3, 2, np.nan
    assert strongest(maps, 3) == (1, 3, 0)
    assert len(strongest(maps)) == 4


def test_every_layer_has_a_frame_within_the_image(large: Callable[[str], Architecture]) -> None:
    model = architecture_summary("vgg16", "VGG16", large("vgg16"))
    areas = []
    for layer in model.architecture.layers:
        field = model.fields[layer.name]
        assert 0 <= field.top < field.bottom <= 224
        assert 0 <= field.left < field.right <= 224
        areas.append((field.bottom - field.top) * (field.right - field.left))
    assert areas == sorted(areas)
    assert (areas[0], areas[-1]) == (1, 224 * 224)


@pytest.mark.parametrize("name", PRESETS)
def test_layers_are_counted_in_a_network_as_in_its_design(name: str) -> None:
    design = PRESETS[name]
    architecture = traced(build(design, (1, 28, 28), 10), (1, 28, 28))
    assert len(architecture.own_layers) == len(design.layers)
    assert architecture.with_parameters == sum(row.parameters > 0 for row in check(design, (1, 28, 28), 10))
