"""The sentences of the workspace Evaluate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.ui.widgets.cell_grid import Cell
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent


def accuracy_text(table: Confusion) -> str:
    """How much is correct: a share of all test images, counts of a sample."""
    if not table.total:
        return QCoreApplication.translate("Evaluate", "No test images")
    if not table.complete:
        text = QCoreApplication.translate(
            "Evaluate", "{correct} correct in the sample of {total:test image|test images}"
        )
        return counted(text, correct=f"{table.correct:,}", total=f"{table.total:,}")
    text = QCoreApplication.translate("Evaluate", "{percent} % of {total:test image|test images} correct")
    return counted(text, percent=f"{100 * table.accuracy:.2f}", total=f"{table.total:,}")


def facts_text(table: Confusion, normalisation: str, note: str) -> str:
    """Of which images and weights the table is."""
    parts = []
    if not table.complete:
        text = QCoreApplication.translate("Evaluate", "sample of the {all:test image|test images}")
        parts.append(counted(text, all=f"{table.available:,}"))
    if table.step:
        parts.append(QCoreApplication.translate("Evaluate", "step {step}").format(step=f"{table.step:,}"))
    parts.append(normalisation)
    text = " · ".join(part for part in parts if part)
    return f"{text}. {note}" if note else text


def wrong_text(table: Confusion) -> str:
    """How many predictions are wrong."""
    if table.complete:
        return QCoreApplication.translate("Evaluate", "{wrong} wrong").format(wrong=f"{table.wrong:,}")
    text = QCoreApplication.translate("Evaluate", "{wrong} wrong in the sample of {total}")
    return text.format(wrong=f"{table.wrong:,}", total=f"{table.total:,}")


def list_text(which: str) -> str:
    """The name of a list of images."""
    return {
        "wrong": QCoreApplication.translate("Evaluate", "wrong predictions"),
        "all": QCoreApplication.translate("Evaluate", "all images"),
        "became-wrong": QCoreApplication.translate("Evaluate", "became wrong"),
        "became-right": QCoreApplication.translate("Evaluate", "became correct"),
        "changed": QCoreApplication.translate("Evaluate", "predicted differently"),
    }[which]


def images_title(table: Confusion, cell: Cell | None, which: str, listed: int, difference: Difference | None) -> str:
    """What the images beside the matrix are, and how many."""
    if cell is None:
        if which == "wrong" and listed == table.wrong:
            return wrong_text(table)
        return f"{_capital(list_text(which))} · {_listed_text(table, listed)}"
    row, col = cell
    names = {"label": class_word(table.classes[row]), "read": class_word(table.classes[col])}
    if difference is not None:
        came, left = map(len, difference.came_and_left(cell))
        text = QCoreApplication.translate("Evaluate", "{label} predicted as {read} · {came} new, {left} gone")
        if not table.complete:
            text = QCoreApplication.translate(
                "Evaluate", "{label} predicted as {read} · {came} new, {left} gone in the sample of {total}"
            )
        return text.format(came=f"{came:,}", left=f"{left:,}", total=f"{table.total:,}", **names)
    if row == col:
        text = QCoreApplication.translate("Evaluate", "{label} predicted correctly")
    else:
        text = QCoreApplication.translate("Evaluate", "{label} predicted as {read}")
    return f"{text.format(**names)} · {_listed_text(table, listed)}"


def _listed_text(table: Confusion, listed: int) -> str:
    """How many images are listed: none of a sample need not be none at all."""
    text = QCoreApplication.translate("Evaluate", "{count:image|images}")
    if not table.complete:
        text = QCoreApplication.translate("Evaluate", "{count:image|images} in the sample of {total}")
        if not listed:
            text = QCoreApplication.translate("Evaluate", "none in the sample of {total}")
    return counted(text, count=f"{listed:,}", total=f"{table.total:,}")


def none_in_sample(table: Confusion) -> str:
    """There are none of what is asked for, as far as the sample tells."""
    text = QCoreApplication.translate("Evaluate", "None in the sample of {total:test image|test images}.")
    return counted(text, total=f"{table.total:,}")


def no_images_text(table: Confusion, cell: Cell | None, which: str, compared: bool) -> str:
    """Why there are no images beside the matrix."""
    if not table.complete:
        return none_in_sample(table)
    if cell is not None and compared:
        return QCoreApplication.translate("Evaluate", "No image came into this cell, and none left it.")
    if cell is not None:
        text = QCoreApplication.translate("Evaluate", "No image of {label} is predicted as {read}.")
        return text.format(label=class_word(table.classes[cell[0]]), read=class_word(table.classes[cell[1]]))
    if which in ("became-wrong", "became-right", "changed"):
        return {
            "became-wrong": QCoreApplication.translate("Evaluate", "No prediction became wrong."),
            "became-right": QCoreApplication.translate("Evaluate", "No prediction became correct."),
            "changed": QCoreApplication.translate("Evaluate", "Every image is predicted as before."),
        }[which]
    return QCoreApplication.translate("Evaluate", "Every test image is predicted correctly.")


def difference_cell_text(difference: Difference, row: int, col: int) -> str:
    """What a cell says of the two tables that are compared."""
    now, before = int(difference.now[row, col]), int(difference.before[row, col])
    if row == col:
        text = QCoreApplication.translate("Evaluate", "{label} predicted correctly: {now} now, {before} before.")
    else:
        text = QCoreApplication.translate("Evaluate", "{label} predicted as {read}: {now} now, {before} before.")
    names = {"label": class_word(difference.classes[row]), "read": class_word(difference.classes[col])}
    return text.format(now=f"{now:,}", before=f"{before:,}", **names)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def place_text(table: Confusion | None, row: int, col: int, difference: Difference | None = None) -> str:
    """What a cell, or the name of a class, says: row and column, -1 for none."""
    if table is None or (row < 0 and col < 0):
        return QCoreApplication.translate("Evaluate", "Point at a cell to see what it means; click it for its images.")
    said = _place_text(table, row, col, difference)
    if table.complete:
        return said
    text = QCoreApplication.translate("Evaluate", "{sentence} Sample of {total}.")
    return text.format(sentence=said, total=f"{table.total:,}")


def _place_text(table: Confusion, row: int, col: int, difference: Difference | None) -> str:
    if row >= 0 and col >= 0:
        return _cell_text(table, row, col) if difference is None else difference_cell_text(difference, row, col)
    if row >= 0 and not table.counts[row].any():
        text = QCoreApplication.translate("Evaluate", "{label} has no images here: it has no recall.")
        return text.format(label=class_word(table.classes[row]))
    if row < 0 and not table.counts[:, col].any():
        text = QCoreApplication.translate("Evaluate", "Nothing is predicted as {label}: it has no precision.")
        return text.format(label=class_word(table.classes[col]))
    if row >= 0:
        text = QCoreApplication.translate(
            "Evaluate", "{label}: {count} of {whole:image|images} are predicted correctly, recall {share}."
        )
        count, whole, share = int(table.counts[row, row]), int(table.counts[row].sum()), float(table.recall[row])
        name = class_word(table.classes[row])
    else:
        text = QCoreApplication.translate(
            "Evaluate", "{count} of {whole:image|images} predicted as {label} are correct, precision {share}."
        )
        count, whole = int(table.counts[col, col]), int(table.counts[:, col].sum())
        share, name = float(table.precision[col]), class_word(table.classes[col])
    return counted(text, count=f"{count:,}", whole=f"{whole:,}", share=_percent(share), label=name)


def _cell_text(table: Confusion, row: int, col: int) -> str:
    count, whole = int(table.counts[row, col]), int(table.counts[row].sum())
    if row == col:
        text = QCoreApplication.translate(
            "Evaluate", "{count} of {whole:image|images} of {label} are predicted correctly: {share}."
        )
    else:
        text = QCoreApplication.translate(
            "Evaluate", "{count} of {whole:image|images} of {label} are predicted as {read}: {share}."
        )
    names = {"label": class_word(table.classes[row]), "read": class_word(table.classes[col])}
    share = _percent(count / whole if whole else 0.0)
    return counted(text, count=f"{count:,}", whole=f"{whole:,}", share=share, **names)


def _percent(share: float) -> str:
    return "–" if share != share else percent(share)


def back_text(place: str) -> str:
    """What stands on the button that goes back to what was inspected before, by where that came from."""
    return {
        "draw": QCoreApplication.translate("Evaluate", "Back to the drawing"),
        "file": QCoreApplication.translate("Evaluate", "Back to the picture"),
        "greeting": QCoreApplication.translate("Evaluate", "Back to the digit"),
    }.get(place, QCoreApplication.translate("Evaluate", "Back to the image"))
