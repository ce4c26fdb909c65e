"""Numbers as a report writes them."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share in 0..1, such as `97.50 %`."""
    return f"{100 * share:.2f} %"


def duration(seconds: float) -> str:
    """A length of time, such as `12.3 s`, `2 min 5 s` or `1 h 7 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
