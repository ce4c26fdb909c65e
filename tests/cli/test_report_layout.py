"""A report in a browser: on a telephone and on paper."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

BROWSER = """
import json, sys
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
view = QWebEngineView()
view.resize(int(sys.argv[2]), 900)
view.show()
LOOK = '''
(() => {
  const paper = %s;
  for (const rule of document.styleSheets[0].cssRules)
    if (rule.media && rule.media.mediaText.startsWith("print")) rule.media.mediaText = paper ? "all" : "print";
  const beside = [];
  for (const each of document.querySelectorAll("body *")) {
    const scrolls = getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
    if (each.getBoundingClientRect().right > innerWidth + 1 || scrolls) beside.push(each.tagName + "." + each.className);
  }
  return JSON.stringify([innerWidth, document.documentElement.scrollWidth, beside]);
})()''' % sys.argv[3]
def say(found):
    print(found, flush=True)
    app.quit()
view.loadFinished.connect(lambda _: QTimer.singleShot(300, lambda: view.page().runJavaScript(LOOK, say)))
view.load(QUrl.fromLocalFile(sys.argv[1]))
QTimer.singleShot(30000, app.quit)
app.exec()
"""


@pytest.fixture(scope="module")
def report(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of a run with a name that no line holds."""
    from cnnviewer.cli import main

    runs = tmp_path_factory.mktemp("report") / "runs"
    shutil.copytree(trained, runs)
    path = runs / "report.html"
    assert main(["runs", "rename", "last", "w" * 300, "--runs-dir", str(runs)]) == 0
    assert main(["runs", "note", "last", "w" * 5000, "--runs-dir", str(runs)]) == 0
    assert main(["report", "last", "--runs-dir", str(runs), "--out", str(path)]) == 0
    return path


def looked_at(report: Path, width: int, paper: bool) -> list[object]:
    pytest.importorskip("PySide6.QtWebEngineWidgets")
    done = subprocess.run(
        [sys.executable, "-c", BROWSER, str(report), str(width), "true" if paper else "false"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu"},
    )
    if not done.stdout.startswith("["):
        pytest.skip("no browser starts here")
    found: list[object] = json.loads(done.stdout)
    return found


def test_a_report_fits_the_width_of_a_telephone(report: Path) -> None:
    inner, page, beside = looked_at(report, 390, paper=False)
    assert page <= inner == 390  # type: ignore[operator]
    assert beside == []


def test_nothing_of_a_printed_report_scrolls(report: Path) -> None:
    _, _, beside = looked_at(report, 700, paper=True)
    assert beside == []


def test_control_characters_are_shown_in_a_report(first: Path, ask: Ask) -> None:
    assert ask("runs note first", "red \x1b[31m") == 0
    assert ask("report first") == 0
    text = (first / "report.html").read_text("utf-8")
    assert "\x1b" not in text
    assert "red \\x1b[31m" in text
