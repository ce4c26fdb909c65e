"""Whatever the user calls things, a run's files are read back as they were written."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.file_names import NOTES_FILE, RUN_FILE
from cnnviewer.core.runs.format.info import RunInfo, exported_facts, read_info
from cnnviewer.core.runs.format.notes import Mark, Notes, read_notes
from cnnviewer.core.runs.sweep.plan import read_plan, write_plan
from cnnviewer.core.training.config import TrainConfig

_TEXT = st.text(max_size=40) | st.sampled_from(
    ["é", "e\u0301", "한글", "\U0001f600", "a\udcff", "\x00\x1b[2J", "<h1>", "NaN"]
)
_RATES = st.floats(1e-9, 1e3)


@st.composite
def _infos(draw: st.DrawFn) -> RunInfo:
    classes = tuple(draw(st.lists(_TEXT, min_size=2, max_size=5, unique=True)))
    recipe = ModelRecipe("lenet", (1, 28, 28), classes, (draw(_RATES),), (draw(_RATES),), draw(_TEXT))
    config = TrainConfig(
        "lenet",
        draw(_TEXT),
        epochs=draw(st.integers(1, 10**6)),
        learning_rate=draw(_RATES),
        momentum=draw(st.floats(0, 0.999)),
    )
    counts = draw(
        st.dictionaries(st.sampled_from(["train", "validation", "test", "total_steps"]), st.integers(0, 10**9))
    )
    return RunInfo(
        id="run",
        created="2026-11-29T10:00:00.000000+00:00",
        config=config,
        recipe=recipe,
        counts=counts,
        problem=draw(_TEXT),
        sweep=draw(_TEXT),
        command=draw(_TEXT),
        versions=draw(st.dictionaries(_TEXT, _TEXT, max_size=3)),
        code=draw(st.dictionaries(_TEXT, _TEXT, max_size=3)),
    )


def _same(one: object, other: object) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return dict(one) == dict(other)
    return one == other


@given(_infos())
def test_a_run_says_after_reading_what_was_written(info: RunInfo) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / RUN_FILE).write_bytes(info.to_json())
        found = read_info(folder)
    for name in RunInfo.__dataclass_fields__:
        assert _same(getattr(found, name), getattr(info, name)), name


@given(_TEXT, _TEXT, st.lists(st.tuples(st.integers(0, 10**9), _TEXT), max_size=4))
def test_a_user_s_words_are_kept_as_they_are(name: str, note: str, marks: list[tuple[int, str]]) -> None:
    notes = Notes(name, note, tuple(Mark(*mark) for mark in marks))
    with TemporaryDirectory() as folder:
        (Path(folder) / NOTES_FILE).write_bytes(notes.to_json())
        assert read_notes(folder) == notes


@given(st.text(max_size=120) | _TEXT, st.lists(_RATES, min_size=1, max_size=3))
def test_a_sweep_is_planned_under_its_name_or_the_name_is_refused(name: str, rates: list[float]) -> None:
    configs = tuple(replace(TrainConfig("lenet", "mnist"), learning_rate=rate) for rate in rates)
    with TemporaryDirectory() as folder:
        try:
            path = write_plan(Path(folder), name, configs)
        except UserError:
            return
        assert path.resolve().is_relative_to(Path(folder).resolve()), "a name never leads out of the folder"
        assert read_plan(Path(folder), name) == configs


def test_a_sweep_whose_name_differs_in_capitals_alone_does_not_take_the_plan_of_another(tmp_path: Path) -> None:
    configs = (TrainConfig("lenet", "mnist"),)
    plan = write_plan(tmp_path, "Rates", configs)
    shutil.copy(plan, plan.with_name("rates.json"))  # what Windows and macOS find under this name
    assert read_plan(tmp_path, "rates") == ()
    with pytest.raises(UserError, match="the same file as that of the sweep Rates"):
        write_plan(tmp_path, "rates", configs)
    write_plan(tmp_path, "Rates", configs * 2)
    assert read_plan(tmp_path, "Rates") == configs * 2


@given(_infos())
@settings(max_examples=5)
def test_a_name_of_ten_thousand_letters_is_not_in_every_row_of_a_table(info: RunInfo) -> None:
    assert exported_facts(info, Notes("한글 name"))["name"] == "한글 name"
    for letter in ("a", "한", "\x1b"):
        assert len(str(exported_facts(info, Notes(letter * 10_000))["name"])) <= 200


def test_a_name_that_cannot_be_seen_is_none() -> None:
    assert [Notes(name).name for name in ("", "  ", "\u3000 ", "\u200b\u200d")] == [""] * 4
    assert [Notes(name).name for name in (" a ", "\x1b", "한", "\u202e")] == [" a ", "\x1b", "한", "\u202e"]
