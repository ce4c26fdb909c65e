"""The page Channels of Why: what the answer would lose without each channel of a layer."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.channel_records import Contributions
from cnnviewer.core.models.mutes import HOWS
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.channel_bars import ChannelBars
from cnnviewer.ui.explore.why.channel_texts import sums, title
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow


class ChannelsPage(Translated, QWidget):
    """Shows the contributions of a layer's channels to the logit asked about. It decides nothing.

    Signals:
        layer_chosen: name of the layer whose channels shall be removed.
        how_chosen: `zero` or `mean`: what stands in place of a removed channel.
        compute_requested: a study that was left out, because it takes long with a large model.
        cancelled: nothing more shall be computed.
        channel_hovered: the channel pointed at, None for none.
        channel_opened: the channel that shall be shown in the network.
        mute_toggled: the channel that shall be muted, or let through.
    """

    layer_chosen = Signal(str)
    how_chosen = Signal(str)
    compute_requested = Signal()
    cancelled = Signal()
    channel_hovered = Signal(object)
    channel_opened = Signal(int)
    mute_toggled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whyChannelsPage")
        self._found: Contributions | None = None
        self._classes: tuple[str, ...] = ()
        self._problem: Words = ""
        self._offered = False
        self.layers = CalmCombo(self)
        self.layers.setObjectName("channelsLayerCombo")
        self.layers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.how = Segmented(self)
        self.how.setObjectName("channelsHow")
        for how in HOWS:
            self.how.add(how, name=f"channels{how.title()}Segment")
        self.title, self.sums, self._sentences = (PlainLabel(self) for _ in range(3))
        for label, name, role in (
            (self.title, "channelsTitle", "title"),
            (self.sums, "channelsSums", ""),
            (self._sentences, "channelsSentences", "caption"),
        ):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            if role:
                label.setProperty("role", role)
        self.bars = ChannelBars(self)
        self.progress = CancellableProgress("channels", self)
        self.compute_button = QPushButton(self)
        self.compute_button.setObjectName("channelsComputeButton")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QWidget(self)
        row = WrappingRow(head, 8)
        for widget in (self.layers, self.how, self.compute_button, self.progress):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 6, 4)
        column.setSpacing(6)
        column.addWidget(head)
        column.addWidget(self.title)
        column.addWidget(self.bars)
        column.addWidget(self.sums)
        column.addWidget(self._sentences)
        column.addStretch(1)

    def _connect(self) -> None:
        self.layers.activated.connect(self._on_layer)
        self.how.chosen.connect(self.how_chosen)
        self.compute_button.clicked.connect(self.compute_requested)
        self.progress.cancelled.connect(self.cancelled)
        self.bars.channel_hovered.connect(self.channel_hovered)
        self.bars.channel_opened.connect(self.channel_opened)
        self.bars.mute_toggled.connect(self.mute_toggled)

    # values in

    def set_layers(self, layers: tuple[str, ...], current: str) -> None:
        """The layers whose channels can be removed, and which is chosen."""
        with QSignalBlocker(self.layers):
            if tuple(self.layers.itemData(index) for index in range(self.layers.count())) != layers:
                self.layers.clear()
                for name in layers:
                    self.layers.addItem(name, name)
            self.layers.setCurrentIndex(self.layers.findData(current))

    def set_how(self, how: str) -> None:
        """What stands in place of a removed channel."""
        self.how.set_current(how)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The names of the classes, in the order of the logits."""
        self._classes = classes

    def set_contributions(self, found: Contributions | None) -> None:
        """Show these; None: there are none."""
        self._found, self._problem, self._offered = found, "", False
        self.bars.set_contributions(found)
        self._say()

    def set_offered(self, offered: bool) -> None:
        """Whether the study waits for the user to ask for it."""
        self._offered = offered
        self._say()

    def set_problem(self, sentence: Words) -> None:
        """Why there are no contributions."""
        self.set_contributions(None)
        self._problem = sentence
        self._say()

    def set_muted(self, channels: Collection[int]) -> None:
        """Which channels of the layer are muted."""
        self.bars.set_muted(channels)

    def set_progress(self, fraction: float | None) -> None:
        """How far the study is; None: none is under way."""
        words = "" if fraction is None else self.tr("{percent} %").format(percent=f"{100 * fraction:.0f}")
        self.progress.set_progress(fraction, words)

    # inside

    def _on_layer(self, index: int) -> None:
        self.layer_chosen.emit(self.layers.itemData(index))

    def _say(self) -> None:
        found = self._found if self._classes else None
        self.title.setText("" if found is None else title(found, self._classes))
        self.sums.setText("" if found is None else sums(found))
        self.title.setVisible(found is not None)
        self.sums.setVisible(found is not None)
        self.compute_button.setVisible(self._offered)
        notice = worded(self._problem)
        if not notice and self._offered:
            notice = self.tr("This runs the model once for each channel, which takes a while with a large model.")
        tip = self.tr("Channel {channel}: {before} with it, {after} without it. Click: its map and its arithmetic")
        self.bars.set_words(tip, self.tr("Mute this channel, or let it through (M)"), notice)
        self.bars.setAccessibleDescription(" ".join(filter(None, (self.title.text(), self.sums.text()))))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Channels"))
        self.layers.setAccessibleName(self.tr("Layer"))
        self.layers.setToolTip(tool_tip(self.tr("The layer whose channels are removed one after another")))
        self.how.set_texts(
            {
                "zero": (self.tr("zero"), self.tr("0 stands in place of all values of the channel that is removed")),
                "mean": (
                    self.tr("mean"),
                    self.tr("The channel's mean over the data set stands in place of all its values"),
                ),
            }
        )
        self.how.setAccessibleName(self.tr("What stands in place of a channel"))
        self.compute_button.setText(self.tr("Compute"))
        self.compute_button.setAccessibleName(self.tr("Compute the contributions"))
        self.bars.setAccessibleName(self.tr("Contribution of each channel"))
        self._sentences.setText(
            self.tr(
                "Each channel is removed alone and the model computes the rest again: a real change, no estimate. "
                "It does not say what several channels do together, nor what a channel stands for."
            )
        )
        self._say()
