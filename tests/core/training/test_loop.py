"""The loop learns what PyTorch's own optimiser would, the same every time, and stops well."""

import math
from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.models.registry import MODELS, build, from_state, recipe_for
from cnnviewer.core.training.batches import seed_device
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import LOSSES, Training, train
from tests.small_data import COLOUR, GREY, tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=16, threads=1)
COLOUR_CONFIG = TrainConfig("simplecnn", "tiny-colour", epochs=1, batch_size=32, momentum=0.9, threads=1)


def weights_of(config: TrainConfig, data=None) -> dict[str, torch.Tensor]:
    events = train(data or tiny(), config)
    return dict(next(event for event in events if isinstance(event, Finished)).state.tensors)


def test_events_come_in_order_and_count_every_batch() -> None:
    events = list(train(tiny(), CONFIG))
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    steps = [event for event in events if isinstance(event, StepDone)]
    assert [step.step for step in steps] == list(range(1, events[0].total_steps + 1))
    assert events[0].steps_per_epoch == math.ceil(events[0].train_count / 16)
    assert sum(isinstance(event, EpochDone) for event in events) == 2
    assert events[0].train_count + events[0].validation_count == 160


@pytest.mark.parametrize("momentum", [0.0, 0.9], ids=["plain", "momentum"])
@pytest.mark.parametrize("decay", [0.0, 0.01], ids=["no decay", "decay"])
def test_a_step_is_torch_optim_sgds(momentum: float, decay: float) -> None:
    data = tiny(COLOUR)
    config = replace(COLOUR_CONFIG, momentum=momentum, weight_decay=decay, batch_size=160, validation_fraction=0.0)
    training = Training(data, replace(config, epochs=3))
    reference = from_state(training.snapshot()).train()
    optimizer = torch.optim.SGD(reference.parameters(), lr=0.01, momentum=momentum, weight_decay=decay)
    for event in training:
        if isinstance(event, StepDone):
            # one batch holds every image, so the order does not matter
            loss = F.cross_entropy(reference(normalise(data.train.images, COLOUR.mean, COLOUR.std)), data.train.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            assert event.loss == pytest.approx(loss.item(), rel=1e-4)
    ours = training.snapshot().tensors
    for name, expected in reference.state_dict().items():
        assert torch.allclose(ours[name], expected, rtol=1e-3, atol=1e-5), name


def test_the_same_seed_gives_the_same_weights_to_the_last_bit_and_another_seed_others() -> None:
    one, again, other = weights_of(CONFIG), weights_of(CONFIG), weights_of(replace(CONFIG, seed=2))
    assert all(torch.equal(one[name], again[name]) for name in one)
    assert not torch.equal(one["conv1.weight"], other["conv1.weight"])


def test_random_numbers_drawn_in_between_change_nothing() -> None:
    alone = weights_of(CONFIG)
    disturbed = {}
    for event in train(tiny(), CONFIG):
        torch.rand(7)
        if isinstance(event, Finished):
            disturbed = dict(event.state.tensors)
    assert all(torch.equal(alone[name], disturbed[name]) for name in alone)


@pytest.mark.parametrize("augmentation", ["flip-crop", "handwriting"])
def test_augmented_training_repeats_itself_too(augmentation: str) -> None:
    data = tiny(COLOUR) if augmentation == "flip-crop" else tiny()
    config = COLOUR_CONFIG if augmentation == "flip-crop" else CONFIG
    config = replace(config, augmentation=augmentation)
    one, again = weights_of(config, data), weights_of(config, data)
    assert all(torch.equal(one[name], again[name]) for name in one)


def test_the_loop_learns_the_tiny_set() -> None:
    config = replace(CONFIG, epochs=20, momentum=0.9, dropout=0.0)
    finished = next(event for event in train(tiny(), config) if isinstance(event, Finished))
    assert finished.test.accuracy > 0.9
    assert finished.test.accuracy == finished.test.correct / finished.test.total
    assert sum(correct for correct, _ in finished.test.per_class.values()) == finished.test.correct


def test_the_initial_weights_are_those_of_a_course_script_with_that_seed() -> None:
    torch.manual_seed(CONFIG.seed)
    expected = build(recipe_for("lenet", GREY)).state_dict()
    first = Training(tiny(), CONFIG).snapshot().tensors
    assert all(torch.equal(first[name], expected[name]) for name in expected)


def test_rate_and_momentum_act_at_the_next_step() -> None:
    controls = Controls.of(CONFIG)
    seen = []
    for event in train(tiny(), CONFIG, controls):
        if isinstance(event, StepDone):
            seen.append((event.learning_rate, event.momentum))
            if event.step == 2:
                controls.learning_rate, controls.momentum = 0.5, 0.25
            if event.step == 4:
                break
    assert seen == [(0.01, 0.0), (0.01, 0.0), (0.5, 0.25), (0.5, 0.25)]


def test_a_cosine_schedule_goes_down_to_nothing() -> None:
    config = replace(CONFIG, schedule="cosine")
    rates = [event.learning_rate for event in train(tiny(), config) if isinstance(event, StepDone)]
    expected = [0.01 * 0.5 * (1 + math.cos(math.pi * step / len(rates))) for step in range(len(rates))]
    assert rates == pytest.approx(expected)


def test_stopping_leaves_at_the_next_boundary_and_still_evaluates() -> None:
    controls = Controls.of(CONFIG)
    events = []
    for event in train(tiny(), CONFIG, controls):
        events.append(event)
        if isinstance(event, StepDone) and event.step == 3:
            controls.stop = True
    assert isinstance(events[-1], Finished)
    assert events[-1].stopped
    assert events[-1].state.provenance["step"] == 3


def test_a_diverging_training_keeps_the_last_good_weights() -> None:
    config = replace(CONFIG, learning_rate=1e20, epochs=5)
    with pytest.raises(TrainingFailed, match="learning rate") as caught:
        list(train(tiny(), config))
    assert all(bool(torch.isfinite(tensor).all()) for tensor in caught.value.state.tensors.values())


def test_memory_that_runs_out_gives_an_error_message_with_what_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    training = Training(tiny(), CONFIG)

    def no_memory(*_: object) -> tuple[float, int]:
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(training, "_learn", no_memory)
    with pytest.raises(TrainingFailed, match="smaller batch"):
        list(training)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"batch_size": 10_000}, "batch_size"),
        ({"batch_size": 0}, "batch_size"),
        ({"epochs": 0}, "epochs"),
        ({"learning_rate": 0.0}, "learning_rate"),
        ({"learning_rate": math.nan}, "learning_rate"),
        ({"momentum": 1.0}, "momentum"),
        ({"momentum": -0.1}, "momentum"),
        ({"device": "cuda:77"}, "device"),
        ({"dropout": 1.0}, "dropout"),
        ({"validation_fraction": 1.0}, "validation_fraction"),
        ({"seed": -1}, "seed"),
    ],
    ids=str,
)
def test_what_cannot_work_is_refused_before_training_with_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(UserError) as caught:
        Training(tiny(), replace(CONFIG, **change))
    assert caught.value.field == field


def test_labels_beyond_the_classes_are_refused() -> None:
    data = tiny()
    data.train.labels[3] = 12
    with pytest.raises(UserError, match="12"):
        Training(data, CONFIG)


@pytest.mark.parametrize("fraction", [0.0, 0.1])
def test_validation_images_are_never_trained_on(fraction: float) -> None:
    started = next(iter(train(tiny(), replace(CONFIG, validation_fraction=fraction))))
    assert isinstance(started, Started)
    assert (started.train_count, started.validation_count) == ((160, 50) if fraction == 0 else (144, 16))
    assert started.validation_name == ("test" if fraction == 0 else "validation")


def test_evaluation_is_what_pytorch_counts() -> None:
    data = tiny()
    model = build(recipe_for("lenet", GREY)).eval()
    evaluated = evaluate(model, data.test, recipe_for("lenet", GREY), LOSSES[MODELS["lenet"].loss])
    with torch.no_grad():
        output = model(normalise(data.test.images, GREY.mean, GREY.std))
    assert evaluated.correct == int((output.argmax(1) == data.test.labels).sum())
    assert evaluated.loss == pytest.approx(F.nll_loss(output, data.test.labels).item(), rel=1e-5)


def test_seeding_the_device_draws_what_seeding_everything_would_draw() -> None:
    torch.manual_seed(99)
    expected = torch.rand(5)
    seed_device(99, "cpu")
    assert torch.equal(torch.rand(5), expected)
