"""Bring the translations up to date: `python resources/i18n/update.py [--check]`.

Collects every `tr()` of the program with Qt's lupdate, every sentence of a `UserError` from the source itself (in
the context "UserError"), keeps the translations there are, and compiles `cnnviewer_ko.qm`. With `--check` the strings
are collected into a temporary copy and nothing of the project is written. Either way the strings that lack a finished
translation are listed, and the exit status is 1 if there are any.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1] / "cnnviewer"
TS = HERE / "cnnviewer_ko.ts"


def sentences(package: Path = PACKAGE) -> list[str]:
    """Every `UserError` template in the package: the first argument of a call of it or of a class made from it.

    The titles of the built-in data sets, which stand in such sentences, are among them.
    """
    found = {"Built-in digits", "Built-in shapes"}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                text = node.args[0].value
                if name in ("UserError", "RequestError", "TrainingFailed") and isinstance(text, str):
                    found.add(text)
    return sorted(found)


def collect(ts: Path, package: Path = PACKAGE) -> None:
    """Make the strings of `ts` those of the package; a string that is new there has no finished translation."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "user_errors.py"
        listed.write_text(
            "from PySide6.QtCore import QCoreApplication\n\n\ndef listed():\n"
            + "".join(f"    QCoreApplication.translate('UserError', {text!r})\n" for text in sentences(package)),
            encoding="utf-8",
        )
        # a list in a file: Windows takes command lines of at most 32,767 characters
        files = Path(folder) / "sources.lst"
        files.write_text("\n".join([*sorted(map(str, package.rglob("*.py"))), str(listed)]), encoding="utf-8")
        _run("pyside6-lupdate", "-no-obsolete", "-locations", "none", f"@{files}", "-ts", str(ts))


def compile_translations(ts: Path) -> None:
    """Write the `.qm` file beside `ts`, which the program loads."""
    _run("pyside6-lrelease", str(ts), "-qm", str(ts.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(tool, path=str(Path(sys.executable).parent)) or shutil.which(tool)
    if program is None:
        raise SystemExit(f"{tool} was not found: install PySide6 for {sys.executable}.")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def unfinished(ts: Path) -> Iterator[tuple[str, str]]:
    """`(context, text)` of every string in `ts` without a finished translation.

    Where a class was renamed, lupdate offers its old translations to the new context, marked unfinished; the program
    shows English for those.
    """
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [] if translation is None else translation.findall("numerusform") or [translation]
            if not forms or translation is None or translation.get("type") or not all(form.text for form in forms):
                yield context.findtext("name") or "", message.findtext("source") or ""


def missing(ts: Path = TS, package: Path = PACKAGE) -> list[tuple[str, str]]:
    """`(context, text)` of every string of the package that `ts` has no finished translation for; `ts` stays as is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ts.name
        shutil.copyfile(ts, copy)
        collect(copy, package)
        return list(unfinished(copy))


def main() -> int:
    """Update, or only look."""
    if "--check" not in sys.argv:
        collect(TS)
        compile_translations(TS)
    lacking = missing()
    for context, text in lacking:
        print(f"{context}: {text}")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
