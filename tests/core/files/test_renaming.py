"""Files get their place also where Windows has the old one open briefly, and the permissions of any new file."""

import ast
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.files import renaming
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.runs.read.library import delete
from cnnviewer.core.runs.record.run_folder import make_folder
from cnnviewer.core.runs.record.run_store import FolderStore
from cnnviewer.core.training.metric_log import MetricLog

ROOT = Path(__file__).resolve().parents[3] / "cnnviewer"


class SharingViolationError(PermissionError):
    """What Windows raises while another program has a file open."""

    winerror = 32


@pytest.fixture
def opened_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`opened_elsewhere(3)`: the next three attempts to rename fail."""
    monkeypatch.setattr(renaming, "_WAITS", (0.0,) * 7)

    def hold(attempts: int) -> None:
        left = attempts

        def held(move: Callable[..., None]) -> Callable[..., None]:
            def attempt(source: object, target: object) -> None:
                nonlocal left
                left -= 1
                if left >= 0:
                    raise SharingViolationError(13, "The process cannot access the file")
                move(source, target)

            return attempt

        monkeypatch.setattr(os, "replace", held(os.replace))
        monkeypatch.setattr(os, "rename", held(os.rename))

    return hold


def test_a_file_that_is_open_briefly_is_replaced_after_that(
    opened_elsewhere: Callable[[int], None], tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    opened_elsewhere(3)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("durable", [True, False], ids=["atomically", "quickly"])
def test_a_file_that_stays_open_gives_an_error_message_and_the_old_file_stays(
    durable: bool, opened_elsewhere: Callable[[int], None], tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    opened_elsewhere(1000)
    with pytest.raises(UserError, match=r"^table\.csv is open in another program, or write-protected: close it there"):
        FolderStore(tmp_path).write("table.csv", b"new", durable)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_a_run_with_a_file_that_stays_open_is_not_deleted(
    opened_elsewhere: Callable[[int], None], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    run.mkdir()
    opened_elsewhere(1000)
    with pytest.raises(UserError, match=r"^run is open in another program"):
        delete(run)
    assert run.is_dir()


def test_an_error_that_is_not_windows_own_comes_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("nothing is waited for"))
    with pytest.raises(FileNotFoundError):
        renaming.replace_file(tmp_path / "none", tmp_path / "target")


def renames(node: ast.AST) -> bool:
    """`os.replace(…)`, `os.rename(…)`, `shutil.move(…)`, `path.rename(…)` or `path.replace(target)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    of_os = isinstance(node.func.value, ast.Name) and node.func.value.id in ("os", "shutil")
    name = f"{ast.unparse(node.func.value)}.{node.func.attr}" if of_os else node.func.attr
    replaces = name == "replace" and len(node.args) == 1 and not node.keywords  # a text's takes two
    return replaces or name in ("os.replace", "os.rename", "os.renames", "shutil.move", "rename")


def test_files_are_renamed_in_one_module_only() -> None:
    renaming_files = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "ui" not in path.relative_to(ROOT).parts
        and any(map(renames, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert renaming_files <= {"core/files/renaming.py"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permissions of this kind")
@pytest.mark.parametrize("umask", [0o022, 0o027])
def test_permissions_are_those_of_any_new_file_though_nobody_asks_for_the_umask(
    umask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(umask)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(os, "umask", lambda _: pytest.fail("the umask of every thread would change"))
            write_atomically(tmp_path / "new.csv", b"new")
            folder, *_ = make_folder(tmp_path, "run", MetricLog(), {})
            (tmp_path / "private.csv").write_bytes(b"old")
            (tmp_path / "private.csv").chmod(0o600)
            write_atomically(tmp_path / "private.csv", b"new")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new.csv", folder, tmp_path / "private.csv")]
    assert modes == [0o666 & ~umask, 0o777 & ~umask, 0o600]
