"""Run every measurement and print one table.

Each measurement is a process of its own (`python -m benchmarks.one NAME …`); those that are compared run in turn,
A B A B …, and the table gives the median of the ratios of neighbours, so that a machine that slows down for a
minute slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from benchmarks import trust


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, in words and numbers, and what it should be."""

    what: str
    measured: str
    ratio: str
    aim: str
    held: bool


def measure(name: str, *arguments: object) -> dict[str, float]:
    """Run one measurement in a fresh process; what it printed last is its result as JSON."""
    command = [sys.executable, "-m", "benchmarks.one", name, *map(str, arguments)]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def in_turn(rounds: int, *measurements: tuple[object, ...]) -> list[list[dict[str, float]]]:
    """Results of each measurement, run A B C, A B C and so on."""
    results: list[list[dict[str, float]]] = [[] for _ in measurements]
    for _ in range(rounds):
        for place, (name, *arguments) in enumerate(measurements):
            results[place].append(measure(str(name), *arguments))
    return results


def middle(results: list[dict[str, float]], key: str) -> float:
    return statistics.median(result[key] for result in results)


def ratio(upper: list[dict[str, float]], lower: list[dict[str, float]], key: str) -> float:
    """Median of the ratios of results that were measured next to each other."""
    return statistics.median(a[key] / b[key] for a, b in zip(upper, lower, strict=True))


def training_rows(rounds: int, seconds: float) -> list[Row]:
    rows = []
    for model, title in (("lenet", "LeNet"), ("simplecnn", "SimpleCNN")):
        course, headless, window = in_turn(
            rounds, ("course", model, seconds), ("headless", model, seconds), ("window", model, seconds)
        )
        speed = "images_per_second"
        against_course, against_headless = ratio(window, course, speed), ratio(window, headless, speed)
        rows.append(
            Row(
                f"{title}: training with the window open / the course's DataLoader loop",
                f"{middle(window, speed):,.0f} / {middle(course, speed):,.0f} images/s",
                f"{against_course:.2f}",
                "≥ 1.50",
                against_course >= 1.5,
            )
        )
        rows.append(
            Row(
                f"{title}: training with the window open / headless",
                f"{middle(window, speed):,.0f} / {middle(headless, speed):,.0f} images/s",
                f"{against_headless:.2f}",
                "≥ 0.90",
                against_headless >= 0.9,
            )
        )
        worst = max(result["delay_max_ms"] for result in window)
        p99 = middle(window, "delay_p99_ms")
        rows.append(
            Row(
                f"{title}: event-loop delay while training, p99 and maximum",
                f"{p99:.1f} ms and {worst:.1f} ms",
                f"{p99 / 16:.2f} of 16 ms",
                "p99 ≤ 16 ms, max ≤ 50 ms",
                p99 <= 16 and worst <= 50,
            )
        )
    return rows


def latency_rows(rounds: int) -> list[Row]:
    rows = []
    for name, what, aim in (
        ("stroke", "LeNet: end of a stroke to the bars, p99", 33),
        ("stroke-training", "LeNet: end of a stroke to the bars while training, p99", 16),
        ("maps-lenet", "LeNet: image to all maps, p99", 50),
        ("maps-simplecnn", "SimpleCNN: image to all maps, p99", 50),
        ("workspaces", "From one workspace to another, p99", 100),
        ("curves", "One pan of the curves with 1,000,000 points, p99", 33),
    ):
        results = [measure(name) for _ in range(rounds)]
        p99 = middle(results, "p99_ms")
        rows.append(
            Row(
                what,
                f"{p99:.1f} ms (median {middle(results, 'median_ms'):.1f})",
                f"{p99 / aim:.2f} of {aim} ms",
                f"≤ {aim} ms",
                p99 <= aim,
            )
        )
    return rows


def muting_rows(rounds: int) -> list[Row]:
    rows = []
    for name, what, aim in (
        ("mute", "a mute to the prediction without the channel, median", 50),
        ("mute-matrix", "a mute to the confusion matrix of a sample, before and after, median", 300),
        ("contributions", "what each channel of the slowest layer carries of a logit, median", 300),
    ):
        for model, title in (("lenet", "LeNet"), ("simplecnn", "SimpleCNN")):
            results = [measure(name, model) for _ in range(rounds)]
            median = middle(results, "median_ms")
            measured = f"{median:.1f} ms (p99 {middle(results, 'p99_ms'):.1f})"
            rows.append(
                Row(f"{title}: {what}", measured, f"{median / aim:.2f} of {aim} ms", f"≤ {aim} ms", median <= aim)
            )
    return rows


def evaluating_rows(rounds: int) -> list[Row]:
    rows, aim = [], 50
    for classes in (10, 1000):
        results = [measure("evaluate-table", classes) for _ in range(rounds)]
        median = middle(results, "median_ms")
        what = f"Evaluate: a table of 70,000 images and {classes:,} classes shown, ordered or searched, median"
        measured = f"{median:.1f} ms (p99 {middle(results, 'p99_ms'):.1f})"
        rows.append(Row(what, measured, f"{median / aim:.2f} of {aim} ms", f"≤ {aim} ms", median <= aim))
    return rows


def snapshot_rows(rounds: int) -> list[Row]:
    rows = []
    for model, title, aim in (("lenet", "LeNet", 50), ("simplecnn", "SimpleCNN", 100)):
        for training, when in (("", ""), ("training", " while training")):
            p99 = middle(results := [measure("snapshots", model, training) for _ in range(rounds)], "p99_ms")
            rows.append(
                Row(
                    f"{title}: move of the time slider to the network at that step{when}, p99",
                    f"{p99:.1f} ms (median {middle(results, 'median_ms'):.1f})",
                    f"{p99 / aim:.2f} of {aim} ms",
                    f"≤ {aim} ms",
                    p99 <= aim,
                )
            )
    return rows


def explain_rows(rounds: int) -> list[Row]:
    rows = []
    for model, title in (("lenet", "LeNet"), ("simplecnn", "SimpleCNN")):
        p99 = middle(results := [measure("explain", model) for _ in range(rounds)], "p99_ms")
        rows.append(
            Row(
                f"{title}: click on a number to its explanation, p99",
                f"{p99:.1f} ms (median {middle(results, 'median_ms'):.1f})",
                f"{p99 / 50:.2f} of 50 ms",
                "≤ 50 ms",
                p99 <= 50,
            )
        )
    aims = {
        "vgg16": (
            ("explain_p99_ms", "VGG16: click on a number to its explanation, p99", "ms", 150.0),
            ("maps_s", "VGG16: image to all maps of 224×224, p99", "s", 1.0),
            ("frame_p99_ms", "VGG16: one frame of scrolling, p99", "ms", 16.7),
            ("stall_ms", "VGG16: longest stall of the window while it is prepared", "ms", 100.0),
            ("memory_mib", "VGG16: peak of the program's memory", "MiB", 1536.0),
        ),
        "resnet18": (
            ("maps_s", "ResNet-18: image to all maps, p99", "s", 0.5),
            ("frame_p99_ms", "ResNet-18, blocks unfolded: processor time of one frame of scrolling, p99", "ms", 16.7),
            ("explain_p99_ms", "ResNet-18: click on a number to its explanation, p99", "ms", 50.0),
            ("memory_mib", "ResNet-18: peak of the program's memory", "MiB", 1536.0),
        ),
    }
    for name, measured in aims.items():
        results = [measure(name) for _ in range(rounds)]
        for key, what, unit, aim in measured:
            value, of = middle(results, key), f"{aim:g} {unit}"
            rows.append(Row(what, f"{value:,.2f} {unit}", f"{value / aim:.2f} of {of}", f"≤ {of}", value <= aim))
    return rows


def flip_rows(rounds: int) -> list[Row]:
    rows = []
    for model, title in (("lenet", "LeNet"), ("simplecnn", "SimpleCNN")):
        results = [measure("flip", model) for _ in range(rounds)]
        for attack, how, aim in (("fgsm", "one step", 200), ("pgd", "20 steps", 2000)):
            value = middle(results, f"{attack}_ms")
            what = f"{title}: smallest change found by {how}, median"
            measured = f"{value:,.0f} ms (ε = {middle(results, f'{attack}_levels'):.0f})"
            rows.append(Row(what, measured, f"{value / aim:.2f} of {aim} ms", f"≤ {aim} ms", value <= aim))
        read = [measure("history", model) for _ in range(rounds)]
        value = middle(read, "seconds")
        what = f"{title}: an image's answers at all {middle(read, 'snapshots'):.0f} kept steps of a run"
        rows.append(Row(what, f"{value:.2f} s", f"{value / 10:.2f} of 10 s", "≤ 10 s", value <= 10))
    return rows


def trust_rows(rounds: int) -> list[Row]:
    rows = []
    for model, title, first, whole in trust.AIMS:
        results = [measure("trust", model) for _ in range(rounds)]
        for key, what, aim in (
            ("first_s", "an image to the first result of the randomisation of a map", first),
            ("whole_s", "likewise to ten seeds, deletion, insertion and ten random orders", whole),
        ):
            value = middle(results, key)
            of = f"{aim:g} s"
            rows.append(
                Row(f"{title}: {what}", f"{value:.2f} s", f"{value / aim:.2f} of {of}", f"≤ {of}", value <= aim)
            )
    return rows


def why_rows(rounds: int, seconds: float) -> list[Row]:
    rows = []
    for model, title, aim in (("lenet", "LeNet", 50), ("simplecnn", "SimpleCNN", 200)):
        middle_ms = middle(results := [measure("why", model) for _ in range(rounds)], "median_ms")
        rows.append(
            Row(
                f"{title}: the slowest map of Why, of 50 nodes, median and p99 (median of up to 400 nodes)",
                f"{middle_ms:.1f} ms and {middle(results, 'p99_ms'):.1f} ms ({middle(results, 'complete_ms'):.1f} ms)",
                f"{middle_ms / aim:.2f} of {aim} ms",
                f"≤ {aim} ms",
                middle_ms <= aim,
            )
        )
    results = [measure("why-vgg16") for _ in range(rounds)]
    for key, what, aim_s in (
        ("one_pass_s", "VGG16: gradient, gradient × input or Grad-CAM", 2.0),
        ("coarse_s", "VGG16: the first coarse map of integrated gradients or occlusion", 5.0),
        ("cancel_s", "VGG16: Cancel until nothing is computed", 2.0),
    ):
        value = middle(results, key)
        rows.append(
            Row(what, f"{value:.2f} s", f"{value / aim_s:.2f} of {aim_s:g} s", f"≤ {aim_s:g} s", value <= aim_s)
        )
    for model, title in (("lenet", "LeNet"), ("simplecnn", "SimpleCNN")):
        factor = middle(results := [measure("why-training", model, seconds) for _ in range(rounds)], "ratio")
        rows.append(
            Row(
                f"{title}: training with the maps of Why open / closed",
                f"{middle(results, 'open'):,.1f} / {middle(results, 'closed'):,.1f} steps/s",
                f"{factor:.2f}",
                "≥ 0.90",
                factor >= 0.9,
            )
        )
    return rows


def run_rows(rounds: int) -> list[Row]:
    rows = []
    for model, what, epochs, steps in (
        ("lenet", "LeNet: a training of 10 epochs with recording / without", 10, 0),
        ("lenet", "LeNet: a training of one epoch with recording / without", 1, 0),
        ("simplecnn", "SimpleCNN: three of 10 epochs with recording / without", 10, 2112),
        ("simplecnn", "SimpleCNN: a training of one epoch with recording / without", 1, 0),
    ):
        # each takes minutes, in which recording and not are timed in turn: that is round enough
        results = [measure("recording", model, epochs, steps)]
        factor = middle(results, "ratio")
        rows.append(
            Row(
                f"{what} (first 200 steps {middle(results, 'start_ratio'):.2f})",
                f"{middle(results, 'on'):,.0f} / {middle(results, 'off'):,.0f} images/s",
                f"{factor:.2f}",
                "≥ 0.95",
                factor >= 0.95,
            )
        )
    opened = measure("million")
    for key, what, unit, aim in (
        ("seconds", "A run of 1,000,000 steps: opening it", "s", 1.0),
        ("peak_mib", "A run of 1,000,000 steps: memory while it is opened", "MiB", 286.0),
        ("folder_mib", "A run of 1,000,000 steps: its folder", "MiB", 286.0),
    ):
        value = opened[key]
        rows.append(
            Row(what, f"{value:,.2f} {unit}", f"{value / aim:.2f} of {aim:g} {unit}", f"≤ {aim:g} {unit}", value <= aim)
        )
    delay = measure("following")
    rows.append(
        Row(
            "Following another process: end of a step until it is known, p99",
            f"{delay['p99_ms']:.0f} ms (median {delay['median_ms']:.0f})",
            f"{delay['p99_ms'] / 1000:.2f} of 1 s",
            "≤ 1 s",
            delay["p99_ms"] <= 1000,
        )
    )
    return rows


def launch_row(rounds: int) -> Row:
    launched, imported = in_turn(rounds, ("launch",), ("imports",))
    factor = ratio(launched, imported, "seconds")
    return Row(
        "Launch to the first prediction / bare imports of torch, PySide6 and pyqtgraph",
        f"{middle(launched, 'seconds'):.2f} / {middle(imported, 'seconds'):.2f} s",
        f"{factor:.2f}",
        "≤ 1.40",
        factor <= 1.4,
    )


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="how often each measurement is repeated")
    options.add_argument("--seconds", type=float, default=6.0, help="how long each training is timed")
    chosen = options.parse_args()
    rows = [
        *training_rows(chosen.rounds, chosen.seconds),
        *latency_rows(chosen.rounds),
        *explain_rows(chosen.rounds),
        *flip_rows(chosen.rounds),
        *trust_rows(chosen.rounds),
        *why_rows(chosen.rounds, chosen.seconds),
        *snapshot_rows(chosen.rounds),
        *muting_rows(chosen.rounds),
        *evaluating_rows(chosen.rounds),
        *run_rows(chosen.rounds),
        launch_row(chosen.rounds),
    ]
    widths = [max(len(getattr(row, column)) for row in rows) for column in ("what", "measured", "ratio", "aim")]
    for row in rows:
        cells = (row.what, row.measured, row.ratio, row.aim)
        line = " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print(f"| {line} | {'held' if row.held else 'MISSED'} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
