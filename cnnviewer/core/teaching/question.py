"""A question with its answer, the wrong answers that give a mistake away, and what the user types for an answer."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Fact = int | float | str | tuple[Any, ...]
"""A number that the sentence needs, the name of a layer, or a tuple of these."""
Answer = tuple[float, ...]

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?%?"
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:,\d{3})+)(?!\d)")


@dataclass(frozen=True)
class AnswerCheck:
    """Whether an answer is right; of a wrong one the likely mistake as a keyword, empty where it is not known."""

    right: bool
    mistake: str = ""


@dataclass(frozen=True)
class Question:
    """Something to predict about a layer or one of its numbers.

    Attributes:
        kind: what is asked: `output_size`, `parameters`, `pool_value`, …; a sentence is made of it elsewhere.
        facts: name -> what the sentence needs; windows are tuples of rows.
        answer: one number, or several in the order asked: rows before columns.
        tolerance: how far each number may be from it; 0 where counted, not measured.
        working: lines of mathematics with the numbers put in, the same in every language.
        mistakes: keyword -> the answer to which that mistake leads.

    """

    kind: str
    facts: Mapping[str, Fact]
    answer: Answer
    tolerance: float
    working: tuple[str, ...]
    mistakes: tuple[tuple[str, Answer], ...] = ()

    def check(self, answer: Sequence[float]) -> AnswerCheck:
        """Check an answer.

        A mistake is recognised when every number is either right or what that mistake gives: of two sides, one may
        have been worked out well.
        """
        if len(answer) != len(self.answer):
            return AnswerCheck(False)
        right = [self._near(given, true) for given, true in zip(answer, self.answer, strict=True)]
        if all(right):
            return AnswerCheck(True)
        for keyword, wrong in self.mistakes:
            if all(ok or self._near(given, bad) for ok, given, bad in zip(right, answer, wrong, strict=True)):
                return AnswerCheck(False, keyword)
        return AnswerCheck(False)

    def _near(self, given: float, true: float) -> bool:
        return abs(given - true) <= self.tolerance + 1e-9 * abs(true)


def make(
    kind: str,
    facts: Mapping[str, Fact],
    answer: Iterable[float],
    working: Iterable[str],
    mistakes: Iterable[tuple[str, Iterable[float]]] = (),
    tolerance: float = 0.0,
) -> Question | None:
    """A question without the mistakes that lead to the right answer too; None where a number is not finite."""
    plain = Question(kind, MappingProxyType(dict(facts)), tuple(map(float, answer)), tolerance, tuple(working))
    if not all(map(math.isfinite, (*plain.answer, tolerance))):
        return None
    wrong: list[tuple[str, Answer]] = []
    for keyword, numbers in mistakes:
        candidate = tuple(map(float, numbers))
        if all(map(math.isfinite, candidate)) and not plain.check(candidate).right:
            wrong.append((keyword, candidate))
    return Question(plain.kind, plain.facts, plain.answer, tolerance, plain.working, tuple(wrong))


def parse(text: str, count: int) -> Answer | None:
    """`count` numbers out of what was typed; None where there are not so many.

    `12x12`, `12×12`, `12, 12`, `(3, 5)`, `1,234`, `−0.5`, `25%`. A comma between three digits each separates
    thousands, unless the numbers would then be too few.
    """
    clean = unicodedata.normalize("NFKC", text).strip().lower().translate(str.maketrans("−–×✕*;", "--xxx "))
    if clean[:1] in ("(", "[") and clean[-1:] in (")", "]"):
        clean = clean[1:-1]
    clean = re.sub(r"\s*x\s*", " ", clean)
    joined = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), clean)
    for candidate in (joined, clean):
        pieces = re.split(r"\s*,\s*|\s+", candidate.strip())
        if len(pieces) == count and all(re.fullmatch(_NUMBER, piece) for piece in pieces):
            numbers = tuple(float(piece.rstrip("%")) / (100 if piece[-1] == "%" else 1) for piece in pieces)
            return numbers if all(map(math.isfinite, numbers)) else None
    return None


def shown(value: float) -> str:
    """A number as shown to the user: whole ones with all digits, others with four significant ones."""
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if abs(value) < 1e5 and value == round(value):
        return f"{value:.0f}".replace("-", "−")
    return f"{value:.4g}".replace("-", "−")


def bracketed(value: float) -> str:
    """In brackets where it is negative, to stand behind an operator."""
    return f"({shown(value)})" if value < 0 else shown(value)
