"""An untrusted file does no harm, and is one sentence."""

from __future__ import annotations

import hashlib
import os
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch

from cnnviewer.core.models import weights
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from tests.core.models.sample_weights import LENET, Course, corrupt, loaded_or_refused, refusal, state_of


@pytest.fixture
def state() -> ModelState:
    return state_of(LENET)


class Harm:
    """Creates a file when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (open, (self.path, "w"))


def test_a_pickle_that_runs_code_runs_nothing(state: ModelState, tmp_path: Path) -> None:
    trace = tmp_path / "was here"
    torch.save({**state.tensors, "x": Harm(str(trace))}, tmp_path / "w.pt")
    assert "could run code" in refusal(tmp_path / "w.pt", "lenet")
    (tmp_path / "old.pth").write_bytes(pickle.dumps(Harm(str(trace)), protocol=2))
    refusal(tmp_path / "old.pth", "lenet")
    assert not trace.exists()


def test_a_whole_pickled_model_is_refused_and_says_what_to_save(tmp_path: Path) -> None:
    torch.save(Course(), tmp_path / "model.pt")
    assert "state_dict()" in refusal(tmp_path / "model.pt", "lenet")


def old(file: Path, content: object) -> bytes:
    torch.save(content, file, _use_new_zipfile_serialization=False)
    return file.read_bytes()


@pytest.mark.parametrize("large", [False, True], ids=["whole", "by name"])
def test_a_file_from_before_pytorch_1_6_is_read(
    large: bool, state: ModelState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As torchvision's VGG16 and VGG19 are."""
    if large:
        monkeypatch.setattr(weights, "_LARGE", 1)
    old(tmp_path / "old.pth", dict(state.tensors))
    loaded = load_weights(tmp_path / "old.pth", "lenet")
    assert all(torch.equal(loaded.tensors[name], tensor) for name, tensor in state.tensors.items())


def test_an_old_file_that_runs_code_runs_nothing(state: ModelState, tmp_path: Path) -> None:
    old(tmp_path / "old.pth", {**state.tensors, "x": Harm(str(tmp_path / "was here"))})
    assert "could run code" in refusal(tmp_path / "old.pth", "lenet")
    assert not (tmp_path / "was here").exists()


def test_an_old_file_cannot_claim_more_room_than_it_has(state: ModelState, tmp_path: Path) -> None:
    data = old(tmp_path / "old.pth", dict(state.tensors))
    count = b"M" + struct.pack("<H", state.tensors["fc1.weight"].numel())  # pickle: a number in two bytes
    assert data.count(count) == 1
    (tmp_path / "old.pth").write_bytes(data.replace(count, b"J" + struct.pack("<i", 2**31 - 1)))
    assert "cut short" in refusal(tmp_path / "old.pth", "lenet")


def test_torchvisions_checksum_is_in_the_name(state: ModelState, tmp_path: Path) -> None:
    data = old(tmp_path / "old.pth", dict(state.tensors))
    right, wrong = hashlib.sha256(data).hexdigest()[:8], "397923af"
    for digest in (right, wrong):
        (tmp_path / f"vgg16-{digest}.pth").write_bytes(data)
    load_weights(tmp_path / f"vgg16-{right}.pth", "lenet")
    assert "damaged" in refusal(tmp_path / f"vgg16-{wrong}.pth", "lenet")


@pytest.mark.filterwarnings("ignore")
def test_programs_are_refused_because_they_run_code(tmp_path: Path) -> None:
    torch.jit.script(MODELS["lenet"].build((1, 28, 28), 10)).save(str(tmp_path / "script.pt"))
    assert "TorchScript" in refusal(tmp_path / "script.pt", "lenet")
    for name in ("program.pt2", "program.pt"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("program/archive_format", "pt2")
            archive.writestr("program/models/model.json", "{}")
        assert "runs code" in refusal(tmp_path / name, "lenet")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "honest.pt")
    with (
        zipfile.ZipFile(tmp_path / "honest.pt") as honest,
        zipfile.ZipFile(tmp_path / "bomb.pt", "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for entry in honest.infolist():
            bomb.writestr(entry.filename, honest.read(entry))
        bomb.writestr("honest/data/99", bytes(20 * 2**20))
    assert (tmp_path / "bomb.pt").stat().st_size < 2**20
    assert "compressed" in refusal(tmp_path / "bomb.pt", "lenet")


def test_a_changed_weight_in_a_scripts_file_is_noticed(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "w.pt")
    data = bytearray((tmp_path / "w.pt").read_bytes())
    data[bytes(data).index(state.tensors["fc1.weight"].numpy().tobytes()) + 1001] ^= 64
    (tmp_path / "w.pt").write_bytes(data)
    assert "damaged" in refusal(tmp_path / "w.pt", "lenet")


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_file_of_a_script_is_refused_or_holds_numbers_that_fit(
    seed: int, tmp_path: Path, script_files: tuple[bytes, bytes]
) -> None:
    for data in script_files:
        path = tmp_path / "w.pt"
        path.write_bytes(corrupt(data, seed))
        loaded = loaded_or_refused(path, "lenet")
        if loaded is not None:
            from_state(loaded)


@pytest.fixture(scope="module")
def script_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Of today's PyTorch, and of before 1.6."""
    path = tmp_path_factory.mktemp("script") / "w.pt"
    torch.save(Course().state_dict(), path)
    return path.read_bytes(), old(path, Course().state_dict())


@pytest.mark.parametrize("ending", ["safetensors", "pt", "pth"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"hello, I am a text\n" * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"\x80\x02" + bytes(50),
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        struct.pack("<Q", 20) + b'{"__metadata__": 13} ',
        bytes(range(256)) * 40,
    ],
    ids=lambda data: hashlib.sha256(data).hexdigest()[:6],
)
def test_files_of_another_kind_are_refused(data: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"w.{ending}"
    path.write_bytes(data)
    refusal(path)
    refusal(path, "lenet")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.pt")
    (tmp_path / "folder.pt").mkdir()
    assert "folder" in refusal(tmp_path / "folder.pt")
    (tmp_path / "w.txt").write_text("x")
    assert ".safetensors" in refusal(tmp_path / "w.txt")


@pytest.mark.skipif(os.name == "nt", reason="pipes are not files there")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pt")
    refusal(tmp_path / "pipe.pt")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.pt").open("wb") as file:
        file.truncate(3 * 2**30)  # sparse: takes no room
    assert "too large" in refusal(tmp_path / "huge.pt", "lenet")


def test_untrusted_names_cannot_fill_the_sentence(tmp_path: Path) -> None:
    torch.save({"a\nb" * 5000: torch.zeros(1), **Course().state_dict()}, tmp_path / "w.pt")
    refusal(tmp_path / "w.pt", "lenet")


def test_loading_draws_no_random_numbers(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "w.pt")
    before = torch.get_rng_state()
    from_state(load_weights(tmp_path / "w.pt"))
    assert torch.equal(torch.get_rng_state(), before)
