"""A pipe, a device, a socket or a folder in the place of any file of a run ends in a sentence, not in waiting."""

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cnnviewer.cli import main
from cnnviewer.core.data import npz
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import check_writable, write_atomically
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.marks import mark_step, read_drawing, remove_mark
from cnnviewer.core.runs.format.notes import Mark
from cnnviewer.core.runs.format.snapshot_steps import file_name, kept_steps
from cnnviewer.core.runs.format.thinning import thin
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.history import read_end, read_snapshot
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.runs.sweep.plan import read_plan, write_plan
from tests.core.runs.trained import LENET, at_step, data_for, finish, leave_after

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
DATA = data_for(LENET)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was left in its second epoch, with a snapshot that is marked and drawn."""
    import numpy as np

    recording = begin(DATA, LENET, tmp_path_factory.mktemp("original"))
    leave_after(recording, at_step(8))
    assert recording.folder is not None
    mark_step(recording.folder, Mark(3, "here"), np.zeros((28, 28), np.uint8))
    return recording.folder


@pytest.fixture
def run(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "run")


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A test that waits for a pipe, or reads a device for ever, fails after twenty seconds."""

    def give_up(*_: object) -> None:
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def connection(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # its name must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


KINDS: dict[str, Callable[[Path], None]] = {"pipe": pipe, "device": device, "socket": connection, "folder": folder}
LINKS = {"loop": loop, "broken link": broken_link}
FILES = [
    *("run.json", "notes.json", "steps.csv", "steps.f64", "epochs.csv", "epochs.f64"),
    *("checkpoint.safetensors", "best.safetensors", "weights.safetensors", "moments/000000005.safetensors"),
    *("drawings/3.png", "moments", ".lock"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILES)
def test_every_reader_of_a_run_ends_with_an_answer_or_an_error_message(
    name: str, kind: str, run: Path, tmp_path: Path
) -> None:
    path = run / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    KINDS[kind](path)
    for work in (
        lambda: read_info(run),
        lambda: library.summary_of(run),
        lambda: OpenedRun.read(run).refreshed(),
        lambda: read_end(run, read_info(run)),
        lambda: [read_snapshot(run, step, read_info(run)) for step in (5, 6)],
        lambda: read_drawing(run, 3),
        lambda: library.copy(run, tmp_path / "copies"),
        lambda: library.list_runs(tmp_path),
        lambda: library.keep_within(tmp_path, 1000),
        lambda: finish(resume_run(run, DATA)),
    ):
        with suppress(UserError):
            work()


@pytest.mark.parametrize("kind", [*KINDS, *LINKS])
def test_a_run_whose_description_is_no_file_is_listed_as_damaged(
    kind: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = run / "run.json"
    path.unlink()
    {**KINDS, **LINKS}[kind](path)
    assert library.run_folders(run.parent) == [run]
    assert library.find_run(run.parent, str(run)) == run
    assert main(["runs", "--runs-dir", str(run.parent)]) == 0
    (sentence,) = capsys.readouterr().err.splitlines()
    assert run.name in sentence
    assert "run.json" in sentence
    library.restore(library.delete(run))
    assert os.path.lexists(path)


@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_no_file_is_written_in_the_place_of_a_pipe_a_device_or_a_socket(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    KINDS[kind](path)
    for write in (check_writable, lambda target: write_atomically(target, b"numbers")):
        with pytest.raises(UserError, match=r"out\.csv .* it is a pipe, a device or a socket\."):
            write(path)
    assert not path.is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_weights_and_data_that_are_no_files_are_refused_as_what_they_are(kind: str, tmp_path: Path) -> None:
    for name, read in (("x.safetensors", load_weights), ("x.pt", load_weights), ("x.npz", lambda file: npz.load(file))):
        KINDS[kind](tmp_path / name)
        with pytest.raises(UserError, match=r"not a file|is a folder|it is a pipe, a device or a socket"):
            read(tmp_path / name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_of_a_sweep_that_is_none_gives_an_error_message(kind: str, tmp_path: Path) -> None:
    path = write_plan(tmp_path, "s", [LENET])
    path.unlink()
    KINDS[kind](path)
    with pytest.raises(UserError, match="is damaged"):
        read_plan(tmp_path, "s")


# links


def test_files_behind_a_link_are_not_the_runs_own_to_remove(run: Path, tmp_path: Path) -> None:
    """Going on from step 6, thinning and taking a mark away would each remove some."""
    for name in ("moments", "drawings"):
        elsewhere = tmp_path / "elsewhere" / name
        elsewhere.parent.mkdir(exist_ok=True)
        (run / name).rename(elsewhere)
        (run / name).symlink_to(elsewhere)
        (elsewhere / ".other.part").write_text("somebody else's")
    (tmp_path / "elsewhere" / "moments" / "000000099.safetensors").write_text("somebody else's")
    kept = {path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()}
    assert thin(run, 10**9, ends_stay=False) == 0
    remove_mark(run, 3)
    recording = resume_run(run, DATA)
    recording.let_go()
    assert {path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()} == kept
    shutil.rmtree(library.delete(run))
    assert {path for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()} == kept


def test_a_copy_of_a_run_follows_no_link_in_a_circle(run: Path, tmp_path: Path) -> None:
    (run / "moments").rename(tmp_path / "elsewhere")
    (run / "moments").symlink_to(tmp_path / "elsewhere")
    for link, target in (("loop", "."), ("above", ".."), ("everything", "/"), ("moments/loop", ".")):
        (run / link).symlink_to(target)
    copied = library.copy(run, tmp_path / "copies")
    assert kept_steps(copied) == kept_steps(run)
    assert not [path for path in copied.rglob("*") if path.name in ("loop", "above", "everything")]


def test_a_trash_that_is_a_link_is_not_emptied(tmp_path: Path) -> None:
    old = tmp_path / "elsewhere" / "a folder"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))
    (tmp_path / ".trash").symlink_to(tmp_path / "elsewhere")
    library.sweep(tmp_path)
    assert old.is_dir()


def test_a_snapshot_that_is_a_link_goes_alone(run: Path, tmp_path: Path) -> None:
    path = run / file_name(4)
    path.rename(tmp_path / "moment")
    path.symlink_to(tmp_path / "moment")
    thin(run, 10**9, ends_stay=False)
    assert 4 not in kept_steps(run)
    assert (tmp_path / "moment").is_file()
