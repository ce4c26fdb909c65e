"""A run knows the data that it was trained with, to the last byte: what changed since is said, and agreed to or not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import load
from cnnviewer.core.data.source import DataFingerprint
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.info import Deviation, read_info
from cnnviewer.core.runs.read.changes import DataChangedError, data_changes, same_images, surroundings_changes
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.runs.sweep.turn import take_turn
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.trained import assert_same_run, finish

CONFIG = TrainConfig("lenet", epochs=1, batch_size=8, threads=1)
COUNT = 40  # images of each class and part


def bars(count: int, label: int, seed: int = 0) -> np.ndarray:
    images = np.random.default_rng(seed).integers(0, 60, (count, 28, 28), dtype=np.uint8)
    images[:, 4 + 7 * label : 9 + 7 * label] = 220
    return images


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for part, seed in (("train", 0), ("test", 1)):
        for label, name in enumerate(("ant", "bee", "cat")):
            (folder / part / name).mkdir(parents=True)
            for number, pixels in enumerate(bars(COUNT if part == "train" else 8, label, seed)):
                Image.fromarray(pixels).save(folder / part / name / f"{number:03}.png")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    labels = np.arange(120) % 3
    images = np.stack([bars(1, label, number)[0] for number, label in enumerate(labels)])
    path = tmp_path / "set.npz"
    np.savez(path, x_train=images[:90], y_train=labels[:90], x_test=images[90:], y_test=labels[90:])
    return path


def opened(path: Path) -> DataSet:
    return load(f"{'folder' if path.is_dir() else 'npz'}:{path}", path.parent)


def trained_on(path: Path, runs_dir: Path, config: TrainConfig = CONFIG) -> Path:
    data = opened(path)
    recording = begin(data, replace(config, dataset=data.info.key), runs_dir)
    finish(recording)
    assert recording.folder is not None
    return recording.folder


def said(run: Path, path: Path) -> list[str]:
    return [str(change) for change in data_changes(read_info(run), opened(path))]


def edited(path: Path, edit: Callable[[dict[str, np.ndarray]], object]) -> None:
    arrays = dict(np.load(path))
    edit(arrays)
    np.savez(path, **arrays)


def twenty_more(pictures: Path) -> None:
    for number in range(20):
        shutil.copy(pictures / "train/bee/000.png", pictures / f"train/bee/more{number}.png")


def one_pixel(file: Path) -> None:
    with Image.open(file) as picture:
        pixels = np.array(picture)
    pixels[0, 0] ^= 1
    Image.fromarray(pixels).save(file)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda path: None, [], id="nothing"),
        pytest.param(twenty_more, ["images added to train/bee: 20"], id="20 images added"),
        pytest.param(
            lambda path: [(path / part / "bee").rename(path / part / "wasp") for part in ("train", "test")],
            ["test/bee is now called test/wasp", "train/bee is now called train/wasp"],
            id="a class renamed",
        ),
        pytest.param(lambda path: one_pixel(path / "train/cat/017.png"), ["images in train/cat changed"], id="a pixel"),
        pytest.param(
            lambda path: (path / "test/ant/003.png").unlink(), ["images removed from test/ant: 1"], id="a test image"
        ),
        pytest.param(
            lambda path: (path / "train/ant/notes.txt").write_text("no image"), [], id="a file that is no image"
        ),
        pytest.param(
            lambda path: [shutil.copytree(path / part / "ant", path / part / "dog") for part in ("train", "test")],
            ["test/dog (8 images) is new", "train/dog (40 images) is new"],
            id="a class added",
        ),
    ],
)
def test_what_changed_in_a_folder_is_named(
    change: Callable[[Path], object], words: list[str], pictures: Path, tmp_path: Path
) -> None:
    run = trained_on(pictures, tmp_path / "runs")
    change(pictures)
    assert said(run, pictures) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda arrays: None, [], id="written anew"),
        pytest.param(
            lambda arrays: arrays.update(y_test=np.roll(arrays["y_test"], 1)),
            ["the labels in y_test changed"],
            id="test labels shifted",
        ),
        pytest.param(lambda arrays: arrays["x_test"].__setitem__((7, 0, 0), 255), ["images in x_test changed"], id="x"),
        pytest.param(
            lambda arrays: arrays.update(class_names=np.array(["a", "b", "c"])),
            [f"the class {old} is now called {new}" for old, new in zip("012", "abc", strict=True)],
            id="names",
        ),
        pytest.param(
            lambda arrays: arrays.update(
                x_train=np.concatenate([arrays["x_train"]] * 2), y_train=np.concatenate([arrays["y_train"]] * 2)
            ),
            ["images added to x_train: 90"],
            id="twice as many",
        ),
    ],
)
def test_what_changed_in_an_archive_is_named(
    change: Callable[[dict[str, np.ndarray]], object], words: list[str], archive: Path, tmp_path: Path
) -> None:
    run = trained_on(archive, tmp_path / "runs")
    edited(archive, change)
    assert said(run, archive) == words


def test_data_that_were_packed_or_moved_have_not_changed(pictures: Path, archive: Path, tmp_path: Path) -> None:
    before = opened(archive).source.pieces
    np.savez_compressed(archive, **dict(np.load(archive)))
    assert opened(archive).source.pieces == before
    run = trained_on(pictures, tmp_path / "runs")
    moved = pictures.rename(tmp_path / "elsewhere")
    assert said(run, moved) == []


def test_changed_data_are_refused_and_what_goes_on_with_them_says_so(archive: Path, tmp_path: Path) -> None:
    run = trained_on(archive, tmp_path / "runs")
    edited(archive, lambda arrays: arrays["x_train"].__setitem__(slice(0, 3), 9))
    before = (run / "run.json").read_bytes()
    for work in (
        lambda: resume_run(run, opened(archive), 2),
        lambda: branch(run, 1, opened(archive), tmp_path / "runs", {"epochs": 2}),
    ):
        with pytest.raises(
            DataChangedError, match=f"^The data changed since {run.name} was trained: images in x_train"
        ):
            work()
    assert (run / "run.json").read_bytes() == before
    steps = read_info(run).counts["total_steps"]
    finish(resume_run(run, opened(archive), 2, changed_data=True))
    info = read_info(run)
    assert info.deviations == (Deviation("data", steps, ("images in x_train changed",)),)
    finish(resume_run(run, opened(archive), 3))  # they are the run's data by now
    assert read_info(run).deviations == info.deviations


def test_a_run_left_within_an_epoch_goes_on_with_fewer_images(archive: Path, tmp_path: Path) -> None:
    run = trained_on(archive, tmp_path / "runs", replace(CONFIG, epochs=2))
    finish(branch(run, 7, opened(archive), tmp_path / "more", {"epochs": 2}))

    def halve(arrays: dict[str, np.ndarray]) -> None:
        arrays.update(x_train=arrays["x_train"][:45], y_train=arrays["y_train"][:45])

    edited(archive, halve)
    recording = branch(run, 9, opened(archive), tmp_path / "more", {"epochs": 3}, changed_data=True)
    assert finish(recording).test.total == 30


def called(pictures: Path, names: dict[str, str]) -> None:
    for part in ("train", "test"):
        for old in names:
            (pictures / part / old).rename(pictures / part / f"{old} ")
        for old, new in names.items():
            (pictures / part / f"{old} ").rename(pictures / part / new)


@pytest.mark.parametrize("names", [{"ant": "zebra"}, {"ant": "zebra", "bee": "ant"}, {"ant": "wasp", "cat": "bat"}])
def test_renamed_classes_keep_their_outputs_also_where_they_are_in_another_order(
    names: dict[str, str], pictures: Path, tmp_path: Path
) -> None:
    still = {"learning_rate": 1e-12}
    runs = [trained_on(pictures, tmp_path / name) for name in ("gone on", "branched")]
    before = dict(read_info(runs[0]).result or {})["per_class"]
    called(pictures, names)
    data = opened(pictures)
    gone_on = finish(resume_run(runs[0], data, 2, changed_data=True, live_settings=still))
    branched = finish(branch(runs[1], 14, data, tmp_path, {"epochs": 2, **still}, changed_data=True))
    expected = {names.get(name, name): tuple(right) for name, right in before.items()}
    assert gone_on.test.per_class == branched.test.per_class == expected
    assert len(set(expected.values())) > 1  # a mistaken order is seen
    assert set(read_info(runs[0]).recipe.classes) == set(data.info.classes)
    assert said(runs[0], pictures) == []


def test_a_training_does_not_go_on_with_classes_that_nobody_can_match(pictures: Path, tmp_path: Path) -> None:
    run = trained_on(pictures, tmp_path / "runs")
    called(pictures, {"ant": "zebra", "bee": "yak"})
    for part in ("train", "test"):
        for name in ("zebra", "yak"):
            (pictures / part / name / "000.png").unlink()
    before = (run / "run.json").read_bytes()
    with pytest.raises(UserError, match=r"the weights know ant, bee, pictures has yak, zebra instead"):
        resume_run(run, opened(pictures), 2, changed_data=True)
    assert (run / "run.json").read_bytes() == before


def test_moved_data_are_the_same_to_the_last_bit_and_the_run_knows_where_they_are_now(
    archive: Path, tmp_path: Path
) -> None:
    whole = trained_on(archive, tmp_path / "whole", replace(CONFIG, epochs=2))
    run = trained_on(archive, tmp_path / "runs")
    moved = archive.rename(tmp_path / "moved.npz")
    finish(resume_run(run, opened(moved), 2))
    assert_same_run(run, whole)
    info = read_info(run)
    assert (info.config.dataset, info.deviations) == (f"npz:{moved}", ())


def test_a_run_without_the_checksums_is_compared_by_its_old_fingerprint(archive: Path, tmp_path: Path) -> None:
    run = trained_on(archive, tmp_path / "runs")
    document = json.loads((run / "run.json").read_text(encoding="utf-8"))
    for name in ("check", "source", "deviations"):
        del document[name]
    (run / "run.json").write_text(json.dumps(document), encoding="utf-8")
    assert read_info(run).source == DataFingerprint()
    edited(archive, lambda arrays: arrays.update(y_test=np.roll(arrays["y_test"], 1)))  # nobody noted these
    assert said(run, archive) == []
    edited(archive, lambda arrays: arrays.update(y_train=np.roll(arrays["y_train"], 1)))
    assert said(run, archive) == ["other images or labels than those that it was trained with"]


def test_runs_have_a_common_test_set_only_where_every_part_is_the_same(archive: Path, tmp_path: Path) -> None:
    one, other = (read_info(trained_on(archive, tmp_path / "runs")) for _ in range(2))
    edited(archive, lambda arrays: arrays.update(y_test=np.roll(arrays["y_test"], 1)))
    changed = read_info(trained_on(archive, tmp_path / "runs"))
    assert same_images(one, other)
    assert not same_images(one, changed)
    old = replace(changed, source=DataFingerprint())  # of before: its fingerprint does not know the test labels
    assert same_images(one, old)
    assert not same_images(one, replace(old, fingerprint="another"))


def test_another_pytorch_processor_or_number_of_processes_is_named() -> None:
    then = {"torch": "2.13.0", "system": "Linux x86_64", "python": "3.11.2"}
    now = {"torch": "2.14.0", "system": "Linux x86_64", "python": "3.12.1", "processor": "AVX2", "processes": "2"}
    assert surroundings_changes(then, now) == ("PyTorch 2.13.0 → 2.14.0", "processes 1 → 2")
    assert surroundings_changes(now, now) == ()


def test_a_relative_path_is_kept_whole(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = load("npz:set.npz", tmp_path)
    recording = begin(data, replace(CONFIG, dataset="npz:set.npz"), tmp_path / "runs")
    recording.let_go()
    assert (data.info.key, recording.info.config.dataset) == (f"npz:{archive}", f"npz:{archive}")


def test_a_run_of_an_older_version_with_a_relative_path_is_read_with_the_whole_path(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained_on(archive, tmp_path / "runs")
    document = json.loads((run / "run.json").read_text(encoding="utf-8"))
    del document["check"]
    document["config"]["dataset"] = "npz:set.npz"
    (run / "run.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_info(run).config.dataset == f"npz:{archive}"


def test_every_training_of_a_sweep_has_the_data_of_those_before_it(pictures: Path, tmp_path: Path) -> None:
    data = opened(pictures)
    config = replace(CONFIG, dataset=data.info.key)
    first = take_turn(tmp_path / "runs", "s", config, data)
    assert first is not None
    finish(first)
    shutil.copy(pictures / "train" / "bee" / "000.png", pictures / "train" / "bee" / "new.png")
    second = replace(config, seed=2)
    with pytest.raises(DataChangedError, match="images added to train/bee: 1"):
        take_turn(tmp_path / "runs", "s", second, opened(pictures))
    recording = take_turn(tmp_path / "runs", "s", second, opened(pictures), changed_data=True)
    assert recording is not None
    recording.let_go()
    another = take_turn(tmp_path / "runs", "another sweep", second, opened(pictures))
    assert another is not None
    another.let_go()
