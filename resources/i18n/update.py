"""Bring the translations up to date: `python resources/i18n/update.py [--check]`.

Collects every `tr()` of the program with Qt's lupdate, every sentence of a `UserError` from the source itself (in
the context "UserError"), keeps the translations there are, and compiles `cnnviewer_ko.qm`. With `--check` nothing
is written: the strings that lack a translation are listed, and the exit status says whether there are any.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1] / "cnnviewer"
TS = HERE / "cnnviewer_ko.ts"
TOOLS = Path(sys.executable).parent


def sentences() -> list[str]:
    """Every `UserError` template in the package: the first argument of a call of it or of a class made from it."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                text = node.args[0].value
                if name in ("UserError", "RequestError", "TrainingFailed") and isinstance(text, str):
                    found.add(text)
    return sorted(found)


def update() -> None:
    """Rewrite the `.ts` file and compile it."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "user_errors.py"
        listed.write_text(
            "from PySide6.QtCore import QCoreApplication\n\n\ndef listed():\n"
            + "".join(f"    QCoreApplication.translate('UserError', {text!r})\n" for text in sentences()),
            encoding="utf-8",
        )
        sources = sorted(str(path) for path in PACKAGE.rglob("*.py"))
        subprocess.run(
            [TOOLS / "pyside6-lupdate", "-no-obsolete", "-locations", "none", *sources, listed, "-ts", TS], check=True
        )
    subprocess.run([TOOLS / "pyside6-lrelease", TS, "-qm", TS.with_suffix(".qm")], check=True)


def untranslated() -> list[tuple[str, str]]:
    """`(context, text)` of every string of the program that the `.ts` file has no translation for."""
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in ET.parse(TS).getroot().iter("context")
        for message in context.iter("message")
        if (translation := message.find("translation")) is not None and translation.text
    }
    missing = [("UserError", text) for text in sentences() if ("UserError", text) not in known]
    for context in ET.parse(TS).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name") or "", message.findtext("source") or "")
            if key not in known and key not in missing:
                missing.append(key)
    return missing


def main() -> int:
    """Update, or only look."""
    if "--check" not in sys.argv:
        update()
    missing = untranslated()
    for context, text in missing:
        print(f"{context}: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
