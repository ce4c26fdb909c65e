"""Text reaches terminals, pipes and files of any kind, in processes of their own as the user starts them."""

import errno
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.cli import entry, main, terminal
from cnnviewer.core.plain_text import as_text, short, visible, width, without_middle

NAME = "naïve 한글 🐱"
NOTE = "red \x1b[31m\u202e and\na second line"
POSIX = pytest.mark.skipif(os.name == "nt", reason="descriptors and signals of POSIX")


@pytest.fixture(scope="module")
def runs(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run whose name and note no terminal likes."""
    where = tmp_path_factory.mktemp("named") / "runs"
    shutil.copytree(trained, where)
    assert main(["runs", "rename", "last", NAME, "--runs-dir", str(where)]) == 0
    assert main(["runs", "note", "last", NOTE, "--runs-dir", str(where)]) == 0
    return where


def cnnviewer(
    words: str, runs: Path, redirected: str = "", environment: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[bytes]:
    command = f'"{sys.executable}" -m cnnviewer {words} --runs-dir "{runs}" {redirected}'
    return subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@POSIX
@pytest.mark.parametrize("words", ["runs", "runs --json", "runs show last"])
@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp949"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["cp949", "ascii", "C", "C without UTF-8"],
)
def test_no_name_ends_a_command_in_an_encoding_that_lacks_it(
    runs: Path, environment: dict[str, str], words: str
) -> None:
    done = cnnviewer(words, runs, environment=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    if words.endswith("--json"):
        assert done.stdout.isascii()
        assert json.loads(done.stdout)[0]["name"] == NAME


@POSIX
def test_what_an_encoding_lacks_is_escaped_and_the_rest_is_not(runs: Path) -> None:
    shown = cnnviewer("runs show last", runs, environment={"PYTHONIOENCODING": "cp949"}).stdout
    assert shown.decode("cp949").splitlines()[0] == "na\\xefve 한글 \\U0001f431"


@POSIX
@pytest.mark.parametrize(
    ("redirected", "status"),
    [
        pytest.param("| head -1", 0, id="head"),
        pytest.param(">&-", 0, id="closed"),
        pytest.param("2>&-", 0, id="errors closed"),
        pytest.param("<&- >&- 2>&-", 0, id="all closed"),
        pytest.param(">/dev/full", 1, id="full disk"),
    ],
)
@pytest.mark.parametrize("words", ["runs", "runs --help"])
def test_a_reader_who_has_gone_is_no_failure_and_a_full_disk_gives_an_error_message(
    runs: Path, words: str, redirected: str, status: int
) -> None:
    if "full" in redirected and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = cnnviewer(words, runs, redirected)
    assert done.returncode == status, done.stderr
    said = done.stderr.decode()
    assert (said == "") if not status else ("not written whole" in said and "Traceback" not in said)


@POSIX
def test_a_training_whose_words_nobody_reads_goes_on_and_writes_its_weights(own_set: Path, tmp_path: Path) -> None:
    out = tmp_path / "w.safetensors"
    words = f"train --dataset npz:{own_set} --epochs 1 --batch-size 12 --threads 1 --name 한글🐱 --out {out}"
    done = cnnviewer(words, tmp_path / "runs", "| head -1", {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert out.exists()


class Broken(io.RawIOBase):
    """A pipe that takes one write."""

    def __init__(self, number: int) -> None:
        self.number, self.taken = number, b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.taken:
            raise OSError(self.number, os.strerror(self.number))
        self.taken = bytes(data)
        return len(data)


@pytest.mark.parametrize(("number", "told"), [(errno.EPIPE, False), (errno.EBADF, False), (errno.ENOSPC, True)])
def test_a_failed_write_is_reported_unless_the_reader_has_gone(number: int, told: bool) -> None:
    raw = Broken(number)
    outlet = terminal.Outlet(raw)
    for _ in range(3):
        assert outlet.write(b"one line\n") == 9
    assert raw.taken == b"one line\n"
    assert (outlet.problem is not None) == told


@POSIX
def test_a_full_pipe_that_does_not_wait_is_waited_for() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    taken: list[bytes] = []

    def read() -> None:
        with open(reader, "rb") as file:
            taken.append(file.read())

    outlet = terminal.Outlet(io.FileIO(writer, "w"))
    with io.BufferedWriter(outlet) as stream:  # type: ignore[type-var]
        os.write(writer, bytes(65536))
        thread = threading.Thread(target=read)
        thread.start()
        stream.write(b"x" * 300_000)
        stream.flush()
        os.close(writer)
        thread.join()
    assert taken[0].count(b"x") == 300_000


@POSIX
def test_a_run_begun_in_a_locale_without_korean_is_resumed_in_one_that_has_it(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for name in ("고양이", "naïve"):
        (tmp_path / "그림" / name).mkdir(parents=True)
        for number in range(8):
            Image.fromarray(np.full((28, 28), 9 * number, np.uint8)).save(tmp_path / "그림" / name / f"{number}.png")
    words = f'train --dataset "folder:{tmp_path / "그림"}" --epochs 1 --batch-size 4 --threads 1'
    assert cnnviewer(words, tmp_path / "runs", environment=plain).returncode == 0
    gone_on = cnnviewer("resume last --epochs 2 --json", tmp_path / "runs", environment={"PYTHONUTF8": "1"})
    assert (gone_on.returncode, b"changed" in gone_on.stderr) == (0, False), gone_on.stderr
    assert set(json.loads(gone_on.stdout)["per_class"]) == {"고양이", "naïve"}


@POSIX
def test_a_name_given_in_a_locale_without_korean_is_korean(runs: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert cnnviewer("runs note last 한글", runs, environment=plain).returncode == 0
    told = json.loads(cnnviewer("runs show last --json", runs).stdout)
    assert told["note"] == "한글"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("left\u202etfel", r"left\u202etfel"),
        ("\udcef", r"\udcef"),
        ("한글 👩‍🔬 naïve", "한글 👩‍🔬 naïve"),
    ],
)
def test_control_characters_are_shown_and_letters_stay(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_name_of_ten_thousand_letters_takes_a_few_places() -> None:
    for letter in ("a", "한", "\x1b", "🐱"):
        assert 38 <= width(short(letter * 10_000, 40)) <= 40
    assert short("naïve  한글", 40) == "naïve 한글"


@POSIX
def test_the_bytes_of_a_files_name_become_text_that_any_file_takes() -> None:
    assert as_text("na\udcefve") == "na\\xefve"
    assert as_text(os.fsdecode("한글".encode())) == "한글"
    assert as_text("\ud800") == "\\ud800"


def test_results_are_written_by_what_open_gives_which_knows_the_console_of_windows() -> None:
    code = (
        "import builtins\nfrom cnnviewer.cli import exit_codes\nmodes, usual = [], open\n"
        "builtins.open = lambda *values, **named: (modes.append(values[1]), usual(*values, **named))[1]\n"
        "with exit_codes.results_apart():\n    print('aside')\n    exit_codes.give({'modes': modes})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"modes": ["wb"]}
    assert "aside" in done.stderr


@POSIX
def test_words_that_the_session_has_no_letters_for_are_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As Python reads UTF-8 in a session of EUC-KR."""
    monkeypatch.setattr(sys, "argv", ["cnnviewer", "runs", "show", "\ud800"])
    assert entry.main() == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("cnnviewer: \\ud800 is not in utf-8, the encoding of this session")


@pytest.mark.parametrize("room", [8, 9, 12, 20, 80])
def test_a_name_without_its_middle_keeps_both_ends(room: int) -> None:
    name = "LeNet on MNIST, seed 1, 가나다라, rate 0.05"
    found = without_middle(name, room)
    assert width(found) <= room
    assert (found == name) == (width(name) <= room)
    if found != name:
        first, last = found.split("…")
        assert name.startswith(first)
        assert name.endswith(last)
        assert min(map(width, (first, last))) >= room // 2 - 3
