"""Python's cycle collector, on the main thread only.

Collecting in a worker thread can destroy a widget there, which crashes the process. So automatic collection is off
while the program runs and a timer of the main thread collects instead, one generation at a time.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer


class MainThreadCollector(QObject):
    """Collects garbage from a timer of the thread it is made in, as long as it lives."""

    def __init__(self, parent: QObject | None = None, interval_ms: int = 1000) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        # the counts say how many collections of the younger generation have passed since the last of this one
        young, middle, _ = gc.get_count()
        if young > self._thresholds[0]:
            gc.collect(1 if middle > self._thresholds[1] else 0)

    def stop(self) -> None:
        """Collect everything once and give the collector back to Python."""
        self._timer.stop()
        gc.collect()
        gc.enable()
