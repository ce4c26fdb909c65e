"""What is known to be otherwise, and why it may be."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.screens.finding import Finding


@dataclass(frozen=True)
class Known:
    """Findings of a kind at a place that are no fault.

    Attributes:
        kind: of the findings.
        where: their places, with `*` for anything.
        reason: why they are none.
        text: the words concerned, with `*` for anything.

    """

    kind: str
    where: str
    reason: str
    text: str = "*"

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of that finding."""
        return (
            finding.kind == self.kind
            and fnmatchcase(finding.where, self.where)
            and fnmatchcase(finding.text, self.text)
        )


KNOWN: tuple[Known, ...] = (
    Known("contrast", "*/networkCanvas", "what a pinned number does not depend on is faded on purpose"),
    Known("contrast", "*/sandboxOutputGrid", "what the window has not come to yet is faded on purpose"),
    Known("outside", "architecturesPage/*/architecturesOpenButton_*", "heads go sideways with the columns below them"),
    Known("small", "*/*Search/QToolButton", "the cross that clears a field is Qt's own, which has one size"),
    Known("small", "*/networkCanvas", "the probability of a dropout layer is part of its label", "0.[0-9]*"),
)


def unknown(findings: list[Finding]) -> list[Finding]:
    """Those that nothing explains."""
    return [finding for finding in findings if not any(known.covers(finding) for known in KNOWN)]
