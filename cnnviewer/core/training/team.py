"""One training by several processes, as `torchrun` starts them: each learns from its share of every batch.

The batch size is that of all together, so the same seed learns what one process would, up to the rounding of sums
(dropout aside: each process draws the same mask for other images). Gradients are averaged by PyTorch's own
DistributedDataParallel (Li et al. 2020, https://arxiv.org/abs/2006.15704).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import torch
from torch import distributed, nn

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own_error import line_of
from cnnviewer.core.models.own_file import PREFIX as OWN
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.controls import Controls
from cnnviewer.core.training.events import Evaluation
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.layout import Layout
from cnnviewer.core.training.loop import Training

_PATIENCE = timedelta(minutes=10)  # for a process that does not answer but has not ended either
_SIGNS = ("gloo", "nccl", "connection", "timed out", "peer", "socket", "remote process")


@dataclass
class Team:
    """The processes that train together.

    Attributes:
        rank: number of this one, from 0; the first one records and reports.
        size: how many there are.
        local_rank: number of this one on its machine, which is that of its GPU.
        told: whether the first process has told all what to train.

    """

    rank: int
    size: int
    local_rank: int
    told: bool = False

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
            told = [value]
            distributed.broadcast_object_list(told, src=0)
            self.told = True
            return told[0]

    def sum(self, values: torch.Tensor) -> torch.Tensor:
        """The sum of every process's `values`, in place."""
        with _failures_explained():
            distributed.all_reduce(values)
            return values


def started_by_torchrun() -> bool:
    """Whether this process is one of several that were started to train together."""
    return "RANK" in os.environ and int(os.environ.get("WORLD_SIZE", "1")) > 1


@contextmanager
def joined(device: str) -> Iterator[Team]:
    """This process's place in the team, from when all have come together until it leaves: nccl on CUDA, else gloo.

    When the first process leaves without having told what to train, the others are told that there is nothing to do.

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
    team = Team(rank, size, local_rank)
    try:
        yield team
    finally:
        if team.leads and not team.told:
            team.tell(None)
        distributed.destroy_process_group()


class TeamTraining(Training):
    """A training of which this process does a share. Every process of the team iterates one of its own.

    The knobs of the first process are everyone's, from the step after the next on; so are stopping and abandoning,
    for all must leave at the same step boundary.

    Owner of this process's model: whoever iterates. The weights are the same in all.

    Attributes:
        knobs: this process's own; `controls` are those that all have agreed on.

    """

    def __init__(
        self,
        team: Team,
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
        self._team = team
        self.knobs = controls or Controls.of(resume or config)
        self._device = team.device(config.device)
        self._shared: nn.Module = self._model

    def _prepare_model(self) -> None:
        super()._prepare_model()
        for module in self._model.modules():
            if isinstance(module, (nn.Embedding, nn.EmbeddingBag)):
                module.sparse = False  # the same gradient with its zeros: sparse ones are not averaged over processes
        gpu = [self._team.local_rank] if self._device.startswith("cuda") else None
        with _failures_explained():
            self._shared = nn.parallel.DistributedDataParallel(
                self._model,
                device_ids=gpu,
                find_unused_parameters=self.config.model.startswith(
                    OWN
                ),  # costs a walk through the graph at every step
            )

    def _choose_layout(self) -> Layout:
        return cast("Layout", self._team.tell(super()._choose_layout() if self._team.leads else None))

    def _find_gradients(self, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, int]:
        count, share = len(labels), self._team.share(len(labels))
        nothing = share.start == share.stop
        share = slice(0, 1) if nothing else share  # it must take part in the exchange all the same
        # what varies a batch is drawn for the whole of it, so that it is the same for any number of processes
        inputs = self._inputs(images)[share] if self._augment else self._inputs(images[share])
        with _failures_explained():
            output = self._shared(inputs)
            loss = self._loss(output, labels[share], reduction="sum") * (0.0 if nothing else 1.0)
            self._require_gradient(loss)
            # DDP takes the mean over the processes; the gradient wanted is that of the mean over the whole batch
            (loss * (self._team.size / count)).backward()
        right = 0.0 if nothing else float((output.detach().argmax(1) == labels[share]).sum())
        total, correct = self._agree(loss.item(), right)
        return total / count, round(correct)

    def _evaluate(self, split: Split) -> Evaluation:
        if len(split) < self._team.size:
            return super()._evaluate(split)
        part = super()._evaluate(split.select(self._team.share(len(split))))
        counts = [part.loss * part.total, part.correct, part.total, *sum(part.per_class.values(), ())]
        loss, correct, total, *classes = self._team.sum(self._numbers(*counts)).tolist()
        pairs = zip(classes[::2], classes[1::2], strict=True)
        per_class = {name: (round(a), round(b)) for name, (a, b) in zip(part.per_class, pairs, strict=True)}
        return Evaluation(round(correct), round(total), loss / total, per_class)

    def _agree(self, loss: float, correct: float) -> tuple[float, float]:
        """The sums over the team; on the way the first process's knobs become everyone's, for the next step."""
        mine = self.knobs
        knobs = (mine.learning_rate, mine.momentum, float(mine.stop)) if self._team.leads else (0.0, 0.0, 0.0)
        together = self._team.sum(self._numbers(loss, correct, *knobs, float(mine.abandon))).tolist()
        ours = self.controls
        ours.learning_rate, ours.momentum = together[2], together[3]
        ours.stop, ours.abandon = together[4] > 0, together[5] > 0
        return together[0], together[1]

    def _numbers(self, *values: float) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.float64, device=self._device)


def training_for(
    team: Team | None,
    data: DataSet,
    config: TrainConfig,
    controls: Controls | None = None,
    start: ModelState | None = None,
    resume: Checkpoint | None = None,
    layout: Layout | None = None,
) -> Training:
    """A training by this process alone, or by the team, of which this is the first process: the others are told.

    Raises:
        UserError: as `Training` does; the others are told that there is nothing to do.
    """
    if team is None:
        return Training(data, config, controls, start, resume, layout)
    told: object = None
    try:
        training = TeamTraining(team, data, config, controls, start, resume, layout)
        told = (training.config, start, resume)
        return training
    finally:
        team.tell(told)


def follow(team: Team, load: Callable[[str], DataSet]) -> TeamTraining | None:
    """The training that the first process tells of, with the data set that `load` finds by its key; None: no training.

    Raises:
        UserError: the data set is not there.
    """
    told = team.tell(None)
    if told is None:
        return None
    config, start, resume = cast("tuple[TrainConfig, ModelState | None, Checkpoint | None]", told)
    return TeamTraining(team, load(config.dataset), config, None, start, resume)


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
