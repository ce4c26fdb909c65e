"""The window opens settings, a run and weights that an earlier version wrote, unchanged (`tests/data/version_0_1`)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cnnviewer.app.settings import Settings
from cnnviewer.parser import WindowOptions
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.theme import theme, use_theme
from tests.journeys.conftest import Person

FILES = Path(__file__).parents[1] / "data" / "version_0_1"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Path]:
    """The settings where `launched` expects them; the language and the theme of before come back."""
    yield shutil.copy(FILES / "settings.ini", tmp_path / "settings.ini")
    use_language("en")
    use_theme("light")


@pytest.fixture
def runs_dir(tmp_path: Path) -> Path:
    return shutil.copytree(FILES / "runs", tmp_path / "runs")


def test_every_setting_of_an_older_version_is_in_use(settings: Path, qapp: object) -> None:
    now = Settings(WindowOptions(settings=settings)).now
    assert (now.language, now.theme, now.motion, now.budget) == ("ko", "dark", False, 500_000_000)
    assert (Path(now.data_dir), Path(now.runs_dir)) == (Path("/data/of the user"), Path("/runs/of the user"))


def test_the_window_opens_as_it_was_chosen_and_opens_the_run_and_the_weights(
    settings: Path, runs_dir: Path, launched: Callable[..., Person], tmp_path: Path
) -> None:
    person = launched(tmp_path / "data", "--runs-dir", str(runs_dir))
    person.loaded("builtin-digits")
    assert person.find("trainButton").text() == "학습"
    assert theme().tokens.name == "dark"

    (run,) = (path for path in runs_dir.iterdir() if (path / "run.json").exists())
    assert person.window.open_run(run)
    person.until(lambda: len(person.find("lossPlot").listDataItems()[0].getData()[0]) == 8)
    assert person.window.open_weights(str(FILES / "weights.safetensors"))
    person.settled()
    assert len(person.ranking) == 10
