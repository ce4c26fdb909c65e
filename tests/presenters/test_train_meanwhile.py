"""While a command waits for a file the window is alive, and Train can be pressed: the command looks again afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.trial.trial import Trial
from cnnviewer.core.models.weights import save_weights
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.core.runs.record.start import begin
from cnnviewer.presenters import own_models as models_module
from cnnviewer.presenters.commands import CommandPresenter
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.files import FilesPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.open_run import OpenRunPresenter
from cnnviewer.presenters.own_models import OwnModelsPresenter
from cnnviewer.presenters.preprocessing import PreprocessingPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import ExplainPanel, ExploreViews, PreprocessingView, RunQuestions, RunsList
from cnnviewer.runtime.jobs import Jobs
from tests.core.runs.trained import LENET, at_step, data_for, leave_after
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY


class InterruptedJobs(Jobs):
    """Does what a user does in the nested event loop of `wait_with`.

    Attributes:
        meanwhile: is called once, while work is waited for.
        at: while the how manieth work from now is waited for: 1 is the next.

    """

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] | None = None
        self.at = 1

    def wait_with(self, work: Any, *arguments: Any, **named: Any) -> Any:
        result = super().wait_with(work, *arguments, **named)
        self.at -= 1
        if self.at <= 0 and self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return result


@dataclass
class Desk:
    session: Session
    jobs: InterruptedJobs
    selection: Fake
    inspection_presenter: Fake
    problems: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def train_meanwhile(self) -> None:
        """Press Train while the next command waits."""
        self.jobs.meanwhile = lambda: self.session.set_run_state("running")

    def listen_to(self, presenter: CommandPresenter) -> None:
        presenter.error.connect(self._on_error)
        presenter.informed.connect(lambda words: self.told.append(worded(words)))

    def _on_error(self, error: UserError) -> None:
        self.problems.append(str(error))

    @property
    def files(self) -> FilesPresenter:
        made = FilesPresenter(
            services(self.session, self.jobs),
            self.selection,
            self.inspection_presenter,
            fake(ExploreViews, is_dark=False),
        )
        self.listen_to(made)
        return made


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    jobs = InterruptedJobs()
    yield Desk(
        Session(),
        jobs,
        fake(SelectionPresenter, where=lambda key: key, loading=False),
        fake(InspectionPresenter, source=None),
    )
    jobs.shut_down()


def trained(runs_dir: Path) -> Path:
    """A run of two steps."""
    recording = begin(data_for(LENET), LENET, runs_dir)
    leave_after(recording, at_step(2))
    assert recording.folder is not None
    return recording.folder


def test_weights_read_while_a_training_begins_are_not_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    save_weights(path, untrained(MODELS["lenet"], GREY))
    files = desk.files
    desk.train_meanwhile()
    assert not files.open_weights(path)
    assert desk.selection.count("show_weights") == 0
    assert desk.problems == ["Stop the training first: it is changing the weights that would be replaced."]


def test_a_run_read_while_a_training_begins_is_not_shown(desk: Desk, tmp_path: Path) -> None:
    folder = trained(tmp_path)
    opening = OpenRunPresenter(services(desk.session, desk.jobs), desk.selection)
    desk.listen_to(opening)
    desk.train_meanwhile()
    assert not opening.open_run(folder)
    assert desk.session.run is None
    assert "Stop the training first" in desk.problems[0]


def test_a_configuration_read_while_a_training_begins_leaves_the_panel_alone(desk: Desk, tmp_path: Path) -> None:
    folder = trained(tmp_path)
    view = fake(RunsList)
    runs = RunsPresenter(
        services(desk.session, desk.jobs, runs_dir=tmp_path),
        fake(ResumePresenter, selection=desk.selection, open_run_presenter=fake(OpenRunPresenter)),
        view,
        fake(RunQuestions),
    )
    desk.listen_to(runs)
    desk.train_meanwhile()
    view.duplicate_requested.emit(folder)
    assert desk.selection.count("take_up") == 0
    assert desk.problems == ["Stop the training first: its configuration is in the panel."]


def test_how_images_are_read_stays_when_a_training_begins_meanwhile(desk: Desk) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_state(state)
    reading = PreprocessingPresenter(services(desk.session, desk.jobs), fake(PreprocessingView))
    desk.listen_to(reading)
    desk.train_meanwhile()
    assert not reading.ask((28, 28), (0.5,), (0.5,))
    assert desk.session.state is state
    assert "A run reads its images as it was trained" in desk.problems[0]


def test_how_images_are_read_is_asked_of_the_weights_on_the_screen(desk: Desk) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    reading = PreprocessingPresenter(services(desk.session, desk.jobs), fake(PreprocessingView))
    others = untrained(MODELS["lenet"], GREY)
    desk.jobs.meanwhile = lambda: desk.session.set_state(others)
    assert not reading.ask((28, 28), (0.5,), (0.5,))
    assert desk.session.state is others


class Process(Trial):
    """Stands in for the process that runs a file; remembers those that were started and not closed."""

    open: ClassVar[list["Process"]] = []

    def __init__(self) -> None:
        self.open.append(self)

    def close(self) -> None:
        self.open.remove(self)


@pytest.fixture
def own_models(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnModelsPresenter]:
    monkeypatch.setattr(models_module, "Trial", Process)
    made = OwnModelsPresenter(services(desk.session, desk.jobs), desk.selection, fake(ExplainPanel))
    desk.listen_to(made)
    yield made
    made.shut_down()
    assert not Process.open, "a process was left"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.py"
    path.write_text("from torch import nn\n\nclass Net(nn.Module):\n    pass\n", encoding="utf-8")
    return path


def test_a_model_file_is_not_offered_when_a_training_begins_while_it_is_read(
    desk: Desk, own_models: OwnModelsPresenter, file: Path
) -> None:
    desk.train_meanwhile()
    assert own_models.models_in(file) == ()
    assert not Process.open
    assert "Stop the training first" in desk.problems[0]


@pytest.mark.parametrize("at", [1, 2], ids=["while the file is read", "while the process starts"])
def test_two_model_files_opened_at_once_leave_one_process_waiting(
    desk: Desk, own_models: OwnModelsPresenter, file: Path, at: int
) -> None:
    desk.jobs.at = at
    desk.jobs.meanwhile = lambda: own_models.models_in(file)
    assert own_models.models_in(file)
    assert len(Process.open) == 1


def picture(path: Path, grey: int) -> Path:
    Image.fromarray(np.full((4, 4), grey, np.uint8)).save(path)
    return path


def test_the_image_chosen_last_is_shown_when_an_earlier_one_is_read_more_slowly(desk: Desk, tmp_path: Path) -> None:
    files = desk.files
    slow, quick = picture(tmp_path / "slow.png", 10), picture(tmp_path / "quick.png", 200)
    desk.jobs.meanwhile = lambda: files.open_image(quick)
    assert not files.open_image(slow)
    assert desk.inspection_presenter.count("show_picture") == 1
    assert desk.inspection_presenter.last("show_picture").pixels.max() == 200
    assert not desk.problems


def test_the_run_chosen_last_is_shown_when_an_earlier_one_is_read_more_slowly(desk: Desk, tmp_path: Path) -> None:
    slow, quick = trained(tmp_path / "a"), trained(tmp_path / "b")
    desk.session.set_data(data_for(LENET))
    opening = OpenRunPresenter(services(desk.session, desk.jobs), desk.selection)
    desk.listen_to(opening)
    desk.jobs.meanwhile = lambda: opening.open_run(quick)
    assert not opening.open_run(slow)
    assert desk.session.run is not None
    assert desk.session.run.opened is not None
    assert desk.session.run.opened.folder == quick.absolute()
    assert not desk.problems


def test_a_name_given_while_a_note_is_written_is_kept(desk: Desk, tmp_path: Path) -> None:
    folder = trained(tmp_path)
    view = fake(RunsList)
    runs = RunsPresenter(
        services(desk.session, desk.jobs, runs_dir=tmp_path),
        fake(ResumePresenter, selection=desk.selection, open_run_presenter=fake(OpenRunPresenter)),
        view,
        fake(RunQuestions),
    )
    desk.listen_to(runs)
    desk.jobs.meanwhile = lambda: view.name_changed.emit(folder, "first try")
    view.note_changed.emit(folder, "the rate is too high")
    notes = read_notes(folder)
    assert (notes.name, notes.note) == ("first try", "the rate is too high")
    assert not desk.problems
