"""One measurement, in this process: `python -m benchmarks.one NAME [ARGUMENTS]` prints its result as JSON.

Real MNIST and CIFAR-10 are used where `CNNVIEWER_DATA_DIR` has them, the built-in sets elsewhere.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import evaluating, flip, muting, runs, trust, why
from benchmarks.data import data_of
from benchmarks.desk import Desk, paintings, percentiles
from benchmarks.memory import peak_mib

if TYPE_CHECKING:
    import numpy as np

    from cnnviewer.core.inspection.records import Cell

WARM_UP_STEPS = 30


def main() -> int:
    name, *arguments = sys.argv[1:]
    measurements: dict[str, Callable[..., dict[str, float]]] = {
        "course": course,
        "headless": headless,
        "window": window,
        "stroke": lambda: stroke(training=False),
        "stroke-training": lambda: stroke(training=True),
        "maps-lenet": lambda: maps("lenet"),
        "maps-simplecnn": lambda: maps("simplecnn"),
        "curves": curves,
        "workspaces": workspaces,
        "explain": explain,
        "vgg16": vgg16,
        "resnet18": resnet18,
        "snapshots": snapshots,
        "launch": launch_to_prediction,
        "imports": bare_imports,
        **flip.measurements(),
        **runs.measurements(),
        **muting.measurements(),
        **trust.measurements(),
        **evaluating.measurements(),
        **why.measurements(),
    }
    print(json.dumps(measurements[name](*arguments)))
    return 0


# what is measured with


def course(model: str, seconds: str) -> dict[str, float]:
    """Speed of the loop as a course writes it."""
    from benchmarks.course_loop import images_per_second

    return {"images_per_second": images_per_second(model, data_of(model), float(seconds), WARM_UP_STEPS)}


def headless(model: str, seconds: str) -> dict[str, float]:
    """The same training without a window, as the command line runs it: recorded, from its first steps on."""
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import MODELS
    from cnnviewer.core.runs.record.start import begin
    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.usual import usual_config

    settle_allocator()
    data = data_of(model)
    config = replace(usual_config(MODELS[model].info), dataset=data.info.key)
    began, images = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        events = begin(data, config, Path(folder)).events()
        for event in events:
            if isinstance(event, StepDone):
                if event.step == WARM_UP_STEPS:
                    began = time.perf_counter()
                elif event.step > WARM_UP_STEPS:
                    images += event.count
                    if time.perf_counter() - began > float(seconds):
                        break
        elapsed = time.perf_counter() - began
        events.close()
    return {"images_per_second": images / elapsed}


# the window


def window(model: str, seconds: str) -> dict[str, float]:
    """Training from the window as the user does: first its speed, then the event loop's delay.

    The delay is how late a timer due every 5 ms comes; it is measured apart, for the timer itself costs speed.
    """
    import numpy as np

    desk = Desk(model)
    desk.window.show_workspace("train")
    log = desk.start_training()
    desk.until(lambda: log.step_count > WARM_UP_STEPS)
    first, began = log.step_count, time.perf_counter()
    desk.sleep(float(seconds))
    steps, elapsed = log.step_count - first, time.perf_counter() - began
    batch = desk.window.program.session.run.config.batch_size

    stalls = desk.stalls()
    desk.sleep(float(seconds))
    delays = stalls.stop()
    desk.close()
    return {
        "images_per_second": steps * batch / elapsed,
        "delay_p99_ms": float(np.percentile(delays, 99)),
        "delay_max_ms": max(delays),
    }


def stroke(training: bool) -> dict[str, float]:
    """From the release of the pen to painted bars that show what was drawn."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    desk = Desk()
    program = desk.window.program
    canvas, inspection = desk.find("drawCanvas"), program.presenters.inspection
    painted = paintings(desk.find("probabilityBars"), lambda: inspection.inspection.generation == inspection.generation)
    if training:
        desk.start_training()
    milliseconds = []
    left = Qt.MouseButton.LeftButton
    for turn in range(60):
        canvas.clear()
        x = canvas.width() // 3 + turn % 40
        QTest.mousePress(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(x, canvas.height() // 4))
        for y in range(canvas.height() // 4, 3 * canvas.height() // 4, 6):
            QTest.mouseMove(canvas, QPoint(x, y))
            desk.sleep(0.008)  # a mouse tells its place 125 times a second
        began = time.perf_counter()
        QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(x, 3 * canvas.height() // 4))
        painted.clear()  # the request has another number now
        desk.until(lambda: bool(painted), interval=1)
        milliseconds.append(1000 * (painted[0] - began))
    desk.close()
    return percentiles(milliseconds)


def maps(model: str) -> dict[str, float]:
    """From choosing an image of the data set to all its maps painted."""
    desk = Desk(model)
    program = desk.window.program
    browser = desk.find("sampleBrowser")
    browser.select(0)
    milliseconds = []
    for index in range(1, 61):
        began = time.perf_counter()
        browser.select(index)
        desk.until_inspected(program.presenters.inspection.generation)
        desk.window.network_view.repaint()
        milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


def curves() -> dict[str, float]:
    """Panning a training of a million steps across the plots."""
    import numpy as np

    from cnnviewer.core.training.events import StepDone
    from cnnviewer.core.training.metric_log import MetricLog

    desk = Desk()
    log = MetricLog()
    noise = np.random.default_rng(0).random(1_000_000)
    for step, value in enumerate(noise, start=1):
        log.add_step(StepDone(step, 1, step, 2 / (1 + step / 1e5) + value, 16, 32, 0.01, 0.0, step / 300))
    desk.window.show_workspace("train")
    view = desk.window.curves
    view.set_log(log)
    view.refresh()
    plot = desk.find("lossPlot")
    milliseconds = []
    for turn in range(100):
        began = time.perf_counter()
        plot.setXRange(5_000 * turn, 500_000 + 5_000 * turn, padding=0)
        desk.app.processEvents()  # placed, then painted once, as the program does
        milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


def workspaces() -> dict[str, float]:
    """From choosing a workspace that was opened before to its picture."""
    desk = Desk()
    names = ("explore", "train", "evaluate", "compare", "build", "sandbox")
    for name in names:
        desk.window.show_workspace(name)
        desk.sleep(0.5)
    milliseconds = []
    for name in 8 * names:
        began = time.perf_counter()
        desk.window.show_workspace(name)
        desk.window.repaint()
        milliseconds.append(1000 * (time.perf_counter() - began))
        desk.sleep(0.05)
    desk.close()
    return percentiles(milliseconds)


# going through a run's time


def snapshots(model: str, training: str = "") -> dict[str, float]:
    """From a move of the time slider to the painted network of that snapshot; with `training`, while it goes on."""
    import numpy as np

    desk = Desk(model)
    program, bar = desk.window.program, desk.window.timeline
    desk.find("sampleBrowser").select(3)
    log = desk.start_training()
    desk.until(lambda: log.step_count > 150)
    if not training:
        desk.find("stopButton").click()
        desk.until(lambda: program.session.run_state == "idle")
    desk.until(lambda: bar.slider.maximum() > 40)
    draw, milliseconds = np.random.default_rng(0), []
    for turn in range(130):
        place = int(draw.integers(bar.slider.maximum() - 1))
        if place == bar.slider.value():
            continue
        desk.sleep(0.02)
        began = time.perf_counter()
        bar.slider.setValue(place)
        desk.until(partial(_shows_step, program.presenters.inspection, bar.slider.step), interval=1)
        desk.window.network_view.repaint()
        if turn >= 10:
            milliseconds.append(1000 * (time.perf_counter() - began))
    desk.close()
    return percentiles(milliseconds)


def _shows_step(inspection_presenter: Any, step: int) -> bool:
    return bool(inspection_presenter.inspection.step == step)


# asking why


def explain(model: str) -> dict[str, float]:
    """From the click on a number to its explanation on the screen, for numbers of every layer."""
    import numpy as np

    desk = Desk(model)
    desk.find("sampleBrowser").select(3)
    desk.until_inspected(desk.window.program.presenters.inspection.generation)
    milliseconds = _explained(desk, np.random.default_rng(0), 120)
    desk.close()
    return percentiles(milliseconds)


def _explained(desk: Desk, draw: np.random.Generator, count: int) -> list[float]:
    from cnnviewer.core.inspection.records import Cell

    network, panel = desk.find("networkView"), desk.find("explainView")
    layers = network.property("layers")
    network.select(layers[1][0], 0, *(0 for _ in layers[1][2][1:]))  # the first opens the panel
    desk.until(lambda: panel.explanation is not None)
    desk.sleep(0.5)
    milliseconds = []
    for turn in range(count):
        name, _, shape = layers[turn % len(layers)]
        place = tuple(int(draw.integers(size)) for size in shape)
        began = time.perf_counter()
        network.select(name, *place)
        asked = partial(_explains, panel, Cell(name, *place))
        # every millisecond: the answer is shown long before the 20 ms after which one usually looks
        desk.until(asked, interval=1)
        desk.app.processEvents()  # laid out, then painted once, as the program does
        milliseconds.append(1000 * (time.perf_counter() - began))
    return milliseconds


def _explains(panel: Any, cell: Cell) -> bool:
    return panel.explanation is not None and panel.explanation.cell == cell


def vgg16() -> dict[str, float]:
    """VGG16 with random weights: choosing it, an image to all maps, scrolling, asking why, memory."""
    import numpy as np

    desk = Desk()
    program, canvas = desk.window.program, desk.window.network_view.canvas
    stalls = desk.stalls()
    began = time.perf_counter()
    desk.choose("modelCombo", "vgg16")
    desk.until(lambda: program.session.state.recipe.model == "vgg16" and len(canvas.network_layout.columns) > 30)
    desk.until(lambda: program.presenters.inspection.inspection.generation >= program.presenters.inspection.generation)
    opened = time.perf_counter() - began
    desk.sleep(1)
    stalled = max(stalls.stop())
    browser, images = desk.find("sampleBrowser"), []
    for index in range(12):
        began = time.perf_counter()
        browser.select(index)
        desk.until_inspected(program.presenters.inspection.generation)
        desk.window.network_view.repaint()
        images.append(time.perf_counter() - began)
    canvas.zoom_by(5)
    desk.sleep(0.5)
    frames = []
    for _ in range(60):
        began = time.perf_counter()
        canvas._move(canvas._kept(canvas.camera.moved(-14, 2)))  # as a drag does
        canvas.repaint()
        frames.append(1000 * (time.perf_counter() - began))
    canvas.fit_all()
    desk.sleep(0.5)
    why = _explained(desk, np.random.default_rng(0), 80)
    memory = peak_mib()
    desk.close()
    return {
        "open_s": opened,
        "stall_ms": stalled,
        "maps_s": float(np.percentile(images, 99)),
        "frame_p99_ms": percentiles(frames)["p99_ms"],
        "explain_p99_ms": percentiles(why)["p99_ms"],
        "memory_mib": memory,
    }


def resnet18() -> dict[str, float]:
    """Torchvision's ResNet-18 from a file, unfolded: an image to all maps, going along it, asking why, memory."""
    import numpy as np

    desk = Desk()
    program, view = desk.window.program, desk.window.network_view
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "resnet.py"
        file.write_text("import torchvision\n\ndef make():\n    return torchvision.models.resnet18(num_classes=10)\n")
        program.presenters.own_models.run_model(file, "make")
        desk.until(lambda: program.session.state.recipe.model.endswith("::make") and len(view.architecture.layers) > 60)
    desk.until_inspected(program.presenters.inspection.generation)
    view.canvas.fold_all(False)
    browser, images = desk.find("sampleBrowser"), []
    for index in range(12):
        began = time.perf_counter()
        browser.select(index)
        desk.until_inspected(program.presenters.inspection.generation)
        view.repaint()
        images.append(time.perf_counter() - began)
    view.canvas.show_layer("input")
    desk.sleep(0.5)
    frames = []
    for _ in range(200):
        began = time.process_time()  # of this process alone, whatever else the machine does
        view.canvas._move(view.canvas._kept(view.canvas.camera.moved(-37, 0)))  # as a drag does
        view.canvas.repaint()
        view.strip.repaint()
        frames.append(1000 * (time.process_time() - began))
    why = _explained(desk, np.random.default_rng(0), 140)
    memory = peak_mib()
    desk.close()
    return {
        "maps_s": float(np.percentile(images, 99)),
        "frame_p99_ms": percentiles(frames)["p99_ms"],
        "explain_p99_ms": percentiles(why)["p99_ms"],
        "memory_mib": memory,
    }


# launching


def launch_to_prediction() -> dict[str, float]:
    """From the first line of Python to a prediction on the screen."""
    began = time.perf_counter()
    desk = Desk.__new__(Desk)
    from cnnviewer.app import launch

    with tempfile.TemporaryDirectory() as folder:
        desk.app, desk.window = launch(["--data-dir", folder, "--settings", f"{folder}/settings.ini"])
        desk.until(lambda: bool(desk.window.input_panel.prediction.property("ranking")))
        seconds = time.perf_counter() - began
        desk.close()
    return {"seconds": seconds}


def bare_imports() -> dict[str, float]:
    """What no program with these libraries can do without."""
    began = time.perf_counter()
    import pyqtgraph  # noqa: F401
    import PySide6.QtWidgets  # noqa: F401
    import torch  # noqa: F401

    return {"seconds": time.perf_counter() - began}


if __name__ == "__main__":
    raise SystemExit(main())
