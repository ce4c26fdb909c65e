"""Whatever the user's own model gives, the same part of it is trained, evaluated, predicted from and looked into."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import DataSet, Split, normalise
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.output import OutputHead, class_count, head_of, main_part, notes_of
from cnnviewer.core.models.registry import build, from_state, recipe_for
from cnnviewer.core.training.batches import batches, hold_out
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.loop import Training
from tests.core.models.everywhere import train_and_use_everywhere
from tests.core.own_models import own_model
from tests.small_data import GREY, tiny

TWO = replace(GREY, classes=("no", "yes"))
CONFIG = TrainConfig(dataset="tiny", epochs=1, batch_size=16, momentum=0.9, threads=1)


def two_classes() -> DataSet:
    data = tiny()
    halves = [Split(split.images, (split.labels >= 5).long()) for split in (data.train, data.test)]
    return DataSet(TWO, *halves)


def net(returns: str, classes: int = 10, more: str = "") -> str:
    """A model that returns what `returns` makes of the scores `x` and of `h`, what comes before them."""
    return f"""
import collections, dataclasses
Named = collections.namedtuple("Named", "aux logits")


@dataclasses.dataclass
class Record:
    features: torch.Tensor
    scores: torch.Tensor


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5, stride=3)
        self.fc = nn.Linear(4 * 64, {classes})
        self.side = nn.Linear(4 * 64, {classes})
        {more}

    def forward(self, x):
        h = F.relu(self.conv(x)).flatten(1)
        x = self.fc(h)
        return {returns}
"""


def note_of(model: nn.Module) -> str:
    return "\n".join(map(str, notes_of(model)))


PLAIN = {
    "a tensor": ("x", ""),
    "a dictionary": ('{"features": h, "logits": x}', "gives 2 tensors; tensor logits (10 for an image)"),
    "a list": ("[x, h]", "gives 2 tensors; tensor 1 (10"),
    "features first": ("(h, x)", "gives 2 tensors; tensor 2 (10"),
    "a named tuple": ("Named(self.side(h), x)", "gives 2 tensors; tensor logits"),
    "a record": ("Record(h, x)", "tensor scores"),
    "nested": ('({"out": x, "aux": self.side(h)}, h)', "gives 3 tensors; tensor 1.out"),
    "auxiliary scores while training": ("(x, self.side(h)) if self.training else x", "gives 2 tensors; tensor 1 (10"),
    "auxiliary scores first": ("(self.side(h), x) if self.training else x", "gives 2 tensors; tensor 2 (10"),
    "named while training": ("Named(self.side(h), x) if self.training else x", "tensor logits"),
    "maps of one pixel": ("x[:, :, None, None]", ""),
    "squeezed, so that a single image has no batch": ("x[:, :, None, None].squeeze()", ""),
    "float64": ("x.double()", ""),
    "half": ("x.half().float()", ""),
}


@pytest.mark.parametrize(("returns", "note"), PLAIN.values(), ids=PLAIN.keys())
def test_the_same_scores_are_used_everywhere_and_it_is_said_which(returns: str, note: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, net(returns))
    plain = own_model(tmp_path, net("x"), file="plain.py")
    end = train_and_use_everywhere(key, tiny(), tmp_path)
    *_, reference = Training(tiny(), replace(CONFIG, model=plain))
    for name, tensor in reference.state.tensors.items():
        assert torch.allclose(tensor, end.state.tensors[name], atol=1e-4 if "half" in returns else 1e-6), name
    model = from_state(end.state)
    assert note in note_of(model) if note else note_of(model) == ""
    assert Inspector(model, end.state.recipe).architecture.note.endswith(note_of(model))


ONE_NUMBER = {
    "a score": ("x", 1, F.binary_cross_entropy_with_logits),
    "a flat score": ("x.squeeze(1)", 1, F.binary_cross_entropy_with_logits),
    "a score, of a single image a number": ("x.squeeze()", 1, F.binary_cross_entropy_with_logits),
    "a probability": ("torch.sigmoid(x)", 1, F.binary_cross_entropy),
    "a probability, flat": ("x.sigmoid().view(-1)", 1, F.binary_cross_entropy),
}


@pytest.mark.parametrize(("returns", "width", "loss"), ONE_NUMBER.values(), ids=ONE_NUMBER.keys())
def test_one_number_for_two_classes_learns_as_with_the_binary_loss(
    returns: str, width: int, loss: Callable[..., torch.Tensor], tmp_path: Path
) -> None:
    data = two_classes()
    key = own_model(tmp_path, net(returns, width))
    train_and_use_everywhere(key, data, tmp_path)
    training = Training(data, replace(CONFIG, model=key))
    steps = [event.loss for event in training if isinstance(event, StepDone)]
    torch.manual_seed(1)
    model = build(recipe_for(key, TWO)).train()
    model._forward_hooks.clear()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    for index, expected in zip(batches(hold_out(160, 0.1, 1)[0], 16, 1, 1), steps, strict=True):
        optimizer.zero_grad()
        images, labels = normalise(data.train.images[index], TWO.mean, TWO.std), data.train.labels[index].float()
        found = loss(model(images).reshape(-1), labels)
        assert found.item() == pytest.approx(expected, abs=1e-4)
        found.backward()
        optimizer.step()
    for name, tensor in model.state_dict().items():
        assert torch.allclose(tensor, training.snapshot().tensors[name], atol=1e-4), name


PROBABILITIES = {
    "softmax": ("F.softmax(x, 1)", "ends in a softmax"),
    "softmax of a layer": ("nn.Softmax(dim=1)(x)", "ends in a softmax"),
    "softmax, then a view": ("F.softmax(x, dim=1).view(-1, 10)", "ends in a softmax"),
    "softmax by hand": ("x.exp() / x.exp().sum(1, keepdim=True)", "ends in a softmax"),
    "softmax in a branch": ("F.softmax(x, 1) if bool(x.sum() > 0) else x.softmax(1)", "ends in a softmax"),
    "log-softmax": ("F.log_softmax(x, 1)", "ends in a log-softmax"),
    "log of softmax": ("x.softmax(1).log().reshape(len(x), 10)", "ends in a log-softmax"),
}


@pytest.mark.parametrize(("returns", "note"), PROBABILITIES.values(), ids=PROBABILITIES.keys())
def test_probabilities_are_not_put_through_a_second_softmax(returns: str, note: str, tmp_path: Path) -> None:
    key, plain = own_model(tmp_path, net(returns)), own_model(tmp_path, net("x"), file="plain.py")
    end = train_and_use_everywhere(key, tiny(), tmp_path)
    *_, reference = Training(tiny(), replace(CONFIG, model=plain))
    for name, tensor in reference.state.tensors.items():
        assert torch.allclose(tensor, end.state.tensors[name], atol=1e-4), name
    model = from_state(end.state)
    assert note in note_of(model)
    written = from_state(end.state)
    written._forward_hooks.clear()
    given = written(normalise(tiny().test.images, GREY.mean, GREY.std)).detach()
    expected = given if "a softmax" in note else given.exp()
    probabilities = Inspector.from_state(end.state).predict_batch(tiny().test.images)
    assert torch.allclose(torch.from_numpy(probabilities), expected, atol=1e-5)


BY_MODE = {
    "a softmax only while it predicts": ("x if self.training else F.softmax(x, 1)", "gives scores while it is trained"),
    "probabilities and scores while it predicts": (
        "x if self.training else (x.softmax(1), x)",
        "gives scores while it is trained",
    ),
    "a log-softmax in training, a softmax otherwise": (
        "F.log_softmax(x, 1) if self.training else x.softmax(1)",
        "ends in a log-softmax",
    ),
    "a softmax only in training": ("F.softmax(x, 1) if self.training else x", "ends in a softmax"),
}


@pytest.mark.parametrize(("returns", "note"), BY_MODE.values(), ids=BY_MODE.keys())
def test_a_softmax_in_one_mode_only_changes_neither_training_nor_prediction(
    returns: str, note: str, tmp_path: Path
) -> None:
    key, plain = own_model(tmp_path, net(returns)), own_model(tmp_path, net("x"), file="plain.py")
    end = train_and_use_everywhere(key, tiny(), tmp_path)
    *_, reference = Training(tiny(), replace(CONFIG, model=plain))
    for name, tensor in reference.state.tensors.items():
        assert torch.allclose(tensor, end.state.tensors[name], atol=1e-4), name
    assert end.test.loss == pytest.approx(reference.test.loss, abs=1e-4)
    assert note in note_of(from_state(end.state))


def test_a_sigmoid_only_while_it_predicts_learns_from_the_score(tmp_path: Path) -> None:
    data = two_classes()
    key = own_model(tmp_path, net("x if self.training else torch.sigmoid(x)", 1))
    plain = own_model(tmp_path, net("x", 1), file="plain.py")
    end = train_and_use_everywhere(key, data, tmp_path)
    *_, reference = Training(data, replace(CONFIG, model=plain))
    for name, tensor in reference.state.tensors.items():
        assert torch.allclose(tensor, end.state.tensors[name], atol=1e-4), name
    assert "gives scores while it is trained" in note_of(from_state(end.state))


READS_IN_PLACE = {
    "arithmetic": "x.sub_(0.1).div_(2)",
    "a part": "x[:, :, 0] = 0",
    "a layer": "nn.ReLU(inplace=True)(x)",
    "its numbers": "self.seen = float(x.numpy().mean())",
}


@pytest.mark.parametrize("statement", READS_IN_PLACE.values(), ids=READS_IN_PLACE.keys())
def test_a_model_may_change_its_images_in_place_and_take_their_numbers(statement: str, tmp_path: Path) -> None:
    source = net("x").replace("def forward(self, x):\n", f"def forward(self, x):\n        {statement}\n")
    train_and_use_everywhere(own_model(tmp_path, source), tiny(), tmp_path)


def test_a_sigmoid_for_each_class_is_said(tmp_path: Path) -> None:
    model = build(recipe_for(own_model(tmp_path, net("torch.sigmoid(x)")), GREY))
    assert "ends in a sigmoid for each class" in note_of(model)
    assert head_of(model).scale == "scores"


def test_scores_that_happen_to_be_small_are_no_probabilities(tmp_path: Path) -> None:
    model = build(recipe_for(own_model(tmp_path, net("x.abs() / 100")), GREY))
    assert head_of(model) == OutputHead("Net", 10)


REFUSED = {
    "whole numbers": ("x.argmax(1)", "gives no numbers for an image"),
    "rounded scores": ("x.long()", "gives whole numbers (int64)"),
    "too few": ("x[:, :7]", "gives 7 numbers for an image, but the data set has 10 classes"),
    "one number for ten classes": ("x[:, :1]", "gives 1 number"),
    "no tensor": ('"seven"', "gives no tensor, but str"),
    "nothing": ("None", "gives no tensor, but NoneType"),
    "maps": ("x[:, :, None, None].expand(-1, -1, 2, 2)", "gives 10×2×2 numbers"),
    "other images": ("x.reshape(-1, 5)", "gives 4×5 numbers for 2 images, expected are 2×10"),
    "nothing that fits while training": ("h if self.training else x", "gives 256 numbers"),
    "softmax over the images": ("x.softmax(0)", "over the images of a batch (dim=0): write dim=1"),
    "log-softmax over the images": ("F.log_softmax(x, 0)", "over the images of a batch (dim=0): write dim=1"),
    "several, none of which fits": ("(h, x[:, :3])", "gives 256, 3 numbers"),
}


@pytest.mark.parametrize(("returns", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_trained_is_refused_when_it_is_opened(returns: str, words: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, net(returns))
    with pytest.raises(UserError) as refused:
        build(recipe_for(key, GREY))
    assert words in str(refused.value)
    assert refused.value.field == "model"


def test_a_model_that_autograd_refuses_opens_and_says_in_its_training_why(tmp_path: Path) -> None:
    key = own_model(
        tmp_path, net("x", more="pass").replace("x = self.fc(h)", "h.chunk(2, 1)[0].mul_(2)\n        x = self.fc(h)")
    )
    assert build(recipe_for(key, GREY)).eval().requires_grad_(False)(torch.zeros(1, *GREY.shape)).shape == (1, 10)
    with pytest.raises(UserError, match=r"stopped at line \d+ of net.py: RuntimeError: Output 0 of Split"):
        list(Training(tiny(), replace(CONFIG, model=key)))


@pytest.mark.parametrize(
    ("shapes", "expected", "count"),
    [
        pytest.param([(1, 128), (1, 10)], 10, 10, id="that expected, though other numbers come first"),
        pytest.param([(1, 128), (1, 10)], 4, 128, id="else the first"),
        pytest.param([(1, 8, 4, 4), (1, 7)], 10, 7, id="but no maps"),
        pytest.param([(1, 7, 1, 1)], 10, 7, id="maps of one pixel"),
        pytest.param([(1,)], 10, 2, id="one number is for two classes"),
        pytest.param([()], 2, 2, id="of whatever shape"),
        pytest.param([(7,)], 10, 7, id="squeezed"),
        pytest.param([(1, 3, 4)], 10, None, id="no scores"),
    ],
)
def test_the_classes_of_weights_are_counted_by_the_scores(
    shapes: list[tuple[int, ...]], expected: int, count: int | None
) -> None:
    assert class_count(tuple(map(torch.rand, shapes)), expected) == count


def test_of_several_parts_the_one_with_a_usual_name_counts_and_else_the_first() -> None:
    scores, other = torch.rand(2, 3), torch.rand(2, 3)
    assert main_part({"aux": other, "out": scores}, 2, 3).value is scores
    assert main_part((scores, other), 2, 3).value is scores
    assert main_part([torch.rand(2, 5), [other]], 2, 3).name == "2.1"
    assert main_part((torch.rand(2, 1), torch.rand(2, 2)), 2, 2).name == "2"
    assert main_part(torch.rand(2), 2, 2).name == "1"
    assert main_part(torch.rand(2), 2, 3) is None
