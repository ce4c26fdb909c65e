"""What a network paints where the view has been moved."""

from cnnviewer.ui.explore.network.canvas import NetworkCanvas
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts


def texts_after_moving(canvas: NetworkCanvas, pixels: float) -> list[PaintedText]:
    """Every text painted once the view has gone so many pixels to the right, to the left where negative."""
    canvas._move(canvas._kept(canvas.camera.moved(pixels, 0)))
    canvas._forget_places()
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        canvas.grab()
    return texts
