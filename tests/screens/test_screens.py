"""The main workspaces and states look as the design says: `python -m tests.screens` looks at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.known import unknown
from tests.screens.states import STATES
from tests.screens.tour import table, tour
from tests.screens.visitor import Visitor, fonts_missing


@pytest.fixture
def visitor(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Iterator[Visitor]:
    missing = fonts_missing()
    if missing:
        pytest.skip(f"texts are measured in fonts that this machine has not: {', '.join(missing)}")
    made = Visitor(tmp_path, *request.param)
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("visitor", "size"),
    [(("light", "en"), (1366, 768)), (("dark", "ko"), (1440, 900))],
    ids=["English, light, 1366x768", "Korean, dark, 1440x900"],
    indirect=["visitor"],
)
def test_nothing_is_cut_hidden_faint_or_small_and_no_stage_is_crowded(visitor: Visitor, size: tuple[int, int]):
    wrong = []
    for seen in tour(visitor, (size,), [state for state in STATES if state.main]):
        left = unknown(seen.findings)
        if left:
            wrong.append(f"{seen.name}\n{table(left)}")
    assert not wrong, "\n".join(["see `python -m tests.screens --quick --out FOLDER`", *wrong])
