"""Training from weights there are, with frozen layers: those keep every bit, the others learn what PyTorch's would."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.state import ModelState, digest_of
from cnnviewer.core.runs.format.info import Start, read_info
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.freezing import is_frozen, joined, layers_of, names_in
from cnnviewer.core.training.loop import Training
from tests.core.runs.trained import assert_same_run, at_step, finish, leave_after, weights_in
from tests.small_data import COLOUR, GREY, saved, tiny

LENET = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=16, momentum=0.9, threads=1, freeze="conv1,conv2")
DESIGN = TrainConfig(
    "design:conv 4 k3, batchnorm, relu, maxpool k4, flatten, linear 10",
    "tiny-colour",
    epochs=2,
    batch_size=160,
    momentum=0.9,
    weight_decay=0.01,
    validation_fraction=0.0,
    threads=1,
)


def trained_before(config: TrainConfig, data) -> ModelState:
    *_, last = Training(data, replace(config, freeze="", epochs=1, seed=9))
    assert isinstance(last, Finished)
    return last.state


def test_frozen_weights_keep_every_bit_and_the_others_learn() -> None:
    before = trained_before(LENET, tiny())
    *_, last = Training(tiny(), LENET, start=before)
    for name, tensor in last.state.tensors.items():
        assert torch.equal(tensor, before.tensors[name]) == name.startswith("conv"), name


@pytest.mark.parametrize("frozen", ["conv1,bn1", "fc1"], ids=["the first layers", "the last layer"])
def test_the_weights_that_learn_are_those_of_a_plain_loop_with_requires_grad_false(frozen: str) -> None:
    data = tiny(COLOUR)
    before = trained_before(DESIGN, data)
    training = Training(data, replace(DESIGN, freeze=frozen), start=before)
    reference = from_state(before).train()
    for layer in names_in(frozen):
        reference.get_submodule(layer).requires_grad_(False)
    learned = [weight for weight in reference.parameters() if weight.requires_grad]
    optimizer = torch.optim.SGD(learned, lr=DESIGN.learning_rate, momentum=0.9, weight_decay=0.01)
    for event in training:
        if isinstance(event, StepDone):  # one batch holds every image, so the order does not matter
            loss = F.cross_entropy(reference(normalise(data.train.images, COLOUR.mean, COLOUR.std)), data.train.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            assert event.loss == pytest.approx(loss.item(), rel=1e-4)
    ours = training.snapshot().tensors
    for name, expected in reference.state_dict().items():
        if any(name.startswith(f"{layer}.") for layer in names_in(frozen)) and name.endswith(("weight", "bias")):
            assert torch.equal(ours[name], before.tensors[name]), name
        assert torch.allclose(ours[name].float(), expected.float(), rtol=1e-3, atol=1e-5), name


def test_batch_normalisation_that_is_frozen_goes_on_averaging_as_in_pytorch() -> None:
    data = tiny(COLOUR)
    before = trained_before(DESIGN, data)
    *_, last = Training(data, replace(DESIGN, freeze="bn1"), start=before)
    assert torch.equal(last.state.tensors["bn1.weight"], before.tensors["bn1.weight"])
    assert not torch.equal(last.state.tensors["bn1.running_mean"], before.tensors["bn1.running_mean"])


@pytest.mark.parametrize(
    ("frozen", "sentence"),
    [
        ("conv9", "LeNet has no layer conv9 with weights to freeze; it has conv1, conv2, fc1, fc2."),
        ("dropout", "LeNet has no layer dropout with weights to freeze; it has conv1, conv2, fc1, fc2."),
        ("conv1,conv2,fc1,fc2", "All weights of LeNet are frozen (requires_grad=False): there is nothing to learn."),
    ],
)
def test_layers_that_cannot_be_frozen_are_refused_with_a_reason(frozen: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        Training(tiny(), replace(LENET, freeze=frozen))
    assert (str(refused.value), refused.value.field) == (sentence, "model")


def test_a_run_records_its_start_and_its_frozen_layers_and_resumes_to_the_last_bit(tmp_path: Path) -> None:
    data = load(saved(tmp_path, "own", tiny(GREY, 96, 20)), tmp_path)
    config = replace(LENET, dataset=data.info.key)
    before = trained_before(config, data)
    whole = begin(data, config, tmp_path / "a", start=before, started_from="weights.safetensors")
    finish(whole)
    left = begin(data, config, tmp_path / "b", start=before, started_from="weights.safetensors")
    leave_after(left, at_step(4))
    assert whole.folder is not None
    assert left.folder is not None
    left.let_go()
    resumed = resume_run(left.folder, data)
    finish(resumed)
    assert_same_run(whole.folder, left.folder)
    info = read_info(left.folder)
    assert info.config.freeze == "conv1,conv2"
    assert info.start == Start("weights.safetensors", int(before.provenance["step"]), digest_of(before.tensors))
    assert torch.equal(weights_in(left.folder)["conv2.weight"], before.tensors["conv2.weight"])


def test_names_of_layers_are_listed_once_in_their_order() -> None:
    assert names_in(" conv2, conv1,,conv2 ") == ("conv2", "conv1")
    assert joined(["conv2,conv1", "conv2"]) == "conv2,conv1"
    layers = layers_of(trained_before(DESIGN, tiny(COLOUR)).tensors)
    assert list(layers)[:2] == ["conv1", "bn1"]
    assert (layers["conv1"], layers["bn1"]) == ((4 * 3 * 9, 4), (4, 4))
    assert [is_frozen(layer, "conv1,block") for layer in ("conv1", "conv10", "block.conv1")] == [True, False, True]
