"""The version of a build; `pyproject.toml` names this file as hatchling's version source."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
_DESCRIBED = re.compile(r"v(?P<tag>.+)-(?P<commits>\d+)-g(?P<commit>[0-9a-f]+)(?P<dirty>-dirty)?")
_LINE = re.compile(r'^__version__ = "(?P<version>[^"]+)".*$', re.MULTILINE)


def version(root: Path = ROOT) -> str:
    """The version of the tree at `root`: its git tag's, else the one in `cnnviewer/__init__.py`.

    A tree that no git knows (an sdist, an archive) or that has no tag gets the latter. In an sdist that file holds the
    version of the tag the sdist was built from.
    """
    return _tagged(root) or written(root)


def written(root: Path = ROOT) -> str:
    """The version in `cnnviewer/__init__.py`."""
    found = _LINE.search(_init(root).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f'{_init(root)} has no line __version__ = "…".')
    return found["version"]


def init_with(version: str, root: Path = ROOT) -> str:
    """The text of `cnnviewer/__init__.py` with another version in it: what a wheel and an sdist contain."""
    return _LINE.sub(f'__version__ = "{version}"', _init(root).read_text(encoding="utf-8"))


def from_description(description: str) -> str | None:
    """The version for what `git describe --long --dirty` says; None where the tag is no version (PEP 440).

    >>> from_description("v0.2.0-0-gabc1234")
    '0.2.0'
    >>> from_description("v0.2.0-5-gabc1234-dirty")
    '0.2.0.post5+gabc1234.dirty'
    """
    found = _DESCRIBED.fullmatch(description.strip())
    if found is None:
        return None
    after = int(found["commits"])
    local = ([f"g{found['commit']}"] if after else []) + (["dirty"] if found["dirty"] else [])
    text = found["tag"] + (f".post{after}" if after else "") + ("+" + ".".join(local) if local else "")
    try:
        return str(Version(text))
    except InvalidVersion:
        return None


def _init(root: Path) -> Path:
    return root / "cnnviewer" / "__init__.py"


def git(root: Path, *arguments: str) -> str | None:
    """What git prints about the checkout at `root`; None where there is no git, no checkout or no answer."""
    top = _printed(root, "rev-parse", "--show-toplevel")
    if top is None or not root.samefile(top):  # no git, or a tree unpacked inside another project's
        return None
    return _printed(root, *arguments)


def _tagged(root: Path) -> str | None:
    description = git(root, "describe", "--tags", "--long", "--dirty", "--match", "v[0-9]*")
    return None if description is None else from_description(description)


def _printed(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
