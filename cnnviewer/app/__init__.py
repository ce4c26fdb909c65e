"""The composition root: nothing else knows both widgets and presenters.

`launch` is taken from `app.main` when it is first asked for: what is painted before, `app.skeleton`, waits for nothing.
"""

from typing import TYPE_CHECKING, Any

from cnnviewer.core.imports import uncollected

if TYPE_CHECKING:
    from cnnviewer.app.main import launch

__all__ = ["launch"]


def __getattr__(name: str) -> Any:
    """`launch`; AttributeError for everything else."""
    if name == "launch":
        with uncollected():
            from cnnviewer.app.main import launch

        return launch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
