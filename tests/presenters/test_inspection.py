"""The newest image through the newest weights, on every view at once."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cnnviewer.core.images import image_file
from cnnviewer.core.inspection.records import Cell, Inspection
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.presenters import inspection as inspection_module
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.resolve import untrained
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import Canvas, InputView, KernelsView, NetworkPicture
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.requests import PictureInput
from tests.presenters.desk import services
from tests.presenters.fakes import Fake, fake
from tests.small_data import COLOUR, GREY, tiny


@dataclass
class Desk:
    session: Session
    inspection_presenter: InspectionPresenter
    network: Fake
    kernels: Fake
    inputs: Fake


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    session, thread = Session(), InspectionThread()
    canvas = fake(Canvas, raster=np.zeros((280, 280), np.uint8))
    network, kernels, inputs = fake(NetworkPicture), fake(KernelsView), fake(InputView, canvas=canvas)
    inspection_presenter = InspectionPresenter(services(session, inspection=thread), network, kernels, inputs)
    thread.start()
    yield Desk(session, inspection_presenter, network, kernels, inputs)
    thread.shut_down()


def see(desk: Desk, qtbot: QtBot) -> Inspection:
    """The inspection shown when everything asked so far has been answered."""

    def settled() -> bool:
        shown = desk.inspection_presenter.inspection
        return shown is not None and shown.generation == desk.inspection_presenter.generation

    qtbot.waitUntil(settled)
    return desk.inspection_presenter.inspection


def stroke() -> np.ndarray:
    raster = np.zeros((280, 280), np.uint8)
    raster[60:220, 130:150] = 255
    return raster


def test_what_is_shown_is_what_pytorch_computes(desk: Desk, qtbot: QtBot) -> None:
    state, data = untrained(MODELS["lenet"], GREY), tiny()
    desk.session.set_state(state)
    desk.inspection_presenter.show_sample(data.test.images[3].numpy(), "3")
    see(desk, qtbot)
    shown = desk.network.last("set_inspection")
    pixels = (data.test.images[3:4].float() / 255 - 0.1307) / 0.3081
    with torch.inference_mode():
        expected = from_state(state)(pixels).exp()[0]
    got = dict(desk.inputs.prediction.last("set_prediction")[0].ranking)
    assert [got[name] for name in GREY.classes] == pytest.approx(expected.tolist(), rel=1e-5)
    assert shown.activations["conv1"].shape == (10, 24, 24)


def test_the_truth_of_a_labelled_image_goes_along(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[4].numpy(), "4")
    see(desk, qtbot)
    assert desk.inputs.prediction.last("set_prediction")[1] == "4"


def test_an_empty_canvas_predicts_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inputs.canvas.drawing_changed.emit(stroke())
    see(desk, qtbot)
    assert len(desk.inputs.prediction.last("set_prediction")[0].ranking) == 10
    desk.inputs.canvas.drawing_changed.emit(np.zeros((280, 280), np.uint8))
    see(desk, qtbot)
    assert desk.inputs.prediction.last("set_prediction")[0].ranking == ()
    assert desk.inputs.lens.last("set_image") is None


def test_the_greeting_gives_way_to_the_first_stroke_and_does_not_come_back(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.greet_with(tiny().test.images[7].numpy())
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_image") is not None
    desk.inputs.canvas.drawing_changed.emit(stroke())
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_steps") is not None
    desk.inputs.canvas.drawing_changed.emit(np.zeros((280, 280), np.uint8))
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_image") is None


def test_a_drawing_and_a_picture_are_shown_again_when_asked_for(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inputs.canvas.drawing_changed.emit(stroke())
    drawn = see(desk, qtbot).image
    desk.inspection_presenter.show_picture(PictureInput(np.full((28, 28, 3), 90, np.uint8)))
    picture = see(desk, qtbot).image
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    assert (desk.inputs.last("set_source"), desk.inputs.last("set_shown")) == ("dataset", "dataset")
    assert not np.array_equal(see(desk, qtbot).image, drawn)
    desk.inputs.image_requested.emit("draw")
    assert np.array_equal(see(desk, qtbot).image, drawn)
    assert desk.inputs.last("set_shown") == "draw"
    assert desk.inputs.prediction.last("set_prediction")[1] is None, "a drawing has no true class"
    desk.inputs.image_requested.emit("file")
    assert np.array_equal(see(desk, qtbot).image, picture)


def test_what_was_never_there_cannot_be_asked_for(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    before = see(desk, qtbot)
    desk.inputs.image_requested.emit("file")
    assert see(desk, qtbot) is before


def test_emptying_the_sheet_takes_only_the_drawing_away(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inputs.canvas.drawing_changed.emit(stroke())
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    before = see(desk, qtbot)
    desk.inputs.canvas.drawing_changed.emit(np.zeros((280, 280), np.uint8))
    assert see(desk, qtbot) is before


def test_a_stroke_beside_another_image_brings_the_drawing_and_its_tab(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    desk.inputs.canvas.drawing_changed.emit(stroke())
    assert (desk.inputs.last("set_source"), desk.inputs.last("set_shown")) == ("draw", "draw")
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_steps") is not None


def test_another_data_set_shows_its_first_image_on_the_tab_of_images(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inputs.canvas.drawing_changed.emit(stroke())
    desk.inspection_presenter.show_first_sample(tiny().test.images[0].numpy(), "0")
    assert np.array_equal(see(desk, qtbot).image * 255, tiny().test.images[0].numpy())
    assert desk.inputs.last("set_shown") == "dataset"
    assert desk.inputs.last("set_source") == "dataset"


def test_a_hundred_images_asked_at_once_end_with_the_last(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    images = tiny(test=100).test.images
    for index in range(100):
        desk.inspection_presenter.show_sample(images[index].numpy(), str(index % 10))
    shown = see(desk, qtbot)
    assert np.array_equal(shown.image, images[99].numpy().astype(np.float32) / np.float32(255))
    assert desk.network.count("set_inspection") < 100


def test_the_answer_to_a_stroke_that_has_gone_on_is_not_shown(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever draws waits for the newest answer: showing the one before would hold it up."""
    monkeypatch.setattr(inspection_module, "_OUTRUN", 60.0)
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inputs.canvas.drawing_changed.emit(stroke())
    see(desk, qtbot)
    shown, answered = desk.network.count("set_inspection"), threading.Event()
    thread = desk.inspection_presenter._thread
    thread.answered.connect(answered.set, Qt.ConnectionType.DirectConnection)
    desk.inputs.canvas.drawing_changed.emit(stroke().T.copy())
    assert answered.wait(30)  # it is there, and the window has not looked yet
    desk.inputs.canvas.drawing_changed.emit(stroke())
    see(desk, qtbot)
    assert desk.network.count("set_inspection") == shown + 1
    assert desk.network.last("set_expecting") is False


def test_a_training_goes_on_where_showing_an_answer_fails(desk: Desk, qtbot: QtBot) -> None:
    thread = desk.inspection_presenter._thread
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    see(desk, qtbot)
    desk.inspection_presenter._show = lambda _answer: 1 / 0  # type: ignore[method-assign]
    answered = threading.Event()
    thread.answered.disconnect()
    thread.answered.connect(answered.set, Qt.ConnectionType.DirectConnection)
    desk.inputs.canvas.drawing_changed.emit(stroke())
    assert answered.wait(30)
    with pytest.raises(ZeroDivisionError):
        desk.inspection_presenter._on_answered()
    assert thread._no_request_waits.is_set()


def test_another_model_brings_its_architecture_and_classes(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    see(desk, qtbot)
    desk.session.set_state(untrained(MODELS["simplecnn"], COLOUR))
    qtbot.waitUntil(lambda: desk.network.last("set_architecture").layer("conv1").shape == (32, 32, 32))
    assert desk.network.last("set_classes") == COLOUR.classes


def test_nothing_of_a_model_is_left_standing_while_the_next_one_takes_its_time(desk: Desk, qtbot: QtBot) -> None:
    desk.inspection_presenter.show_sample(tiny().test.images[0].numpy(), "0")
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    see(desk, qtbot)
    assert desk.network.last("set_waiting") is False
    desk.inspection_presenter._thread.shut_down()  # it never answers
    desk.session.set_state(untrained(MODELS["simplecnn"], COLOUR))
    qtbot.waitUntil(lambda: desk.network.last("set_waiting") is True)
    assert not desk.inputs.prediction.last("set_prediction").ranking
    assert desk.inputs.lens.last("set_image") is None


def test_hovering_a_pixel_frames_what_it_sees_of_the_input(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    see(desk, qtbot)
    desk.network.cell_hovered.emit(Cell("conv1", 3, 5, 7))
    region = desk.inputs.lens.last("set_region")
    assert (region.top, region.left, region.bottom, region.right) == (5, 7, 10, 12)
    desk.network.cell_hovered.emit(None)
    assert desk.inputs.lens.last("set_region") is None


def test_selecting_a_layer_shows_its_kernels(desk: Desk, qtbot: QtBot) -> None:
    state = untrained(MODELS["lenet"], GREY)
    desk.session.set_state(state)
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    see(desk, qtbot)
    desk.network.cell_selected.emit(Cell("conv2", 4))
    qtbot.waitUntil(
        lambda: desk.inspection_presenter.kernels is not None and desk.inspection_presenter.kernels.layer == "conv2"
    )
    assert np.array_equal(desk.kernels.last("set_kernels").weight, state.tensors["conv2.weight"].numpy())
    assert desk.kernels.last("set_channel") == 4


def test_a_picture_without_a_digit_gives_no_image_and_a_message_that_offers_to_read_it_as_it_is(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    offers: list[ActionMessage] = []
    withdrawn: list[ActionMessage] = []
    desk.inspection_presenter.action_suggested.connect(offers.append)
    desk.inspection_presenter.action_withdrawn.connect(withdrawn.append)
    desk.inspection_presenter.show_picture(PictureInput(np.full((40, 40, 3), 255, np.uint8)))
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_image") is None
    qtbot.waitUntil(lambda: len(offers) == 1)
    assert desk.network.last("set_refusal") == offers[0].sentence
    offers[0].accept()
    qtbot.waitUntil(lambda: desk.inputs.lens.last("set_image") is not None)
    assert desk.inputs.last("set_digit_option") == (True, False)
    assert withdrawn == offers


CLOTHES = replace(GREY, key="folder:clothes", classes=("shirt", "boot"))


def the_one() -> np.ndarray:
    photo = np.full((120, 90, 3), 250, np.uint8)
    photo[20:100, 40:50] = 10
    return photo


def test_a_photo_is_a_digit_for_a_model_of_digits_and_a_picture_for_any_other(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_picture(PictureInput(the_one()))
    see(desk, qtbot)
    assert desk.inputs.last("set_digit_option") == (True, True)
    assert desk.inputs.lens.last("set_steps") is not None
    desk.session.set_state(untrained(MODELS["lenet"], CLOTHES))
    qtbot.waitUntil(lambda: desk.inputs.last("set_digit_option") == (True, False))
    assert desk.inputs.lens.last("set_steps") is None
    assert np.array_equal(desk.inputs.lens.last("set_image"), image_file.fit(the_one(), (1, 28, 28)))
    desk.session.set_state(untrained(MODELS["simplecnn"], COLOUR))
    qtbot.waitUntil(lambda: desk.inputs.last("set_digit_option")[0] is False)


def test_what_a_user_says_about_a_photo_holds_for_that_photo(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], CLOTHES))
    desk.inspection_presenter.show_picture(PictureInput(the_one()))
    see(desk, qtbot)
    assert desk.inputs.last("set_digit_option") == (True, False)
    desk.inputs.file_options_changed.emit(True)
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_steps") is not None
    desk.inspection_presenter.show_picture(PictureInput(the_one() // 2))
    see(desk, qtbot)
    assert desk.inputs.lens.last("set_steps") is None, "another photo: nothing has been said about it"


def test_other_kernels_leave_everything_else_as_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.session.set_state(untrained(MODELS["lenet"], GREY))
    desk.inspection_presenter.show_sample(tiny().test.images[1].numpy(), "1")
    see(desk, qtbot)
    shown = desk.network.count("set_inspection")
    desk.network.cell_selected.emit(Cell("conv2", 4))
    qtbot.waitUntil(
        lambda: desk.inspection_presenter.kernels is not None and desk.inspection_presenter.kernels.layer == "conv2"
    )
    assert desk.network.count("set_inspection") == shown, "painting the network again costs more than the answer"
