"""What the user has chosen for good, as the menus and the preferences show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownSettings:
    """What is in use.

    Attributes:
        theme: `system`, `light` or `dark`.
        language: `system`, `en` or `ko`.
        motion: whether things may move.
        data_dir: where data sets are looked for.
        runs_dir: where runs are kept.
        text_size: of all text, in percent of the usual one.
        budget: bytes that all runs together may take.

    """

    theme: str = "system"
    language: str = "system"
    motion: bool = True
    data_dir: str = ""
    runs_dir: str = ""
    text_size: int = 100
    budget: int = 2 * 2**30
