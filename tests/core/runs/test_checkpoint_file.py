"""A checkpoint comes back to the last bit, or a sentence says that it is damaged."""

from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.checkpoint_file import decode, encode, is_whole, step_of
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.loop import Training
from tests.core.runs.trained import LENET, SIMPLECNN, assert_same_tensors, data_for

SMALL = TrainConfig(
    "design:conv 2 k3, batchnorm, relu, maxpool 4, flatten, linear 10", "tiny-grey", momentum=0.9, threads=1
)


def trained(config: TrainConfig, steps: int = 2) -> Checkpoint:
    training = Training(data_for(config), replace(config, batch_size=16))
    for event in training:
        if isinstance(event, StepDone) and event.step == steps:
            return replace(training.checkpoint(), epochs=((1.0, 2.0, 0.1, 0.2, 1 / 3, 0.4, 0.5),))
    raise AssertionError


@pytest.fixture(scope="module")
def small() -> Checkpoint:
    return trained(SMALL)


def assert_same(one: Checkpoint, other: Checkpoint) -> None:
    assert_same_tensors(dict(one.state.tensors), dict(other.state.tensors))
    assert_same_tensors(dict(one.state.velocity), dict(other.state.velocity))
    assert replace(one, state=other.state) == other
    assert dict(one.state.provenance) == dict(other.state.provenance)


@pytest.mark.parametrize("config", [SMALL, LENET, SIMPLECNN], ids=["batch normalisation", "LeNet", "SimpleCNN"])
def test_every_bit_comes_back(config: TrainConfig) -> None:
    checkpoint = trained(config)
    assert_same(decode(encode(checkpoint), checkpoint.state.recipe, "x"), checkpoint)


def test_a_snapshot_of_a_small_model_is_exact(small: Checkpoint) -> None:
    assert_same(decode(encode(small, compact=True), small.state.recipe, "x"), small)


def test_a_snapshot_of_a_large_model_is_within_half_a_step_of_eight_bits() -> None:
    checkpoint = trained(SIMPLECNN)
    data = encode(checkpoint, compact=True)
    assert len(data) < 0.27 * sum(4 * tensor.numel() for tensor in checkpoint.state.tensors.values())
    back = decode(data, checkpoint.state.recipe, "x")
    assert not back.exact
    assert not back.state.velocity
    for name, tensor in checkpoint.state.tensors.items():
        steps = tensor.reshape(len(tensor), -1).abs().amax(1) / 127 if tensor.dim() > 1 else torch.zeros(len(tensor))
        error = (back.state.tensors[name] - tensor).reshape(len(tensor), -1).abs().amax(1)
        assert (error <= 0.5001 * steps + 1e-9).all(), name


def test_cut_anywhere_it_gives_an_error_message(small: Checkpoint, tmp_path: Path) -> None:
    data = encode(small)
    path = tmp_path / "x"
    for length in (*range(0, 3000, 7), *range(3000, len(data), 307), len(data) - 1):
        with pytest.raises(UserError, match="is damaged or cut short"):
            decode(data[:length], small.state.recipe, "x")
        path.write_bytes(data[:length])
        assert not is_whole(path)
        assert step_of(path) in (None, small.step)
    path.write_bytes(data)
    assert is_whole(path)
    assert step_of(path) == small.step
    assert step_of(tmp_path / "none") is None


def test_with_any_byte_damaged_it_gives_an_error_message_or_the_right_result(small: Checkpoint) -> None:
    data = bytearray(encode(small))
    head = 8 + int.from_bytes(data[:8], "little")
    harmless = 0
    for place in (*range(head), *range(head, len(data), 53)):
        flip = (1, 0x10, 0xFF)[place % 3]
        data[place] ^= flip
        try:
            assert_same(decode(bytes(data), small.state.recipe, "x"), small)
            harmless += 1
        except UserError as error:
            assert "is damaged" in str(error) or "another model" in str(error)
        data[place] ^= flip
    assert harmless < 16  # spaces and the like


def test_names_and_shapes_that_changed_places_are_noticed(small: Checkpoint) -> None:
    data = encode(small)
    tensors = safetensors.torch.load(data)
    first, second = [name for name, tensor in tensors.items() if tensor.shape == (2,)][:2]
    head = 8 + int.from_bytes(data[:8], "little")
    text = data[:head].replace(f'"{first}"'.encode(), b'"\0"').replace(f'"{second}"'.encode(), f'"{first}"'.encode())
    text = text.replace(b'"\0"', f'"{second}"'.encode())
    with pytest.raises(UserError, match="is damaged"):
        decode(text[:8] + text[8:].ljust(head - 8)[: head - 8] + data[head:], small.state.recipe, "x")


def test_a_checkpoint_of_another_model_is_refused(small: Checkpoint) -> None:
    other = trained(LENET)
    with pytest.raises(UserError, match="another model"):
        decode(encode(other), small.state.recipe, "x")


@pytest.mark.parametrize("data", [b"", b"\0" * 64, b"\xff" * 64, b"PK\x03\x04" * 20, b"{}"], ids=repr)
def test_what_is_no_checkpoint_gives_an_error_message(data: bytes, small: Checkpoint) -> None:
    with pytest.raises(UserError, match="is damaged"):
        decode(data, small.state.recipe, "x")
