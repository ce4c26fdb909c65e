"""The thread that writes a run's files while the training goes on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Task = Callable[[], None]
_WAITING = 16  # tasks; a disk slower than the training makes the training wait, not the memory grow


class Writer:
    """Does tasks one after the other in a thread of its own. A task handles its own failures.

    Attributes:
        closed: whether the thread has ended.

    """

    def __init__(self) -> None:
        self._tasks: queue.Queue[Task | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="run-writer", daemon=True)
        self._giving = threading.Lock()  # of tasks: none is put behind the end, where nobody would do it
        self.closed = False
        self._thread.start()

    def put(self, task: Task) -> None:
        """Do `task` after those given before; in this thread, when the writer is closed."""
        with self._giving:
            if self.closed:
                task()
            else:
                self._tasks.put(task)

    def settle(self) -> None:
        """Come back when every task given so far is done."""
        done = threading.Event()
        self.put(done.set)
        done.wait()

    def close(self) -> None:
        """Do what is left and end the thread."""
        with self._giving:
            if not self.closed:
                self._tasks.put(None)
                self._thread.join()
                self.closed = True

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
