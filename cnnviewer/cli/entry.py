"""Where the command line begins. Without a command it opens the window.

Exit status: 0 done, 1 the work failed, 2 the request was wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from cnnviewer import __version__
from cnnviewer.cli import download, evaluate, export, predict, report, resume, runs, sweep, train
from cnnviewer.cli.outcome import FAILED, INTERRUPTED, WRONG, RequestError, results_apart, tell
from cnnviewer.core.errors import UserError

_COMMANDS = {
    "train": train,
    "resume": resume,
    "evaluate": evaluate,
    "predict": predict,
    "runs": runs,
    "export": export,
    "report": report,
    "sweep": sweep,
    "download": download,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; the exit status. Never a traceback for what a person can do."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if runs.first_word(given) >= len(given) and not {"-h", "--help", "--version"} & set(given):
        return _open_window(given)
    try:
        options = parser().parse_args(runs.with_list(given))
        options.arguments = given
        command: Callable[[argparse.Namespace], int] = options.command
        prints_itself = getattr(options, "json", False) and getattr(options, "trust", False)
        with results_apart() if prints_itself else nullcontext():
            return command(options)
    except RequestError as error:
        tell(error)
        return WRONG
    except UserError as error:
        tell(error)
        return FAILED
    except KeyboardInterrupt:
        tell("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has gone; nothing more can be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        if "torch" not in sys.modules:  # no model has run
            raise
        from cnnviewer.core.models.own_error import line_of, reason_of

        line = line_of(error)
        if line is None:
            raise
        tell(UserError("Line {line} of {file} failed: {reason}.", file=line[0], line=line[1], reason=reason_of(error)))
        return FAILED


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    made = argparse.ArgumentParser(
        prog="cnnviewer",
        description="Train a small convolutional network, watch it learn and look inside every layer. "
        "Without a command the window opens.",
        epilog="cnnviewer COMMAND --help tells the options of a command. Exit status: 0 done, 1 the work failed, "
        "2 the request was wrong, 130 interrupted.",
    )
    made.add_argument("--version", action="version", version=f"cnnviewer {__version__}")
    made.add_argument("--data-dir", type=Path, help="where data sets are looked for")
    made.add_argument("--runs-dir", type=Path, help="where runs are kept")
    made.add_argument("--settings", type=Path, help="of the window: the settings file to use")
    made.add_argument("--language", choices=("system", "en", "ko"), help="of the window")
    made.add_argument("--theme", choices=("system", "light", "dark"), help="of the window")
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, module in _COMMANDS.items():
        module.add(
            commands.add_parser(
                name,
                help=module.HELP,
                description=module.__doc__,
                epilog=module.EXAMPLES,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    return made


def _open_window(arguments: list[str]) -> int:
    from cnnviewer.core.display import why_no_window

    reason = why_no_window()
    if reason is not None:
        print(reason, file=sys.stderr)
        return WRONG
    try:
        from cnnviewer.app import main as window_main
    except ImportError as error:
        print(
            f"cnnviewer cannot load the window's libraries ({error}). On Debian or Ubuntu `make system` installs what "
            "is missing; the commands without a window work all the same (cnnviewer --help).",
            file=sys.stderr,
        )
        return WRONG
    return window_main(arguments)
