"""What programs rely on: subcommands, options, keys of JSON and columns of CSV, exactly as version 0.1.0 has them."""

import argparse
import json
from pathlib import Path

import pytest

from cnnviewer.cli.entry import parser
from cnnviewer.core.runs.sweep.plan import sweep_csv
from tests.cli.conftest import Ask

HYPERPARAMETERS = (
    "--epochs --batch-size --learning-rate --momentum --weight-decay --schedule --augmentation --dropout --seed "
    "--validation-fraction --threads --device"
)
STORED = "--runs-dir --name --note --out --half --tensorboard --budget"
TRUST = "--trust --trust-seconds"
WEIGHTS = f"--weights --model --run --step --runs-dir {TRUST} --changed-code --input-size --mean --std --by-position"
OPTIONS = {
    "": "--version --data-dir --runs-dir --settings --language --theme",
    "train": f"--from --freeze --mute --unmute --model --dataset --data-dir {HYPERPARAMETERS} {STORED} {TRUST} --json",
    "resume": f"RUN --data-dir --epochs --learning-rate --momentum --from-step --batch-size --weight-decay --schedule "
    f"--augmentation --dropout --device --threads {STORED} {TRUST} --changed-code --changed-data --dataset --json",
    "evaluate": f"--mute --unmute {WEIGHTS} --dataset --data-dir --device --errors --calibration --pictures --out --half --json",
    "predict": f"--mute --unmute IMAGE {WEIGHTS} --dataset --data-dir --as --json",
    "explain": f"--mute --unmute IMAGE --method --target --against --layer --baseline --patch --stride --test-map --channels --removed-by --out {WEIGHTS} --dataset --data-dir --as "
    "--json",
    "flip": f"--mute --unmute IMAGE --towards --attack --steps --epsilon --out {WEIGHTS} --dataset --data-dir --as --json",
    "runs": "--runs-dir",
    "runs list": "WORD --sort --deleted --runs-dir --json",
    "runs show": "RUN --runs-dir --json",
    "runs rename": "RUN name --runs-dir",
    "runs note": "RUN note --append --runs-dir",
    "runs delete": "RUN --runs-dir",
    "runs restore": "RUN --runs-dir",
    "runs thin": "--budget --spare --runs-dir",
    "export": f"RUN --runs-dir --metrics --curves --weights --kernels --maps --film --step --half --image --seconds --fps "
    f"{TRUST} --changed-code --as --json",
    "report": f"RUN --runs-dir --step --dataset --data-dir --out --image --as --by-position --open {TRUST} "
    "--changed-code --json",
    "sweep": f"--name --learning-rates --momenta --batch-sizes --epochs-list --seeds --model --dataset --data-dir "
    f"{HYPERPARAMETERS} --runs-dir --out --budget --dry-run {TRUST} --changed-code --changed-data --json",
    "download": "dataset --data-dir",
}


def options(made: argparse.ArgumentParser, name: str = "") -> dict[str, set[str]]:
    """The long options and the arguments of a parser and of its subcommands."""
    found: dict[str, set[str]] = {name: set()}
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                found |= options(below, f"{name} {word}".strip())
        elif action.option_strings:
            found[name].update(option for option in action.option_strings if option.startswith("--"))
        else:
            found[name].add(str(action.metavar or action.dest))
    return found


def test_every_subcommand_has_the_options_it_had() -> None:
    assert options(parser()) == {name: {*words.split(), "--help"} for name, words in OPTIONS.items()}


RESULT = {"correct", "total", "accuracy", "per_class"}
KEYS = {
    "evaluate --run first": RESULT | {"run", "step", "changes", "classes_by", "normalisation"},
    "predict --run first {picture}": {"file", "ranking"},
    "predict --run first nosuch.png": {"file", "error"},
    "runs": {
        *(
            "id",
            "name",
            "note",
            "folder",
            "model",
            "dataset",
            "state",
            "accuracy",
            "accuracy_of",
            "validation_accuracy",
        ),
        *("epochs", "epochs_done", "step", "seconds", "created", "size", "moments", "sweep", "parent", "problem"),
        *("config", "counts", "data_notes", "result", "marks", "commands", "not_exact", "versions", "deviations"),
    },
    "export first --metrics {folder}/metrics.csv": {"run", "files"},
    "report first --out {folder}/report.html": {"run", "file", "changes"},
    "sweep --seeds 1,2 --name s --dry-run": {"sweep", "varied", "trainings"},
    "resume first --epochs 3": RESULT | {"run", "folder"},
}
METRICS = "kind,step,epoch,batch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,momentum,seconds,"
STEPS = "step,epoch,batch,loss,accuracy,learning_rate,momentum,seconds"
EPOCHS = "epoch,step,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds"
SWEEP = (
    "sweep,run,model,dataset,learning_rate,momentum,batch_size,epochs,seed,state,epochs_done,"
    "validation_accuracy,test_accuracy,seconds"
)


@pytest.mark.parametrize("words", KEYS)
@pytest.mark.usefixtures("first")
def test_json_has_the_keys_it_had(
    words: str, ask: Ask, picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(words.format(picture=picture, folder=tmp_path), "--json")
    given = json.loads(capsys.readouterr().out)
    assert set(given[0] if isinstance(given, list) else given) == KEYS[words]


def columns(data: bytes) -> str:
    return data.decode("utf-8-sig").partition("\n")[0]


def test_tables_begin_with_the_columns_they_had(ask: Ask, first: Path, tmp_path: Path) -> None:
    assert ask(f"export first --metrics {tmp_path}/metrics.csv") == 0
    assert columns((tmp_path / "metrics.csv").read_bytes()).startswith(METRICS)
    assert columns((first / "steps.csv").read_bytes()) == STEPS
    assert columns((first / "epochs.csv").read_bytes()) == EPOCHS
    assert columns(sweep_csv([], "s")) == SWEEP
