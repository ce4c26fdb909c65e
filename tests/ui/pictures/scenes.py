"""What the reference pictures show: each painter with values of its own, always the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import numpy as np
import torch
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Cell, Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.lenet import LeNet
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.simplecnn import SimpleCNN
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.build.architectures.view import ArchitecturesPage
from cnnviewer.ui.evaluate.matrix import ConfusionMatrix
from cnnviewer.ui.explore.explain.maps import maps_of
from cnnviewer.ui.explore.explain.slide import SlidePane
from cnnviewer.ui.explore.explain.window_sum import map_bounds
from cnnviewer.ui.explore.explain.worksheet import Worksheet
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.sandbox.page import SandboxPage
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.theme import use_theme
from tests.small_data import GREY
from tests.ui.build.architectures.test_architectures_page import column
from tests.ui.evaluate.test_errors_page import table
from tests.ui.pictures.box_font import FAMILY, box_font
from tests.ui.test_exports import falling


@contextmanager
def plain_surroundings() -> Iterator[None]:
    """English, the light theme, and a font of boxes: text takes the same room on every machine."""
    number, before = QFontDatabase.addApplicationFontFromData(box_font()), QApplication.font()
    assert QFontDatabase.applicationFontFamilies(number) == [FAMILY]
    font = QFont(FAMILY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(13)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet, palette = app.styleSheet(), app.palette()
    QApplication.setFont(font)
    use_language("en")
    use_theme("light")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)
        app.setPalette(palette)
        QApplication.setFont(before)
        QFontDatabase.removeApplicationFont(number)


def network() -> QImage:
    """LeNet with a frame around a place of its second convolution and around all that it comes from."""
    inspector = _lenet()
    view = NetworkView()
    view.set_motion(False)
    view.set_architecture(inspector.architecture)
    view.set_classes(GREY.classes)
    view.set_inspection(inspector.inspect(_spot(28)))
    view.set_pinned(highlight(inspector.architecture, Cell("conv2", 3, 4, 4)))
    return _grabbed(view, 760, 380, view.canvas)


def kernels() -> QImage:
    """Four kernels of six input channels, as they are exported."""
    view = KernelView()
    view.set_layers(("conv2",), "conv2")
    weight = np.sin(np.arange(600, dtype=np.float32)).reshape(4, 6, 5, 5)
    weight[2, 4] = 1.5
    view.set_kernels(Kernels("conv2", weight, np.linspace(-1, 1, 4, dtype=np.float32)))
    return QImage.fromData(view.to_png("LeNet", False))


def worksheet() -> QImage:
    """The terms of a place of LeNet's second convolution, a row for each input channel."""
    inspector = _lenet()
    inspector.inspect(_spot(28))
    sheet = Worksheet()
    sheet.set_sheet(WorksheetWriter().write(inspector.explain(Cell("conv2", 3, 4, 4))), 2)
    return _grabbed(sheet, 700, 300)


def slide() -> QImage:
    """The window of a convolution over the map that it reads, and the map that comes of it."""
    inspector = _lenet()
    seen = inspector.inspect(_spot(28))
    explanation = inspector.explain(Cell("conv1", 2, 9, 14))
    pane = SlidePane()
    pane.set_motion(False)
    pane.set_maps(
        maps_of(
            explanation,
            inspector.architecture,
            seen,
            lambda layer: map_bounds(layer, seen.activations[layer.name]),
            None,
        )
    )
    return _grabbed(pane, 560, 300)


def confusion() -> QImage:
    """Ten classes; the errors are coloured by their number, the diagonal is grey."""
    matrix = ConfusionMatrix()
    matrix.set_table(table())
    return _grabbed(matrix, 520, 420)


def sandbox() -> QImage:
    """The digit that the sandbox opens with, a window over it, and the edges found."""
    page = SandboxPage()
    page.set_motion(False)
    page.resize(860, 640)
    page.grids.input.set_cursor((3, 4))
    page.show()
    QApplication.processEvents()
    return page.grids.grab().toImage()


def architectures() -> QImage:
    """Two models side by side: totals, layers with their measures, the field on the picture, maps."""
    page = ArchitecturesPage()
    page.set_models(
        (
            column("lenet", "LeNet", LeNet(), (1, 28, 28)),
            column("simplecnn", "SimpleCNN", SimpleCNN(), (3, 32, 32)),
        )
    )
    page.set_image(np.stack([_spot(64)[0]] * 3))
    maps = np.stack([np.roll(_spot(16)[0], 2 * turn, axis=1) for turn in range(6)])
    page.set_maps("lenet", ("conv1", maps), ("conv2", maps[:4]), ("relu2", maps[:2]))
    return _grabbed(page, 820, 520)


def curves() -> QImage:
    """Loss and accuracy of five hundred steps, as they are exported."""
    view = CurvesView()
    view.set_log(falling())
    return QImage.fromData(view.render("png", (800, 340), False, "LeNet"))


SCENES: Final[dict[str, Callable[[], QImage]]] = {
    scene.__name__: scene for scene in (network, kernels, worksheet, slide, confusion, sandbox, architectures, curves)
}


def _lenet() -> Inspector:
    """With weights, and images, in steps of a 64th: sums are exact, so every processor writes the same digits."""
    torch.manual_seed(0)
    state = untrained(MODELS["lenet"], replace(GREY, mean=(0.5,), std=(0.25,)))
    return Inspector.from_state(
        replace(state, tensors={name: (64 * value).round() / 64 for name, value in state.tensors.items()})
    )


def _spot(size: int) -> np.ndarray:
    """A bright ring on black, not in the middle; `(1, size, size)` of 0 to 1."""
    rows, cols = np.mgrid[0:size, 0:size].astype(np.float32) / size
    distance = np.hypot(rows - 0.45, cols - 0.55)
    return (np.round(64 * np.exp(-((distance - 0.22) ** 2) / 0.006)) / 64).astype(np.float32)[None]


def _grabbed(widget: QWidget, width: int, height: int, part: QWidget | None = None) -> QImage:
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    if (focused := QApplication.focusWidget()) is not None:  # no frame around whatever has the keyboard
        focused.clearFocus()
    QApplication.processEvents()
    image = (part or widget).grab().toImage()
    widget.close()
    widget.deleteLater()
    return image
