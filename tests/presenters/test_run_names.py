"""A run without a name of its own is named by what sets it apart from the other runs of the list."""

from dataclasses import replace
from pathlib import Path

import pytest

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.info import Parent, RunInfo, Start
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.format.stated_names import NAMES_FILE, add_stated_names, read_stated_names
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.run_names import Described, Given, give_names, names, short_names, telling_names, whole_name

BASE = TrainConfig(model="lenet", dataset="mnist", epochs=2)
RECIPE = ModelRecipe("lenet", (1, 28, 28), ("a", "b"), (0.0,), (1.0,))


def run(ident: str = "run", name: str = "", created: str = "2026-11-25 10:20:30", **changes: object) -> Described:
    facts = {key: changes.pop(key) for key in ("parent", "start") if key in changes}
    return RunInfo(ident, created, replace(BASE, **changes), RECIPE, **facts), Notes(name)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        pytest.param([run("a")], ("LeNet on MNIST",), id="alone"),
        pytest.param(
            [run("a"), run("b", learning_rate=0.05)],
            ("LeNet on MNIST · rate 0.01", "LeNet on MNIST · rate 0.05"),
            id="by the one setting that differs",
        ),
        pytest.param(
            [run("a"), run("b", seed=2, epochs=10), run("c", epochs=1)],
            (
                "LeNet on MNIST · 2 epochs",
                "LeNet on MNIST · 10 epochs",
                "LeNet on MNIST · 1 epoch",
            ),
            id="by as little as tells it apart",
        ),
        pytest.param(
            [run("a"), run("b", dataset="cifar10", model="simplecnn", learning_rate=0.05)],
            ("LeNet on MNIST", "SimpleCNN on CIFAR-10"),
            id="by data and model where these differ",
        ),
        pytest.param(
            [run("a"), run("b", "mine", learning_rate=0.05)],
            ("LeNet on MNIST", "mine"),
            id="a run that the user named does not count",
        ),
        pytest.param(
            [run("a"), run("b", parent=Parent("a", 1087))],
            ("LeNet on MNIST", "LeNet on MNIST · from step 1,087"),
            id="a branch",
        ),
        pytest.param(
            [run("a"), run("b", created="2026-11-25 11:00:00")],
            ("LeNet on MNIST · 10:20", "LeNet on MNIST · 11:00"),
            id="by the time of day where nothing differs",
        ),
        pytest.param(
            [run("a"), run("b", created="2026-11-25 10:20:31"), run("c", created="2026-11-26 10:20:31")],
            (
                "LeNet on MNIST · 2026-11-25 10:20:30",
                "LeNet on MNIST · 2026-11-25 10:20:31",
                "LeNet on MNIST · 2026-11-26",
            ),
            id="by the date where it differs",
        ),
        pytest.param(
            [run("a"), run("b", start=Start("rate 0.05", 1066, ""), freeze="conv1,conv2")],
            ("LeNet on MNIST", "LeNet on MNIST · conv1, conv2 frozen, from rate 0.05 at step 1,066"),
            id="by the weights it began with, and what is frozen",
        ),
        pytest.param(
            [
                run("a"),
                run("b", learning_rate=0.05),
                run("c", seed=2, batch_size=64, momentum=0.9),
                run("d", seed=3, batch_size=64, momentum=0.9),
            ],
            (
                "LeNet on MNIST · rate 0.01, batch 32",
                "LeNet on MNIST · rate 0.05",
                "LeNet on MNIST · seed 2",
                "LeNet on MNIST · seed 3",
            ),
            id="of many differences by those that set it apart",
        ),
        pytest.param(
            [run("a", dataset="folder:/one/cats"), run("b", dataset="folder:/two/cats")],
            ("LeNet on cats · /one/cats", "LeNet on cats · /two/cats"),
            id="by where data of one name lie",
        ),
    ],
)
def test_names_say_what_differs(runs: list[Described], expected: tuple[str, ...]) -> None:
    assert names(runs) == expected
    for (info, notes), name in zip(runs, expected, strict=True):
        assert whole_name(info, notes, runs) == name
        assert whole_name(info, notes, [each for each in runs if each[0].id != info.id]) == name


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        pytest.param([run("a"), run("b", learning_rate=0.05)], ("rate 0.01", "rate 0.05"), id="of one model"),
        pytest.param(
            [run("a"), run("b", learning_rate=0.05), run("c", model="simplecnn", dataset="cifar10"), run("d", "mine")],
            ("rate 0.01 · LeNet on MNIST", "rate 0.05 · LeNet on MNIST", "SimpleCNN on CIFAR-10", "mine"),
            id="of several models",
        ),
        pytest.param([run("a")], ("LeNet on MNIST",), id="alone"),
    ],
)
def test_where_names_are_cut_what_differs_stands_first(runs: list[Described], expected: tuple[str, ...]) -> None:
    assert telling_names(runs) == expected


def test_a_name_once_given_stays_when_runs_come_and_go_and_a_later_one_differs() -> None:
    first, second, third = run("a"), run("b", learning_rate=0.05), run("c", seed=2)
    again = run("d", learning_rate=0.05, created="2026-11-26 10:00:00")
    given = Given()
    give_names([first], given)
    assert names([first], given) == ("LeNet on MNIST",)
    listed = [first, second]
    give_names(listed, given)
    known = ("LeNet on MNIST", "LeNet on MNIST · rate 0.05")
    assert names(listed, given) == known
    listed = [first, second, third, again]
    give_names(listed, given)
    known = (*known, "LeNet on MNIST · seed 2", "LeNet on MNIST · rate 0.05 · 2026-11-26")
    assert names(listed, given) == known
    assert len(set(known)) == 4
    for gone in range(4):
        left = [run for place, run in enumerate(listed) if place != gone]
        give_names(left, given)
        assert names(left, given) == tuple(name for place, name in enumerate(known) if place != gone)
        assert whole_name(*listed[gone], left, given) == known[gone]
    same = run("e", learning_rate=0.05, created="2026-11-27 10:00:00")
    give_names([second, same], given)
    assert len({*known, *names([second, same], given)}) == 5, "it differs from those that may come back, too"


def test_names_that_were_written_down_stay_in_the_next_window_when_runs_are_gone_or_resumed(tmp_path: Path) -> None:
    first, second, third = run("a"), run("b", learning_rate=0.05), run("c", created="2026-11-25 11:00:00")
    given = Given()
    give_names([first, second, third], given)
    known = names([first, second, third], given)
    assert known == (
        "LeNet on MNIST · rate 0.01 · 10:20",
        "LeNet on MNIST · rate 0.05",
        "LeNet on MNIST · rate 0.01 · 11:00",
    )
    add_stated_names(tmp_path, given.beside({}), set(given))
    written = read_stated_names(tmp_path)
    assert given.beside(written) == {}
    for left in ([first, second], [second], [third]):
        later = Given()
        later.recall(left, written)
        give_names(left, later)
        assert names(left, later) == tuple(known[[first, second, third].index(each)] for each in left)


def test_a_run_that_was_resumed_to_the_epochs_of_another_is_told_from_it() -> None:
    first, second = run("a"), run("b", epochs=5, created="2026-11-25 11:00:00")
    given = Given()
    give_names([first, second], given)
    assert names([first, second], given)[0] == "LeNet on MNIST · 2 epochs"
    longer = run("a", epochs=5)
    assert names([longer, second], given) == ("LeNet on MNIST · 5 epochs", "LeNet on MNIST · 5 epochs · 11:00")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"settings": 3, "time": ""}}', "\xff"])
def test_a_damaged_file_of_names_gives_none(text: str, tmp_path: Path) -> None:
    (tmp_path / NAMES_FILE).write_text(text, encoding="latin-1")
    assert read_stated_names(tmp_path) == {}


def test_what_a_later_version_writes_of_a_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / NAMES_FILE).write_text('{"a": {"settings": ["new", "seed"], "time": "century"}}', encoding="utf-8")
    given = Given()
    given.recall([run("a")], read_stated_names(tmp_path))
    assert names([run("a")], given) == ("LeNet on MNIST · seed 1",)


def test_compared_runs_leave_out_what_is_the_same_of_all() -> None:
    listed = [run("a"), run("b", learning_rate=0.05), run("c", seed=2)]
    assert short_names(listed[:2], listed) == ("rate 0.01, seed 1", "rate 0.05")
    assert short_names([], listed) == ()
    branched = [run("a"), run("e", parent=Parent("a", 1087))]
    assert short_names(branched, branched) == ("LeNet on MNIST", "from step 1,087")
    other = run("d", model="simplecnn", dataset="cifar10")
    assert short_names([listed[0], other], listed) == ("LeNet on MNIST · rate 0.01, seed 1", "SimpleCNN on CIFAR-10")


def test_one_run_compared_at_two_steps_has_one_name() -> None:
    assert short_names([run("a"), run("a")]) == ("LeNet on MNIST", "LeNet on MNIST")


def test_two_runs_that_the_user_named_alike_are_told_apart_by_their_time() -> None:
    found = short_names([run("a", "mine"), run("b", "mine", created="2026-11-25 11:00:00")])
    assert found == ("mine · 10:20", "mine · 11:00")


def test_the_first_run_of_a_sweep_is_told_from_those_that_are_to_come() -> None:
    given = Given()
    given.planned = tuple(replace(BASE, learning_rate=rate) for rate in (0.001, 0.01))
    first, second = run("a", learning_rate=0.001), run("b")
    give_names([first], given)
    assert names([first], given) == ("LeNet on MNIST · rate 0.001",)
    assert names([first, second], given) == ("LeNet on MNIST · rate 0.001", "LeNet on MNIST · rate 0.01")
