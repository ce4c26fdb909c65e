"""One training by several processes, as `torchrun` starts them: each learns from its share of every batch.

The batch size is that of all together, so the same seed learns what one process would, up to the rounding of sums
(dropout aside: each process draws the same mask for other images). Gradients are averaged by PyTorch's own
DistributedDataParallel (Li et al. 2020, https://arxiv.org/abs/2006.15704).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn, cast

import torch
from torch import distributed, nn

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.images.decoding import Decoding
from cnnviewer.core.models.own.failures import line_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.layout import Layout
from cnnviewer.core.training.loop import Muting, Training

_PATIENCE = timedelta(minutes=10)  # for a process that does not answer but has not ended either
_SIGNS = ("gloo", "nccl", "connection", "timed out", "peer", "socket", "remote process")


@dataclass
class ProcessGroup:
    """The processes that train together.

    Attributes:
        rank: number of this one, from 0; the first one records and reports.
        size: how many there are.
        local_rank: number of this one on its machine, which is that of its GPU.
        announced: whether the first process has sent all what to train.

    """

    rank: int
    size: int
    local_rank: int
    announced: bool = False

    @property
    def leads(self) -> bool:
        """Whether this process is the one that records and reports."""
        return self.rank == 0

    def device(self, asked: str) -> str:
        """This process's device where `asked` is that of all: its own GPU of a machine."""
        return f"cuda:{self.local_rank}" if asked.startswith("cuda") else asked

    def share(self, count: int) -> slice:
        """This process's part of `count` images, as equal as can be; empty where there are fewer than processes."""
        return slice(self.rank * count // self.size, (self.rank + 1) * count // self.size)

    def tell(self, value: object) -> object:
        """What the first process says to all: its `value`, in every process."""
        with _failures_explained():
            announcement = [value]
            distributed.broadcast_object_list(announcement, src=0)
            self.announced = True
            return announcement[0]

    def sum(self, values: torch.Tensor) -> torch.Tensor:
        """The sum of every process's `values`, in place."""
        with _failures_explained():
            distributed.all_reduce(values)
            return values

    def share_buffers(self, model: nn.Module) -> None:
        """Give every process the first one's buffers: batch normalisation's running numbers are of its own images."""
        with _failures_explained(), torch.no_grad():
            for buffer in model.buffers():
                sent = buffer.contiguous()
                distributed.broadcast(sent, src=0)
                if sent is not buffer:
                    buffer.copy_(sent)


def leave_process(status: int) -> NoReturn:
    """End this process at once, without taking the interpreter down.

    PyTorch's DistributedDataParallel keeps gloo's threads alive until the process ends (seen in PyTorch 2.14). One that
    asks for the interpreter's lock while the interpreter is taken down aborts the process: about 1 exit in 100 on a
    busy machine, after all work is done.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads any more
            stream.flush()
    os._exit(status)


def started_by_torchrun() -> bool:
    """Whether this process is one of several that were started to train together."""
    return "RANK" in os.environ and int(os.environ.get("WORLD_SIZE", "1")) > 1


@contextmanager
def joined(device: str) -> Iterator[ProcessGroup]:
    """This process's place in the team, from when all have come together until it leaves: nccl on CUDA, else gloo.

    When the first process leaves without having sent what to train, the others learn that there is nothing to do.

    Raises:
        UserError: the others cannot be reached.
    """
    rank, size, local_rank = (int(os.environ.get(name, "0")) for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"))
    on_gpu = device.startswith("cuda")
    try:
        if on_gpu:
            torch.cuda.set_device(local_rank)
        distributed.init_process_group("nccl" if on_gpu else "gloo", timeout=_PATIENCE)
    except (RuntimeError, ValueError) as error:
        raise UserError(
            "The {count} processes of the training could not reach each other: {reason}.",
            count=size,
            reason=str(error).strip().splitlines()[0].rstrip("."),
        ) from error
    group = ProcessGroup(rank, size, local_rank)
    try:
        yield group
    finally:
        if group.leads and not group.announced:
            group.tell(None)
        distributed.destroy_process_group()


class DistributedTraining(Training):
    """A training of which this process does a share. Every process of the group iterates one of its own.

    The live settings of the first process are everyone's, from the step after the next on; so are stopping and
    abandoning, for all must leave at the same step boundary.

    Owner of this process's model: whoever iterates. The weights are the same in all.

    Attributes:
        own_controls: this process's own; `controls` are those that all have agreed on.

    """

    def __init__(
        self,
        group: ProcessGroup,
        data: DataSet,
        config: TrainConfig,
        controls: Controls | None = None,
        start: ModelState | None = None,
        resume: Checkpoint | None = None,
        layout: Layout | None = None,
    ) -> None:
        """As `Training`.

        Raises:
            UserError: as `Training` does.
        """
        super().__init__(data, config, Controls.of(resume or config), start, resume, layout)
        self._group = group
        self.own_controls = controls or Controls.of(resume or config)
        self._device = group.device(config.device)
        self._shared: nn.Module = self._model

    def _prepare_model(self) -> None:
        super()._prepare_model()
        for module in self._model.modules():
            if isinstance(module, (nn.Embedding, nn.EmbeddingBag)):
                module.sparse = False  # the same gradient with its zeros: sparse ones are not averaged over processes
        gpu = [self._group.local_rank] if self._device.startswith("cuda") else None
        with _failures_explained():
            self._shared = nn.parallel.DistributedDataParallel(
                self._model,
                device_ids=gpu,
                # costs a walk through the graph at every step
                find_unused_parameters=self._known.is_own,
            )

    def _choose_layout(self) -> Layout:
        return cast("Layout", self._group.tell(super()._choose_layout() if self._group.leads else None))

    def _find_gradients(self, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, int]:
        count, share = len(labels), self._group.share(len(labels))
        nothing = share.start == share.stop
        share = slice(0, 1) if nothing else share  # it must take part in the exchange all the same
        # what varies a batch is drawn for the whole of it, so that it is the same for any number of processes
        inputs = self._inputs(images)[share] if self._augment else self._inputs(images[share])
        with _failures_explained():
            output = self._shared(inputs)
            loss = self._loss(output, labels[share], reduction="sum") * (0.0 if nothing else 1.0)
            self._require_gradient(loss)
            # DDP takes the mean over the processes; the gradient wanted is that of the mean over the whole batch
            (loss * (self._group.size / count)).backward()
        right = 0.0 if nothing else float((output.detach().argmax(1) == labels[share]).sum())
        total, correct = self._agree(loss.item(), right)
        return total / count, round(correct)

    def _evaluate(self, split: Split) -> Evaluation:
        self._group.share_buffers(self._model)  # one model is evaluated: the one that is kept
        if len(split) < self._group.size:
            return super()._evaluate(split)
        part = super()._evaluate(split.select(self._group.share(len(split))))
        counts = [part.loss * part.total, part.correct, part.total, *sum(part.per_class.values(), ())]
        loss, correct, total, *classes = self._group.sum(self._numbers(*counts)).tolist()
        pairs = zip(classes[::2], classes[1::2], strict=True)
        per_class = {name: (round(a), round(b)) for name, (a, b) in zip(part.per_class, pairs, strict=True)}
        return Evaluation(round(correct), round(total), loss / total, per_class)

    def _agree(self, loss: float, correct: float) -> tuple[float, float]:
        """The sums over the group; the first process's live settings become everyone's, for the next step."""
        mine = self.own_controls
        live_settings = (mine.learning_rate, mine.momentum, float(mine.stop)) if self._group.leads else (0.0, 0.0, 0.0)
        together = self._group.sum(self._numbers(loss, correct, *live_settings, float(mine.abandon))).tolist()
        ours = self.controls
        ours.learning_rate, ours.momentum = together[2], together[3]
        ours.stop, ours.abandon = together[4] > 0, together[5] > 0
        return together[0], together[1]

    def _numbers(self, *values: float) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64, device=self._device)


def training_for(
    group: ProcessGroup | None,
    data: DataSet,
    config: TrainConfig,
    controls: Controls | None = None,
    start: ModelState | None = None,
    resume: Checkpoint | None = None,
    layout: Layout | None = None,
    muting: Muting | None = None,
) -> Training:
    """A training by this process alone, or by the group, of which this is the first process: the others are notified.

    Raises:
        UserError: as `Training` does; the others are notified that there is nothing to do.
    """
    if group is None:
        return Training(data, config, controls, start, resume, layout, muting)
    announcement: object = None
    try:
        begun = resume.state if resume is not None else start
        if begun is not None and begun.mutes:
            raise UserError(
                "Weights with muted channels are trained by one process: under torchrun PyTorch runs the model itself, "
                "and nothing would mute its channels. Start it without torchrun."
            )
        training = DistributedTraining(group, data, config, controls, start, resume, layout)
        announcement = (training.config, start, resume, training.recipe.reading)
        return training
    finally:
        group.tell(announcement)


def follow(group: ProcessGroup, load: Callable[[str, Decoding], DataSet]) -> DistributedTraining | None:
    """The training that the first process tells of; None: no training.

    `load` finds the data set by its key and its reading.

    Raises:
        UserError: the data set is not there.
    """
    announcement = group.tell(None)
    if announcement is None:
        return None
    config, start, resume, reading = cast(
        "tuple[TrainConfig, ModelState | None, Checkpoint | None, Decoding]", announcement
    )
    return DistributedTraining(group, load(config.dataset, reading), config, None, start, resume)


@contextmanager
def _failures_explained() -> Iterator[None]:
    """Say in a sentence that another process has gone; what a device fails at is explained by the loop."""
    try:
        yield
    except RuntimeError as error:
        if line_of(error) is not None or not any(sign in str(error).lower() for sign in _SIGNS):
            raise
        raise TrainingFailed(
            "Another process of the training ended, and without it this one cannot go on. What was recorded up to the "
            "last checkpoint is kept: `cnnviewer resume` goes on from there, with as many processes as you like."
        ) from error
