"""Snapshots lie densely at the start and thinner later, about as many as wanted."""

from itertools import pairwise
from pathlib import Path

import pytest

from cnnviewer.core.runs.format.snapshot_steps import (
    FOLDER,
    count_of,
    density_for,
    file_name,
    is_snapshot_step,
    kept_steps,
    next_snapshot,
    snapshot_step_from,
    snapshots_to_keep,
)


def sequence(density: int, total: int) -> list[int]:
    steps = [0]
    while steps[-1] <= total:
        steps.append(next_snapshot(steps[-1], density))
    return steps[:-1]


@pytest.mark.parametrize("total", [50, 1_688, 16_880, 1_000_000])
@pytest.mark.parametrize("wanted", [12, 100, 600])
def test_about_as_many_are_kept_as_are_wanted(total: int, wanted: int) -> None:
    density = density_for(wanted, total)
    steps = sequence(density, total)
    assert count_of(density, total) == len(steps)
    assert min(wanted, total + 1) <= len(steps) <= 1.15 * wanted + 12
    gaps = [later - step for step, later in pairwise(steps)]
    assert gaps == sorted(gaps)  # denser at the start
    assert gaps[0] == 1


def test_lenet_keeps_at_least_500_and_simplecnn_at_least_100_within_300_mb() -> None:
    lenet, simplecnn = 4 * 44_426, 4 * 2_168_362
    assert count_of(density_for(snapshots_to_keep(lenet), 16_880), 16_880) >= 500
    wanted = snapshots_to_keep(simplecnn)
    kept = count_of(density_for(wanted, 7_040), 7_040)
    assert kept >= 100
    assert kept * (simplecnn / 4 + 2**17) <= 300e6


def test_a_step_is_found_in_the_sequence_without_making_it_up_to_there() -> None:
    steps = sequence(7, 5_000)
    for step in range(0, 5_000, 3):
        assert snapshot_step_from(step, 7) == min(
            each for each in [*steps, next_snapshot(steps[-1], 7)] if each >= step
        )
        assert is_snapshot_step(step, 7) == (step in steps)
    assert is_snapshot_step(snapshot_step_from(10**9, 3), 3)


def test_other_files_among_the_snapshots_are_no_snapshots(tmp_path: Path) -> None:
    assert kept_steps(tmp_path) == []
    (tmp_path / FOLDER).mkdir()
    for step in (12, 3, 1_234_567_890):
        (tmp_path / file_name(step)).touch()
    for name in (
        ".000000004.safetensors.x.part",
        "²²²²²²²²².safetensors",
        "1.safetensors",
        "000000005.txt",
        "000000006.safetensors.bak",
    ):
        (tmp_path / FOLDER / name).touch()
    assert kept_steps(tmp_path) == [3, 12, 1_234_567_890]
