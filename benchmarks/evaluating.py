"""How long Evaluate keeps the window busy when a table of many images comes, is ordered or is searched."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.desk import percentiles

IMAGES = 70_000
_TURNS = 20


def measurements() -> dict[str, Callable[..., dict[str, float]]]:
    return {"evaluate-table": table}


def table(classes: str) -> dict[str, float]:
    """Each of what a user does with so many classes, and the slowest of it."""
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from cnnviewer.core.data.image_id import ImageFiles, ImageIds
    from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
    from cnnviewer.core.evaluation.scores import ImageScores
    from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace

    app = QApplication.instance() or QApplication([])
    count, draw = int(classes), np.random.default_rng(0)
    labels = draw.integers(0, count, IMAGES)

    def drawn() -> Confusion:
        predicted = np.where(draw.random(IMAGES) < 0.7, labels, draw.integers(0, count, IMAGES))
        wrong = (predicted != labels).astype(np.int32)
        numbers = [draw.random(IMAGES).astype(np.float32) for _ in range(3)]
        names = tuple(f"class {number}" for number in range(count))
        scores = ImageScores(numbers[0], numbers[1], wrong)
        return confusion_of(labels, predicted, np.arange(IMAGES), names, IMAGES, 7, numbers[2], scores)

    view, tables = EvaluateWorkspace(), [drawn(), drawn()]
    view.resize(1200, 830)
    files = ImageFiles(tuple(f"class {index % count}/photo {index:06}.png" for index in range(IMAGES)))
    view.errors.set_images(np.zeros((IMAGES, 1, 28, 28), np.uint8), ImageIds("folder:/many", "test", files))
    view.set_confusion(tables[0])
    view.set_reference(drawn(), "step 12")
    view.show()
    card = view.errors.images
    card.list_combo.setCurrentIndex(card.list_combo.findData("all"))

    def search(turn: int) -> None:
        card.search.setText(f"photo {turn:02}")
        card._show()

    turns: list[Callable[[int], object]] = [
        lambda turn: view.set_confusion(tables[turn % 2]),
        lambda turn: card.order.setCurrentIndex(1 + turn % 4),
        search,
    ]
    slowest: list[float] = []
    for act in turns:
        milliseconds = []
        for turn in range(_TURNS):
            app.processEvents()
            began = time.perf_counter()
            act(turn)
            milliseconds.append(1000 * (time.perf_counter() - began))
        card.search.clear()
        slowest = max(slowest, milliseconds, key=lambda taken: percentiles(taken)["median_ms"] if taken else 0.0)
    view.close()
    return percentiles(slowest)
