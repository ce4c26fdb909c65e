"""A run's folder as its one writer knows it: what its tables and its description say, and how they catch up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.format.file_names import RUN_FILE
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.record.run_store import FolderStore
from cnnviewer.core.training.metric_log import MetricLog


class WrittenFolder(FolderStore):
    """Adds rows to the tables of a run and describes it; after a failure it can be brought up to date.

    Args:
        folder: of the run, held by this process's lock; nobody else writes its numbers or its description.
        steps, epochs: rows of the two tables, which are on the disk.
    """

    def __init__(self, folder: Path, steps: int, epochs: int) -> None:
        super().__init__(folder)
        self._rows: dict[str, int] = {}  # rows in each CSV file, and its length
        self._lengths: dict[str, int] = {}
        for table, count in ((metrics_file.STEPS, steps), (metrics_file.EPOCHS, epochs)):
            self._rows[table.csv] = count
            self._lengths[table.csv] = (folder / table.csv).stat().st_size
        self._safe = self._counts()  # the same when the disk last had them for certain
        self._described = {bytes_of(folder / RUN_FILE)}  # what the description says, or may say

    def append_rows(self, table: metrics_file.Table, start: int, rows: metrics_file.Rows) -> None:
        """Add rows, the first of which follows after `start` others; without those that the table has already."""
        rows = rows[max(0, self._rows[table.csv] - start) :]
        if not len(rows):
            return
        lines = table.lines(rows.tolist())
        text = b"".join(lines)
        self.append(table.csv, text)
        self.append(table.fast, table.fast_rows(rows, lines, self._lengths[table.csv]))
        self._rows[table.csv] += len(rows)
        self._lengths[table.csv] += len(text)

    def sync(self) -> None:
        """See `Store`."""
        super().sync()
        self._safe = self._counts()

    def describe(self, info: RunInfo) -> None:
        """Write the description."""
        data = info.to_json()
        self._described.add(data)  # it is there also where this fails after the file was put in place
        self.write(RUN_FILE, data)
        self._described = {data}

    def bring_up(self, log: MetricLog, info: RunInfo, files: Mapping[str, bytes]) -> None:
        """After a failure: have the disk hold all rows of `log`, then `files`, then the description.

        Raises:
            OSError, UserError: it fails still, or the run has been changed; it can be tried again.
        """
        if bytes_of(self.folder / RUN_FILE) not in self._described:
            raise UserError("The run {folder} is no longer as it was left.", folder=self.folder.name)
        try:
            for table, rows in (
                (metrics_file.STEPS, log.step_rows()),
                (metrics_file.EPOCHS, log.epoch_rows()),
            ):
                count, length = self._safe[table.csv]
                self.cut(table.fast, table.row_size * count)  # first: it is never longer than the CSV
                self.cut(table.csv, length)
                self._rows[table.csv], self._lengths[table.csv] = count, length
                self.append_rows(table, 0, rows)
            self.sync()
            for name, data in files.items():
                self.write(name, data)
            self.describe(info)
        except BaseException:
            self.close()
            raise

    def _counts(self) -> dict[str, tuple[int, int]]:
        return {name: (count, self._lengths[name]) for name, count in self._rows.items()}
