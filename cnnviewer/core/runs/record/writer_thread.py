"""The thread that writes a run's files while the training runs."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from sys import exc_info

Task = Callable[[], None]
_WAITING = 16  # tasks; a disk slower than the training makes the training wait, not the memory grow
_LOOK = 0.2  # seconds between two checks whether the awaited thread is alive


class WriterThread:
    """Runs tasks one after the other in its own thread. A task handles its own errors.

    Should the thread have ended all the same, nobody waits for it: whoever gives a task or waits does what is left.

    Attributes:
        closed: whether the thread has ended because nothing more will come.

    """

    def __init__(self) -> None:
        self._tasks: queue.Queue[Task | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._run, name="run-writer", daemon=True)
        self._giving = threading.Lock()  # of tasks: none is put behind the end, where nobody would do it
        self.closed = False
        self._thread.start()

    def put(self, task: Task) -> None:
        """Do `task` after those given before; in this thread, when the writer's has ended."""
        with self._giving:
            if self.closed:
                task()
            else:
                self._give(task)

    def settle(self) -> None:
        """Wait until every task given so far is done."""
        done = threading.Event()
        self.put(done.set)
        while not done.wait(_LOOK):
            if not self._thread.is_alive():
                with self._giving:
                    self._do_what_is_left()

    def close(self) -> None:
        """Do what is left and end the thread."""
        with self._giving:
            if not self.closed:
                self._give(None)
                self._thread.join()
                self._do_what_is_left()
                self.closed = True

    def _give(self, task: Task | None) -> None:
        while self._thread.is_alive():
            try:
                self._tasks.put(task, timeout=_LOOK)
            except queue.Full:
                continue
            return
        self._do_what_is_left()
        if task is not None:
            task()

    def _do_what_is_left(self) -> None:
        """Do what a thread that has ended has left behind, in order."""
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return
            if task is not None:
                task()

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except BaseException:  # the next task is done all the same
                report_mistake()


def report_mistake() -> None:
    """Report the exception being handled as Python reports one that ends a thread; the thread continues."""
    threading.excepthook(threading.ExceptHookArgs((*exc_info(), threading.current_thread())))
