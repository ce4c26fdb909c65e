"""The first run of the user's file is in a process of its own: what it finds, and that it can be ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.models.trial import trial as trial_module
from cnnviewer.core.models.trial.trial import Fit, Trial

MODEL = """
from torch import nn
class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        {init}
        self.fc = nn.Linear(784, num_classes)
    def forward(self, x):
        {forward}
        return self.fc(x.flatten(1))
"""

# what a file does at its top, and the sentence for which it is refused
REFUSED = {
    "endless": ("while True: pass", "after 1 seconds it is still in line 1 of endless.py"),
    "asleep": (
        "import time\nwhile True:\n    try: time.sleep(9)\n    except BaseException: pass",
        "line 3 of asleep.py",
    ),
    "exits": ("import sys\nsys.exit(0)", "exits.py ends the program in line 2 (sys.exit(0))"),
    "quits": ("import sys\ntry: sys.exit('no')\nfinally: pass", "ends the program in line 2 (sys.exit('no'))"),
    "ends": ("import os\nos._exit(0)", "ends Python itself in line 2"),
    "asks": ("x = input('?')", "asks.py fails when it is run, in line 1: input()"),
    "reads": ("import sys\nx = int(sys.stdin.readline())", "in line 2: invalid literal for int()"),
    "options": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--data', required=True)\np.parse_args()",
        "ends the program in line 4 (the following arguments are required: --data)",
    ),
    "trains": (
        "import torch\nw = torch.zeros(1, requires_grad=True)\ntry:\n    (w * w).backward()\nexcept: pass",
        "trains.py trains in line 4 while it is opened",
    ),
    "misses": ("import os\nimport no_such_package", "misses.py needs no_such_package in line 2"),
    "thread": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        "thread.py starts a thread in line 2 that goes on",
    ),
    "pool": (
        "import time\nfrom concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"
        "pool.submit(time.sleep, 99)",
        "pool.py starts a thread in line 4 that goes on",
    ),
    "signals": ("import signal\nsignal.signal(signal.SIGINT, print)", "changes what signals do in line 2"),
    "neighbour": ("import helper", "helper.py trains in line 2"),
    "raises": ("class Odd(BaseException): pass\nraise Odd('odd')", "fails when it is run, in line 2: odd"),
}
# what __init__ and forward do
BUILDS = {
    "init-endless": ("while True: pass", "pass", "still in line 6 of init-endless.py"),
    "init-exits": ("raise SystemExit", "pass", "Net cannot be built: SystemExit (line 6"),
    "forward-endless": ("pass", "while True: pass", "still in line 9 of forward-endless.py"),
    "forward-exits": ("pass", "import sys; sys.exit(1)", "cannot read such images: 1"),
    "misfit": ("self.c = nn.Linear(3, 3)", "x = self.c(x)", "c of Net does not fit"),
    "colour": (
        "self.c = nn.Conv2d(3, 784, 32)",
        "x = self.c(x)",
        "c of Net does not fit: it expects 3×H×W, but gets 1×28×28. It reads images of 3×32×32: choose a data set "
        "with such images, such as CIFAR-10, and open it again.",
    ),
}
STATE = """import atexit, os, random, sys, threading, warnings
import torch
from concurrent.futures import ThreadPoolExecutor
import argparse
torch.set_default_dtype(torch.float64)
torch.set_default_device('meta')
torch.manual_seed(3)
os.chdir('/')
os.environ['A'] = 'b'
sys.path.insert(0, '/nowhere')
warnings.simplefilter('ignore')
torch.set_num_threads(torch.get_num_threads() + 1)
torch.set_grad_enabled(False)
atexit.register(print)
if True:
    sys.stdout = None
argparse.ArgumentParser().parse_args()
sys.exit if False else random.random()
thread = threading.Thread(target=print)
thread.start(); thread.join()
import matplotlib.pyplot as plt
plt.show()
"""
CHANGED = [
    (5, "PyTorch's default number type"),
    (6, "PyTorch's default device"),
    (7, "the seed of PyTorch's random numbers"),
    (8, "the current folder"),
    (9, "environment variables"),
    (10, "sys.path"),
    (11, "the filters of warnings"),
    (12, "PyTorch's number of threads"),
    (13, "whether PyTorch computes gradients"),
    (14, "what happens when the program ends"),
    (16, "standard input and output"),
]
# the child's own work, forked once torch is there: a start for each of them would take minutes
_MANY = """
import json, os, sys
from cnnviewer.core.models.trial import child
leave = os._exit
for line in sys.stdin:
    ours, theirs = os.pipe()
    if not os.fork():
        os.write(theirs, json.dumps(child.tried(json.loads(line))).encode())
        leave(0)
    os.close(theirs)
    print(os.fdopen(ours).read())
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What trying out each file comes to."""
    if not hasattr(os, "fork"):
        pytest.skip("tried out by forks")
    folder = tmp_path_factory.mktemp("tried")
    (folder / "helper.py").write_text("import torch\ntorch.zeros(1, requires_grad=True).backward()", encoding="utf-8")
    (folder / "matplotlib").mkdir()
    (folder / "matplotlib" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "matplotlib" / "pyplot.py").write_text("def show(): input()", encoding="utf-8")
    texts = {name: f"{top}\n{MODEL.format(init='pass', forward='pass')}" for name, (top, _) in REFUSED.items()}
    texts |= {name: MODEL.format(init=init, forward=forward) for name, (init, forward, _) in BUILDS.items()}
    texts |= {"fine": MODEL.format(init="print(1)", forward="print(2)"), "state": STATE + texts["init-endless"]}
    texts["state"] = STATE + texts["fine"]
    requests = []
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        request = {"path": str(folder / f"{name}.py"), "name": "Net", "limit": 20, "shape": [1, 28, 28], "classes": 10}
        if "endless" in name or name == "asleep":
            request["limit"] = 1
        requests.append(json.dumps(request))
    site = folder / "site"
    site.mkdir()
    (folder / "matplotlib").rename(site / "matplotlib")
    path = os.pathsep.join([str(site), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-P", "-c", _MANY],
        input="\n".join(requests),
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return dict(zip(texts, map(json.loads, lines), strict=True))


def sentence(document: dict[str, Any]) -> str:
    values = {name: sentence(value) if isinstance(value, dict) else value for name, value in document["values"].items()}
    return str(document["template"].format(**values))


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_run_in_the_program_is_refused_with_its_line(name: str, answers: dict[str, Any]) -> None:
    assert REFUSED[name][1] in sentence(answers[name]["refused"])


@pytest.mark.parametrize("name", BUILDS)
def test_a_model_that_cannot_be_built_or_asked_is_refused(name: str, answers: dict[str, Any]) -> None:
    assert BUILDS[name][2] in sentence(answers[name]["refused"])


def test_what_is_put_back_is_reported_line_by_line(answers: dict[str, Any]) -> None:
    assert "refused" not in answers["state"], sentence(answers["state"]["refused"])
    told = [sentence(note) for note in answers["state"]["notes"]]
    expected = [f"state.py changes {what} in line {line}; it was put back." for line, what in CHANGED]
    assert told == [*expected, "state.py shows a plot in line 22: its window is left out."]


def test_a_harmless_file_is_harmless(answers: dict[str, Any]) -> None:
    assert answers["fine"] == {"notes": []}


@pytest.fixture
def trial() -> Iterator[Trial]:
    with Trial() as made:
        yield made


def is_alive(pid: int) -> bool:
    """Whether the process is there, not only its entry that somebody has still to collect."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_cancel_ends_the_process_and_all_that_it_has_started(trial: Trial, tmp_path: Path) -> None:
    file, mark = tmp_path / "net.py", tmp_path / "pid"
    file.write_text(
        f"import subprocess, os\nchild = subprocess.Popen(['sleep', '600'])\n"
        f"open('{mark}.new', 'w').write(str(child.pid))\nos.rename('{mark}.new', '{mark}')\nwhile True: pass",
        encoding="utf-8",
    )
    with pytest.raises(Cancelled):
        trial.run(file, "Net", cancelled=mark.exists)
    assert not Path(f"/proc/{trial.pid}").exists()  # collected, too
    with suppress(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert not is_alive(int(mark.read_text(encoding="utf-8")))


def test_a_file_that_ends_python_while_its_model_is_built_is_reported(trial: Trial, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        "import os\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self): os._exit(3)", encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"net.py ends Python itself when it is run \(exit status 3\)"):
        trial.run(tmp_path / "net.py", "Net", Fit((1, 28, 28), 10))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows numbers open files otherwise")
def test_cancel_is_heard_of_a_file_that_goes_on_without_a_word(trial: Trial, tmp_path: Path) -> None:
    """It closes what it would answer through."""
    mark = tmp_path / "mark"
    (tmp_path / "net.py").write_text(
        f"import os\nos.closerange(3, 100)\nopen('{mark}', 'w').close()\nwhile True: pass", encoding="utf-8"
    )
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += mark.exists()
        return asked > 20  # by then its silence has been noticed

    with pytest.raises(Cancelled):
        trial.run(tmp_path / "net.py", "Net", cancelled=cancelled)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_process_that_leaves_the_group_is_not_waited_for(trial: Trial, tmp_path: Path) -> None:
    left = tmp_path / "left"
    (tmp_path / "net.py").write_text(
        f"import os, time\nif os.fork() == 0:\n    os.setsid()\n    open('{left}', 'w').write(str(os.getpid()))\n"
        "    time.sleep(30)\n    os._exit(0)\nos._exit(3)",
        encoding="utf-8",
    )
    try:
        with pytest.raises(UserError, match=r"net\.py"):
            trial.run(tmp_path / "net.py", "Net", cancelled=lambda: False, limit=2)
    finally:
        assert trial._reader.is_alive(), "it holds the pipe"
        os.kill(int(left.read_text(encoding="utf-8")), signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_a_trial_that_nobody_needs_leaves_nothing(trial: Trial) -> None:
    trial.close()
    trial.close()
    assert not Path(f"/proc/{trial.pid}").exists()


def test_no_console_flashes_up_when_a_trial_ends_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    process = SimpleNamespace(pid=4711, kill=lambda: None)
    asked: dict[str, Any] = {}
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(trial_module, "_NO_WINDOW", 0x08000000)
    monkeypatch.setattr(subprocess, "run", lambda command, **named: asked.update(named, command=command))
    trial_module._end_group(process)
    assert asked["command"] == ["taskkill", "/F", "/T", "/PID", "4711"]
    assert asked["creationflags"] == 0x08000000
