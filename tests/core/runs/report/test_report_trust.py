"""A report explains its worst mistakes and says how far probabilities can be believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.image_id import ImageFiles
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.calibration import Calibration, reliability
from cnnviewer.core.evaluation.test_predictions import Mistake, predict_test_images
from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.weights import bundled
from cnnviewer.core.runs.report.mistake_text import image_name, mistake_caption
from cnnviewer.core.runs.report.trust import MAPS, calibration_part, mistake_maps


@pytest.fixture(scope="module")
def data() -> DataSet:
    return generate(train=10, test=1000)


def image_of(data: DataSet, index: int) -> FloatArray:
    return data.test.images[index].numpy().astype(np.float32) / np.float32(255)


def mistakes(data: DataSet, inspector: Inspector) -> tuple[Mistake, ...]:
    return predict_test_images(inspector, data.test).mistakes


def test_a_mistakes_map_is_that_of_the_predicted_class_against_the_true_one(data: DataSet) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    wrong = mistakes(data, inspector)
    made = list(mistake_maps(inspector, data, wrong, lambda index: image_of(data, index)))
    assert len(made) == min(MAPS, len(wrong)) > 0
    first, mistake = made[0], wrong[0]
    inspector.inspect(image_of(data, mistake.index))
    expected = inspector.attribute(AttributionRequest("integrated-gradients", mistake.read, mistake.label))
    assert first.legend.bounds.high == pytest.approx(np.abs(expected.map.sum(0)).max())
    assert first.picture.pixels.shape == first.map.pixels.shape
    assert first.note.startswith(f"Logit of {mistake.read} minus that of {mistake.label}: {expected.logit:.3g}.")
    assert "to within" in first.note


def test_a_caption_names_the_image_and_where_it_comes_from(data: DataSet) -> None:
    mistake = Mistake(7, 2, 3, 0.75)
    assert mistake_caption(data, mistake) == "#7: 2 predicted as 3, 75.00 %"
    own = replace(data, test=replace(data.test, files=ImageFiles(tuple(f"two/{n}.png" for n in range(1000)))))
    assert mistake_caption(own, mistake) == "#7 (two/7.png): 2 predicted as 3, 75.00 %"
    assert image_name(own, 7) == "test image 7 (two/7.png)"


def test_without_mistakes_there_are_no_maps(data: DataSet) -> None:
    inspector = Inspector.from_state(bundled("lenet"))
    assert list(mistake_maps(inspector, data, (), lambda index: image_of(data, index))) == []


def test_the_sentences_say_what_was_measured_or_why_not() -> None:
    before = reliability(np.array([0.9, 0.9]), np.array([True, False]))
    bare = Calibrated(Calibration(before, 1.0, why_not=UserError("None were held out.")), None, np.zeros(0))
    words = " ".join(calibration_part(bare).sentences)
    assert "is 40.00 %" in words
    assert "40.00 percentage points higher" in words
    assert "None were held out. So no temperature is fitted." in words
    after = reliability(np.array([0.6, 0.6]), np.array([True, False]))
    fitted = Calibrated(Calibration(before, 1.0, 2.0, 300, after, 0.7), None, np.zeros(0), UserError("Too few."))
    words = " ".join(calibration_part(fitted).sentences)
    assert "temperature of 2.000, fitted on 300 validation images, it is 10.00 %" in words
    assert "Too few. So nothing is called unfamiliar." in words
