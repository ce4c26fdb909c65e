"""What can be chosen, and the built-in sets' file."""

import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from cnnviewer.core.data import cache, registry
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError

INFO = DataInfo("builtin-digits", "Dots", (1, 4, 4), ("0", "1"), (0.5,), (0.5,))


class Dots:
    """A generator that counts its calls."""

    INFO = INFO

    def __init__(self) -> None:
        self.calls = 0

    def generate(self, seed: int = 0) -> DataSet:
        self.calls += 1
        split = Split(torch.arange(64, dtype=torch.uint8).reshape(4, 1, 4, 4), torch.tensor([0, 1, 0, 1]))
        return DataSet(INFO, split, split.select(slice(0, 2)))


@pytest.fixture
def dots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dots:
    made = Dots()
    monkeypatch.setattr(cache, "generator", lambda key: made)
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *args, **kwargs: str(tmp_path / "user"))
    return made


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield folder
    folder.chmod(stat.S_IRWXU)


def test_an_empty_folder_offers_downloads_and_what_needs_none(tmp_path: Path) -> None:
    offered = registry.sources(tmp_path / "nowhere yet")
    assert [(source.key, source.availability) for source in offered] == [
        ("mnist", "missing"),
        ("cifar10", "missing"),
        ("builtin-digits", "generated"),
        ("builtin-shapes", "generated"),
    ]
    assert [source.download_bytes for source in offered] == [11_594_722, 170_498_071, 0, 0]
    assert [source.shape for source in offered] == [(1, 28, 28), (3, 32, 32), (1, 28, 28), (3, 32, 32)]
    assert all(source.licence and source.description for source in offered)


@pytest.mark.realdata
def test_real_data_is_found_at_once(real_data_dir: Path) -> None:
    registry.sources(real_data_dir)  # imports
    began = time.perf_counter()
    offered = registry.sources(real_data_dir)
    assert time.perf_counter() - began < 0.2
    assert [source.availability for source in offered[:2]] == ["ready", "ready"]


@pytest.mark.parametrize("key", ["mnist", "cifar10"])
def test_missing_data_gives_an_error_message_that_says_what_to_do(tmp_path: Path, key: str) -> None:
    with pytest.raises(UserError, match=r"is not in the folder .* Download it") as caught:
        registry.load(key, tmp_path)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("key", ["", "imagenet", "folder", "file:/x"])
def test_an_unknown_key_gives_an_error_message(tmp_path: Path, key: str) -> None:
    with pytest.raises(UserError, match="There is no data set"):
        registry.load(key, tmp_path)
    with pytest.raises(UserError, match="There is no data set"):
        registry.data_info(key)


def test_a_generated_set_is_generated_once(tmp_path: Path, dots: Dots) -> None:
    first, second = (registry.load("builtin-digits", tmp_path) for _ in range(2))
    assert dots.calls == 1
    assert second.info is INFO
    assert torch.equal(first.train.images, second.train.images)
    assert torch.equal(first.test.labels, second.test.labels)
    assert [path.name for path in (tmp_path / "builtin").iterdir()] == ["builtin-digits.safetensors"]


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "text"])
def test_a_damaged_file_is_generated_again(tmp_path: Path, dots: Dots, damage: str) -> None:
    registry.load("builtin-digits", tmp_path)
    path = tmp_path / "builtin" / "builtin-digits.safetensors"
    whole = path.read_bytes()
    flipped = whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:]
    path.write_bytes({"empty": b"", "cut": whole[:-7], "flipped": flipped, "text": b"hello, world"}[damage])
    for _ in range(2):
        assert registry.load("builtin-digits", tmp_path).train.images.flatten().tolist() == list(range(64))
    assert dots.calls == 2


def test_another_version_is_generated_again(tmp_path: Path, dots: Dots, monkeypatch: pytest.MonkeyPatch) -> None:
    registry.load("builtin-digits", tmp_path)
    monkeypatch.setattr(cache, "__version__", "99")
    registry.load("builtin-digits", tmp_path)
    assert dots.calls == 2


def test_a_data_folder_that_is_read_only_is_left_alone(read_only: Path, tmp_path: Path, dots: Dots) -> None:
    for _ in range(2):
        registry.load("builtin-digits", read_only)
    assert dots.calls == 1
    assert list(read_only.iterdir()) == []
    assert (tmp_path / "user" / "builtin" / "builtin-digits.safetensors").is_file()


def test_where_nothing_can_be_kept_it_still_loads(read_only: Path, dots: Dots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *args, **kwargs: str(read_only / "user"))
    for _ in range(2):
        assert len(registry.load("builtin-digits", read_only).train) == 4
    assert dots.calls == 2
