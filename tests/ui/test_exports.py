"""Exported pictures are rendered again and hold what they must: axes, curves, maps, text, all of it, at the right size."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.images.pixel_areas import components
from cnnviewer.core.inspection.records import Kernels
from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.compare.page import ComparePage
from cnnviewer.ui.compare.run_style import colour
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.palettes import colourise, value_range
from cnnviewer.ui.widgets.theme import DARK, LIGHT, Tokens
from tests.small_data import COLOUR, GREY
from tests.ui.compare.test_compare_page import column, log_of
from tests.ui.explore.network.test_network_view import looked
from tests.ui.exported import coarse, edges, near, painted, size_of, words_in

CAPTION = {"en": "LeNet · MNIST · step 500 · seed 1", "ko": "LeNet · MNIST · 스텝 500 · 시드 1"}
WORDS = {
    "en": (
        "training, each step",
        "training, smoothed",
        "training, epoch",
        "validation",
        "loss",
        "accuracy (%)",
        "step",
    ),
    "ko": ("학습, 스텝마다", "학습, 평활화", "학습, 에폭", "검증", "손실", "정확도 (%)", "스텝"),
}


@pytest.fixture(params=["en-light", "ko-dark"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    language = request.param[:2]
    use_language(language)
    yield language
    use_language("en")


@pytest.fixture
def tokens(language: str) -> Tokens:
    return LIGHT if language == "en" else DARK


def falling() -> MetricLog:
    """Five hundred steps whose loss falls, in two epochs."""
    log = MetricLog()
    for step in range(1, 501):
        log.add_step(StepDone(step, 1 + step // 251, step, 2.3 * 0.99**step + 0.2 * (step % 3), 16, 32, 0.01, 0.0, 0.1))
    for epoch in (1, 2):
        log.add_epoch(
            EpochDone(epoch, 250 * epoch, 0.5 / epoch, 70 + 8 * epoch, 100, 0.4 / epoch, 40 + 4 * epoch, 50, epoch)
        )
    return log


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_exported_curves_have_axes_numbers_legend_caption_and_every_curve(
    qtbot: QtBot, kind: str, language: str, tokens: Tokens
) -> None:
    view = CurvesView()
    qtbot.addWidget(view)
    view.set_log(falling())
    data = view.render(kind, (1200, 500), tokens is DARK, CAPTION[language])
    assert size_of(data, kind) == pytest.approx((1200, 500), abs=1)
    picture = painted(data, kind)
    assert near(edges(picture), tokens.surface).all()
    for name in (tokens.train, tokens.validation):  # in both plots, as far as the last epoch, and in the legend
        across = np.nonzero(near(picture[40:430], name).any(axis=0))[0]
        assert 500 < across[across < 600].max() < 600
        assert 1100 < across.max() < 1195
        assert near(picture[:30], name).any()
    if kind != "png":
        words = words_in(data, kind)
        for expected in (*WORDS[language], CAPTION[language], "0.5", "1.5", "100", "200", "300", "400"):
            assert "".join(expected.split()) in words
        assert b"<image" not in data
        assert b"/Subtype /Image" not in data


@pytest.mark.parametrize(
    ("kind", "size"), [("png", (401, 251)), ("svg", (701, 900)), ("pdf", (401, 251)), ("pdf", (701, 900))], ids=str
)
def test_exported_curves_fill_the_page_at_any_size(qtbot: QtBot, kind: str, size: tuple[int, int]) -> None:
    view = CurvesView()
    qtbot.addWidget(view)
    view.set_log(falling())
    data = view.render(kind, size, True, "seed 1")
    assert size_of(data, kind) == pytest.approx(size, abs=1)
    if kind == "pdf":
        assert near(edges(painted(data, kind, 4 * size[0])), DARK.surface).all(), "part of the page has no ground"
    picture = painted(data, kind)
    assert near(edges(picture), DARK.surface).all()
    below, right = (np.nonzero((~near(picture, DARK.surface)).any(axis=axis))[0].max() for axis in (1, 0))
    assert below > size[1] - 30
    assert right > size[0] - 30


def test_lines_of_exported_curves_are_smooth_in_a_png(qtbot: QtBot) -> None:
    view = CurvesView()
    qtbot.addWidget(view)
    view.set_log(falling())
    part = painted(view.render("png", (1200, 500), False, ""), "png")[40:430, 340:560].astype(int)
    red, green, blue = part[..., 0], part[..., 1], part[..., 2]
    teal = (green > red + 20) & (abs(green - blue) < 20)  # the line of the validation
    whole = np.count_nonzero(near(part, LIGHT.validation))
    assert np.count_nonzero(teal) > 2 * whole > 0


def test_curves_are_the_same_picture_in_every_kind_of_file(qtbot: QtBot) -> None:
    view = CurvesView()
    qtbot.addWidget(view)
    view.set_log(falling())
    pictures = [coarse(painted(view.render(kind, (1200, 500), False, "x"), kind), 40) for kind in ("png", "svg", "pdf")]
    for other in pictures[1:]:
        assert np.abs(other - pictures[0]).mean() < 2
        assert np.abs(other - pictures[0]).max() < 40


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_an_exported_comparison_names_and_draws_every_run(
    qtbot: QtBot, kind: str, language: str, tokens: Tokens
) -> None:
    page = ComparePage()
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.set_columns((column(3, 0.01, log_of(30, 10, 2.0, 1.0), 10), column(8, 0.1, log_of(60, 20, 1.0, 0.5), 20)))
    page.show()
    with qtbot.waitSignal(page.curves_written) as written:
        page.export_curves(f"curves.{kind}", (1200, 480), tokens is DARK)
    data = written.args[1]
    assert size_of(data, kind) == pytest.approx((1200, 480), abs=1)
    picture = painted(data, kind)
    assert near(edges(picture), tokens.surface).all()
    for place in range(2):
        seen = near(picture, colour(place, tokens))
        assert seen[:30].any()
        assert np.count_nonzero(seen[30:450, :600]) > 100
        assert np.count_nonzero(seen[30:450, 600:]) > 100
    if kind != "png":
        words = words_in(data, kind)
        for expected in ("lr0.01", "lr0.1", "10", "20", "30", "0.4", *WORDS[language][4:]):
            assert "".join(expected.split()) in words
        assert b"<image" not in data


def network(qtbot: QtBot, model: str, classes: tuple[str, ...] = ()) -> NetworkView:
    info = GREY if model == "lenet" else COLOUR
    view = NetworkView()
    qtbot.addWidget(view)
    view.set_motion(False)
    architecture, inspection = looked(info, model)
    view.set_architecture(architecture)
    view.set_classes(classes or info.classes)
    view.set_inspection(inspection)
    return view


@pytest.mark.parametrize("model", ["lenet", "simplecnn"])
def test_a_network_is_the_same_picture_as_svg_and_as_png(qtbot: QtBot, model: str, tokens: Tokens) -> None:
    view = network(qtbot, model)
    svg, png = view.to_svg("step 7", tokens is DARK), view.to_png("step 7", tokens is DARK, 1600)
    assert size_of(svg, "svg") == pytest.approx((1600, 900), abs=1)
    assert size_of(png, "png") == (1600, 900)
    one, other = painted(svg, "svg", 1600), painted(png, "png")
    assert near(edges(one), tokens.surface).all()
    assert near(edges(other), tokens.surface).all()
    assert np.abs(coarse(one, 100) - coarse(other, 100)).mean() < 3
    assert len(svg) < 2_000_000


def test_an_exported_network_names_layers_classes_and_caption_in_the_language(qtbot: QtBot, language: str) -> None:
    view = network(qtbot, "lenet", tuple(f"{number}호" for number in range(10)))
    words = words_in(view.to_svg(CAPTION[language], dark=False), "svg")
    for expected in ("conv1", "pool2", "fc2", "10×24×24", "320→50", "9호", CAPTION[language]):
        assert "".join(expected.split()) in words


@pytest.mark.parametrize(("shape", "tiles"), [((10, 1, 5, 5), 10), ((20, 10, 5, 5), 200), ((32, 3, 3, 3), 32)], ids=str)
def test_exported_kernels_show_every_tile_with_nothing_cut_off(
    qtbot: QtBot, shape: tuple[int, ...], tiles: int, language: str, tokens: Tokens
) -> None:
    view = KernelView()
    qtbot.addWidget(view)
    view.resize(1000, 230)
    view.set_layers(("conv1",), "conv1")
    weight = np.full(shape, -0.5, np.float32)
    view.set_kernels(Kernels("conv1", weight, np.zeros(shape[0], np.float32)))
    picture = painted(view.to_png(CAPTION[language], tokens is DARK), "png")
    assert near(edges(picture), tokens.surface).all()
    colours, counts = np.unique(picture[~near(picture, tokens.surface)], axis=0, return_counts=True)
    areas = components((picture == colours[counts.argmax()]).all(axis=-1)).areas
    assert np.count_nonzero(areas > areas.max() / 2) == tiles
    one = painted(view.to_png("", tokens is DARK), "png")
    assert picture.shape[0] > one.shape[0], "the caption has room of its own"


def test_exported_maps_of_a_layer_have_the_colours_of_their_values(qtbot: QtBot, tokens: Tokens) -> None:
    view = network(qtbot, "lenet")
    picture = painted(view.layer_to_png("conv2", "LeNet · conv2", tokens is DARK), "png")
    assert picture.shape == (900, 1600, 3)
    assert near(edges(picture), tokens.surface).all()
    values = view.layer_arrays()["conv2"]
    expected = colourise(values, "signed", value_range(values, "signed")).reshape(-1, 4)[:, :3]
    seen = {tuple(colour) for colour in np.unique(picture.reshape(-1, 3), axis=0).tolist()}
    missing = [tuple(colour) for colour in expected.tolist() if tuple(colour) not in seen]
    assert not missing, f"{len(missing)} of {len(expected)} values have no pixel of their colour"
