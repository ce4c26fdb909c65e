"""A model's answers on all test images, against the evaluation that a training ends with."""

import torch
import torch.nn.functional as F

from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.evaluation.test_predictions import predict_test_images
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import build, from_state, recipe_for
from cnnviewer.core.models.state import ModelState
from tests.small_data import GREY, tiny


def test_the_matrix_is_the_evaluations_and_mistakes_come_surest_first() -> None:
    data = tiny(test=70)
    torch.manual_seed(0)
    recipe = recipe_for("lenet", GREY)
    state = ModelState(recipe, build(recipe).state_dict())
    heard: list[float] = []
    answers = predict_test_images(Inspector.from_state(state), data.test, heard.append)
    expected = evaluate(from_state(state), data.test, recipe, F.nll_loss)
    assert (answers.confusion.correct, answers.confusion.total) == (expected.correct, 70)
    assert [int(row[place]) for place, row in enumerate(answers.confusion.counts)] == [
        correct for correct, _ in expected.per_class.values()
    ]
    assert len(answers.mistakes) == 70 - expected.correct
    sureties = [mistake.probability for mistake in answers.mistakes]
    assert sureties == sorted(sureties, reverse=True)
    labels = data.test.labels.tolist()
    assert all(labels[mistake.index] == mistake.label != mistake.read for mistake in answers.mistakes)
    assert heard[-1] == 1.0
