"""Each operation in its corners: padding of every kind, ceilings, ties, groups, dilation, statistics, dropout."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.pointwise import Draw
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Exponentials,
    FilledValue,
    MovedValue,
    Normalised,
    Opaque,
    Pointwise,
    Pooling,
)
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.pooling import MinPool2d
from cnnviewer.core.training.batches import seeded
from tests.core.inspection.explain.one_operation import SHAPE, Call, Headed, check, explained, looked_at
from tests.core.inspection.sample_networks import image, own


@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv2d(4, 6, 3),
        nn.Conv2d(4, 6, (2, 5), stride=(2, 3), padding=(1, 2)),
        nn.Conv2d(4, 6, 3, dilation=2, padding=2, bias=False),
        nn.Conv2d(4, 6, 3, groups=2, padding=1),
        nn.Conv2d(4, 4, 3, groups=4, stride=2),
        nn.Conv2d(4, 6, 4, padding="same"),
        nn.Conv2d(4, 6, 3, padding="valid"),
        nn.Conv2d(4, 6, 3, padding=2, padding_mode="reflect"),
        nn.Conv2d(4, 6, 3, padding=1, padding_mode="replicate"),
        nn.Conv2d(4, 6, 3, padding=2, padding_mode="circular"),
        nn.Conv2d(4, 6, 1),
    ],
    ids=str,
)
def test_a_convolution_of_any_geometry(conv: nn.Conv2d) -> None:
    explanations = explained(conv, "conv2d")
    check(explanations, Convolution)
    for explanation in explanations[:5]:
        work = explanation.work
        assert isinstance(work, Convolution)
        assert len(work.channels) == conv.in_channels // conv.groups  # all channels, not one
        if conv.padding_mode == "zeros":
            assert not work.patch[:, work.padding].any()


@pytest.mark.parametrize(
    ("pool", "kind"),
    [
        (nn.MaxPool2d(2), "max_pool2d"),
        (nn.MaxPool2d(3, stride=2, padding=1, dilation=2, ceil_mode=True), "max_pool2d"),
        (MinPool2d(2), "min_pool2d"),
        (MinPool2d(3, stride=2, padding=1), "min_pool2d"),
        (nn.AvgPool2d(2), "avg_pool2d"),
        (nn.AvgPool2d(3, stride=2, padding=1), "avg_pool2d"),
        (nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False), "avg_pool2d"),
        (nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), "avg_pool2d"),
        (nn.AvgPool2d(2, divisor_override=3), "avg_pool2d"),
        (nn.AdaptiveAvgPool2d((4, 3)), "adaptive_avg_pool2d"),
        (nn.AdaptiveAvgPool2d(1), "adaptive_avg_pool2d"),
        (nn.AdaptiveMaxPool2d((2, 5)), "adaptive_max_pool2d"),
        (Call(lambda x: x.mean((2, 3))), "adaptive_avg_pool2d"),
        (Call(lambda x: F.max_pool2d(x, 2, stride=1)), "max_pool2d"),
    ],
    ids=str,
)
def test_a_pool_of_any_kind(pool: nn.Module, kind: str) -> None:
    check(explained(pool, kind), Pooling)


def test_a_tie_names_every_cell_that_won() -> None:
    inspector = Inspector(Headed(nn.Sequential(nn.ReLU(), nn.MaxPool2d(2))), own(SHAPE))
    inspector.inspect(np.zeros(SHAPE, np.float32))  # -2 after normalisation, 0 after the ReLU
    work = inspector.explain(Cell("operation.1", 0, 0, 0)).work
    assert isinstance(work, Pooling)
    assert work.winners.sum() == 4


def test_padding_never_wins_a_pool_of_negative_values() -> None:
    inspector = Inspector(Headed(nn.MaxPool2d(3, padding=1)), own(SHAPE))
    inspector.inspect(np.zeros(SHAPE, np.float32))
    explanation = inspector.explain(Cell("operation", 0, 0, 0))
    assert explanation.value == -2.0
    assert isinstance(explanation.work, Pooling)
    assert not (explanation.work.winners & explanation.work.outside).any()


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (nn.ReLU(), "relu"),
        (nn.ReLU6(), "relu6"),
        (nn.LeakyReLU(0.2), "leaky_relu"),
        (nn.ELU(0.7), "elu"),
        (nn.SiLU(), "silu"),
        (nn.GELU(), "gelu"),
        (nn.Sigmoid(), "sigmoid"),
        (nn.Tanh(), "tanh"),
        (nn.Hardtanh(-0.5, 0.5), "hardtanh"),
        (nn.Softplus(), "softplus"),
        (Call(lambda x: F.leaky_relu(x, 0.3)), "leaky_relu"),
        (Call(lambda x: x.abs()), "abs"),
    ],
    ids=str,
)
def test_an_activation_function(operation: nn.Module, kind: str) -> None:
    check(explained(operation, kind), Pointwise)


def test_batch_normalisation_uses_its_running_statistics() -> None:
    norm = nn.BatchNorm2d(4, eps=1e-3)
    norm.train()(torch.randn(16, *SHAPE) * 3 + 1)
    nn.init.uniform_(norm.weight, 0.5, 2)
    nn.init.uniform_(norm.bias)
    check(explained(norm, "batch_norm2d"), Normalised)


@pytest.mark.parametrize(
    "operation",
    [
        nn.BatchNorm2d(4, track_running_stats=False),
        Call(lambda x: F.batch_norm(x, None, None, training=True)),
        Call(lambda x: F.batch_norm(x, torch.zeros(4), torch.ones(4), torch.full((4,), 2.0), training=True)),
    ],
    ids=["module", "function", "function with statistics"],
)
def test_batch_normalisation_without_statistics_uses_the_images_own(operation: nn.Module) -> None:
    explanations = explained(operation, "instance_norm")
    assert all(each.agrees and not isinstance(each.work, Opaque) for each in explanations)


@pytest.mark.parametrize(
    "operation",
    [
        nn.Softmax2d(),
        nn.Softmax(),
        Call(lambda x: F.softmax(x)),
        Call(lambda x: F.softmax(x[0])[None]),
        Call(lambda x: x.flatten(2).softmax(1)),
        Call(lambda x: F.softmax(x, 3)),
    ],
    ids=["Softmax2d", "no dimension", "function", "three dimensions", "method", "columns"],
)
@pytest.mark.filterwarnings("ignore:Implicit dimension")
def test_a_softmax_along_another_dimension(operation: nn.Module) -> None:
    check(explained(operation, "softmax"), Exponentials)


def test_a_softmax_over_channels_reads_one_place() -> None:
    architecture = Inspector(Headed(nn.Softmax2d()), own(SHAPE)).architecture
    region = highlight(architecture, Cell("operation", 1, 2, 3)).regions["input"]
    assert (region.top, region.bottom, region.left, region.right) == (2, 3, 3, 4)


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (Call(lambda x: x + 2.5), "add"),
        (Call(lambda x: x - x.flip(3)), "sub"),
        (Call(lambda x: 3 - x), "sub"),
        (Call(lambda x: x * x.mean(1, keepdim=True)), "mul"),
        (Call(lambda x: x / 4), "div"),
    ],
    ids=["constant", "other", "constant first", "broadcast", "quotient"],
)
def test_arithmetic_between_layers(operation: nn.Module, kind: str) -> None:
    check(explained(operation, kind), Combined)


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (nn.Flatten(), "flatten"),
        (Call(lambda x: x.permute(0, 2, 3, 1)), "permute"),
        (Call(lambda x: torch.cat([x, x * 2], 1)), "cat"),
        (Call(lambda x: x[:, 1:3]), "getitem"),
        (nn.PixelShuffle(2), "pixel_shuffle"),
    ],
    ids=["flatten", "permute", "cat", "select", "pixel shuffle"],
)
def test_a_moved_value_says_where_it_was(operation: nn.Module, kind: str) -> None:
    check(explained(operation, kind), MovedValue)


def test_flatten_and_the_way_back_are_rows_of_channels() -> None:
    for index, explanation in enumerate(explained(nn.Flatten(), "flatten")):
        assert isinstance(explanation.work, MovedValue)
        c, r, q = np.unravel_index(index, SHAPE)
        assert explanation.work.origin == Cell("input", int(c), int(r), int(q))


def test_a_fully_connected_layer_says_where_its_features_were() -> None:
    inspector = Inspector(Headed(nn.ReLU()), own(SHAPE))
    inspector.inspect(image(SHAPE))
    work = inspector.explain(Cell("head", 4)).work
    assert isinstance(work, Dense)
    assert work.origin == "operation"
    assert work.places is not None
    assert tuple(work.places[11]) == (0, 1, 0)


@pytest.mark.parametrize("kind", ["softmax", "log_softmax"])
def test_a_softmax_shifts_by_its_largest_score_and_never_overflows(kind: str) -> None:
    def scaled(x: torch.Tensor) -> torch.Tensor:
        return getattr(F, kind)(x.flatten(1) * 500, dim=1)

    check(explained(Call(scaled), kind), Exponentials)


@pytest.mark.parametrize("layout", ["channels_last", "contiguous_format"])
@pytest.mark.parametrize("layer", [nn.Dropout(0.3), nn.Dropout2d(0.4)], ids=str)
def test_dropout_says_what_it_would_do_in_a_training_step(layer: nn.Module, layout: str) -> None:
    draw = Draw(7, channels_last=layout == "channels_last")
    model = nn.Sequential(nn.Conv2d(4, 8, 3), layer, nn.Flatten(), nn.Linear(8 * 7 * 9, 10))
    inspector = Inspector(model, own(SHAPE))
    inspection = inspector.inspect(image(SHAPE), step=41)
    before = torch.from_numpy(inspection.activations["0"].copy())[None]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seeded(7, "dropout", 41))  # as the training seeds its 42nd step
        before = before.to(memory_format=getattr(torch, layout))
        expected = type(layer)(layer.p).train()(before)[0]  # type: ignore[arg-type]
    for place in np.ndindex(8, 7, 9):
        explanation = inspector.explain(Cell("1", *(int(part) for part in place)), draw=draw)
        assert isinstance(explanation.work, Dropped)
        assert explanation.value == explanation.torch_value  # off while predicting
        assert explanation.work.then == pytest.approx(float(expected[place]), rel=1e-6)


def test_an_unknown_operation_is_computed_again_and_says_so() -> None:
    explanations = explained(Call(lambda x: torch.renorm(x, 2, 1, 1.0)), "renorm", most=50)
    check(explanations, Opaque)
    assert explanations[0].formula == ()


def test_an_operation_that_draws_random_numbers_gives_what_it_gave_then() -> None:
    check(explained(Call(lambda x: F.gumbel_softmax(x, dim=1)), "gumbel_softmax", most=20), Opaque)


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (Call(lambda x: torch.logit(x, 0.2)), "logit"),
        (Call(lambda x: torch.linalg.norm(x, "nuc", dim=(2, 3))), "linalg_norm"),
        (Call(lambda x: x.norm(float("inf"), 1)), "norm"),
    ],
    ids=["logit that is cut", "sum of singular values", "largest size"],
)
def test_an_operation_that_only_looks_like_one_known_is_not_taken_for_it(operation: nn.Module, kind: str) -> None:
    check(explained(operation, kind), Opaque)


def test_a_constant_beside_moved_values_did_not_come_from_them() -> None:
    explanations = explained(Call(lambda x: torch.cat([x, torch.full((1, 1, 9, 11), 3.0)], 1)), "cat")
    check(explanations[: 4 * 9 * 11], MovedValue)
    check(explanations[4 * 9 * 11 :], FilledValue)


def test_a_value_that_is_not_a_number_is_explained_all_the_same() -> None:
    inspector = Inspector(Headed(Call(lambda x: x / (x - x))), own(SHAPE))
    inspector.inspect(image(SHAPE))
    explanation = inspector.explain(Cell("truediv", 0, 0, 0))
    assert np.isnan(explanation.value) or np.isinf(explanation.value)


def test_a_model_without_a_graph_is_explained_module_by_module() -> None:
    class Branching(Headed):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x if x.sum() < 1e9 else -x)

    inspector = Inspector(Branching(nn.Conv2d(4, 3, 3)), own(SHAPE))
    assert inspector.architecture.note
    inspector.inspect(image(SHAPE))
    for cell in (Cell("operation", 2, 3, 4), Cell("head", 5)):
        assert inspector.explain(cell).agrees
        assert not isinstance(inspector.explain(cell).work, Opaque)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell("nowhere", 0), "no layer called nowhere"),
        (Cell("operation", 0), "a single number"),
        (Cell("operation", 9, 0, 0), "there is nothing at 9, 0, 0"),
        (Cell("loss"), "choose an image of the data set"),
    ],
    ids=["layer", "map", "outside", "no label"],
)
def test_what_cannot_be_asked_gives_an_error_message(cell: Cell, words: str) -> None:
    inspector = Inspector(Headed(nn.ReLU()), own(SHAPE))
    inspector.inspect(image(SHAPE))
    with pytest.raises(UserError, match=words):
        inspector.explain(cell)


def test_without_an_image_there_is_nothing_to_explain() -> None:
    inspector = Inspector(Headed(nn.ReLU()), own(SHAPE))
    with pytest.raises(UserError, match="Choose an image first"):
        inspector.explain(Cell("operation", 0, 0, 0))


def test_a_constant_written_beside_values_is_not_taken_for_one_of_them() -> None:
    def first_map_zero(x: torch.Tensor) -> torch.Tensor:
        x = F.relu(x)  # zeros among the values
        x[:, 0] = 0
        return x

    explanations = explained(Call(first_map_zero), "setitem")
    assert not any(isinstance(each.work, MovedValue) for each in explanations[: 9 * 11])
    check(explanations[9 * 11 :], MovedValue)


def test_a_change_through_a_view_is_explained_in_the_base() -> None:
    def doubled(x: torch.Tensor) -> torch.Tensor:
        x = x * 1
        x[:, :2].mul_(2)
        return x

    explanations = explained(Call(doubled), "update")
    check(explanations, MovedValue)
    places = [each.work.origin.layer for each in explanations if isinstance(each.work, MovedValue)]
    assert set(places[: 2 * 9 * 11]) == {"mul_1"}
    assert set(places[2 * 9 * 11 :]) == {"mul"}


class Token(nn.Module):
    """A learned row before the others, and a learned position that is added."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.position = nn.Parameter(torch.rand(1, 1, 1, 11)), nn.Parameter(torch.rand(1, 1, 10, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.token.expand(len(x), 4, -1, -1), x], 2) + self.position + 1


def test_a_learned_parameter_beside_the_values_is_not_called_a_constant() -> None:
    first, *_, last = explained(Token(), "cat")
    assert isinstance(first.work, FilledValue)
    assert first.work.learned
    assert isinstance(last.work, MovedValue)
    inspector, _ = looked_at(Token(), "add")
    position, one = (inspector.explain(Cell(name, 0, 1, 1)).work for name in ("add", "add_1"))
    assert isinstance(position, Combined)
    assert isinstance(one, Combined)
    assert [part.learned for part in (*position.parts, *one.parts)] == [False, True, False, False]
