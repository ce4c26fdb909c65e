"""The window reads the user's own pictures as the command line does, and says how they are normalised."""

import json
from pathlib import Path

import pytest
import torch

from cnnviewer.cli import main
from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import bundled
from tests.core.models.own_models import own
from tests.journeys.conftest import Person
from tests.png_folder import pictures_of, save_as_png


def table_of(person: Person) -> tuple[int, int]:
    """How many test images are read rightly, of how many, once all are read."""
    evaluation = person.window.program.presenters.evaluation
    person.window.show_workspace("evaluate")
    person.until(lambda: evaluation.table is not None and evaluation.table.complete)
    return evaluation.table.correct, evaluation.table.total


def test_digits_saved_as_png_are_read_alike_by_window_evaluate_and_predict(
    person: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = save_as_png(generate(0, train=40, test=120), tmp_path / "digits")
    person.settled()
    person.window.program.presenters.selection.open_own(key)
    person.loaded(key)
    correct, total = table_of(person)
    assert "normalised as the weights record" in person.find("evaluationFacts").text()
    capsys.readouterr()
    assert main(["evaluate", "--dataset", key, "--json"]) == 0
    evaluated = json.loads(capsys.readouterr().out)
    assert (evaluated["correct"], evaluated["total"]) == (correct, total)

    file, _ = pictures_of(tmp_path / "digits")[7]
    assert person.window.open_image(file)
    person.settled()
    assert main(["predict", "--json", str(file)]) == 0
    ranking = json.loads(capsys.readouterr().out)[0]["ranking"]
    assert [name for name, _ in ranking] == [name for name, _ in person.ranking]
    assert [value for _, value in ranking] == pytest.approx([value for _, value in person.ranking], abs=1e-6)
    assert "mean 0.1307, standard deviation 0.3081" in person.find("inputLens").accessibleDescription()


def test_bare_weights_follow_the_data_set_chosen_and_the_window_says_so(person: Person, tmp_path: Path) -> None:
    key = save_as_png(generate(0, train=40, test=120), tmp_path / "digits")
    model = from_state(bundled("lenet"))
    torch.save(model.state_dict(), tmp_path / "bare.pt")
    person.loaded("builtin-digits")
    assert person.window.open_weights(tmp_path / "bare.pt")
    session = person.window.program.session
    assert session.state.recipe.mean == (0.1307,)
    assert session.state.read_as == "dataset"
    person.window.program.presenters.selection.open_own(key)
    person.loaded(key)
    correct, _ = table_of(person)
    test = session.data.test
    with torch.no_grad():
        output = model((test.images / 255 - 0.5) / 0.5)
    assert correct == int((output.argmax(1) == test.labels).sum())
    person.settled()
    lens = person.find("inputLens")
    person.until(lambda: "mean 0.5, standard deviation 0.5" in lens.accessibleDescription())
    assert "that of the data set" in lens.pixels.toolTip()


def test_an_own_models_weights_are_read_as_the_data_set_on_the_screen(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    key, model = own("no linear layer", tmp_path)
    path, _, name = key.removeprefix("file:").rpartition("::")
    assert person.window.program.presenters.own_models.run_model(path, name)
    person.until(lambda: person.window.program.session.state.recipe.model == key)
    person.until(lambda: not person.window.program.presenters.selection.loading)
    torch.save({"model": model.state_dict()}, tmp_path / "net.ckpt")
    assert person.window.open_weights(tmp_path / "net.ckpt")
    assert "4 of 4 tensors loaded" in person.window.messages.text
    recipe = person.window.program.session.state.recipe
    assert (recipe.input_shape, recipe.mean, recipe.std) == ((1, 28, 28), (0.1307,), (0.3081,))
    correct, total = table_of(person)
    test = person.window.program.session.data.test
    with torch.no_grad():
        output = model((test.images / 255 - 0.1307) / 0.3081)
    assert (correct, total) == (int((output.argmax(1) == test.labels).sum()), len(test))


def test_a_model_for_224_pixels_opens_and_its_weights_too_while_small_images_are_on_the_screen(
    person: Person, tmp_path: Path
) -> None:
    person.loaded("builtin-digits")
    key, model = own("transformer for 224 pixels", tmp_path)
    path, _, name = key.removeprefix("file:").rpartition("::")
    session = person.window.program.session
    assert person.window.program.presenters.own_models.run_model(path, name)
    person.until(lambda: session.state.recipe.model == key)
    assert session.state.recipe.input_shape == (3, 224, 224)
    person.until(lambda: not person.window.program.presenters.selection.loading)
    torch.save({"state_dict": model.state_dict()}, tmp_path / "vit.ckpt")
    assert person.window.open_weights(tmp_path / "vit.ckpt")
    assert not session.state.provenance.get("untrained")
    person.until(lambda: person.find("inputLens").property("image") is not None)
    person.until(lambda: person.find("inputLens").property("image").shape == (3, 224, 224))
    person.settled()
    recipe, image = session.state.recipe, torch.from_numpy(person.find("inputLens").property("image").copy())[None]
    with torch.no_grad():
        mean, std = (torch.tensor(values).view(-1, 1, 1) for values in (recipe.mean, recipe.std))
        expected = model((image - mean) / std).softmax(1)[0].sort(descending=True).values
    # the untrained weights were on the screen before
    person.until(lambda: [value for _, value in person.ranking] == pytest.approx(expected.tolist(), abs=1e-5))
