"""A run as a video: whole files of the length asked for, which show what the model saw then."""

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.runs.video.frame import SIZE
from cnnviewer.core.runs.video.video import export_video
from tests.core.runs.trained import LENET, SIMPLECNN, data_for, finish


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> OpenedRun:
    recording = begin(data_for(LENET), LENET, tmp_path_factory.mktemp("runs"))
    finish(recording)
    assert recording.folder is not None
    return OpenedRun.read(recording.folder)


def image(channels: int = 1, side: int = 28) -> np.ndarray:
    return data_for(LENET if channels == 1 else SIMPLECNN).test.images[3].numpy().astype(np.float32) / 255


def frames_of(picture: Any) -> int:
    """How many pictures an animated file holds; Pillow's types know it of some formats only."""
    return picture.n_frames


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "h264"), ("webm", "vp9")])
def test_a_video_has_the_pictures_and_the_length_asked_for(
    run: OpenedRun, tmp_path: Path, kind: str, codec: str
) -> None:
    told: list[float] = []
    target = tmp_path / f"film.{kind}"
    assert export_video(run, image(), target, seconds=1.0, fps=8, report=told.append) == 8
    with av.open(str(target)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == codec
        assert (stream.width, stream.height) == SIZE
        assert len(list(container.decode(video=0))) == 8
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_gif_goes_on_for_ever_and_lasts_as_long_as_asked(run: OpenedRun, tmp_path: Path) -> None:
    export_video(run, image(), tmp_path / "film.gif", seconds=1.0, fps=5)
    with Image.open(tmp_path / "film.gif") as picture:
        assert picture.size == SIZE
        assert picture.info["loop"] == 0
        times = []
        for place in range(frames_of(picture)):
            picture.seek(place)
            times.append(picture.info["duration"])
    assert sum(times) == 1000


def test_the_first_picture_is_the_untrained_network_and_the_last_the_trained_one(
    run: OpenedRun, tmp_path: Path
) -> None:
    export_video(run, image(), tmp_path / "film.gif", seconds=1.0, fps=5)
    with Image.open(tmp_path / "film.gif") as picture:
        first = np.asarray(picture.convert("RGB"))
        picture.seek(frames_of(picture) - 1)
        last = np.asarray(picture.convert("RGB"))
    assert np.mean(np.any(first != last, axis=2)) > 0.02  # kernels, maps, bars and the marker have moved
    assert np.array_equal(first[:80, :400], last[:80, :400])  # the title has not


def test_colour_images_are_made_into_a_video_too(tmp_path: Path) -> None:
    recording = begin(data_for(SIMPLECNN), SIMPLECNN, tmp_path / "runs")
    finish(recording)
    export_video(recording, image(3, 32), tmp_path / "film.webm", seconds=0.5, fps=4)
    assert (tmp_path / "film.webm").stat().st_size > 1000


def test_a_video_that_is_cancelled_leaves_nothing_behind(run: OpenedRun, tmp_path: Path) -> None:
    seen = 0

    def cancelled() -> bool:
        nonlocal seen
        seen += 1
        return seen > 8

    with pytest.raises(Cancelled):
        export_video(run, image(), tmp_path / "film.mp4", seconds=1.0, cancelled=cancelled)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_made_into_a_video_is_reported_in_a_sentence(run: OpenedRun, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.gif, \.mp4, \.webm"):
        export_video(run, image(), tmp_path / "film.avi")
    with pytest.raises(UserError, match="does not fit"):
        export_video(run, image(3, 32), tmp_path / "film.gif")
    with pytest.raises(UserError):
        export_video(run, image(), tmp_path / "gone" / "film.gif", seconds=0.5, fps=2)


def test_a_video_that_cannot_be_written_leaves_the_old_one(run: OpenedRun, tmp_path: Path) -> None:
    target = tmp_path / "film.gif"
    export_video(run, image(), target, seconds=0.5, fps=4)
    before = target.read_bytes()
    with pytest.raises(Cancelled):
        export_video(run, image(), target, seconds=0.5, fps=4, cancelled=lambda: True)
    assert target.read_bytes() == before
    assert frames_of(Image.open(io.BytesIO(before))) >= 2
