"""What a weights file keeps about its weights: JSON behind a checksum over both, so that it is read with no others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cnnviewer.core.json_text import json_text


def sealed(version: int, plain: Mapping[str, object], weights: str) -> str:
    """A checksum over what follows and over `weights`, the checksum of what it belongs to; a space; `plain` as JSON.

    `version` is that of the format.
    """
    written = json_text({"format": version, **plain})
    return f"{_checksum(weights, written)} {written}"


def unsealed(version: int, text: str, weights: str) -> dict[str, Any] | None:
    """What `sealed` was given; None in another version of the format, which a later program wrote.

    Raises:
        ValueError: it is damaged, or about other weights.
    """
    check, _, written = text.partition(" ")
    if check != _checksum(weights, written):
        raise ValueError("checksum")
    found = json.loads(written)
    if not isinstance(found, dict):
        raise ValueError("no record")
    return found if found["format"] == version else None


def _checksum(weights: str, written: str) -> str:
    return hashlib.sha256(f"{weights}\n{written}".encode()).hexdigest()
