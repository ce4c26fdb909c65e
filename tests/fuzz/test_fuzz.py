"""Two thousand changed files of every kind are each read or refused in one sentence."""

import json
import os
import subprocess
import sys

import pytest

from tests.fuzz.readers import READERS

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("CNNVIEWER_FUZZ_FILES", "2000"))


@pytest.fixture(scope="module")
def findings() -> dict[str, list[str]]:
    """What must not be, by kind; found in a process of its own, which may be forked."""
    if sys.platform != "linux":
        pytest.skip("files are read by forked processes whose memory is limited")
    command = [sys.executable, "-m", "tests.fuzz", "--count", str(COUNT), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-3000:]
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", READERS)
def test_a_changed_file_is_read_whole_or_refused_in_one_sentence(kind: str, findings: dict[str, list[str]]) -> None:
    assert findings[kind] == []
