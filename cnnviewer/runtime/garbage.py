"""Run Python's cycle collector on the main thread only, without a noticeable stall.

Collecting in a worker thread can destroy a widget there, which crashes the process. So automatic collection is off
while the program runs. A timer on the main thread collects instead: young objects every second, all objects every 30
seconds.

A full collection visits every object: with PyTorch and Qt imported there are 250,000, which takes 0.25 seconds. Nearly
all of them belong to imported modules and live as long as the process, so `gc.freeze` excludes them: at the start, and
whenever libraries have been imported since. Collecting the rest takes a few milliseconds.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_FULL_EVERY = 30  # ticks
_MANY = 10_000  # objects: visiting them takes about 10 ms


class MainThreadCollector(QObject):
    """Collects garbage from a timer of the thread that creates it, until `stop`.

    Use `gc.freeze` only for objects that an import has created: a frozen cycle is never collected.
    """

    def __init__(self, parent: QObject | None = None, interval_ms: int = 1000) -> None:
        super().__init__(parent)
        self._threshold = gc.get_threshold()[0]
        self._ticks = 0
        gc.disable()
        gc.freeze()
        self._modules = len(sys.modules)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def tick(self) -> None:
        """Collect young objects if there are enough of them, and all objects at every 30th tick."""
        self._ticks += 1
        young = gc.get_count()[0]
        modules, self._modules = self._modules, len(sys.modules)
        if self._modules > modules and young > _MANY:
            gc.freeze()
        elif self._ticks >= _FULL_EVERY:
            self._ticks = 0
            gc.collect()
        elif young > self._threshold:
            # survivors of generation 0 become old: only the next full collection visits them
            gc.collect(0)

    def stop(self) -> None:
        """Collect once what the program made, and turn Python's automatic collection, of everything, on again."""
        self._timer.stop()
        gc.collect()
        gc.unfreeze()
        gc.enable()
