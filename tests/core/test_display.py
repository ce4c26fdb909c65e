"""No screen: one sentence, found out without Qt."""

import socket
import sys
from pathlib import Path

import pytest

from cnnviewer.core.display import why_no_window


def test_no_screen_at_all_is_said_in_one_sentence() -> None:
    reason = why_no_window({}, "linux")
    assert reason is not None
    assert "needs a screen" in reason
    assert "\n" not in reason


def test_a_screen_that_does_not_answer_is_named() -> None:
    reason = why_no_window({"DISPLAY": ":4711"}, "linux")
    assert reason is not None
    assert ":4711" in reason


def test_a_display_that_is_no_display_is_no_screen() -> None:
    assert why_no_window({"DISPLAY": "nonsense"}, "linux") is not None


@pytest.mark.skipif(sys.platform != "linux", reason="screens are asked for on Linux and its kin")
def test_a_wayland_socket_that_listens_is_a_screen(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        assert why_no_window({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}, "linux") is None


def test_offscreen_needs_no_screen() -> None:
    assert why_no_window({"QT_QPA_PLATFORM": "offscreen"}, "linux") is None


def test_windows_and_macos_always_have_one() -> None:
    assert why_no_window({}, "win32") is None
    assert why_no_window({}, "darwin") is None
