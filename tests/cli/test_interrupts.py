"""Ctrl+C ends a process with status 130 and a sentence, whatever it is doing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnnviewer.first_interrupt import is_program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
BEGIN = (
    "import os, signal, sys\nfrom cnnviewer.cli import interrupts\npress = lambda: os.kill(os.getpid(), 2)\n"
    "signal.signal(2, signal.default_int_handler)\n"  # a shell starts what runs in its background deaf to Ctrl+C
    "interrupts.begin()\n"
)


def process(code: str, folder: Path | None = None) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=False, cwd=folder)
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("press()", id="before anything"),
        pytest.param("with interrupts.during_work():\n try: press()\n except: press()", id="a second time"),
        pytest.param(
            "class Kept:\n def __del__(self): press()\nwith interrupts.during_work():\n Kept()\n print('went on')",
            id="where nothing can be raised",
        ),
        pytest.param(
            "sys.path.insert(0, '.')\nwith interrupts.during_work():\n try: import pressing\n except: print('raised')",
            id="within an import",
        ),
    ],
)
def test_ctrl_c_ends_the_process_at_once(code: str, tmp_path: Path) -> None:
    (tmp_path / "pressing.py").write_text("import os; os.kill(os.getpid(), 2)")
    assert process(code + "\nprint('went on')", tmp_path) == (130, "cnnviewer: Interrupted.")


def test_work_takes_back_what_it_began() -> None:
    code = "with interrupts.during_work():\n try: press()\n finally: print('taken back', file=sys.stderr)"
    status, said = process(f"try:\n exec({code!r})\nexcept KeyboardInterrupt: sys.exit(7)")
    assert (status, said) == (7, "taken back")


def test_what_an_interruption_became_on_its_way_is_an_interruption() -> None:
    code = (
        "from cnnviewer.cli import entry, runs\n"
        "def fail(*_):\n try: press()\n except KeyboardInterrupt: raise ValueError\n"
        "runs.shared.folders_of = fail\nsys.exit(entry.main(['runs']))"
    )
    assert process(code) == (130, "cnnviewer: Interrupted.")


def test_ctrl_c_after_the_work_comes_too_late() -> None:
    assert process("with interrupts.during_work(): pass\npress()\nsys.exit(3)") == (3, "")


def test_a_signal_that_is_ignored_stays_so() -> None:
    code = "import signal\nsignal.signal(2, signal.SIG_IGN)\ninterrupts.begin()\n"
    assert process(f"{code}with interrupts.during_work(): press()\npress()\nsys.exit(4)") == (4, "")


def test_nothing_that_takes_time_is_imported_before_ctrl_c_is_listened_to() -> None:
    code = "import sys; old = set(sys.modules); import cnnviewer.cli.interrupts; print(*set(sys.modules) - old)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"typing", "pathlib", "argparse", "json", "re"}.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("words", [["-m", "cnnviewer"], ["-X", "utf8", "-mcnnviewer"], ["main.py"]], ids=" ".join)
@pytest.mark.parametrize("pressed_at", ["cnnviewer.cli", "cnnviewer.cli.interrupts", "argparse"])
def test_ctrl_c_ends_the_program_at_once_from_its_first_line_on(
    words: list[str], pressed_at: str, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\nsignal.signal(2, signal.default_int_handler)\nclass Presses:\n"
        f" def find_spec(name, *_):\n  if name == {pressed_at!r}: os.kill(os.getpid(), 2)\n"
        "sys.meta_path.insert(0, Presses)\n"
    )
    root = Path(__file__).parents[2]
    path = os.pathsep.join((str(tmp_path), str(root)))
    done = subprocess.run(
        [sys.executable, *words, "--version"],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (done.returncode, done.stderr.strip()) == (130, "cnnviewer: Interrupted.")


def test_a_program_that_imports_the_package_keeps_its_own_ctrl_c() -> None:
    code = "import signal; old = signal.getsignal(2); import cnnviewer; print(signal.getsignal(2) is old)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "True"


@pytest.mark.parametrize(
    ("called", "words", "ours"),
    [
        ("/usr/bin/cnnviewer", ["cnnviewer", "runs"], True),
        ("-m", ["python", "-m", "cnnviewer"], True),
        ("-m", ["python", "-m", "pytest"], False),
        ("main.py", ["python", "main.py"], False),
        (str(Path(__file__).parents[2] / "main.py"), ["python", "main.py"], True),
        ("", ["python"], False),
    ],
)
def test_the_program_is_known_by_how_it_was_started(
    called: str, words: list[str], ours: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_program(called, words) == ours
