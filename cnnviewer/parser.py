"""The command line's parser, which suggests a similar word for a mistyped one, and the options of the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from cnnviewer import __version__
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.files.ordinary_file import check_replaceable
from cnnviewer.core.plain_text import as_text, visible

Command = Callable[[argparse.Namespace], int]
"""Where a command begins: takes what argparse read, gives the exit status."""


class Parser(argparse.ArgumentParser):
    """`argparse`'s parser; its errors suggest the option or the word that is similar to the one given."""

    _given: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As `argparse`, but an option that a command does not know is reported by that command's own parser."""
        self._given = args or ()
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found, rest

    def error(self, message: str) -> NoReturn:
        """Print the usage and one sentence, and exit with status 2."""
        known = [name for name in self._option_string_actions if name.startswith("--")]
        for word in self._given:
            name = word.partition("=")[0]
            if word == "--":
                break
            if name.startswith("--") and not any(option.startswith(name) for option in known):
                message = f"there is no option {name}{suggestion(name, known)}"
                break
        super().error(message)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        # as of a shell variable that is not set; a command judges its own words
        if (
            not arg_string.strip()
            and action.type not in (as_text, file_name, settings_file)
            and action.nargs != argparse.PARSER
        ):
            raise argparse.ArgumentError(action, "the value is empty")
        return super()._get_value(action, arg_string)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            message = error.message + suggestion(str(value), action.choices or ())
            raise argparse.ArgumentError(action, message) from None

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message("\n".join(map(visible, message.split("\n"))), file)


@dataclass(frozen=True)
class WindowOptions:
    """What the window is started with; None where an option was left out.

    Attributes:
        data_dir: where data sets are looked for and downloaded to.
        runs_dir: where runs are stored.
        settings: the settings file.
        language: `system`, `en` or `ko`.
        theme: `system`, `light` or `dark`.
    """

    data_dir: Path | None = None
    runs_dir: Path | None = None
    settings: Path | None = None
    language: str | None = None
    theme: str | None = None


def add_window_options(options: argparse.ArgumentParser) -> None:
    """Options of the window, which may stand before a command too."""
    options.add_argument("--version", action="version", version=f"cnnviewer {__version__}")
    options.add_argument("--data-dir", type=file_name, help="where data sets are looked for and downloaded to")
    options.add_argument("--runs-dir", type=file_name, help="where runs are stored")
    options.add_argument(
        "--settings", type=settings_file, help="of the window: the settings file to use; runs are stored beside it"
    )
    options.add_argument("--language", choices=("system", "en", "ko"), help="of the window")
    options.add_argument("--theme", choices=("system", "light", "dark"), help="of the window")


def window_parser() -> Parser:
    """The options of the window alone."""
    options = Parser(prog="cnnviewer", description="Train a small CNN, watch it learn, look inside.")
    add_window_options(options)
    return options


def window_options(arguments: Sequence[str]) -> WindowOptions:
    """The window's options as the command line gives them; what is mistyped ends the process with status 2."""
    return WindowOptions(**vars(window_parser().parse_args(list(arguments))))


def file_name(text: str) -> Path:
    """The name of a file or a folder. An empty one, as of a shell variable that is not set, is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def settings_file(text: str) -> Path:
    """The name of the settings file; what Qt would wait for, such as a pipe, is refused."""
    path = file_name(text)
    try:
        check_replaceable(path)
        if path.is_dir():
            raise argparse.ArgumentTypeError(f"{text} is a folder")
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be used: {system_reason(error)}") from None
    return path


def suggestion(word: str, known: Iterable[Any]) -> str:
    """The end of a sentence that asks for the one of the `known` words that is similar; empty where none is."""
    found = get_close_matches(word, [str(name) for name in known], 1)
    return f": did you mean {found[0]}?" if found else ""
