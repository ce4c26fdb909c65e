"""A number stands with its noun: 1 image, 2 images, in every sentence of the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cnnviewer
from cnnviewer.core.counting import counted
from cnnviewer.core.errors import UserError, in_words

PACKAGE = Path(cnnviewer.__file__).parent
NOUNS = [
    "images",
    "classes",
    "epochs",
    "steps",
    "layers",
    "parameters",
    "channels",
    "trainings",
    "snapshots",
    "values",
    "kernels",
    "tensors",
    "weights",
    "biases",
    "settings",
    "places",
    "cells",
    "runs",
    "inputs",
    "outputs",
    "terms",
    "labels",
    "folders",
    "files",
    "pictures",
    "models",
    "tests",
    "threads",
    "seconds",
]
NUMBERS = [
    "count",
    "n",
    "images",
    "labels",
    "classes",
    "total",
    "whole",
    "all",
    "parameters",
    "layers",
    "weights",
    "biases",
    "outputs",
    "inputs",
    "channels",
    "snapshots",
    "runs",
    "steps",
    "epochs",
    "places",
    "found",
    "more",
    "trainings",
]
LOOSE = re.compile(rf"\{{(?:{'|'.join(NUMBERS)})(?::,)?\}} (?:(?!of |in |with )[a-z]+ )?(?:{'|'.join(NOUNS)})\b")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 images"), (1, "1 image"), (2, "2 images"), (1234, "1,234 images"), ("1", "1 image"), ("12k", "12k images")],
)
def test_a_number_stands_with_its_noun(count: int | str, said: str) -> None:
    assert counted("{count:image|images}", count=count) == said
    assert str(UserError("{count:image is|images are} odd.", count=count)) == f"{said} is odd.".replace(
        "images is", "images are"
    )


def test_everything_else_is_formatted_as_ever() -> None:
    assert counted("{a} {b:.2f} {c:,} {{d}}", a="x|y", b=1.234, c=1000) == "x|y 1.23 1,000 {d}"


def test_a_translation_counts_with_a_noun_of_its_own() -> None:
    error = UserError("{count:image|images} cannot be read.", count=1)
    assert in_words(error, lambda _: "이미지 {count}장을 읽을 수 없습니다.") == "이미지 1장을 읽을 수 없습니다."
    assert in_words(error, lambda _: "{wrong}") == "1 image cannot be read."


def sentences() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.value


def test_no_sentence_of_the_program_says_1_images() -> None:
    loose = [f"{place} {text}" for place, text in sentences() if LOOSE.search(text)]
    assert not loose, "\n".join(loose)
