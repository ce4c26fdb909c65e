"""Downloads against a small server of our own: bad networks, bad mirrors, bad disks."""

import errno
import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cnnviewer.core.data.download import download
from cnnviewer.core.data.info import DownloadProgress
from cnnviewer.core.data.remote import REMOTES, Remote, RemoteFile
from cnnviewer.core.errors import Cancelled, UserError

CONTENT = bytes(range(256)) * 1600  # six chunks and a bit
MD5 = hashlib.md5(CONTENT).hexdigest()


@dataclass
class Server:
    """What was asked of it, and where it listens. The path names the behaviour."""

    url: str
    asked: list[tuple[str, str | None]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "ThreadingHTTPServer"

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.log.asked.append((self.path, wanted))  # type: ignore[attr-defined]
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        getattr(self, "serve_" + self.path.strip("/").partition("/")[0].replace("-", "_"))(start)

    def send(self, code: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def partly(self, body: bytes, start: int, length: int | None = None) -> None:
        if start == 0:
            return self.send(200, body, length)
        place = f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"
        return self.send(206, body, length, Content_Range=place)

    def serve_good(self, start: int) -> None:
        self.partly(CONTENT[start:], start)

    def serve_no_ranges(self, start: int) -> None:
        self.send(200, CONTENT)

    def serve_wrong_content(self, start: int) -> None:
        self.partly(bytes(len(CONTENT) - start), start)

    def serve_missing(self, start: int) -> None:
        self.send(404, b"no")

    def serve_login_page(self, start: int) -> None:
        self.send(200, b"<html>Please log in</html>")

    def serve_breaks_off(self, start: int) -> None:
        """A third of the file each time, then the line is dead."""
        self.partly(CONTENT[start : start + len(CONTENT) // 3 + 1], start, length=len(CONTENT) - start)

    def serve_dead_halfway(self, start: int) -> None:
        self.partly(CONTENT[start : len(CONTENT) // 2], start, length=len(CONTENT) - start)

    def serve_wrong_range(self, start: int) -> None:
        self.send(206, CONTENT, Content_Range=f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}")

    def serve_endless(self, start: int) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(CONTENT + b"and more")
        self.close_connection = True

    def serve_moved(self, start: int) -> None:
        self.send(302, b"", Location="/good/file")

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.log = Server(f"http://127.0.0.1:{listening.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield listening.log  # type: ignore[attr-defined]
    listening.shutdown()
    listening.server_close()
    thread.join()


def remotes(server: Server, *behaviours: str) -> dict[str, Remote]:
    """One file, `thing.bin`, that is served in these ways by as many mirrors and installed as `thing`."""
    urls = tuple(way if "://" in way else f"{server.url}/{way}/file" for way in behaviours)
    return {
        "thing": Remote(
            title="Thing",
            folder="here",
            files=(RemoteFile("thing.bin", len(CONTENT), MD5, urls),),
            unpacked_bytes=len(CONTENT),
            there=lambda data_dir, file: (data_dir / "thing").exists(),
            install=lambda data_dir, file, path: path.rename(data_dir / "thing"),
        )
    }


def fetch(
    data_dir: Path, offered: dict[str, Remote], cancelled: Callable[[], bool] = lambda: False
) -> list[DownloadProgress]:
    heard: list[DownloadProgress] = []
    download("thing", data_dir, heard.append, cancelled, offered)
    return heard


def leave_part(data_dir: Path, content: bytes) -> Path:
    part = data_dir / "here" / "thing.bin.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(content)
    return part


def files(data_dir: Path) -> list[str]:
    return sorted(str(path.relative_to(data_dir)) for path in data_dir.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "mirrors",
    [
        ["good"],
        ["moved"],
        ["breaks-off"],
        ["missing", "good"],
        ["wrong-content", "good"],
        ["login-page", "good"],
        ["endless", "good"],
        ["dead-halfway", "good"],
        ["http://127.0.0.1:9/file", "good"],
    ],
    ids=lambda mirrors: " then ".join(mirrors),
)
def test_the_file_arrives_whole_and_nothing_else_is_left(tmp_path: Path, server: Server, mirrors: list[str]) -> None:
    fetch(tmp_path, remotes(server, *mirrors))
    assert (tmp_path / "thing").read_bytes() == CONTENT
    assert files(tmp_path) == ["thing"]


@pytest.mark.parametrize("way", ["good", "no-ranges"])
def test_a_download_goes_on_where_the_last_one_stopped(tmp_path: Path, server: Server, way: str) -> None:
    leave_part(tmp_path, CONTENT[:100_000])
    fetch(tmp_path, remotes(server, way))
    assert server.asked == [(f"/{way}/file", "bytes=100000-")]
    assert (tmp_path / "thing").read_bytes() == CONTENT


def test_a_part_that_is_whole_already_needs_no_request(tmp_path: Path, server: Server) -> None:
    leave_part(tmp_path, CONTENT)
    fetch(tmp_path, remotes(server, "good"))
    assert server.asked == []
    assert (tmp_path / "thing").read_bytes() == CONTENT


@pytest.mark.parametrize("left", [b"x" * 100_000, b"x" * len(CONTENT), b"x" * (len(CONTENT) + 1)])
def test_a_damaged_part_is_dropped_and_fetched_again(tmp_path: Path, server: Server, left: bytes) -> None:
    leave_part(tmp_path, left)
    fetch(tmp_path, remotes(server, "good"))
    assert (tmp_path / "thing").read_bytes() == CONTENT


def test_a_mirror_that_sends_another_range_does_not_cost_what_came(tmp_path: Path, server: Server) -> None:
    leave_part(tmp_path, CONTENT[:100_000])
    fetch(tmp_path, remotes(server, "wrong-range", "good"))
    assert server.asked[-1] == ("/good/file", "bytes=100000-")


def test_what_is_there_already_is_not_fetched_again(tmp_path: Path, server: Server) -> None:
    (tmp_path / "thing").touch()
    fetch(tmp_path, remotes(server, "good"))
    assert server.asked == []


@pytest.mark.parametrize(
    ("mirrors", "words"),
    [
        (["missing"], "error 404"),
        (["wrong-content"], "wrong checksum"),
        (["login-page"], "something else under this name"),
        (["endless"], "more than the file holds"),
        (["http://127.0.0.1:9/file"], "no server can be reached"),
        (["dead-halfway"], "no server can be reached"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_when_no_mirror_helps_one_sentence_says_what_to_do(
    tmp_path: Path, server: Server, mirrors: list[str], words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        fetch(tmp_path, remotes(server, *mirrors))
    assert "Thing could not be downloaded" in str(caught.value)
    assert "ry again" in str(caught.value)
    assert not (tmp_path / "thing").exists()
    assert not (tmp_path / "here" / "thing.bin").exists()


def test_cancel_stops_between_chunks_and_keeps_what_came(tmp_path: Path, server: Server) -> None:
    answers = iter([False] * 4 + [True] * 100)
    with pytest.raises(Cancelled):
        fetch(tmp_path, remotes(server, "good"), lambda: next(answers))
    part = tmp_path / "here" / "thing.bin.part"
    assert 0 < part.stat().st_size < len(CONTENT)
    assert CONTENT.startswith(part.read_bytes())
    assert files(tmp_path) == ["here/thing.bin.part"]
    fetch(tmp_path, remotes(server, "good"))
    assert (tmp_path / "thing").read_bytes() == CONTENT


def test_cancel_before_the_first_byte_asks_no_server(tmp_path: Path, server: Server) -> None:
    with pytest.raises(Cancelled):
        fetch(tmp_path, remotes(server, "good"), lambda: True)
    assert server.asked == []


def test_progress_counts_up_to_the_known_size(tmp_path: Path, server: Server) -> None:
    leave_part(tmp_path, CONTENT[:100_000])
    heard = fetch(tmp_path, remotes(server, "good"))
    done = [report.done_bytes for report in heard]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (100_000, len(CONTENT))
    assert {report.total_bytes for report in heard} == {len(CONTENT)}


def test_too_little_room_is_said_before_the_first_byte(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 3 << 20))
    with pytest.raises(UserError, match="only 3 MB are free"):
        fetch(tmp_path, remotes(server, "good"))
    assert server.asked == []


def test_a_disk_that_fills_up_gives_an_error_message_and_keeps_what_came(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cnnviewer.core.data.download.os.fsync", full)
    with pytest.raises(UserError, match=r"the disk with .* is full"):
        fetch(tmp_path, remotes(server, "good"))
    assert files(tmp_path) == ["here/thing.bin.part"]


def test_a_folder_that_cannot_be_made_gives_an_error_message(tmp_path: Path, server: Server) -> None:
    (tmp_path / "here").write_text("a file in the way")
    with pytest.raises(UserError, match="could not be downloaded into"):
        fetch(tmp_path, remotes(server, "good"))


def test_an_unpacking_that_failed_is_repeated_without_the_network(tmp_path: Path, server: Server) -> None:
    offered = remotes(server, "good")

    def fails(data_dir: Path, file: RemoteFile, path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    broken = {"thing": Remote(**{**vars(offered["thing"]), "install": fails})}
    with pytest.raises(UserError, match="full"):
        fetch(tmp_path, broken)
    server.asked.clear()
    fetch(tmp_path, offered)
    assert server.asked == []
    assert files(tmp_path) == ["thing"]


def test_an_unknown_data_set_gives_an_error_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing to download for builtin-digits"):
        download("builtin-digits", tmp_path, lambda report: None, lambda: False)


@pytest.mark.parametrize("key", ["mnist", "cifar10"])
def test_the_real_mirrors_are_several_and_use_https(key: str) -> None:
    for file in REMOTES[key].files:
        assert len(file.urls) >= 2
        assert all(url.startswith("https://") and url.endswith(file.name) for url in file.urls)
