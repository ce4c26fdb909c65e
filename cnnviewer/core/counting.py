"""Sentences that count: `{count:image|images}` is `1 image` or `1,234 images`.

A translation writes `{count}` with its own noun; languages without plurals need no more.
"""

from __future__ import annotations

import string


class _Counting(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(format(value, format_spec))
        number = f"{value:,}" if isinstance(value, int) else str(value)
        return f"{number} {one if number == '1' else many}"


_COUNTING = _Counting()


def counted(template: str, **values: object) -> str:
    """`template.format(**values)`, in which `{count:image|images}` is a number with its noun."""
    return _COUNTING.vformat(template, (), values)
