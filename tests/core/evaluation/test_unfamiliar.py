"""The score of an unfamiliar image is that of its formula, and its threshold leaves the allowed share above it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.unfamiliar import ALLOWED, learn_familiarity, scores_of
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.temperature import Temperature
from cnnviewer.core.models.weights import bundled, load_weights, save_weights


@pytest.fixture(scope="module")
def digits() -> DataSet:
    return generate(train=800, test=400)


@pytest.fixture(scope="module")
def lenet() -> ModelState:
    return bundled("lenet")


@pytest.fixture(scope="module")
def known(lenet: ModelState, digits: DataSet) -> Familiarity:
    return learn_familiarity(Inspector.from_state(lenet), digits.train, digits.test)


def values(state: ModelState, split: Split) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits and what `fc2` reads, by PyTorch alone, float64."""
    model = from_state(state)
    taken: list[torch.Tensor] = []
    handle = model.fc2.register_forward_pre_hook(lambda _, read: taken.append(read[0]))
    with torch.no_grad():
        model((split.images.float() / 255 - state.recipe.mean[0]) / state.recipe.std[0])
        logits = model.fc2(taken[0])
    handle.remove()
    return logits.double(), taken[0].double()


def test_the_scores_of_many_images_are_pytorchs(lenet: ModelState, digits: DataSet) -> None:
    inspector = Inspector.from_state(lenet)
    assert inspector.score_layers == ("fc2", "relu3")
    found, (logits, features) = scores_of(inspector, digits.test.images), values(lenet, digits.test)
    assert np.allclose(found.logits, logits, atol=1e-4)
    assert np.allclose(found.features, features, atol=1e-4)
    assert np.allclose(
        F.softmax(torch.from_numpy(found.logits), 1), inspector.predict_batch(digits.test.images), atol=1e-6
    )


def test_the_score_is_the_formulas(lenet: ModelState, digits: DataSet, known: Familiarity) -> None:
    def parts(split: Split) -> tuple[torch.Tensor, torch.Tensor]:
        logits, features = values(lenet, split)
        apart = ((features[:, None] - means) ** 2 / variances).sum(2)
        return logits.logsumexp(1), apart.min(1).values.log()

    _, learned = values(lenet, digits.train)
    means = torch.stack([learned[digits.train.labels == c].mean(0) for c in range(10)])
    within = ((learned - means[digits.train.labels]) ** 2).mean(0)
    variances = within + 1e-3 * within.mean()
    energy, distance = parts(digits.train)
    spread = [
        torch.quantile(value, torch.tensor([0.16, 0.5, 0.84], dtype=torch.float64)) for value in (energy, distance)
    ]
    shown = parts(digits.test)
    expected = (spread[0][1] - shown[0]) / (spread[0][2] - spread[0][0])
    expected += (shown[1] - spread[1][1]) / (spread[1][2] - spread[1][0])
    found = scores_of(Inspector.from_state(lenet), digits.test.images)
    assert np.allclose(known.scores(found.logits, found.features), expected, atol=1e-3)


def test_the_threshold_leaves_the_allowed_share_of_the_validation_images_above_it(
    lenet: ModelState, digits: DataSet, known: Familiarity
) -> None:
    found = scores_of(Inspector.from_state(lenet), digits.test.images)
    scores = known.scores(found.logits, found.features)
    assert (scores > known.threshold).sum() == round(ALLOWED * len(scores))
    assert known.images == len(scores)
    assert known.split == "validation"


def test_without_validation_images_half_of_the_training_images_set_the_threshold_and_that_is_said(
    lenet: ModelState, digits: DataSet
) -> None:
    found = learn_familiarity(Inspector.from_state(lenet), digits.train, None)
    assert found.split == "training"
    assert found.images == len(digits.train) // 2


def test_too_few_images_are_refused(lenet: ModelState, digits: DataSet) -> None:
    with pytest.raises(UserError, match="too few images"):
        learn_familiarity(Inspector.from_state(lenet), digits.train, digits.test.select(slice(0, 20)))


def test_looking_at_the_images_can_be_abandoned(lenet: ModelState, digits: DataSet) -> None:
    with pytest.raises(Cancelled):
        learn_familiarity(Inspector.from_state(lenet), digits.train, digits.test, abandoned=lambda: True)


def test_an_image_scores_alone_as_it_does_among_others(lenet: ModelState, digits: DataSet, known: Familiarity) -> None:
    inspector = Inspector.from_state(lenet)
    found = scores_of(inspector, digits.test.images[:3])
    for place in range(3):
        image = digits.test.images[place].numpy().astype(np.float32) / np.float32(255)
        alone = known.score_of(inspector.inspect(image).activations)
        assert alone == pytest.approx(known.scores(found.logits, found.features)[place], abs=1e-3)
    assert np.isnan(known.score_of({"fc2": np.zeros(10, np.float32)}))


@pytest.mark.parametrize("half", [False, True], ids=["whole", "half"])
def test_a_weights_file_keeps_the_threshold(
    half: bool, lenet: ModelState, digits: DataSet, known: Familiarity, tmp_path: Path
) -> None:
    save_weights(tmp_path / "w.safetensors", replace(lenet, familiarity=known), half=half)
    found = load_weights(tmp_path / "w.safetensors").familiarity
    assert found is not None
    assert found.to_text("") == known.to_text("")
    scores = scores_of(Inspector.from_state(lenet), digits.test.images)
    assert np.array_equal(known.scores(scores.logits, scores.features), found.scores(scores.logits, scores.features))


def test_the_weights_themselves_are_the_same_with_and_without_it(
    lenet: ModelState, known: Familiarity, tmp_path: Path
) -> None:
    for name, state in (("with", replace(lenet, familiarity=known)), ("without", replace(lenet, familiarity=None))):
        save_weights(tmp_path / f"{name}.safetensors", state)
    one, other = (load_weights(tmp_path / f"{name}.safetensors") for name in ("with", "without"))
    assert other.familiarity is None
    assert all(torch.equal(one.tensors[name], other.tensors[name]) for name in one.tensors)


def test_a_threshold_of_other_weights_is_damage(lenet: ModelState, known: Familiarity) -> None:
    with pytest.raises(ValueError, match="checksum"):
        Familiarity.from_text(known.to_text("these"), "those")
    with pytest.raises(ValueError, match="checksum"):
        Familiarity.from_text(known.to_text("these").replace("0.02", "0.03"), "these")


def test_a_temperature_of_other_weights_or_one_that_is_none_is_damage() -> None:
    text = Temperature(1.5, 300).to_text("these")
    assert Temperature.from_text(text, "these") == Temperature(1.5, 300)
    with pytest.raises(ValueError, match="checksum"):
        Temperature.from_text(text, "those")
    with pytest.raises(ValueError, match="checksum"):
        Temperature.from_text(text.replace("1.5", "1.6"), "these")
    with pytest.raises(ValueError, match="temperature"):
        Temperature.from_text(Temperature(-1.0, 300).to_text("these"), "these")


def test_a_changed_byte_of_the_threshold_in_a_file_is_told(
    lenet: ModelState, known: Familiarity, tmp_path: Path
) -> None:
    file = tmp_path / "w.safetensors"
    save_weights(file, replace(lenet, familiarity=known))
    data = file.read_bytes()
    assert data.count(b'images\\": 400') == 1
    file.write_bytes(data.replace(b'images\\": 400', b'images\\": 401'))
    with pytest.raises(UserError, match="damaged"):
        load_weights(file)


def share_above(state: ModelState, known: Familiarity, images: torch.Tensor) -> float:
    found = scores_of(Inspector.from_state(state), images)
    return float((known.scores(found.logits, found.features) > known.threshold).mean())


def test_photographs_and_noise_are_unfamiliar_to_the_bundled_lenet_and_digits_are_not(
    lenet: ModelState, real_data_dir: Path
) -> None:
    mnist, photographs = load("mnist", real_data_dir), load("cifar10", real_data_dir)
    known = learn_familiarity(Inspector.from_state(lenet), mnist.train, None)
    assert share_above(lenet, known, mnist.test.images) < 1.5 * ALLOWED
    grey = F.interpolate(photographs.test.images[:300].float().mean(1, keepdim=True), (28, 28), mode="area").byte()
    assert share_above(lenet, known, grey) > 0.95
    noise = torch.randint(0, 256, (300, 1, 28, 28), generator=torch.Generator().manual_seed(0), dtype=torch.uint8)
    assert share_above(lenet, known, noise) > 0.7
