"""Where the project is published, as its metadata tells it: known from where it is built, written down nowhere."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from release.version import ROOT, git

_SCP = re.compile(r"(?:[^@/:]+@)?(?P<host>[^@/:]+):(?P<path>(?![/\\]).+)")  # git@host:owner/name.git


def urls(root: Path = ROOT, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """`project.urls` of the tree at `root`: Homepage, Source, Issues, Changelog; none where its address is not known.

    The address is that of the git remote `origin`, else of the repository whose GitHub workflow builds the tree.
    """
    home = web_address(git(root, "config", "--get", "remote.origin.url") or _of_workflow(root, environment) or "")
    if home is None:
        return {}
    return {
        "Homepage": home,
        "Source": home,
        "Issues": f"{home}/issues",
        "Changelog": f"{home}/blob/HEAD/CHANGELOG.md",
    }


def web_address(remote: str) -> str | None:
    """The page of a git remote, without anybody's name or token; None for folders and hosts of a private network.

    >>> web_address("git@example.org:somebody/cnnviewer.git")
    'https://example.org/somebody/cnnviewer'
    >>> web_address("https://somebody:token@example.org/somebody/cnnviewer")
    'https://example.org/somebody/cnnviewer'
    """
    short = _SCP.fullmatch(remote) if "://" not in remote else None
    parts = urlsplit(f"ssh://{short['host']}/{short['path']}" if short else remote)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number
        return None
    path = parts.path.strip("/").removesuffix(".git")
    public = "." in host and not host.replace(".", "").isdigit()
    if parts.scheme not in ("https", "http", "ssh", "git") or not public or not path:
        return None
    return f"https://{host}{f':{port}' if port and parts.scheme == 'https' else ''}/{path}"


def _of_workflow(root: Path, environment: Mapping[str, str]) -> str | None:
    server, name, workspace = (environment.get(f"GITHUB_{key}") for key in ("SERVER_URL", "REPOSITORY", "WORKSPACE"))
    if not (server and name and workspace) or Path(workspace).resolve() != root.resolve():
        return None  # somebody else's workflow, which installs this project
    return f"{server}/{name}"
