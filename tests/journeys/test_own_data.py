"""The user's own images in the window: read again when there are more, and as a run has read them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.data.registry import load
from cnnviewer.core.images.decoding import FIRST, LATEST, Decoding
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.test_reading_version import as_of_before
from tests.core.runs.trained import at_step, leave_after
from tests.journeys.conftest import Person


@pytest.fixture
def leaves(tmp_path: Path) -> Path:
    """Float TIFFs of two brightnesses with images for validation: what the versions of reading read otherwise."""
    rng = np.random.default_rng(1)
    for part, count in (("train", 20), ("val", 4), ("test", 4)):
        for place, name in enumerate(("ash", "oak")):
            folder = tmp_path / "leaves" / part / name
            folder.mkdir(parents=True)
            for number in range(count):
                values = (rng.random((28, 28)) * 40 + 20 + 180 * place).astype(np.float32)
                Image.fromarray(values).save(folder / f"{number}.tif")
    return tmp_path / "leaves"


def test_a_folder_that_grew_is_read_again_when_it_is_chosen_again(
    launched: Callable[..., Person], leaves: Path
) -> None:
    person = launched()
    key = f"folder:{leaves}"
    person.window.own_data_selected.emit(key)
    person.loaded(key)
    session, jobs = person.window.program.session, person.window.program.jobs
    before = session.data
    assert before.validation is not None
    person.choose("datasetCombo", key)
    person.until(lambda: not jobs.busy)
    assert session.data is before
    Image.new("L", (28, 28), 9).save(leaves / "train" / "ash" / "new.png")
    person.choose("datasetCombo", key)
    person.until(lambda: session.data is not before and session.data is not None)
    assert len(session.data.train) == len(before.train) + 1

    person.until(lambda: not jobs.busy)
    Image.new("L", (28, 28), 90).save(leaves / "train" / "oak" / "new.png")
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.until(lambda: person.state != "idle")
    person.until(lambda: person.state == "idle")
    assert session.run.recording.info.counts["train"] == len(before.train) + 2
    assert len(session.data.train) == len(before.train) + 2


def test_a_run_of_an_older_version_is_shown_and_resumed_by_its_rules_and_a_new_one_learns_by_todays(
    launched: Callable[..., Person], leaves: Path, tmp_path: Path
) -> None:
    key = f"folder:{leaves}"
    config = TrainConfig("lenet", key, epochs=1, batch_size=12, threads=1)
    recording = begin(load(key, tmp_path, reading=Decoding(FIRST)), config, tmp_path / "runs")
    leave_after(recording, at_step(2))
    folder = recording.folder
    assert folder is not None
    as_of_before(folder)
    person = launched(None, "--runs-dir", str(tmp_path / "runs"))
    program = person.window.program
    person.until(lambda: program.session.data is not None)
    assert person.window.open_run(folder)
    person.loaded(key)
    assert program.session.data.info.reading.version == FIRST
    program.presenters.resume.resume_run(folder)
    person.until(lambda: read_info(folder).status == "finished" and person.state == "idle")
    assert len(program.session.data.train) == 48  # the validation images are learned

    program.presenters.training._begin(config, paused=False)
    person.until(lambda: program.session.run.recording is not None and program.session.run.recording.folder != folder)
    person.until(lambda: person.state == "idle")
    info = program.session.run.recording.info
    assert info.recipe.reading.version == LATEST
    assert (info.counts["train"], info.counts["validation"]) == (40, 8)
    assert any("share one scale" in note for note in info.data_notes)
    assert "share one scale" in person.find("logText").toPlainText()
