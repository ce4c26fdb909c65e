"""The training loop: a generator of events, to be read from top to bottom in one sitting."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice

import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import DataSet, Split, normalise, normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.evaluate import LossFunction, Run, evaluate
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.models.class_match import as_numbered, for_classes
from cnnviewer.core.models.normalisation import recipe_of_training
from cnnviewer.core.models.output import head_of
from cnnviewer.core.models.registry import built_to_train, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import choose_threads, computing_with
from cnnviewer.core.training.augment import augmentation
from cnnviewer.core.training.batches import (
    batches,
    divided,
    seed_device,
    seed_other_libraries,
    seeded,
    validation_split,
)
from cnnviewer.core.training.check import check, check_last_batch, check_learnable
from cnnviewer.core.training.checkpoint import Checkpoint, EpochPosition, copied
from cnnviewer.core.training.clock import Clock
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone, StepReport, TrainEvent
from cnnviewer.core.training.failure import TrainingFailed, failures_explained, nothing_to_learn
from cnnviewer.core.training.freezing import freeze
from cnnviewer.core.training.last_good import LastGood
from cnnviewer.core.training.layout import MEMORY_FORMATS, Layout, any_overruns, choose_layout
from cnnviewer.core.training.provenance import provenance
from cnnviewer.core.training.sgd import SGD
from cnnviewer.core.training.single_step import WeightsBefore, buffers_kept, drops

Muting = Callable[[nn.Module, ModelState], Run]
"""A model and the weights that name its muted channels -> what runs the model with them."""

LOSSES: Mapping[str, LossFunction] = {"nll": F.nll_loss, "cross_entropy": F.cross_entropy}

_KEEP_EVERY = 100  # steps between two copies of the weights that a failure falls back to


def train(
    data: DataSet, config: TrainConfig, controls: Controls | None = None, start: ModelState | None = None
) -> Generator[TrainEvent, None, None]:
    """Train as `config` says; the events of a `Training`."""
    return iter(Training(data, config, controls, start))


class Training:
    """One training. Iterate it once, in one thread; between two events nothing moves.

    That is where a training is paused (by not asking for the next event), where the controls take effect and where
    a snapshot is whole. The same data, configuration, device and thread count give the same weights to the last bit:
    the initialisation draws from `seed`, an epoch's order from (seed, epoch), a step's dropout and augmentation
    from (seed, step), so that nothing another thread draws in between matters.

    Owner of the model being trained: whoever iterates. Others get copies from `snapshot()`.

    Attributes:
        config: as given.
        controls: learning rate, momentum and stop, read before every step.
        recipe: of the model; every image is normalised as it says.
        step: steps done.
        epoch: epochs begun.
        steps_per_epoch: batches that an epoch to come has.
        total_steps: of all epochs.
        threads: PyTorch's thread count in use.
        layout: in which the model lies in memory; None until `Started` where it was not given.

    """

    def __init__(
        self,
        data: DataSet,
        config: TrainConfig,
        controls: Controls | None = None,
        start: ModelState | None = None,
        resume: Checkpoint | None = None,
        layout: Layout | None = None,
        muting: Muting | None = None,
    ) -> None:
        """Check everything and build the model, from `start`'s weights where given, or where `resume` stands.

        With `layout` the model lies in memory as it did in a training that this one resumes. Classes are numbered
        as the weights number them, where they have the same names. Channels that the weights mute stay muted, by
        `muting`: the others learn to do without them.

        Raises:
            UserError: what cannot work, with the field it is about.
        """
        start = resume.state if resume else start
        self._known = check(config, data, start.recipe if start else None)
        if resume:
            data = as_numbered(resume.state.recipe, data)
        elif start:
            start, data, _ = for_classes(start, data)
        self.config = config
        self.controls = controls or Controls.of(resume or config)
        learned_from = len(divided(data, config.validation_fraction, config.seed)[0])
        self.steps_per_epoch = math.ceil(learned_from / config.batch_size)
        self.recipe = resume.state.recipe if resume else recipe_of_training(self._known, data.info, start)
        self.step = resume.step if resume else 0
        self.epoch = int(resume.state.provenance.get("epoch", 0)) if resume else 0
        self._place = resume.place if resume else EpochPosition()
        # those of a branch were not all of the same size
        to_come = (config.epochs + 1 - self._place.epoch) * self.steps_per_epoch - self._place.batch
        self.total_steps = self.step + to_come
        self._device = config.device

        torch.manual_seed(config.seed)  # before the layers draw their first weights, as in a course script
        self._model = from_state(start) if start else built_to_train(self.recipe)
        self.mutes = start.mutes if start else ()
        self._run: Run = self._model
        if start and start.mutes:
            if muting is None:
                raise ValueError("weights with muted channels need something that mutes them")
            self._run = muting(self._model, start)
        freeze(self._model, config.freeze, self._known.info.title)
        check_learnable(self._model, self._known.info.title)
        check_last_batch(self._model, config, data)
        self._data = data
        self._loss = LOSSES[self._known.loss]
        self._augment = augmentation(config.augmentation)
        self._randomness = torch.Generator()
        self.threads = config.threads or choose_threads(config.model)
        self._clock = Clock(resume.seconds if resume else 0.0)
        self._accuracies: dict[str, float] = dict(resume.accuracies) if resume else {}
        self._optimizer = SGD(self._model.parameters(), config.learning_rate, config.momentum, config.weight_decay)
        self._velocity = resume.state.velocity if resume else {}
        self.layout = layout
        self._report: StepReport | None = None
        self._prepared = False
        self._state_dict: Mapping[str, torch.Tensor] | None = None
        self._good = LastGood(resume or self.checkpoint())

    def __iter__(self) -> Generator[TrainEvent, None, None]:
        """The events: `Started`, a `StepDone` a batch, an `EpochDone` an epoch, `Finished`.

        Raises:
            TrainingFailed: the loss or the weights are no longer finite, memory ran out, the device failed;
                its `state` holds the last good weights.
        """
        try:
            with computing_with(self.threads), self._clock.running():
                for event in self._events():
                    with self._clock.paused():
                        yield event
        except Cancelled:
            return
        except TrainingFailed as failure:
            failure.state = self._good.checkpoint.state
            failure.checkpoint = self._good.checkpoint if failure.diverged else None
            raise

    @property
    def data(self) -> DataSet:
        """What is learned from, its classes numbered as the outputs."""
        return self._data

    def snapshot(self, velocity: bool = False) -> ModelState:
        """A copy of the weights as they are between two events, on the CPU, with what led to them.

        With `velocity` the optimiser's momentum buffers come along, of which the next step will be made.
        """
        tensors = {name: copied(tensor) for name, tensor in self._weights().items()}
        buffers = zip(self._weight_names, self._optimizer.velocity, strict=True) if velocity else ()
        moving = {name: copied(tensor) for name, tensor in buffers if tensor is not None}
        facts = provenance(self.config, self.controls, self.epoch, self.step, self.layout, self.threads)
        return ModelState(self.recipe, tensors, facts | self._accuracies, moving, mutes=self.mutes)

    def checkpoint(self, velocity: bool = True) -> Checkpoint:
        """All that is needed to resume from here, between two events: a copy, to be given to `resume`.

        Without `velocity` the optimiser's momentum is left out, which takes as long to copy as the weights.
        """
        return Checkpoint(
            self.snapshot(velocity),
            self.step,
            self._place,
            self.controls.learning_rate,
            self.controls.momentum,
            self._clock.seconds,
            dict(self._accuracies),
        )

    def _weights(self) -> Mapping[str, torch.Tensor]:
        """The model's `state_dict`, looked up once of a model without buffers: that takes as long as the copy."""
        if self._state_dict is not None:
            return self._state_dict
        tensors: dict[str, torch.Tensor] = self._model.state_dict()
        if self._prepared and next(self._model.buffers(), None) is None:
            self._state_dict = tensors  # the parameters themselves from now on, whatever they are changed to
        return tensors

    @property
    def notes(self) -> tuple[UserError, ...]:
        """What the user should know of the output of a model of their own, as sentences."""
        head = head_of(self._model)
        return head.notes if head is not None else ()

    @property
    def _weight_names(self) -> list[str]:
        return [name for name, _ in self._model.named_parameters()]

    def _events(self) -> Generator[TrainEvent, None, None]:
        config = self.config
        learned, held_out = divided(self._data, config.validation_fraction, config.seed)

        with self._failures_explained():
            # The whole data set moves to the device once; a batch is then an index, a cast and a normalisation.
            validation_name, validation = validation_split(self._data, held_out)
            images, labels = self._data.train.images.to(self._device), self._data.train.labels.to(self._device)
            validation, test = validation.to(self._device), self._data.test.to(self._device)
            learned = learned.to(self._device)
            self._prepare_model()

        yield Started(
            train_count=len(learned),
            validation_count=len(validation),
            validation_name=validation_name,
            test_count=len(test),
            steps_per_epoch=self.steps_per_epoch,
            total_steps=self.total_steps,
            threads=self.threads,
            device=config.device,
            held_out=len(held_out) > 0,
            notes=self._data.info.notes,
        )

        for epoch in range(self._place.epoch, config.epochs + 1):
            self.epoch = epoch
            todo = islice(batches(learned, config.batch_size, config.seed, epoch), self._place.batch, None)
            for batch, index in enumerate(todo, start=self._place.batch + 1):
                if self.controls.abandon:
                    return
                if self.controls.stop:
                    break
                with self._failures_explained():
                    loss, correct = self._learn(images[index], labels[index])
                self._place = self._place.after(loss, correct, len(index))
                yield StepDone(
                    self.step,
                    epoch,
                    batch,
                    loss,
                    correct,
                    len(index),
                    self._optimizer.learning_rate,
                    self._optimizer.momentum,
                    self._clock.seconds,
                    self._report,
                )
            else:  # the epoch is whole
                evaluation = self._evaluate_finite(validation)
                self._accuracies = {f"{validation_name}_accuracy": evaluation.accuracy}
                done, self._place = self._place, EpochPosition(epoch + 1)
                yield EpochDone(
                    epoch,
                    self.step,
                    done.loss_sum / len(learned),
                    done.correct_sum,
                    len(learned),
                    evaluation.loss,
                    evaluation.correct,
                    evaluation.total,
                    self._clock.seconds,
                )
                continue
            break

        yield self._finished(self._evaluate_finite(test))

    def _failures_explained(self) -> AbstractContextManager[None]:
        return failures_explained(self.config.device, self._known.info.title, self._known.is_own)

    def _prepare_model(self) -> None:
        """Move the model to its device, in the memory layout that is quickest there of those that it bears."""
        self.layout = self._choose_layout()
        self._model.to(self._device, memory_format=MEMORY_FORMATS[self.layout])  # type: ignore[call-overload]
        self._model.train()
        self._prepared = True
        if self._velocity:
            self._optimizer.restore([self._velocity.get(name) for name in self._weight_names])
        if self.config.dropout is not None:
            for module in self._model.modules():
                if isinstance(module, (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)):
                    module.p = self.config.dropout

    def _choose_layout(self) -> Layout:
        if self.layout is not None:
            return self.layout
        if self._device == "cpu" and not self._known.is_own:
            # every layer of ours bears it, a test tries, but for such a convolution of a design
            return "contiguous" if any_overruns(self._model) else "channels_last"
        shape, classes = self.recipe.input_shape, len(self.recipe.classes)
        return choose_layout(self._model, shape, classes, self._loss, self._device)

    def _learn(self, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, int]:
        """One step of gradient descent on a batch: uint8 `(N, C, H, W)` and `(N,)` -> mean loss, correct ones."""
        self._obey_controls()
        before = WeightsBefore(self._model) if self.controls.reports else None
        with torch.enable_grad():  # per thread: whoever iterates may have switched it off
            loss, correct = self._find_gradients(images, labels)
        self._good.hear(loss, self._optimizer.learning_rate, self.step + 1)
        self._optimizer.step()
        self._report = None if before is None else self._report_on(before, images, labels, loss, correct)
        self.step += 1
        if self.step % _KEEP_EVERY == 0:
            self._good.keep(self.checkpoint())
        return loss, correct

    def _find_gradients(self, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, int]:
        """Forward and backward through a batch: every weight's gradient, and mean loss and correct ones."""
        output = self._run(self._inputs(images))
        loss = self._loss(output, labels)
        self._require_gradient(loss)
        loss.backward()
        correct = (output.detach().argmax(1) == labels).sum()
        return loss.item(), int(correct)  # on a GPU this waits for the batch: the price of a live curve

    def _report_on(
        self, before: WeightsBefore, images: torch.Tensor, labels: torch.Tensor, loss: float, correct: int
    ) -> StepReport:
        """What the step did; everything that the next one depends on stays as it is, to the last bit.

        A user's own model may count its calls: it is not called again.
        """
        report = StepReport(self.step + 1, len(labels), loss, correct, None, None, *before.largest_change())
        if self._known.is_own:
            return report
        self._draw_alike()
        try:
            with torch.no_grad(), buffers_kept(self._model):
                output = self._run(self._inputs(images))
                after, right = float(self._loss(output, labels)), int((output.argmax(1) == labels).sum())
        except (RuntimeError, MemoryError):  # no memory is left for it: the training goes on without
            return report
        return replace(report, loss_after=after, correct_after=right, dropout=drops(self._model))

    def _require_gradient(self, loss: torch.Tensor) -> None:
        if not loss.requires_grad:
            raise nothing_to_learn(self._known.info.title)

    def _evaluate_finite(self, split: Split) -> Evaluation:
        """The model evaluated on images that it has not learned from; it has diverged when their loss is not finite."""
        self._good.keep(self.checkpoint())
        with self._failures_explained():
            evaluation = self._evaluate(split)
        self._good.check_evaluation(evaluation, self._optimizer.learning_rate, self.step)
        return evaluation

    def _evaluate(self, split: Split) -> Evaluation:
        """The model evaluated on all of `split`."""
        return evaluate(self._model, split, self.recipe, self._loss, self._abandoned, self._run if self.mutes else None)

    def _obey_controls(self) -> None:
        """Set the next step's learning rate and momentum, and its random numbers."""
        self._optimizer.learning_rate = self.controls.learning_rate * self._schedule()
        self._optimizer.momentum = self.controls.momentum
        self._draw_alike()

    def _draw_alike(self) -> None:
        """Draw dropout and augmentation from the seed and the step, however often."""
        seed_device(seeded(self.config.seed, "dropout", self.step), self._device)
        self._randomness.manual_seed(seeded(self.config.seed, "augmentation", self.step))
        if self._known.is_own:
            seed_other_libraries(seeded(self.config.seed, "other libraries", self.step))

    def _schedule(self) -> float:
        """Factor of the learning rate: 1, or half a cosine from 1 down to 0 over all steps."""
        if self.config.schedule == "constant":
            return 1.0
        return 0.5 * (1 + math.cos(math.pi * self.step / self.total_steps))

    def _inputs(self, images: torch.Tensor) -> torch.Tensor:
        """Uint8 `(N, C, H, W)` -> the model's input, augmented where asked."""
        mean, std = self.recipe.mean, self.recipe.std
        if self._augment is None:
            return normalise(images, mean, std)
        unit = images.to(torch.float32).div_(255)
        return normalise_unit(self._augment(unit, self._randomness), mean, std)

    def _abandoned(self) -> bool:
        return self.controls.abandon

    def _finished(self, test: Evaluation) -> Finished:
        self._accuracies["accuracy"] = test.accuracy
        stopped = self.step < self.total_steps
        return Finished(test, self.snapshot(velocity=True), stopped, self._clock.seconds)
