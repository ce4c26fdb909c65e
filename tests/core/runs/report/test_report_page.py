"""A report's page: what it says follows from the record alone, and no text from outside becomes HTML."""

import base64
import dataclasses
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from cnnviewer.core.palettes import Range
from cnnviewer.core.runs.report.classes import class_rows, confusion_cells, confusion_picture
from cnnviewer.core.runs.report.page import html
from cnnviewer.core.runs.report.records import (
    CalibrationPart,
    Charts,
    Evaluation,
    Fact,
    Figure,
    ImageMaps,
    Legend,
    MistakeMap,
    PairTable,
    Picture,
    Report,
)

HOSTILE = "<b onload=\"x\">'한국어' & \x1b[31m{{ 1 + 1 }} </script>"
PIXELS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)


def report_of(text: str, note: str = "") -> Report:
    """A report all of whose texts from outside are `text`."""
    classes, counts = (text, text), np.array([[3, 1], [0, 2]])
    figure = Figure(Picture(PIXELS, text), text, Legend("kernel", Range(-0.5, 0.5)))
    evaluation = Evaluation(
        classes=classes,
        cells=confusion_cells(counts, classes),
        matrix=None,
        class_rows=class_rows(counts, classes),
        mistake_count=1,
        mistakes=((Picture(PIXELS, text), text),),
        mistake_maps=(
            MistakeMap(Picture(PIXELS, text), Picture(PIXELS, text), text, Legend("signed", Range(-2.0, 2.0)), text),
        ),
        calibration=CalibrationPart("<figure></figure>", (text,)),
    )
    return Report(
        title=text,
        note=note or text,
        about=text,
        facts=(Fact(text, text),),
        hints=(text,),
        charts=Charts("<svg></svg>", "<svg></svg>"),
        kernels=(figure,),
        maps=(ImageMaps(text, Picture(PIXELS, text), ((text, 0.75), ("other", 0.25)), (figure,)),),
        evaluation=evaluation,
        dataset=text,
        configuration=(PairTable(text, ((text, text),)),),
        commands=(text, text),
        inexact=(text,),
    )


class Parsed(HTMLParser):
    """A page as its tags, attributes and text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [value for each, value in self.attributes if each == name]


@pytest.mark.parametrize("evaluated", [True, False], ids=["with the data set", "without the data set"])
def test_no_text_from_outside_becomes_html_or_obeys_its_control_characters(evaluated: bool) -> None:
    plain, hostile = report_of("plain"), report_of(HOSTILE)
    if not evaluated:
        plain, hostile = (dataclasses.replace(report, evaluation=None) for report in (plain, hostile))
    expected, page = Parsed(html(plain)), Parsed(html(hostile))
    assert page.tags == expected.tags
    shown = HOSTILE.replace("\x1b", "\\x1b")
    assert " ".join(page.text.split()) == " ".join(expected.text.split()).replace("plain", " ".join(shown.split()))
    for name, value in expected.attributes:
        assert (name, value.replace("plain", shown)) in page.attributes
    assert len(page.attributes) == len(expected.attributes)


def test_a_note_and_the_commands_keep_their_lines() -> None:
    text = html(report_of("command", note="first\n\nsecond")).decode()
    assert '<p class="note">first\n\nsecond</p>' in text
    assert "<pre><code>command\ncommand</code></pre>" in text


def test_links_lead_to_the_sections_that_are_there() -> None:
    whole = report_of("text")
    for report, count in (
        (whole, 10),
        (dataclasses.replace(whole, evaluation=None), 5),
        (dataclasses.replace(whole, maps=(), evaluation=None), 4),
    ):
        page = Parsed(html(report))
        links = [link.removeprefix("#") for link in page.values("href") if link.startswith("#")]
        sections = [name for name in page.values("id") if not name.startswith("inside")]
        assert links == sections
        assert len(links) == count


def test_pixels_arrive_as_they_are() -> None:
    for source in Parsed(html(report_of("text"))).values("src"):
        with Image.open(io.BytesIO(base64.b64decode(source.removeprefix("data:image/png;base64,")))) as image:
            assert np.array_equal(np.asarray(image), PIXELS)


def test_a_run_without_a_step_has_no_curves() -> None:
    page = Parsed(html(dataclasses.replace(report_of("text"), charts=None)))
    assert "svg" not in page.tags
    assert "Nothing has been learned yet." in page.text


def test_a_model_without_mistakes_has_none_to_show() -> None:
    report = report_of("text")
    page = Parsed(html(dataclasses.replace(report, evaluation=dataclasses.replace(report.evaluation, mistakes=()))))
    assert "There are none." in page.text


def test_many_classes_are_a_picture_instead_of_a_table() -> None:
    report = report_of("text")
    matrix = confusion_picture(np.eye(40, dtype=np.int64))
    evaluation = dataclasses.replace(report.evaluation, cells=None, matrix=matrix)
    page = Parsed(html(dataclasses.replace(report, evaluation=evaluation)))
    assert "confusion" not in page.values("class")
    assert "confusion matrix, share of each true class" in page.values("alt")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_colour_that_the_page_uses_is_given(dark: bool) -> None:
    text = html(report_of("text")).decode()
    before = r"prefers-color-scheme: dark\) \{ " if dark else r"\n"
    given = {
        name
        for block in re.findall(before + r":root \{([^}]*)\}", text)
        for name in re.findall(r"--[\w-]+(?=:)", block)
    }
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) == given
