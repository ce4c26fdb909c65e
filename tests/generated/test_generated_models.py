"""Models that Hypothesis writes train as a plain PyTorch loop trains them, and every number shown is theirs."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, Phase, given, seed, settings
from torch import nn

from cnnviewer.core.data.dataset import DataSet, Split, normalise_unit
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import build, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.layout import MEMORY_FORMATS, Layout
from cnnviewer.core.training.loop import Training
from tests.core.inspection.explain.looked_into import random_cells
from tests.generated import plain
from tests.generated.models import CLASSES, Distribution, Generated, models
from tests.generated.operations import OPERATIONS

EXAMPLES = int(os.environ.get("CNNVIEWER_GENERATED_MODELS", "2"))
"""Models for each operation: a few in `make test`, many in `make soak`."""
CELLS = 4  # explained numbers a layer
TRIED = Distribution()
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES >= 10 else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CONFIG = TrainConfig(
    "", "generated", epochs=1, batch_size=4, learning_rate=0.05, momentum=0.9, seed=7, weight_decay=1e-3,
    validation_fraction=0.25, threads=1,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def the_distribution_is_printed() -> Iterator[None]:
    yield
    print(f"\n{TRIED}")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of PyTorch, about models as users write them
        yield
    torch.set_num_threads(threads)


def data_for(model: Generated) -> DataSet:
    """Sixteen images, twelve of which are learned: three steps."""
    generator = torch.Generator().manual_seed(2)
    channels = model.shape[0]
    info = DataInfo("generated", "Generated", model.shape, tuple("0123456789"), (0.4,) * channels, (0.3,) * channels)

    def split(count: int) -> Split:
        images = torch.randint(0, 256, (count, *model.shape), generator=generator, dtype=torch.uint8)
        return Split(images, torch.arange(count) % CLASSES)

    return DataSet(info, split(16), split(10))


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_a_generated_model_trains_and_is_inspected_as_pytorch_computes_it(operation: str) -> None:
    @seed(crc32(operation.encode()) + EXAMPLES)  # other models for each operation, the same ones at every run
    @FEW
    @given(models(operation))
    def holds(model: Generated) -> None:
        TRIED.add(model)
        with tempfile.TemporaryDirectory() as folder:
            Tried(model, Path(folder)).check()

    holds()


class Tried:
    """One model: opened as a user's file, trained, saved, opened again, looked into."""

    def __init__(self, model: Generated, folder: Path) -> None:
        self.model, self.folder = model, folder
        self.key = opened(model.write(folder))
        self.data = data_for(model)
        self.config = replace(CONFIG, model=self.key)
        self.nll = model.log_probabilities

    def check(self) -> None:
        training = Training(self.data, self.config)
        finished, halfway = self._train(training)
        self._trains_as_a_plain_loop(training, finished.state)
        self._goes_on_exactly(halfway, finished.state, training.layout)
        path = self.folder / "weights.safetensors"
        save_weights(path, finished.state)
        again = load_weights(path, self.key)
        self._saved_exactly(finished.state, again)
        for state in (finished.state, again):
            self._is_looked_into(state, finished)

    def _train(self, training: Training) -> tuple[Finished, Checkpoint | None]:
        halfway: Checkpoint | None = None
        for event in training:
            if isinstance(event, StepDone) and event.step == 2:
                halfway = training.checkpoint()
            if isinstance(event, Finished):
                return event, halfway
        raise AssertionError("the training did not finish")

    def _trains_as_a_plain_loop(self, training: Training, state: ModelState) -> None:
        assert training.layout is not None
        layout = MEMORY_FORMATS[training.layout]

        def make() -> nn.Module:
            return build(training.recipe)

        # the cross-entropy of log-probabilities is their NLL, but for rounding
        same = plain.train(make, self.data, self.config, layout)
        for name, tensor in state.tensors.items():
            assert torch.equal(tensor, same[name].contiguous()), f"{name} differs from a plain loop's"
        if {"dropout", "data-dependent"} & set(self.model.tags):
            return  # the layout decides which cells are dropped, and rounding which branch is taken
        script = plain.train(make, self.data, self.config, torch.contiguous_format, self.nll)
        for name, tensor in state.tensors.items():
            torch.testing.assert_close(tensor, script[name], rtol=1e-3, atol=1e-4)

    def _goes_on_exactly(self, halfway: Checkpoint | None, state: ModelState, layout: Layout | None) -> None:
        resumed, _ = self._train(Training(self.data, self.config, resume=halfway, layout=layout))
        for name, tensor in state.tensors.items():
            assert torch.equal(tensor, resumed.state.tensors[name]), f"{name} differs after going on"

    def _saved_exactly(self, state: ModelState, again: ModelState) -> None:
        assert again.tensors.keys() == state.tensors.keys()
        for name, tensor in state.tensors.items():
            assert torch.equal(tensor, again.tensors[name])

    def _is_looked_into(self, state: ModelState, finished: Finished) -> None:
        inspector = Inspector.from_state(state)
        reference = from_state(state)
        images = self.data.test.images
        info = self.data.info
        apart = inspector.logits.keeps_images_apart()
        # what follows may hide that it depends on the batch
        assert apart or {"batch_norm_of_the_batch", "centre", "branch_on_the_values"} & set(self.model.operations)
        with torch.no_grad():
            scores = [
                plain.scores(reference(normalise_unit(batch / 255, info.mean, info.std)))
                for batch in images.split(len(images) if apart else 1)
            ]
        whole = torch.cat(scores)
        right = int((whole.argmax(1) == self.data.test.labels).sum())
        assert finished.test.correct == right, "evaluated otherwise"
        probabilities = whole.exp() if self.nll else whole.softmax(1)
        np.testing.assert_allclose(inspector.predict_batch(images), probabilities, rtol=1e-4, atol=1e-6)

        pixels = images[0].numpy().astype(np.float32) / 255
        single = normalise_unit(torch.from_numpy(pixels)[None], info.mean, info.std)
        inspection = inspector.inspect(pixels)
        with torch.no_grad():
            output = plain.scores(reference(single))
        predicted = np.array([dict(inspection.prediction.ranking)[name] for name in info.classes])
        expected = output.exp() if self.nll else output.softmax(1)
        np.testing.assert_array_equal(predicted, expected[0].numpy())
        self._explains(inspector)
        self._goes_backward(inspector, reference, single)

    def _explains(self, inspector: Inspector) -> None:
        for layer in inspector.architecture.layers:
            for cell in random_cells(inspector.architecture, layer, CELLS):
                explanation = inspector.explain(cell, label=3)
                assert explanation.agrees, (cell, layer.kind, explanation.value, explanation.torch_value)

    def _goes_backward(self, inspector: Inspector, reference: nn.Module, image: torch.Tensor) -> None:
        reference.requires_grad_(True)
        image = image.clone().requires_grad_(True)
        normalised: dict[str, torch.Tensor] = {}
        for name, module in reference.named_modules():
            if isinstance(module, nn.InstanceNorm2d | nn.BatchNorm2d) and module.affine:
                module.register_forward_hook(partial(_keep, normalised, name))
        with torch.enable_grad():
            output = plain.scores(reference(image))
            loss = F.nll_loss(output, torch.tensor([3])) if self.nll else F.cross_entropy(output, torch.tensor([3]))
            weights = dict(reference.named_parameters())
            asked = [image, *weights.values(), *normalised.values()]
            found = torch.autograd.grad(loss, asked, allow_unused=True)
        backward = inspector.backward([3])
        assert backward.loss == pytest.approx(float(loss), rel=1e-4)
        if found[0] is not None:
            np.testing.assert_allclose(backward.gradients["input"], found[0][0].numpy(), rtol=1e-3, atol=1e-6)
        gradients = dict(zip(weights, found[1:], strict=False))
        for (name, output), delta in zip(normalised.items(), found[1 + len(weights) :], strict=True):
            # PyTorch 2.14 adds up other places where the gradient of what is normalised is transposed in memory
            weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
            met = (output - bias[:, None, None]) / weight[:, None, None]
            gradients[f"{name}.weight"], gradients[f"{name}.bias"] = (delta * met).sum((0, 2, 3)), delta.sum((0, 2, 3))
        for layer in inspector.architecture.layers:
            for name in ("weight", "bias"):
                gradient = gradients.get(f"{layer.module}.{name}")
                if gradient is not None:
                    self._weight_learns(inspector, layer, name == "bias", gradient)

    def _weight_learns(self, inspector: Inspector, layer: LayerInfo, bias: bool, gradient: torch.Tensor) -> None:
        """First and last number of a weight: its terms add up to autograd's gradient, or a sentence says why not."""
        for place in ((0,) * gradient.ndim, tuple(size - 1 for size in gradient.shape)):
            cell = WeightCell(layer.name, 0, bias=bias).at(layer.name, layer.kind, place)
            try:
                step = inspector.backward([3], cell).weight
            except UserError as error:
                assert "not supported" in str(error), error
                TRIED.unknown(layer.kind)
                return
            assert step is not None
            assert step.gradient == pytest.approx(float(gradient[place]), rel=1e-4, abs=1e-6)
            assert float((step.deltas * step.met).sum()) == pytest.approx(step.gradient, rel=1e-6, abs=1e-9)


def _keep(kept: dict[str, torch.Tensor], name: str, _module: nn.Module, _inputs: object, output: torch.Tensor) -> None:
    kept[name] = output


def opened(path: Path) -> str:
    """The registry key of the model in a user's file that was agreed to."""
    from cnnviewer.core.models.own.own_file import agree

    return agree(path, "Net")
