"""Where a run's files go: its folder, or memory while the folder fails, or another folder the user names."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from filelock import BaseFileLock

from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import flush_folder
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.file_names import CHECKPOINT, NOTES_FILE, RUN_FILE
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.lock import locked_by_us
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.format.snapshot_steps import FOLDER as SNAPSHOT_FOLDER
from cnnviewer.core.runs.format.snapshot_steps import file_name, kept_steps
from cnnviewer.core.runs.record.run_folder import files_in, make_folder
from cnnviewer.core.runs.record.run_store import MemoryStore, unrecorded
from cnnviewer.core.runs.record.waiting_snapshots import WaitingSnapshots
from cnnviewer.core.runs.record.writer_thread import WriterThread, report_mistake
from cnnviewer.core.runs.record.written_folder import WrittenFolder
from cnnviewer.core.training.metric_log import MetricLog

_MADE_ANEW = frozenset(
    {RUN_FILE, *(name for table in (metrics_file.STEPS, metrics_file.EPOCHS) for name in (table.csv, table.fast))}
)
T = TypeVar("T")
E = TypeVar("E")
_RETRY = 1.0  # seconds until a folder that failed is tried again
_PATIENCE = 20.0  # minimum pause, as a multiple of the last attempt's duration


class RunWriter:
    """Writes a run's files in its own thread, in the order asked for.

    No disk error ends a training. A snapshot that cannot be written waits in memory. If another file cannot be written,
    the run continues in memory; the folder is tried again every second, and at the end.

    Attributes:
        folder: where the run is, None while it is in memory only.
        problem: why it is in memory only.
        on_error: called with the error when that happens, and with None when the folder is complete again; in the
            writer thread.
        on_info: called with other information for the user, likewise.
        notes: the user's notes, for a folder that has none yet.
        wants_checkpoint: whether the run's present store has no checkpoint yet.

    """

    def __init__(
        self,
        log: MetricLog,
        info: RunInfo,
        folder: Path | None,
        lock: BaseFileLock | None,
        problem: UserError | None,
        files: dict[str, bytes] | None = None,
        home: Path | None = None,
    ) -> None:
        """Write to `folder`; with None to memory, until a new folder can be made in `home`, where that is given."""
        self.folder = folder
        self.problem = problem
        self.on_error: Callable[[UserError | None], None] | None = None
        self.on_info: Callable[[UserError], None] | None = None
        self.notes = Notes()
        self.wants_checkpoint = False
        self._log = log
        self._info = info
        self._lock = lock
        self._store: WrittenFolder | MemoryStore
        if folder is not None:
            self._store = WrittenFolder(folder, log.step_count, log.epoch_count)
        else:
            self._store = MemoryStore()
            self._store.files |= {RUN_FILE: info.to_json()} | (files or {})
        self._waiting = WaitingSnapshots()
        self._waiting_reported = False
        self._left: WrittenFolder | None = None  # a folder that failed: its files may still be readable
        self._home = home
        self._retry_at = 0.0
        self._writer = WriterThread()

    # called by the training thread; done in the writer thread

    def write(self, name: str, make: Callable[[], bytes | None]) -> None:
        """Replace a file; `make` returns its bytes in the writer thread, or None to write nothing."""
        self._put(lambda: self._write(name, make))

    def write_snapshot(self, step: int, make: Callable[[], bytes]) -> None:
        """Store a snapshot; if the disk refuses it, it waits in memory."""
        self._put(lambda: self._write_snapshot(file_name(step), make))

    def write_checkpoint(self, make: Callable[[], bytes | None]) -> None:
        """Write the checkpoint after all appended rows are fsynced: it must never be ahead of its metrics."""
        self._put(lambda: self._write_checkpoint(make))

    def write_info(self, info: RunInfo, first: bool = False) -> None:
        """Write the run's description; `first`: also fsync the folder's entry."""
        self._put(lambda: self._write_info(info, first))

    def append(self, table: metrics_file.Table, start: int, rows: metrics_file.Rows) -> None:
        """Add rows to a table, the first of which follows after `start` others."""
        if len(rows):
            self._put(lambda: self._append(table, start, rows))

    def sync(self) -> None:
        """Fsync everything appended."""
        self._put(lambda: self._store.sync())

    def settle(self) -> None:
        """Wait until everything so far is written."""
        self._writer.settle()

    def close(self) -> None:
        """Write what is left, and release the folder."""
        self._put(self._finish)
        self._writer.close()

    # from any thread

    def move_to(self, parent: Path) -> Path:
        """Write the run, as far as it is known, to a new folder in `parent`, and continue there. See `Recording`."""
        result = self._done_in_order(lambda: self._move_to(parent))
        if isinstance(result, UserError):
            raise result
        return result

    def try_again(self) -> bool:
        """Try the failed folder once more, if any; return whether the run is in a folder."""
        return self._done_in_order(self._recorded_again)

    def snapshot_steps(self) -> list[int]:
        """The steps that have a snapshot, on disk or in memory, ascending."""
        steps = set()
        for folder in self._folders():
            steps |= set(kept_steps(folder))
        for store in self._memories():
            steps |= {int(Path(name).stem) for name in tuple(store.files) if name.startswith(SNAPSHOT_FOLDER)}
        return sorted(steps)

    def snapshot_bytes(self, step: int) -> bytes:
        """A snapshot's file.

        Raises:
            UserError: there is no such snapshot.
        """
        name = file_name(step)
        for store in self._memories():
            data = store.files.get(name)
            if data is not None:
                return data
        for folder in self._folders():
            with suppress(OSError):
                return bytes_of(folder / name)
        raise UserError("The run has no readable {file}.", file=Path(name).name)

    # in the writer's thread

    def _put(self, task: Callable[[], None]) -> None:
        self._writer.put(lambda: self._do(task))

    def _done_in_order(self, work: Callable[[], T]) -> T:
        """Run `work` in the writer thread after all earlier tasks; return its result or raise its exception."""
        outcome: Future[T] = Future()

        def do() -> None:
            try:
                outcome.set_result(work())
            except BaseException as error:  # passed to the waiting thread
                outcome.set_exception(error)

        self._writer.put(do)
        self._writer.settle()
        return outcome.result(timeout=0)

    def _do(self, task: Callable[[], None]) -> None:
        try:
            if self.folder is None and time.monotonic() >= self._retry_at:
                self._recorded_again()
            task()
        except KeyboardInterrupt:  # only ever in the main thread, where tasks are done when the writer's has ended
            raise
        except BaseException as error:  # an error of the recording does not end the training
            self._turn_to_memory(error)
            with suppress(Exception):
                task()

    def _write(self, name: str, make: Callable[[], bytes | None]) -> None:
        data = make()
        if data is not None:
            self._store.write(name, data)

    def _write_snapshot(self, name: str, make: Callable[[], bytes]) -> None:
        if isinstance(self._store, MemoryStore):
            self._store.write(name, make())
            return
        self._waiting.files[name] = make()
        self._write_waiting(self._store)

    def _write_waiting(self, folder: WrittenFolder, last: bool = False) -> None:
        waits = self._waiting.write_to(folder, last)
        if waits is not None and not self._waiting_reported and self.on_info is not None:
            self._waiting_reported = True
            _tell(self.on_info, waits)

    def _write_checkpoint(self, make: Callable[[], bytes | None]) -> None:
        data = make()
        if data is not None:
            self._store.sync()
            self._store.write(CHECKPOINT, data)
            self.wants_checkpoint = False

    def _write_info(self, info: RunInfo, first: bool) -> None:
        self._info = info
        if isinstance(self._store, MemoryStore):
            self._store.write(RUN_FILE, info.to_json())
            return
        self._store.describe(info)
        if first:
            flush_folder(self._store.folder / SNAPSHOT_FOLDER)
            flush_folder(self._store.folder.parent)

    def _append(self, table: metrics_file.Table, start: int, rows: metrics_file.Rows) -> None:
        if isinstance(self._store, WrittenFolder):  # else the log has them
            self._store.append_rows(table, start, rows)

    # a folder that fails

    def _turn_to_memory(self, error: BaseException) -> None:
        if isinstance(self._store, MemoryStore):
            return
        self._store.close()
        self._left, self.folder = self._store, None  # keep its lock, so that no other process resumes it meanwhile
        if _is_gone(self._left.folder):  # moved or deleted: release its lock for other processes
            self._release()
        self._store = MemoryStore()
        self._store.files = {RUN_FILE: self._info.to_json(), **self._waiting.files}
        self._waiting.files = {}
        self._retry_at = time.monotonic() + _RETRY
        self.wants_checkpoint = True
        reason = error if isinstance(error, UserError) else UserError("{reason}.", reason=system_reason(error))
        self.problem = unrecorded(reason)
        if self.on_error is not None:
            _tell(self.on_error, self.problem)

    def _recorded_again(self) -> bool:
        """Try the failed folder, or create one where there was none; return whether the run is in a folder now."""
        if self.folder is None:
            began = time.monotonic()
            with suppress(Exception):
                self._return()
            if self._left is None and self._home is not None:
                self._move_to(self._home)
            took = time.monotonic() - began
            self._retry_at = began + took + max(_RETRY, _PATIENCE * took)
            if self._recorded and self.on_error is not None:
                _tell(self.on_error, None)
        return self._recorded

    @property
    def _recorded(self) -> bool:
        return self.folder is not None

    def _return(self) -> None:
        """Update the failed folder, if any, from memory: snapshots last, because they are only shown.

        Raises:
            OSError, UserError: it still fails, or another process has changed the run.
        """
        folder, memory = self._left, self._store
        if folder is None or not isinstance(memory, MemoryStore):
            return
        if self._lock is None:
            self._lock = locked_by_us(folder.folder)
        snapshots = {name: data for name, data in memory.files.items() if name.startswith(SNAPSHOT_FOLDER)}
        rest = {name: data for name, data in memory.files.items() if name not in snapshots and name != RUN_FILE}
        ended = self._writer.closed  # then nothing more will come
        try:
            folder.bring_up(self._log, self._info, rest)
            self._store, self.folder, self._left, self.problem = folder, folder.folder, None, None
            self._waiting.files = snapshots
            self._write_waiting(folder, last=ended)
        finally:
            if ended:
                self._let_go()

    def _finish(self) -> None:
        """The run ends: try the folder a last time."""
        for store in (self._store, self._left):
            if isinstance(store, WrittenFolder):
                store.room.hurry()
        self._recorded_again()
        if isinstance(self._store, WrittenFolder):
            with suppress(Exception):
                self._write_waiting(self._store, last=True)
        self._let_go()

    def _memories(self) -> list[MemoryStore]:
        return [store for store in (self._waiting, self._store) if isinstance(store, MemoryStore)]

    def _folders(self) -> list[Path]:
        return [store.folder for store in (self._store, self._left) if isinstance(store, WrittenFolder)]

    def _move_to(self, parent: Path) -> Path | UserError:
        if self._left is not None and self._left.folder.parent == parent:
            try:
                self._return()
            except Exception as error:
                if is_full(error):  # a copy would take more
                    return _not_saved(error, parent)
            else:
                return self.folder or parent
        files: dict[str, bytes | Path] = {RUN_FILE: self._info.to_json()}
        for old in self._folders():
            files |= {name: path for name, path in files_in(old).items() if name not in _MADE_ANEW}
        for memory in self._memories():
            files |= memory.files
        if self.notes != Notes():
            files[NOTES_FILE] = self.notes.to_json()
        try:
            folder, steps, epochs = make_folder(parent, self._info.id, self._log, files)
            lock = locked_by_us(folder)
        except Exception as error:
            return _not_saved(error, parent)
        self._let_go()
        self.wants_checkpoint = CHECKPOINT not in files
        self._store, self._lock, self._left = WrittenFolder(folder, steps, epochs), lock, None
        self.folder, self.problem, self._home = folder, None, None
        self._waiting.files = {}
        if self._writer.closed:  # the training has ended: nothing more will come
            self._let_go()
        return folder

    def _let_go(self) -> None:
        self._store.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock = None


def _is_gone(folder: Path) -> bool:
    try:
        return not folder.exists()
    except OSError:  # the path may not be accessed, so it exists
        return False


def _tell(callback: Callable[[E], None], what: E) -> None:
    """Call the listener; its errors do not count as errors of the recording."""
    try:
        callback(what)
    except Exception:
        report_mistake()


def _not_saved(error: Exception, parent: Path) -> UserError:
    if isinstance(error, UserError):
        return error
    return UserError("The run cannot be saved in {folder}: {reason}.", folder=parent, reason=system_reason(error))
