"""How far a training is: a card with a bar over the whole of it, and the same in words."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from cnnviewer.core.training.progress import TrainProgress
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.steady_room import SteadyRoom
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_BAR_STEPS = 10_000


class TrainProgressCard(Translated, QFrame):
    """Epoch, step, speed and, while it runs, the time left; hidden before the first step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setProperty("uncovered", True)
        self._progress: TrainProgress | None = None
        self._running = False
        self._bar = QProgressBar()
        self._bar.setObjectName("trainProgress")
        self._bar.setRange(0, _BAR_STEPS)
        self._epoch, self._left, self._words = PlainLabel(), PlainLabel(), PlainLabel()
        self._epoch.setProperty("role", "title")
        for label in (self._left, self._words):
            label.setProperty("role", "caption")
        self._words.setWordWrap(True)
        head = WrappingRow()
        head.addWidget(self._epoch)
        head.add_stretch()
        head.addWidget(self._left)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(14, 11, 14, 12)
        layout.setSpacing(9)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SteadyRoom(content))
        self.retranslate()

    def set_running(self, running: bool) -> None:
        """Say whether time passes: only then is there a time left."""
        if running != self._running:
            self._running = running
            self._show()

    def set_progress(self, progress: TrainProgress | None) -> None:
        """Show how far it is; None before the first step."""
        self._progress = progress
        self._show()

    @property
    def words(self) -> str:
        """All that is said."""
        return " · ".join(label.text() for label in (self._epoch, self._left, self._words) if label.text())

    def _show(self) -> None:
        progress = self._progress
        self.setVisible(progress is not None)
        if progress is None:
            self._bar.setValue(0)
            for label in (self._epoch, self._left, self._words):
                label.setText("")
            return
        self._bar.setValue(int(_BAR_STEPS * progress.step / max(1, progress.total_steps)))
        number = "{:,}".format  # as everywhere in the window
        self._epoch.setText(
            self.tr("Epoch {epoch} of {epochs}").format(epoch=number(progress.epoch), epochs=number(progress.epochs))
        )
        left = self._running and progress.seconds_left is not None
        self._left.setText(self.tr("{time} left").format(time=duration(progress.seconds_left or 0)) if left else "")
        words = self.tr("step {step} of {total}").format(step=number(progress.step), total=number(progress.total_steps))
        if self._running and progress.images_per_second:
            speed = number(round(progress.images_per_second))
            words += " · " + self.tr("{speed} images/s").format(speed=speed)
        self._words.setText("\n".join(filter(None, (words, progress.start))))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._show()


def duration(seconds: float) -> str:
    """Seconds as a clock shows them: `0:48`, `1:05:00`; at least a second."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
