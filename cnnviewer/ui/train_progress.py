"""How far a training is: a bar over the whole of it, and the same in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from cnnviewer.core.training.progress import TrainProgress

_BAR_STEPS = 10_000


class TrainProgressLine(QWidget):
    """Epoch, step, speed and, while it runs, the time left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: TrainProgress | None = None
        self._running = False
        self._bar = QProgressBar()
        self._bar.setObjectName("trainProgress")
        self._bar.setRange(0, _BAR_STEPS)
        self._words = QLabel()
        self._words.setProperty("role", "caption")
        self._words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
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
        """What stands below the bar."""
        return self._words.text()

    def _show(self) -> None:
        progress = self._progress
        if progress is None:
            self._bar.setValue(0)
            self._words.setText("")
            return
        self._bar.setValue(int(_BAR_STEPS * progress.step / max(1, progress.total_steps)))
        number = QLocale().toString
        parts = [
            self.tr("Epoch {epoch}/{epochs}").format(epoch=progress.epoch, epochs=progress.epochs),
            self.tr("step {step} of {total}").format(step=number(progress.step), total=number(progress.total_steps)),
        ]
        if self._running and progress.images_per_second:
            parts.append(self.tr("{speed} images/s").format(speed=number(round(progress.images_per_second))))
        if self._running and progress.seconds_left is not None:
            parts.append(self.tr("{time} left").format(time=self._duration(progress.seconds_left)))
        self._words.setText(" · ".join(parts))

    def _duration(self, seconds: float) -> str:
        whole = max(1, round(seconds))
        if whole < 60:
            return self.tr("{n} s").format(n=whole)
        if whole < 3600:
            return self.tr("{n} min {s} s").format(n=whole // 60, s=whole % 60)
        return self.tr("{h} h {n} min").format(h=whole // 3600, n=whole % 3600 // 60)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
