"""Tells a build where the project is published: `project.urls`."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Addresses(MetadataHookInterface):
    """Fills `urls`, which `pyproject.toml` names as dynamic; hatchling calls it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Enter the addresses, unless this is an sdist, which brings those it was built with."""
        if "urls" in metadata:
            return
        sys.path.insert(0, self.root)
        try:
            from release.addresses import urls
        finally:
            sys.path.remove(self.root)
        metadata["urls"] = urls()
