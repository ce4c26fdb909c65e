"""The list of muted channels: what an action makes of it, undone and redone."""

from collections.abc import Callable

import pytest

from cnnviewer.core.inspection.mute_edits import (
    MuteEdit,
    MuteHistory,
    channel_of,
    fitting,
    in_force,
    number_of,
    place_of,
)
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.core.inspection.trace import outline
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS
from tests.small_data import GREY

FIRST, SECOND = MuteEdit("conv1", 3), MuteEdit("conv2", 7, "mean")


def history(*edits: MuteEdit) -> MuteHistory:
    made = MuteHistory()
    for edit in edits:
        made = made.muted(edit.layer, edit.channel, edit.how)
    return made


def test_channels_are_listed_in_the_order_in_which_they_were_muted() -> None:
    assert history(SECOND, FIRST).edits == (SECOND, FIRST)


def test_muting_a_channel_in_the_other_way_keeps_its_place() -> None:
    changed = history(FIRST, SECOND).muted("conv1", 3, "mean")
    assert changed.edits == (MuteEdit("conv1", 3, "mean"), SECOND)


def test_a_channel_that_is_off_stays_in_the_list_and_is_not_in_force() -> None:
    off = history(FIRST, SECOND).switched("conv1", 3, on=False)
    assert off.edits == (MuteEdit("conv1", 3, "zero", on=False), SECOND)
    assert in_force(off.edits) == (SECOND,)
    assert off.switched("conv1", 3, on=True).edits == (FIRST, SECOND)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda made: made.muted("fc1", 0, "zero"), id="mute"),
        pytest.param(lambda made: made.muted("conv1", 3, "mean"), id="in the other way"),
        pytest.param(lambda made: made.switched("conv2", 7, False), id="off"),
        pytest.param(lambda made: made.removed("conv1", 3), id="remove"),
        pytest.param(lambda made: made.cleared(), id="clear"),
    ],
)
def test_every_action_can_be_undone_and_redone(act: Callable[[MuteHistory], MuteHistory]) -> None:
    before = history(FIRST, SECOND)
    after = act(before)
    assert after.edits != before.edits
    assert after.undone().edits == before.edits
    assert after.undone().redone() == after


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda made: made.muted("conv1", 3, "zero"), id="muted so already"),
        pytest.param(lambda made: made.switched("fc1", 0, False), id="not in the list"),
        pytest.param(lambda made: made.removed("conv1", 4), id="another channel"),
        pytest.param(lambda made: made.redone(), id="nothing was undone"),
    ],
)
def test_an_action_that_changes_nothing_is_none_to_undo(act: Callable[[MuteHistory], MuteHistory]) -> None:
    before = history(FIRST)
    assert act(before) == before


def test_an_action_after_an_undo_forgets_what_was_undone() -> None:
    branched = history(FIRST, SECOND).undone().muted("fc1", 0, "zero")
    assert not branched.can_redo
    assert branched.undone().edits == (FIRST,)


def test_nothing_is_undone_before_the_first_action() -> None:
    assert MuteHistory().undone() == MuteHistory()


def test_only_mutes_of_channels_that_the_model_has_fit_it() -> None:
    architecture = outline(MODELS["lenet"].recipe_for(GREY))
    there = Mute("conv1", 9)
    mutes = (there, Mute("conv1", 10), Mute("conv9", 0), Mute("probabilities", 0), Mute("input", 0))
    assert fitting(mutes, architecture) == (there,)


TOKENS = Architecture(
    "",
    (
        LayerInfo("input", "input", "", (), (1, 8, 8)),
        LayerInfo("patches", "conv2d", "", ("input",), (6, 4, 4), rank=4),
        LayerInfo("flatten", "flatten", "", ("patches",), (1, 6, 16), rank=3),
        LayerInfo("transpose", "transpose", "", ("flatten",), (1, 16, 6), rank=3),
        LayerInfo("linear", "linear", "", ("transpose",), (1, 16, 5), rank=3),
        LayerInfo("head", "linear", "", ("linear",), (3,), rank=2),
        LayerInfo("probabilities", "softmax", "", ("head",), (3,)),
    ),
)


@pytest.mark.parametrize(
    ("cell", "channel"),
    [
        pytest.param(Cell("patches", 3, 1, 2), 3, id="a pixel of a map"),
        pytest.param(Cell("patches", 3), 3, id="a map"),
        pytest.param(Cell("head", 2), 2, id="a value of a vector"),
        pytest.param(Cell("linear", 0, 7, 4), 4, id="a number of a token"),
        pytest.param(Cell("linear", 0), None, id="all tokens"),
        pytest.param(Cell("patches"), None, id="a whole layer"),
        pytest.param(Cell("transpose", 0, 1, 2), None, id="what was only moved"),
        pytest.param(Cell("input", 0, 1, 2), None, id="the image"),
        pytest.param(Cell("probabilities", 0), None, id="a probability"),
        pytest.param(Cell("other", 0), None, id="another model's"),
    ],
)
def test_a_place_in_the_network_is_of_a_channel(cell: Cell, channel: int | None) -> None:
    assert channel_of(cell, TOKENS) == channel
    if channel is not None:
        assert channel_of(place_of(cell.layer, channel, TOKENS), TOKENS) == channel
        assert channel_of(number_of(cell.layer, channel, TOKENS), TOKENS) == channel


def test_a_channel_of_tokens_is_a_column_and_its_first_number_stands_for_it() -> None:
    assert place_of("linear", 4, TOKENS) == Cell("linear", None, None, 4)
    assert number_of("linear", 4, TOKENS) == Cell("linear", 0, 0, 4)
    assert number_of("patches", 4, TOKENS) == Cell("patches", 4)
