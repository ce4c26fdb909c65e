"""The newest image and weights are answered, and the user comes before the training."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.images import photographed_digit
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.inspection_thread import InspectionThread, _View
from cnnviewer.runtime.requests import (
    NOTHING,
    DrawnInput,
    ExplainRequest,
    GradientRequest,
    InspectRequest,
    PictureInput,
    SampleInput,
    model_input,
)
from tests.small_data import COLOUR, GREY, tiny


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[InspectionThread]:
    made = InspectionThread()
    made.start()
    yield made
    made.shut_down()


def test_weights_are_wanted_again_only_when_the_last_answer_was_taken(thread: InspectionThread, qtbot: QtBot) -> None:
    assert thread.wants_weights()
    with qtbot.waitSignal(thread.answered):
        thread.set_weights(untrained(MODELS["lenet"], GREY), 7)
    assert not thread.wants_weights()
    assert thread.take_answer().inspection.step == 7
    assert thread.wants_weights()


def test_while_somebody_draws_weights_come_once_a_second(
    thread: InspectionThread, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("cnnviewer.runtime.inspection_thread.time.monotonic", lambda: now[0])
    wanted = []
    with qtbot.waitSignal(thread.answered):
        thread.set_weights(untrained(MODELS["lenet"], GREY))
    thread.take_answer()
    for part in range(12):  # of a stroke, ten a second
        with qtbot.waitSignal(thread.answered):
            thread.ask_inspection(InspectRequest(part, SampleInput(tiny().test.images[0].numpy())))
        thread.take_answer()
        now[0] += 0.09
        wanted.append(thread.wants_weights())
    assert wanted == [False] * 11 + [True]
    thread.set_weights(untrained(MODELS["lenet"], GREY))
    qtbot.waitUntil(lambda: thread.take_answer() is not None)
    assert not thread.wants_weights()
    now[0] += 0.2
    assert thread.wants_weights(), "the pen rests"


def test_a_training_waits_for_an_image_but_not_for_ever(thread: InspectionThread, qtbot: QtBot) -> None:
    began = time.monotonic()
    thread.let_through(5)
    assert time.monotonic() - began < 1, "nobody waits: no delay"
    with qtbot.waitSignal(thread.answered):
        thread.set_weights(untrained(MODELS["lenet"], GREY))
        thread.ask_inspection(InspectRequest(1, SampleInput(tiny().test.images[0].numpy())))
    began = time.monotonic()
    thread.take_answer()
    thread.let_through(0.05)  # the answer is not shown yet
    assert time.monotonic() - began >= 0.04
    thread.set_shown()
    began = time.monotonic()
    thread.let_through(5)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("info", [GREY, COLOUR], ids=["grey model", "colour model"])
@pytest.mark.parametrize(
    "source",
    [
        DrawnInput(np.pad(np.full((100, 20), 255, np.uint8), 90)[:280, :280]),
        SampleInput(np.zeros((1, 28, 28), np.uint8)),
        SampleInput(np.zeros((3, 32, 32), np.uint8)),
        PictureInput(np.zeros((50, 70, 3), np.uint8), as_digit=False),
    ],
    ids=["a drawing", "a grey sample", "a colour sample", "a picture"],
)
def test_any_image_is_fitted_to_any_model(info, source) -> None:
    image, _ = model_input(source, recipe_for("lenet" if info is GREY else "simplecnn", info))
    assert image.shape == info.shape
    assert image.dtype == np.float32
    assert 0 <= image.min() <= image.max() <= 1


def test_a_sample_of_the_models_shape_is_passed_on_to_the_last_bit() -> None:
    pixels = tiny().test.images[3].numpy()
    image, steps = model_input(SampleInput(pixels), recipe_for("lenet", GREY))
    assert np.array_equal(image, pixels.astype(np.float32) / np.float32(255))
    assert steps is None


def test_a_photo_is_prepared_once_and_not_with_every_step_of_a_training(
    thread: InspectionThread, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, prepare = [], photographed_digit.as_digit

    def counted(pixels: np.ndarray) -> object:
        prepared.append(pixels)
        return prepare(pixels)

    monkeypatch.setattr(photographed_digit, "as_digit", counted)
    photo = np.full((120, 90, 3), 250, np.uint8)
    photo[20:100, 40:50] = 10
    with qtbot.waitSignal(thread.answered):
        thread.ask_inspection(InspectRequest(1, PictureInput(photo)))
        thread.set_weights(untrained(MODELS["lenet"], GREY))
    thread.take_answer()
    for _ in range(2):
        with qtbot.waitSignal(thread.answered):
            thread.set_weights(untrained(MODELS["lenet"], GREY))
        assert thread.take_answer().steps is not None
    assert len(prepared) == 1
    with qtbot.waitSignal(thread.answered):
        thread.ask_inspection(InspectRequest(2, PictureInput(photo, as_digit=False)))
    assert thread.take_answer().steps is None


def test_asking_for_gradients_does_not_explain_the_number_again(thread: InspectionThread, qtbot: QtBot) -> None:
    thread.set_weights(untrained(MODELS["lenet"], GREY))
    thread.ask_inspection(InspectRequest(1, SampleInput(tiny().test.images[0].numpy())))
    with qtbot.waitSignal(thread.explained):
        thread.explain(ExplainRequest(Cell("conv2", 3, 4, 5), 1))
    assert thread.take_explanation() is not None
    with qtbot.waitSignal(thread.learned):
        thread.learn(GradientRequest(1, label=2))
    assert thread.take_explanation() is None


def test_without_a_true_class_the_first_answer_is_expected_for_as_long_as_gradients_are_asked_for() -> None:
    view, expected = _View(), []
    view.request = InspectRequest(1, SampleInput(tiny().test.images[0].numpy()))
    states = [untrained(MODELS["lenet"], GREY) for _ in range(2)]
    for number, answer in ((0, 3), (1, 5), (1, 5)):
        state = states[number]
        state.tensors["fc2.bias"][:] = 0
        state.tensors["fc2.bias"][answer] = 100
        view.load(state, 0)
        view.answer()
        if len(expected) == 2:
            view.ask(None, GradientRequest(NOTHING))  # Backward was closed
        view.ask(None, GradientRequest(1))
        reply = view.gradient_reply()
        assert reply is not None
        assert reply.backward is not None
        expected.append(reply.backward.label)
    assert expected == [3, 3, 5]


def test_an_answer_has_the_layers_of_the_way_its_image_took(monkeypatch: pytest.MonkeyPatch) -> None:
    class Branching(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bright, self.dark = nn.Linear(12, 10), nn.Linear(12, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.bright(x.flatten(1)) if x.mean() > 0 else self.dark(x.flatten(1))

    recipe = ModelRecipe("own", (3, 2, 2), tuple("abcdefghij"), (0.5,) * 3, (0.5,) * 3)
    monkeypatch.setattr(Inspector, "from_state", lambda _state: Inspector(Branching(), recipe))
    view = _View()
    view.load(ModelState(recipe, {}), 0)
    for value, name in ((0, "dark"), (255, "bright"), (0, "dark")):
        view.request = InspectRequest(1, SampleInput(np.full((3, 2, 2), value, np.uint8)))
        answer = view.answer()
        assert answer is not None
        assert answer.architecture.layers[-2].name == name
        assert set(answer.inspection.activations) == {layer.name for layer in answer.architecture.layers}
        assert "another image may take another way" in answer.architecture.note


def test_a_model_that_ends_python_does_not_end_the_thread(
    thread: InspectionThread, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_state = Inspector.from_state

    def leave(_: object) -> None:
        monkeypatch.setattr(Inspector, "from_state", from_state)
        raise SystemExit(3)

    monkeypatch.setattr(Inspector, "from_state", leave)
    with qtbot.waitSignal(thread.failed) as failed:
        thread.set_weights(untrained(MODELS["lenet"], GREY))
    assert "SystemExit" in str(failed.args[0])
    with qtbot.waitSignal(thread.answered):
        thread.set_weights(untrained(MODELS["lenet"], GREY), 7)
    assert thread.take_answer().inspection.step == 7
