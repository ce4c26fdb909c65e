"""Kernels and maps beside the curves: all in their place, named, chosen by click and key, quiet while nobody looks."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.palettes import Range, colourise
from cnnviewer.ui.compare.maps_pane import MapSheet
from cnnviewer.ui.train.learning.tiles import TileSheet, arranged
from cnnviewer.ui.train.learning.view import LearningView
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts


def tiles(layer: str, count: int, side: int = 5, kind: str = "maps") -> LearnedTiles:
    values = np.linspace(-1, 1, count * side * side, dtype=np.float32).reshape(count, side, side)
    return LearnedTiles(kind, layer, values, count, 1, "kernel" if kind == "kernels" else "signed", Range(-1.0, 1.0))


@pytest.mark.parametrize("counts", [[10, 10, 20], [6, 6, 16], [64, 64, 512], [3], [1, 1, 1], [128, 128, 128]])
@pytest.mark.parametrize("size", [(270, 640), (270, 300), (600, 900)])
def test_every_picture_stands_inside_and_over_no_other_one(counts: list[int], size: tuple[int, int]) -> None:
    places = arranged(counts, float(size[0]), float(size[1]), 15.0, named=True)
    assert places
    assert all(place.heading.bottom() <= place.top for place in places)
    rects = [place.rect(channel) for place in places for channel in range(place.shown)]
    for rect in rects:
        assert rect.left() >= 0
        assert rect.right() <= size[0]
        assert rect.bottom() <= size[1]
    assert not any(one.intersects(other) for index, one in enumerate(rects) for other in rects[:index])
    assert all(place.shown <= count for place, count in zip(places, counts, strict=False))


@pytest.mark.parametrize(("count", "size"), [(20, (400, 500)), (64, (400, 500)), (512, (400, 300))], ids=str)
def test_below_each_compared_map_stands_its_number_where_it_has_room(
    count: int, size: tuple[int, int], qtbot: QtBot
) -> None:
    made = MapSheet()
    qtbot.addWidget(made)
    made.resize(*size)
    made.set_tiles((tiles("conv1", count),))
    made.show()
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        made.grab()
    (place,) = made._places
    assert place.bottom <= size[1]
    numbered = list(map(str, range(count))) if count < 512 else []
    assert [text.text for text in texts] == numbered
    for channel, text in enumerate(texts):
        assert text.covers.top() >= place.rect(channel).bottom()
        assert channel + place.columns >= count or text.covers.top() < place.rect(channel + place.columns).top()


@pytest.fixture
def sheet(qtbot: QtBot) -> TileSheet:
    made = TileSheet()
    qtbot.addWidget(made)
    made.resize(270, 500)
    made.set_tiles((tiles("conv1", 10, kind="kernels"), tiles("relu1", 10), tiles("relu2", 20)))
    made.show()
    return made


def test_a_click_names_layer_and_channel(sheet: TileSheet, qtbot: QtBot) -> None:
    place = sheet._places[1].rect(7).center().toPoint()
    with qtbot.waitSignal(sheet.chosen) as chosen:
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["relu1", 7]


def test_the_arrow_keys_lead_from_layer_to_layer_and_enter_chooses(sheet: TileSheet, qtbot: QtBot) -> None:
    sheet.activateWindow()
    sheet.setFocus()
    qtbot.waitUntil(sheet.hasFocus)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(sheet, key)
    assert "Map 0 of relu1" in sheet.accessibleDescription()
    with qtbot.waitSignal(sheet.chosen) as chosen:
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert chosen.args == ["relu1", 0]


def test_each_value_has_its_own_colour_on_the_screen(sheet: TileSheet) -> None:
    picture, place = sheet.grab().toImage(), sheet._places[0]
    values = sheet.tiles[0].values
    expected = colourise(values, "kernel", Range(-1.0, 1.0))
    rect = place.rect(3)
    for row, column in ((0, 0), (2, 4), (4, 1)):
        x = rect.left() + (column + 0.5) * place.tile / 5
        y = rect.top() + (row + 0.5) * place.tile / 5
        colour = picture.pixelColor(int(x), int(y))
        assert (colour.red(), colour.green(), colour.blue()) == tuple(expected[3, row, column, :3].tolist())


def test_it_says_when_it_is_seen_and_when_not_any_more(qtbot: QtBot) -> None:
    home, view = QWidget(), LearningView()
    qtbot.addWidget(home)
    view.setParent(home)
    seen: list[bool] = []
    view.seen_changed.connect(seen.append)
    assert not view.seen
    home.show()
    assert view.seen
    qtbot.mouseClick(view.findChild(QWidget, "learningFoldButton"), Qt.MouseButton.LeftButton)
    assert not view.seen
    qtbot.mouseClick(view.findChild(QWidget, "learningFoldButton"), Qt.MouseButton.LeftButton)
    home.hide()
    assert not view.seen
    assert seen == [True, False, True, False]


def test_a_model_without_convolutions_says_so(sheet: TileSheet) -> None:
    with_tiles = sheet.grab().toImage()
    sheet.set_tiles(())
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        sheet.grab()
    assert [text.text for text in texts] == ["This model has no convolution and no feature maps."]
    assert with_tiles != sheet.grab().toImage()
