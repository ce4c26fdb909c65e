"""What is proposed where a layer cannot be as it is: the smallest change, and always one that helps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviewer.core.models.design import NUMBERS, Design, Kind, LayerSpec, parse
from cnnviewer.core.models.design_check import check, require
from cnnviewer.core.models.design_fix import Fix, fixes

DIGITS = (1, 28, 28)


def said(fix: Fix) -> str:
    return f"{fix.number}{' <=' if fix.is_most else ''} {fix.value}" if fix.number is not None else fix.change


@pytest.mark.parametrize(
    ("text", "image", "first"),
    [
        ("maxpool 40, flatten, linear classes", DIGITS, ["kernel <= 28", "padding 6", "remove"]),
        ("conv 4 k30, flatten, linear classes", DIGITS, ["kernel <= 28", "padding 1", "remove"]),
        ("conv 6 k5, maxpool 2, conv 16 k13, maxpool 2, flatten, linear classes", DIGITS, ["kernel <= 11"]),
        ("conv 4 k5 d8, flatten, linear classes", DIGITS, ["kernel <= 4", "padding 3", "dilation <= 6"]),
        ("maxpool 2 p2, flatten, linear classes", DIGITS, ["kernel 4", "padding <= 1", "remove"]),
        ("conv 6 k3, conv 9 k3 g4, flatten, linear classes", DIGITS, ["groups 3", "remove"]),
        ("conv 8 k3, conv 6 k3 g4, flatten, linear classes", DIGITS, ["groups 2", "out 4", "remove"]),
        ("relu, linear classes", DIGITS, ["flatten"]),
        ("flatten, conv 4 k3, linear classes", DIGITS, ["move", "remove"]),
        ("flatten, flatten, linear classes", DIGITS, ["remove"]),
        ("conv 4 k3, relu", DIGITS, ["classes"]),
        ("flatten, linear 7", DIGITS, ["out 0", "classes"]),
        ("flatten", DIGITS, ["classes"]),
        ("flatten, linear 16384, linear classes", (3, 64, 64), ["out <= 4000", "remove"]),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_the_nearest_number_or_the_one_missing_layer_is_proposed(
    text: str, image: tuple[int, int, int], first: list[str]
) -> None:
    proposed = [said(fix) for fix in fixes(parse(text), image, 10)]
    assert proposed[: len(first)] == first


def test_a_number_that_is_less_for_the_sake_of_a_layer_behind_names_it() -> None:
    design = parse("conv 6 k5, maxpool 2, conv 16 k13, maxpool 2, flatten, linear classes")
    assert [fix.for_layer for fix in fixes(design, DIGITS, 10)][:1] == ["pool2"]
    assert fixes(parse("conv 4 k30, flatten, linear classes"), DIGITS, 10)[0].for_layer == ""


def test_nothing_is_proposed_where_nothing_is_wrong() -> None:
    assert fixes(parse("conv 4 k3, flatten, linear classes"), DIGITS, 10) == ()
    assert fixes(Design(), DIGITS, 10) == ()


def test_a_pool_too_many_goes_or_gets_a_border() -> None:
    deep = parse("conv 8 k3, relu, maxpool 2, maxpool 2, maxpool 2, maxpool 2, maxpool 2, flatten, linear classes")
    assert [said(fix) for fix in fixes(deep, DIGITS, 10)] == ["kernel <= 1", "padding 1", "remove"]


@st.composite
def layers(draw: st.DrawFn) -> LayerSpec:
    kind: Kind = draw(st.sampled_from(tuple(NUMBERS)))
    small = {
        "out": st.integers(0, 40),
        "kernel": st.integers(1, 12),
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 6),
        "dilation": st.integers(1, 5),
        "groups": st.integers(1, 6),
        "p": st.just(0.5),
    }
    return LayerSpec(kind, **{number: draw(small[number]) for number in NUMBERS[kind]})


@given(
    st.lists(layers(), min_size=1, max_size=8).map(lambda made: Design(tuple(made))),
    st.tuples(st.integers(1, 4), st.integers(1, 20), st.integers(1, 20)),
    st.integers(2, 12),
)
@settings(max_examples=150)
def test_with_every_proposal_the_layer_fits_and_taking_the_first_each_time_ends_in_a_design_that_can_be_built(
    design: Design, image: tuple[int, int, int], classes: int
) -> None:
    for _ in range(4 * len(design.layers) + 4):
        rows = check(design, image, classes)
        place = next((place for place, row in enumerate(rows) if row.error is not None), None)
        proposed = fixes(design, image, classes)
        assert bool(proposed) == (place is not None)
        if not proposed:
            break
        assert place is not None
        for fix in proposed:
            if fix.change == "number":
                assert check(fix.design, image, classes)[place].shape is not None
            if fix.change != "move":
                assert fix.design.layers[:place] == design.layers[:place]
        design = proposed[0].design
    if design.layers:
        require(design, image, classes)
