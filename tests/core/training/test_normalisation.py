"""A training normalises by its recipe, from the first image to the last judgement."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import DataSet, normalise
from cnnviewer.core.models.registry import from_state, recipe_for
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.batches import batches, hold_out
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.loop import Training
from tests.core.runs.trained import assert_same_run, assert_same_tensors, at_step, finish, leave_after
from tests.small_data import GREY, tiny

CONFIG = TrainConfig("lenet", "tiny-grey", epochs=2, batch_size=16, dropout=0.0, threads=1)
DATA = tiny(GREY, 96, 20)
OTHERWISE = replace(DATA, info=replace(GREY, mean=(0.5,), std=(0.25,)))


def trained(data: DataSet, **asked: object) -> Finished:
    *_, last = Training(data, CONFIG, **asked)  # type: ignore[arg-type]
    assert isinstance(last, Finished)
    return last


def test_a_training_is_evaluated_as_its_weights_say() -> None:
    end = trained(OTHERWISE)
    assert (end.state.recipe.mean, end.state.recipe.std) == ((0.5,), (0.25,))
    with torch.no_grad():
        output = from_state(end.state)(normalise(DATA.test.images, (0.5,), (0.25,)))
    assert end.test.correct == int((output.argmax(1) == DATA.test.labels).sum())


@pytest.mark.parametrize("augmentation", ["none", "handwriting"])
def test_a_training_that_goes_on_from_weights_keeps_their_normalisation(augmentation: str) -> None:
    start = trained(DATA).state
    config = replace(CONFIG, augmentation=augmentation)
    training, usual = (Training(data, config, start=start) for data in (OTHERWISE, DATA))
    assert (training.recipe.mean, training.recipe.std) == (GREY.mean, GREY.std)
    (*_, ours), (*_, theirs) = training, usual
    assert isinstance(ours, Finished)
    assert isinstance(theirs, Finished)
    assert_same_tensors(dict(ours.state.tensors), dict(theirs.state.tensors))
    assert ours.test == theirs.test


def test_the_first_batch_from_weights_has_the_loss_that_pytorch_finds_with_their_normalisation() -> None:
    start = trained(DATA).state
    first = next(event for event in Training(OTHERWISE, CONFIG, start=start) if isinstance(event, StepDone))
    learned, _ = hold_out(len(DATA.train), CONFIG.validation_fraction, CONFIG.seed)
    index = next(iter(batches(learned, CONFIG.batch_size, CONFIG.seed, 1)))
    model = from_state(start).train()
    for module in model.modules():
        if isinstance(module, torch.nn.modules.dropout._DropoutNd):
            module.p = 0.0
    output = model(normalise(DATA.train.images[index], GREY.mean, GREY.std))
    assert first.loss == pytest.approx(F.nll_loss(output, DATA.train.labels[index]).item(), rel=1e-5)


def test_bare_weights_are_gone_on_from_with_the_data_sets_normalisation() -> None:
    bare = replace(trained(DATA).state, read_as="model")
    assert Training(OTHERWISE, CONFIG, start=bare).recipe == recipe_for("lenet", OTHERWISE.info)


def test_a_run_resumes_with_its_own_normalisation_whatever_its_data_set_says_by_now(tmp_path: Path) -> None:
    whole = begin(DATA, CONFIG, tmp_path / "whole")
    finish(whole)
    broken = begin(DATA, CONFIG, tmp_path / "broken")
    leave_after(broken, at_step(4))
    broken.let_go()
    assert broken.folder is not None
    assert whole.folder is not None
    finish(resume_run(broken.folder, OTHERWISE))
    assert_same_run(broken.folder, whole.folder)


def test_a_branch_keeps_the_normalisation_of_its_run(tmp_path: Path) -> None:
    run = begin(DATA, CONFIG, tmp_path)
    finish(run)
    assert run.folder is not None
    made = branch(run.folder, 3, OTHERWISE, tmp_path, {"learning_rate": 0.02})
    assert (made.info.recipe.mean, made.info.recipe.std) == (GREY.mean, GREY.std)
    made.let_go()
