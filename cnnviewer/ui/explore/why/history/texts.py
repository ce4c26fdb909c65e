"""What a history says, in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.ui.widgets.class_words import class_word


def summary_text(history: AnswerHistory, truth: int | None, complete: bool = True) -> str:
    """How often the answer changed, and since when it is what it is at the last step; if not `complete`, so far."""
    if not complete:
        text = QCoreApplication.translate("History", "So far, to step {step}: {sentence}")
        return text.format(step=f"{history.steps[-1]:,}", sentence=summary_text(history, truth))
    name = class_word(history.classes[int(history.predicted[-1])])
    changes = history.changes
    if not changes:
        text = QCoreApplication.translate("History", "Predicted {name} at all {count:kept step|kept steps}.")
        return counted(text, name=name, count=len(history.steps))
    last = changes[-1]
    text = QCoreApplication.translate(
        "History", "The answer changed {count:time|times}. Since step {step} it is {name}{correctness}."
    )
    correctness = ""
    if truth is not None:
        correctness = (
            QCoreApplication.translate("History", ", which is correct")
            if last.after == truth
            else QCoreApplication.translate("History", ", which is wrong")
        )
    return counted(text, count=len(changes), step=f"{last.step:,}", name=name, correctness=correctness)


def note_text(history: AnswerHistory) -> str:
    """What of it is not exact; empty where all is."""
    notes = []
    if history.in_eight_bits:
        notes.append(
            QCoreApplication.translate(
                "History",
                "Snapshots of a model above 1 MB keep eight bits for each weight: a probability may be off by about "
                "one in a hundred.",
            )
        )
    if history.missing:
        text = QCoreApplication.translate("History", "{count:snapshot|snapshots} could not be read.")
        notes.append(counted(text, count=history.missing))
    return " ".join(notes)
