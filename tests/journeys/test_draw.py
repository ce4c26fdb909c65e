"""Drawing a digit: read while it is drawn, wherever and however large."""

import numpy as np
import pytest

from tests.journeys.conftest import Person

SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]
ONE = [(0.5, 0.15), (0.5, 0.85)]


def scaled(points: list[tuple[float, float]], factor: float, dx: float, dy: float) -> list[tuple[float, float]]:
    return [(factor * x + dx, factor * y + dy) for x, y in points]


@pytest.mark.parametrize(
    ("points", "digit"),
    [
        (SEVEN, "7"),
        (scaled(SEVEN, 0.5, 0.02, 0.02), "7"),
        (scaled(SEVEN, 0.5, 0.48, 0.45), "7"),
        (ONE, "1"),
        (scaled(ONE, 0.6, 0.35, 0.0), "1"),
    ],
    ids=["a large seven", "a small seven top left", "a small seven bottom right", "a one", "a one at the right"],
)
def test_a_digit_is_read_anywhere_on_the_canvas(person: Person, points: list[tuple[float, float]], digit: str) -> None:
    person.draw(points)
    person.settled()
    assert person.ranking[0][0] == digit
    assert digit in person.find("predictionView").accessibleDescription()


def test_undo_and_clear_take_the_prediction_with_them(person: Person) -> None:
    person.draw(ONE)
    person.settled()
    assert person.ranking
    read = person.ranking
    person.action("actionUndo").trigger()
    person.settled()
    assert person.ranking == []
    person.action("actionRedo").trigger()
    person.settled()
    assert person.ranking == read
    person.action("actionUndo").trigger()
    person.draw(SEVEN)
    person.settled()
    person.find("drawCanvas").clear()
    person.settled()
    assert person.ranking == []
    assert person.find("inputLens").property("image") is None


def test_bars_move_while_the_stroke_is_still_being_drawn(person: Person) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    person.until(lambda: bool(person.ranking))
    canvas = person.find("drawCanvas")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, left, none, QPoint(canvas.width() // 2, 40))
    seen = []
    for y in range(40, canvas.height() - 40, 12):
        QTest.mouseMove(canvas, QPoint(canvas.width() // 2, y))
        person.settled()
        seen.append(tuple(person.ranking[:1]))
    assert len(set(seen)) > 3
    QTest.mouseRelease(canvas, left, none, QPoint(canvas.width() // 2, canvas.height() - 40))


def test_what_the_model_sees_is_centred_by_mass_in_28_by_28(person: Person) -> None:
    person.draw(scaled(SEVEN, 0.4, 0.5, 0.5))
    person.settled()
    image = person.find("inputLens").property("image")[0]
    rows, columns = np.mgrid[:28, :28]
    centre = (float((rows * image).sum() / image.sum()), float((columns * image).sum() / image.sum()))
    assert centre == pytest.approx((13.5, 13.5), abs=1.0)
    assert (image > 0).any(axis=1).sum() <= 20
