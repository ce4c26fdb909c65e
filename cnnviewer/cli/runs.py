"""List, search, rename, annotate, delete, restore and thin runs.

Without an action, or with words to search for, it lists.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cnnviewer.cli import options as shared
from cnnviewer.cli.exit_codes import DONE, FAILED, RequestError, give, tell, wrong
from cnnviewer.cli.of_run import is_ours
from cnnviewer.cli.option_types import byte_size
from cnnviewer.cli.run_words import description, facts, row
from cnnviewer.cli.snapshots import run_folder
from cnnviewer.cli.table import table
from cnnviewer.cli.terminal import say
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.plain_text import as_text, short
from cnnviewer.core.runs.format.created import order
from cnnviewer.core.runs.format.notes import read_notes, write_notes
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.repeating import program, quoted, with_options
from cnnviewer.core.runs.read.summary import RunSummary, in_bytes
from cnnviewer.parser import Command, suggestion

HELP = "list, search, rename, delete and restore runs"
EXAMPLES = """examples:
  cnnviewer runs
  cnnviewer runs lenet cosine --sort accuracy
  cnnviewer runs show last
  cnnviewer runs rename last "first try"
  cnnviewer runs note "first try" the rate was too high
  cnnviewer runs delete "first try"
  cnnviewer runs restore "first try"
  cnnviewer runs thin --budget 500MB
  cnnviewer runs --json"""
_ACTIONS = ("list", "show", "rename", "note", "delete", "restore", "thin")
_COLUMNS = ("NAME", "MODEL", "DATA", "STATE", "ACCURACY", "EPOCHS", "DATE", "SIZE", "NOTE")
_NUMBERS = frozenset({"ACCURACY", "EPOCHS", "SIZE"})
_ORDERS: dict[str, Callable[[RunSummary], tuple[float | str, ...]]] = {
    "date": lambda run: order(run.info),
    "accuracy": lambda run: (-1.0 if run.accuracy is None else run.accuracy,),
    "size": lambda run: (run.size,),
    "name": lambda run: (run.title.casefold(),),
}


def first_word(given: list[str]) -> int:
    """The index of the command, behind options with a value each; the number of words where there is no command.

    In `--runs-dir runs` the last word is a value, not a command.
    """
    index = 0
    while index < len(given) and given[index].startswith("-"):
        index += 1 if "=" in given[index] else 2
    return index


def with_list(given: list[str]) -> list[str]:
    """The same words, with `list` behind `runs` where that stands alone or with words to search for."""
    index = first_word(given) + 1
    if given[index - 1 : index] != ["runs"]:
        return given
    words = iter(given[index:])
    for word in words:
        if word in ("-h", "--help"):
            return given
        if word == "--runs-dir":
            next(words, None)
        elif not word.startswith("-"):
            if word in _ACTIONS:
                return given
            break
    return [*given[:index], "list", *given[index:]]


def add(parser: argparse.ArgumentParser) -> None:
    """Add the actions and their options."""
    shared.add_runs_dir(parser)
    actions = parser.add_subparsers(title="what to do", required=True, metavar="ACTION")

    def action(name: str, command: Command, words: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        made.set_defaults(command=command)
        return made

    made = action("list", run_list, "list runs, the newest first; with words, only the runs that have all of them")
    made.add_argument(
        "words",
        type=as_text,
        nargs="*",
        metavar="WORD",
        help="in the name, note, id, model, data, state, date or sweep",
    )
    made.add_argument("--sort", choices=tuple(_ORDERS), default="date", help="the largest first (default: date)")
    made.add_argument("--deleted", action="store_true", help="deleted runs that `restore` can bring back")
    shared.add_runs_dir(made)
    shared.add_json(made, "the list")

    made = action("show", run_show, "show everything that is known about a run")
    shared.add_run(made)
    shared.add_json(made, "it")

    made = action("rename", run_rename, "give a run a name of your own")
    shared.add_run(made)
    made.add_argument("name", type=as_text, help='"" removes the name')

    made = action("note", run_note, "write a note on a run")
    shared.add_run(made)
    made.add_argument("note", type=as_text, nargs="*", help="the words; none remove the note")
    made.add_argument("--append", action="store_true", help="add to the note that is there")

    made = action("delete", run_delete, "delete runs; `restore` brings them back within a week")
    made.add_argument(
        "runs", nargs="+", metavar="RUN", help="a run: its name, its id, the first characters of one, `last`"
    )
    shared.add_runs_dir(made)

    made = action("restore", run_restore, "bring a deleted run back")
    made.add_argument("run", metavar="RUN", nargs="?", default="last", help="default: the one deleted last")
    shared.add_runs_dir(made)

    made = action("thin", run_thin, "delete snapshots of the oldest runs until all runs fit a budget")
    made.add_argument("--budget", type=byte_size, default=library.BUDGET, metavar="SIZE", help="default: 2GB")
    made.add_argument(
        "--spare", action="append", default=[], metavar="RUN", help="keep this run as it is; may be repeated"
    )
    shared.add_runs_dir(made)


def run_list(options: argparse.Namespace) -> int:
    """List the runs that have all words; the exit status."""
    where, words = shared.folders_of(options).runs, " ".join(options.words)
    found, damaged = _summaries(where, options.deleted)
    found = [run for run in found if run.matches(words)]
    found.sort(key=_ORDERS[options.sort], reverse=options.sort != "name")
    for error in damaged:
        tell(error)
    if options.json:
        give([facts(run) for run in found])
    elif found:
        say(*table(_COLUMNS, [row(run) for run in found], _NUMBERS))
    elif words:
        tell(f"No run has the words {words}{suggestion(options.words[0], _ACTIONS) or '.'}")
    elif not damaged:
        tell(f"There are no runs in {where}.")
    return DONE


def _summaries(where: Path, deleted: bool) -> tuple[list[RunSummary], list[UserError]]:
    """Every run that can be read, and a sentence for each that cannot."""
    found, damaged = [], []
    for folder in library.deleted_runs(where) if deleted else library.run_folders(where):
        try:
            found.append(library.summary_of(folder))
        except UserError as error:
            damaged.append(without_frames(error))
    return found, damaged


def run_show(options: argparse.Namespace) -> int:
    """Show one run; the exit status."""
    run = wrong(library.summary_of, run_folder(shared.folders_of(options), options.run))
    if options.json:
        give(facts(run))
    else:
        say(*description(run))
    return DONE


def run_rename(options: argparse.Namespace) -> int:
    """Give a run a name; the exit status."""
    folder = run_folder(shared.folders_of(options), options.run)
    name = shared.run_name(options.name)
    write_notes(folder, replace(read_notes(folder), name=name.strip()))
    name = short(name)
    tell(f"{folder.name} is called {name}." if name else f"{folder.name} has no name.")
    return DONE


def run_note(options: argparse.Namespace) -> int:
    """Write a note on a run; the exit status."""
    folder = run_folder(shared.folders_of(options), options.run)
    notes = read_notes(folder)
    words = " ".join(options.note)
    write_notes(folder, replace(notes, note=f"{notes.note}\n{words}".strip() if options.append else words))
    return DONE


def run_delete(options: argparse.Namespace) -> int:
    """Delete runs; the exit status."""
    # all are looked up before the first is deleted: `last` then means the same run for each
    where = shared.folders_of(options)
    folders = [run_folder(where, name) for name in options.runs]
    for folder in dict.fromkeys(folders):
        title = short(read_notes(folder).name or folder.name)
        tell(f"Deleting {_in_a_line(folder)} …")
        deleted = library.delete(folder)
        usual = where.runs_dir is None and is_ours(where, folder)
        command = with_options(
            f"{program()} runs restore {quoted(deleted.name)}",
            {"runs_dir": None if usual else folder.absolute().parent},
        )
        tell(f"{title} is deleted. `{command}` brings it back within a week.")
    return DONE


def _in_a_line(folder: Path) -> str:
    """What a run is, for a user who is about to delete it."""
    try:
        title, model, data, state, reached, epochs, date, size, _ = row(library.summary_of(folder))
    except UserError as error:
        return f"{folder} ({error})"
    return f"{short(title)} in {folder}: {model} on {data}, {state}, {epochs} epochs, {reached}, begun {date}, {size}"


def run_restore(options: argparse.Namespace) -> int:
    """Bring a deleted run back; the exit status."""
    folder = library.restore(wrong(library.find_deleted, shared.folders_of(options).runs, options.run))
    tell(f"{short(read_notes(folder).name or folder.name)} is back.")
    return DONE


def run_thin(options: argparse.Namespace) -> int:
    """Delete snapshots until all runs fit a budget; the exit status, 1 where they still do not."""
    where = shared.folders_of(options).runs
    if not where.is_dir():
        raise RequestError("There are no runs in {folder}.", folder=where)
    spared = tuple(wrong(library.find_run, where, name) for name in options.spare)
    for sentence in library.keep_within(where, options.budget, spared):
        tell(sentence)
    total = sum(library.size_of(folder) for folder in library.run_folders(where))
    say(f"The runs take {in_bytes(total)}.")
    return DONE if total <= options.budget else FAILED
