"""Every string of the program has a finished Korean translation in the context of the class that shows it."""

from pathlib import Path

import pytest

from resources.i18n import update

PANEL = """
from PySide6.QtWidgets import QWidget
from cnnviewer.core.errors import UserError

class {name}(QWidget):
    def __init__(self):
        self.setWindowTitle(self.tr("Training"))
        raise UserError("{{file}} is empty.", file="a")
"""


def package(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "panel.py").write_text(PANEL.format(name=name), encoding="utf-8")
    return folder


def translated(ts: Path, source: Path) -> None:
    """Collect the strings of `source` into `ts` and finish each of them."""
    ts.write_text('<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1" language="ko"/>', "utf-8")
    update.collect(ts, source)
    ts.write_text(ts.read_text("utf-8").replace('<translation type="unfinished"></', "<translation>번역</"), "utf-8")


def test_nothing_lacks_a_korean_translation() -> None:
    assert update.missing() == []


def test_a_finished_translation_of_every_string_is_enough(tmp_path: Path) -> None:
    source, ts = package(tmp_path / "program", "Panel"), tmp_path / "ko.ts"
    translated(ts, source)
    assert update.missing(ts, source) == []


def test_a_renamed_class_is_reported_although_its_texts_were_translated(tmp_path: Path) -> None:
    source, ts = package(tmp_path / "program", "Panel"), tmp_path / "ko.ts"
    translated(ts, source)
    before = ts.read_bytes()
    assert update.missing(ts, package(source, "TrainingPanel")) == [("TrainingPanel", "Training")]
    assert ts.read_bytes() == before, "checking writes nothing"


def test_a_new_sentence_of_an_error_is_reported(tmp_path: Path) -> None:
    source, ts = package(tmp_path / "program", "Panel"), tmp_path / "ko.ts"
    translated(ts, source)
    (source / "more.py").write_text('raise UserError("{file} is full.", file="a")\n', encoding="utf-8")
    assert update.missing(ts, source) == [("UserError", "{file} is full.")]


@pytest.mark.parametrize(
    ("translation", "texts"),
    [
        ("<translation>글</translation>", []),
        ('<translation type="unfinished">글</translation>', ["source"]),
        ("<translation></translation>", ["source"]),
        ("", ["source"]),
        ("<translation><numerusform>글</numerusform></translation>", []),
        ("<translation><numerusform></numerusform></translation>", ["source"]),
    ],
    ids=["finished", "unfinished", "empty", "none", "plural", "empty plural"],
)
def test_only_a_finished_translation_counts(tmp_path: Path, translation: str, texts: list[str]) -> None:
    ts = tmp_path / "ko.ts"
    message = f"<message><source>source</source>{translation}</message>"
    ts.write_text(f"<TS><context><name>Panel</name>{message}</context></TS>", encoding="utf-8")
    assert list(update.unfinished(ts)) == [("Panel", text) for text in texts]
