"""Help: the four journeys and every shortcut, in a window that does not stand in the way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from cnnviewer import __version__
from cnnviewer.ui.theme import theme


class HelpWindow(QWidget):
    """A page of text that follows language and theme."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        # a window of its own that closes with the main window
        self.setWindowFlag(Qt.WindowType.Window, True)
        self._actions = actions
        self._page = QTextBrowser()
        self._page.setObjectName("helpPage")
        self._page.document().setDocumentMargin(18)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._page)
        self.resize(640, 720)
        theme().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setWindowTitle(self.tr("cnnviewer help"))
        self._page.setAccessibleName(self.windowTitle())
        muted = theme().tokens.muted
        journeys = (
            (
                self.tr("Train"),
                self.tr(
                    "Choose a model and a data set on the left and press Train. Loss and accuracy appear below; the "
                    "feature maps, the kernels and the prediction follow while the model learns. Learning rate and "
                    "momentum may be changed under way; Step learns exactly one batch."
                ),
            ),
            (
                self.tr("Look inside"),
                self.tr(
                    "Every column is one operation, every tile one feature map. Point at a tile to see what it is "
                    "computed from; point at a pixel to read its value and see its receptive field framed on the "
                    "input. A click keeps it, arrow keys walk, Esc lets go. The wheel zooms, dragging moves, F fits."
                ),
            ),
            (
                self.tr("Ask why"),
                self.tr(
                    "Click on any number: the panel below the network shows its operands, the formula with the "
                    "numbers put in, code that prints the same, a lesson with questions, and how a weight learns "
                    "from it. Play lets the window slide over the image. Bars, kernels and the loss can be asked too."
                ),
            ),
            (
                self.tr("Sandbox, Architectures, Builder"),
                self.tr(
                    "Three more pages above the network: try kernels, strides and padding on a small input; compare "
                    "LeNet to VGG19 layer by layer; put a network of your own together, train it, export it as Python."
                ),
            ),
            (
                self.tr("Draw"),
                self.tr(
                    "Draw a digit anywhere on the canvas, as large or small as you like. It is cropped, scaled to "
                    "20×20 and centred by mass in 28×28, as the makers of MNIST did; the lens below shows the steps. "
                    "The bars move while you draw."
                ),
            ),
            (
                self.tr("Export"),
                self.tr(
                    "File ▸ Export writes curves (PNG, SVG, PDF), numbers (CSV, JSON), feature maps and kernels "
                    "(PNG, NPY) and the network picture (SVG, PNG), with a caption of model, data, step and seed."
                ),
            ),
        )
        parts = [f"<h3>{title}</h3><p>{words}</p>" for title, words in journeys]
        rows = [
            f"<tr><td style='padding-right:24px'><b>{keys}</b></td><td>{action.statusTip()}</td></tr>"
            for action in self._actions.values()
            if (keys := action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        ]
        shortcuts = self.tr("Shortcuts")
        parts.append(f"<h3>{shortcuts}</h3><table>{''.join(rows)}</table>")
        about = self.tr("cnnviewer {version}, free software under the MIT licence.").format(version=__version__)
        parts.append(f"<p style='color:{muted}'>{about}</p>")
        self._page.setHtml("".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
