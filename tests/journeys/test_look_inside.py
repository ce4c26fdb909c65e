"""Looking inside: every number shown is PyTorch's own."""

import numpy as np
import pytest
import torch

from cnnviewer.core.data.dataset import normalise
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
