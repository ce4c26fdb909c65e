"""The outline of the window is painted before the program is imported."""

import json
import subprocess
import sys

from pytestqt.qtbot import QtBot

from cnnviewer.app.skeleton import Skeleton


def test_it_needs_nothing_of_the_program() -> None:
    code = "import json, sys; import cnnviewer.app.skeleton; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own = {name for name in json.loads(done.stdout) if name.startswith("cnnviewer")}
    assert own == {"cnnviewer", "cnnviewer.app", "cnnviewer.app.skeleton", "cnnviewer.first_interrupt"}


def test_it_paints_bar_rail_and_stage(qtbot: QtBot) -> None:
    outline = Skeleton()
    qtbot.addWidget(outline)
    outline.resize(1000, 700)
    picture = outline.grab().toImage()
    assert outline.painted
    assert picture.pixel(990, 5) == picture.pixel(5, 690) == picture.pixel(600, 400)
    assert picture.pixel(240, 60) != picture.pixel(600, 400)
