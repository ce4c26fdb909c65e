"""A file that is something else than its name says is called what it is, by every reader that meets it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image
from torch import nn

from cnnviewer.core.data.registry import load
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.image_file import read_image
from cnnviewer.core.models.weights import load_weights

LFS = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 132735251\n"
)
# ir_version 7, producer_name "pytorch", producer_version "2.0.0", then the graph: as torch.onnx.export begins
ONNX = b"\x08\x07\x12\x07pytorch\x1a\x052.0.0:\xd2\x01" + bytes(200)
MISTAKES = {
    "git lfs pointer": (LFS, "Git LFS pointer"),
    "web page": (b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "a web page"),
    "web page in capitals behind a byte order mark": (b"\xef\xbb\xbf\n <HTML><BODY>404</BODY></HTML>", "a web page"),
    "page of a store": (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "a web page"),
    "onnx": (ONNX, "an ONNX model"),
    "keras": (b"\x89HDF\r\n\x1a\n" + bytes(100), "HDF5"),
    "empty": (b"", "is empty"),
}
READERS: dict[str, Callable[[Path], object]] = {
    "vgg16-397923af.pth": load_weights,
    **{f"w.{ending}": load_weights for ending in ("pt", "pth", "ckpt", "bin", "pth.tar", "safetensors")},
    "picture.png": read_image,
    "data.npz": lambda path: load(f"npz:{path}", path.parent),
}


def sentence(name: str, data: bytes, folder: Path) -> str:
    (folder / name).write_bytes(data)
    with pytest.raises(UserError) as caught:
        READERS[name](folder / name)
    text = str(caught.value)
    assert text.startswith(name)
    return text


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_file_of_another_kind_is_refused_with_what_it_is(mistake: str, name: str, tmp_path: Path) -> None:
    data, words = MISTAKES[mistake]
    assert words in sentence(name, data, tmp_path)


def _torch(old: bool) -> bytes:
    buffer = io.BytesIO()
    torch.save(nn.Linear(300, 20).state_dict(), buffer, _use_new_zipfile_serialization=not old)
    return buffer.getvalue()


def _npz() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, x_train=np.zeros((20, 8, 8), np.uint8), y_train=np.arange(20) % 2)
    return buffer.getvalue()


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


WHOLE = {
    "w.pt": _torch(old=False),
    "w.ckpt": _torch(old=False),
    "w.pth": _torch(old=True),
    "vgg16-397923af.pth": _torch(old=True),
    "w.safetensors": safetensors.torch.save(nn.Linear(300, 20).state_dict()),
    "picture.png": _png(),
    "data.npz": _npz(),
}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_ends_too_early_is_called_so(name: str, share: float, tmp_path: Path) -> None:
    data = WHOLE[name]
    text = sentence(name, data[: int(share * len(data))], tmp_path)
    assert "cut short" in text or "cut off" in text


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", ["pt", "ckpt", "bin", "pth.tar"])
def test_a_torchscript_program_is_called_so_whatever_its_ending(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"w.{ending}"
    torch.jit.script(nn.Linear(3, 2)).save(str(file))
    with pytest.raises(UserError, match="TorchScript program, which runs code"):
        load_weights(file)


@pytest.mark.parametrize("ending", ["pt", "pth", "ckpt", "bin"])
def test_safetensors_under_another_ending_open_by_their_content(ending: str, tmp_path: Path) -> None:
    from cnnviewer.core.models.lenet import LeNet

    weights = LeNet((1, 28, 28), 10).state_dict()
    safetensors.torch.save_file(weights, tmp_path / f"w.{ending}")
    assert load_weights(tmp_path / f"w.{ending}").recipe.model == "lenet"
