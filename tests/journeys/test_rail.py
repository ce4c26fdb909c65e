"""The input at the side, as a user meets it in the whole program."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from tests.journeys.conftest import EVERYWHERE, Person

ONE = [(0.5, 0.15), (0.5, 0.85)]


def test_width_and_narrow_form_are_there_again_at_the_next_launch(launched: Callable[..., Person]) -> None:
    first = launched()
    first.window._frame.set_rail_width(310)
    first.action("actionRail").trigger()
    assert first.action("actionRail").isChecked()
    layout = first.window.save_layout()
    first.action("actionResetLayout").trigger()
    assert not first.window._frame.rail_collapsed
    assert first.window.restore_layout(layout)
    frame = first.window._frame
    assert (frame.rail_collapsed, frame.rail_width) == (True, 310)
    first.action("actionRail").trigger()
    assert first.find("inputPanel").width() == 310


def test_a_layout_without_the_narrow_form_is_still_read(person: Person) -> None:
    geometry = person.window.save_layout().split(b"|")[0]
    assert person.window.restore_layout(geometry + b'|{"rail": 250}')
    assert not person.window._frame.rail_collapsed
    assert person.window._frame.rail_width == 250
    person.window.restore_layout(geometry + b"|[]")
    assert person.window._frame.rail_width == 232


def test_the_answer_stands_at_the_side_in_every_workspace(person: Person) -> None:
    person.settled()
    for workspace, part in EVERYWHERE:
        person.window.show_workspace(workspace, part)
        for name in ("predictionView", "drawCanvas", "inputLens"):
            assert person.find(name).isVisible(), (workspace, name)


def test_a_large_drawing_is_predicted_while_it_is_drawn_and_comes_back_whole(person: Person) -> None:
    person.click("drawLargeButton")
    canvas = person.find("drawCanvas")
    assert person.find("largeDrawing").isVisible()
    person.until(lambda: canvas.width() > 300)
    person.draw(ONE)
    person.settled()
    assert person.ranking[0][0] == "1"
    raster = canvas.raster()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not person.find("largeDrawing").isVisible()
    assert person.find("drawCanvas") is canvas
    assert canvas.isVisible()
    assert np.array_equal(canvas.raster(), raster)
    person.action("actionUndo").trigger()
    assert canvas.is_empty()


def test_an_image_is_chosen_in_the_gallery_and_nothing_with_escape(person: Person) -> None:
    person.loaded("builtin-digits")
    panel = person.find("inputPanel")
    QTest.mouseClick(panel.switch.button("dataset"), Qt.MouseButton.LeftButton)
    person.click("allImagesButton")
    grid = person.find("sampleBrowser").grid
    assert grid.isVisible()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect(7).center().toPoint())
    assert not grid.isVisible()
    person.settled()
    data = person.window.program.session.data
    assert np.array_equal(
        person.find("inputLens").property("image"), data.test.images[7].numpy().astype(np.float32) / np.float32(255)
    )
    person.click("allImagesButton")
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert not grid.isVisible()
    assert person.find("sampleBrowser").property("current") == 7


def test_another_workspace_closes_what_lies_over_the_stage(person: Person) -> None:
    person.loaded("builtin-digits")
    person.find("inputPanel").open_gallery()
    person.window.show_workspace("train")
    assert not person.find("sampleBrowser").isVisible()
    assert person.find("trainButton").isVisible()


def test_a_model_that_knows_no_digits_says_what_it_knows(person: Person) -> None:
    person.loaded("builtin-digits")
    person.draw(ONE)
    person.settled()
    assert person.find("knownClasses").isHidden()
    person.choose("modelCombo", "simplecnn")
    person.until(lambda: not person.find("knownClasses").isHidden())
    panel = person.find("inputPanel")
    assert panel.known_classes.sentence.startswith("SimpleCNN can answer: ")
    person.until(lambda: not person.window.program.session.loading and not person.window.program.jobs.busy)
    person.settled()
    assert panel.source == "dataset" == panel.switch.marked, "the tab of the image that is explained"
    person.choose("modelCombo", "lenet")
    person.until(person.find("knownClasses").isHidden)


def test_a_refused_file_is_said_once_and_to_who_points_at_the_place_where_it_would_be(
    person: Person, tmp_path: Path
) -> None:
    (tmp_path / "x.png").write_bytes(b"no picture")
    person.window.input_panel.set_source("file")
    assert not person.window.open_image(tmp_path / "x.png")
    assert "x.png" in person.find("filePreview").accessibleDescription()
    assert "x.png" in person.window.messages.property("text")
    painted: list[PaintedText] = []
    with record_texts(painted.append):
        person.find("inputPanel").grab()
    assert not [each.text for each in painted if "x.png" in each.text]
