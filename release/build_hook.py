"""Writes the build's version into the `cnnviewer/__init__.py` of a wheel or an sdist; the tree stays as it is."""

from __future__ import annotations

import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VersionInPackage(BuildHookInterface):
    """Puts a copy of `__init__.py` with the version in the place of the tree's; hatchling calls it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the copy to what is built, except for an editable installation, which reads the tree itself."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        copy = Path(self._folder.name) / "__init__.py"
        init_with = runpy.run_path(str(Path(self.root) / "release" / "version.py"))["init_with"]
        copy.write_text(init_with(self.metadata.version), encoding="utf-8")
        build_data["force_include"][str(copy)] = "cnnviewer/__init__.py"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copy."""
        if version != "editable":
            self._folder.cleanup()
