"""Whether a map can be trusted, as a person finds out in the window."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.attribution.trust.records import CascadeRequest, CurvesRequest
from cnnviewer.core.inspection.trace import Inspector
from tests.journeys.conftest import Person


def open_page(person: Person) -> Any:
    person.settled()
    person.click("whyButton")
    person.window.why_view.open_page("trust")
    return person.window.why_view.page("trust")


def is_whole(page: Any) -> bool:
    cascade, curves = page.cascade_part.cascade, page.curves_part.curves
    whole = cascade is not None and len(cascade.request.seeds) == 10
    return whole and curves is not None and len(curves.request.orders) == 10


def test_the_page_shows_what_the_core_finds_and_the_model_on_the_screen_stays(person: Person) -> None:
    person.settled()
    before = {name: tensor.clone() for name, tensor in person.window.program.session.state.tensors.items()}
    ranking = person.ranking
    page = open_page(person)
    person.until(lambda: is_whole(page))
    answer = person.window.program.presenters.inspection.answer
    predicted = answer.recipe.classes.index(ranking[0][0])
    torch.set_num_threads(1)
    inspector, request = Inspector.from_state(answer.state), AttributionRequest("gradient", predicted)
    cascade = inspector.randomise(CascadeRequest(request), image=answer.inspection.image)
    curves = inspector.remove_pixels(CurvesRequest(request), image=answer.inspection.image)
    np.testing.assert_allclose(page.cascade_part.cascade.correlations, cascade.correlations, atol=1e-3)
    np.testing.assert_allclose(page.curves_part.curves.deletion, curves.deletion, atol=1e-4)
    np.testing.assert_allclose(page.curves_part.curves.random_insertion, curves.random_insertion, atol=1e-4)
    tensors = person.window.program.session.state.tensors
    assert all(torch.equal(tensors[name], tensor) for name, tensor in before.items())
    assert person.ranking == ranking


def test_the_slider_walks_through_the_layers_from_the_logits_down(person: Person) -> None:
    page = open_page(person)
    person.until(lambda: is_whole(page))
    slider, said = person.find("trustStepSlider"), []
    for step in range(1, slider.maximum() + 1):
        slider.setValue(step)
        said.append(person.find("trustStepLabel").whole)
    assert [words.split()[3] for words in said] == ["fc2", "fc1", "conv2", "conv1"]


def test_a_map_is_tested_from_the_page_maps_and_leads_to_the_page_trust(person: Person) -> None:
    person.settled()
    person.click("whyButton")
    person.window.why_view.open_page("maps")
    maps: Any = person.window.why_view.page("maps")
    maps.select("gradient-x-input")
    person.until(maps.trust.test_action.isEnabled)
    maps.trust.test_action.trigger()
    person.until(lambda: "deletion" in maps.trust.words)
    maps.trust.page_action.trigger()
    page: Any = person.window.why_view.page("trust")
    assert page.isVisible()
    assert page.method == "gradient-x-input"
    person.until(lambda: is_whole(page))
    assert page.cascade_part.cascade.request.attribution.method == "gradient-x-input"
