"""Where data sets, runs and settings live on the user's machine."""

from __future__ import annotations

import os
from configparser import ConfigParser, Error
from pathlib import Path

import platformdirs

_APP = "cnnviewer"


def default_data_dir() -> Path:
    """`CNNVIEWER_DATA_DIR` where it is set, else the system's place for a program's data."""
    chosen = os.environ.get("CNNVIEWER_DATA_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "data"


def default_runs_dir() -> Path:
    """`CNNVIEWER_RUNS_DIR` where it is set, else a folder beside the data sets."""
    chosen = os.environ.get("CNNVIEWER_RUNS_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "runs"


def usual_runs_dir() -> Path:
    """Where commands look without `--runs-dir`: `CNNVIEWER_RUNS_DIR`, what is set in the window, or the default."""
    chosen = "" if os.environ.get("CNNVIEWER_RUNS_DIR") else chosen_in_window("runs_dir")
    return Path(chosen) if chosen else default_runs_dir()


def default_settings_file() -> Path:
    """The settings file of the window."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "settings.ini"


def chosen_in_window(key: str) -> str:
    """What the user chose under `key` in the window's preferences, read without Qt; empty where nothing was chosen."""
    file = ConfigParser(interpolation=None, strict=False, delimiters=("=",), comment_prefixes=(";",))
    try:
        if default_settings_file().is_file():  # opening a pipe would wait for its writer
            file.read(default_settings_file(), "utf-8")
        text = file.get("General", key, fallback="")
    except (OSError, UnicodeDecodeError, Error):  # the window will make a new one
        return ""
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return text.replace("\\\\", "\\")
