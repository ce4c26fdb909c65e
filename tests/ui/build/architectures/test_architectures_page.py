"""The architectures page: models side by side, honest bars, the field of the chosen layer on the picture, maps on request."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.architectures import ArchitectureSummary, architecture_summary
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.models.design import parse
from cnnviewer.core.models.design_module import build
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.simplecnn import SimpleCNN
from cnnviewer.ui.build.architectures.details import LayerDetails
from cnnviewer.ui.build.architectures.field_picture import FieldPicture
from cnnviewer.ui.build.architectures.maps import MapTiles
from cnnviewer.ui.build.architectures.measures import Scale, bytes_text, count_text, measure_text, total
from cnnviewer.ui.build.architectures.rows import LayerRows
from cnnviewer.ui.build.architectures.totals import TotalBars
from cnnviewer.ui.build.architectures.view import ArchitecturesPage
from cnnviewer.ui.widgets.painted_text import record_texts


def column(
    key: str, title: str, model: torch.nn.Module, shape: tuple[int, int, int], note: str = ""
) -> ArchitectureSummary:
    layers = Recorder(model.eval()).record(torch.rand(1, *shape)).layers
    return architecture_summary(key, title, Architecture(title, layers), note)


@pytest.fixture(scope="module")
def models() -> tuple[ArchitectureSummary, ...]:
    deep = ", ".join(["conv 4 k3 p1, relu"] * 20) + ", maxpool 2, flatten, linear classes"
    return (
        column("lenet", "LeNet", LeNet(), (1, 28, 28)),
        column("simplecnn", "SimpleCNN", SimpleCNN(), (3, 32, 32), "untrained"),
        column("deep", "Deep", build(parse(deep), (3, 64, 64), 10), (3, 64, 64)),
    )


@pytest.fixture
def page(qtbot: QtBot, models: tuple[ArchitectureSummary, ...]) -> ArchitecturesPage:
    made = ArchitecturesPage()
    qtbot.addWidget(made)
    made.resize(820, 560)
    made.set_models(models)
    made.set_image(np.random.default_rng(0).random((3, 64, 64), np.float32))
    made.show()
    qtbot.waitExposed(made)
    return made


def rows(page: ArchitecturesPage, key: str) -> LayerRows:
    found = page.findChild(LayerRows, f"architecturesLayers_{key}")
    assert found is not None
    return found


def maps_of(page: ArchitecturesPage, key: str) -> MapTiles:
    found = page.findChild(MapTiles, f"architecturesMaps_{key}")
    assert found is not None
    return found


def some_maps(channels: int, size: int) -> np.ndarray:
    values = np.zeros((channels, size, size), np.float32)
    values += np.arange(channels, dtype=np.float32)[:, None, None]  # the last is the strongest
    return values


# -- columns --------------------------------------------------------------------------------------------------------


def test_the_totals_are_said_exactly(page: ArchitecturesPage) -> None:
    bars = page.findChild(TotalBars, "architecturesTotals_lenet")
    assert bars is not None
    assert "layers: 12 · parameters: 21,840 · multiply-adds: 480,500" in bars.accessibleDescription()


def test_layers_are_those_of_the_model_without_what_the_program_adds(models: tuple[ArchitectureSummary, ...]) -> None:
    assert [(total(m, "layers"), m.architecture.with_parameters) for m in models] == [(12, 4), (10, 4), (43, 21)]


def test_every_layer_is_described_exactly(page: ArchitecturesPage) -> None:
    assert rows(page, "simplecnn").describe(4).splitlines() == [
        "conv2: Conv 3×3, padding 1",
        "shape 64×16×16",
        "parameters: 64×32×3×3 + 64 = 18,496",
        "multiply-adds: 4,718,592",
        "memory: 65,536 bytes",
        "receptive field: 8×8 pixels",
    ]


def test_open_says_which_model(page: ArchitecturesPage, qtbot: QtBot) -> None:
    button = page.findChild(QPushButton, "architecturesOpenButton_simplecnn")
    assert button is not None
    with qtbot.waitSignal(page.open_requested) as asked:
        button.click()
    assert asked.args == ["simplecnn"]


def test_heads_stay_above_their_columns_when_scrolled(page: ArchitecturesPage, qtbot: QtBot) -> None:
    page.resize(520, 420)
    bar = page._scroll.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    page._scroll.verticalScrollBar().setValue(300)
    for key in ("lenet", "simplecnn", "deep"):
        head = page.findChild(QPushButton, f"architecturesOpenButton_{key}").parentWidget()
        at = page._columns[key].mapTo(page, QPoint(0, 0)).x()
        assert head.mapTo(page, QPoint(0, 0)).x() == at
        assert head.width() == page._columns[key].width()


@pytest.mark.parametrize("width", [200, 215, 240])
def test_an_operation_is_said_shorter_and_not_cut_within_a_word(page: ArchitecturesPage, width: int) -> None:
    shown, said = rows(page, "simplecnn"), list[str]()
    shown.resize(width, shown.sizeHint().height())
    with record_texts(lambda text: said.append(text.text)):
        shown.grab()
    assert not [text for text in said if "…" in text]
    assert any(text.startswith("Conv") for text in said)


@pytest.mark.parametrize("size", [(520, 420), (820, 560), (1600, 900)])
def test_the_page_paints_at_every_size(page: ArchitecturesPage, qtbot: QtBot, size: tuple[int, int]) -> None:
    page.resize(*size)
    page.set_maps("lenet", *[(name, some_maps(12, 8)) for name in ("a", "b", "c")])
    for key in ("lenet", "simplecnn", "deep"):
        assert page._columns[key].width() >= 200
        assert (
            rows(page, key).height()
            >= rows(page, key).row_rect(len(page._columns[key].model.costs.layers) - 1).bottom()
        )
    assert not page.grab().isNull()


def test_no_models_yet_is_said(qtbot: QtBot) -> None:
    page = ArchitecturesPage()
    qtbot.addWidget(page)
    page.show()
    assert page._empty.isVisible()
    assert page.selected is None


# -- the chosen layer -----------------------------------------------------------------------------------------------


def test_a_click_on_a_row_draws_its_field_where_it_is(page: ArchitecturesPage, qtbot: QtBot) -> None:
    place = rows(page, "lenet").row_rect(2).center().toPoint()
    with qtbot.waitSignal(page.layer_selected) as chosen:
        QTest.mouseClick(rows(page, "lenet"), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["lenet", "pool1"]
    assert page.selected == ("lenet", "pool1")
    picture = page.findChild(FieldPicture, "architecturesPicture")
    assert picture is not None
    drawn = picture.frame_rect(picture._frames[-1])
    whole = picture.picture_rect()
    assert drawn.width() / whole.width() == pytest.approx(6 / 28)  # conv 5×5, then a pool of 2
    assert (drawn.left() - whole.left()) / whole.width() == pytest.approx(12 / 28)


def test_frames_grow_from_layer_to_layer(page: ArchitecturesPage) -> None:
    page.select("deep", "pool1")
    picture = page.findChild(FieldPicture, "architecturesPicture")
    assert picture is not None
    sizes = [region.bottom - region.top for region in picture._frames]
    assert sizes == [1, *range(3, 42, 2), 42]
    assert picture.grab().toImage() != FieldPicture().grab().toImage()


def test_the_details_say_how_the_numbers_come_about(page: ArchitecturesPage) -> None:
    page.select("simplecnn", "conv2")
    details = page.findChild(LayerDetails, "architecturesDetails")
    assert details is not None
    for words in (
        "SimpleCNN · conv2",
        "64×32×3×3 + 64 = 18,496",
        "16×16 places × 18,432 weights = 4,718,592",
        "8×8 of 32×32",
    ):
        assert words in details.text()
    page.select("simplecnn", "fc1")
    assert "reaches into the padding" in details.text()


def test_keys_walk_through_layers_and_columns(page: ArchitecturesPage) -> None:
    page.select("lenet", "conv1")
    rows(page, "lenet").setFocus()
    QTest.keyClick(rows(page, "lenet"), Qt.Key.Key_Down)
    assert page.selected == ("lenet", "pool1")
    QTest.keyClick(rows(page, "lenet"), Qt.Key.Key_Right)
    assert page.selected == ("simplecnn", "relu1")
    assert QApplication.focusWidget() is rows(page, "simplecnn")
    QTest.keyClick(rows(page, "simplecnn"), Qt.Key.Key_Right)
    QTest.keyClick(rows(page, "deep"), Qt.Key.Key_End)
    assert page.selected == ("deep", "fc1")
    QTest.keyClick(rows(page, "deep"), Qt.Key.Key_Left)  # the neighbour is shorter: its last layer
    assert page.selected == ("simplecnn", "fc2")
    assert rows(page, "deep").current is None


def test_the_chosen_row_is_brought_into_view(page: ArchitecturesPage) -> None:
    QTest.keyClick(rows(page, "deep"), Qt.Key.Key_End)
    box = rows(page, "deep").row_rect(rows(page, "deep").current or 0).center().toPoint()
    assert page._scroll.viewport().rect().contains(rows(page, "deep").mapTo(page._scroll.viewport(), box))


def test_new_models_keep_the_chosen_layer_where_they_can(
    page: ArchitecturesPage, models: tuple[ArchitectureSummary, ...]
) -> None:
    page.select("simplecnn", "relu2")
    page.set_models(models[1:])
    assert page.selected == ("simplecnn", "relu2")
    page.set_models(models[:1])
    assert page.selected == ("lenet", "relu2")
    page.set_models(())
    assert page.selected is None


def test_only_the_rows_in_sight_are_painted(page: ArchitecturesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    original = LayerRows._paint_row

    def paint(self: LayerRows, painter: object, ink: object, index: int) -> None:
        painted.append(index)
        original(self, painter, ink, index)  # type: ignore[arg-type]

    monkeypatch.setattr(LayerRows, "_paint_row", paint)
    page.grab()
    assert 0 < len(painted) < 40  # of 70


# -- maps -----------------------------------------------------------------------------------------------------------


def test_maps_are_asked_for_and_the_strongest_shown(page: ArchitecturesPage, qtbot: QtBot) -> None:
    tiles = maps_of(page, "lenet")
    with qtbot.waitSignal(page.maps_requested) as asked:
        tiles.button.click()
    assert asked.args == ["lenet"]
    assert not tiles.button.isVisible()
    assert tiles.accessibleName() == "computing…"
    page.set_maps("lenet", ("relu1", some_maps(10, 12)), ("relu1", some_maps(10, 12)), ("relu2", some_maps(4, 3)))
    assert tiles.shown == (
        ("relu1", tuple(range(9, 0, -1))),
        ("relu1", tuple(range(9, 0, -1))),
        ("relu2", (3, 2, 1, 0)),
    )
    assert "late: relu2" in tiles.accessibleName()


def test_another_picture_makes_the_maps_untrue(page: ArchitecturesPage) -> None:
    page.set_maps("lenet", *[(name, some_maps(4, 4)) for name in "abc"])
    page.set_image(None)
    assert maps_of(page, "lenet").shown == ()
    assert maps_of(page, "lenet").button.isVisible()


def test_maps_that_could_not_be_computed_are_offered_again(page: ArchitecturesPage) -> None:
    maps_of(page, "deep").button.click()
    page.clear_maps("deep")
    assert maps_of(page, "deep").button.isVisible()
    page.clear_maps("nobody")
    page.set_maps("nobody", *[(name, some_maps(1, 1)) for name in "abc"])


def test_maps_with_values_that_are_no_numbers_are_shown(page: ArchitecturesPage) -> None:
    broken = some_maps(9, 4)
    broken[3] = np.nan
    broken[5, 0, 0] = np.inf
    page.set_maps("deep", ("a", broken), ("b", -some_maps(2, 5)), ("c", np.full((1, 1, 1), np.nan, np.float32)))
    assert not page.grab().isNull()


# -- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (448, "448"), (999_000, "999,000"), (999_499, "999,499"), (999_500, "1.00 M"), (2_359_808, "2.36 M"),
     (138_357_544, "138 M"), (999_499_999, "999 M"), (999_500_000, "1.00 G"), (15_470_264_320, "15.5 G")],
)  # fmt: skip
def test_large_numbers_in_few_characters(value: int, text: str) -> None:
    assert count_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(40, "40 B"), (1024, "1.00 KB"), (3136, "3.06 KB"), (12_845_056, "12.2 MB"), (2**31, "2.00 GB")]
)
def test_bytes_in_few_characters(value: int, text: str) -> None:
    assert bytes_text(value) == text


def test_nothing_and_unknown_are_different() -> None:
    assert measure_text(0, "multiply_adds") == "–"
    assert measure_text(None, "multiply_adds") == "?"


def test_ten_times_as_much_is_always_the_same_length() -> None:
    scale = Scale.over([21_840, 2_122_186, 143_667_240])
    assert (scale.low, scale.high, scale.decades) == (1e4, 1e9, 5)
    assert scale.share(1e5) == pytest.approx(0.2)
    assert scale.share(1e7) - scale.share(1e6) == pytest.approx(0.2)
    assert scale.share(1e9) == 1
    assert scale.share(0) == 0


def test_the_least_model_has_a_bar_even_at_a_power_of_ten() -> None:
    assert Scale.over([10, 46]).share(10) > 0
    assert Scale.over([]).share(0) == 0
