"""Looking inside: every number shown is PyTorch's own."""

import random
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.inspection.kernels import kernel_layers
from cnnviewer.core.models.registry import from_state
from tests.journeys.conftest import Person


@pytest.mark.realdata
@pytest.mark.parametrize(("model", "data"), [("lenet", "mnist"), ("simplecnn", "cifar10")])
def test_the_maps_of_a_chosen_image_are_those_of_pytorchs_own_hooks(
    person_with_data: Person, model: str, data: str
) -> None:
    person = person_with_data
    person.choose("modelCombo", model)
    person.loaded(data)
    person.find("sampleBrowser").select(17)
    person.settled()
    session = person.window.program.session
    reference, kept = from_state(session.state), {}
    for name, module in reference.named_modules():
        if name:
            module.register_forward_hook(lambda _m, _i, out, name=name: kept.__setitem__(name, out.detach().clone()))
    images = session.data.test.images[17:18]
    with torch.inference_mode():
        output = reference(normalise(images, session.data.info.mean, session.data.info.std))
    shown = person.window.network_view.layer_arrays()
    for name, values in kept.items():
        assert np.array_equal(shown[name], values[0].numpy()), name
    probabilities = torch.softmax(output[0], 0)
    ranking = dict(person.ranking)
    assert [ranking[name] for name in session.data.info.classes] == pytest.approx(probabilities.tolist(), abs=1e-6)


@pytest.mark.realdata
def test_the_wrong_filter_shows_the_images_that_the_model_reads_wrongly(person_with_data: Person) -> None:
    person = person_with_data
    person.loaded("mnist")
    browser = person.find("sampleBrowser")
    browser.predictions_requested.emit()
    browsing = person.window.program.presenters.browser
    person.until(lambda: browsing.predicted is not None)
    session = person.window.program.session
    with torch.inference_mode():
        output = from_state(session.state)(
            normalise(session.data.test.images[:500], session.data.info.mean, session.data.info.std)
        )
    assert np.array_equal(browsing.predicted[:500], output.argmax(1).numpy())


def test_the_keyboard_and_select_reach_a_cell(person: Person) -> None:
    person.until(lambda: bool(person.ranking))
    network = person.find("networkView")
    network.select("conv2", 4, 3, 5)
    person.until(
        lambda: (
            person.window.program.presenters.inspection.kernels is not None
            and person.window.program.presenters.inspection.kernels.layer == "conv2"
        )
    )
    assert person.find("kernelView").property("kernels").shape == (20, 10, 5, 5)


def test_one_layer_is_marked_shown_and_explained_wherever_one_goes(person: Person) -> None:
    """A walk at random over levels, Esc, clicks, the list, mutes, weights and models, with one rule."""
    window, rng = person.window, random.Random(6)
    explore, network, kernels = window.explore, window.network_view, window.kernel_view
    layer_view, program = explore.layer_view, window.program
    person.settled()
    person.until(lambda: program.session.data is not None and not program.jobs.busy)
    looked_at = ""

    def any_layer() -> str:
        return rng.choice(network.architecture.layers[:-1]).name

    def click_layer() -> str:
        name = any_layer()
        network.select(name)
        return name

    def click_map() -> str:
        name = any_layer()
        network.select(name, 0)
        return name

    def choose_in_list() -> str:
        name = any_layer()
        (network.head.layer_chosen if explore.level == "network" else network.strip.layer_chosen).emit(name)
        return name

    def mute() -> str:
        first = next(layer for layer in network.architecture.layers if len(layer.weight_shape) == 4)
        person.find("surgeryView").mute(first.name, 0, "zero")
        return looked_at

    def other_weights() -> str:
        state = program.session.state
        program.session.set_state(replace(state, tensors={name: 0.9 * each for name, each in state.tensors.items()}))
        person.until(lambda: program.presenters.inspection.answer.state.tensors is program.session.state.tensors)
        return looked_at

    def choose_model() -> str:
        model = rng.choice(["lenet", "simplecnn"])
        person.choose("modelCombo", model)
        person.until(lambda: program.session.state.recipe.model == model and not program.jobs.busy)
        person.until(lambda: program.presenters.inspection.answer.recipe.model == model)
        return looked_at if any(layer.name == looked_at for layer in network.architecture.layers) else ""

    def choose_level(level: str) -> str:
        explore._levels.chosen.emit(level)
        return looked_at

    def escape() -> str:
        QTest.keyClick(window, Qt.Key.Key_Escape)
        return looked_at

    often = [click_layer, click_map, choose_in_list, escape, escape, lambda: choose_level("layer")]
    seldom = [mute, other_weights, choose_model, lambda: choose_level("number"), lambda: choose_level("network")]
    for _ in range(60):
        on_network = explore.level == "network"
        act = rng.choice(often + seldom)
        looked_at = act()
        if act is choose_model and on_network:
            looked_at = ""
        person.settled()
        marked = network.head.current
        assert looked_at in ("", marked)
        assert network.strip.current == marked
        if explore.level == "layer":
            assert layer_view.maps.layer.name == layer_view._choice.currentData() == marked
            assert layer_view.maps.layer == network.architecture.layer(marked)
            has_kernels = marked in kernel_layers(network.architecture)
            person.until(lambda: (kernels.layer == marked) == has_kernels)  # noqa: B023
            assert layer_view._kernel_card.isVisible() == has_kernels
            if has_kernels:
                learned = program.session.state.tensors[f"{network.architecture.layer(marked).module}.weight"]
                person.until(lambda: kernels.property("kernels").size == learned.numel())  # noqa: B023
        elif explore.level == "number" and network.canvas.pinned is not None:
            assert network.canvas.pinned.layer == marked
            shown = window.explain_view
            person.until(lambda: shown.explanation is not None and shown.explanation.cell.layer == marked)  # noqa: B023
