"""Train the bundled weights again, with the commands of docs/weights.md, and put them where they belong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "resources" / "weights"


def main() -> int:
    """Run every `cnnviewer train` of the page."""
    page = (HERE / "weights.md").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"^ {4}cnnviewer (train .*)$", page, re.MULTILINE):
        *arguments, name = line.split()
        done = subprocess.run([sys.executable, "-m", "cnnviewer", *arguments, str(WEIGHTS / name)], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
