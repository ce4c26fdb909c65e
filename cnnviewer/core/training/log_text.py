"""A training's events as the lines that the course's scripts print."""

from __future__ import annotations

from collections.abc import Iterable

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.plain_text import short
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone, TrainEvent

EVERY = 100
"""Batches whose mean loss one line tells."""


class LogText:
    """Turns one training's events into lines; keeps the losses since the last line.

    The batch lines are `[Epoch 1, Batch 100] loss: 0.412` with the mean loss of the last 100 batches, the last line is
    `Accuracy of the network on the 10000 test images: 98.61%`, as in PyTorch's CIFAR-10 tutorial.
    """

    def __init__(self, config: TrainConfig) -> None:
        self._config = config
        self._losses: list[float] = []
        self._validation = "validation"

    def lines(self, event: TrainEvent) -> Iterable[str]:
        """The lines that `event` is worth, none for most steps."""
        match event:
            case Started():
                self._validation = event.validation_name
                yield from self._beginning(event)
            case StepDone():
                yield from self._step(event)
            case EpochDone():
                self._losses.clear()
                yield (
                    f"Epoch {event.epoch}/{self._config.epochs}: "
                    f"training loss {event.train_loss:.4f}, accuracy {100 * event.train_accuracy:.2f}% "
                    f"({event.train_correct}/{event.train_count}); "
                    f"{self._validation} loss {event.validation_loss:.4f}, "
                    f"accuracy {100 * event.validation_accuracy:.2f}% "
                    f"({event.validation_correct}/{event.validation_count})"
                )
            case Finished():
                if event.stopped:
                    yield counted("Stopped after {n:step|steps}.", n=str(event.state.provenance.get("step", 0)))
                yield from evaluation_lines(event.test)

    def _beginning(self, event: Started) -> Iterable[str]:
        config = self._config
        images = counted("{n:image|images}", n=str(event.train_count))
        yield (
            f"Training {config.model} on {config.dataset}: {images}, batch {config.batch_size}, "
            f"rate {config.learning_rate:g}, momentum {config.momentum:g}, seed {config.seed}, {event.device}, "
            f"{counted('{n:thread|threads}', n=event.threads)}"
        )
        yield from map(str, event.notes)
        if event.validation_name == "test":
            yield counted(
                "No images are held out: the {n:test image validates|test images validate}.",
                n=str(event.validation_count),
            )
        elif not event.held_out:
            yield counted(
                "The data set has {n:validation image|validation images} of its own: all others are learned.",
                n=str(event.validation_count),
            )
        else:
            yield counted(
                "{n:training image is|training images are} held out for validation.", n=str(event.validation_count)
            )

    def _step(self, event: StepDone) -> Iterable[str]:
        self._losses.append(event.loss)
        if event.batch % EVERY == 0:
            mean = sum(self._losses) / len(self._losses)
            self._losses.clear()
            yield f"[Epoch {event.epoch}, Batch {event.batch}] loss: {mean:.3f}"


def evaluation_lines(test: Evaluation) -> Iterable[str]:
    """The accuracy on the whole test set, and of each class."""
    yield counted(
        "Accuracy of the network on the {n:test image|test images}: {share:.2f}%",
        n=str(test.total),
        share=100 * test.accuracy,
    )
    for name, (correct, total) in test.per_class.items():
        share = f"{100 * correct / total:.2f}%" if total else "no images"
        yield f"Accuracy for class {short(name)}: {share} ({correct}/{total})"
