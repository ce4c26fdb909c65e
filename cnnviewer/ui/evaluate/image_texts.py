"""What is written about one image of the table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetricsF

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.core.evaluation.ranking import Order
from cnnviewer.ui.widgets.class_words import brief_word, class_word
from cnnviewer.ui.widgets.percent import percent, whole_percent
from cnnviewer.ui.widgets.plain_text import elided

_MINUS = "\N{MINUS SIGN}"


def classes_text(table: Confusion, row: int, difference: Difference | None, metrics: QFontMetricsF, room: float) -> str:
    """True and predicted class, such as `4 → 9`; where it is compared, `4: 9 → 4`, true class: before → now.

    In a narrow room every name is cut alike: none is lost.
    """
    label, now = (table.classes[int(which[row])] for which in (table.labels, table.predicted))
    before = difference.before_of(row) if difference is not None else None
    names = (label, now) if before is None else (label, table.classes[before[0]], now)
    form = "{} → {}" if before is None else "{}: {} → {}"
    for word in (class_word, brief_word):
        text = form.format(*map(word, names))
        if metrics.horizontalAdvance(text) <= room:
            return text
    return form.format(*_cut_alike(metrics, [brief_word(name) for name in names], room - _width_of(metrics, form)))


def _cut_alike(metrics: QFontMetricsF, words: list[str], room: float) -> list[str]:
    """The words in this room together: what a short one leaves is for the longer ones, which are cut."""
    widths = [metrics.horizontalAdvance(word) for word in words]
    share = room / len(words)
    for done, width in enumerate(sorted(widths)):
        share = room / (len(words) - done)
        if width > share:
            break
        room -= width
    return [word if width <= share else elided(metrics, word, share) for word, width in zip(words, widths, strict=True)]


def _width_of(metrics: QFontMetricsF, form: str) -> float:
    return metrics.horizontalAdvance(form.replace("{}", ""))


def number_texts(table: Confusion, row: int, order: Order) -> tuple[str, ...]:
    """The number by which the images are ordered, longest first; the confidence where that is the index."""
    if table.scores is not None and order == "loss":
        number = f"{float(table.scores.losses[row]):.2f}"
        return QCoreApplication.translate("Evaluate", "loss {number}").format(number=number), number
    if table.scores is not None and order == "margin":
        return (signed(float(table.scores.margins[row])),)
    return (whole_percent(float(table.confidences[row])),)


def signed(number: float) -> str:
    """A number with its sign and two decimals."""
    return f"{'+' if number >= 0 else _MINUS}{abs(number):.2f}"


def image_text(table: Confusion, row: int, difference: Difference | None) -> str:
    """Everything about an image in words."""
    names = {
        "index": str(int(table.indices[row])),
        "label": class_word(table.classes[int(table.labels[row])]),
        "name": class_word(table.classes[int(table.predicted[row])]),
        "percent": percent(float(table.confidences[row])),
    }
    parts = [
        QCoreApplication.translate("Evaluate", "#{index}: true class {label}, predicted {name} ({percent})").format(
            **names
        )
    ]
    if table.scores is not None:
        text = QCoreApplication.translate("Evaluate", "loss {loss}, margin {margin}")
        loss, margin = float(table.scores.losses[row]), float(table.scores.margins[row])
        parts.append(text.format(loss=f"{loss:.3g}", margin=signed(margin)))
    before = difference.before_of(row) if difference is not None else None
    if before is not None:
        text = QCoreApplication.translate("Evaluate", "before: predicted {name} ({percent})")
        parts.append(text.format(name=class_word(table.classes[before[0]]), percent=percent(before[1])))
    return "\n".join(parts)
