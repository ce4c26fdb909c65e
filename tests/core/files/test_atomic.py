"""What is said of a file that could not be written."""

import errno
from pathlib import Path

import pytest

from cnnviewer.core.files.atomic import why_not_written


@pytest.mark.parametrize("old", [False, True], ids=["a new file", "an old file"])
def test_a_full_disk_leaves_an_old_file_where_there_was_one(old: bool, tmp_path: Path) -> None:
    target = tmp_path / "numbers.csv"
    if old:
        target.write_text("1")
    said = str(why_not_written(OSError(errno.ENOSPC, "full"), target))
    assert said.startswith("numbers.csv was not written: the disk is full.")
    assert ("The old file is unchanged." in said) == old
