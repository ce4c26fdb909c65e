"""Between a training and whoever looks inside: while the past is looked at, the newest weights wait here."""

from __future__ import annotations

import threading
import time

from cnnviewer.core.models.state import ModelState
from cnnviewer.runtime.training_thread import WeightsSink

_WHILE_HELD = 1.0  # seconds between two copies that nobody looks at yet
_PRECEDENCE = 0.05  # seconds a step waits at most for a moment of the past to be shown


class LiveWeights:
    """A `WeightsSink` that remembers the newest weights and passes them on only while they are followed.

    The training thread sets weights; the main thread holds and follows.
    """

    def __init__(self, sink: WeightsSink) -> None:
        self._sink = sink
        self._lock = threading.Lock()
        self._newest: ModelState | None = None
        self._following = True
        self._taken = 0.0
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()

    @property
    def newest(self) -> ModelState | None:
        """The weights that came last, passed on or not; None since `begin`."""
        return self._newest

    @property
    def following(self) -> bool:
        """Whether weights are passed on."""
        return self._following

    def begin(self) -> None:
        """Another training: follow it from its first weights on."""
        with self._lock:
            self._newest, self._following, self._taken = None, True, 0.0

    def hold(self) -> None:
        """Pass nothing on from now on; when this returns, nothing is under way either."""
        with self._lock:
            self._following = False

    def follow(self) -> None:
        """Pass weights on again, beginning with the next ones."""
        with self._lock:
            self._following = True

    def set_waiting(self, waiting: bool) -> None:
        """Whether a person waits for a moment of the past: a training gives way for an instant."""
        if waiting:
            self._nobody_waits.clear()
        else:
            self._nobody_waits.set()

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
        self._nobody_waits.wait(_PRECEDENCE)
        self._sink.let_through(seconds)
