"""Passes weights from the training to the inspection thread; holds them back while an earlier snapshot is shown."""

from __future__ import annotations

import threading
import time

from cnnviewer.core.models.state import ModelState
from cnnviewer.runtime.training_thread import WeightsSink

_WHILE_HELD = 1.0  # seconds between two copies of weights that are not shown yet
_PRECEDENCE = 0.05  # longest wait of a training step for an earlier snapshot to be shown, seconds


class LiveWeights:
    """A `WeightsSink` that remembers the newest weights and passes them on only while it is following.

    The training thread calls `set_weights`; the main thread calls `hold` and `follow`.
    """

    def __init__(self, sink: WeightsSink) -> None:
        self._sink = sink
        self._lock = threading.Lock()
        self._newest: ModelState | None = None
        self._following = True
        self._taken = 0.0
        self._no_request_waits = threading.Event()
        self._no_request_waits.set()

    @property
    def newest(self) -> ModelState | None:
        """The newest weights, passed on or not; None after `begin`, until the first ones arrive."""
        return self._newest

    @property
    def following(self) -> bool:
        """Whether weights are passed on."""
        return self._following

    def begin(self) -> None:
        """Follow another training from its first weights on."""
        with self._lock:
            self._newest, self._following, self._taken = None, True, 0.0

    def hold(self) -> None:
        """Pass no more weights on; when this returns, no call to the sink is running either."""
        with self._lock:
            self._following = False

    def follow(self) -> None:
        """Pass weights on again, starting with the next ones."""
        with self._lock:
            self._following = True

    def set_waiting(self, waiting: bool) -> None:
        """Set whether the user waits for an earlier snapshot: the training then pauses briefly at each step."""
        if waiting:
            self._no_request_waits.clear()
        else:
            self._no_request_waits.set()

    # the sink, in the training thread

    def wants_weights(self) -> bool:
        """See `WeightsSink`; while held, one copy a second is enough."""
        if self._following:
            return self._sink.wants_weights()
        return time.monotonic() - self._taken >= _WHILE_HELD

    def set_weights(self, state: ModelState, step: int) -> None:
        """See `WeightsSink`."""
        with self._lock:
            self._newest, self._taken = state, time.monotonic()
            if self._following:
                self._sink.set_weights(state, step)

    def let_through(self, seconds: float) -> None:
        """See `WeightsSink`."""
        self._no_request_waits.wait(_PRECEDENCE)
        self._sink.let_through(seconds)
