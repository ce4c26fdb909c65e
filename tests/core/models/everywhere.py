"""One model of the user's own through all that is done with it: the numbers must be the same everywhere."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import LOSSES, Training
from tests.core.runs.trained import assert_same_tensors, at_step, leave_after


def train_and_use_everywhere(key: str, data: DataSet, folder: Path, momentum: float = 0.9) -> Finished:
    """Train, break off and go on, evaluate, save, open, predict and look inside; the end of the training."""
    config = TrainConfig(key, "tiny", epochs=1, batch_size=16, momentum=momentum, threads=1)
    *_, whole = Training(data, config)
    recording = begin(data, config, folder / "runs")
    leave_after(recording, at_step(4))
    resumed = resume_run(recording.folder, data)
    *_, end = resumed.events()
    assert isinstance(end, Finished)
    assert isinstance(whole, Finished)
    assert_same_tensors(dict(whole.state.tensors), dict(end.state.tensors))
    assert_same_tensors(dict(whole.state.velocity), dict(end.state.velocity))
    assert end.test == whole.test

    save_weights(folder / "saved.safetensors", end.state)
    torch.save(dict(end.state.tensors), folder / "script.pt")
    disturbed = torch.get_rng_state()
    bare = load_weights(folder / "script.pt", key, data.info)
    assert replace(bare.recipe, dataset=end.state.recipe.dataset) == end.state.recipe
    for state in (load_weights(folder / "saved.safetensors"), bare):
        for name, tensor in end.state.tensors.items():
            assert torch.equal(state.tensors[name], tensor.float() if tensor.is_floating_point() else tensor), name
            assert state.tensors[name].dtype == (torch.float32 if tensor.is_floating_point() else tensor.dtype)
        evaluated = evaluate(from_state(state), data.test, state.recipe, LOSSES["cross_entropy"])
        assert evaluated.correct == end.test.correct
        assert abs(evaluated.loss - end.test.loss) < 1e-5
        inspector = Inspector.from_state(state)
        probabilities = inspector.predict_batch(data.test.images)
        assert np.allclose(probabilities.sum(1), 1, atol=1e-5)
        assert (probabilities.argmax(1) == data.test.labels.numpy()).sum() == end.test.correct
        true = probabilities[np.arange(len(data.test)), data.test.labels.numpy()]
        assert abs(-np.log(true).mean() - end.test.loss) < 1e-4
        pixels = data.test.images[7].numpy().astype(np.float32) / 255
        shown = inspector.inspect(pixels)
        assert np.allclose(shown.activations["probabilities"], probabilities[7], atol=1e-5)
        assert np.allclose(inspector.probabilities(pixels), probabilities[7], atol=1e-5)
        inspector.load(end.state.tensors)
        assert np.allclose(inspector.probabilities(pixels), probabilities[7], atol=1e-5)
    assert torch.equal(torch.get_rng_state(), disturbed)
    return end
