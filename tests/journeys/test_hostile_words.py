"""Names, notes and files of somebody else in the whole window: plain text everywhere, and no view gives way to them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QProgressBar,
    QTabBar,
    QTableView,
    QWidget,
)

from cnnviewer.core.data.registry import load
from cnnviewer.core.runs.format.notes import Mark, Notes, write_notes
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.journeys.conftest import EVERYWHERE, Person
from tests.small_data import tiny

pytestmark = pytest.mark.slow

NAMES = (
    "<h1>big</h1>",
    "<img src=file:///etc/hostname>",
    "&Foe",
    "x" * 120,
    "two\nlines",
    "\u202egnp.exe",
    "%p %v [*]",
    "&lt;b&gt; & more",
    "<b>bold</b> " * 12,
    "{0} {name}",
)
ALL = " ".join(NAMES)
FILE = "<h1>&Foe " + "x" * 120 + "\u202e%p"
LAYER = "<h1>&Foe" + "x" * 120
NET = f"""
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.add_module("{LAYER}", nn.Conv2d(1, 4, 5))
        self.add_module("two\\nlines", nn.Linear(4 * 24 * 24, 10))
    def forward(self, x):
        first, second = self.children()
        return second(first(x).relu().flatten(1))
"""


@dataclass
class Material:
    """A data set, two runs of it, a model, a picture."""

    data: str
    runs: list[Path]
    model: Path
    picture: Path


def material(folder: Path, names: tuple[str, ...], words: str, file: str, net: str) -> Material:
    data = tiny(train=40, test=20)
    np.savez(
        folder / f"{file}.npz",
        x_train=data.train.images[:, 0].numpy(),
        y_train=data.train.labels.numpy(),
        x_test=data.test.images[:, 0].numpy(),
        y_test=data.test.labels.numpy(),
        class_names=np.array(names),
    )
    key, runs = f"npz:{folder / file}.npz", []
    loaded = load(key, folder)
    for seed in (1, 2):
        config = TrainConfig("lenet", key, epochs=1, batch_size=20, seed=seed, threads=1)
        recording = begin(loaded, config, folder / "runs")
        for _ in recording.events():
            pass
        assert recording.folder is not None
        write_notes(recording.folder, Notes(words, words, (Mark(1, words),)))
        runs.append(recording.folder)
    (folder / f"{file}.py").write_text(net, encoding="utf-8")
    Image.fromarray(np.full((40, 60), 255, np.uint8)).save(folder / f"{file}.png")
    return Material(key, runs, folder / f"{file}.py", folder / f"{file}.png")


# -- what the user would be misled by


def texts(window: QWidget) -> Iterator[tuple[str, str, str]]:
    """Every text of every widget: what shows it, whose it is, the text."""
    tops = [window, *(top for top in QApplication.topLevelWidgets() if top is not window)]
    for widget in dict.fromkeys(each for top in tops for each in (top, *top.findChildren(QWidget))):
        name = f"{type(widget).__name__} {widget.objectName()}"
        yield "tip", name, widget.toolTip()
        if isinstance(widget, QLabel):
            rich = widget.textFormat() not in (Qt.TextFormat.PlainText,)
            yield ("rich" if rich else "plain"), name, widget.text()
        elif isinstance(widget, QAbstractButton):
            yield "mnemonic", name, widget.text()
        elif isinstance(widget, QMenu):
            yield "mnemonic", name, widget.title()
        elif isinstance(widget, QTabBar):
            for index in range(widget.count()):
                yield "mnemonic", name, widget.tabText(index)
        elif isinstance(widget, QComboBox):
            for index in range(widget.count()):
                yield "plain", name, widget.itemText(index)
                yield "tip", name, widget.itemData(index, Qt.ItemDataRole.ToolTipRole) or ""
        elif isinstance(widget, QAbstractItemView):
            yield from cells(name, widget)
        elif isinstance(widget, QProgressBar):
            yield "progress", name, widget.format()
        elif widget.isWindow():
            yield "title", name, widget.windowTitle()
    for action in window.findChildren(QAction):
        yield "mnemonic", action.objectName(), action.text()
        yield "tip", action.objectName(), action.toolTip()


def cells(name: str, view: QAbstractItemView) -> Iterator[tuple[str, str, str]]:
    model: Any = view.model()
    if model is None:
        return
    root = view.rootIndex()
    columns = range(model.columnCount(root) if isinstance(view, QTableView) else 1)
    for row in range(model.rowCount(root)):
        for column in columns:
            index = model.index(row, column, root)
            yield "plain", name, str(index.data() or "")
            yield "tip", name, str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
    for column in columns:
        for role, kind in ((Qt.ItemDataRole.DisplayRole, "plain"), (Qt.ItemDataRole.ToolTipRole, "tip")):
            yield kind, f"{name} head", str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")


def faults(window: QWidget) -> list[str]:
    found = []
    for kind, name, text in texts(window):
        raw = re.search(r"<(h1|img|b>bold)", text) is not None
        wrong = {
            "tip": raw,
            "rich": raw,
            "mnemonic": re.search(r"(?<!&)&(&&)*(Foe|lt| more)", text) is not None,
            "progress": "%p %v" in text,
            "title": re.search(r"(?<!\])\[\*\](?!\[\*\])", text) is not None,
        }.get(kind, False)
        if wrong or set("\u202e\x1b") & set(text) or "two\nlines" in text or "x" * 120 in text:
            found.append(f"{kind} of {name}: {text[:300]!r}")
    return found


# -- whether views give way

_LOOKS = 8  # looks, 10 ms and a turn of the event loop apart, that have to agree
VIEWS = ("networkView", "drawCanvas", "predictionView", "trainButton", "lossPlot", "datasetCombo", "inputLens")


def tour(person: Person, there: Material) -> Iterator[str]:
    """See everything; yields the name of each place."""
    window, program = person.window, person.window.program
    program.presenters.selection.open_own(there.data)
    person.loaded(there.data)
    person.settled()
    yield "data set"
    assert window.open_run(there.runs[0])
    person.until(lambda: program.session.run is not None)
    person.settled()
    for workspace in ("compare", "evaluate", "train", "explore"):
        window.show_workspace(workspace)
        yield workspace
    person.find("sampleBrowser").show_only(np.array([0, 1]), program.session.data.info.classes[3])
    for tab in ("dataset", "file", "draw"):
        window.input_panel.set_source(tab)
        yield f"input {tab}"
    person.click("contextChip")
    person.until(lambda: person.find("weightsChoices").count() > 0)
    yield "choices"
    person.find("contextPopover").close()
    window.input_panel.open_gallery()
    yield "gallery"
    window.input_panel.stage_released.emit()
    for workspace, part in EVERYWHERE:
        window.show_workspace(workspace, part)
        yield f"{workspace} {part}"
    window.show_workspace("compare", "compare")
    program.presenters.comparison.show(there.runs)
    compare = person.find("comparePage")
    person.until(lambda: [each.step for each in compare._columns] == [2, 2])
    for tab in compare.tabs.pages.names:
        compare.tabs.open(tab)
        yield f"compare {tab}"
    program.presenters.comparison.show(())
    window.show_workspace("explore")
    assert window.open_image(there.picture)
    person.settled()
    yield "picture"
    assert window.open_weights(there.model.with_suffix(".safetensors")) is False
    yield "refused weights"
    assert window.open_model(there.model)
    person.until(lambda: any(box.isVisible() for box in window.findChildren(QDialog, "consentDialog")))
    box: Any = next(box for box in window.findChildren(QDialog, "consentDialog") if box.isVisible())
    assert box.width() < 800
    yield "question"
    box.findChild(QWidget, "consentRunButton").click()
    person.until(lambda: program.session.state is not None and str(there.model) in program.session.state.recipe.model)
    person.settled()
    yield "model"
    network = person.find("networkView")
    network.select(network.property("layers")[1][0], 0, 2, 2)
    person.until(lambda: person.find("explainView").property("value") is not None)
    for bar in window.explain_view.findChildren(QTabBar):
        for tab in range(bar.count()):
            bar.setCurrentIndex(tab)
            yield f"explanation {bar.objectName()} {tab}"
    window.messages.dismiss()
    yield "explanation"


def room(person: Person) -> dict[str, int]:
    """What the window asks for, and how wide views are, once the layout rests: asked again it answers the same."""
    seen: list[dict[str, int]] = []

    def rests() -> bool:
        widths = {name: person.find(name).width() for name in VIEWS if person.find(name).isVisible()}
        seen.append({"least": person.window.minimumSizeHint().width(), **widths})
        return len(seen) > _LOOKS and all(each == seen[-1] for each in seen[-_LOOKS:])

    person.until(rests)
    return seen[-1]


def test_untrusted_text_is_shown_as_plain_text_everywhere_and_squeezes_nothing(
    launched: Callable[..., Person], tmp_path: Path
) -> None:
    plain = NET.replace(LAYER, "first").replace("two\\nlines", "second")
    seen: list[dict[str, dict[str, int]]] = []
    for folder, words in (
        ("usual", (tuple("abcdefghij"), "a run", "own", plain)),
        ("hostile", (NAMES, ALL, FILE, NET)),
    ):
        there = tmp_path / folder
        there.mkdir()
        found = material(there, *words)
        person = launched(there, "--settings", str(there / "settings.ini"))
        person.window.resize(1366, 768)
        person.settled()
        seen.append({})
        for place in tour(person, found):
            seen[-1][place] = room(person)
            wrong = faults(person.window) if folder == "hostile" else []
            assert not wrong, "\n".join((place, *wrong))
        person.window.close()
    for place, usual in seen[0].items():
        for view, width in usual.items():
            if view == "least":
                assert seen[1][place][view] <= width + 64, f"{place}: the window asks for more"
            else:
                assert abs(seen[1][place][view] - width) <= 8, f"{place}: {view}"
