"""Parts of a run as files for other programs, and the whole of it as one page."""

import base64
import csv
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read.opened_run import OpenedRun

Ask = Callable[..., int]
Out = pytest.CaptureFixture[str]


def test_numbers_come_as_one_table_with_every_digit(first: Path, ask: Ask, tmp_path: Path) -> None:
    assert ask("export first --metrics", tmp_path / "n.csv") == 0
    with (tmp_path / "n.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "step"]
    log = OpenedRun.read(first).log
    assert [float(row["loss"]) for row in rows] == log.steps("loss").tolist()
    assert ask("export first --metrics", tmp_path / "n.json") == 0
    assert json.loads((tmp_path / "n.json").read_text())["facts"]["name"] == "first"


def test_weights_are_those_of_the_snapshot_asked_for(first: Path, ask: Ask, tmp_path: Path) -> None:
    for step, name in ((0, "untrained"), (9, "between"), ("last", "end")):
        assert ask(f"export first --step {step} --weights", tmp_path / f"{name}.safetensors") == 0
    run = OpenedRun.read(first)
    between = load_weights(tmp_path / "between.safetensors")
    assert all(torch.equal(between.tensors[key], value) for key, value in run.snapshot(9).state.tensors.items())
    assert between.provenance["step"] == 9
    untrained = load_weights(tmp_path / "untrained.safetensors")
    assert not torch.equal(untrained.tensors["conv1.weight"], between.tensors["conv1.weight"])


def test_kernels_and_maps_are_arrays_and_pictures(
    first: Path, ask: Ask, tmp_path: Path, picture: Path, capsys: Out
) -> None:
    where = tmp_path / "k"
    assert ask("export first --kernels", where, "--maps", tmp_path / "m.npz", "--image", picture, "--json") == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert str(where / "conv1.png") in files
    kernels = np.load(where / "conv1.npy")
    torch.testing.assert_close(
        torch.from_numpy(kernels), OpenedRun.read(first).checkpoint().state.tensors["conv1.weight"], rtol=0, atol=0
    )
    with Image.open(where / "conv1.png") as image:
        assert image.width > 10 * 5
    maps = np.load(tmp_path / "m.npz")
    assert maps["conv1"].shape == (10, 24, 24)
    assert maps["probabilities"].sum() == pytest.approx(1)


def test_maps_of_several_images_get_a_folder_each(first: Path, ask: Ask, tmp_path: Path, picture: Path) -> None:
    assert ask("export first --maps", tmp_path / "m", "--image", picture, picture) == 0
    assert sorted(path.name for path in (tmp_path / "m").iterdir()) == ["1-bar", "2-bar"]
    assert ask("export first --maps", tmp_path / "m.npz", "--image", picture, picture) == 2


def test_curves_are_a_picture_that_is_well_formed(first: Path, ask: Ask, tmp_path: Path) -> None:
    assert ask("export first --curves", tmp_path / "c.svg") == 0
    root = ElementTree.parse(tmp_path / "c.svg").getroot()
    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"loss", "accuracy (%)", "step", "validation, each epoch"} <= words


def test_a_video_is_written(first: Path, ask: Ask, tmp_path: Path, picture: Path) -> None:
    assert ask("export first --seconds 0.5 --fps 6 --film", tmp_path / "f.gif", "--image", picture) == 0
    with Image.open(tmp_path / "f.gif") as image:
        assert image.format == "GIF"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("export first", "Say what to write"),
        ("export first --weights w.pt", "must end in .safetensors"),
        ("export first --metrics no/such/n.csv", "does not exist"),
        ("export first --maps maps", "Say which image"),
        ("export first --film f.avi --image x.png", "must end in"),
        ("export first --step 77 --kernels k.npz", "nearest are"),
        ("export nosuch --metrics n.csv", "no run called nosuch"),
        ("export first --maps m.npz --image missing.png", "missing.png"),
        ("report nosuch", "no run called nosuch"),
        ("report first --out r.pdf", "must end in .html"),
        ("report first --image missing.png", "missing.png"),
    ],
)
def test_what_cannot_be_written_gives_an_error_message(
    first: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out, words: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


class Page(HTMLParser):
    """What is in a report: pictures, addresses, words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link", "img"):
            self.open.append(tag)
        for name, value in attributes:
            if name == "src":
                self.sources.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def page(first: Path, ask: Ask, picture: Path) -> Page:
    assert ask("report first --image", picture) == 0
    return Page((first / "report.html").read_text("utf-8"))


def test_a_report_needs_nothing_but_itself(page: Page) -> None:
    assert not page.open
    assert "script" not in page.tags
    assert all(source.startswith("data:image/png;base64,") for source in page.sources)
    assert all(link.startswith(("#", "data:")) for link in page.links)
    for source in page.sources:
        with Image.open(BytesIO(base64.b64decode(source.partition(",")[2]))) as image:
            image.verify()


def test_a_report_has_every_part(page: Page, first: Path) -> None:
    info = read_info(first)
    for words in (
        "first",
        "two epochs",
        "bar.png",
        info.command,
        "Worst mistakes",
        "Calibration",
        "learning rate",
        "torch",
        "conv2",
    ):
        assert words in page.words
    assert page.tags.count("svg") == 3  # loss, accuracy, calibration


def test_a_reports_matrix_counts_every_test_image(first: Path, ask: Ask) -> None:
    assert ask("report first") == 0
    text = (first / "report.html").read_text("utf-8")
    cells = [int(count) for count in re.findall(r'<td title="[^"]* predicted as [^"]*"[^>]*>(\d+)</td>', text)]
    result = read_info(first).result
    assert result is not None
    assert len(cells) == 9
    assert sum(cells) == result["total"] == 30
    assert sum(cells[::4]) == result["correct"]


def test_what_a_user_wrote_is_no_html(first: Path, ask: Ask) -> None:
    assert ask("runs rename first", "<script>alert(1)</script> & co") == 0
    assert ask("report last") == 0
    text = (first / "report.html").read_text("utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text


def test_without_its_data_set_a_report_leaves_test_images_out_and_says_so(
    first: Path, ask: Ask, own_set: Path, tmp_path: Path, capsys: Out
) -> None:
    moved = own_set.rename(own_set.with_suffix(".away"))
    try:
        assert ask("report first --json") == 0
    finally:
        moved.rename(own_set)
    captured = capsys.readouterr()
    assert "nothing about its test images" in captured.err
    text = Path(json.loads(captured.out)["file"]).read_text("utf-8")
    assert 'id="confusion"' not in text
    assert "not at hand" in text


def test_qt_is_imported_by_none_of_the_commands(first: Path, runs_dir: Path, picture: Path, own_set: Path) -> None:
    commands = [
        "runs",
        "runs show last",
        "resume first --from-step 9",
        "evaluate --run first",
        f"predict --run first {picture}",
        f"export first --metrics {runs_dir}/n.csv --curves {runs_dir}/c.svg --kernels {runs_dir}/k.npz",
        f"export first --film {runs_dir}/f.gif --seconds 0.2 --image {picture}",
        "report first",
        f"sweep --dataset npz:{own_set} --batch-size 60 --epochs 1 --seeds 1",
        "runs delete first",
    ]
    code = (
        "import sys\nfrom cnnviewer.cli import main\n"
        f"for words in {commands!r}:\n    assert main(words.split()) == 0, words\n"
        "assert not any(name.startswith(('PySide6', 'pyqtgraph', 'shiboken')) for name in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
