"""What a model is learning is shown of the step that is inspected, and only while somebody looks."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.learning import LearningPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import LearningPicture
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import GREY


@pytest.fixture
def desk(qtbot: QtBot) -> tuple[Session, Fake, Fake, LearningPresenter]:
    session, state = Session(), untrained(MODELS["lenet"], GREY)
    inspector = Inspector.from_state(state)
    inspection = inspector.inspect(np.full((1, 28, 28), 0.5, np.float32), generation=1, step=0)
    inspecting = fake(InspectionPresenter, inspection=inspection)
    view = fake(LearningPicture, seen=True)
    session.set_state(state)
    presenter = LearningPresenter(services(session), inspecting, view)
    inspecting.architecture_shown.emit(inspector.architecture, GREY.classes)
    return session, inspecting, view, presenter


def shown(view: Fake) -> list[tuple[str, str]]:
    return [(tiles.kind, tiles.layer) for tiles in view.last("set_tiles")]


def test_the_first_convolution_and_the_maps_around_it_are_shown_at_first(desk) -> None:
    _, inspecting, view, _ = desk
    assert view.last("set_layers") == (("conv1", "conv2"), "conv1")
    inspecting.inspected.emit()
    kinds = shown(view)
    assert kinds[0] == ("kernels", "conv1")
    assert [kind for kind, _ in kinds[1:]] == ["maps", "maps"]


def test_the_kernels_of_the_chosen_convolution_take_their_place(desk) -> None:
    session, _, view, _ = desk
    view.layer_selected.emit("conv2")
    assert shown(view)[0] == ("kernels", "conv2")
    weight = session.state.tensors["conv2.weight"].numpy()
    assert np.array_equal(view.last("set_tiles")[0].values, weight[:, 0])


def test_nothing_is_computed_while_nobody_looks_and_all_of_it_when_somebody_does(desk) -> None:
    _, inspecting, view, _ = desk
    view.seen = False
    inspecting.inspected.emit()
    assert view.count("set_tiles") == 0
    view.seen = True
    view.seen_changed.emit(True)
    assert len(shown(view)) == 3
