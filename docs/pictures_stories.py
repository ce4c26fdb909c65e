"""The pictures of two errors from image to cause, and what was measured on the way.

`python docs/pictures_stories.py [RUNS]` needs the real data sets (`CNNVIEWER_DATA_DIR`). RUNS is a folder with runs of
LeNet on MNIST and of SimpleCNN on CIFAR-10, as the commands of docs/weights.md make them (`--runs-dir RUNS`); without
it the pictures of the history are left as they are. `make pictures` does not take them: training takes half an hour.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pictures import Camera

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import effect_of


@dataclass(frozen=True)
class Story:
    """One error.

    Attributes:
        model, data: keys of the bundled weights and of the data set.
        index: of the test image.
        layer: whose channels are looked at.
        muted: how many of them are muted, those that carry most first.

    """

    model: str
    data: str
    index: int
    layer: str
    muted: int

    def take(self, camera: Camera, part: str) -> None:
        """Save a picture of the window."""
        camera.window.messages.dismiss()
        camera.sleep(0.6)
        camera.take(f"story-{self.model}-{part}")


STORIES = (Story("lenet", "mnist", 2597, "relu2", 2), Story("simplecnn", "cifar10", 247, "relu2", 12))


def choose(camera: Camera, story: Story) -> None:
    """The weights, the table of all test images, and the image with Why below it."""
    camera.choose("modelCombo", story.model)
    session = camera.program.session
    camera.until(lambda: session.state is not None and session.state.recipe.model == story.model)
    camera.choose("datasetCombo", story.data)
    camera.loaded(story.data)
    camera.settled()
    pick(camera, story)


def whole_table(camera: Camera, before: Confusion | None) -> Confusion:
    """The table of all test images, when it is another one than before."""
    presenter, data = camera.program.presenters.evaluation, camera.program.session.data
    assert data is not None
    camera.until(lambda: presenter.table is not None and presenter.table is not before)
    if presenter.table is not None and not presenter.table.complete:
        camera.find("evaluateAllButton").click()
    camera.until(lambda: presenter.table is not None and presenter.table.complete, 600)
    assert presenter.table is not None
    return presenter.table


def pick(camera: Camera, story: Story) -> None:
    """The image of the story becomes the input, chosen among the errors of its class."""
    camera.window.show_workspace("evaluate")
    table = whole_table(camera, None)
    row = int(np.flatnonzero(table.indices == story.index)[0])
    camera.find("confusionMatrix").choose((int(table.labels[row]), int(table.predicted[row])))
    wall = camera.find("evaluationImages")
    camera.until(lambda: row in wall.shown.tolist())
    wall.choose(wall.shown.tolist().index(row))
    camera.settled()


def where(camera: Camera, story: Story) -> None:
    """The maps of the predicted class against the true one."""
    if not camera.find("whyView").isVisible():
        camera.window.menus.actions["actionWhy"].trigger()
    camera.find("whyView").open_page("maps")
    presenters = camera.program.presenters
    camera.until(lambda: presenters.attribution is not None and len(presenters.attribution.shown) == 5)
    story.take(camera, "where")


def channels(camera: Camera, story: Story) -> None:
    """What each channel carries; the first ones muted, and what that does to every test image."""
    camera.window.show_workspace("explore")
    camera.window.why_places.set_open("explore", True)
    view = camera.find("whyView")
    view.open_page("channels")
    page = camera.find("whyChannelsPage")
    camera.choose("channelsLayerCombo", story.layer)
    camera.until(lambda: page._found is not None and page._found.request.layer == story.layer)
    found = page._found
    best = [int(channel) for channel in np.argsort(-found.drops)[: story.muted]]
    print(f"{story.model}: difference {found.score:.2f}", [(each, round(float(found.drops[each]), 2)) for each in best])
    story.take(camera, "channels")
    before = camera.program.presenters.evaluation.table
    for channel in best:
        camera.find("surgeryView").mute(story.layer, channel, "zero")
    camera.settled()
    camera.window.show_workspace("evaluate")
    effect = effect_of(before, whole_table(camera, before))
    assert effect is not None
    print(len(effect.became_wrong), "became wrong", len(effect.became_correct), "became correct")
    print("now", camera.find("predictionView").property("ranking")[:2])
    story.take(camera, "muted")
    camera.find("surgeryView").clear()
    camera.settled()


def flipped(camera: Camera, story: Story) -> None:
    """The smallest change found."""
    camera.window.show_workspace("explore")
    camera.find("whyView").open_page("flip")
    page = camera.find("flipPage")
    camera.find("flipPgdSegment").click()
    camera.find("flipFewestButton").click()
    camera.until(
        lambda: page.request.epsilon is None and page.flip is not None and page.flip.request == page.request, 300
    )
    print("flip", page.property("epsilon"), camera.find("flipResult").text())
    story.take(camera, "flip")


def learned(camera: Camera, story: Story, runs: Path) -> None:
    """The run's answers to the image."""
    folder = next(iter(sorted(runs.glob(f"*_{story.model}_{story.data}*"))), None)
    if folder is None:
        return
    camera.window.open_run(folder)
    camera.until(lambda: camera.find("timeline").isVisible())
    camera.settled()
    camera.window.show_workspace("explore")
    camera.find("whyView").open_page("history")
    page = camera.find("historyPage")
    steps = camera.program.presenters.time_machine.timeline.steps
    camera.until(lambda: set(steps) <= set(page.property("steps")), 600)
    print(camera.find("historySummary").text())
    story.take(camera, "learned")


def main() -> int:
    """Take the pictures of both stories."""
    with tempfile.TemporaryDirectory() as folder:
        camera = Camera(folder)
        try:
            camera.until(lambda: camera.program.session.data is not None)
            for story in STORIES:
                choose(camera, story)
                where(camera, story)
                channels(camera, story)
                flipped(camera, story)
                if len(sys.argv) > 1:
                    learned(camera, story, Path(sys.argv[1]))
        finally:
            camera.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
