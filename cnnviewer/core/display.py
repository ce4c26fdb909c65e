"""Whether a window can be shown here, found out without Qt: Qt itself would abort the process."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_TIMEOUT = 2.0


def why_no_window(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """One sentence why no window can be shown and what to do, or None when one can.

    Only Linux and its kin can be without a screen. A `QT_QPA_PLATFORM` that needs none (`offscreen`) is respected.
    """
    if platform in ("win32", "darwin") or environment.get("QT_QPA_PLATFORM") not in (None, "", "xcb", "wayland"):
        return None
    wayland, x11 = environment.get("WAYLAND_DISPLAY"), environment.get("DISPLAY")
    if wayland and _answers_wayland(wayland, environment.get("XDG_RUNTIME_DIR", "")):
        return None
    if x11 and _answers_x11(x11):
        return None
    what = f"the screen {x11 or wayland!r} does not answer" if x11 or wayland else "found none"
    return (
        f"cnnviewer needs a screen and {what}: start it in a desktop session, or use the commands "
        "without a window (cnnviewer --help)."
    )


def _answers_wayland(name: str, runtime_dir: str) -> bool:
    path = Path(name) if name.startswith("/") else Path(runtime_dir) / name
    return _connects_to_file(str(path))


def _answers_x11(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        # some servers listen on the abstract socket alone
        return _connects_to_file(path) or _connects_to_file("\0" + path)
    return _connects(socket.AF_INET, (host, 6000 + int(number)))


def _connects_to_file(path: str) -> bool:
    return sys.platform != "win32" and _connects(socket.AF_UNIX, path)


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_TIMEOUT)
            probe.connect(address)
            return True
    except OSError:
        return False
