"""A run knows the code of the user's own model: it goes on with that, or with changed code that somebody agreed to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.own.code import CodeChangedError
from cnnviewer.core.runs.format.info import Deviation, RunInfo, read_info
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.config import TrainConfig
from tests.small_data import GREY, tiny

NET = """
from torch import nn
class Net(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        import blocks
        self.fc = nn.Linear(784, num_classes)
        self.scale = blocks.SCALE
    def forward(self, x):
        return self.fc(x.flatten(1)) * self.scale
"""


def trained(recording: Recorder) -> Path:
    for _ in recording.events():
        pass
    assert recording.folder is not None
    return recording.folder


@pytest.fixture
def data() -> DataSet:
    return tiny(GREY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "net.py").write_text(NET, encoding="utf-8")
    (tmp_path / "blocks.py").write_text("SCALE = 1.0\n", encoding="utf-8")
    return tmp_path / "net.py"


@pytest.fixture
def run(file: Path, data: DataSet, tmp_path: Path) -> Path:
    config = TrainConfig(own_file.agree(file, "Net"), "tiny", epochs=1, batch_size=16)
    return trained(begin(data, config, tmp_path / "runs"))


def test_a_run_holds_the_hash_of_every_file_that_its_model_is_made_of(run: Path) -> None:
    assert set(read_info(run).code) == {"net.py", "blocks.py"}  # the neighbour is imported when the model is built


def test_a_model_of_the_programs_own_has_no_code(data: DataSet, tmp_path: Path) -> None:
    run = trained(begin(data, TrainConfig("lenet", "tiny", epochs=1, batch_size=16), tmp_path / "runs"))
    assert not read_info(run).code


def test_the_same_code_goes_on_whatever_ends_its_lines(run: Path, file: Path, data: DataSet) -> None:
    file.write_bytes(NET.replace("\n", "\r\n").encode())
    assert not read_info(trained(resume_run(run, data, 2))).deviations


@pytest.mark.parametrize("name", ["net.py", "blocks.py"])
@pytest.mark.parametrize("opened_again", [False, True])
def test_changed_code_is_refused_naming_the_file(
    name: str, opened_again: bool, run: Path, file: Path, data: DataSet, tmp_path: Path
) -> None:
    with (tmp_path / name).open("a") as text:
        text.write("# another one\n")
    if opened_again:
        own_file.agree(file, "Net")
    before = (run / "run.json").read_bytes()
    for work in (lambda: resume_run(run, data, 2), lambda: branch(run, 1, data, tmp_path / "runs", {"epochs": 2})):
        with pytest.raises(CodeChangedError, match=f"^{name} changed since {run.name} was trained"):
            work()
    assert (run / "run.json").read_bytes() == before


def test_code_that_was_opened_again_is_refused_although_the_file_is_the_old_one_again(
    run: Path, file: Path, data: DataSet
) -> None:
    file.write_text(NET + "# another one", encoding="utf-8")
    own_file.agree(file, "Net")
    file.write_text(NET, encoding="utf-8")
    with pytest.raises(CodeChangedError):  # what would run is not what the file says
        resume_run(run, data, 2)
    own_file.agree(file, "Net")
    assert not read_info(trained(resume_run(run, data, 2))).deviations


def test_a_file_that_is_gone_is_named(run: Path, data: DataSet, tmp_path: Path) -> None:
    (tmp_path / "blocks.py").unlink()
    with pytest.raises(UserError, match=r"is no longer in .*: blocks\.py"):
        resume_run(run, data, 2)


def test_a_run_that_resumes_with_changed_code_says_so_and_so_do_its_branches(
    run: Path, file: Path, data: DataSet, tmp_path: Path
) -> None:
    before = read_info(run)
    (tmp_path / "blocks.py").write_text("SCALE = 2.0\n", encoding="utf-8")
    own_file.agree(file, "Net")
    steps = before.counts["total_steps"]
    child = read_info(trained(branch(run, 1, data, tmp_path / "runs", {"epochs": 2}, changed_code=True)))
    assert child.deviations == (Deviation("code", 1, ("blocks.py",)),)
    info = read_info(trained(resume_run(run, data, 2, changed_code=True)))
    assert info.deviations == (Deviation("code", steps, ("blocks.py",)),)
    assert info.code == child.code != before.code
    trained(resume_run(run, data, 3))  # it is the run's code by now
    later = read_info(trained(branch(run, steps + 1, data, tmp_path / "runs", {"epochs": 3})))
    assert later.deviations == info.deviations
    earlier = read_info(trained(branch(run, 1, data, tmp_path / "runs", {"epochs": 3})))
    assert earlier.deviations == ()


def test_weights_that_do_not_fit_the_changed_code_are_refused(run: Path, file: Path, data: DataSet) -> None:
    file.write_text(NET.replace("self.fc", "self.out"), encoding="utf-8")
    own_file.agree(file, "Net")
    with pytest.raises(UserError, match="weights of another model"):
        resume_run(run, data, 2, changed_code=True)


def test_a_run_without_the_hash_resumes_as_it_did(run: Path, file: Path, data: DataSet) -> None:
    document = json.loads((run / "run.json").read_text(encoding="utf-8"))
    for name in ("check", "code", "deviations", "source"):
        del document[name]
    (run / "run.json").write_text(json.dumps(document), encoding="utf-8")
    file.write_text(NET + "# another one", encoding="utf-8")
    own_file.agree(file, "Net")
    info: RunInfo = read_info(trained(resume_run(run, data, 2)))
    assert not info.deviations
    assert set(info.code) == {"net.py", "blocks.py"}
