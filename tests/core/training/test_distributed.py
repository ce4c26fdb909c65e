"""Two processes that train together learn what one learns."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.distributed import ProcessGroup, joined
from cnnviewer.core.training.events import EpochDone, Finished, StepDone
from cnnviewer.core.training.loop import train
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=15, momentum=0.9, dropout=0.0, threads=1)
"""The images do not divide among two processes, nor into batches: shares of unequal size are the rule."""

SCRIPT = """
import json, sys
from dataclasses import asdict
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.distributed import follow, joined, leave_process, training_for
from tests.small_data import tiny
from tests.core.training.test_distributed import CONFIG, numbers

with joined("cpu") as group:
    training = training_for(group, tiny(), CONFIG) if group.leads else follow(group, lambda key, reading: tiny())
    told = numbers(training)
    if group.leads:
        print(json.dumps(told))
leave_process(0)
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


def run_together(folder: Path, words: str) -> Any:
    """What a script prints as JSON that two processes run."""
    script = folder / "share.py"
    script.write_text(words)
    done = subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone", str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_two_processes_reach_the_losses_of_one_step_by_step(tmp_path: Path) -> None:
    together = run_together(tmp_path, SCRIPT)
    alone = numbers(train(tiny(), CONFIG))
    assert len(together["losses"]) == len(alone["losses"])
    assert together["losses"][:5] == pytest.approx(alone["losses"][:5], rel=1e-5)
    # rounding may let a pooled tie fall the other way, and from there the two part slowly
    assert together["losses"] == pytest.approx(alone["losses"], rel=2e-2)
    assert together["epochs"] == pytest.approx(alone["epochs"], rel=5e-2)
    assert together["weights"] == pytest.approx(alone["weights"], rel=1e-2)
    assert sum(together["test"][1:]) == pytest.approx(sum(alone["test"][1:]), abs=2)


NORMALISED = replace(CONFIG, model="design:conv 4 k3, batchnorm, relu, maxpool 2, flatten, linear classes", epochs=3)
JUDGED = """
import json
from cnnviewer.core.models.registry import from_state, spec
from cnnviewer.core.training.batches import hold_out
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.training.events import EpochDone, Finished
from cnnviewer.core.training.loop import LOSSES
from cnnviewer.core.training.distributed import follow, joined, leave_process, training_for
from tests.small_data import GREY, tiny
from tests.core.training.test_distributed import NORMALISED

data = tiny(GREY, 160, 51)

def judge(state, split):
    return evaluate(from_state(state), split, state.recipe, LOSSES[spec(NORMALISED.model).loss])

with joined("cpu") as group:
    training = training_for(group, data, NORMALISED) if group.leads else follow(group, lambda key, reading: data)
    told, alone = [], []
    for event in training:
        if isinstance(event, EpochDone):
            _, held_out = hold_out(len(data.train), NORMALISED.validation_fraction, NORMALISED.seed)
            said = event.validation_loss, event.validation_correct
            evaluated = judge(training.snapshot(), data.train.select(held_out))
        elif isinstance(event, Finished):
            said, evaluated = (event.test.loss, event.test.correct), judge(event.state, data.test)
        else:
            continue
        told.append(said)
        alone.append((evaluated.loss, evaluated.correct))
    if group.leads:
        print(json.dumps([told, alone]))
leave_process(0)
"""


def test_the_model_that_is_evaluated_together_is_the_one_that_is_kept(tmp_path: Path) -> None:
    """Batch normalisation has running numbers of its own in each process, of the images of its share."""
    told, alone = run_together(tmp_path, JUDGED)
    assert len(told) == 4
    for (loss, correct), (own_loss, own_correct) in zip(told, alone, strict=True):
        # a small loss is the difference of logits of size 10, whose last bit is 1e-6: other batch sizes round otherwise
        assert loss == pytest.approx(own_loss, rel=1e-4, abs=1e-6)
        assert correct == own_correct


@pytest.mark.parametrize("count", [0, 1, 2, 7, 32])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_shares_of_a_batch_are_the_whole_batch(count: int, size: int) -> None:
    images = list(range(count))
    shares = [images[ProcessGroup(rank, size, rank).share(count)] for rank in range(size)]
    assert list(chain.from_iterable(shares)) == images
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_processes_that_cannot_meet_give_an_error_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RANK", "0")
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("MASTER_ADDR", "127.0.0.1")
    monkeypatch.setenv("MASTER_PORT", "no port")
    with pytest.raises(UserError, match="2 processes"), joined("cpu"):
        pass


def test_a_process_of_several_ends_with_its_status_and_its_output_and_takes_nothing_down(tmp_path: Path) -> None:
    """What runs while an interpreter is taken down meets gloo's threads, which abort the process."""
    script = tmp_path / "leave.py"
    script.write_text(
        "import atexit, sys\n"
        "from cnnviewer.core.training.distributed import leave_process\n"
        "atexit.register(print, 'taken down')\n"
        "print('done')\n"
        "leave_process(3)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False)
    assert (ended.returncode, ended.stdout) == (3, "done\n")
