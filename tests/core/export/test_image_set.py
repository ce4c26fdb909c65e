"""Images of an evaluation as files: names, pixels, a table; nothing is overwritten and nothing half is left."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data.image_id import ImageFiles, ImageId, ImageIds, safe_name
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.difference import difference_of
from cnnviewer.core.export.image_set import TABLE, ImageSet, free_folder, write_folder, write_table

PIXELS = np.random.default_rng(0).integers(0, 256, (30, 1, 8, 8), np.uint8)


def table(names: tuple[str, ...] = ("cat", "dog/wolf", "=1+1")) -> Confusion:
    indices = np.arange(0, 30, 3)
    labels, predicted = indices % 3, (indices // 3) % 3
    return confusion_of(labels, predicted, indices, names, 30, 5, np.linspace(0.4, 0.9, 10).astype(np.float32))


def images(indices: list[int], **changes: object) -> ImageSet:
    return ImageSet(table(), np.array(indices), ImageIds("folder:/somewhere/my pets"), **changes)  # type: ignore[arg-type]


def test_a_file_is_named_by_id_true_and_predicted_class(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", images([27, 3, 0]), PIXELS)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        TABLE,
        "my_pets-test-00000_true-cat_predicted-cat.png",
        "my_pets-test-00003_true-cat_predicted-dog_wolf.png",
        "my_pets-test-00027_true-cat_predicted-cat.png",
    ]
    written = np.asarray(Image.open(tmp_path / "out" / "my_pets-test-00003_true-cat_predicted-dog_wolf.png"))
    assert np.array_equal(written, PIXELS[3, 0])


def test_colour_is_kept_bit_for_bit(tmp_path: Path) -> None:
    colours = np.random.default_rng(1).integers(0, 256, (30, 3, 8, 8), np.uint8)
    write_folder(tmp_path / "out", images([9]), colours)
    [path] = (tmp_path / "out").glob("*.png")
    assert np.array_equal(np.moveaxis(np.asarray(Image.open(path)), 2, 0), colours[9])


def test_the_table_has_a_line_an_image_in_the_order_given() -> None:
    lines = images([27, 3]).csv().decode("utf-8-sig").splitlines()
    assert lines[0] == "dataset,split,index,file,true,predicted,confidence,loss,margin,rank"
    assert lines[1].startswith("folder:/somewhere/my pets,test,27,,cat,cat,0.8999")
    assert [line.split(",")[2] for line in lines[1:]] == ["27", "3"]
    assert lines[1].endswith(",,,")  # no scores are known


def test_a_name_is_no_formula_and_files_are_named() -> None:
    files = ImageFiles(tuple(f"=cmd/{number}.png" for number in range(30)))
    made = ImageSet(table(), np.array([6]), ImageIds("mnist", "test", files))
    assert made.csv().decode("utf-8-sig").splitlines()[1].startswith("mnist,test,6,'=cmd/6.png,cat,'=1+1")


@pytest.mark.parametrize("sources", [(), tuple(f"cat/{number}.png" for number in range(30))], ids=["none", "known"])
def test_beside_the_pictures_the_table_names_each_of_them(tmp_path: Path, sources: tuple[str, ...]) -> None:
    ids = ImageIds("mnist", "test", ImageFiles(sources))
    write_folder(tmp_path / "out", ImageSet(table(), np.array([27, 3]), ids), PIXELS)
    with (tmp_path / "out" / TABLE).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["file"] for line in lines} == {path.name for path in (tmp_path / "out").glob("*.png")}
    assert [line.get("source") for line in lines] == ([sources[27], sources[3]] if sources else [None, None])
    assert [line["index"] for line in lines] == ["27", "3"]


def test_what_was_predicted_before_stands_beside_it() -> None:
    now, before = (
        table(),
        confusion_of(
            np.arange(0, 30, 3) % 3,
            np.full(10, 2),
            np.arange(0, 30, 3),
            table().classes,
            30,
            1,
            np.full(10, 0.5, np.float32),
        ),
    )
    lines = images([3], difference=difference_of(now, before)).csv().decode("utf-8-sig").splitlines()
    assert lines[0].endswith(",predicted before,confidence before")
    assert lines[1].endswith(",'=1+1,0.5")


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    place = tmp_path / "out"
    if there == "file":
        place.write_text("precious")
    else:
        place.mkdir()
        (place / "precious").write_text("precious")
    with pytest.raises(UserError, match="Nothing was overwritten"):
        write_folder(place, images([0]), PIXELS)
    with pytest.raises(UserError, match="Nothing was overwritten"):
        write_table(place, images([0]))
    assert (place if there == "file" else place / "precious").read_text() == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled_and_the_next_free_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", images([0]), PIXELS)
    assert free_folder(tmp_path, "out") == tmp_path / "out-2"
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_cancelled_half_way_nothing_is_left(tmp_path: Path) -> None:
    done: list[float] = []
    with pytest.raises(Cancelled):
        write_folder(tmp_path / "out", images([0, 3, 6, 9]), PIXELS, done.append, lambda: len(done) == 2)
    assert done == [0.25, 0.5]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_folder(tmp_path / "missing" / "out", images([0]), PIXELS)


def test_names_of_files_suit_every_system() -> None:
    assert safe_name("a/b:c*?") == "a_b_c"
    assert safe_name("고양이 😀") == "고양이"
    assert safe_name("..") == "_"
    assert safe_name("x" * 500) == "x" * 40
    assert ImageId("npz:/data/My set.npz", "train", 12).stem == "My_set.npz-train-00012"
