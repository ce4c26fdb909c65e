"""The entry point of the command line. Without a command it opens the window.

Exit status: 0 done, 1 the work failed, 2 the request was wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext

from cnnviewer.cli import (
    download,
    evaluate,
    explain,
    export,
    flip,
    interrupts,
    predict,
    report,
    resume,
    runs,
    sweep,
    terminal,
    train,
)
from cnnviewer.cli.exit_codes import DONE, FAILED, INTERRUPTED, WRONG, RequestError, results_apart, tell
from cnnviewer.cli.terminal import say
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.imports import uncollected
from cnnviewer.core.plain_text import short
from cnnviewer.parser import Command, Parser, add_window_options, window_options

_COMMANDS = {
    "train": train,
    "resume": resume,
    "evaluate": evaluate,
    "predict": predict,
    "explain": explain,
    "flip": flip,
    "runs": runs,
    "export": export,
    "report": report,
    "sweep": sweep,
    "download": download,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; the exit status. No traceback for an error that the user can mend."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None and (strange := next((word for word in given if not _is_encodable(word)), None)) is not None:
        encoding = sys.getfilesystemencoding()
        tell(f"{short(strange)} is not in {encoding}, the encoding of this session: set LC_ALL to the terminal's.")
        return WRONG
    if runs.first_word(given) >= len(given) and not {"-h", "--help", "--version"} & set(given):
        return _open_window(given)
    try:
        with interrupts.during_work():
            options = parser().parse_args(runs.with_list(given))
            command: Command = options.command
            runs_own_code = getattr(options, "json", False) and getattr(options, "trust", False)
            with results_apart() if runs_own_code else nullcontext():  # that code may print
                return command(options)
    except KeyboardInterrupt:
        tell("Interrupted.")
        return INTERRUPTED
    except Exception as error:
        if interrupts.asked():  # the interruption was turned into another error on its way
            tell("Interrupted.")
            return INTERRUPTED
        return _report(error)


def _is_encodable(word: str) -> bool:
    """Whether the system takes a word back as it gave it: Python reads UTF-8 in a session of EUC-KR as no letters."""
    try:
        os.fsencode(word)
    except UnicodeEncodeError:
        return False
    return True


def _report(error: Exception) -> int:
    """Print what went wrong; the exit status. An error that the user cannot mend is raised again."""
    if isinstance(error, UserError):
        tell(error)
        return WRONG if isinstance(error, RequestError) else FAILED
    if "torch" not in sys.modules:  # no model has run
        raise error
    from cnnviewer.core.models.own.failures import line_of, named_reason_of

    line = line_of(error)
    if line is None:
        raise error
    tell(
        UserError("Line {line} of {file} failed: {reason}.", file=line[0], line=line[1], reason=named_reason_of(error))
    )
    return FAILED


def process() -> int:
    """Run what this process was started with; its exit status."""
    terminal.prepare()
    try:
        status = main()
    except SystemExit as end:  # argparse raises it after its help and its errors
        status = end.code if isinstance(end.code, int) else DONE
    if (error := terminal.why_not_written()) is not None:
        tell(f"The output was not written whole: {system_reason(error)}.")
        return status or FAILED
    return status


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    made = Parser(
        prog="cnnviewer",
        description="Train a small convolutional network, watch it learn and look inside every layer. "
        "Without a command the window opens.",
        epilog="cnnviewer COMMAND --help shows the options of a command. Exit status: 0 done, 1 the work failed, "
        "2 the request was wrong, 130 interrupted.",
    )
    add_window_options(made)
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

    options = window_options(arguments)  # reports a mistyped option at once, not after the libraries are loaded
    reason = why_no_window()
    if reason is not None:
        say(reason, to=sys.stderr)
        return WRONG
    try:
        with uncollected():
            from cnnviewer.app.skeleton import show_skeleton

            skeleton = show_skeleton(options.settings, options.theme)
            from cnnviewer.app.main import main as window_main
    except ImportError as error:
        say(
            f"cnnviewer cannot load the window's libraries ({error}). On Debian or Ubuntu `make system` installs what "
            "is missing; the commands without a window work all the same (cnnviewer --help).",
            to=sys.stderr,
        )
        return WRONG
    status = window_main(arguments, skeleton.close)
    interrupts.ended()
    return status
