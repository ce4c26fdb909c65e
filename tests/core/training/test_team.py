"""Two processes that train together learn what one learns."""

import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, StepDone
from cnnviewer.core.training.loop import train
from cnnviewer.core.training.team import Team, joined
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=15, momentum=0.9, dropout=0.0, threads=1)
"""The images do not divide among two processes, nor into batches: shares of unequal size are the rule."""

SCRIPT = """
import json, sys
from dataclasses import asdict
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.team import follow, joined, training_for
from tests.small_data import tiny
from tests.core.training.test_team import CONFIG, numbers

with joined("cpu") as team:
    training = training_for(team, tiny(), CONFIG) if team.leads else follow(team, lambda key: tiny())
    told = numbers(training)
    if team.leads:
        print(json.dumps(told))
"""


def numbers(events: object) -> dict[str, list[float]]:
    """What a training tells, as numbers."""
    told: dict[str, list[float]] = {"losses": [], "correct": [], "epochs": [], "test": [], "weights": []}
    for event in events:  # type: ignore[attr-defined]
        if isinstance(event, StepDone):
            told["losses"].append(event.loss)
            told["correct"].append(event.correct)
        elif isinstance(event, EpochDone):
            told["epochs"] += [event.train_loss, event.validation_loss, event.validation_correct]
        elif isinstance(event, Finished):
            told["test"] = [event.test.correct, *(sum(pair) for pair in event.test.per_class.values())]
            told["weights"] = [float(tensor.double().norm()) for tensor in event.state.tensors.values()]
    return told


def test_two_processes_reach_the_losses_of_one_step_by_step(tmp_path: Path) -> None:
    script = tmp_path / "share.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone", str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    together = json.loads(done.stdout.strip().splitlines()[-1])
    alone = numbers(train(tiny(), CONFIG))
    assert len(together["losses"]) == len(alone["losses"])
    assert together["losses"][:5] == pytest.approx(alone["losses"][:5], rel=1e-5)
    # rounding may let a pooled tie fall the other way, and from there the two part slowly
    assert together["losses"] == pytest.approx(alone["losses"], rel=2e-2)
    assert together["epochs"] == pytest.approx(alone["epochs"], rel=5e-2)
    assert together["weights"] == pytest.approx(alone["weights"], rel=1e-2)
    assert sum(together["test"][1:]) == pytest.approx(sum(alone["test"][1:]), abs=2)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 32])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_shares_of_a_batch_are_the_whole_batch(count: int, size: int) -> None:
    images = list(range(count))
    shares = [images[Team(rank, size, rank).share(count)] for rank in range(size)]
    assert list(chain.from_iterable(shares)) == images
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_processes_that_cannot_meet_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RANK", "0")
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("MASTER_ADDR", "127.0.0.1")
    monkeypatch.setenv("MASTER_PORT", "no port")
    with pytest.raises(UserError, match="2 processes"), joined("cpu"):
        pass
