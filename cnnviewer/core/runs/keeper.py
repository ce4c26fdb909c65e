"""Where a run's files go: its folder, or memory when the folder fails, or another folder a person names."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import BaseFileLock

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.atomic import flush_folder
from cnnviewer.core.runs import metrics_file
from cnnviewer.core.runs.folder import CHECKPOINT, make_folder
from cnnviewer.core.runs.info import NOTES_FILE, RUN_FILE, Notes, RunInfo
from cnnviewer.core.runs.lock import locked_by_us
from cnnviewer.core.runs.moments import FOLDER as MOMENTS
from cnnviewer.core.runs.moments import file_name, kept_steps
from cnnviewer.core.runs.store import FolderStore, MemoryStore, unrecorded
from cnnviewer.core.runs.writer import Writer
from cnnviewer.core.training.metric_log import MetricLog

_MADE_ANEW = frozenset(
    {RUN_FILE, *(name for table in (metrics_file.STEPS, metrics_file.EPOCHS) for name in (table.csv, table.fast))}
)


class Keeper:
    """Writes a run's files in a thread of its own, in the order asked for.

    A file that cannot be written, for whatever reason, turns the run to memory: nothing a disk does ends a training.

    Attributes:
        folder: where the run is, None while it is in memory only.
        problem: why it is in memory only.
        on_problem: told when that happens, in the writer's thread.
        notes: a person's words, for a folder that has none yet.
        wants_checkpoint: whether there is none in the place where the run is now.

    """

    def __init__(
        self,
        log: MetricLog,
        info: RunInfo,
        folder: Path | None,
        lock: BaseFileLock | None,
        problem: UserError | None,
        files: dict[str, bytes] | None = None,
    ) -> None:
        self.folder = folder
        self.problem = problem
        self.on_problem: Callable[[UserError], None] | None = None
        self.notes = Notes()
        self.wants_checkpoint = False
        self._log = log
        self._info = info
        self._lock = lock
        self._store: FolderStore | MemoryStore = FolderStore(folder) if folder is not None else MemoryStore()
        if isinstance(self._store, MemoryStore):
            self._store.files |= {RUN_FILE: info.to_json()} | (files or {})
        self._left: Path | None = None  # a folder that failed: what it holds may still be read
        self._rows: dict[str, int] = {}  # rows in each CSV file, and its length
        self._lengths: dict[str, int] = {}
        if folder is not None:
            self._measure(folder, log.step_count, log.epoch_count)
        self._writer = Writer()

    # asked for by the thread that trains; done in the writer's

    def write(self, name: str, make: Callable[[], bytes | None], durable: bool = True) -> None:
        """Put a file in place of the old one; `make` says its bytes in the writer's thread, or None for none."""
        self._put(lambda: self._write(name, make, durable))

    def write_checkpoint(self, make: Callable[[], bytes | None]) -> None:
        """Write the checkpoint, when the disk has all that was appended: it never stands ahead of its metrics."""
        self._put(lambda: self._write_checkpoint(make))

    def write_info(self, info: RunInfo, first: bool = False) -> None:
        """Write the run's description; `first` sees to it as well that the disk knows the folder."""
        self._put(lambda: self._write_info(info, first))

    def append(self, table: metrics_file.Table, start: int, rows: metrics_file.Rows) -> None:
        """Add rows to a table, the first of which follows after `start` others."""
        if len(rows):
            self._put(lambda: self._append(table, start, rows))

    def sync(self) -> None:
        """Have the disk hold all that was appended."""
        self._put(lambda: self._store.sync())

    def settle(self) -> None:
        """Come back when everything so far is written."""
        self._writer.settle()

    def close(self) -> None:
        """Write what is left, and let go of the folder."""
        self._put(self._let_go)
        self._writer.close()

    # from any thread

    def move_to(self, parent: Path) -> Path:
        """Write the run, as far as it is known, to a new folder in `parent`, and go on there. See `Recording`."""
        outcome: list[Path | UserError] = []
        done = threading.Event()

        def move() -> None:
            try:
                outcome.append(self._move_to(parent))
            finally:
                done.set()

        self._writer.put(move)
        done.wait()
        result = outcome[0]
        if isinstance(result, UserError):
            raise result
        return result

    def moment_steps(self) -> list[int]:
        """The steps whose moments are kept, ascending, on disk or in memory."""
        steps = set()
        for folder in (self.folder, self._left):
            steps |= set(kept_steps(folder)) if folder is not None else set()
        if isinstance(self._store, MemoryStore):
            steps |= {int(Path(name).stem) for name in tuple(self._store.files) if name.startswith(MOMENTS)}
        return sorted(steps)

    def moment_bytes(self, step: int) -> bytes:
        """A moment's file.

        Raises:
            UserError: that moment is not kept.
        """
        name, store = file_name(step), self._store
        if isinstance(store, MemoryStore) and name in store.files:
            return store.files[name]
        for folder in (self.folder, self._left):
            if folder is not None:
                with suppress(OSError):
                    return (folder / name).read_bytes()
        raise UserError("The run has no readable {file}.", file=Path(name).name)

    # in the writer's thread

    def _put(self, task: Callable[[], None]) -> None:
        self._writer.put(lambda: self._do(task))

    def _do(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:  # a training does not end for what its record suffers
            self._turn_to_memory(error)
            with suppress(Exception):
                task()

    def _write(self, name: str, make: Callable[[], bytes | None], durable: bool) -> None:
        data = make()
        if data is not None:
            self._store.write(name, data, durable)

    def _write_checkpoint(self, make: Callable[[], bytes | None]) -> None:
        data = make()
        if data is not None:
            self._store.sync()
            self._store.write(CHECKPOINT, data)
            self.wants_checkpoint = False

    def _write_info(self, info: RunInfo, first: bool) -> None:
        self._info = info
        self._store.write(RUN_FILE, info.to_json())
        if first and isinstance(self._store, FolderStore):
            flush_folder(self._store.folder / MOMENTS)
            flush_folder(self._store.folder.parent)

    def _append(self, table: metrics_file.Table, start: int, rows: metrics_file.Rows) -> None:
        if isinstance(self._store, MemoryStore):
            return  # the log has them
        rows = rows[max(0, self._rows[table.csv] - start) :]  # the run may have been moved with the first of them
        if not len(rows):
            return
        lines = table.lines(rows.tolist())
        text = b"".join(lines)
        self._store.append(table.csv, text)
        self._store.append(table.fast, table.fast_rows(rows, lines, self._lengths[table.csv]))
        self._rows[table.csv] += len(rows)
        self._lengths[table.csv] += len(text)

    def _turn_to_memory(self, error: Exception) -> None:
        if self.folder is None:
            return
        self._store.close()
        self._left, self.folder = self.folder, None  # its lock is kept: nobody else goes on with it meanwhile
        self._store = MemoryStore()
        self._store.files[RUN_FILE] = self._info.to_json()
        self.wants_checkpoint = True
        reason = error if isinstance(error, UserError) else UserError("{reason}.", reason=str(error) or repr(error))
        self.problem = unrecorded(reason)
        if self.on_problem is not None:
            self.on_problem(self.problem)

    def _move_to(self, parent: Path) -> Path | UserError:
        files: dict[str, bytes | Path] = {RUN_FILE: self._info.to_json()}
        old = self.folder or self._left
        if old is not None:
            files |= {name: path for name, path in _files_in(old).items() if name not in _MADE_ANEW}
        if isinstance(self._store, MemoryStore):
            files |= self._store.files
        if self.notes != Notes():
            files[NOTES_FILE] = self.notes.to_json()
        try:
            folder, steps, epochs = make_folder(parent, self._info.id, self._log, files)
            lock = locked_by_us(folder)
        except UserError as error:
            return error
        except OSError as error:
            return UserError(
                "The run cannot be saved in {folder}: {reason}.", folder=parent, reason=error.strerror or error
            )
        self._let_go()
        self.wants_checkpoint = CHECKPOINT not in files
        self._store, self._lock, self.folder, self.problem, self._left = FolderStore(folder), lock, folder, None, None
        self._measure(folder, steps, epochs)
        if self._writer.closed:  # the training has ended: nothing more will come
            self._let_go()
        return folder

    def _measure(self, folder: Path, steps: int, epochs: int) -> None:
        for table, count in ((metrics_file.STEPS, steps), (metrics_file.EPOCHS, epochs)):
            self._rows[table.csv] = count
            self._lengths[table.csv] = (folder / table.csv).stat().st_size

    def _let_go(self) -> None:
        self._store.close()
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock = None


def _files_in(folder: Path) -> dict[str, Path]:
    """Every file of a run by its name within the folder, but for locks and what a crash left behind."""
    try:
        paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    except OSError:
        return {}
    return {path.relative_to(folder).as_posix(): path for path in paths}
