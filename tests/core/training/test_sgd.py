"""Our optimiser moves weights as `torch.optim.SGD` does, those without a gradient and those that begin late too."""

import itertools
from typing import Any

import pytest
import torch
from torch import nn

from cnnviewer.core.training.sgd import SGD

ALWAYS, NEVER, LATE, SOMETIMES = [1] * 8, [0] * 8, [0, 0, 1, 1, 1, 1, 1, 1], [1, 0, 0, 1, 1, 0, 1, 0]
CASES = {
    "all, always": (ALWAYS, ALWAYS, ALWAYS),
    "one never": (ALWAYS, NEVER, ALWAYS),
    "one late": (ALWAYS, LATE, ALWAYS),
    "each at other steps": (SOMETIMES, LATE, ALWAYS),
    "all now and then": (SOMETIMES, SOMETIMES, SOMETIMES),
    "none ever": (NEVER, NEVER, NEVER),
}
SHAPES = ((4, 3, 3, 3), (7,), (5, 6))
MOMENTA = {"none": [0.0] * 8, "steady": [0.9] * 8, "changed": [0.9, 0.9, 0.5, 0.5, 0.5, 0.99, 0.9, 0.9]}


def weights(seed: int = 0) -> list[nn.Parameter]:
    own = torch.Generator().manual_seed(seed)
    made = [nn.Parameter(torch.randn(shape, generator=own)) for shape in SHAPES]
    made[0].data = made[0].data.to(memory_format=torch.channels_last)
    return made


def give_gradients(targets: list[nn.Parameter], uses: tuple[list[int], ...], step: int) -> None:
    own = torch.Generator().manual_seed(100 + step)
    for weight, used in zip(targets, uses, strict=True):
        gradient = torch.randn(weight.shape, generator=own)
        weight.grad = torch.empty_like(weight).copy_(gradient) if used[step] else None


@pytest.mark.parametrize("uses", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("momenta", MOMENTA.values(), ids=MOMENTA.keys())
@pytest.mark.parametrize("decay", [0.0, 0.01], ids=["no decay", "decay"])
def test_weights_and_momentum_are_torchs_to_the_last_bit(
    uses: tuple[list[int], ...], momenta: list[float], decay: float
) -> None:
    ours, theirs = weights(), weights()
    mine = SGD(ours, 0.1, momenta[0], decay)
    # one group a weight: PyTorch's fused form refuses weights that begin at different steps
    other = torch.optim.SGD(
        [{"params": [w]} for w in theirs], lr=0.1, momentum=momenta[0], weight_decay=decay, fused=True
    )
    for step, momentum in enumerate(momenta):
        mine.momentum = momentum
        for group in other.param_groups:
            group["momentum"] = momentum
        give_gradients(ours, uses, step)
        give_gradients(theirs, uses, step)
        mine.step()
        other.step()
        for weight, expected, velocity in zip(ours, theirs, mine.velocity, strict=True):
            assert torch.equal(weight, expected)
            buffer = other.state[expected].get("momentum_buffer") if momentum else None
            assert (velocity is None) == (buffer is None)
            assert velocity is None or torch.equal(velocity, buffer)
            assert weight.grad is None


@pytest.mark.parametrize("uses", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("when", range(1, 8))
def test_an_optimiser_that_goes_on_with_the_momentum_of_another_moves_the_same(
    uses: tuple[list[int], ...], when: int
) -> None:
    whole, first = weights(), weights()
    one, two = SGD(whole, 0.1, 0.9, 0.01), SGD(first, 0.1, 0.9, 0.01)
    for step in range(8):
        if step == when:
            second = [nn.Parameter(weight.detach().clone()) for weight in first]
            buffers = [None if velocity is None else velocity.clone() for velocity in two.velocity]
            two, first = SGD(second, 0.1, 0.9, 0.01), second
            two.restore(buffers)
        for optimizer, targets in ((one, whole), (two, first)):
            give_gradients(targets, uses, step)
            optimizer.step()
    assert all(torch.equal(a, b) for a, b in zip(whole, first, strict=True))


def test_momentum_that_comes_back_starts_from_rest() -> None:
    (weight,) = ours = [nn.Parameter(torch.ones(3))]
    optimizer = SGD(ours, 0.5, 0.9, 0.0)
    for momentum, expected in ((0.9, 0.5), (0.0, 0.0), (0.9, -0.5), (0.9, -1.45)):
        optimizer.momentum = momentum
        weight.grad = torch.ones(3)
        optimizer.step()
        assert weight.tolist() == pytest.approx([expected] * 3)
        assert (optimizer.velocity[0] is None) == (momentum == 0)


def test_a_frozen_weight_is_neither_moved_nor_decayed() -> None:
    frozen, learned = nn.Parameter(torch.ones(3), requires_grad=False), nn.Parameter(torch.ones(3))
    optimizer = SGD([frozen, learned], 0.1, 0.9, 0.5)
    for _ in range(3):
        (frozen * learned).sum().backward()
        optimizer.step()
    assert torch.equal(frozen, torch.ones(3))
    assert not torch.equal(learned, torch.ones(3))
    assert optimizer.velocity[0] is None


@pytest.mark.parametrize(("momentum", "decay"), list(itertools.product((0.0, 0.9), (0.0, 0.01))))
def test_a_sparse_gradient_moves_an_embedding_as_a_dense_one_does(momentum: float, decay: float) -> None:
    tables = [nn.Embedding(5, 2, sparse=sparse) for sparse in (True, False)]
    tables[1].load_state_dict(tables[0].state_dict())
    optimizers = [SGD(table.parameters(), 0.1, momentum, decay) for table in tables]
    for picked in ([0, 1, 1], [4, 1, 0], [2, 2, 2]):
        for table, optimizer in zip(tables, optimizers, strict=True):
            table(torch.tensor(picked)).pow(2).sum().backward()
            optimizer.step()
    assert torch.allclose(tables[0].weight, tables[1].weight, rtol=1e-6)


@pytest.mark.parametrize("kind", [torch.float64, torch.complex64])
def test_weights_of_another_kind_move_as_torchs(kind: torch.dtype) -> None:
    ours, theirs = (nn.Parameter(torch.ones(3, dtype=kind)) for _ in range(2))
    optimizers: list[Any] = [
        SGD([ours], 0.1, 0.9, 0.01),
        torch.optim.SGD([theirs], lr=0.1, momentum=0.9, weight_decay=0.01),
    ]
    for _ in range(3):
        for weight, optimizer in zip((ours, theirs), optimizers, strict=True):
            weight.grad = torch.full_like(weight, 0.5)
            optimizer.step()
    assert torch.allclose(ours, theirs, rtol=1e-6)


def test_a_gradient_that_lies_otherwise_in_memory_than_its_weight_is_read_rightly() -> None:
    weight = nn.Parameter(torch.zeros(2, 3, 2, 2).to(memory_format=torch.channels_last))
    gradient = torch.arange(24.0).view(2, 3, 2, 2)
    weight.grad = gradient
    SGD([weight], 1.0, 0.9, 0.0).step()
    assert torch.equal(weight, -gradient)
