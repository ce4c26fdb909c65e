"""List runs, and look after them: search, rename, note, delete with a way back, thin.

Without a further command, or with words to search for, it lists.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import DONE, FAILED, RequestError, tell, wrong
from cnnviewer.cli.run_words import description, facts, row
from cnnviewer.cli.table import table
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import library
from cnnviewer.core.runs.info import read_notes
from cnnviewer.core.runs.summary import RunSummary, in_bytes

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
    "date": lambda run: (run.info.created, run.info.id),
    "accuracy": lambda run: (-1.0 if run.accuracy is None else run.accuracy,),
    "size": lambda run: (run.size,),
    "name": lambda run: (run.title.casefold(),),
}


def first_word(given: list[str]) -> int:
    """Where the command stands, after options with a value each: `--runs-dir runs` is none; the end without one."""
    place = 0
    while place < len(given) and given[place].startswith("-"):
        place += 1 if "=" in given[place] else 2
    return place


def with_list(given: list[str]) -> list[str]:
    """`runs` alone, or with words to search for, is `runs list`."""
    place = first_word(given) + 1
    if given[place - 1 : place] != ["runs"]:
        return given
    words = iter(given[place:])
    for word in words:
        if word in ("-h", "--help"):
            return given
        if word == "--runs-dir":
            next(words, None)
        elif not word.startswith("-"):
            if word in _ACTIONS:
                return given
            break
    return [*given[:place], "list", *given[place:]]


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    shared.add_runs_dir(parser)
    actions = parser.add_subparsers(title="what to do", required=True, metavar="ACTION")

    def action(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        made.set_defaults(command=command)
        return made

    made = action("list", _list, "list runs, the newest first; with words, those that have them all")
    made.add_argument(
        "words", nargs="*", metavar="WORD", help="in the name, note, id, model, data, state, date or sweep"
    )
    made.add_argument("--sort", choices=tuple(_ORDERS), default="date", help="the largest first (default: date)")
    made.add_argument("--deleted", action="store_true", help="those that `restore` can bring back")
    shared.add_runs_dir(made)
    shared.add_json(made, "the list")

    made = action("show", _show, "tell everything that is known of a run")
    shared.add_run(made)
    shared.add_json(made, "it")

    made = action("rename", _rename, "call a run by a name of your own")
    shared.add_run(made)
    made.add_argument("name", help='"" takes the name away')

    made = action("note", _note, "note something about a run")
    shared.add_run(made)
    made.add_argument("note", nargs="*", help="the words; none take the note away")
    made.add_argument("--append", action="store_true", help="after the note that is there")

    made = action("delete", _delete, "delete runs; `restore` brings them back for a week")
    made.add_argument("runs", nargs="+", metavar="RUN", help="as elsewhere: name, id, the beginning of one, `last`")
    shared.add_runs_dir(made)

    made = action("restore", _restore, "bring a deleted run back")
    made.add_argument("run", metavar="RUN", nargs="?", default="last", help="default: the one deleted last")
    shared.add_runs_dir(made)

    made = action("thin", _thin, "let moments of the oldest runs go until all runs fit a budget")
    made.add_argument("--budget", type=shared.size, default=library.BUDGET, metavar="SIZE", help="default: 2GB")
    made.add_argument(
        "--spare", action="append", default=[], metavar="RUN", help="leave this run alone; may be repeated"
    )
    shared.add_runs_dir(made)


def _list(options: argparse.Namespace) -> int:
    where = shared.runs_dir(options)
    found, damaged = _summaries(where, options.deleted)
    wanted = " ".join(options.words)
    found = sorted(
        (run for run in found if run.matches(wanted)), key=_ORDERS[options.sort], reverse=options.sort != "name"
    )
    for error in damaged:
        tell(error)
    if options.json:
        print(json.dumps([facts(run) for run in found], ensure_ascii=False))
    elif found:
        print("\n".join(table(_COLUMNS, [row(run) for run in found], _NUMBERS)))
    else:
        tell(f"No run has the words {wanted}." if wanted else f"There are no runs in {where}.")
    return DONE


def _summaries(where: Path, deleted: bool) -> tuple[list[RunSummary], list[UserError]]:
    """Every run that can be read, and a sentence for each that cannot."""
    found, damaged = [], []
    for folder in library.deleted_runs(where) if deleted else library.run_folders(where):
        try:
            found.append(library.summary_of(folder))
        except UserError as error:
            damaged.append(error)
    return found, damaged


def _show(options: argparse.Namespace) -> int:
    run = wrong(library.summary_of, shared.run_folder(options))
    print(json.dumps(facts(run), ensure_ascii=False) if options.json else "\n".join(description(run)))
    return DONE


def _rename(options: argparse.Namespace) -> int:
    folder = shared.run_folder(options)
    library.write_notes(folder, replace(read_notes(folder), name=options.name.strip()))
    tell(f"{folder.name} is called {options.name.strip()}." if options.name.strip() else f"{folder.name} has no name.")
    return DONE


def _note(options: argparse.Namespace) -> int:
    folder = shared.run_folder(options)
    notes = read_notes(folder)
    words = " ".join(options.note)
    library.write_notes(folder, replace(notes, note=f"{notes.note}\n{words}".strip() if options.append else words))
    return DONE


def _delete(options: argparse.Namespace) -> int:
    # all are looked up before the first goes: `last` is then the same for each
    folders = [wrong(library.find_run, shared.runs_dir(options), name) for name in options.runs]
    for folder in dict.fromkeys(folders):
        title = read_notes(folder).name or folder.name
        library.delete(folder)
        tell(f"{title} is deleted. `cnnviewer runs restore {folder.name}` brings it back for a week.")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    folder = library.restore(wrong(library.find_deleted, shared.runs_dir(options), options.run))
    tell(f"{read_notes(folder).name or folder.name} is back.")
    return DONE


def _thin(options: argparse.Namespace) -> int:
    where = shared.runs_dir(options)
    if not where.is_dir():
        raise RequestError("There are no runs in {folder}.", folder=where)
    spared = tuple(wrong(library.find_run, where, name) for name in options.spare)
    for sentence in library.keep_within(where, options.budget, spared):
        tell(sentence)
    total = sum(library.size_of(folder) for folder in library.run_folders(where))
    print(f"The runs take {in_bytes(total)}.")
    return DONE if total <= options.budget else FAILED
