"""Every explanation has a worksheet and a lesson, whose rows can all be made."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.teaching.questions import questions
from cnnviewer.ui.explore.explain.lessons import Lessons
from cnnviewer.ui.explore.explain.sheet import SheetRow, SheetText, Stack
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from tests.core.inspection.explain.one_operation import Call, explained, looked_at
from tests.core.inspection.explain.test_many_operands import CASES, Case, numbers


def words(row: SheetRow) -> str:
    parts = [part for item in row.items for part in (item.items if isinstance(item, Stack) else (item,))]
    return " ".join(part.text for part in parts if isinstance(part, SheetText))


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_explanation_has_a_worksheet(case: Case, qtbot: QtBot) -> None:
    writer, lessons = WorksheetWriter(), Lessons()
    for explanation in numbers(case[0])[:12]:
        for everything in (False, True):
            sheet = writer.write(explanation, everything)
            assert sheet.head
            assert said(explanation.value) in words(sheet.head[0])
            assert sheet.row is not None
            rows = [sheet.row(number) for number in range(sheet.count)]
            assert all(row.items for row in rows)
        architecture = Architecture("", (explanation.layer,))
        assert lessons.lesson(explanation.layer, architecture).sentences
        questions(explanation, architecture)


def test_a_row_and_a_column_are_named_by_their_cells(qtbot: QtBot) -> None:
    explanation = explained(Call(lambda x: x @ (x * 2).transpose(2, 3)), "matmul", most=2)[1]
    sheet = WorksheetWriter().write(explanation)
    assert sheet.row is not None
    assert "input × transpose = term" in words(sheet.head[1])
    line = words(sheet.row(0))
    assert line.count("[3] (") == 2
    assert line.count("×") == 1


def test_the_questions_on_a_power_are_left_out_and_the_others_stay(qtbot: QtBot) -> None:
    inspector, _ = looked_at(Call(lambda x: x**2), "pow")
    explanation = explained(Call(lambda x: x**2), "pow", most=2)[0]
    assert questions(explanation, inspector.architecture) == ()
    inspector, _ = looked_at(Call(lambda x: x * 2), "mul")
    asked = questions(explained(Call(lambda x: x * 2), "mul", most=2)[1], inspector.architecture)
    assert [question.kind for question in asked] == ["combined"]
