"""Downloads that survive a bad network: several mirrors, resumed, verified, cancelled when asked.

A file grows as `NAME.part`, is compared with its known size and checksum, flushed to the disk, and only then put
where a reader looks. Since the checksum is known beforehand, a part begun on one mirror can continue from any other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.core.data.info import DownloadProgress
from cnnviewer.core.data.remote import REMOTES, Remote, RemoteFile
from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.files.renaming import replace_file

if TYPE_CHECKING:
    import httpx

# Cancel is heard between chunks, so these bound how long it can go unheard on a dead line.
_CONNECT_SECONDS = 6.0
_READ_SECONDS = 10.0
_CHUNK = 64 * 1024
_REPORTS_PER_SECOND = 10
#: A mirror that breaks off after it has sent something is asked again so often for the rest.
_CONTINUATIONS = 3
_SPARE_BYTES = 50 << 20

Progress = Callable[[DownloadProgress], None]


def download(
    key: str,
    data_dir: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    remotes: Mapping[str, Remote] = REMOTES,
) -> None:
    """Fetch the data set `key` into `data_dir`; what is there already and whole is not fetched again.

    Args:
        key: `"mnist"` or `"cifar10"`.
        data_dir: made where it does not exist.
        progress: hears, about ten times a second, how much of the whole data set is there, and the speed.
        cancelled: asked between chunks; what has come so far is kept and the next download continues from there.
        remotes: what there is to download and from where.

    Raises:
        UserError: no network, no mirror has the right file, no room on the disk, or the folder may not be written.
        Cancelled: as asked.
    """
    if key not in remotes:
        raise UserError("There is nothing to download for {key}.", key=key)
    remote, folder = remotes[key], Path(data_dir) / remotes[key].folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        wanted = [file for file in remote.files if not remote.there(Path(data_dir), file)]
        _check_room(folder, remote, wanted)
        meter = _Meter(key, remote.files, wanted, progress)
        for file in wanted:
            whole = folder / file.name
            if not _is_whole(whole, file):  # it is when only the unpacking failed
                part = folder / f"{file.name}.part"
                _Fetch(file, part, remote.title, meter, cancelled).run()
                replace_file(part, whole)
            remote.install(Path(data_dir), file, whole)
            meter.finished(file)
    except OSError as error:
        raise _disk_sentence(error, remote.title, folder) from error


class _Meter:
    """Counts bytes of the whole data set and reports them, with the speed of the last seconds."""

    def __init__(self, key: str, files: Sequence[RemoteFile], wanted: Sequence[RemoteFile], progress: Progress) -> None:
        self._key, self._progress = key, progress
        self._total = sum(file.size for file in files)
        self._before = self._total - sum(file.size for file in wanted)
        self._reported = self._measured = time.monotonic()
        self._fresh = 0  # bytes that came over the network since the last measurement
        self._speed = 0.0

    def at(self, file: RemoteFile, done: int, fresh: int = 0) -> None:
        """`done` bytes of `file` are there, `fresh` of them new."""
        now = time.monotonic()
        self._fresh += fresh
        elapsed = now - self._measured
        if elapsed >= 0.5 and self._fresh:
            measured = self._fresh / elapsed
            self._speed = measured if self._speed == 0 else 0.7 * self._speed + 0.3 * measured
            self._fresh, self._measured = 0, now
        if fresh and now - self._reported < 1 / _REPORTS_PER_SECOND and done < file.size:
            return
        self._reported = now
        self._progress(DownloadProgress(self._key, file.name, self._before + done, self._total, self._speed))

    def finished(self, file: RemoteFile) -> None:
        """`file` is in its place."""
        self._before += file.size


class _MirrorError(Exception):
    """This mirror does not help; `sentence` says why, for when none does."""

    def __init__(self, sentence: UserError) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class _UnreachableError(_MirrorError):
    """This mirror did not answer, or no longer does."""


class _BrokenError(Exception):
    """The connection failed on the way; what came is kept."""


class _Fetch:
    """Brings one file to its `.part`, whole and verified, from whichever mirror can."""

    def __init__(self, file: RemoteFile, part: Path, title: str, meter: _Meter, cancelled: Callable[[], bool]) -> None:
        self._file, self._part, self._title = file, part, title
        self._meter, self._cancelled = meter, cancelled

    def run(self) -> None:
        failures: list[_MirrorError] = []
        if self._complete():
            return
        with _client() as client:
            for url in self._file.urls:
                try:
                    self._from_mirror(client, url)
                except _MirrorError as failure:
                    failures.append(without_frames(failure))
                else:
                    return
        self._check_cancelled()
        if all(isinstance(failure, _UnreachableError) for failure in failures):
            raise UserError(
                "{title} could not be downloaded: no server can be reached. Check the network connection and try "
                "again; what has come so far is kept. The built-in data sets need no network.",
                title=self._title,
            ) from failures[-1]
        raise UserError(
            "{title} could not be downloaded. {reason} Try again later, or put {file} into {folder} yourself.",
            title=self._title,
            reason=failures[-1].sentence,
            file=self._file.name,
            folder=self._part.parent,
        ) from failures[-1]

    def _complete(self) -> bool:
        """Whether the part left by an earlier download is the whole file already; a wrong one is dropped."""
        if self._done() < self._file.size:
            return False
        if _is_whole(self._part, self._file):
            return True
        self._part.unlink()
        return False

    def _from_mirror(self, client: httpx.Client, url: str) -> None:
        """Everything that is missing, from `url`, continuing when it breaks off."""
        continuations = 0
        while True:
            began_with = self._done()
            try:
                self._request(client, url)
            except _BrokenError as error:
                continuations += 1
                if self._done() <= began_with or continuations > _CONTINUATIONS:
                    raise _UnreachableError(UserError("{host} broke off.", host=_host(url))) from error
                continue
            if self._complete():
                return
            if began_with == 0:
                raise _MirrorError(UserError("What {host} sends has the wrong checksum.", host=_host(url)))
            # the wrong bytes may have been in the old part: once more, from the start

    def _request(self, client: httpx.Client, url: str) -> None:
        """One request for what is missing, appended to the part.

        Raises:
            _BrokenError: the connection failed; what came is kept.
            _MirrorError: the answer is not this file.
        """
        import httpx

        self._check_cancelled()
        done = self._done()
        headers = {"Range": f"bytes={done}-"} if done else {}
        try:
            with client.stream("GET", url, headers=headers) as answer:
                start = self._start(answer, url, done)
                with self._part.open("r+b" if start else "wb") as target:
                    target.seek(start)
                    target.truncate()
                    try:
                        self._copy(answer, target, start, url)
                    finally:  # also when it breaks off or is cancelled: the next download continues from here
                        target.flush()
                        os.fsync(target.fileno())
        except (httpx.TransportError, httpx.StreamError) as error:
            raise _BrokenError from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _MirrorError(UserError("{host} gave no usable answer.", host=_host(url))) from error

    def _start(self, answer: httpx.Response, url: str, done: int) -> int:
        """The position of the answer's first byte in the file."""
        if url.startswith("https:") and answer.url.scheme != "https":
            raise _MirrorError(UserError("{host} leads to an unprotected connection.", host=_host(url)))
        if answer.status_code == 206:
            place = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
            if place is None or int(place[1]) != done or place[2] not in ("*", str(self._file.size)):
                raise _MirrorError(UserError("{host} sends another part than asked for.", host=_host(url)))
            return done
        if answer.status_code != 200:
            raise _MirrorError(UserError("{host} answers with error {code}.", host=_host(url), code=answer.status_code))
        length = answer.headers.get("Content-Length")
        if length is not None and length != str(self._file.size):  # a login page, or another file of this name
            raise _MirrorError(UserError("{host} sends something else under this name.", host=_host(url)))
        return 0  # a server without ranges sends everything again

    def _copy(self, answer: httpx.Response, target: Any, done: int, url: str) -> None:
        self._meter.at(self._file, done)
        for chunk in answer.iter_raw(_CHUNK):
            self._check_cancelled()
            if done + len(chunk) > self._file.size:
                raise _MirrorError(UserError("{host} sends more than the file holds.", host=_host(url)))
            target.write(chunk)
            done += len(chunk)
            self._meter.at(self._file, done, fresh=len(chunk))
        if done < self._file.size:
            raise _BrokenError

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled

    def _done(self) -> int:
        try:
            return self._part.stat().st_size
        except FileNotFoundError:
            return 0


def _is_whole(path: Path, file: RemoteFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as content:
        if file.sha256:
            return hashlib.file_digest(content, "sha256").hexdigest().startswith(file.sha256)
        digest = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False))
    return digest.hexdigest() == file.md5


def _client() -> httpx.Client:
    import httpx  # only here: most launches download nothing

    try:
        return httpx.Client(
            follow_redirects=True,
            timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            # the files are packed already; a server that unpacks them would make sizes and ranges meaningless
            headers={"Accept-Encoding": "identity", "User-Agent": "cnnviewer"},
        )
    except (ValueError, ImportError, httpx.InvalidURL) as error:  # HTTPS_PROXY and its kin
        raise UserError("The proxy that this computer is set to cannot be used: {reason}.", reason=error) from error


def _check_room(folder: Path, remote: Remote, wanted: list[RemoteFile]) -> None:
    """Refuse before the first byte what cannot fit: what is missing, the unpacked data and some room to spare."""
    if not wanted:
        return
    parts = [folder / f"{file.name}.part" for file in wanted]
    there = sum(part.stat().st_size for part in parts if part.is_file())
    needed = max(0, sum(file.size for file in wanted) - there) + remote.unpacked_bytes + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise UserError(
            "{title} needs {needed} MB in {folder}, but only {free} MB are free. Make room, or choose another folder.",
            title=remote.title,
            needed=needed >> 20,
            folder=folder,
            free=free >> 20,
        )


def _disk_sentence(error: OSError, title: str, folder: Path) -> UserError:
    if is_full(error):
        return UserError(
            "{title} could not be downloaded: the disk with {folder} is full. Make room and try again; what has come "
            "so far is kept.",
            title=title,
            folder=folder,
        )
    return UserError(
        "{title} could not be downloaded into {folder}: {reason}. Choose a folder that can be written.",
        title=title,
        folder=folder,
        reason=system_reason(error),
    )


def _host(url: str) -> str:
    return url.split("/")[2] if url.count("/") > 1 else url
