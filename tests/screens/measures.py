"""What can be wrong with the texts of a screen: cut, over one another, too small."""

from __future__ import annotations

import re
from itertools import combinations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QLabel,
    QRubberBand,
    QSizeGrip,
    QSplitterHandle,
    QWidget,
)

from tests.screens.finding import Finding, where
from tests.screens.screen import Screen
from tests.screens.texts import ShownText, plain_words, visible_part

LABEL, NUMBER = 12, 13
"""Pixels: no label is smaller than the one, no number that is to be read than the other."""

_SLACK = 2.0  # pixels: rounding, and the empty side of a letter
_TOUCH = 2.0  # pixels by which two rectangles may reach into one another
_LEAST = 4  # letters in front of the dots
_VALUE = re.compile(r"^[±+\-−]?\d[\d,]*\.\d+(e[+\-−]?\d+)?\s?%?$|^\d+\s?%$")
_FLOATING = (QRubberBand, QSizeGrip, QSplitterHandle)


def cut_texts(screen: Screen) -> list[Finding]:
    """Texts that have no room, and texts whose end was left out although nothing tells the whole.

    Leaving out the end is meant where at least half can be read, or where the tool tip has all of it.
    """
    found = []
    for text in screen.texts:
        note = _how_cut(text)
        if note:
            found.append(Finding("cut", _place(text), text.text, note))
    return found


def _how_cut(text: ShownText) -> str:
    if text.missing > _SLACK and can_be_seen(text):
        return f"{text.missing:.0f} pixels have no room"
    if text.visible == text.text:
        dots = text.text.endswith("…") and 0 < len(text.text) <= _LEAST and text.text[:-1].isalnum()
        return "only its beginning is painted" if dots and text.exact else ""
    told = plain_words(text.text) in plain_words(text.tip)
    if told:
        return "" if not text.visible or len(text.visible) > _LEAST else f"only {text.visible} is left, with a tool tip"
    if len(text.visible.replace("…", "")) * 2 >= len(text.text):
        return ""
    return f"only {text.visible} is left, without a tool tip that says all"


def small_type(screen: Screen) -> list[Finding]:
    """Texts that are smaller than the design says."""
    found = []
    for text in screen.texts:
        least = NUMBER if _VALUE.match(text.text.strip()) and not text.label else LABEL
        if round(text.size, 1) < least and can_be_seen(text) and text.text.strip():
            found.append(Finding("small", _place(text), text.text, f"{text.size:.3g} px, at least {least}"))
    return found


def overlaps(screen: Screen) -> list[Finding]:
    """Texts whose letters meet, and widgets without children that lie over one another in the same parent."""
    return [*_texts_over_texts(screen), *_widgets_over_widgets(screen.widget)]


def _texts_over_texts(screen: Screen) -> list[Finding]:
    seen = [
        (text, tight(text))
        for text in screen.texts
        if text.owner is not None and text.text.strip() and can_be_seen(text) and is_free(text, screen)
    ]
    seen.sort(key=lambda pair: pair[1].top())
    found = []
    for place, (a, first) in enumerate(seen):
        for b, second in seen[place + 1 :]:
            if second.top() >= first.bottom() - _TOUCH:
                break
            if _meet(first, second) and (a.text, a.covers) != (b.text, b.covers):
                found.append(Finding("overlap", _place(a), a.text, f'meets "{b.text[:40]}" of {_place(b)}'))
    return found


def _widgets_over_widgets(screen: QWidget) -> list[Finding]:
    found = []
    for parent in (screen, *screen.findChildren(QWidget)):
        if isinstance(parent, QAbstractScrollArea | QAbstractSlider) or not parent.isVisibleTo(screen):
            continue
        leaves = [child for child in parent.children() if isinstance(child, QWidget) and _is_leaf(child, screen)]
        for a, b in combinations(leaves, 2):
            if _meet(visible_part(a, screen), visible_part(b, screen)):
                found.append(Finding("overlap", where(a), "", f"lies over {where(b)}"))
    return found


def _is_leaf(widget: QWidget, screen: QWidget) -> bool:
    if widget.isWindow() or not widget.isVisibleTo(screen) or isinstance(widget, _FLOATING):
        return False
    if widget.property("floating") or (isinstance(widget, QLabel) and not widget.text() and widget.pixmap().isNull()):
        return False
    if widget.objectName().startswith("qt_"):
        return False
    inside = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    return not any(child.isVisibleTo(screen) for child in inside)


def tight(text: ShownText) -> QRectF:
    """Where the letters of a text can be seen, without the empty part of its line."""
    inner = text.covers.adjusted(0.5, text.size * 0.12, -0.5, -text.size * 0.12)
    return inner & text.clip


def _meet(a: QRectF, b: QRectF) -> bool:
    common = a & b
    return common.width() > _TOUCH and common.height() > _TOUCH


def can_be_seen(text: ShownText) -> bool:
    """Most of its height: what scrolls may stand half behind an edge."""
    seen = text.covers & text.clip
    return seen.width() > 1 and seen.height() > 0.6 * text.covers.height()


def is_free(text: ShownText, screen: Screen) -> bool:
    """Whether nothing that floats lies over a part of it, and nothing that cannot be seen through over its middle."""
    area = tight(text)
    others = [each for each in screen.floating if not each.isAncestorOf(text.owner)]
    covered = any(visible_part(each, screen.widget).intersects(area) for each in others)
    return not covered and _on_top(text, screen.widget)


def _on_top(text: ShownText, screen: QWidget) -> bool:
    middle = tight(text).center().toPoint()
    above = screen.childAt(middle) if screen.rect().contains(middle) else None
    owner = text.owner
    if above is None or above is owner or owner.isAncestorOf(above) or above.isAncestorOf(owner):
        return True
    line = [owner]
    while line[-1] is not screen:
        line.append(line[-1].parentWidget())
    branch = above
    while branch.parentWidget() not in line:
        branch = branch.parentWidget()
    siblings = branch.parentWidget().children()
    own = line[line.index(branch.parentWidget()) - 1]
    return siblings.index(branch) < siblings.index(own) or not _covers(branch)


def _covers(widget: QWidget) -> bool:
    """Whether nothing behind it shines through."""
    filled = (Qt.WidgetAttribute.WA_OpaquePaintEvent, Qt.WidgetAttribute.WA_StyledBackground)
    return (
        bool(widget.property("floating"))
        or bool(widget.property("card"))
        or widget.autoFillBackground()
        or any(widget.testAttribute(attribute) for attribute in filled)
    )


def _place(text: ShownText) -> str:
    return "a picture" if text.owner is None else where(text.owner)
