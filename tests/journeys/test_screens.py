"""The program on a small screen, in a process of its own: Qt learns of screens when it starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

CODE = """
import json, sys
from PySide6.QtWidgets import QWidget
from cnnviewer.app import launch
app, window = launch(["--settings", sys.argv[1], "--data-dir", sys.argv[1] + "-data"])
for _ in range(20): app.processEvents()
train = window.findChild(QWidget, "trainButton")
window.show_workspace("train")
for _ in range(5): app.processEvents()
corner = train.mapToGlobal(train.rect().bottomRight())
room = window.screen().availableGeometry()
print(json.dumps([room.contains(window.frameGeometry()), window.isMaximized(), train.isVisible() and room.contains(corner)]))
window.close()
"""


def test_on_a_small_screen_the_window_fills_it_and_train_is_in_sight(tmp_path: Path) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": 1280, "height": 680, "logicalDpi": 96, "logicalBaseDpi": 96}
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [{**screen, "dpr": 1}]}))
    environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "settings.ini")],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [True, True, True]
