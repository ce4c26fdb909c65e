"""The topics of the help: Markdown files in `resources/help`, the same in every language, and the search in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cnnviewer.core.resources import resource

TOPICS: Final = (
    *(
        "start",
        "input",
        "explore",
        "number",
        "backward",
        "why",
        "trust",
        "flip",
        "mutes",
        "train",
        "curves",
        "timeline",
    ),
    *("evaluate", "compare", "sweep", "build", "architectures", "sandbox", "own", "files", "look", "shortcuts"),
)
"""The names of the files, in the order in which the topics are read."""
LANGUAGES: Final = ("en", "ko")
_PLACEHOLDER: Final = re.compile(r"\{((?:keys:)?[\w-]+)\}")
_MARKS: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`#|\\]")


@dataclass(frozen=True)
class Topic:
    """One page.

    Attributes:
        key: one of `TOPICS`.
        title: its first line.
        text: Markdown, the title included; what stands in braces is filled in when it is shown.
    """

    key: str
    title: str
    text: str

    @property
    def placeholders(self) -> frozenset[str]:
        """What stands in braces: `actionTrain`, `keys:actionTrain`, `shortcuts`, `version`."""
        return frozenset(_PLACEHOLDER.findall(self.text))

    def filled(self, words: Callable[[str], str]) -> str:
        """The text with `words(name)` in the place of each name in braces."""
        return _PLACEHOLDER.sub(lambda found: words(found.group(1)), self.text)


@cache
def topics(language: str) -> Mapping[str, Topic]:
    """All topics in `en` or `ko`, in their order."""
    found = {}
    for key in TOPICS:
        text = resource("help", language, f"{key}.md").read_text(encoding="utf-8")
        found[key] = Topic(key, text.partition("\n")[0].removeprefix("# "), text)
    return found


def plain(markdown: str) -> str:
    """The words alone, as a search compares them."""
    return _MARKS.sub(r"\1", markdown).casefold()


def asked(query: str) -> tuple[str, ...]:
    """The words of a search."""
    return tuple(dict.fromkeys(query.casefold().split()))


def matching(query: str, texts: Mapping[str, str]) -> list[str]:
    """The keys of those texts that have every word of the search: the best first, which have them in their title.

    Args:
        query: what was typed; nothing finds everything.
        texts: Markdown by key; the first line is the title.
    """
    words = asked(query)
    found = {key: plain(text) for key, text in texts.items()}
    found = {key: text for key, text in found.items() if all(word in text for word in words)}
    titles = {key: text.partition("\n")[0] for key, text in found.items()}
    return sorted(found, key=lambda key: not all(word in titles[key] for word in words)) if words else list(found)
