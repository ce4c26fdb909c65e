"""The order of runs is that of instants, wherever and in whatever form they were noted down."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cnnviewer.core.runs.format.created import is_today, local, now, order
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.read import library
from tests.core.runs.test_sweep import BASE, RECIPE


@pytest.fixture(params=["UTC", "Asia/Seoul", "America/St_Johns"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where this machine is."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")
    with monkeypatch.context() as moved:
        moved.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def info(created: str, name: str = "run") -> RunInfo:
    return RunInfo(name, created, BASE, RECIPE)


IN_ORDER = [
    ("no time at all", "the first there is"),
    ("2026-10-25T09:29:00+09:00", "in Seoul; the day before in St John's"),
    ("2026-10-25T02:30:00+02:00", "in Berlin, summer"),
    ("2026-10-25T02:15:00+01:00", "in Berlin, the same hour once more"),
    ("2026-10-25T02:15:00.250+01:00", "a moment later"),
    ("2026-10-25T01:16:00+00:00", "a minute later in London"),
]


@pytest.mark.usefixtures("zone")
def test_runs_are_in_the_order_of_their_instants_in_every_zone() -> None:
    infos = [info(created) for created, _ in IN_ORDER]
    listed = infos[::-1]
    assert sorted(listed, key=order) == infos


@pytest.mark.usefixtures("zone")
def test_a_time_without_an_offset_is_one_of_this_machine() -> None:
    begun = now()
    assert begun[-6] in "+-"
    bare = begun[:-6]
    assert order(info(bare))[0] == order(info(begun))[0]
    assert local(bare) == local(begun) == bare[:19].replace("T", " ")
    assert is_today(begun)
    assert not is_today("2001-01-01T00:00:00+00:00")


def test_runs_of_one_instant_are_in_the_order_of_their_numbers() -> None:
    names = ["x_lenet", "x_lenet_2", "x_lenet_10"]
    infos = [info("2026-10-25T02:30:00+02:00", name) for name in names]
    listed = infos[::-1]
    assert sorted(listed, key=order) == infos


@pytest.mark.parametrize("created", ["", "yesterday", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "1"])
def test_what_is_no_time_is_shown_as_it_is_and_ends_nothing(created: str) -> None:
    assert local(created)[:4] == created[:4]
    order(info(created))


def test_a_time_is_shown_as_this_machine_has_it(zone: str) -> None:
    shown = {
        "UTC": "2026-01-02 03:04:05",
        "Asia/Seoul": "2026-01-02 12:04:05",
        "America/St_Johns": "2026-01-01 23:34:05",
    }
    assert local("2026-01-02T12:04:05+09:00") == shown[zone]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A run begun in Seoul, then one in UTC, whose clock shows an earlier hour; their files as they were."""
    folders = []
    for name, created in (
        ("2026-11-29_18-00-00_a", "2026-11-29T18:00:00+09:00"),
        ("2026-11-29_10-00-00_b", "2026-11-29T10:00:00+00:00"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "run.json").write_bytes(info(created, name).to_json())
        folders.append(folder)
    return folders[0], folders[1]


@pytest.mark.usefixtures("zone")
def test_the_last_run_is_the_one_begun_last(two: tuple[Path, Path], tmp_path: Path) -> None:
    before = [(folder / "run.json").read_bytes() for folder in two]
    assert library.find_run(tmp_path, "last") == two[1]
    newest = library.newest(tmp_path)
    assert newest is not None
    assert newest.folder == two[1]
    assert [run.folder for run in library.list_runs(tmp_path)] == [two[1], two[0]]
    assert [(folder / "run.json").read_bytes() for folder in two] == before


def test_the_oldest_run_by_instant_is_thinned_first(two: tuple[Path, Path], tmp_path: Path) -> None:
    for folder in two:
        (folder / "moments").mkdir()
        for step in range(6):
            (folder / "moments" / f"{step:09d}.safetensors").write_bytes(bytes(1000))
    total = sum(library.size_of(folder) for folder in two)
    library.keep_within(tmp_path, total - 1500)
    assert [len(list((folder / "moments").iterdir())) for folder in two] == [4, 6]


@pytest.mark.parametrize("name", ["a copy", "zz_a_copy_with_a_long_name_of_its_own"])
def test_a_copy_is_not_taken_for_the_last_run(name: str, two: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(two[1], tmp_path / name)
    assert library.find_run(tmp_path, "last") == two[1]
