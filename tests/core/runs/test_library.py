"""The folder of all runs: what is damaged or hostile is a sentence or left out, and the budget thins the oldest first."""

import copy
import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cnnviewer.cli.run_words import description, facts, row
from cnnviewer.core.errors import UserError
from cnnviewer.core.json_text import json_text
from cnnviewer.core.runs.format.info import RunInfo, read_info
from cnnviewer.core.runs.format.notes import Mark, Notes, add_mark, read_notes, write_notes
from cnnviewer.core.runs.format.snapshot_steps import file_name, kept_steps
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, resume_run
from tests.core.runs.trained import LENET, at_step, data_for, finish, leave_after, numbers_in

DATA = data_for(LENET)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recording = begin(DATA, LENET, tmp_path_factory.mktemp("original"))
    finish(recording)
    return recording.folder


@pytest.fixture
def three(original: Path, tmp_path: Path) -> list[Path]:
    """Runs of three days, the oldest first."""
    folders = []
    for day in (1, 2, 3):
        folder = tmp_path / f"run{day}"
        shutil.copytree(original, folder)
        info = replace(read_info(folder), id=folder.name, created=f"2026-11-0{day}T10:00:00+01:00")
        (folder / "run.json").write_bytes(info.to_json())
        folders.append(folder)
    return folders


def test_a_run_is_described_in_one_line(three: list[Path]) -> None:
    runs = library.list_runs(three[0].parent)
    assert [run.folder for run in runs] == three[::-1]
    for run in runs:
        assert (run.state, run.epochs_done, run.step, run.tested, run.snapshots) == ("finished", 3, 18, True, 19)
        assert run.accuracy == run.info.result["accuracy"]
        assert run.size == sum(path.stat().st_size for path in run.folder.rglob("*") if path.is_file())


def test_a_run_left_in_the_middle_is_reported_as_interrupted(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(8))
    run = library.summary_of(recording.folder)
    assert (run.state, run.epochs_done, run.step, run.tested) == ("interrupted", 1, 8, False)
    assert run.seconds == recording.log.steps("seconds")[-1] > recording.log.epochs("seconds")[-1]


# the budget


def sizes(folders: list[Path]) -> list[int]:
    return [library.size_of(folder) for folder in folders]


def test_the_oldest_run_is_thinned_first_and_keeps_ends_marks_first_and_last(three: list[Path]) -> None:
    oldest, *younger = three
    add_mark(oldest, Mark(8, "here"))
    before = sizes(three)
    one = (oldest / file_name(3)).stat().st_size
    assert library.keep_within(oldest.parent, sum(before)) == []
    (told,) = library.keep_within(oldest.parent, sum(before) - 3 * one)
    assert "3 of the 19 snapshots of the run run1 were deleted" in str(told)
    assert sizes(younger) == before[1:]
    assert sum(sizes(three)) <= sum(before) - 3 * one
    told = library.keep_within(oldest.parent, sum(sizes(three)) - 11 * one)
    assert kept_steps(oldest) == [0, 6, 8, 12, 18]
    assert [len(kept_steps(folder)) for folder in younger] == [19, 19]
    assert len(told) == 1
    opened = OpenedRun.read(oldest)
    assert [opened.snapshot(step).step for step in opened.snapshots] == list(opened.snapshots)
    assert len(numbers_in(oldest)[0]) == 18


def test_thinning_takes_every_other_one_so_that_the_whole_stays_covered(three: list[Path]) -> None:
    one = (three[0] / file_name(3)).stat().st_size
    library.keep_within(three[0].parent, sum(sizes(three)) - 7 * one)
    kept = kept_steps(three[0])
    assert len(kept) <= 12
    assert max(later - step for step, later in pairwise(kept)) <= 3


def test_what_cannot_be_reached_is_said_and_spared_runs_are_left_alone(three: list[Path]) -> None:
    before = sizes(three)
    told = library.keep_within(three[0].parent, 1000, spared=(three[1],))
    assert len(told) == 3
    assert "more than the" in str(told[-1])
    assert library.size_of(three[1]) == before[1]
    for folder in (three[0], three[2]):
        assert kept_steps(folder) == [0, 6, 12, 18]


def test_a_run_being_trained_is_not_thinned(three: list[Path]) -> None:
    recording = resume_run(three[0], DATA, epochs=4)
    before = library.size_of(three[0])
    library.keep_within(three[0].parent, 1000)
    assert library.size_of(three[0]) == before
    recording.let_go()


def test_a_copy_is_called_by_its_folder_and_a_renamed_run_is_found_by_what_it_was(three: list[Path]) -> None:
    copy = shutil.copytree(three[0], three[0].with_name("a copy"))
    runs = {run.title: run for run in library.list_runs(copy.parent)}
    assert set(runs) == {"run1", "run2", "run3", "a copy"}
    assert [title for title, run in runs.items() if run.is_copy] == ["a copy"]
    assert library.find_run(copy.parent, "a copy") == copy
    assert library.find_run(copy.parent, "run1") == three[0]
    three[0].rename(three[0].with_name("another name"))
    shutil.rmtree(copy)
    assert library.find_run(copy.parent, "run1") == three[0].with_name("another name")
    assert any("it was run1" in line for line in description(library.summary_of(three[0].with_name("another name"))))


def test_a_run_is_found_by_the_first_characters_of_its_name(three: list[Path]) -> None:
    write_notes(three[1], Notes('it\'s a "slow" one'))
    write_notes(three[2], Notes("it is fast"))
    assert library.find_run(three[0].parent, "it's") == three[1]
    with pytest.raises(
        UserError, match=f"2 runs are called it: name the folder of one, {three[1].name}, {three[2].name}"
    ):
        library.find_run(three[0].parent, "it")


# deleting


def test_a_run_is_found_by_its_name_from_a_terminal_of_another_encoding(three: list[Path]) -> None:
    write_notes(three[1], Notes("나의 run"))
    typed = "나의 run".encode().decode("ascii", "surrogateescape")  # as Python reads it in a session of ASCII
    assert library.find_run(three[0].parent, typed) == three[1]


def test_a_deleted_run_comes_back_as_it_was(three: list[Path]) -> None:
    folder = three[1]
    add_mark(folder, Mark(4, "x"))
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    put_away = library.delete(folder)
    assert not folder.exists()
    assert len(library.list_runs(folder.parent)) == 2
    library.sweep(folder.parent)  # not yet old
    assert library.restore(put_away) == folder
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with pytest.raises(UserError, match="could not be brought back"):
        library.restore(put_away)


def test_a_deleted_run_outlasts_another_of_its_name(three: list[Path]) -> None:
    first = library.delete(three[0])
    shutil.copytree(three[1], three[0])
    second = library.delete(three[0])
    assert library.restore(second) != library.restore(first)
    assert first.parent.is_dir()
    assert not library.deleted_runs(three[0].parent)


def test_a_run_does_not_come_back_over_another(three: list[Path]) -> None:
    put_away = library.delete(three[0])
    shutil.copytree(three[1], three[0])
    with pytest.raises(UserError, match="a run of that name exists"):
        library.restore(put_away)


def test_a_run_being_trained_is_not_deleted(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    with pytest.raises(UserError, match="is currently being trained"):
        library.delete(recording.folder)
    recording.let_go()
    library.delete(recording.folder)


def test_the_program_sweeps_what_is_a_week_old(three: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    put_away = library.delete(three[0])
    half = three[0].parent / ".run9.abc.new"
    half.mkdir()
    library.sweep(three[0].parent)
    assert put_away.exists()
    assert half.exists()
    monkeypatch.setattr(library, "_KEPT_DELETED", -1.0)
    library.sweep(three[0].parent)
    assert not put_away.exists()
    assert not half.exists()
    assert len(library.list_runs(three[0].parent)) == 2


# what others wrote


def changed(folder: Path, **changes: object) -> None:
    document = json.loads((folder / "run.json").read_text())
    document.pop("check")
    (folder / "run.json").write_text(json.dumps(document | changes))


def test_a_run_of_a_newer_version_is_refused_in_a_sentence(three: list[Path]) -> None:
    changed(three[0], version=3)  # 2: with muted channels
    for attempt in (read_info, OpenedRun.read, library.summary_of, lambda folder: resume_run(folder, DATA, epochs=9)):
        with pytest.raises(UserError, match="newer version of this program"):
            attempt(three[0])
    assert len(library.list_runs(three[0].parent)) == 2


RECIPE = {"model": "lenet", "input_shape": [1, 28, 28], "classes": ["a"], "mean": [0.5], "std": [0.5], "dataset": ""}
HOSTILE = {
    "no version": {"version": None},
    "id with a path": {"id": "../../elsewhere"},
    "id hidden": {"id": ".trash"},
    "infinite": {"resumed": float("inf")},
    "not a number": {"density": float("nan")},
    "config a list": {"config": []},
    "config of other kinds": {"config": {"epochs": "many"}},
    "recipe missing": {"recipe": None},
    "shape": {"recipe": {"model": "lenet", "input_shape": [1, 2], "classes": [], "mean": [], "std": [], "dataset": ""}},
    "no classes": {"recipe": {**RECIPE, "classes": []}},
    "no mean": {"recipe": {**RECIPE, "mean": []}},
    "mean of three channels": {"recipe": {**RECIPE, "mean": [0.5, 0.5, 0.5]}},
    "infinite mean": {"recipe": {**RECIPE, "mean": [float("inf")]}},
    "no deviation": {"recipe": {**RECIPE, "std": []}},
    "deviation 0": {"recipe": {**RECIPE, "std": [0.0]}},
    "status": {"status": "sleeping"},
    "result": {"result": {"accuracy": "high"}},
    "result a number": {"result": 3},
    "parent": {"parent": {"run": "x"}},
    "changes": {"changes": [1]},
    "counts": {"counts": {"train": []}},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_description_gives_an_error_message(change: dict[str, Any], three: list[Path]) -> None:
    changed(three[0], **change)
    for attempt in (read_info, OpenedRun.read, library.summary_of, lambda folder: resume_run(folder, DATA, epochs=9)):
        with pytest.raises(UserError, match="is damaged"):
            attempt(three[0])
    assert len(library.list_runs(three[0].parent)) == 2
    assert library.keep_within(three[0].parent, 10**12) == []


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"[1]", b'{"format": "other"}', b"1" * 10_000, b"\0" * 100],
    ids=range(9),
)
def test_what_is_no_description_gives_an_error_message(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_bytes(text)
    (tmp_path / "notes.json").write_bytes(text)
    with pytest.raises(UserError):
        read_info(tmp_path)
    assert read_notes(tmp_path) == Notes()


def places(part: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document."""
    yield before
    few = 99 if len(before) < 2 else 2
    inner = (
        list(part.items())[:few] if isinstance(part, dict) else enumerate(part[:2]) if isinstance(part, list) else ()
    )
    for key, value in inner:
        yield from places(value, (*before, key))


NONSENSE = [
    None, True, -1, 10**400, 1e400, "", "\ud800", "9" * 5000, [], {"a": 1}
]  # fmt: skip


def test_a_description_with_any_value_replaced_gives_an_error_message_or_can_be_shown(three: list[Path]) -> None:
    """Whoever wrote it took care of the check: everything that a list or a page says of the run can be said."""
    folder = three[0]
    document = json.loads((folder / "run.json").read_text())
    del document["check"]
    document |= {"parent": {"run": "x", "step": 1}, "changes": [{"step": 1, "epochs": 2}], "code": {"a": "b"}}
    for way in list(places(document))[1:]:
        *outer, last = way
        for value in NONSENSE:
            changed = copy.deepcopy(document)
            part = changed
            for key in outer:
                part = part[key]
            part[last] = value
            (folder / "run.json").write_text(json.dumps(changed))
            with suppress(UserError):
                run = library.summary_of(folder)
                json.loads(json_text(facts(run)), parse_constant=pytest.fail)
                assert all(isinstance(line, str) for line in [*description(run), *row(run)])
    assert len(library.list_runs(folder.parent)) in (2, 3)


def test_a_description_with_any_byte_damaged_gives_an_error_message_or_the_right_result(three: list[Path]) -> None:
    folder = three[0]
    right: RunInfo = read_info(folder)
    data = bytearray((folder / "run.json").read_bytes())
    for place in range(0, len(data), 3):
        flip = (1, 2, 0x20, 0x80)[place % 4]
        data[place] ^= flip
        (folder / "run.json").write_bytes(data)
        with suppress(UserError):
            assert read_info(folder) == right, bytes(data[place - 20 : place + 20])
        data[place] ^= flip
    for length in range(0, len(data) - 2, 9):
        (folder / "run.json").write_bytes(data[:length])
        with pytest.raises(UserError):
            read_info(folder)


def test_every_file_of_a_run_cut_or_damaged_gives_an_error_message_or_the_right_result(
    original: Path, tmp_path: Path
) -> None:
    """Opened, looked at and gone on with: never wrong numbers, never a traceback."""
    opened = OpenedRun.read(original)
    steps, epochs = numbers_in(original)
    files = [path.relative_to(original) for path in original.rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) > 25
    folder = tmp_path / "run"
    shutil.copytree(original, folder)
    for number, name in enumerate(files):
        data = (original / name).read_bytes()
        place = (number * 7919) % len(data)
        for harmed in (b"", data[:place], data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :]):
            for path in files[:9] if name.parts[0] != "moments" else [name]:
                shutil.copyfile(original / path, folder / path)
            (folder / name).write_bytes(harmed)
            try:
                now = OpenedRun.read(folder)
                assert now.log.step_rows()[:, :-1].tolist() == steps.tolist(), name
                assert now.log.epoch_rows()[:, :-1].tolist() == epochs.tolist(), name
                assert now.checkpoint().step == 18
                if name.parts[0] == "moments":
                    assert now.snapshot(int(name.stem)).step == int(name.stem)
            except UserError as error:
                assert "damaged" in str(error) or "not a run" in str(error), name
        shutil.copyfile(original / name, folder / name)
    assert OpenedRun.read(folder).snapshots == opened.snapshots
