"""Requests that cannot be carried out: said at once, with what was meant."""

import os
from pathlib import Path

import pytest

from cnnviewer.cli.entry import parser
from cnnviewer.parser import window_parser
from tests.cli.conftest import Ask

Out = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("train --modle lenet", "there is no option --modle: did you mean --model?"),
        ("predict --modle=lenet x.png", "there is no option --modle: did you mean --model?"),
        ("runs show --jsn", "there is no option --jsn: did you mean --json?"),
        ("trian", "did you mean train?"),
        ("train --schedule cosin", "did you mean cosine?"),
        ("train --zzz", "there is no option --zzz\n"),
        ("trai\x1b[31mn", "trai\\x1b[31mn"),
    ],
)
def test_what_is_mistyped_is_named_with_what_was_probably_meant(words: str, said: str, capsys: Out) -> None:
    with pytest.raises(SystemExit) as end:
        parser().parse_args(words.split(" "))
    assert end.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [("shwo last", "No run has the words shwo last: did you mean show?"), ("zzz", "No run has the words zzz.")],
)
def test_a_mistyped_action_is_no_search_in_vain(first: Path, ask: Ask, capsys: Out, words: str, said: str) -> None:
    assert ask(f"runs {words}") == 0
    assert said in capsys.readouterr().err


def test_the_window_names_its_options_too(capsys: Out) -> None:
    with pytest.raises(SystemExit):
        window_parser().parse_args(["--langauge", "ko"])
    assert "did you mean --language?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        "train --out",
        "predict",
        "predict x.png --weights",
        "export last --metrics",
        "report last --image",
        "runs list --runs-dir",
        "train --data-dir",
        "--settings",
    ],
)
def test_an_empty_name_is_not_the_folder_one_is_in(words: str, capsys: Out) -> None:
    options = window_parser() if words.startswith("--") else parser()
    with pytest.raises(SystemExit) as end:
        options.parse_args([*words.split(), ""])
    assert end.value.code == 2
    assert "the name is empty" in capsys.readouterr().err


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize(
    "words",
    [
        *("train --model", "train --freeze", "train --dataset", "train --device", "train --epochs", "train --schedule"),
        *(
            "evaluate --run",
            "evaluate --model",
            "predict x.png --dataset",
            "predict x.png --mean",
            "export last --step",
        ),
        *("report", "report last --dataset", "resume", "resume last --from-step", "sweep --name", "sweep --seeds"),
        *("sweep --learning-rates", "runs show", "runs delete", "runs restore", "runs thin --spare", "--language"),
    ],
)
def test_an_empty_value_is_not_one_that_was_left_out(words: str, empty: str, capsys: Out) -> None:
    options = window_parser() if words.startswith("--") else parser()
    with pytest.raises(SystemExit) as end:
        options.parse_args([*words.split(), empty])
    assert end.value.code == 2
    assert "the value is empty" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_settings_that_are_no_file_are_refused(tmp_path: Path, capsys: Out) -> None:
    os.mkfifo(tmp_path / "pipe.ini")
    (tmp_path / "folder.ini").mkdir()
    for name, said in (("pipe.ini", "it is a pipe, a device or a socket"), ("folder.ini", "is a folder")):
        with pytest.raises(SystemExit) as end:
            window_parser().parse_args(["--settings", str(tmp_path / name)])
        assert end.value.code == 2
        assert said in capsys.readouterr().err


def test_words_of_a_user_may_be_empty(ask: Ask, first: Path) -> None:
    for words in ("runs rename first", "runs note 2", "runs"):
        assert ask(words, "") == 0


@pytest.mark.parametrize("key", ["folder:", "npz:"])
def test_data_without_a_path_are_not_the_folder_one_is_in(ask: Ask, capsys: Out, key: str) -> None:
    assert ask("train --dataset", key) == 2
    assert f"There is no data set {key}." in capsys.readouterr().err


def test_a_training_whose_run_could_be_written_nowhere_does_not_begin(ask: Ask, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in ("file", "file/runs"):
        assert ask("train --dataset builtin-digits --epochs 1 --runs-dir", tmp_path / folder) == 2
        assert f"No run can be written to {tmp_path / folder}: not a directory." in capsys.readouterr().err


@pytest.mark.parametrize("words", ["train --learning-rate 0.1 --mod lenet", "predict x.png -- --modle"])
def test_what_argparse_understands_is_left_alone(words: str) -> None:
    parser().parse_args(words.split())


@pytest.mark.parametrize("target", ["folder.safetensors", "file.txt/w.safetensors", f"{'w' * 300}.safetensors"])
@pytest.mark.parametrize(
    "words",
    [
        "train --dataset nosuch --out",  # a data set is read later: what is said is about the file
        "resume first --out",
    ],
)
def test_weights_that_cannot_be_written_are_refused_before_the_training(
    first: Path, ask: Ask, tmp_path: Path, capsys: Out, words: str, target: str
) -> None:
    (tmp_path / "folder.safetensors").mkdir()
    (tmp_path / "file.txt").write_text("")
    before = sorted(tmp_path.rglob("*"))
    assert ask(words, tmp_path / target) == 2
    said = capsys.readouterr().err
    assert "cannot be written: " in said
    assert len(said.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_as_long_as_may_be_can_be_written(first: Path, ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / f"{'w' * 243}.safetensors"
    assert ask("export first --weights", target) == 0
    assert target.exists()


@pytest.mark.parametrize("words", ["train --threads 100000", "resume first --from-step last --threads 100000"])
def test_threads_that_would_end_the_process_are_refused(
    first: Path, own_set: Path, ask: Ask, capsys: Out, words: str
) -> None:
    dataset = ["--dataset", f"npz:{own_set}"] if words.startswith("train") else []
    assert ask(words, *dataset) == 2
    assert "from 0 to 1,024" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evaluate --mean 0,485", "read in two ways"),
        ("sweep --learning-rates 0,1,0,03", "write “0.1, 0.03”"),
        ("train --trust-seconds nan", "not a number"),
        ("train --budget 1.2.3GB", "no size"),
        ("runs thin --budget 10", "write 10MB or 10GB"),
    ],
)
def test_numbers_are_read_as_a_user_writes_them(words: str, said: str, capsys: Out) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(words.split())
    assert said in capsys.readouterr().err
