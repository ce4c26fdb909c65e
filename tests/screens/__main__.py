"""Take and measure the pictures: `python -m tests.screens --out FOLDER`.

Each theme, language and scale has a process of its own: Qt learns of its scale when it starts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

SIZES = "1366x768,1440x900,1920x1080,2560x1440"
SCALED = "1280x720"
"""What a screen of 1920x1080 pixels has room for at 150 %."""


def main() -> int:
    """Take the tours that are asked for; 1 where something unknown was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("--out", type=Path, help="folder for the pictures and findings.txt")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="en,ko")
    parser.add_argument("--scales", default="1,1.5", help=f"at 1.5 the window has {SCALED} logical pixels")
    parser.add_argument("--text", type=int, default=100, help="size of the text, 80 to 250 percent of the usual one")
    parser.add_argument("--states", default="", help="parts of the names of the states that count")
    parser.add_argument(
        "--numbers", action="store_true", help="the Number of every operation instead of the usual states"
    )
    parser.add_argument(
        "--models", action="store_true", help="several models at every level instead of the usual states"
    )
    parser.add_argument("--why", action="store_true", help="those of Why and Evaluate alone, of the usual states")
    parser.add_argument("--quick", action="store_true", help="what `make test` looks at")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        return one(options)
    if options.quick:
        options.sizes, options.scales = "1366x768,1440x900", "1"
    bad = 0
    for scale in options.scales.split(","):
        for theme in options.themes.split(","):
            for language in options.languages.split(","):
                if options.quick and (theme, language) not in {("light", "en"), ("dark", "ko")}:
                    continue
                bad |= _in_a_process(options, scale, theme, language)
    return bad


def _in_a_process(options: argparse.Namespace, scale: str, theme: str, language: str) -> int:
    sizes = options.sizes if scale == "1" else SCALED
    arguments = [
        "--one",
        f"{theme},{language}",
        "--sizes",
        sizes,
        "--states",
        options.states,
        "--text",
        str(options.text),
    ]
    if options.out is not None:
        arguments += ["--out", str(options.out)]
    arguments += [f"--{name}" for name in ("quick", "numbers", "models", "why") if getattr(options, name)]
    with tempfile.TemporaryDirectory() as folder:
        pixels = {"width": 2560, "height": 1440} if scale == "1" else {"width": 1920, "height": 1080}
        screen = {"name": "tour", "x": 0, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1, **pixels}
        screens = Path(folder) / "screens.json"
        screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        platform = f"offscreen:configfile={screens}"
        environment = os.environ | {"QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": scale}
        return subprocess.run(
            [sys.executable, "-m", "tests.screens", *arguments], env=environment, check=False
        ).returncode


def one(options: argparse.Namespace) -> int:
    """The tour of one theme and language, in this process."""
    import torch  # noqa: F401  - before Qt, as in the program

    from tests.screens.known import unknown
    from tests.screens.models import states_of
    from tests.screens.numbers import NUMBERS
    from tests.screens.states import STATES
    from tests.screens.tour import table, tour
    from tests.screens.visitor import Visitor
    from tests.screens.why_states import WHY

    theme, language = options.one.split(",")
    sizes = [(int(width), int(height)) for width, height in (size.split("x") for size in options.sizes.split(","))]
    wanted = [part for part in options.states.split(",") if part]
    usual = [state for state in STATES if state.main or not options.quick]
    usual = list(WHY) if options.why else usual
    states = states_of(wanted) if options.models else NUMBERS if options.numbers else usual
    with tempfile.TemporaryDirectory() as folder:
        visitor = Visitor(Path(folder), theme, language, options.text)
        kinds: Counter[str] = Counter()
        lines = []
        for seen in tour(visitor, sizes, states, options.out):
            if wanted and not any(part in seen.name for part in wanted):
                continue
            left = unknown(seen.findings)
            kinds.update(finding.kind for finding in left)
            lines += [seen.name, table(left)] if left else [f"{seen.name}: nothing"]
            print("\n".join(lines[-2:] if left else lines[-1:]), flush=True)
        visitor.close()
    lines.append(f"{theme} {language}: " + (", ".join(f"{kind} {count}" for kind, count in kinds.items()) or "nothing"))
    print(lines[-1])
    if options.out is not None:
        with (options.out / "findings.txt").open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return bool(kinds)


if __name__ == "__main__":
    sys.exit(main())
