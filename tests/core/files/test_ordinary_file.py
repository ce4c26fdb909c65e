"""What is given as a file and is a pipe, a device, a socket or a folder is refused at once, whatever it is read as."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cnnviewer.cli import main
from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.images.image_file import read_image
from cnnviewer.core.models.weights import load_weights
from tests.core.runs.test_special_files import KINDS, no_hang  # noqa: F401 - a fixture for each test here

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture(params=KINDS)
def put(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    return KINDS[request.param]


def test_an_ordinary_file_is_read_and_nothing_else(put: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"words")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert bytes_of(tmp_path / "link") == b"words"
    put(tmp_path / "odd")
    with pytest.raises(OSError, match=r"folder|directory|pipe"):
        bytes_of(tmp_path / "odd")


def test_weights_pictures_and_archives_of_arrays(put: Callable[[Path], None], tmp_path: Path) -> None:
    for name, read in (
        ("a.png", read_image),
        ("a.safetensors", load_weights),
        ("a.pth", load_weights),
        ("a.npz", lambda path: load(f"npz:{path}", tmp_path)),
    ):
        put(tmp_path / name)
        with pytest.raises(UserError):
            read(tmp_path / name)


@pytest.mark.parametrize("name", ["train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz"])
def test_a_pipe_or_device_among_the_files_of_mnist_is_refused(
    name: str, put: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "MNIST" / "raw"
    folder.mkdir(parents=True)
    for kind in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        put(folder / f"{kind}-ubyte") if name.startswith(kind) else (folder / f"{kind}-ubyte").write_bytes(bytes(16))
    with pytest.raises(UserError):
        load("mnist", tmp_path)


def test_a_pipe_or_device_among_the_files_of_cifar10_is_refused(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "cifar-10-python.tar.gz")
    with pytest.raises(UserError):
        load("cifar10", tmp_path)


def test_pictures_in_a_folder(put: Callable[[Path], None], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        put(tmp_path / name / "1.png")
    with pytest.raises(UserError):
        load(f"folder:{tmp_path}", tmp_path)


def test_a_models_own_file(put: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "net.py")
    assert main(["train", "--model", f"file:{tmp_path / 'net.py'}::Net", "--trust", "--runs-dir", str(tmp_path)]) != 0
    assert "Traceback" not in capsys.readouterr().err
